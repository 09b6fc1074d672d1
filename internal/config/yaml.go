package config

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"example.com/lathe/spec"
)

// maxConfig and maxNesting bound what the parser is asked to read: its time grows
// with the square of both.
const (
	maxConfig  = 64 << 10
	maxNesting = 16
)

// reader reads a YAML document with the places of everything, and collects the
// problems.
type reader struct {
	file     string
	src      string
	problems spec.Problems
}

func (r *reader) problem(at spec.Pos, hint, format string, args ...any) {
	r.problems.Add(at, hint, format, args...)
}

// document parses the source and gives the only document's body, or nil after a
// problem.
func (r *reader) document() ast.Node {
	start := spec.Pos{File: r.file, Line: 1, Column: 1}
	if len(r.src) > maxConfig {
		r.problem(start, "", "the file has more than %d bytes", maxConfig)
		return nil
	}
	if bad := invalidUTF8(r.src); bad >= 0 {
		before := r.src[:bad]
		at := spec.Pos{File: r.file, Line: strings.Count(before, "\n") + 1, Column: bad - strings.LastIndexByte(before, '\n')}
		r.problem(at, "save the file as UTF-8", "the file is not UTF-8")
		return nil
	}
	tokens := lexer.Tokenize(r.src)
	if !r.acceptable(tokens) {
		return nil
	}
	file, err := parse(tokens)
	if err != nil {
		r.syntaxError(err)
		return nil
	}
	for _, doc := range file.Docs {
		if doc.Body != nil {
			return doc.Body
		}
	}
	r.problem(start, "gen --help shows what belongs in it", "the file is empty")
	return nil
}

// parse calls the library, a fault of which must not end the program.
func parse(tokens token.Tokens) (file *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			file, err = nil, fmt.Errorf("the parser broke down: %v", r)
		}
	}()
	return parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
}

// invalidUTF8 is the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(s string) int {
	for i, c := range s {
		if _, size := utf8.DecodeRuneInString(s[i:]); c == utf8.RuneError && size == 1 {
			return i
		}
	}
	return -1
}

// refused are the parts of YAML that a configuration does without.
var refused = map[token.Type]string{
	token.AnchorType:     "anchors (&)",
	token.AliasType:      "aliases (*)",
	token.TagType:        "tags (!)",
	token.MergeKeyType:   "merge keys (<<)",
	token.MappingKeyType: "complex keys (?)",
	token.DirectiveType:  "directives (%)",
}

// acceptable reports what the parser is not to see.
func (r *reader) acceptable(tokens token.Tokens) bool {
	depth, content := 0, false
	for _, tk := range tokens {
		what := refused[tk.Type]
		switch tk.Type {
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		case token.DocumentHeaderType:
			if content {
				what = "several documents in one file"
			}
		}
		if depth > maxNesting {
			what = fmt.Sprintf("more than %d brackets in each other", maxNesting)
		}
		if what != "" {
			r.problem(r.place(tk, ""), "", "%s are not supported here", what)
			return false
		}
		content = content || tk.Type != token.CommentType
	}
	return true
}

func (r *reader) syntaxError(err error) {
	var located interface {
		GetMessage() string
		GetToken() *token.Token
	}
	if !errors.As(err, &located) || located.GetToken() == nil {
		r.problem(spec.Pos{File: r.file, Line: 1, Column: 1}, "", "not YAML: %v", err)
		return
	}
	r.problem(r.exactly(located.GetToken()), "check the indentation and the quotes", "not YAML: %s", located.GetMessage())
}

// place is where a token begins. The parser counts columns in characters, and
// blanks before a token may belong to it.
func (r *reader) place(tk *token.Token, pointer string) spec.Pos {
	pos := r.exactly(tk)
	rest := r.line(pos.Line)[pos.Column-1:]
	pos.Column += len(rest) - len(strings.TrimLeft(rest, " \t"))
	pos.Pointer = pointer
	return pos
}

// exactly is where the parser says that a token begins.
func (r *reader) exactly(tk *token.Token) spec.Pos {
	pos := spec.Pos{File: r.file, Line: tk.Position.Line, Column: 1}
	line := r.line(pos.Line)
	for range tk.Position.Column - 1 {
		_, size := utf8.DecodeRuneInString(line[pos.Column-1:])
		pos.Column += size
	}
	return pos
}

// line gives a line of the source, "" for one behind its end.
func (r *reader) line(n int) string {
	rest := r.src
	for ; n > 1; n-- {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	line, _, _ := strings.Cut(rest, "\n")
	return line
}

// at is where a node begins; the syntax tree names a mapping in block style by
// its first colon.
func (r *reader) at(n ast.Node, pointer string) spec.Pos {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return r.place(m.Values[0].Key.GetToken(), pointer)
	}
	return r.place(n.GetToken(), pointer)
}

// pairs gives the entries of a mapping.
func (r *reader) pairs(n ast.Node, at spec.Pos) ([]*ast.MappingValueNode, bool) {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		r.wrongType(n, at, "a mapping")
		return nil, false
	}
	return m.Values, true
}

// list gives the items of a sequence.
func (r *reader) list(n ast.Node, at spec.Pos) ([]ast.Node, bool) {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		r.wrongType(n, at, "a list")
		return nil, false
	}
	return s.Values, true
}

// key gives the text of a key; anything but a string is reported.
func (r *reader) key(pair *ast.MappingValueNode, in spec.Pos) (string, spec.Pos, bool) {
	tk := pair.Key.GetToken()
	s, ok := pair.Key.(*ast.StringNode)
	if !ok {
		at := r.place(tk, in.Pointer)
		r.problem(at, "", "a key must be a string, not %q", tk.Value)
		return "", at, false
	}
	escaped := strings.NewReplacer("~", "~0", "/", "~1").Replace(s.Value)
	return s.Value, r.place(tk, in.Pointer+"/"+escaped), true
}

// text reads a string that is not empty.
func (r *reader) text(n ast.Node, at spec.Pos) text {
	var s string
	switch n := n.(type) {
	case *ast.StringNode:
		s = n.Value
	case *ast.LiteralNode:
		s = n.Value.Value
	default:
		r.wrongType(n, at, "a string")
		return text{pos: at}
	}
	switch {
	case strings.TrimSpace(s) == "":
		r.problem(at, "", "a string is empty")
	case strings.ContainsFunc(s, func(c rune) bool { return c < ' ' || c == 0x7f }):
		r.problem(at, "", "a string contains a line break or control character")
	}
	return text{s, at}
}

func (r *reader) wrongType(n ast.Node, at spec.Pos, want string) {
	got := typeName(n)
	hint := ""
	if want == "a string" && (got == "a number" || got == "a boolean") {
		hint = "put it in quotes"
	}
	r.problem(at, hint, "want %s, got %s", want, got)
}

func typeName(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.StringNode, *ast.LiteralNode:
		return "a string"
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "a number"
	case *ast.BoolNode:
		return "a boolean"
	default:
		return "nothing"
	}
}
