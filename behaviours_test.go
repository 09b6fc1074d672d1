package lathe_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/lathe"
)

// behaviours has models of services with behaviours of their own, and tests of them.
const behaviours = "testdata/behaviours"

// generateBehaviours generates the clients of all those models, with one runtime.
func generateBehaviours(t *testing.T, root string) (names []string) {
	t.Helper()
	models, err := filepath.Glob(behaviours + "/*.json")
	if err != nil || len(models) == 0 {
		t.Fatalf("no models in %s: %v", behaviours, err)
	}
	for _, model := range models {
		name := strings.TrimSuffix(filepath.Base(model), ".json")
		result, err := lathe.Generate(lathe.Config{Spec: model, Out: filepath.Join(root, name), Package: name, Runtime: filepath.Join(root, "internal")})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range result.Files {
			writeFile(t, filepath.Join(root, filepath.FromSlash(f.Path)), f.Data)
		}
		names = append(names, name)
	}
	return names
}

// TestBehaviours runs the tests in testdata/behaviours: what services want that no model
// says, with clients of small models that have their ids.
func TestBehaviours(t *testing.T) {
	if testing.Short() {
		t.Skip("whole programs are built")
	}
	root := module(t)
	names := generateBehaviours(t, root)
	cutRuntime(t, root)
	copyFile := func(from, to string) {
		data, err := os.ReadFile(filepath.Join(behaviours, from))
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(root, to), data)
	}
	copyFile("fake.go.txt", "fake/fake.go")
	for _, name := range names {
		copyFile(name+".go.txt", name+"/behaviours_test.go")
	}
	cmd := goCommand(t, root, "test", "-mod=mod", "./...")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
