// Package reach finds out which declarations of some packages other code reaches, so that a
// copy of the packages can do without the rest.
//
// It looks at names alone and checks no types, because that would take longer than all else
// that generating a small client does. So it keeps too much rather than too little: a method
// is reached when its type is and anything that is reached selects its name, whatever of.
package reach

import (
	"cmp"
	"go/ast"
	"io/fs"
	"maps"
	"slices"
	"sync"
)

// Tree is a folder of packages that may import each other, a folder each. It is read as far
// as somebody asks, once. It is safe for concurrent use.
type Tree struct {
	files fs.FS
	home  string

	mu       sync.Mutex
	packages map[string]func() (*source, error)
}

// NewTree returns the tree of the packages in files, which import each other as home
// followed by the name of the folder.
func NewTree(files fs.FS, home string) *Tree {
	return &Tree{files: files, home: home, packages: map[string]func() (*source, error){}}
}

// Read reads packages and those that they import, so that they are at hand later. What is wrong
// with them is reported then.
func (t *Tree) Read(names ...string) {
	w := &walk{tree: t, packages: map[string]*source{}}
	w.loadAll(names)
}

// Package is a package, or what is left of it.
type Package struct {
	// Name is that of the package and its folder.
	Name string
	// Doc is the comment of the package, with its slashes.
	Doc string
	// Imports are sorted by path.
	Imports []Import
	// Body is what the package declares beside imports, formatted; IsWhole reports whether that
	// is all of it.
	Body    string
	IsWhole bool
}

// Import is an import of a package.
type Import struct {
	// Name is empty for an import that has its package's own.
	Name string
	Path string
	// InTree reports whether it is a package of the tree. Path is the name of its folder then.
	InTree bool
}

// Whole returns the packages that users import as home followed by their name, and those that
// these import, sorted by name. Users are files of Go.
func (t *Tree) Whole(home string, users [][]byte) ([]Package, error) {
	w := &walk{tree: t, packages: map[string]*source{}}
	for _, user := range users {
		w.loadAll(slices.Collect(maps.Values(importsOf(home, user))))
	}
	return w.result(func(*decl) bool { return true })
}

// Cut returns the packages as [Tree.Whole] does, with only those of their declarations that
// users reach. A package without any is left out.
func (t *Tree) Cut(home string, users [][]byte) ([]Package, error) {
	w := &walk{
		tree: t, packages: map[string]*source{},
		reached: map[*decl]bool{}, selected: map[string]bool{}, waiting: map[string][]*decl{},
	}
	for _, name := range outside {
		w.selected[name] = true
	}
	for _, user := range users {
		used := usesOf(home, user)
		for name := range used.selected {
			w.selectName(name)
		}
		for m, isDeclared := range used.mentions {
			w.mention(m)
			if isDeclared {
				w.expose(m)
			}
		}
	}
	w.finish()
	return w.result(func(d *decl) bool { return w.reached[d] })
}

// walk goes from what users mention to all that this reaches.
type walk struct {
	tree     *Tree
	packages map[string]*source
	err      error

	reached map[*decl]bool
	queue   []*decl
	// selected are the names that follow a dot anywhere, and those of interfaces' methods;
	// waiting are methods of types that are reached whose name is not among them, by name.
	selected map[string]bool
	waiting  map[string][]*decl
}

// load returns a package of the tree. One that can't be read has no declarations.
func (w *walk) load(name string) *source {
	if p := w.packages[name]; p != nil {
		return p
	}
	p, err := w.tree.load(name)
	if err != nil {
		w.err = cmp.Or(w.err, err)
		p = &source{}
	}
	w.packages[name] = p
	return p
}

// loadAll loads packages and those that they import.
func (w *walk) loadAll(names []string) {
	for _, name := range names {
		if w.packages[name] == nil {
			w.loadAll(w.load(name).inTree())
		}
	}
}

func (w *walk) mention(m mention) { w.reach(w.load(m.pkg).named[m.name]) }

func (w *walk) reach(all []*decl) {
	for _, d := range all {
		if !w.reached[d] {
			w.reached[d] = true
			w.queue = append(w.queue, d)
		}
	}
}

func (w *walk) selectName(name string) {
	if !w.selected[name] {
		w.selected[name] = true
		w.reach(w.waiting[name])
		delete(w.waiting, name)
	}
}

// expose has all methods of a type reached that whoever uses the users can select.
func (w *walk) expose(m mention) {
	for _, method := range w.load(m.pkg).methods[m.name] {
		if ast.IsExported(method.name) {
			w.reach([]*decl{method})
		}
	}
}

func (w *walk) finish() {
	for len(w.queue) > 0 {
		d := w.queue[0]
		w.queue = w.queue[1:]
		for _, m := range d.mentions {
			w.mention(m)
		}
		for _, name := range d.selected {
			w.selectName(name)
		}
		for _, name := range d.types {
			for _, method := range d.in.methods[name] {
				if w.selected[method.name] || ast.IsExported(method.name) && !ast.IsExported(name) {
					w.reach([]*decl{method})
				} else {
					w.waiting[method.name] = append(w.waiting[method.name], method)
				}
			}
		}
	}
}

// result are the packages that were loaded, with the declarations to keep.
func (w *walk) result(keep func(*decl) bool) ([]Package, error) {
	var all []Package
	for _, name := range slices.Sorted(maps.Keys(w.packages)) {
		if pkg := w.packages[name].cut(keep); pkg.Body != "" {
			all = append(all, pkg)
		}
	}
	return all, w.err
}
