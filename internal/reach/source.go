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
	fset, data := token.NewFileSet(), []byte(text)
	f, err := parser.ParseFile(fset, file, data, parser.ImportsOnly)
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
		end = offset(d.End())
	}
	end = lineEnd(text, end)
	data, text = data[end:], text[end:]
	begin := 0
	for _, words := range declarations(data) {
		end := lineEnd(text, int(words[len(words)-1].end))
		d := &decl{in: p, text: strings.Trim(text[begin:end], "\n"), tight: !strings.HasPrefix(text[begin:], "\n\n")}
		words = p.declare(d, text, words)
		looks = append(looks, func() { d.look(text, words, own) })
		begin = end
	}
	return looks, nil
}

// declare adds a declaration by its names, and returns what it says of them. Those of nothing
// but the blank identifier are assertions, which hold for the package as it stands in the tree.
func (p *source) declare(d *decl, text string, words []word) []word {
	p.decls = append(p.decls, d)
	if words[0].is != token.FUNC {
		for _, name := range declared(text, words) {
			p.named[name] = append(p.named[name], d)
			if words[0].is == token.TYPE {
				d.types = append(d.types, name)
			}
		}
		return words
	}
	at := 1
	if words[at].is == token.LPAREN {
		at = closing(words, at) + 1
		d.name = words[at].of(text)
		of := receiver(text, words[2:])
		p.methods[of] = append(p.methods[of], d)
	} else {
		name := words[at].of(text)
		p.named[name] = append(p.named[name], d)
	}
	return slices.Delete(words, at, at+1)
}

// look collects the names in a declaration.
func (d *decl) look(text string, words []word, imports map[string]Import) {
	endOfInterface := 0
	for i, w := range words {
		switch {
		case w.is == token.INTERFACE:
			endOfInterface = closing(words, i+1)
		case w.is != token.IDENT:
		case words[i-1].is == token.PERIOD, i < endOfInterface && isMethod(words, i):
			d.selected = append(d.selected, w.of(text))
		case isQualifier(words, i) && imports[w.of(text)] != (Import{}):
			d.takes(w.of(text), imports[w.of(text)], words[i+2].of(text))
		case d.in.named[w.of(text)] != nil && !isNamed(words, i):
			d.mentions = append(d.mentions, mention{d.in.name, w.of(text)})
		}
	}
}

// takes adds what a declaration takes from an import.
func (d *decl) takes(name string, imported Import, selected string) {
	if !slices.Contains(d.imports, name) {
		d.imports = append(d.imports, name)
	}
	if imported.InTree {
		d.mentions = append(d.mentions, mention{imported.Path, selected})
	}
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

func lineEnd(text string, at int) int {
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(text)
}
