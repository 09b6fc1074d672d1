package openapi

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"example.com/lathe/spec"
)

// yamlReader turns the syntax tree of a YAML document into nodes.
type yamlReader struct {
	*source
	ps *spec.Problems
	// anchors are the anchored values so far; nil marks one that is being read.
	anchors map[string]ast.Node
	// inAlias counts the aliases being followed, aliased the bytes they made.
	inAlias, aliased int
}

// readYAML reads a whole document; the result is nil when it is not YAML, or not
// of the kind that the loader reads.
func readYAML(s *source, ps *spec.Problems) *node {
	if len(s.data) > maxYAML {
		ps.Add(s.pos(mark{1, 1}), "write it as JSON, which may be larger", "the YAML document has %d bytes, more than %d", len(s.data), maxYAML)
		return nil
	}
	body, told := parseYAML(s, ps)
	if told {
		return nil
	}
	if body == nil {
		ps.Add(s.pos(mark{1, 1}), "begin it with openapi: 3.1.0", "the document is empty")
		return nil
	}
	r := &yamlReader{source: s, ps: ps, anchors: map[string]ast.Node{}}
	root := r.node(body)
	s.tellRepeated(ps)
	return root
}

// lineFeeds makes all line breaks the same. The lexer counts a carriage return in
// quotes as a line of its own.
var lineFeeds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// parseYAML gives the body of the only document, nil when it is empty. A panic of
// the parser is a bug of its own; it is told as a problem, so that it does not
// end the program.
func parseYAML(s *source, ps *spec.Problems) (body ast.Node, told bool) {
	defer func() {
		if r := recover(); r != nil {
			ps.Add(s.pos(mark{1, 1}), "write the document as JSON", "the YAML parser broke down: %v", r)
			body, told = nil, true
		}
	}()
	tokens := lexer.Tokenize(lineFeeds.Replace(string(s.data)))
	if !checkTokens(s, tokens, ps) {
		return nil, true
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		yamlSyntax(s, err, ps)
		return nil, true
	}
	for _, doc := range file.Docs {
		if doc.Body != nil {
			return doc.Body, false
		}
	}
	return nil, false
}

// node converts one value. It always gives a node, if only null, so that one
// mistake does not hide others.
func (r *yamlReader) node(a ast.Node) *node {
	n := &node{file: r.file}
	if r.inAlias > 0 {
		r.aliased += nodeSize
	}
	switch a := a.(type) {
	case *ast.MappingNode:
		r.mapping(n, a.Start, a.IsFlowStyle, a.Values)
	case *ast.MappingValueNode:
		r.mapping(n, a.Start, false, []*ast.MappingValueNode{a})
	case *ast.SequenceNode:
		n.kind, n.start = listNode, r.place(a.Start)
		for _, item := range a.Values {
			n.push(r.node(item))
		}
	case *ast.AnchorNode:
		return r.anchor(a)
	case *ast.AliasNode:
		return r.alias(a)
	default:
		r.scalar(n, a)
	}
	return n
}

// mapping converts a mapping. In block style it begins at its first key, since
// the syntax tree names the colon after it.
func (r *yamlReader) mapping(n *node, start *token.Token, flow bool, pairs []*ast.MappingValueNode) {
	n.kind, n.start = objectNode, r.place(start)
	for i, pair := range pairs {
		key, ok := r.key(pair.Key)
		if i == 0 && !flow {
			n.start = key.start
		}
		value := r.node(pair.Value)
		if !ok {
			n.broken = true
			continue
		}
		r.add(n, key.text, key.kind, key.start, value)
	}
}

// key converts the key of a pair: a scalar, whose text as written is the key.
func (r *yamlReader) key(a ast.MapKeyNode) (n *node, ok bool) {
	n = &node{file: r.file, start: r.place(a.GetToken())}
	switch a := a.(type) {
	case *ast.MergeKeyNode:
		r.ps.Add(r.pos(n.start), "repeat the keys, or refer to a whole value with an alias", "YAML merge keys (<<) are not supported")
		return n, false
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode, *ast.InfinityNode, *ast.NanNode:
		r.scalar(n, a)
		if n.kind != textNode {
			n.text = a.GetToken().Value
		}
		return n, true
	default:
		r.ps.Add(r.pos(n.start), "write the key as plain text", "a key must be a plain or quoted string")
		return n, false
	}
}

// scalar converts a value without parts.
func (r *yamlReader) scalar(n *node, a ast.Node) {
	tk := a.GetToken()
	n.start = r.place(tk)
	switch a := a.(type) {
	case *ast.LiteralNode:
		n.kind, n.text = textNode, a.Value.Value
	case *ast.StringNode:
		n.kind, n.text = textNode, a.Value
		if tk.Type != token.SingleQuoteType && tk.Type != token.DoubleQuoteType {
			r.plain(n, a.Value)
		}
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode, *ast.InfinityNode, *ast.NanNode:
		r.plain(n, tk.Value)
	default:
		r.ps.Add(r.pos(n.start), "", "YAML's %s is not supported here", a.Type())
	}
	if r.inAlias > 0 {
		r.aliased += len(n.text)
	}
}

func (r *yamlReader) plain(n *node, text string) {
	if strings.HasPrefix(text, "%") {
		r.ps.Add(r.pos(n.start), "put the value in quotes", "not YAML: a value without quotes begins with a percent sign")
	}
	var ok bool
	if n.kind, n.text, ok = plainScalar(text); !ok {
		r.ps.Add(r.pos(n.start), "quote it if it is meant as a string", "JSON has no number %s", text)
		n.text = "0"
	}
}

// anchor converts an anchored value and remembers it.
func (r *yamlReader) anchor(a *ast.AnchorNode) *node {
	name := a.Name.GetToken().Value
	r.anchors[name] = nil
	n := r.node(a.Value)
	r.anchors[name] = a.Value
	return n
}

// alias converts the value that an alias repeats: parts keep the places where
// they are written, the value itself has that of the alias.
func (r *yamlReader) alias(a *ast.AliasNode) *node {
	name, at := a.Value.GetToken().Value, r.place(a.Start)
	value, known := r.anchors[name]
	problem := ""
	switch {
	case !known:
		problem = fmt.Sprintf("there is no anchor &%s before the alias *%s", name, name)
	case value == nil:
		problem = fmt.Sprintf("the alias *%s stands inside its own anchor", name)
	case r.aliased > 2*maxAliased:
		return &node{file: r.file, start: at}
	case r.aliased > maxAliased:
		r.aliased *= 2
		problem = fmt.Sprintf("aliases make the document longer by more than %d bytes", maxAliased)
	}
	if problem != "" {
		r.ps.Add(r.pos(at), "write the value out", "%s", problem)
		return &node{file: r.file, start: at, broken: true}
	}
	r.inAlias++
	n := r.node(value)
	r.inAlias--
	n.start = at
	return n
}

// place is where a token begins. The parser counts columns in characters, is at
// times short of white space before the token, and at times as far beyond the
// beginning of a plain scalar as there is white space after it: so the text that
// stands there is looked at.
func (s *source) place(tk *token.Token) mark {
	at := s.afterBlanks(s.offset(tk.Position.Line, tk.Position.Column))
	if tk.CharacterType == token.CharacterTypeMiscellaneous {
		at = s.beginning(at, strings.TrimSpace(tk.Origin))
	}
	return s.mark(at)
}

// maxBlanks bounds the white space after a scalar that is looked through.
const maxBlanks = 4096

// beginning finds the first line of a plain scalar at an offset or before it.
func (s *source) beginning(at int, text string) int {
	line, _, _ := strings.Cut(text, "\n")
	line = strings.TrimRight(line, " \t")
	end := min(at+len(line), len(s.data))
	window := s.data[max(at-maxBlanks, 0):end]
	if before := bytes.LastIndex(window, []byte(line)); before >= 0 {
		return end - len(window) + before
	}
	return at
}

// afterBlanks is the first offset from at on that holds no space or tab.
func (s *source) afterBlanks(at int) int {
	for at < len(s.data) && (s.data[at] == ' ' || s.data[at] == '\t') {
		at++
	}
	return at
}
