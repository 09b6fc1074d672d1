package openapi

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"example.com/lathe/spec"
)

// yamlReader turns the nodes of a YAML document into ours.
type yamlReader struct {
	*source
	ps *spec.Problems
	// restore puts back the characters that were hidden from the library.
	restore *strings.Replacer
	// open are the anchored nodes that are being read.
	open map[*yaml.Node]bool
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
	if at := s.directive(); at >= 0 {
		ps.Add(s.pos(s.mark(at)), "remove the line", "YAML directives (%%) are not supported")
		return nil
	}
	hide, restore := s.hidden()
	body, err := s.parseYAML(hide.Replace(string(s.data)))
	switch {
	case err != nil:
		s.yamlSyntax(err, ps)
		return nil
	case body == nil:
		ps.Add(s.pos(mark{1, 1}), "begin it with openapi: 3.1.0", "the document is empty")
		return nil
	}
	r := &yamlReader{source: s, ps: ps, restore: restore, open: map[*yaml.Node]bool{}}
	before := len(*ps)
	root := r.node(body, 1)
	if len(*ps) > before && (*ps)[len(*ps)-1].Message == tooDeepMessage {
		return nil
	}
	s.tellRepeated(ps)
	return root
}

// directive is the offset of a directive before the document, or -1.
func (s *source) directive() int {
	for _, at := range s.lines {
		switch rest := bytes.TrimLeft(s.data[at:], " \t\r\n"); {
		case bytes.HasPrefix(s.data[at:], []byte("%")):
			return at
		case len(rest) > 0 && rest[0] != '#' && rest[0] != '%':
			return -1
		}
	}
	return -1
}

// hidden returns what hides three characters from the library, and what puts them
// back: it takes them for line breaks, as YAML 1.1 did. Characters for private use
// that the document does not have stand for them.
func (s *source) hidden() (hide, restore *strings.Replacer) {
	var there, back []string
	private := rune(0xe000)
	for _, c := range [...]string{"\u0085", "\u2028", "\u2029"} {
		if !bytes.Contains(s.data, []byte(c)) {
			continue
		}
		for bytes.ContainsRune(s.data, private) {
			private++
		}
		there, back = append(there, c, string(private)), append(back, string(private), c)
		private++
	}
	return strings.NewReplacer(there...), strings.NewReplacer(back...)
}

// errSecondDocument is that of a file with more than one document.
type errSecondDocument struct{ line, column int }

func (errSecondDocument) Error() string { return "a second document" }

// parseYAML returns the root of the only document, nil when it is empty. A panic
// of the library is a fault of its own, and does not end the program.
func (s *source) parseYAML(text string) (root *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			root, err = nil, fmt.Errorf("the parser broke down: %v", r)
		}
	}()
	loader, err := yaml.NewLoader(strings.NewReader(text), yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(maxDepth))))
	if err != nil {
		return nil, err
	}
	for {
		var document yaml.Node
		switch err := loader.Load(&document); {
		case errors.Is(err, io.EOF):
			return root, nil
		case err != nil && root == nil:
			return nil, err
		case err != nil || root != nil:
			return nil, errSecondDocument{document.Line, document.Column}
		case len(document.Content) > 0 && !isNothing(document.Content[0]):
			root = document.Content[0]
		}
	}
}

// isNothing reports whether a document has no more than a null that is not written.
func isNothing(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0
}

// node converts one value. It always returns a node, if only null, so that one
// mistake does not hide others.
func (r *yamlReader) node(y *yaml.Node, depth int) *node {
	n := &node{file: r.file, start: r.place(y)}
	if r.inAlias > 0 {
		r.aliased += nodeSize
	}
	switch y.Kind {
	case yaml.MappingNode, yaml.SequenceNode:
		r.collection(n, y, depth)
	case yaml.AliasNode:
		return r.alias(y, depth)
	default:
		r.scalar(n, y)
	}
	return n
}

// collection converts a mapping or a sequence.
func (r *yamlReader) collection(n *node, y *yaml.Node, depth int) {
	r.tag(y)
	if depth > maxDepth {
		tooDeep(r.ps, r.pos(n.start))
		return
	}
	before := len(*r.ps)
	r.open[y] = true
	defer delete(r.open, y)
	n.kind = listNode
	if y.Kind == yaml.MappingNode {
		n.kind = objectNode
		r.pairs(n, y.Content, depth)
		return
	}
	for _, item := range y.Content {
		n.push(r.node(item, depth+1))
		if r.gaveUp(before) {
			return
		}
	}
}

// gaveUp reports whether the document has been found to be too deep.
func (r *yamlReader) gaveUp(before int) bool {
	all := *r.ps
	return len(all) > before && all[len(all)-1].Message == tooDeepMessage
}

// pairs converts the keys and values of a mapping.
func (r *yamlReader) pairs(n *node, content []*yaml.Node, depth int) {
	before := len(*r.ps)
	for i := 0; i+1 < len(content); i += 2 {
		key, ok := r.key(content[i])
		value := r.node(content[i+1], depth+1)
		if r.gaveUp(before) {
			return
		}
		if !ok {
			n.broken = true
			continue
		}
		r.add(n, key.text, key.kind, key.start, value)
	}
}

// key converts the key of a pair: a scalar, whose text as written is the key.
func (r *yamlReader) key(y *yaml.Node) (n *node, ok bool) {
	n = &node{file: r.file, start: r.place(y)}
	at := r.byteOffset(y.Line, y.Column)
	before := bytes.TrimRight(r.data[:at], " \t")
	switch {
	case bytes.HasSuffix(before, []byte("?")) && len(before) < at:
		r.ps.Add(r.pos(r.mark(len(before)-1)), "write the key before a colon", "YAML's complex keys (?) are not supported")
	case y.Tag == "!!merge":
		r.ps.Add(r.pos(n.start), "repeat the keys, or refer to a whole value with an alias", "YAML merge keys (<<) are not supported")
	case y.Kind != yaml.ScalarNode:
		r.ps.Add(r.pos(n.start), "write the key as plain text", "a key must be a plain or quoted string")
	default:
		r.scalar(n, y)
		if n.kind != textNode {
			n.text = y.Value
		}
		return n, true
	}
	return n, false
}

// tag refuses a tag that is written.
func (r *yamlReader) tag(y *yaml.Node) {
	if y.Style&yaml.TaggedStyle != 0 {
		r.ps.Add(r.pos(r.place(y)), "quote the value to make it a string", "YAML tags (!) are not supported")
	}
}

// scalar converts a value without parts.
func (r *yamlReader) scalar(n *node, y *yaml.Node) {
	r.tag(y)
	n.kind, n.text = textNode, r.restore.Replace(y.Value)
	if y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle|yaml.TaggedStyle) == 0 {
		var ok bool
		if n.kind, n.text, ok = plainScalar(n.text); !ok {
			r.ps.Add(r.pos(n.start), "quote it if it is meant as a string", "JSON has no number %s", y.Value)
			n.text = "0"
		}
	}
	if r.inAlias > 0 {
		r.aliased += len(n.text)
	}
}

// alias converts the value that an alias repeats: parts keep the places where
// they are written, the value itself has that of the alias.
func (r *yamlReader) alias(y *yaml.Node, depth int) *node {
	at := r.place(y)
	problem := ""
	switch {
	case r.open[y.Alias]:
		problem = fmt.Sprintf("the alias *%s stands inside its own anchor", y.Value)
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
	n := r.node(y.Alias, depth)
	r.inAlias--
	n.start = at
	return n
}

// place is where a node begins.
func (s *source) place(y *yaml.Node) mark { return s.mark(s.byteOffset(y.Line, y.Column)) }
