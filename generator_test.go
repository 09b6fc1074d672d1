package lathe_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"example.com/lathe"
	"example.com/lathe/internal/emit"
	"example.com/lathe/spec"
)

var update = flag.Bool("update", false, "write the goldens again, when what is generated builds")

// A golden is a txtar archive: its comment says what it is about, the file
// spec.yaml or model.json is the input, a file named operations may list the
// operations to generate, one named lean asks for a lean client, one named presign lists what it presigns, and the rest is
// what must come out, the runtime left out.
const goldens = "testdata/golden"

// TestGolden generates each golden's client, sees that all of them build and
// compares them with what is kept.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob(goldens + "/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens in %s: %v", goldens, err)
	}
	root := module(t)
	got := map[string]*txtar.Archive{}
	for _, file := range files {
		got[file] = generateGolden(t, root, file)
	}
	build(t, root)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			text := txtar.Format(got[file])
			if *update {
				if err := os.WriteFile(file, text, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want = bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n")) // a checkout on Windows
			if diff := cmp.Diff(string(want), string(text)); diff != "" {
				t.Errorf("%s is not what is generated (-want +got); review it with go test -run TestGolden -update and git diff:\n%s", file, diff)
			}
		})
	}
}

// module makes a module in a temporary folder, with our own requirements, so that
// nothing has to be downloaded.
func module(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		data = bytes.Replace(data, []byte("module example.com/lathe"), []byte("module example.com/golden"), 1)
		if err := os.WriteFile(filepath.Join(root, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// generateGolden generates an archive's client into a package of the module named
// after the archive, and returns the archive as it should be.
func generateGolden(t *testing.T, root, file string) *txtar.Archive {
	t.Helper()
	return generateArchive(t, root, file, filepath.Join(root, "internal"))
}

// generateArchive generates an archive's client with its runtime in a folder, empty for one of
// its own.
func generateArchive(t *testing.T, root, file, runtime string) *txtar.Archive {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	archive := txtar.Parse(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")))
	name := strings.TrimSuffix(filepath.Base(file), ".txtar")
	out := filepath.Join(root, name)
	inputs, cfg := goldenConfig(t, name, archive)
	cfg.Out, cfg.Runtime, cfg.Package = out, runtime, name
	result, err := lathe.Generate(cfg)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	want := &txtar.Archive{Comment: archive.Comment, Files: inputs}
	for _, f := range result.Files {
		writeFile(t, filepath.Join(root, filepath.FromSlash(f.Path)), f.Data)
		if rest, ok := strings.CutPrefix(f.Path, name+"/"); ok {
			want.Files = append(want.Files, txtar.File{Name: rest, Data: f.Data})
		}
	}
	return want
}

// goldenConfig writes the inputs of an archive and returns them with what they ask
// for.
func goldenConfig(t *testing.T, name string, archive *txtar.Archive) ([]txtar.File, lathe.Config) {
	t.Helper()
	var cfg lathe.Config
	var inputs []txtar.File
	for _, f := range archive.Files {
		switch f.Name {
		case "spec.yaml", "model.json":
			cfg.Spec = filepath.Join(t.TempDir(), name, f.Name)
			writeFile(t, cfg.Spec, f.Data)
		case "operations":
			cfg.Operations = strings.Fields(string(f.Data))
		case "lean":
			cfg.Lean = true
		case "examples":
			cfg.Examples = true
		case "presign":
			cfg.Presign = strings.Fields(string(f.Data))
		default:
			continue
		}
		inputs = append(inputs, f)
	}
	return inputs, cfg
}

func writeFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// build compiles and vets every package of the module.
func build(t *testing.T, root string) {
	t.Helper()
	if out, err := goCommand(t, root, "vet", "-mod=mod", "./...").CombinedOutput(); err != nil {
		t.Fatalf("what is generated does not build: %v\n%s", err, out)
	}
}

// goCommand is the go command in a module of [module]. With -trimpath it finds in the build cache
// what it has compiled for another of the kind.
func goCommand(t *testing.T, root string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-trimpath")
	return cmd
}

// TestRefused sees that packages that nobody could import are refused, each with one
// problem, before anything is made.
func TestRefused(t *testing.T) {
	root := module(t)
	for _, tt := range []struct{ pkg, out, runtime, want string }{
		{"main", "gen", "", `"main" is not a Go package name`},
		{"_x", "gen", "", `"_x" is not a Go package name`},
		{"error", "gen", "", `"error" is not a Go package name`},
		{"range", "gen", "", `"range" is not a Go package name`},
		{"x", "vendor/x", "", "$/vendor/x: the go command takes a folder named vendor for copies of other modules"},
		{"x", "a/testdata", "", "$/a/testdata: the go command ignores folders named testdata"},
		{"x", "a/_x/b", "", "$/a/_x/b: the go command ignores folders whose name begins with _"},
		{"x", "my gen", "", "$/my gen: the folder cannot be part of an import path: invalid char ' '"},
		{"x", "a", ".rt", "$/.rt: the go command ignores folders whose name begins with ."},
		{"x", "a", "b/internal", "$/b/internal: the folder of the runtime is internal to others than the client"},
		{"x", "a", "../rt", "$/../rt: the folder is outside the module at $"},
	} {
		cfg := lathe.Config{Spec: "spec/datazone.yaml", Package: tt.pkg, Out: filepath.Join(root, tt.out)}
		if tt.runtime != "" {
			cfg.Runtime = filepath.Join(root, tt.runtime)
		}
		_, err := lathe.Generate(cfg)
		problems, ok := errors.AsType[spec.Problems](err)
		want := strings.ReplaceAll(strings.ReplaceAll(tt.want, "$/../rt", filepath.Join(root, "../rt")), "$", root)
		if got := strings.Split(fmt.Sprint(err), "\n\thint: "); !ok || len(problems) != 1 || got[0] != want || len(got) != 2 {
			t.Errorf("%+v: got %v, want %s", tt, err, want)
		}
	}
}

// TestDeterminism generates the same client several times, in different folders,
// and compares the bytes.
func TestDeterminism(t *testing.T) {
	var first map[string]string
	for range 5 {
		root := module(t)
		result, err := lathe.Generate(lathe.Config{Spec: "spec/datazone.yaml", Out: filepath.Join(root, "client"), Package: "datazone"})
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		for _, f := range result.Files {
			files[f.Path] = string(f.Data)
		}
		if first == nil {
			first = files
		} else if diff := cmp.Diff(first, files); diff != "" {
			t.Fatalf("two runs differ:\n%s", diff)
		}
	}
}

// TestCommitted sees that the committed clients are what their specs give.
func TestCommitted(t *testing.T) {
	result, err := lathe.Generate(lathe.Config{Spec: "spec/datazone.yaml", Out: "generated/datazone", Package: "datazone"})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, f := range result.Files {
		seen[f.Path] = true
		have, err := os.ReadFile(filepath.FromSlash(f.Path))
		if err != nil || !bytes.Equal(have, f.Data) {
			t.Errorf("%s is not what is generated, run make generate: %v", f.Path, err)
		}
	}
	err = filepath.WalkDir("generated/datazone", func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if emit.Generated(data) && !seen[path.Clean(filepath.ToSlash(name))] {
			t.Errorf("%s is left over, run make generate", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What is wrong with additions, operations and the protocol is reported at once.
func TestAllProblems(t *testing.T) {
	_, err := lathe.Generate(lathe.Config{
		Spec: "spec/datazone.yaml", Out: "generated/datazone", Operations: []string{"GetDataSourceRan", "GetDataSourceRun"},
		Protocol: "awsJson1_0", Additions: spec.Additions{Defaults: []spec.AddedDefault{{Member: "RunStatisticForAssets.added"}}},
	})
	want := `there is no shape "RunStatisticForAssets"
	hint: did you mean RunStatisticsForAssets?
spec/datazone.yaml: no operation matches "GetDataSourceRan"
	hint: did you mean GetDataSourceRun?
spec/datazone.yaml:5:1: service DataZone speaks restJson1, not awsJson1_0
	hint: leave the protocol out for restJson1`
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}
