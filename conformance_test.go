package lathe_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"maps"
	"os"
	"os/exec"
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
// against it, without hooks and in a middleware stack. With -short one suite of two folders
// is run.
func TestConformance(t *testing.T) {
	folders, err := conformance.Folders(*suites)
	if err != nil {
		t.Fatal(err)
	}
	if len(folders) == 0 && *suites != sharedSuites {
		t.Fatalf("no conformance suites in %s", *suites)
	}
	own, err := conformance.Folders(ownSuites)
	if err != nil || len(own) == 0 {
		t.Fatalf("no conformance suites in %s: %v", ownSuites, err)
	}
	if testing.Short() && len(folders) > 1 {
		folders = folders[:1]
	}
	for _, folder := range append(folders, own...) {
		t.Run(filepath.Base(folder), func(t *testing.T) { testFolder(t, folder) })
	}
}

func testFolder(t *testing.T, folder string) {
	t.Helper()
	all, err := conformance.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		all = all[:1]
	}
	root := module(t)
	copyHarness(t, root)
	for _, s := range all {
		writeFile(t, modelFile(root, s), s.Model)
	}
	tests := map[*conformance.Suite][]byte{}
	for _, s := range all {
		tests[s] = generateSuite(t, root, s)
	}
	cutRuntime(t, root)
	passed, failed := runSuites(t, root, "all", tests)
	for _, s := range all {
		isOpen := func(c conformance.Case) bool { return !passed[caseName(s, c)] && !failed[caseName(s, c)] }
		if len(all) > 1 && slices.ContainsFunc(s.Cases, isOpen) { // another suite ended the program
			alone, _ := runSuites(t, root, s.Package(), map[*conformance.Suite][]byte{s: tests[s]})
			maps.Copy(passed, alone)
		}
	}
	cases := 0
	for _, s := range all {
		for _, c := range s.Cases {
			cases++
			switch reason, ok := leftOut[c.ID]; {
			case ok && passed[caseName(s, c)]:
				t.Errorf("%s/%s passes, but is left out: %s", s.Name, c.ID, reason)
			case !ok && !passed[caseName(s, c)]:
				t.Errorf("%s/%s fails", s.Name, c.ID)
			}
		}
	}
	t.Logf("%s: %d suites, %d cases, %d passed", folder, len(all), cases, len(passed))
}

// caseName is what go test calls a case.
func caseName(s *conformance.Suite, c conformance.Case) string {
	return s.TestName() + "/" + c.TestName()
}

func modelFile(root string, s *conformance.Suite) string {
	return filepath.Join(root, "specs", s.Package(), "service-2.json")
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

// generateSuite writes the client of a suite's model and returns the test of its cases.
func generateSuite(t *testing.T, root string, s *conformance.Suite) []byte {
	t.Helper()
	result, err := lathe.Generate(lathe.Config{
		Spec: modelFile(root, s), Out: filepath.Join(root, s.Package()), Package: s.Package(),
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

// runSuites runs the tests of suites in one program of that name, and returns which cases
// passed and which failed; what the latter say is logged. Where the program does not build, or
// a case ends it, others are neither.
func runSuites(t *testing.T, root, name string, tests map[*conformance.Suite][]byte) (passed, failed map[string]bool) {
	t.Helper()
	folder := filepath.Join(root, "suites", name)
	writeFile(t, filepath.Join(folder, "main_test.go"), []byte(mainTest))
	for s, test := range tests {
		writeFile(t, filepath.Join(folder, s.Package()+"_test.go"), test)
	}
	cmd := exec.Command("go", "test", "-mod=mod", "-json", "-vet=off", ".")
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	out, _ := cmd.Output() // the events show what failed
	passed, failed = map[string]bool{}, map[string]bool{}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var event struct{ Action, Test, Output string }
		if json.Unmarshal(lines.Bytes(), &event) != nil {
			continue
		}
		isCase := strings.Contains(event.Test, "/")
		switch {
		case event.Action == "output" && !isChatter(event.Output), event.Action == "build-output":
			t.Log(strings.TrimRight(event.Output, "\n"))
		case event.Action == "pass" && isCase:
			passed[event.Test] = true
		case event.Action == "fail" && isCase:
			failed[event.Test] = true
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
