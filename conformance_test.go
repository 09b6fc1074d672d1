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
	"example.com/lathe/spec/c2j"
)

// defaultSuites is where suites are looked for; only there they may be absent.
const defaultSuites = "../shared/conformance/rest-json"

var suites = flag.String("conformance", defaultSuites, "the folder of conformance suites")

// leftOut are the cases that can't pass, by id, with the reason from the
// specification. An entry that is not needed is an error.
var leftOut = map[string]string{}

// TestConformance generates a client for each suite's model and runs every case
// against it.
func TestConformance(t *testing.T) {
	all, err := conformance.Load(*suites)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 && *suites != defaultSuites {
		t.Fatalf("no conformance suites in %s", *suites)
	}
	if len(all) == 0 {
		t.Skipf("skipped: there are no conformance suites in %s", *suites)
	}
	root := module(t)
	copyHarness(t, root)
	want := map[string]bool{}
	for _, s := range all {
		generateSuite(t, root, s)
		for _, c := range s.Cases {
			want[s.Name+"/"+c.ID] = true
		}
	}
	passed := runSuites(t, root, all)
	for _, name := range slices.Sorted(maps.Keys(want)) {
		_, id, _ := strings.Cut(name, "/")
		switch reason, ok := leftOut[id]; {
		case ok && passed[name]:
			t.Errorf("%s passes, but is left out: %s", name, reason)
		case !ok && !passed[name]:
			t.Errorf("%s fails", name)
		}
	}
	t.Logf("%d suites, %d cases, %d passed, %d left out", len(all), len(want), len(passed), len(leftOut))
}

func copyHarness(t *testing.T, root string) {
	t.Helper()
	err := fs.WalkDir(conformance.Harness, "harness", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
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
	model := filepath.Join(root, "specs", s.Package(), "service-2.json")
	writeFile(t, model, s.Model)
	result, err := lathe.Generate(lathe.Config{
		Spec: model, Out: filepath.Join(root, s.Package()), Package: s.Package(), Runtime: filepath.Join(root, "internal"),
	})
	if err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	for _, f := range result.Files {
		writeFile(t, filepath.Join(root, filepath.FromSlash(f.Path)), f.Data)
	}
	api, err := c2j.Load(model, s.Model, c2j.Options{})
	if err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	p, err := plan.Build(api, plan.Config{Package: s.Package(), ImportPath: result.ImportPath, Runtime: "example.com/golden/internal"})
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
	out, _ := cmd.Output() // the events tell
	byPackage := map[string]*conformance.Suite{}
	for _, s := range all {
		byPackage["example.com/golden/"+s.Package()] = s
	}
	passed := map[string]bool{}
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
			passed[s.Name+"/"+strings.TrimPrefix(event.Test, "Test")] = true
		}
	}
	return passed
}

// isChatter says whether a line of go test's output tells nothing of a failure.
func isChatter(line string) bool {
	return slices.ContainsFunc([]string{"=== ", "--- PASS", "PASS", "ok ", "?  ", "FAIL"}, func(prefix string) bool { return strings.HasPrefix(line, prefix) })
}
