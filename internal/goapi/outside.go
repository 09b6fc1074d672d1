package goapi

import (
	_ "embed"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/txtar"
)

// outsideText holds the declarations of other packages that matter here.
//
//go:embed outside.txtar
var outsideText []byte

// declared are the packages of outside.txtar, source by import path. Those of
// the runtime, which may lie anywhere, are below "runtime/".
var declared = sync.OnceValue(func() map[string]string {
	sections := map[string]string{}
	for _, f := range txtar.Parse(outsideText).Files {
		sections[f.Name] = string(f.Data)
	}
	return sections
})

// runtimeSections is where outside.txtar has the packages of the runtime.
const runtimeSections = "runtime/"

// section finds the name under which outside.txtar declares a package; empty when
// it does not.
func section(importPath string) string {
	for _, name := range []string{importPath, runtimeSections + path.Base(importPath)} {
		if _, ok := declared()[name]; ok {
			return name
		}
	}
	return ""
}

// outside makes the packages that a client imports. They have what outside.txtar
// declares, and beside it a type for every name that the client takes from them:
// an empty struct, which is comparable and has no methods.
type outside struct {
	fset *token.FileSet
	// used are the names that are taken from a package, with their number of
	// type arguments.
	used     map[string]map[string]int
	declared map[string]*ast.File // by section
	packages map[string]*types.Package
}

func newOutside(fset *token.FileSet) *outside {
	o := &outside{fset, map[string]map[string]int{}, map[string]*ast.File{}, map[string]*types.Package{}}
	for name, source := range declared() {
		file, err := parser.ParseFile(fset, name, source, parser.SkipObjectResolution)
		if err != nil {
			panic("outside.txtar: " + err.Error())
		}
		o.declared[name] = file
		o.collect(file)
	}
	return o
}

// collect notes what the declarations of a file take from its imports.
func (o *outside) collect(file *ast.File) {
	imports := map[string]string{}
	for _, spec := range file.Imports {
		importPath, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the type checker says so
		}
		name := packageName(importPath)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		imports[name] = importPath
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			return false
		case *ast.IndexExpr:
			o.use(imports, n.X, 1)
		case *ast.IndexListExpr:
			o.use(imports, n.X, len(n.Indices))
		case *ast.SelectorExpr:
			o.use(imports, n, 0)
		}
		return true
	})
}

// use notes that an expression, if it is a name of an imported package, takes a
// number of type arguments.
func (o *outside) use(imports map[string]string, x ast.Expr, arguments int) {
	selector, ok := x.(*ast.SelectorExpr)
	if !ok {
		return
	}
	pkg, ok := selector.X.(*ast.Ident)
	if !ok || imports[pkg.Name] == "" {
		return
	}
	names := o.used[imports[pkg.Name]]
	if names == nil {
		names = map[string]int{}
		o.used[imports[pkg.Name]] = names
	}
	names[selector.Sel.Name] = max(names[selector.Sel.Name], arguments)
}

// Import makes a package.
func (o *outside) Import(importPath string) (*types.Package, error) {
	if p := o.packages[importPath]; p != nil {
		return p, nil
	}
	p := types.NewPackage(importPath, packageName(importPath))
	if file := o.declared[section(importPath)]; file != nil {
		cfg := types.Config{Importer: o}
		var err error
		if p, err = cfg.Check(importPath, o.fset, []*ast.File{file}, nil); err != nil {
			return nil, err
		}
	}
	for name, arguments := range o.used[importPath] {
		if p.Scope().Lookup(name) == nil {
			p.Scope().Insert(emptyStruct(p, name, arguments))
		}
	}
	p.MarkComplete()
	o.packages[importPath] = p
	return p, nil
}

// emptyStruct declares a type of which nothing is known.
func emptyStruct(p *types.Package, name string, arguments int) *types.TypeName {
	object := types.NewTypeName(token.NoPos, p, name, nil)
	named := types.NewNamed(object, types.NewStruct(nil, nil), nil)
	params := make([]*types.TypeParam, arguments)
	for i := range params {
		param := types.NewTypeName(token.NoPos, p, "T"+strconv.Itoa(i), nil)
		params[i] = types.NewTypeParam(param, types.Universe.Lookup("any").Type())
	}
	named.SetTypeParams(params)
	return object
}

// packageName is the name that a package most likely has.
func packageName(importPath string) string {
	base := path.Base(importPath)
	if majorVersion.MatchString(base) {
		base = path.Base(path.Dir(importPath))
	}
	return strings.TrimPrefix(base, "go-")
}

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)
