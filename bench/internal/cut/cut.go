// Package cut reduces a client of the official SDK to some of its operations, to
// see what the others weigh.
package cut

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Client copies the module of a client from one folder to another, without the
// operations that are not named and what only they use in the client's package.
// Packages below it, the types among them, stay whole: of those the linker keeps what
// is used.
func Client(from, to string, operations ...string) error {
	if err := copyModule(from, to); err != nil {
		return err
	}
	names, err := filepath.Glob(filepath.Join(to, "*.go"))
	if err != nil {
		return err
	}
	files := token.NewFileSet()
	parsed := map[string]*ast.File{}
	for _, name := range names {
		if parsed[name], err = parser.ParseFile(files, name, nil, parser.ParseComments); err != nil {
			return err
		}
	}
	kept := reachable(parsed, operations)
	for name, file := range parsed {
		prune(file, kept)
		var text bytes.Buffer
		if err := format.Node(&text, files, file); err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
		if err := os.WriteFile(name, text.Bytes(), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// copyModule copies what is needed to build.
func copyModule(from, to string) error {
	return filepath.WalkDir(from, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		switch base := entry.Name(); {
		case entry.IsDir() && (base == "snapshot" || base == "testdata"):
			return fs.SkipDir
		case entry.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o750)
		case strings.HasSuffix(base, "_test.go"), !strings.HasSuffix(base, ".go") && base != "go.mod" && base != "go.sum":
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), data, 0o600)
	})
}

// isRoot reports whether all of a file is kept: those of the client as such, and those
// of the operations. The others hold parts of all operations.
func isRoot(name string, operations []string) bool {
	switch base := strings.TrimSuffix(filepath.Base(name), ".go"); base {
	case "serializers", "deserializers", "validators":
		return false
	default:
		operation, is := strings.CutPrefix(base, "api_op_")
		return !is || slices.Contains(operations, operation)
	}
}

// reachable finds the declarations that the root files lead to, by name: a little
// more than what is needed, never less.
func reachable(files map[string]*ast.File, operations []string) map[ast.Decl]bool {
	byName := map[string][]ast.Decl{}
	kept := map[ast.Decl]bool{}
	var pending []ast.Decl
	keep := func(d ast.Decl) {
		if !kept[d] {
			kept[d] = true
			pending = append(pending, d)
		}
	}
	for name, file := range files {
		here := declared(file)
		for _, d := range file.Decls {
			for _, n := range names(d, here) {
				byName[n] = append(byName[n], d)
			}
			if isRoot(name, operations) {
				keep(d)
			}
		}
	}
	for len(pending) > 0 {
		next := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		ast.Inspect(next, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				for _, d := range byName[id.Name] {
					keep(d)
				}
			}
			return true
		})
	}
	return kept
}

// declared are the names of the types of a file.
func declared(file *ast.File) map[string]bool {
	types := map[string]bool{}
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.TYPE {
			for _, s := range g.Specs {
				types[s.(*ast.TypeSpec).Name.Name] = true
			}
		}
	}
	return types
}

// names are those by which a declaration is found. A method goes with its type when
// both are in one file; the methods of the client in the files of operations do not.
func names(d ast.Decl, here map[string]bool) (list []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return []string{d.Name.Name}
		}
		t := d.Recv.List[0].Type
		if star, ok := t.(*ast.StarExpr); ok {
			t = star.X
		}
		if id, ok := t.(*ast.Ident); ok && here[id.Name] {
			return []string{id.Name}
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				list = append(list, s.Name.Name)
			case *ast.ValueSpec:
				for _, n := range s.Names {
					if n.Name != "_" {
						list = append(list, n.Name)
					}
				}
			}
		}
	}
	return list
}

// prune removes declarations that are not kept, and imports that no one uses then.
func prune(file *ast.File, kept map[ast.Decl]bool) {
	used := map[string]bool{}
	var decls []ast.Decl
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			decls = append(decls, d)
			continue
		}
		if !kept[d] {
			continue
		}
		decls = append(decls, d)
		ast.Inspect(d, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if id, ok := s.X.(*ast.Ident); ok {
					used[id.Name] = true
				}
			}
			return true
		})
	}
	file.Decls = file.Decls[:0]
	for _, d := range decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			g.Specs = usedImports(g.Specs, used)
			if len(g.Specs) == 0 {
				continue
			}
		}
		file.Decls = append(file.Decls, d)
	}
	file.Comments = nil
}

func usedImports(specs []ast.Spec, used map[string]bool) (list []ast.Spec) {
	for _, s := range specs {
		s := s.(*ast.ImportSpec)
		name := strings.TrimSuffix(path.Base(strings.Trim(s.Path.Value, `"`)), "-go")
		if s.Name != nil {
			name = s.Name.Name
		}
		if used[name] || name == "_" {
			list = append(list, s)
		}
	}
	return list
}
