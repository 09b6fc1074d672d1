package main

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"

	"example.com/lathe"
	"example.com/lathe/runtime"
)

// smalls type-checks clients of one operation with runtimes of their own, which have only what
// that operation reaches: of each service another part. Nothing is written or compiled.
type smalls struct {
	ws      *workspace
	fset    *token.FileSet
	outside types.Importer
}

// newSmalls finds the export data of what clients import that is not generated.
func newSmalls(ws *workspace) (*smalls, error) {
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedExportFile | packages.NeedImports | packages.NeedDeps,
	}, runtime.Home+"...")
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	packages.Visit(loaded, nil, func(p *packages.Package) { exports[p.PkgPath] = p.ExportFile })
	s := &smalls{ws: ws, fset: token.NewFileSet()}
	s.outside = importer.ForCompiler(s.fset, "gc", func(name string) (io.ReadCloser, error) {
		if exports[name] == "" {
			return nil, fmt.Errorf("the runtime does not need %s", name)
		}
		return os.Open(exports[name])
	})
	return s, nil
}

// check makes the client of an operation and type-checks it.
func (s *smalls) check(r *row, model string, operations []string) {
	operation := operations[len(operations)/2]
	result, err := lathe.Generate(lathe.Config{
		Spec: model, Out: filepath.Join(s.ws.root, "small"), Package: "small", Operations: []string{operation},
	})
	if err != nil {
		r.wrong("%s alone: %v", operation, err)
		return
	}
	c := &smallClient{smalls: s, sources: map[string][]lathe.File{}, done: map[string]*types.Package{}}
	c.wrong = func(err error) { r.wrong("%s alone: %v", operation, err) }
	for _, f := range result.Files {
		if strings.HasSuffix(f.Path, ".go") {
			dir := path.Join(module, path.Dir(f.Path))
			c.sources[dir] = append(c.sources[dir], f)
		}
	}
	for dir := range c.sources {
		_, _ = c.Import(dir) // errors were reported
	}
}

// smallClient imports the packages of one client.
type smallClient struct {
	*smalls

	sources map[string][]lathe.File
	done    map[string]*types.Package
	wrong   func(error)
}

// Import implements [types.Importer].
func (c *smallClient) Import(name string) (*types.Package, error) {
	sources := c.sources[name]
	if sources == nil {
		return c.outside.Import(name)
	}
	if c.done[name] != nil {
		return c.done[name], nil
	}
	var files []*ast.File
	for _, f := range sources {
		file, err := parser.ParseFile(c.fset, f.Path, f.Data, parser.SkipObjectResolution)
		if err != nil {
			c.wrong(err)
			continue
		}
		files = append(files, file)
	}
	checker := types.Config{Importer: c, Error: c.wrong}
	c.done[name], _ = checker.Check(name, c.fset, files, nil)
	return c.done[name], nil
}
