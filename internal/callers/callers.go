// Package callers finds what a program uses of clients: which of their Go objects it names,
// and where.
package callers

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// Client reports whether a package, of an import path and a folder, is the root of a
// client.
type Client func(importPath, dir string) bool

// Uses are the lines of a program by the Go objects of a client that they name, as
// callers write them: "(*Client).GetRun", "GetRunOutput.Status", "types.StatusNew".
// [Any] has all of them, and an object with [Compared] behind it those where its
// values are compared.
type Uses map[string][]spec.Pos

const (
	// Any is the object that stands for any use of the client.
	Any = "*"
	// Compared stands behind the name of a type whose values are compared.
	Compared = "=="
)

// Finder collects what packages use of clients.
type Finder struct {
	dir string
	// clients are what is found of each client, by import path, and packages those of
	// them.
	clients  map[string]*Found
	packages map[string]clientPackage
	// fields are the owners of the fields of client structs, of the packages that
	// indexed has.
	fields  map[*types.Var]string
	indexed map[*types.Package]bool
	info    *types.Info
	fset    *token.FileSet
}

// Found is what a program uses of one client.
type Found struct {
	// Uses are the objects that the packages name.
	Uses Uses
	// Missing are those of them that the client does not have.
	Missing Uses
	// Types are the types of those that are fields, as the client's package writes them.
	Types map[string]string
	// Constants are those of them that are values of enums.
	Constants map[string]Constant
}

// Constant is a constant of an enum: the enum as callers write it, and the value on the wire.
type Constant struct{ Enum, Value string }

// clientPackage is a package of a client, and what callers write in front of its names:
// nothing, "types." or "document.".
type clientPackage struct {
	client *Found
	prefix string
}

// NewFinder returns a finder that writes names of files relative to a folder, where they
// are in it.
func NewFinder(dir string) *Finder {
	return &Finder{
		dir: dir, clients: map[string]*Found{}, packages: map[string]clientPackage{},
		fields: map[*types.Var]string{}, indexed: map[*types.Package]bool{},
	}
}

// NewFound returns a Found with nothing in it.
func NewFound() *Found { return &Found{Uses{}, Uses{}, map[string]string{}, map[string]Constant{}} }

// Add adds what another look at a program has found.
func (f *Found) Add(more *Found) {
	f.Uses.addAll(more.Uses)
	f.Missing.addAll(more.Missing)
	maps.Copy(f.Types, more.Types)
	maps.Copy(f.Constants, more.Constants)
}

// Client returns what is found of the client of an import path. The finder looks for it from
// now on.
func (f *Finder) Client(path string) *Found {
	if c, ok := f.clients[path]; ok {
		return c
	}
	c := NewFound()
	f.clients[path] = c
	f.packages[path] = clientPackage{c, ""}
	f.packages[path+"/types"] = clientPackage{c, "types."}
	f.packages[path+"/document"] = clientPackage{c, "document."}
	return c
}

// isOwn reports whether a package is of a client itself.
func (f *Finder) isOwn(path string) bool {
	for client := range f.clients {
		if path == client || strings.HasPrefix(path, client+"/") {
			return true
		}
	}
	return false
}

// Package looks at a package that has been type-checked.
func (f *Finder) Package(fset *token.FileSet, info *types.Info, files []*ast.File) {
	f.info, f.fset = info, fset
	for _, file := range files {
		ast.Inspect(file, f.node)
	}
}

// owner returns the struct of a client package that a field belongs to, as callers
// write it; empty when no struct with a name has it.
func (f *Finder) owner(field *types.Var) string {
	p := field.Pkg()
	if p == nil {
		return ""
	}
	if _, ok := f.packages[p.Path()]; ok {
		f.indexFields(p)
	}
	return f.fields[field]
}

// indexFields notes which struct each field of a client package belongs to, once. Types
// that are defined by another one share its fields; callers name those of the exported
// one that has them in its declaration.
func (f *Finder) indexFields(p *types.Package) {
	if f.indexed[p] {
		return
	}
	f.indexed[p] = true
	declared := map[*types.Var]token.Pos{}
	for _, name := range p.Scope().Names() {
		o, ok := p.Scope().Lookup(name).(*types.TypeName)
		if !ok || !o.Exported() {
			continue
		}
		if s, ok := o.Type().Underlying().(*types.Struct); ok {
			for field := range s.Fields() {
				at, isKnown := declared[field]
				if isNearer := o.Pos() < field.Pos() && (at > field.Pos() || at < o.Pos()); !isKnown || isNearer {
					declared[field] = o.Pos()
					f.fields[field] = f.packages[p.Path()].prefix + name
				}
			}
		}
	}
}

// node looks at one node of the syntax.
func (f *Finder) node(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Ident:
		if o := f.info.Uses[n]; o != nil {
			f.object(o, n)
		}
	case *ast.SelectorExpr:
		f.missing(n)
	case *ast.CompositeLit:
		f.literal(n)
	case *ast.BinaryExpr:
		if n.Op == token.EQL || n.Op == token.NEQ {
			f.compared(f.info.TypeOf(n.X), n)
		}
	case *ast.MapType:
		f.compared(f.info.TypeOf(n.Key), n)
	case *ast.SwitchStmt:
		if n.Tag != nil {
			f.compared(f.info.TypeOf(n.Tag), n)
		}
	}
	return true
}

// object notes a use of an object of a client.
func (f *Finder) object(o types.Object, at ast.Node) {
	if o.Pkg() == nil {
		return
	}
	p, ok := f.packages[o.Pkg().Path()]
	if !ok {
		return
	}
	name := p.prefix + o.Name()
	switch o := o.(type) {
	case *types.Var:
		owner := f.owner(o)
		switch {
		case owner != "":
			name = owner + "." + o.Name()
			p.client.Types[name] = types.TypeString(o.Type(), within(o.Pkg()))
		case o.IsField():
			return
		}
	case *types.Func:
		name = methodName(o, p.prefix)
	case *types.Const:
		if enum, ok := types.Unalias(o.Type()).(*types.Named); ok && enum.Obj().Pkg() == o.Pkg() {
			p.client.Constants[name] = Constant{p.prefix + enum.Obj().Name(), textOf(o.Val())}
		}
	}
	f.note(p.client.Uses, name, at)
}

// textOf is a value of an enum on the wire: its text, or a number in decimal.
func textOf(v constant.Value) string {
	if v.Kind() == constant.String {
		return constant.StringVal(v)
	}
	return v.ExactString()
}

// within writes the names of packages as source in a package does.
func within(p *types.Package) types.Qualifier {
	return func(other *types.Package) string {
		if other == p {
			return ""
		}
		return other.Name()
	}
}

// methodName is what callers call a function or method.
func methodName(o *types.Func, prefix string) string {
	recv := o.Signature().Recv()
	if recv == nil {
		return prefix + o.Name()
	}
	named := namedOf(recv.Type())
	if named == nil {
		return prefix + o.Name()
	}
	if prefix == "" && named.Obj().Name() == "Client" {
		return Method(o.Name())
	}
	return prefix + named.Obj().Name() + "." + o.Name()
}

// namedOf is the defined type that a type, or what it points to, is; nil for none. An alias is
// what it stands for.
func namedOf(t types.Type) *types.Named {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, _ := types.Unalias(t).(*types.Named)
	return named
}

// note notes that an object is used at a node.
func (f *Finder) note(uses Uses, object string, at ast.Node) {
	pos := f.fset.Position(at.Pos())
	uses.add(object, spec.Pos{File: f.short(pos.Filename), Line: pos.Line, Column: pos.Column})
}

// addAll adds uses, but for those that are known to the column.
func (u Uses) addAll(more Uses) {
	for object, lines := range more {
		for _, line := range lines {
			if !slices.Contains(u[object], line) {
				u[object] = append(u[object], line)
			}
		}
	}
}

// add adds a line, unless it is known.
func (u Uses) add(object string, line spec.Pos) {
	if !slices.ContainsFunc(u[object], func(p spec.Pos) bool { return p.File == line.File && p.Line == line.Line }) {
		u[object] = append(u[object], line)
	}
}

// short is the name of a file relative to the finder's folder, where it is in it.
func (f *Finder) short(name string) string {
	if rel, err := filepath.Rel(f.dir, name); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return name
}

// literal notes the fields that a literal without keys sets, and those that the client
// does not have.
func (f *Finder) literal(n *ast.CompositeLit) {
	t := f.info.TypeOf(n)
	if len(n.Elts) == 0 || t == nil {
		return
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	if _, keyed := n.Elts[0].(*ast.KeyValueExpr); keyed {
		f.missingKeys(t, n)
		return
	}
	for field := range s.Fields() {
		if owner := f.owner(field); owner != "" {
			f.note(f.packages[field.Pkg().Path()].client.Uses, owner+"."+field.Name(), n)
		}
	}
}

// compared notes that values of a type, or of what it holds, are compared.
func (f *Finder) compared(t types.Type, at ast.Node) {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if o := t.Obj(); o.Pkg() != nil {
			if p, ok := f.packages[o.Pkg().Path()]; ok {
				f.note(p.client.Uses, p.prefix+o.Name()+Compared, at)
				return
			}
		}
		if s, ok := t.Underlying().(*types.Struct); ok {
			f.comparedFields(s, at)
		}
	case *types.Struct:
		f.comparedFields(t, at)
	case *types.Array:
		f.compared(t.Elem(), at)
	}
}

// comparedFields notes that all fields of a struct are compared.
func (f *Finder) comparedFields(s *types.Struct, at ast.Node) {
	for field := range s.Fields() {
		f.compared(field.Type(), at)
	}
}

// missing notes a name that the client does not have any more.
func (f *Finder) missing(n *ast.SelectorExpr) {
	if f.info.Uses[n.Sel] != nil || f.info.Selections[n] != nil {
		return
	}
	if id, ok := n.X.(*ast.Ident); ok {
		if name, ok := f.info.Uses[id].(*types.PkgName); ok {
			if p, ok := f.packages[name.Imported().Path()]; ok {
				f.missed(p.client, p.prefix+n.Sel.Name, n)
			}
			return
		}
	}
	f.missingOf(f.info.TypeOf(n.X), n.Sel.Name, n)
}

// missingKeys notes fields that a literal sets and that its type does not have.
func (f *Finder) missingKeys(t types.Type, n *ast.CompositeLit) {
	for _, e := range n.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := kv.Key.(*ast.Ident); ok && f.info.Uses[key] == nil {
				f.missingOf(t, key.Name, key)
			}
		}
	}
}

// missingOf notes a field or method that a type of a client does not have.
func (f *Finder) missingOf(t types.Type, name string, at ast.Node) {
	named := namedOf(t)
	if named == nil || named.Obj().Pkg() == nil {
		return
	}
	p, ok := f.packages[named.Obj().Pkg().Path()]
	switch {
	case !ok:
	case p.prefix == "" && named.Obj().Name() == "Client":
		f.missed(p.client, Method(name), at)
	default:
		f.missed(p.client, p.prefix+named.Obj().Name()+"."+name, at)
	}
}

// missed notes a use of an object that the client does not have.
func (f *Finder) missed(c *Found, object string, at ast.Node) {
	f.note(c.Uses, object, at)
	f.note(c.Missing, object, at)
}
