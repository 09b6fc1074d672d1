package tree

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"example.com/lathe/spec"
)

// maxYAMLDepth bounds the levels of a YAML document whose limits name no bound.
const maxYAMLDepth = 1000

// maxAliased bounds the bytes by which aliases make a YAML document longer, a value
// counting as aliasedNode besides its text.
const (
	maxAliased  = 8 << 20
	aliasedNode = 64
)

// ParseYAML reads a document in YAML, as far as it means what JSON can say; file is
// its name in positions. When the document is not YAML, or not of that kind, the
// Value is absent and a problem says why. Other problems are of a document that can
// be read but for what is marked as [Value.Broken]. A document without a value is
// absent without a problem.
func ParseYAML(file string, data []byte, limits Limits) (Value, spec.Problems) {
	var ps spec.Problems
	t := newText(file, data)
	if limits.Depth == 0 {
		limits.Depth = maxYAMLDepth
	}
	if limits.tooLong(t.start(), "YAML document", len(data), &ps) || !t.check(&ps) {
		return Value{}, ps
	}
	if at := t.directive(); at >= 0 {
		ps.Add(t.at(at), "remove the line", "YAML directives (%%) are not supported")
		return Value{}, ps
	}
	hide, restore := t.hidden()
	root, err := parseYAML(hide.Replace(t.src), limits)
	switch {
	case err != nil:
		t.yamlSyntax(err, limits, &ps)
		return Value{}, ps
	case root == nil:
		return Value{}, ps
	}
	r := &yamlReader{
		builder: builder{doc: &document{text: t, places: []place{}}, limits: limits, problems: ps},
		restore: restore, reading: map[*yaml.Node]bool{},
	}
	if r.value(root, place{int32(t.offset(root.Line, root.Column)), -1}); r.gaveUp {
		return Value{}, r.problems
	}
	r.doc.json = string(r.out)
	for i := range r.doc.nodes {
		if r.doc.nodes[i].kind == Object {
			r.checkKeys(Value{r.doc, int32(i)})
		}
	}
	return Value{doc: r.doc}, r.problems
}

// directive is the offset of a directive before the document, or -1.
func (t *text) directive() int {
	for _, at := range t.lines {
		switch rest := strings.TrimLeft(t.src[at:], " \t\r\n"); {
		case strings.HasPrefix(t.src[at:], "%"):
			return int(at)
		case rest != "" && rest[0] != '#' && rest[0] != '%':
			return -1
		}
	}
	return -1
}

// hidden returns what hides three characters from the library, and what puts them
// back: it takes them for line breaks, as YAML 1.1 did. Characters for private use
// that the document does not have stand for them.
func (t *text) hidden() (hide, restore *strings.Replacer) {
	var there, back []string
	private := rune(0xe000)
	for _, c := range [...]string{"\u0085", "\u2028", "\u2029"} {
		if !strings.Contains(t.src, c) {
			continue
		}
		for strings.ContainsRune(t.src, private) {
			private++
		}
		there, back = append(there, c, string(private)), append(back, string(private), c)
		private++
	}
	return strings.NewReplacer(there...), strings.NewReplacer(back...)
}

// secondDocumentError is that of a file with more than one document.
type secondDocumentError struct{ line, column int }

func (secondDocumentError) Error() string { return "a second document" }

// parseYAML returns the root of the only document, nil when it is empty. A panic
// of the library is a fault of its own, and does not end the program.
func parseYAML(src string, limits Limits) (root *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			root, err = nil, fmt.Errorf("the parser broke down: %v", r)
		}
	}()
	loader, err := yaml.NewLoader(
		strings.NewReader(src), yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthFunc(depthCheck(src, limits)))))
	if err != nil {
		return nil, fmt.Errorf("the parser can't be made: %w", err)
	}
	for {
		var document yaml.Node
		switch err := loader.Load(&document); {
		case errors.Is(err, io.EOF):
			return root, nil
		case err != nil && root == nil:
			return nil, fmt.Errorf("not YAML: %w", err)
		case err != nil || root != nil:
			return nil, secondDocumentError{document.Line, document.Column}
		case len(document.Content) > 0 && !isNothing(document.Content[0]):
			root = document.Content[0]
		}
	}
}

// errDepth is that of the library for a document that is nested too deep.
var errDepth = errors.New("nested too deep")

// depthCheck is what the library asks at each level of block or flow style; it
// counts them apart. Brackets in a document that does not begin with one stand in at
// least one block.
func depthCheck(src string, limits Limits) func(int, *loaderlimits.DepthContext) error {
	inBrackets := limits.Depth
	if begin := strings.TrimLeft(src, " \t\r\n"); begin != "" && begin[0] != '[' && begin[0] != '{' {
		inBrackets--
	}
	return func(depth int, at *loaderlimits.DepthContext) error {
		if depth > limits.Depth || at.Kind == "flow" && depth > inBrackets {
			return errDepth
		}
		return nil
	}
}

// isNothing reports whether a document has no more than a null that is not written.
func isNothing(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0
}

// yamlReader turns the nodes of a YAML document into ours, and writes them as JSON.
type yamlReader struct {
	builder

	out []byte
	// restore puts back the characters that were hidden from the library.
	restore *strings.Replacer
	// reading are the collections that are being read.
	reading map[*yaml.Node]bool
	// inAlias counts the aliases being followed, aliased the bytes they made.
	inAlias, aliased int
	// gaveUp reports whether the document is nested too deep.
	gaveUp bool
}

func (r *yamlReader) offset(y *yaml.Node) int { return r.doc.offset(y.Line, y.Column) }

func (r *yamlReader) problem(at int, hint, format string, args ...any) {
	r.problems.Add(r.doc.at(at), hint, format, args...)
}

// value converts one value, whose key is pending. There always is one, if only
// null, so that one mistake does not hide others.
func (r *yamlReader) value(y *yaml.Node, at place) {
	if r.limits.NoAliases && (y.Anchor != "" || y.Kind == yaml.AliasNode) {
		r.problem(int(at.value), "write the value out", "anchors (&) and aliases (*) are not supported here")
	}
	if r.inAlias > 0 {
		r.aliased += aliasedNode
	}
	switch y.Kind {
	case yaml.MappingNode, yaml.SequenceNode:
		r.collection(y, at)
	case yaml.AliasNode:
		r.alias(y, at)
	default:
		kind, text := r.scalar(y)
		r.add(kind, text, at)
	}
}

// add appends a node of that JSON text.
func (r *yamlReader) add(kind Kind, text []byte, at place) {
	r.pending.escaped = kind == String && bytes.IndexByte(text, '\\') >= 0
	r.append(kind, len(r.out), len(r.out)+len(text))
	r.out = append(r.out, text...)
	r.doc.places = append(r.doc.places, at)
}

// collection converts a mapping or a sequence.
func (r *yamlReader) collection(y *yaml.Node, at place) {
	r.tag(y)
	kind, brackets := Array, "[]"
	if y.Kind == yaml.MappingNode {
		kind, brackets = Object, "{}"
	}
	r.add(kind, []byte(brackets[:1]), at)
	r.enter()
	if len(r.open) > r.limits.Depth {
		r.limits.tooDeep(r.doc.at(int(at.value)), &r.problems)
		r.gaveUp = true
		return
	}
	r.reading[y] = true
	defer delete(r.reading, y)
	if kind == Object {
		r.pairs(y.Content, Value{r.doc, r.open[len(r.open)-1].index})
	} else {
		r.items(y.Content)
	}
	r.out = append(r.out, brackets[1])
	r.closeAt(len(r.out))
}

// items converts the items of a sequence.
func (r *yamlReader) items(content []*yaml.Node) {
	for i, item := range content {
		if r.gaveUp {
			return
		}
		if i > 0 {
			r.out = append(r.out, ',')
		}
		r.value(item, place{int32(r.offset(item)), -1})
	}
}

// pairs converts the keys and values of a mapping.
func (r *yamlReader) pairs(content []*yaml.Node, mapping Value) {
	first := true
	for i := 0; i+1 < len(content) && !r.gaveUp; i += 2 {
		key, ok := r.key(content[i])
		if !ok {
			mapping.Break()
			continue
		}
		if !first {
			r.out = append(r.out, ',')
		}
		first = false
		key.key = int32(len(r.out))
		r.out = appendString(r.out, content[i].Value)
		key.keyEnd = int32(len(r.out))
		key.keyEscaped = bytes.IndexByte(r.out[key.key:], '\\') >= 0
		r.out = append(r.out, ':')
		r.pending = key
		r.value(content[i+1], place{int32(r.offset(content[i+1])), int32(r.offset(content[i]))})
	}
}

// key converts the key of a pair: a scalar, whose text as written is the key.
func (r *yamlReader) key(y *yaml.Node) (key node, ok bool) {
	at := r.offset(y)
	before := strings.TrimRight(r.doc.src[:at], " \t")
	switch {
	case strings.HasSuffix(before, "?") && len(before) < at:
		r.problem(len(before)-1, "write the key before a colon", "YAML's complex keys (?) are not supported")
	case y.Tag == "!!merge":
		r.problem(at, "repeat the keys, or refer to a whole value with an alias", "YAML merge keys (<<) are not supported")
	case y.Kind != yaml.ScalarNode:
		r.problem(at, "write the key as plain text", "a key must be a plain or quoted string")
	default:
		key.keyKind, _ = r.scalar(y)
		y.Value = r.restore.Replace(y.Value)
		return key, true
	}
	return key, false
}

// tag refuses a tag that is written.
func (r *yamlReader) tag(y *yaml.Node) {
	if y.Style&yaml.TaggedStyle != 0 {
		r.problem(r.offset(y), "quote the value to make it a string", "YAML tags (!) are not supported")
	}
}

// scalar converts a value without parts.
func (r *yamlReader) scalar(y *yaml.Node) (kind Kind, json []byte) {
	r.tag(y)
	text := r.restore.Replace(y.Value)
	if r.inAlias > 0 {
		r.aliased += len(text)
	}
	if y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle|yaml.TaggedStyle) != 0 {
		return String, appendString(nil, text)
	}
	kind, plain, ok := plainScalar(text)
	switch {
	case !ok:
		r.problem(r.offset(y), "quote it if it is meant as a string", "JSON has no number %s", text)
		return Number, []byte("0")
	case kind == String:
		return String, appendString(nil, plain)
	default:
		return kind, []byte(plain)
	}
}

// alias converts the value that an alias repeats: parts keep the places where
// they are written, the value itself has that of the alias.
func (r *yamlReader) alias(y *yaml.Node, at place) {
	problem := ""
	switch {
	case r.reading[y.Alias]:
		problem = fmt.Sprintf("the alias *%s stands inside its own anchor", y.Value)
	case r.aliased > 2*maxAliased:
		r.add(Null, []byte("null"), at)
		return
	case r.aliased > maxAliased:
		r.aliased *= 2
		problem = fmt.Sprintf("aliases make the document longer by more than %d bytes", maxAliased)
	}
	if problem != "" {
		r.problem(int(at.value), "write the value out", "%s", problem)
		r.add(Null, []byte("null"), at)
		Value{r.doc, int32(len(r.doc.nodes) - 1)}.Break()
		return
	}
	r.inAlias++
	r.value(y.Alias, at)
	r.inAlias--
}

// appendString appends a JSON string. Strings of a document are valid UTF-8, so
// that only quotes, backslashes and controls need care.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			const hex = "0123456789abcdef"
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

// Quote writes a text as a JSON string.
func Quote(s string) string {
	if !utf8.ValidString(s) {
		return strconv.Quote(s)
	}
	return string(appendString(nil, s))
}
