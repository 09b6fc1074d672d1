package reach

import (
	"bytes"
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
	// mentions are the names of packages' declarations in it, selected those behind dots and
	// of methods of interfaces, imports the names of imports that it uses.
	mentions          []mention
	selected, imports []string
}

// mention is a name that a package of the tree may declare.
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
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		data, err := fs.ReadFile(t.files, path.Join(name, e.Name()))
		if err == nil {
			err = p.add(t.home, path.Join(name, e.Name()), bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")))
		}
		if err != nil {
			return nil, err
		}
	}
	return p, nil
}

// add takes a file apart.
func (p *source) add(home, file string, data []byte) error {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, data, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	offset := fset.File(f.FileStart).Offset
	p.doc += strings.TrimSpace(string(data[:offset(f.Package)])) // of one file
	own := map[string]Import{}
	for _, s := range f.Imports {
		name, imported := importOf(home, s)
		if other, ok := p.imports[name]; ok && other != imported {
			return fmt.Errorf("%s imports %s as %s, other files %s", file, imported.Path, name, other.Path)
		}
		own[name], p.imports[name] = imported, imported
	}
	end := offset(f.Name.End())
	for _, d := range f.Decls {
		last := lineEnd(data, offset(d.End()))
		if g, ok := d.(*ast.GenDecl); !ok || g.Tok != token.IMPORT {
			p.declare(d, string(data[end:last]), own)
		}
		end = last
	}
	return nil
}

// declare adds a declaration. Those of nothing but the blank identifier are assertions,
// which hold for the package as it stands in the tree.
func (p *source) declare(d ast.Decl, text string, imports map[string]Import) {
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
	found.look(d, imports)
	p.decls = append(p.decls, found)
}

// look collects the names in a declaration, each as often as it is there.
func (d *decl) look(node ast.Decl, imports map[string]Import) {
	var visit func(ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			d.selected = append(d.selected, n.Sel.Name)
			if x, ok := n.X.(*ast.Ident); ok {
				if imported, ok := imports[x.Name]; ok {
					d.imports = append(d.imports, x.Name)
					if imported.InTree {
						d.mentions = append(d.mentions, mention{imported.Path, n.Sel.Name})
					}
					return false
				}
			}
			ast.Inspect(n.X, visit)
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
			d.mentions = append(d.mentions, mention{d.in.name, n.Name})
		}
		return true
	}
	ast.Inspect(node, visit)
}

// cut is the package with some of its declarations.
func (p *source) cut(keep func(*decl) bool) Package {
	var body strings.Builder
	isWhole := true
	used := map[Import]bool{}
	follows := false // whether the declaration before is kept
	for _, d := range p.decls {
		if !keep(d) {
			follows, isWhole = false, false
			continue
		}
		switch {
		case body.Len() == 0:
		case d.tight && follows:
			body.WriteString("\n")
		default:
			body.WriteString("\n\n")
		}
		body.WriteString(d.text)
		for _, name := range d.imports {
			used[p.imports[name]] = true
		}
		follows = true
	}
	imports := slices.SortedFunc(maps.Keys(used), func(a, b Import) int { return strings.Compare(a.Path, b.Path) })
	return Package{Name: p.name, Doc: p.doc, Imports: imports, Body: body.String(), IsWhole: isWhole}
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

func lineEnd(data []byte, at int) int {
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(data)
}
