package goapi_test

import (
	"go/token"
	"go/types"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/txtar"

	"example.com/lathe"
	"example.com/lathe/internal/goapi"
)

// TestOutside compares every type that outside.txtar declares with the real one.
func TestOutside(t *testing.T) {
	declared, err := goapi.Outside()
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	sections := map[string]string{}
	for section := range declared {
		importPath := section
		if name, ok := strings.CutPrefix(section, "runtime/"); ok {
			importPath = "example.com/lathe/runtime/" + name
		}
		paths = append(paths, importPath)
		sections[importPath] = section
	}
	loaded, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports}, paths...)
	if err != nil || len(loaded) != len(paths) {
		t.Fatalf("%d of %d packages: %v", len(loaded), len(paths), err)
	}
	for _, p := range loaded {
		names := declared[sections[p.PkgPath]]
		if len(p.Errors) > 0 || len(names) == 0 {
			t.Errorf("%s: %d names, %v", p.PkgPath, len(names), p.Errors)
		}
		for name, o := range names {
			truth, ok := p.Types.Scope().Lookup(name).(*types.TypeName)
			if !ok {
				t.Errorf("%s.%s is no type", p.PkgPath, name)
				continue
			}
			if o.Pkg().Name() != p.Name {
				t.Errorf("the package %s is named %s", p.PkgPath, p.Name)
			}
			if difference := goapi.SameOutside(o, truth); difference != "" {
				t.Errorf("%s.%s: %s", p.PkgPath, name, difference)
			}
		}
	}
}

// TestGenerated compares, for all goldens and every changed service, what is made
// of the client alone with the client as it is with everything that it imports:
// there must be no difference.
func TestGenerated(t *testing.T) {
	m := newRealModule(t)
	clients := m.goldens()
	for _, trial := range m.serviceTrials() {
		clients = append(clients, trial.new)
	}
	fset, loaded := m.load()
	for _, c := range clients {
		truth := map[string]*types.Package{}
		for importPath, p := range loaded {
			if folder, ok := strings.CutPrefix(importPath+"/", c.Path+"/"); ok && !strings.Contains(folder, "internal/") {
				truth[filepath.ToSlash(filepath.Clean("./"+folder))] = p
			}
		}
		if len(truth) < 2 {
			t.Errorf("%s has %d packages", c.Path, len(truth))
		}
		all, err := goapi.CompareWithReal(c, fset, truth)
		if err != nil {
			t.Errorf("%s: %v", c.Path, err)
		}
		if len(all) > 0 {
			t.Errorf("%s is another client with its imports:\n%s", c.Path, render(all))
		}
	}
}

// goldens generates the clients of the goldens.
func (m *realModule) goldens() []goapi.Package {
	m.t.Helper()
	files, err := filepath.Glob("../../testdata/golden/*.txtar")
	if err != nil || len(files) < 4 {
		m.t.Fatalf("%d goldens: %v", len(files), err)
	}
	clients := make([]goapi.Package, len(files))
	for i, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			m.t.Fatal(err)
		}
		folder := "golden/" + strings.TrimSuffix(filepath.Base(file), ".txtar")
		cfg := lathe.Config{}
		for _, f := range archive.Files {
			switch f.Name {
			case "spec.yaml", "model.json":
				cfg.Spec = m.path("specs/" + folder + "/" + f.Name)
				m.write("specs/"+folder+"/"+f.Name, f.Data)
			case "operations":
				cfg.Operations = strings.Fields(string(f.Data))
			}
		}
		clients[i] = m.generate(folder, cfg)
	}
	return clients
}

// load loads all packages of the module and smithy's own, each with what it
// declares and with what those that it imports declare.
func (m *realModule) load() (*token.FileSet, map[string]*types.Package) {
	m.t.Helper()
	fset := token.NewFileSet()
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedExportFile,
		Dir:  m.root, Env: environment(), BuildFlags: buildFlags, Fset: fset,
	}, "./...", "github.com/aws/smithy-go")
	if err != nil {
		m.t.Fatal(err)
	}
	all := map[string]*types.Package{}
	for _, p := range loaded {
		if len(p.Errors) > 0 {
			m.t.Fatalf("%s: %v", p.PkgPath, p.Errors)
		}
		all[p.PkgPath] = p.Types
	}
	return fset, all
}
