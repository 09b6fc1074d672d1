package reach

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"example.com/lathe/runtime"
)

func loadRuntime(t *testing.T) []*packages.Package {
	t.Helper()
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.LoadTypes | packages.NeedImports | packages.NeedDeps | packages.NeedSyntax | packages.NeedTypesInfo,
	}, runtime.Home+"...")
	if err != nil || len(loaded) < 20 || packages.PrintErrors(loaded) > 0 {
		t.Fatalf("got %d packages, %v", len(loaded), err)
	}
	return slices.DeleteFunc(loaded, func(p *packages.Package) bool { return p.Name == "runtime" })
}

// TestOutside looks for interfaces that are declared outside of what is cut, and have names:
// in what every client has, and among all that the runtime imports.
func TestOutside(t *testing.T) {
	loaded := loadRuntime(t)
	needed := map[string]string{}
	for _, i := range interfaces(loaded) {
		for _, p := range loaded {
			if p.Name == "client" {
				continue
			}
			for _, name := range p.Types.Scope().Names() {
				of, isType := p.Types.Scope().Lookup(name).(*types.TypeName)
				if !isType || !of.Exported() || types.IsInterface(of.Type()) || !types.Implements(types.NewPointer(of.Type()), i) {
					continue
				}
				for method := range i.Methods() {
					needed[method.Name()] = p.Name + "." + name
				}
			}
		}
	}
	if len(needed) < 5 {
		t.Fatalf("only %d names are needed", len(needed))
	}
	for name, of := range needed {
		if !slices.Contains(outside, name) {
			t.Errorf("%s is missing, %s is called by it", name, of)
		}
	}
}

// interfaces are those with methods and without type parameters that other packages than those
// of the runtime declare.
func interfaces(loaded []*packages.Package) []*types.Interface {
	all := []*types.Interface{types.Universe.Lookup("error").Type().Underlying().(*types.Interface)}
	seen := map[*types.Package]bool{}
	var visit func(p *types.Package)
	visit = func(p *types.Package) {
		if seen[p] {
			return
		}
		seen[p] = true
		for _, imported := range p.Imports() {
			visit(imported)
		}
		if strings.HasPrefix(p.Path(), runtime.Home) && p.Name() != "client" {
			return
		}
		for _, name := range p.Scope().Names() {
			declared, isNamed := p.Scope().Lookup(name).Type().(*types.Named)
			if !isNamed || declared.TypeParams().Len() > 0 {
				continue
			}
			if i, isInterface := declared.Underlying().(*types.Interface); isInterface && i.NumMethods() > 0 {
				all = append(all, i)
			}
		}
	}
	for _, p := range loaded {
		visit(p.Types)
	}
	return all
}

// TestNames holds the runtime to what looking at names alone takes for granted: no
// identifier hides an import, an import without a name has the one that is assumed, and no
// package has work at its initialisation that nobody mentions.
func TestNames(t *testing.T) {
	for _, p := range loadRuntime(t) {
		if p.Name == "client" {
			continue
		}
		for _, f := range p.Syntax {
			imports := map[string]bool{}
			for _, s := range f.Imports {
				name, _ := importOf(runtime.Home, s)
				imports[name] = true
				if is := p.TypesInfo.PkgNameOf(s); is == nil || is.Name() != name {
					t.Errorf("%s: %s is taken for %s", p.Fset.Position(s.Pos()), s.Path.Value, name)
				}
			}
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncDecl:
					if n.Recv == nil && n.Name.Name == "init" {
						t.Errorf("%s: init is not copied", p.Fset.Position(n.Pos()))
					}
				case *ast.SelectorExpr:
					id, _ := n.X.(*ast.Ident)
					if id != nil && imports[id.Name] && !isPackage(p.TypesInfo.Uses[id]) {
						t.Errorf("%s: %s hides an import", p.Fset.Position(id.Pos()), id.Name)
					}
				}
				return true
			})
		}
	}
}

func isPackage(used types.Object) bool {
	_, is := used.(*types.PkgName)
	return is
}

// TestMentions compares what a declaration mentions with what the type checker resolves in it:
// that is never more, and names of fields and parameters are none of it.
func TestMentions(t *testing.T) {
	tree := NewTree(runtime.Sources, runtime.Home)
	for _, p := range loadRuntime(t) {
		if p.Name == "client" {
			continue
		}
		read, err := tree.load(p.Name)
		if err != nil {
			t.Fatal(err)
		}
		decls := read.decls
		for _, f := range p.Syntax {
			for _, node := range f.Decls[countImports(f):] {
				checkMentions(t, p, decls[0], node)
				decls = decls[1:]
			}
		}
		if len(decls) > 0 {
			t.Errorf("%s: %d declarations are too many", p.Name, len(decls))
		}
	}
}

func countImports(f *ast.File) (n int) {
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			n++
		}
	}
	return n
}

func checkMentions(t *testing.T, p *packages.Package, d *decl, node ast.Decl) {
	t.Helper()
	mayBe := map[string]bool{}
	ast.Inspect(node, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if !d.sees(p.TypesInfo.Uses[id]) {
			t.Errorf("%s: %s is not seen", p.Fset.Position(id.Pos()), id.Name)
		}
		if p.TypesInfo.Uses[id] != nil || !isMember(p.TypesInfo.Defs[id]) {
			mayBe[id.Name] = true
		}
		return true
	})
	for _, m := range d.mentions {
		if !mayBe[m.name] {
			t.Errorf("%s: %s is not mentioned", p.Fset.Position(node.Pos()), m.name)
		}
	}
}

// isMember reports whether an object is a field, a parameter, a result or a method.
func isMember(declared types.Object) bool {
	switch o := declared.(type) {
	case *types.Var:
		return o.Kind() != types.PackageVar && o.Kind() != types.LocalVar
	case *types.Func:
		return o.Signature().Recv() != nil
	default:
		return false
	}
}

// sees reports whether an object, if the runtime declares it for others than one function, is
// among what the declaration mentions.
func (d *decl) sees(used types.Object) bool {
	if used == nil || used.Pkg() == nil || !strings.HasPrefix(used.Pkg().Path(), runtime.Home) {
		return true
	}
	if f, ok := used.(*types.Func); ok && f.Signature().Recv() != nil {
		return slices.Contains(d.selected, used.Name())
	}
	return used.Parent() != used.Pkg().Scope() || slices.Contains(d.mentions, mention{used.Pkg().Name(), used.Name()})
}
