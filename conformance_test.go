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
// against it, without hooks and in a middleware stack. A folder whose protocol can't be
// generated is skipped with the reason. With -short one suite of two folders is run, since
// each is a program to link.
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
	want := map[string]string{} // the name of the test, by that of the case
	for _, s := range all {
		writeFile(t, modelFile(root, s), s.Model)
		for _, c := range s.Cases {
			want[s.Name+"/"+c.ID] = s.Name + "/" + c.TestName()
		}
	}
	for _, s := range all {
		generateSuite(t, root, s)
	}
	cutRuntime(t, root)
	passed := runSuites(t, root, all)
	for _, name := range slices.Sorted(maps.Keys(want)) {
		_, id, _ := strings.Cut(name, "/")
		switch reason, ok := leftOut[id]; {
		case ok && passed[want[name]]:
			t.Errorf("%s passes, but is left out: %s", name, reason)
		case !ok && !passed[want[name]]:
			t.Errorf("%s fails", name)
		}
	}
	t.Logf("%s: %d suites, %d cases, %d passed", folder, len(all), len(want), len(passed))
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

// generateSuite writes the client of a suite's model and the tests of its cases.
func generateSuite(t *testing.T, root string, s *conformance.Suite) {
	t.Helper()
	result, err := lathe.Generate(lathe.Config{
		Spec: modelFile(root, s), Out: filepath.Join(root, s.Package()), Package: s.Package(), Runtime: filepath.Join(root, "internal"),
	})
	if err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	for _, f := range result.Files {
		writeFile(t, filepath.Join(root, filepath.FromSlash(f.Path)), f.Data)
	}
	p, err := plan.Build(result.Model, plan.Config{Package: s.Package(), ImportPath: result.ImportPath, Runtime: "example.com/golden/internal"})
	if err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	tests, err := conformance.Render(s, p, "example.com/golden/harness")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(root, s.Package(), "suite_test.go"), tests)
}

// runSuites runs the tests and returns the cases that passed; what the others say
// is logged.
func runSuites(t *testing.T, root string, all []*conformance.Suite) map[string]bool {
	t.Helper()
	cmd := exec.Command("go", "test", "-mod=mod", "-json", "-vet=off", "./...")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	out, _ := cmd.Output() // the events show what failed
	byPackage := map[string]*conformance.Suite{}
	for _, s := range all {
		byPackage["example.com/golden/"+s.Package()] = s
	}
	passed, failed := map[string]bool{}, map[string]bool{} // of each case's runs
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var event struct{ Action, Package, Test, Output string }
		if json.Unmarshal(lines.Bytes(), &event) != nil {
			continue
		}
		s := byPackage[event.Package]
		switch {
		case event.Action == "output" && !isChatter(event.Output):
			t.Log(strings.TrimRight(event.Output, "\n"))
		case event.Action == "build-output":
			t.Log(strings.TrimRight(event.Output, "\n"))
		case event.Action == "pass" && s != nil && event.Test != "":
			passed[s.Name+"/"+event.Test] = true
		case event.Action == "fail" && s != nil && event.Test != "":
			failed[s.Name+"/"+event.Test] = true
		}
	}
	maps.DeleteFunc(passed, func(name string, _ bool) bool { return failed[name] })
	return passed
}

// isChatter reports whether a line of go test's output has nothing to do with a failure.
func isChatter(line string) bool {
	return slices.ContainsFunc([]string{"=== ", "--- PASS", "PASS", "ok ", "?  ", "FAIL"}, func(prefix string) bool { return strings.HasPrefix(line, prefix) })
}
