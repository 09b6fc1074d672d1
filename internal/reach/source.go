package reach

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// source is a package as it stands in the tree.
type source struct {
	name, doc string
	// imports are those of all files, by the name that the files use.
	imports map[string]Import
	decls   []*decl
	// named are the declarations of a name; methods those of a type.
	named, methods map[string][]*decl
}

// decl is a declaration: of one function, of a method, or of all that stands in one pair of
// parentheses.
type decl struct {
	in *source
	// name is that of a method; types are those that are declared.
	name  string
	types []string
	// text has the comments above it. It is tight when no blank line stands before it.
	text  string
	tight bool
	// mentions are the declarations that names in it may be of, selected the names behind dots
	// and of methods of interfaces, imports those of the imports that it uses.
	mentions          []mention
	selected, imports []string
}

// mention is the name of a declaration of a package of the tree.
type mention struct{ pkg, name string }

func (t *Tree) load(name string) (*source, error) {
	t.mu.Lock()
	read := t.packages[name]
	if read == nil {
		read = sync.OnceValues(func() (*source, error) { return t.read(name) })
		t.packages[name] = read
	}
	t.mu.Unlock()
	return read()
}

func (t *Tree) read(name string) (*source, error) {
	p := &source{name: name, imports: map[string]Import{}, named: map[string][]*decl{}, methods: map[string][]*decl{}}
	entries, err := fs.ReadDir(t.files, name)
	if err != nil {
		return nil, err
	}
	var looks []func()
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		data, err := fs.ReadFile(t.files, path.Join(name, e.Name()))
		if err != nil {
			return nil, err
		}
		ofFile, err := p.add(t.home, path.Join(name, e.Name()), strings.ReplaceAll(string(data), "\r\n", "\n"))
		if err != nil {
			return nil, err
		}
		looks = append(looks, ofFile...)
	}
	for _, look := range looks {
		look()
	}
	return p, nil
}

// add takes a file apart. It returns what is to be called once all names of the package are known.
func (p *source) add(home, file, text string) (looks []func(), err error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	offset := fset.File(f.FileStart).Offset
	p.doc += strings.TrimSpace(text[:offset(f.Package)]) // of one file
	own := map[string]Import{}
	for _, s := range f.Imports {
		name, imported := importOf(home, s)
		if other, ok := p.imports[name]; ok && other != imported {
			return nil, fmt.Errorf("%s imports %s as %s, other files %s", file, imported.Path, name, other.Path)
		}
		own[name], p.imports[name] = imported, imported
	}
	end := offset(f.Name.End())
	for _, d := range f.Decls {
		last := lineEnd(text, offset(d.End()))
		if g, ok := d.(*ast.GenDecl); !ok || g.Tok != token.IMPORT {
			found := p.declare(d, text[end:last])
			looks = append(looks, func() { found.look(d, own) })
		}
		end = last
	}
	return looks, nil
}

// declare adds a declaration. Those of nothing but the blank identifier are assertions,
// which hold for the package as it stands in the tree.
func (p *source) declare(d ast.Decl, text string) *decl {
	found := &decl{in: p, text: strings.Trim(text, "\n"), tight: !strings.HasPrefix(text, "\n\n")}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv != nil {
			found.name = d.Name.Name
			of := receiver(d.Recv.List[0].Type)
			p.methods[of] = append(p.methods[of], found)
		} else {
			p.named[d.Name.Name] = append(p.named[d.Name.Name], found)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				found.types = append(found.types, s.Name.Name)
				p.named[s.Name.Name] = append(p.named[s.Name.Name], found)
			case *ast.ValueSpec:
				for _, name := range s.Names {
					p.named[name.Name] = append(p.named[name.Name], found)
				}
			}
		}
	}
	p.decls = append(p.decls, found)
	return found
}

// look collects the names in a declaration.
func (d *decl) look(node ast.Decl, imports map[string]Import) {
	var visit func(ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if !d.selects(n, imports) {
				ast.Inspect(n.X, visit)
			}
			return false
		case *ast.InterfaceType:
			for _, field := range n.Methods.List {
				for _, name := range field.Names {
					d.selected = append(d.selected, name.Name)
				}
			}
		case *ast.Field:
			ast.Inspect(n.Type, visit) // its names declare
			return false
		case *ast.FuncDecl:
			if n.Recv != nil {
				ast.Inspect(n.Recv, visit)
			}
			ast.Inspect(n.Type, visit)
			if n.Body != nil {
				ast.Inspect(n.Body, visit)
			}
			return false
		case *ast.Ident:
			if d.in.named[n.Name] != nil {
				d.mentions = append(d.mentions, mention{d.in.name, n.Name})
			}
		}
		return true
	}
	ast.Inspect(node, visit)
}

// selects adds the name behind a dot, and reports whether an import stands before it.
func (d *decl) selects(n *ast.SelectorExpr, imports map[string]Import) bool {
	d.selected = append(d.selected, n.Sel.Name)
	x, ok := n.X.(*ast.Ident)
	if !ok {
		return false
	}
	imported, ok := imports[x.Name]
	if !ok {
		return false
	}
	if !slices.Contains(d.imports, x.Name) {
		d.imports = append(d.imports, x.Name)
	}
	if imported.InTree {
		d.mentions = append(d.mentions, mention{imported.Path, n.Sel.Name})
	}
	return true
}

// inTree are the packages of the tree that the package imports.
func (p *source) inTree() (names []string) {
	for _, i := range p.imports {
		if i.InTree {
			names = append(names, i.Path)
		}
	}
	return names
}

// cut is the package with some of its declarations.
func (p *source) cut(keep func(*decl) bool) Package {
	var body []string
	isWhole := true
	used := map[Import]bool{}
	follows := false // whether the declaration before is kept
	for _, d := range p.decls {
		if !keep(d) {
			follows, isWhole = false, false
			continue
		}
		switch {
		case body == nil:
		case d.tight && follows:
			body = append(body, "\n")
		default:
			body = append(body, "\n\n")
		}
		body = append(body, d.text)
		for _, name := range d.imports {
			used[p.imports[name]] = true
		}
		follows = true
	}
	imports := slices.SortedFunc(maps.Keys(used), func(a, b Import) int { return strings.Compare(a.Path, b.Path) })
	return Package{Name: p.name, Doc: p.doc, Imports: imports, Body: strings.Join(body, ""), IsWhole: isWhole}
}

// importOf is an import and the name that its file uses.
func importOf(home string, s *ast.ImportSpec) (string, Import) {
	imported, err := strconv.Unquote(s.Path.Value)
	if err != nil {
		imported = s.Path.Value // never: it was parsed
	}
	found := Import{Path: imported}
	if s.Name != nil {
		found.Name = s.Name.Name
	}
	if found.Path, found.InTree = strings.CutPrefix(imported, home); !found.InTree {
		found.Path = imported
	}
	if found.Name != "" {
		return found.Name, found
	}
	return strings.TrimSuffix(path.Base(imported), "-go"), found // smithy-go is package smithy
}

// receiver is the name of the type of a receiver.
func receiver(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.StarExpr:
		return receiver(x.X)
	case *ast.IndexExpr:
		return receiver(x.X)
	case *ast.IndexListExpr:
		return receiver(x.X)
	case *ast.Ident:
		return x.Name
	default:
		return ""
	}
}

func lineEnd(text string, at int) int {
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(text)
}
