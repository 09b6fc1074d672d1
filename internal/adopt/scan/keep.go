package scan

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"path"
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// keepMark begins a comment that names operations to keep.
const keepMark = "//lathe:keep"

// keepComments notes what the comments of a file ask to keep: operations of the services
// that it imports, or "service.Operation" of any.
func (w *walker) keepComments(file *ast.File) {
	var among []string
	for _, imported := range file.Imports {
		if s := serviceOf(importPath(imported)); s != "" && !slices.Contains(among, s) {
			among = append(among, s)
		}
	}
	for _, group := range file.Comments {
		for _, comment := range group.List {
			rest, ok := strings.CutPrefix(comment.Text, keepMark)
			if !ok || rest != "" && !strings.ContainsAny(rest[:1], " \t") {
				continue
			}
			pos := w.pos(comment.Pos())
			words := strings.FieldsFunc(rest, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' })
			if len(words) == 0 {
				w.warn(comment.Pos(), "write "+keepMark+" Operation", "the comment names no operation")
			}
			for _, word := range words {
				w.c.keeps = append(w.c.keeps, keepOf(word, among, pos))
			}
		}
	}
}

func keepOf(word string, among []string, pos token.Position) keep {
	k := keep{operation: word, among: among, pos: spec.Pos{File: pos.Filename, Line: pos.Line, Column: pos.Column}}
	if service, operation, ok := strings.Cut(word, "."); ok {
		k.service, k.operation, k.among = service, operation, nil
	}
	return k
}

// keepAll adds what comments and options ask to keep; the error names what there is not.
func (c *collector) keepAll(options []string) error {
	keeps := slices.Clone(c.keeps)
	for _, word := range options {
		keeps = append(keeps, keepOf(word, nil, token.Position{}))
	}
	var problems spec.Problems
	for _, k := range keeps {
		if !c.kept(k) {
			k.pos.File = c.shown(k.pos.File)
			problems.Add(k.pos, c.hint(k), "no service of the program has an operation %s to keep", k)
		}
	}
	problems = slices.Compact(problems)
	return problems.Err()
}

// hint is what may have been meant.
func (c *collector) hint(k keep) string {
	if k.service == "" && len(k.among) == 0 {
		return "write service.Operation, such as s3.GetObject"
	}
	var names []string
	for _, importPath := range slices.Sorted(maps.Keys(c.services)) {
		for _, operation := range slices.Sorted(maps.Keys(c.services[importPath].all)) {
			switch {
			case k.service != "":
				names = append(names, path.Base(importPath)+"."+operation)
			case slices.Contains(k.among, importPath):
				names = append(names, operation)
			}
		}
	}
	if near := spec.Nearest(k.String(), slices.Values(names)); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// String returns what was written.
func (k keep) String() string {
	if k.service == "" {
		return k.operation
	}
	return fmt.Sprintf("%s.%s", k.service, k.operation)
}

// kept adds an operation to all services that it can be of, and reports whether there is
// one.
func (c *collector) kept(k keep) bool {
	found := false
	for _, importPath := range slices.Sorted(maps.Keys(c.services)) {
		s := c.services[importPath]
		switch {
		case k.service == "" && !slices.Contains(k.among, importPath):
		case k.service != "" && !strings.EqualFold(k.service, path.Base(importPath)) &&
			!strings.EqualFold(k.service, s.ServiceID):
		case s.all[k.operation]:
			s.use(k.operation, token.Position{Filename: k.pos.File, Line: k.pos.Line}, Kept)
			found = true
		}
	}
	return found
}
