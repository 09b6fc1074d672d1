package services

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// snapshots are services whose newest packages have snapshots of requests and responses,
// with the models that are here.
var snapshots = set{name: "snapshots", kind: "newer", services: []service{
	{name: "acm", model: "smithy/acm-2015-12-08.json", version: "v1.51.5"},
	{name: "applicationautoscaling", model: "smithy/application-auto-scaling-2016-02-06.json", version: "v1.51.12"},
	{name: "codeartifact", model: "smithy/codeartifact-2018-09-22.json", version: "v1.48.6"},
	{name: "dynamodb", model: "smithy/dynamodb-2012-08-10.json", version: "v1.74.0"},
	{name: "ebs", model: "smithy/ebs-2019-11-02.json", version: "v1.43.5"},
	{name: "eks", model: "smithy/eks-2017-11-01.json", version: "v1.105.6"},
	{name: "identitystore", model: "smithy/identitystore-2020-06-15.json", version: "v1.50.0"},
	{name: "lambda", model: "smithy/lambda-2015-03-31.json", version: "v1.114.4"},
	{name: "organizations", model: "smithy/organizations-2016-11-28.json", version: "v1.62.8"},
	{name: "ses", model: "smithy/ses-2010-12-01.json", version: "v1.43.0"},
	{name: "sns", model: "smithy/sns-2010-03-31.json", version: "v1.48.0"},
	{name: "sqs", model: "smithy/sqs-2012-11-05.json", version: "v1.53.0"},
	{name: "sts", model: "smithy/sts-2011-06-15.json", version: "v1.52.0"},
}}

// snapshotRow is a snapshot that our client differs from.
type snapshotRow struct{ service, test, why string }

// newerError: tests of errors call the first operation that has the error in the model that
// the package was made of.
const newerError = "the operation that the test calls does not have the error in the model here"

var snapshotRows = []snapshotRow{
	{"acm", "TestCheckResponseSnapshot_Error_ValidationException", newerError},
	{"dynamodb", "TestCheckResponseSnapshot_Error_ReplicatedWriteConflictException", newerError},
	{"organizations", "TestCheckResponseSnapshot_Error_ConstraintViolationException", newerError},
	{"organizations", "TestCheckResponseSnapshot_Error_MasterCannotLeaveOrganizationException", newerError},
}

// snapshotLeniences are what is compared otherwise than in the official tests, and why.
var snapshotLeniences = []struct{ why, official, ours string }{
	{
		"Accept-Encoding is set where requests are completed, and not by a later step",
		"\t\t\"Amz-Sdk-Request\":       true,\n", "\t\t\"Amz-Sdk-Request\":       true,\n\t\t\"Accept-Encoding\": true,\n",
	},
	{
		"parameters in forms stand in the order of the spec",
		"return bytes.Equal(got, expected)", "return sameForm(got, expected)",
	},
}

// sameForm is a file with what compares bodies that are forms, or anything else that is no
// JSON.
const sameForm = `package %s

import (
	"slices"
	"strings"
)

func sameForm(a, b []byte) bool {
	x, y := strings.Split(string(a), "&"), strings.Split(string(b), "&")
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
`

// snapshotTests are the files of a module with the tests of its snapshots, which have the
// build tag of the same name.
var snapshotTests = []string{"request_snapshot", "response_snapshot"}

// TestSnapshots runs the tests of the newest official packages that compare requests and
// outputs with snapshots, as they stand in their modules, on our clients. Tests whose
// operations or members the model here does not have yet are left out: they do not compile.
func TestSnapshots(t *testing.T) {
	if _, err := os.Stat(models); err != nil {
		t.Skipf("no models in %s", models)
	}
	root := snapshots.module(t)
	used := map[snapshotRow]bool{}
	for _, row := range snapshots.services {
		t.Run(row.name, func(t *testing.T) {
			generate(t, root, row)
			kept, left := copySnapshots(t, root, row)
			out, err := goTest(root, "-v", "-tags="+strings.Join(snapshotTests, ","), "-run=Snapshot", "./"+row.name)
			passed, skipped := bytes.Count(out, []byte("--- PASS: TestCheck")), bytes.Count(out, []byte("--- SKIP: TestCheck"))
			t.Logf("%d of %d tests pass, %d are of a newer model", passed, kept, left)
			failed := regexp.MustCompile(`--- FAIL: (TestCheck\w+)`).FindAllSubmatch(out, -1)
			if err != nil && len(failed) == 0 || passed+skipped+len(failed) != kept || kept < 2 {
				t.Fatalf("%v\n%s", err, out)
			}
			for _, name := range failed {
				i := slices.IndexFunc(snapshotRows, func(r snapshotRow) bool {
					ok, _ := path.Match(r.test, string(name[1]))
					return ok && r.service == row.name
				})
				if i < 0 {
					t.Errorf("%s differs, and no row says so:\n%s", name[1], outputOf(out, string(name[1])))
					continue
				}
				used[snapshotRows[i]] = true
			}
		})
	}
	for _, r := range snapshotRows {
		if !used[r] || r.why == "" {
			t.Errorf("the row of %s, %s does not hold, or has no reason", r.service, r.test)
		}
	}
	snapshots.checkSums(t, root)
}

// outputOf is what a test has written.
func outputOf(out []byte, name string) string {
	_, rest, _ := strings.Cut(string(out), "=== RUN   "+name+"\n")
	text, _, _ := strings.Cut(rest, "=== RUN")
	return text
}

// copySnapshots copies the snapshots of a service and the tests of them that compile with
// our client, and returns how many these are, and how many do not.
func copySnapshots(t *testing.T, root string, row service) (kept, left int) {
	t.Helper()
	official := newSide(t, root, "Official", officialModule+row.name).dir
	for _, name := range snapshotTests {
		to := filepath.Join(root, row.name, name)
		if err := os.CopyFS(to, os.DirFS(filepath.Join(official, name))); err != nil {
			t.Fatal(err)
		}
		text := string(readFile(t, filepath.Join(official, name+"_test.go")))
		text = strings.ReplaceAll(text, `"`+officialModule+row.name, `"`+temporary+"/"+row.name)
		for _, l := range snapshotLeniences {
			text = strings.ReplaceAll(text, l.official, l.ours)
		}
		writeFile(t, to+"_test.go", []byte(text))
	}
	writeFile(t, filepath.Join(root, row.name, "snapshot_form_test.go"), []byte(fmt.Sprintf(sameForm, row.name)))
	for {
		wrong := notCompiling(t, root, row.name)
		if len(wrong) == 0 {
			break
		}
		left += drop(t, wrong)
	}
	for _, name := range snapshotTests {
		kept += bytes.Count(readFile(t, filepath.Join(root, row.name, name+"_test.go")), []byte("\nfunc TestCheck"))
	}
	return kept, left
}

// notCompiling are the lines of test files that do not compile, by file.
func notCompiling(t *testing.T, root, name string) map[string][]int {
	t.Helper()
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedImports | packages.NeedExportFile,
		Dir:  root, Tests: true, BuildFlags: []string{"-mod=mod", "-tags=" + strings.Join(snapshotTests, ",")}, Env: append(os.Environ(), "GOWORK=off", "GOFLAGS="),
	}, "./"+name)
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string][]int{}
	for _, p := range loaded {
		for _, e := range p.TypeErrors {
			at := e.Fset.Position(e.Pos)
			if !strings.HasSuffix(at.Filename, "_test.go") {
				t.Fatalf("%s: %s", at, e.Msg)
			}
			lines[at.Filename] = append(lines[at.Filename], at.Line)
		}
	}
	return lines
}

// drop removes the tests on those lines, and imports that only they need.
func drop(t *testing.T, lines map[string][]int) (dropped int) {
	t.Helper()
	for name, wrong := range lines {
		text := readFile(t, name)
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		var cuts [][2]int
		for _, decl := range file.Decls {
			from, to := fset.Position(decl.Pos()), fset.Position(decl.End())
			if !slices.ContainsFunc(wrong, func(line int) bool { return from.Line <= line && line <= to.Line }) {
				continue
			}
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
				for _, s := range d.Specs {
					if at := fset.Position(s.Pos()); slices.Contains(wrong, at.Line) {
						cuts = append(cuts, [2]int{at.Offset, fset.Position(s.End()).Offset})
					}
				}
				continue
			}
			cuts = append(cuts, [2]int{from.Offset, to.Offset})
			dropped++
		}
		if len(cuts) == 0 {
			t.Fatalf("%s: lines %v do not compile", name, wrong)
		}
		for _, cut := range slices.Backward(cuts) {
			text = slices.Delete(text, cut[0], cut[1])
		}
		writeFile(t, name, text)
	}
	return dropped
}
