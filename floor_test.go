package lathe_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/lathe/runtime"
	"golang.org/x/mod/modfile"
)

// floorMod requires the oldest versions that clients work with.
const floorMod = "testdata/floor/go.mod"

// floorToolchain is the Go that compiles; empty for the one that runs the test, which then
// only takes the version of the language from go.mod.
var floorToolchain = flag.String("floor-toolchain", "", "compile clients with this `toolchain` (go1.23.12)")

// TestFloor compiles the clients of all goldens and of services with behaviours of their
// own, which have every feature and every runtime package between them, with the oldest
// versions of Go, the SDK's core and smithy-go. Vet knows since when the standard library
// has a name.
func TestFloor(t *testing.T) {
	if testing.Short() {
		t.Skip("whole programs are built")
	}
	files, err := filepath.Glob(goldens + "/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens in %s: %v", goldens, err)
	}
	root := module(t)
	for _, file := range files {
		generateGolden(t, root, file)
	}
	generateBehaviours(t, root)
	cutRuntime(t, root)
	packages, err := fs.ReadDir(runtime.Sources, ".")
	if err != nil || len(packages) == 0 {
		t.Fatalf("no runtime packages: %v", err)
	}
	for _, p := range packages {
		if p.Name() == "client" {
			continue // copied into the package of every client
		}
		if _, err := os.Stat(filepath.Join(root, "internal", p.Name())); err != nil {
			t.Errorf("no client needs the runtime package %s: %v", p.Name(), err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(filepath.Dir(floorMod), name))
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(root, name), data)
	}
	cmd := goCommand(t, root, "vet", "-mod=readonly", "./...")
	if *floorToolchain != "" {
		cmd.Env = append(cmd.Env, "GOTOOLCHAIN="+*floorToolchain)
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("what is generated does not build at the floor: %v\n%s", err, out)
	}
}

// TestFloorIsStated compares the versions that are required and documented with the
// constants.
func TestFloorIsStated(t *testing.T) {
	data, err := os.ReadFile(floorMod)
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse(floorMod, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{"go": mod.Go.Version}
	for _, r := range mod.Require {
		got[r.Mod.Path] = r.Mod.Version
	}
	for name, want := range map[string]string{
		"go": runtime.MinGo, "github.com/aws/aws-sdk-go-v2": runtime.MinCore, "github.com/aws/smithy-go": runtime.MinSmithy,
	} {
		if got[name] != want {
			t.Errorf("%s requires %s %s, want %s", floorMod, name, got[name], want)
		}
		for _, file := range []string{"README.md", "generated/datazone/doc.go"} {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(text), want) {
				t.Errorf("%s does not say that clients need %s %s", file, name, want)
			}
		}
	}
}
