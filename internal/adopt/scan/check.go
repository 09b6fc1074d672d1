package scan

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"runtime"
	"sync"

	"golang.org/x/tools/go/packages"
)

// checker type-checks packages from source. Those that are looked at are checked whole.
// Of all others, services among them, only what they declare is, and of what they import
// only what their declarations name: that leaves most of a program's dependencies
// unread.
type checker struct {
	ctx   context.Context //nolint:containedctx // it lives as long as one call of run
	fset  *token.FileSet
	sizes types.Sizes
	graph *graph
	// look is called for one package after the other.
	look    func(*checked)
	looking sync.Mutex

	mu      sync.Mutex
	entries map[*packages.Package]*entry
	// room bounds how many packages are read at once.
	room chan struct{}
}

type entry struct {
	once  sync.Once
	types *types.Package
}

// checked is a package that was checked whole.
type checked struct {
	*packages.Package

	types *types.Package
	info  *types.Info
	files []*ast.File
}

func newChecker(ctx context.Context, arch string, g *graph) *checker {
	return &checker{
		ctx: ctx, fset: token.NewFileSet(), sizes: types.SizesFor("gc", arch), graph: g,
		entries: map[*packages.Package]*entry{}, room: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
}

// run checks the packages that are looked at.
func (c *checker) run() error {
	var all []*packages.Package
	for _, p := range c.graph.all {
		if c.graph.looked[p] {
			all = append(all, p)
		}
	}
	c.together(all)
	return context.Cause(c.ctx)
}

// together checks packages side by side.
func (c *checker) together(all []*packages.Package) {
	var wait sync.WaitGroup
	for _, p := range all {
		wait.Go(func() { c.check(p) })
	}
	wait.Wait()
}

// check returns the types of a package, which is checked once, after what it imports.
func (c *checker) check(p *packages.Package) *types.Package {
	c.mu.Lock()
	e := c.entries[p]
	if e == nil {
		e = &entry{}
		c.entries[p] = e
	}
	c.mu.Unlock()
	e.once.Do(func() {
		switch {
		case p.PkgPath == "unsafe":
			e.types = types.Unsafe
		case c.ctx.Err() != nil:
			e.types = types.NewPackage(p.PkgPath, p.Name)
		case c.graph.looked[p]:
			e.types = c.whole(p)
		default:
			e.types = c.declared(p)
		}
	})
	return e.types
}

// whole checks all of a package and has it looked at. Its syntax is gone after that.
func (c *checker) whole(p *packages.Package) *types.Package {
	var imports []*packages.Package
	for _, imported := range p.Imports {
		imports = append(imports, imported)
	}
	c.together(imports)
	defer c.enter()()
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Instances: map[*ast.Ident]types.Instance{},
	}
	files := c.parse(p, parser.ParseComments)
	pkg := c.types(p, files, info)
	c.looking.Lock()
	defer c.looking.Unlock()
	c.look(&checked{p, pkg, info, files})
	return pkg
}

// declared checks what a package declares.
func (c *checker) declared(p *packages.Package) *types.Package {
	leave := c.enter()
	files := c.parse(p, 0)
	strip(files)
	needed := prune(files, p.Imports)
	leave()
	c.together(needed)
	defer c.enter()()
	return c.types(p, files, nil)
}

// enter waits until there is room, and returns what makes room again. Whoever waits for
// another package must not hold any.
func (c *checker) enter() func() {
	c.room <- struct{}{}
	return func() { <-c.room }
}

// parse reads the files of a package. What can't be parsed is read as far as it goes:
// the compiler will have more to say about it.
func (c *checker) parse(p *packages.Package, mode parser.Mode) []*ast.File {
	var files []*ast.File
	for _, name := range p.GoFiles {
		if file, _ := parser.ParseFile(c.fset, name, nil, mode|parser.SkipObjectResolution); file != nil { // see above
			files = append(files, file)
		}
	}
	return files
}

func (c *checker) types(p *packages.Package, files []*ast.File, info *types.Info) *types.Package {
	conf := types.Config{
		Importer: importer(func(path string) (*types.Package, error) {
			if imported := p.Imports[path]; imported != nil {
				return c.check(imported), nil
			}
			return nil, errNoPackage
		}),
		Sizes: c.sizes, IgnoreFuncBodies: info == nil, FakeImportC: true, DisableUnusedImportCheck: true,
		Error: func(error) {}, // what it concerns has no type, which callers of it can see
	}
	if p.Module != nil && p.Module.GoVersion != "" {
		conf.GoVersion = "go" + p.Module.GoVersion
	}
	pkg, _ := conf.Check(p.PkgPath, c.fset, files, info) // see Error
	return pkg
}

var errNoPackage = errors.New("no such package")

type importer func(path string) (*types.Package, error)

// Import returns the package of an import path.
func (f importer) Import(path string) (*types.Package, error) { return f(path) }
