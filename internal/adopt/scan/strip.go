package scan

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"

	"golang.org/x/tools/go/packages"
)

// strip leaves of a package what it declares: no bodies, no functions that nobody else
// can name, no values of variables whose types are written down.
func strip(files []*ast.File) {
	named := map[string]bool{}
	for _, file := range files {
		for _, decl := range file.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok != token.IMPORT {
				stripValues(d)
				ast.Inspect(d, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok {
						named[id.Name] = true
					}
					return true
				})
			}
		}
	}
	for _, file := range files {
		file.Comments = nil
		file.Decls = slices.DeleteFunc(file.Decls, func(decl ast.Decl) bool {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				return isEmpty(decl)
			}
			f.Body = nil
			return f.Recv == nil && !f.Name.IsExported() && !named[f.Name.Name]
		})
	}
}

// isEmpty reports whether a declaration declares nothing any more. The checker stumbles
// over one without parentheses.
func isEmpty(decl ast.Decl) bool {
	d, ok := decl.(*ast.GenDecl)
	return ok && len(d.Specs) == 0
}

func stripValues(d *ast.GenDecl) {
	if d.Tok != token.VAR {
		return
	}
	d.Specs = slices.DeleteFunc(d.Specs, func(s ast.Spec) bool {
		v, ok := s.(*ast.ValueSpec)
		if !ok {
			return false
		}
		if v.Type != nil {
			v.Values = nil
		}
		return !slices.ContainsFunc(v.Names, func(id *ast.Ident) bool { return id.Name != "_" })
	})
}

// prune takes imports out of files that name nothing of them, and returns the others.
func prune(files []*ast.File, imports map[string]*packages.Package) []*packages.Package {
	needed := map[*packages.Package]bool{}
	for _, file := range files {
		named := qualifiers(file)
		for _, decl := range file.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.IMPORT {
				continue
			}
			d.Specs = slices.DeleteFunc(d.Specs, func(s ast.Spec) bool {
				path, name := importOf(s, imports)
				if name != "." && !named[name] {
					return true
				}
				if p := imports[path]; p != nil {
					needed[p] = true
				}
				return false
			})
		}
		file.Decls = slices.DeleteFunc(file.Decls, isEmpty)
	}
	var all []*packages.Package
	for p := range needed {
		all = append(all, p)
	}
	return all
}

// importOf returns the path that is imported and the name that it has in the file.
func importOf(s ast.Spec, imports map[string]*packages.Package) (path, name string) {
	spec, ok := s.(*ast.ImportSpec)
	if !ok {
		return "", ""
	}
	path = importPath(spec)
	switch {
	case spec.Name != nil:
		return path, spec.Name.Name
	case imports[path] != nil:
		return path, imports[path].Name
	}
	return path, path // "C" and "unsafe"
}

func importPath(s *ast.ImportSpec) string {
	path, _ := strconv.Unquote(s.Path.Value) // the parser has seen it
	return path
}

// qualifiers are the names in front of the dots of a file.
func qualifiers(file *ast.File) map[string]bool {
	named := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := s.X.(*ast.Ident); ok {
				named[id.Name] = true
			}
		}
		return true
	})
	return named
}
