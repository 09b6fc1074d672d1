package goapi

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// CompareWithReal compares what Compare makes of a client with the same client as
// Go's own tools load it, with the true declarations of all that it imports. The
// packages are those of the API by folder.
func CompareWithReal(p Package, fset *token.FileSet, packages map[string]*types.Package) ([]Change, error) {
	known, err := load(p)
	if err != nil {
		return nil, err
	}
	return compare(known, realClient(fset, packages)), nil
}

func realClient(fset *token.FileSet, packages map[string]*types.Package) *client {
	c := newClient(fset)
	for folder, p := range packages {
		c.add(folder, p)
	}
	c.index()
	return c
}

// Outside returns the types that outside.txtar declares, by section and name.
func Outside() (map[string]map[string]*types.TypeName, error) {
	o := newOutside(token.NewFileSet())
	all := map[string]map[string]*types.TypeName{}
	for name := range o.declared {
		p, err := o.Import(name)
		if err != nil {
			return nil, err
		}
		all[name] = map[string]*types.TypeName{}
		for _, n := range p.Scope().Names() {
			if p.Scope().Lookup(n).Pos().IsValid() {
				all[name][n] = p.Scope().Lookup(n).(*types.TypeName)
			}
		}
	}
	return all, nil
}

// SameOutside says how a declaration differs from the real one; empty when it
// is true.
func SameOutside(declared, truth *types.TypeName) string {
	was, is := declared.Type().Underlying(), truth.Type().Underlying()
	a, b := identity{client: newClient(nil)}, identity{client: newClient(nil)}
	switch {
	case kind(declared) != kind(truth):
		return "it is made of something else"
	case types.Comparable(declared.Type()) != types.Comparable(truth.Type()):
		return "it compares otherwise"
	case a.typeParams(declared.Type()) != b.typeParams(truth.Type()):
		return "it has other type parameters"
	}
	if _, isStruct := was.(*types.Struct); !isStruct && a.text(was) != b.text(is) {
		return "it is " + b.text(is) + " and not " + a.text(was)
	}
	return ""
}

// Use is one thing that a caller can do with a client, as a declaration, and the
// object that it is about.
type Use struct{ Object, Code string }

// UsesOf returns everything that ordinary callers can do with a client: name its
// constants and types, read and set each field, call each method, and use what is
// built into an interface as that.
func UsesOf(p Package) (uses []Use, imports map[string]string, err error) {
	c, err := load(p)
	if err != nil {
		return nil, nil, err
	}
	u := &useLister{path: p.Path, imports: map[string]string{}}
	for _, folder := range slices.Sorted(maps.Keys(c.packages)) {
		pkg := c.packages[folder]
		for _, name := range pkg.Scope().Names() {
			if o := pkg.Scope().Lookup(name); o.Exported() {
				u.object(place{folder, name}.String(), o)
			}
		}
	}
	u.implementations(c)
	return u.uses, u.imports, nil
}

// useLister collects uses.
type useLister struct {
	path    string
	imports map[string]string // names by path
	uses    []Use
}

// qualify names a package in the caller.
func (u *useLister) qualify(p *types.Package) string {
	name := p.Name()
	if p.Path() == u.path {
		name = "client"
	}
	u.imports[p.Path()] = name
	return name
}

func (u *useLister) text(t types.Type) string { return types.TypeString(t, u.qualify) }

// add adds a use, unless it needs what no caller can name.
func (u *useLister) add(object, format string, args ...any) {
	if code := fmt.Sprintf(format, args...); !strings.Contains(code, "\n") {
		u.uses = append(u.uses, Use{object, code})
	}
}

func (u *useLister) object(object string, o types.Object) {
	name := u.qualify(o.Pkg()) + "." + o.Name()
	switch o := o.(type) {
	case *types.Const, *types.Var:
		u.add(object, "var _ %s = %s", u.text(types.Default(o.Type())), name)
	case *types.Func:
		u.add(object, "var _ %s = %s", u.text(o.Type()), name)
	case *types.TypeName:
		u.add(object, "var _ %s", name)
		u.members(object, name, o)
	}
}

func (u *useLister) members(object, name string, o *types.TypeName) {
	if s, ok := o.Type().Underlying().(*types.Struct); ok {
		for f := range s.Fields() {
			if f.Exported() && !f.Embedded() && isNameable(f.Type()) {
				t := u.text(f.Type())
				u.add(object+"."+f.Name(), "var _ %s = (*%s)(nil).%s", t, name, f.Name())
				u.add(object+"."+f.Name(), "var _ = %s{%s: *new(%s)}", name, f.Name(), t)
			}
		}
	}
	named, ok := o.Type().(*types.Named)
	if !ok {
		return
	}
	for m := range named.Methods() {
		if m.Exported() && isNameable(m.Type()) {
			pointer := "(*" + name + ")"
			of := object + "." + m.Name()
			if object == "Client" {
				of = "(*Client)." + m.Name()
			}
			u.add(of, "var _ %s = %s(nil).%s", u.text(m.Type()), pointer, m.Name())
		}
	}
}

// isNameable reports whether callers can write a type: not the client's own internals.
func isNameable(t types.Type) bool {
	return !strings.Contains(types.TypeString(t, nil), "/internal")
}

// implementations uses the types of the client as what callers want them for.
func (u *useLister) implementations(c *client) {
	for _, at := range slices.SortedFunc(maps.Keys(c.types), func(a, b place) int { return strings.Compare(a.String(), b.String()) }) {
		o := c.types[at]
		for name, iface := range c.interfaces {
			pointer := types.NewPointer(o.Type())
			if iface.NumMethods() > 0 && !types.IsInterface(o.Type()) && types.Implements(pointer, iface) && (name == "error" || strings.HasPrefix(name, "types.")) {
				u.add(at.String(), "var _ %s = (*%s)(nil)", name, u.qualify(o.Pkg())+"."+o.Name())
			}
		}
	}
}

// Broken type-checks uses against a client and returns the objects of those that no
// longer compile, with why.
func Broken(p Package, uses []Use, imports map[string]string) (map[string]string, error) {
	l := parsed(p)
	var b strings.Builder
	b.WriteString("package callers\n")
	lines := 1
	for _, path := range slices.Sorted(maps.Keys(imports)) {
		if _, ours := l.folder(path); !ours && (path == p.Path || strings.HasPrefix(path, p.Path+"/")) {
			continue // the package is gone: its names are not declared
		}
		fmt.Fprintf(&b, "import %s %q\n", imports[path], path)
		lines++
	}
	for _, use := range uses {
		b.WriteString(use.Code + "\n")
	}
	file, err := parser.ParseFile(l.client.fset, "callers.go", b.String(), parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	if err := l.checkAll(file); err != nil {
		return nil, err
	}
	broken := map[string]string{}
	cfg := types.Config{Importer: l, Error: func(err error) {
		if e, ok := err.(types.Error); ok {
			if at := l.client.fset.Position(e.Pos).Line - lines - 1; at >= 0 && at < len(uses) {
				broken[uses[at].Object] = e.Msg
			}
		}
	}}
	_, _ = cfg.Check("example.com/callers", l.client.fset, []*ast.File{file}, nil) // Error has the errors
	return broken, nil
}

// CheckProgram type-checks a program of one file against a client, which must be
// possible, and returns it as the go command would.
func CheckProgram(p Package, source []byte) (*packages.Package, error) {
	l := parsed(p)
	file, err := parser.ParseFile(l.client.fset, "main.go", source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	if err := l.checkAll(file); err != nil {
		return nil, err
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Instances: map[*ast.Ident]types.Instance{},
	}
	cfg := types.Config{Importer: l}
	checked, err := cfg.Check("example.com/program", l.client.fset, []*ast.File{file}, info)
	return &packages.Package{PkgPath: "example.com/program", Types: checked, TypesInfo: info, Fset: l.client.fset, Syntax: []*ast.File{file}}, err
}

// parsed reads the files of a client.
func parsed(p Package) *loader {
	l := &loader{path: p.Path, client: newClient(token.NewFileSet()), sources: map[string][]*ast.File{}}
	l.outside = newOutside(l.client.fset)
	for _, name := range slices.Sorted(maps.Keys(p.Files)) {
		if isAPI(name) {
			l.parse(name, p.Files[name])
		}
	}
	return l
}

// checkAll type-checks a client, with what a file needs of others.
func (l *loader) checkAll(with *ast.File) error {
	l.outside.collect(with)
	for _, folder := range slices.Sorted(maps.Keys(l.sources)) {
		l.check(folder)
	}
	if len(l.problems) > 0 {
		return l.problems
	}
	return nil
}
