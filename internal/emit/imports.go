package emit

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// SortImports puts the imports of each declaration in parentheses into two
// groups, the standard library's and behind a blank line all others, each by
// path. Where blank lines part them already, each part is sorted for itself.
// Comments move with the import that they precede or follow in its line. It
// leaves everything else as it is, and formatted source formatted, at a small part
// of what [Format] takes. The error is a [*FormatError]. Name only serves the
// message.
func SortImports(name string, src []byte) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return nil, formatError(name, src, err)
	}
	offset := fset.File(file.FileStart).Offset
	out := src
	for _, decl := range slices.Backward(file.Decls) {
		if d, ok := decl.(*ast.GenDecl); ok && d.Lparen.IsValid() && len(d.Specs) > 0 {
			from, to := offset(d.Lparen)+1, offset(d.Rparen)
			out = slices.Concat(out[:from], sorted(file.Imports, src, from, to, offset), out[to:])
		}
	}
	return out, nil
}

// sorted returns the source between two parentheses again.
func sorted(specs []*ast.ImportSpec, src []byte, from, to int, offset func(token.Pos) int) []byte {
	var parts [][]imported
	for _, s := range specs {
		if at := offset(s.Pos()); at < from || at >= to {
			continue // of another declaration
		}
		end := offset(specEnd(s))
		text := string(src[from:end])
		if len(parts) == 0 || isApart(text) {
			parts = append(parts, nil)
		}
		last := &parts[len(parts)-1]
		*last = append(*last, newImported(s, text))
		from = end
	}
	var b bytes.Buffer
	for _, part := range parts {
		b.WriteByte('\n')
		layOut(&b, part)
	}
	b.WriteString(lines(string(src[from:to]))) // comments behind the last import
	return b.Bytes()
}

// isApart reports whether a text begins with a blank line.
func isApart(text string) bool {
	space := text[:len(text)-len(strings.TrimLeft(text, separators))]
	return strings.Count(space, "\n") > 1
}

// specEnd is where an import ends, with the comment behind it.
func specEnd(s *ast.ImportSpec) token.Pos {
	if s.Comment != nil {
		return s.Comment.End()
	}
	return s.End()
}

// imported is one import: its path and its source with its comments.
type imported struct {
	path, text string
	group      int
}

// The groups of imports.
const (
	standard = iota
	foreign
)

func newImported(s *ast.ImportSpec, text string) imported {
	path, _ := strconv.Unquote(s.Path.Value) // valid, the parser has seen it
	if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
		return imported{path, text, foreign}
	}
	return imported{path, text, standard}
}

// layOut writes imports in order, with a blank line between the groups.
func layOut(b *bytes.Buffer, imports []imported) {
	slices.SortStableFunc(imports, func(a, b imported) int {
		return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(a.path, b.path))
	})
	for i, m := range imports {
		if i > 0 && m.group != imports[i-1].group {
			b.WriteByte('\n')
		}
		b.WriteString(lines(m.text))
	}
}

// separators stand between imports.
const separators = " \t\r\n;"

// lines returns text that stood between separators as lines of its own.
func lines(text string) string {
	if text = strings.Trim(text, separators); text == "" {
		return ""
	}
	return "\t" + text + "\n"
}
