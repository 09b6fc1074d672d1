// Package callers finds what a program uses of a generated client.
package callers

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

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

// finder collects uses.
type finder struct {
	uses Uses
	dir  string
	// clients are the packages of clients by import path, with what callers write in
	// front of their names: nothing, "types." or "document.".
	clients map[string]string
	// fields are the owners of the fields of client structs, of the packages that
	// indexed has.
	fields  map[*types.Var]string
	indexed map[*types.Package]bool
	info    *types.Info
	fset    *token.FileSet
}

func newFinder(dir string) *finder {
	return &finder{uses: Uses{}, dir: dir, clients: map[string]string{}, fields: map[*types.Var]string{}, indexed: map[*types.Package]bool{}}
}

// sorted returns the uses, with the lines of each in order.
func (f *finder) sorted() Uses {
	for _, lines := range f.uses {
		slices.SortFunc(lines, func(a, b spec.Pos) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line)) })
	}
	return f.uses
}

func (f *finder) addClient(path string) {
	f.clients[path] = ""
	f.clients[path+"/types"] = "types."
	f.clients[path+"/document"] = "document."
}

// isOwn reports whether a package is of a client itself.
func (f *finder) isOwn(path string) bool {
	for client := range f.clients {
		if path == client || strings.HasPrefix(path, client+"/") {
			return true
		}
	}
	return false
}

// pkg looks at a package of the program.
func (f *finder) pkg(p *packages.Package) {
	f.info, f.fset = p.TypesInfo, p.Fset
	for _, file := range p.Syntax {
		ast.Inspect(file, f.node)
	}
}

// owner returns the struct of a client package that a field belongs to, as callers
// write it; empty when no struct with a name has it.
func (f *finder) owner(field *types.Var) string {
	p := field.Pkg()
	if p == nil {
		return ""
	}
	if _, ok := f.clients[p.Path()]; ok {
		f.indexFields(p)
	}
	return f.fields[field]
}

// indexFields notes which struct each field of a client package belongs to, once.
func (f *finder) indexFields(p *types.Package) {
	if f.indexed[p] {
		return
	}
	f.indexed[p] = true
	for _, name := range p.Scope().Names() {
		o, ok := p.Scope().Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		if s, ok := o.Type().Underlying().(*types.Struct); ok {
			for field := range s.Fields() {
				f.fields[field] = f.clients[p.Path()] + name
			}
		}
	}
}

func (f *finder) node(n ast.Node) bool {
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
func (f *finder) object(o types.Object, at ast.Node) {
	if o.Pkg() == nil {
		return
	}
	prefix, ok := f.clients[o.Pkg().Path()]
	if !ok {
		return
	}
	switch o := o.(type) {
	case *types.Var:
		if owner := f.owner(o); owner != "" {
			f.note(owner+"."+o.Name(), at)
		} else if !o.IsField() {
			f.note(prefix+o.Name(), at)
		}
	case *types.Func:
		f.note(methodName(o, prefix), at)
	default:
		f.note(prefix+o.Name(), at)
	}
}

// methodName is what callers call a function or method.
func methodName(o *types.Func, prefix string) string {
	recv := o.Signature().Recv()
	if recv == nil {
		return prefix + o.Name()
	}
	t := recv.Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := t.(*types.Named)
	if !ok {
		return prefix + o.Name()
	}
	if prefix == "" && named.Obj().Name() == "Client" {
		return "(*Client)." + o.Name()
	}
	return prefix + named.Obj().Name() + "." + o.Name()
}

// note notes a use. Whoever names the input or output of an operation calls it, be it
// through an interface.
func (f *finder) note(object string, at ast.Node) {
	pos := f.fset.Position(at.Pos())
	line := spec.Pos{File: f.short(pos.Filename), Line: pos.Line, Column: pos.Column}
	add := func(object string) {
		known := slices.ContainsFunc(f.uses[object], func(p spec.Pos) bool { return p.File == line.File && p.Line == line.Line })
		if !known {
			f.uses[object] = append(f.uses[object], line)
		}
	}
	add(object)
	add(Any)
	for _, suffix := range [...]string{"Input", "Output"} {
		if op, ok := strings.CutSuffix(object, suffix); ok && op != "" && !strings.Contains(object, ".") {
			add("(*Client)." + op)
		}
	}
}

func (f *finder) short(name string) string {
	if rel, err := filepath.Rel(f.dir, name); err == nil && !strings.HasPrefix(rel, "..") {
		return rel
	}
	return name
}

// literal notes the fields that a literal without keys sets.
func (f *finder) literal(n *ast.CompositeLit) {
	if len(n.Elts) == 0 {
		return
	}
	if _, keyed := n.Elts[0].(*ast.KeyValueExpr); keyed {
		return
	}
	t := f.info.TypeOf(n)
	if t == nil {
		return
	}
	if s, ok := t.Underlying().(*types.Struct); ok {
		for field := range s.Fields() {
			if owner := f.owner(field); owner != "" {
				f.note(owner+"."+field.Name(), n)
			}
		}
	}
}

// compared notes that values of a type, or of what it holds, are compared.
func (f *finder) compared(t types.Type, at ast.Node) {
	switch t := t.(type) {
	case *types.Named:
		if o := t.Obj(); o.Pkg() != nil {
			if prefix, ok := f.clients[o.Pkg().Path()]; ok {
				f.note(prefix+o.Name()+Compared, at)
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

func (f *finder) comparedFields(s *types.Struct, at ast.Node) {
	for field := range s.Fields() {
		f.compared(field.Type(), at)
	}
}

// missing notes a name that the client does not have any more: what it was is not
// known, so that every object of that name counts.
func (f *finder) missing(n *ast.SelectorExpr) {
	if f.info.Uses[n.Sel] != nil || f.info.Selections[n] != nil {
		return
	}
	if id, ok := n.X.(*ast.Ident); ok {
		if p, ok := f.info.Uses[id].(*types.PkgName); ok {
			if prefix, ok := f.clients[p.Imported().Path()]; ok {
				f.note(prefix+n.Sel.Name, n)
			}
			return
		}
	}
	t := f.info.TypeOf(n.X)
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return
	}
	prefix, ok := f.clients[named.Obj().Pkg().Path()]
	switch {
	case !ok:
	case prefix == "" && named.Obj().Name() == "Client":
		f.note("(*Client)."+n.Sel.Name, n)
	default:
		f.note(prefix+named.Obj().Name()+"."+n.Sel.Name, n)
	}
}
