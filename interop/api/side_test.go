package api

import (
	"cmp"
	"encoding/json"
	"errors"
	"go/types"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/mod/modfile"

	"example.com/lathe"
	"example.com/lathe/interop/goapi"
)

// side is one of the two packages.
type side struct {
	path   string
	source *goapi.Source
}

// importPackage returns the client's package, or one below it; nil if there is none.
func (s *side) importPackage(t *testing.T, pkg string) *types.Package {
	t.Helper()
	p, err := s.source.Import(path.Join(s.path, pkg))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// generate makes the whole client of the model, and returns what of the model it was made
// of, too. The client imports what their side has, so that types of the core are the same.
func (o *official) generate(t *testing.T, theirs *goapi.Source) (*side, model) {
	t.Helper()
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte("module example.com/ours\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	result, err := lathe.Generate(lathe.Config{
		Spec: o.modelFile(t), Out: filepath.Join(root, o.name), Package: o.name,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range result.Refused {
		t.Errorf("%s is refused: %v", r.Operation, r.Reasons)
	}
	files := fstest.MapFS{}
	for _, f := range result.Files {
		files[f.Path] = &fstest.MapFile{Data: f.Data}
	}
	roots := map[string]fs.FS{result.ImportPath: below(t, files, o.name)}
	return &side{result.ImportPath, &goapi.Source{Base: theirs, Roots: roots}}, newModel(result.Model)
}

// modelModule has the models of all services of its day in C2J.
const (
	modelModule = "github.com/aws/aws-sdk-go@v1.55.7"
	modelSum    = "h1:UJrkFq7es5CShfBwlWAC8DA077vp8PyVbQd3lqLiztE="
)

// modelFile is the model's file: among the shared ones, or in the module that has others.
func (o *official) modelFile(t *testing.T) string {
	t.Helper()
	if !strings.HasPrefix(o.model, "models/apis/") {
		return filepath.Join(models, filepath.FromSlash(o.model))
	}
	module := download(t, modelModule)
	if module.Sum != modelSum {
		t.Fatalf("%s has the hash %s, not %s", modelModule, module.Sum, modelSum)
	}
	return filepath.Join(module.Dir, filepath.FromSlash(o.model))
}

// isC2J reports whether the model does not say which numbers and booleans may be absent.
func (o *official) isC2J() bool { return !strings.HasPrefix(o.model, "smithy/") }

func below(t *testing.T, files fs.FS, dir string) fs.FS {
	t.Helper()
	sub, err := fs.Sub(files, dir)
	if err != nil {
		t.Fatal(err)
	}
	return sub
}

// load returns the official package, with the modules that it alone requires.
func (o *official) load(t *testing.T, shared *goapi.Source) *side {
	t.Helper()
	importPath := services + o.name
	module := download(t, importPath+"@"+o.version)
	if module.Sum != o.sum {
		t.Fatalf("%s@%s has the hash %s, not %s", o.name, o.version, module.Sum, o.sum)
	}
	roots := map[string]fs.FS{importPath: os.DirFS(module.Dir)}
	data, err := os.ReadFile(module.GoMod)
	if err != nil {
		t.Fatal(err)
	}
	file, err := modfile.Parse(module.GoMod, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range file.Require {
		if _, known := shared.Roots[r.Mod.Path]; !known && !strings.HasPrefix(r.Mod.Path, "golang.org/") {
			roots[r.Mod.Path] = os.DirFS(download(t, r.Mod.String()).Dir)
		}
	}
	return &side{importPath, &goapi.Source{Base: shared, Roots: roots}}
}

// downloaded is a module in the module cache.
type downloaded struct{ Dir, GoMod, Sum, Error string }

func download(t *testing.T, module string) downloaded {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "mod", "download", "-json", module)
	cmd.Dir = t.TempDir() // outside of every module
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	out, err := cmd.Output()
	var d downloaded
	if decodeErr := json.Unmarshal(out, &d); cmp.Or(err, decodeErr) != nil || d.Error != "" {
		t.Fatalf("%s: %v %s", module, cmp.Or(err, decodeErr), d.Error)
	}
	return d
}
