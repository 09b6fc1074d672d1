package goapi

import (
	"cmp"
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"path"
	"slices"
	"strings"
)

// client is one side of a comparison, type-checked.
type client struct {
	fset *token.FileSet
	// packages are those of the API by their folders, "." for the client's own.
	packages map[string]*types.Package
	folders  map[*types.Package]string
	// types are the exported types that are neither aliases nor generic;
	// interfaces are those that callers want values of the client for, by name:
	// its own, error and smithy.APIError.
	types      map[place]*types.TypeName
	interfaces map[string]*types.Interface
}

func newClient(fset *token.FileSet) *client {
	return &client{fset: fset, packages: map[string]*types.Package{}, folders: map[*types.Package]string{}}
}

// add adds a package of the API.
func (c *client) add(folder string, p *types.Package) {
	c.packages[folder] = p
	c.folders[p] = folder
}

// home names a package so that both sides name it alike.
func (c *client) home(p *types.Package) string {
	if folder, ok := c.folders[p]; ok {
		return "./" + folder
	}
	return cmp.Or(section(p.Path()), p.Path())
}

// position is where something of the client is declared.
func (c *client) position(o types.Object) token.Position {
	if _, ours := c.folders[o.Pkg()]; !ours {
		return token.Position{}
	}
	return c.fset.Position(o.Pos())
}

// load type-checks the declarations of a client's API.
func load(p Package) (*client, error) {
	if p.Path == "" {
		return nil, errors.New("it has no import path")
	}
	l := &loader{
		path:    p.Path,
		client:  newClient(token.NewFileSet()),
		sources: map[string][]*ast.File{},
	}
	l.outside = newOutside(l.client.fset)
	for _, name := range slices.Sorted(maps.Keys(p.Files)) {
		if isAPI(name) {
			l.parse(name, p.Files[name])
		}
	}
	if len(l.problems) > 0 {
		return nil, l.problems // what the type checker would say of the rest is not about the cause
	}
	for _, folder := range slices.Sorted(maps.Keys(l.sources)) {
		l.check(folder)
	}
	if len(l.problems) > 0 {
		return nil, l.problems
	}
	l.client.index()
	return l.client, nil
}

// isAPI reports whether a file belongs to a package that callers import.
func isAPI(name string) bool {
	if path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
		return false
	}
	return !slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool {
		return part == "internal" || part == "testdata" || strings.HasPrefix(part, "_") || strings.HasPrefix(part, ".")
	})
}

// loader reads one client. Problems are collected, so that all are reported at once.
type loader struct {
	path     string
	client   *client
	sources  map[string][]*ast.File // by folder
	outside  *outside
	problems problems
}

// parse reads a file and keeps what callers can depend on.
func (l *loader) parse(name string, source []byte) {
	file, err := parser.ParseFile(l.client.fset, name, source, parser.SkipObjectResolution)
	if err != nil {
		l.fail(err)
		return
	}
	file.Decls = slices.DeleteFunc(file.Decls, isPrivateVar)
	l.outside.collect(file)
	folder := path.Dir(name)
	l.sources[folder] = append(l.sources[folder], file)
}

// isPrivateVar reports whether a declaration is of variables that no caller sees.
// Their values are made by what other packages do, which nothing here knows.
func isPrivateVar(d ast.Decl) bool {
	decl, ok := d.(*ast.GenDecl)
	if !ok || decl.Tok != token.VAR {
		return false
	}
	return !slices.ContainsFunc(decl.Specs, func(s ast.Spec) bool {
		vars, ok := s.(*ast.ValueSpec)
		return ok && slices.ContainsFunc(vars.Names, (*ast.Ident).IsExported)
	})
}

// check type-checks the package of a folder.
func (l *loader) check(folder string) *types.Package {
	if p, begun := l.client.packages[folder]; begun {
		return p
	}
	l.client.packages[folder] = nil
	cfg := types.Config{Importer: l, IgnoreFuncBodies: true, Error: l.fail}
	p, _ := cfg.Check(path.Join(l.path, folder), l.client.fset, l.sources[folder], nil) // Error has the error
	l.client.add(folder, p)
	return p
}

// Import returns a package of the client, or what is known of another.
func (l *loader) Import(importPath string) (*types.Package, error) {
	folder, ours := l.folder(importPath)
	if !ours {
		return l.outside.Import(importPath)
	}
	if p := l.check(folder); p != nil {
		return p, nil
	}
	return nil, errors.New("the packages of the client import each other in a circle")
}

// folder finds the folder of a package of the client.
func (l *loader) folder(importPath string) (string, bool) {
	below, ok := strings.CutPrefix(importPath+"/", l.path+"/")
	folder := path.Clean("./" + below)
	return folder, ok && len(l.sources[folder]) > 0
}

func (l *loader) fail(err error) {
	if list, ok := errors.AsType[scanner.ErrorList](err); ok {
		for _, e := range list {
			l.problems = append(l.problems, e)
		}
		return
	}
	l.problems = append(l.problems, err)
}

// problems is every reason why a client can't be read.
type problems []error

// Error lists the problems, one a line as file:line:col: text.
func (ps problems) Error() string {
	var b strings.Builder
	for _, p := range ps {
		b.WriteString(p.Error() + "\n")
	}
	b.WriteString("\thint: generate the client again; of hand-written code, only declarations with a type can be read")
	return b.String()
}
