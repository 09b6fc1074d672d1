package lathe_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/lathe"
	"example.com/lathe/internal/conformance"
	"example.com/lathe/internal/plan"
)

// sharedSuites is where the published suites are looked for; they may be absent there,
// and only there. ownSuites are our own, of what the published ones leave out.
const (
	sharedSuites = "../shared/conformance"
	ownSuites    = "testdata/conformance"
)

var suites = flag.String("conformance", sharedSuites, "a folder of conformance suites, or one of such folders")

// leftOut are the cases that can't pass, by id, with the reason from the
// specification. An entry that is not needed is an error.
var leftOut = map[string]string{}

// TestConformance generates a client for each suite's model and runs every case
// against it, without hooks and in a middleware stack. All clients are in one module, so
// that their runtime is compiled once. With -short one suite of two folders is run.
func TestConformance(t *testing.T) {
	folders := readFolders(t)
	root := module(t)
	copyHarness(t, root)
	for i := range folders {
		folders[i].generate(t, root)
	}
	cutRuntime(t, root)
	var programs []string
	for _, f := range folders {
		programs = append(programs, writeProgram(t, root, f.name, f.tests))
	}
	passed, failed := runPrograms(t, root, programs)
	for _, f := range folders {
		t.Run(f.name, func(t *testing.T) { f.judge(t, root, passed, failed) })
	}
}

// suiteFolder is a folder with suites.
type suiteFolder struct {
	path, name string // the name is that of its folders in the module, too
	suites     []*conformance.Suite
	tests      map[*conformance.Suite][]byte
}

func readFolders(t *testing.T) []suiteFolder {
	t.Helper()
	paths, err := conformance.Folders(*suites)
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 && *suites != sharedSuites {
		t.Fatalf("no conformance suites in %s", *suites)
	}
	own, err := conformance.Folders(ownSuites)
	if err != nil || len(own) == 0 {
		t.Fatalf("no conformance suites in %s: %v", ownSuites, err)
	}
	if testing.Short() && len(paths) > 1 {
		paths = paths[:1]
	}
	var folders []suiteFolder
	for i, path := range append(paths, own...) {
		all, err := conformance.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		if testing.Short() {
			all = all[:1]
		}
		name := filepath.Base(path)
		if slices.ContainsFunc(folders, func(f suiteFolder) bool { return f.name == name }) {
			name = fmt.Sprintf("%s-%d", name, i)
		}
		folders = append(folders, suiteFolder{path: path, name: name, suites: all})
	}
	return folders
}

// generate writes the clients of the folder's suites and renders their tests.
func (f *suiteFolder) generate(t *testing.T, root string) {
	t.Helper()
	f.tests = map[*conformance.Suite][]byte{}
	for _, s := range f.suites {
		f.tests[s] = generateSuite(t, root, filepath.Join(f.name, s.Package()), s)
	}
}

// judge compares the cases that passed with all of the folder. Where a suite ended the program,
// or kept it from being built, each of those that did not run is run by itself.
func (f *suiteFolder) judge(t *testing.T, root string, passed, failed map[string]bool) {
	t.Helper()
	cases, good := 0, 0
	for _, s := range f.suites {
		program := programOf(f.name)
		isOpen := func(c conformance.Case) bool {
			return !passed[caseName(program, s, c)] && !failed[caseName(program, s, c)]
		}
		if len(f.suites) > 1 && slices.ContainsFunc(s.Cases, isOpen) {
			program = writeProgram(t, root, f.name+"/"+s.Package(), map[*conformance.Suite][]byte{s: f.tests[s]})
			alone, _ := runPrograms(t, root, []string{program})
			maps.Copy(passed, alone)
		}
		for _, c := range s.Cases {
			cases++
			isGood := passed[caseName(program, s, c)]
			if isGood {
				good++
			}
			switch reason, ok := leftOut[c.ID]; {
			case ok && isGood:
				t.Errorf("%s/%s passes, but is left out: %s", s.Name, c.ID, reason)
			case !ok && !isGood:
				t.Errorf("%s/%s fails", s.Name, c.ID)
			}
		}
	}
	t.Logf("%s: %d suites, %d cases, %d passed", f.path, len(f.suites), cases, good)
}

// programOf is the package of a program of tests.
func programOf(name string) string { return "example.com/golden/tests/" + name }

// caseName is a case with the package of its program, by the name that go test has for it.
func caseName(program string, s *conformance.Suite, c conformance.Case) string {
	return program + " " + s.TestName() + "/" + c.TestName()
}

func copyHarness(t *testing.T, root string) {
	t.Helper()
	err := fs.WalkDir(conformance.Harness, "harness", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.go") {
			return err
		}
		data, err := conformance.Harness.ReadFile(name)
		writeFile(t, filepath.Join(root, filepath.FromSlash(name)), data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// generateSuite writes the client of a suite's model into a folder of the module and returns the
// test of its cases.
func generateSuite(t *testing.T, root, dir string, s *conformance.Suite) []byte {
	t.Helper()
	model := filepath.Join(root, "specs", dir, "service-2.json")
	writeFile(t, model, s.Model)
	result, err := lathe.Generate(lathe.Config{
		Spec: model, Out: filepath.Join(root, dir), Package: s.Package(),
		Runtime: filepath.Join(root, "internal"),
	})
	if err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	for _, f := range result.Files {
		writeFile(t, filepath.Join(root, filepath.FromSlash(f.Path)), f.Data)
	}
	p, err := plan.Build(result.Model, plan.Config{
		Package: s.Package(), ImportPath: result.ImportPath, Runtime: "example.com/golden/internal",
	})
	if err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	test, err := conformance.Render(s, p, "suites", "example.com/golden/harness")
	if err != nil {
		t.Fatal(err)
	}
	return test
}

// mainTest is the beginning of the program that tests of suites are.
const mainTest = `package suites

import (
	"testing"

	"example.com/golden/harness"
)

func TestMain(m *testing.M) { harness.Run(m) }
`

// writeProgram writes tests of suites as a package of the module and returns its path.
func writeProgram(t *testing.T, root, name string, tests map[*conformance.Suite][]byte) string {
	t.Helper()
	dir := filepath.Join(root, "tests", filepath.FromSlash(name))
	writeFile(t, filepath.Join(dir, "main_test.go"), []byte(mainTest))
	for s, test := range tests {
		writeFile(t, filepath.Join(dir, s.Package()+"_test.go"), test)
	}
	return programOf(name)
}

// runPrograms runs programs of tests and returns which cases passed and which failed; what
// the latter say is logged. Where a program does not build, or a case ends it, others are neither.
func runPrograms(t *testing.T, root string, programs []string) (passed, failed map[string]bool) {
	t.Helper()
	cmd := goCommand(t, root, append([]string{"test", "-mod=mod", "-json", "-vet=off"}, programs...)...)
	out, _ := cmd.Output() // the events show what failed
	passed, failed = map[string]bool{}, map[string]bool{}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var event struct{ Action, Package, Test, Output string }
		if json.Unmarshal(lines.Bytes(), &event) != nil {
			continue
		}
		isCase, name := strings.Contains(event.Test, "/"), event.Package+" "+event.Test
		switch {
		case event.Action == "output" && !isChatter(event.Output), event.Action == "build-output":
			t.Log(strings.TrimRight(event.Output, "\n"))
		case event.Action == "pass" && isCase:
			passed[name] = true
		case event.Action == "fail" && isCase:
			failed[name] = true
		}
	}
	maps.DeleteFunc(passed, func(name string, _ bool) bool { return failed[name] }) // in one of two runs
	return passed, failed
}

// isChatter reports whether a line of go test's output has nothing to do with a failure.
func isChatter(line string) bool {
	line = strings.TrimSpace(line)
	return slices.ContainsFunc([]string{"=== ", "--- PASS", "PASS", "ok ", "FAIL"}, func(prefix string) bool {
		return strings.HasPrefix(line, prefix)
	})
}
