package goapi

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
)

// Source type-checks packages as they stand in folders, without the bodies of functions.
// Nothing is compiled, so that many large packages can be read in little time.
type Source struct {
	// Roots are the folders of packages by the beginnings of their import paths.
	Roots map[string]fs.FS
	// Base has what no root has: the standard library when it is nil.
	Base types.Importer

	fset     *token.FileSet
	packages map[string]*types.Package
}

// Import returns the package with the path, and never the same path as two packages.
func (s *Source) Import(importPath string) (*types.Package, error) {
	if importPath == "unsafe" {
		return types.Unsafe, nil
	}
	if p := s.packages[importPath]; p != nil {
		return p, nil
	}
	fsys, folder, ok := s.find(importPath)
	switch {
	case ok:
		return s.check(importPath, fsys, folder)
	case s.Base != nil:
		return s.Base.Import(importPath)
	}
	p, err := s.check(importPath, os.DirFS(build.Default.GOROOT), "src/"+importPath)
	if errors.Is(err, fs.ErrNotExist) { // what the standard library has taken from elsewhere
		p, err = s.check(importPath, os.DirFS(build.Default.GOROOT), "src/vendor/"+importPath)
	}
	return p, err
}

// find returns the longest root of an import path, and the folder in it.
func (s *Source) find(importPath string) (fs.FS, string, bool) {
	for root := importPath; root != "."; root = path.Dir(root) {
		if fsys, ok := s.Roots[root]; ok {
			return fsys, path.Join(".", strings.TrimPrefix(importPath, root)), true
		}
	}
	return nil, "", false
}

// check reads the files of a folder and checks their declarations.
func (s *Source) check(importPath string, fsys fs.FS, folder string) (*types.Package, error) {
	if s.fset == nil {
		s.fset, s.packages = token.NewFileSet(), map[string]*types.Package{}
	}
	files, err := s.parse(fsys, folder)
	if err != nil {
		return nil, err
	}
	cfg := types.Config{Importer: s, IgnoreFuncBodies: true, Sizes: types.SizesFor("gc", build.Default.GOARCH)}
	p, err := cfg.Check(importPath, s.fset, files, nil)
	if err != nil {
		return nil, fmt.Errorf("check %s: %w", importPath, err)
	}
	s.packages[importPath] = p
	return p, nil
}

func (s *Source) parse(fsys fs.FS, folder string) ([]*ast.File, error) {
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return nil, err
	}
	context := build.Default
	context.CgoEnabled = false
	context.JoinPath = path.Join
	context.OpenFile = func(name string) (io.ReadCloser, error) { return fsys.Open(name) }
	var files []*ast.File
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		if match, err := context.MatchFile(folder, e.Name()); err != nil || !match {
			continue
		}
		data, err := fs.ReadFile(fsys, path.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(s.fset, path.Join(folder, e.Name()), data, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}
