package lathe_test

import (
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"example.com/lathe/internal/emit"
	"example.com/lathe/runtime"
	"example.com/lathe/templates"
)

// cutRuntime cuts the runtime that all clients in a module share, as gen does.
func cutRuntime(t *testing.T, root string) {
	t.Helper()
	if err := os.RemoveAll(filepath.Join(root, "internal")); err != nil {
		t.Fatal(err)
	}
	var clients [][]byte
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		data, err := os.ReadFile(filepath.Join(root, name))
		clients = append(clients, data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	files, err := templates.CutRuntime("example.com/golden/internal", clients)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := f.Render()
		if err == nil {
			text, err = emit.SortImports(f.Path, text)
		}
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(root, "internal", f.Path), text)
	}
}

// TestCutRuntimes type-checks clients that have a runtime of their own, cut to what each
// reaches, and compares what their users can call of it with the whole.
func TestCutRuntimes(t *testing.T) {
	if testing.Short() {
		t.Skip("many packages are type-checked")
	}
	files, err := filepath.Glob(goldens + "/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens in %s: %v", goldens, err)
	}
	root := module(t)
	for _, file := range files {
		generateArchive(t, root, file, "")
	}
	loaded := typeCheck(t, root)
	whole, err := packages.Load(&packages.Config{Mode: packages.LoadTypes}, runtime.Home+"...")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, p := range loaded {
		if strings.Contains(p.PkgPath, "/internal/") {
			continue
		}
		for of := range reachable(p.Types) {
			_, name, isRuntime := strings.Cut(of.Obj().Pkg().Path(), "/internal/")
			if !isRuntime {
				continue
			}
			seen++
			at := slices.IndexFunc(whole, func(p *packages.Package) bool { return p.PkgPath == runtime.Home+name })
			want := exportedMethods(whole[at].Types.Scope().Lookup(of.Obj().Name()).Type())
			if got := exportedMethods(of); !slices.Equal(got, want) {
				t.Errorf("users of %s can call %v of %s.%s, want %v", p.PkgPath, got, name, of.Obj().Name(), want)
			}
		}
	}
	if seen < 5 {
		t.Errorf("only %d types of the runtime were found in what users can reach", seen)
	}
}

// typeCheck type-checks all packages of a module, and what they import, from their source:
// nothing is compiled.
func typeCheck(t *testing.T, root string, env ...string) []*packages.Package {
	t.Helper()
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.LoadSyntax | packages.NeedDeps, Dir: root,
		Env: append(append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod"), env...),
	}, "./...")
	if err != nil || len(loaded) == 0 || packages.PrintErrors(loaded) > 0 {
		t.Fatalf("of %d packages some do not compile: %v", len(loaded), err)
	}
	return loaded
}

// reachable are the types that a user of a package can reach: what it declares, their exported
// fields and methods, and what these take and return.
func reachable(p *types.Package) map[*types.Named]bool {
	seen := map[*types.Named]bool{}
	var visit func(types.Type)
	visitAll := func(all *types.Tuple) {
		for v := range all.Variables() {
			visit(v.Type())
		}
	}
	visit = func(of types.Type) {
		switch of := types.Unalias(of).(type) {
		case *types.Named:
			if of.Obj().Pkg() == nil || !strings.HasPrefix(of.Obj().Pkg().Path(), "example.com/golden/") || seen[of.Origin()] {
				return
			}
			seen[of.Origin()] = true
			visit(of.Underlying())
			for method := range types.NewMethodSet(types.NewPointer(of)).Methods() {
				if method.Obj().Exported() {
					visit(method.Type())
				}
			}
		case *types.Struct:
			for f := range of.Fields() {
				if f.Exported() {
					visit(f.Type())
				}
			}
		case *types.Signature:
			visitAll(of.Params())
			visitAll(of.Results())
		case *types.Map:
			visit(of.Key())
			visit(of.Elem())
		case interface{ Elem() types.Type }:
			visit(of.Elem())
		}
	}
	for _, name := range p.Scope().Names() {
		if of := p.Scope().Lookup(name); of.Exported() {
			visit(of.Type())
		}
	}
	return seen
}

// exportedMethods are the names of a type's methods.
func exportedMethods(of types.Type) (names []string) {
	for method := range types.NewMethodSet(types.NewPointer(of)).Methods() {
		if method.Obj().Exported() {
			names = append(names, method.Obj().Name())
		}
	}
	return names
}
