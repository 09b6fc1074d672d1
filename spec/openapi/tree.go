package openapi

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"example.com/lathe/spec"
)

// nodeKind is the JSON type of a value.
type nodeKind uint8

const (
	nullNode nodeKind = iota
	flagNode
	numberNode
	textNode
	listNode
	objectNode
)

// String names the type for people.
func (k nodeKind) String() string {
	return [...]string{"null", "a boolean", "a number", "a string", "a list", "an object"}[k]
}

// mark is a place in the source: line and column count from one, the column in
// bytes. The zero mark is unknown.
type mark struct{ line, column int }

// node is a value of the document, in source order and with its place. It is what
// YAML and JSON have in common; everything after the parsers sees only nodes.
type node struct {
	kind nodeKind
	// text is a string's value, a number as JSON writes it, or "true" and "false".
	text   string
	fields []field
	list   []*node
	// index finds fields of large objects by key.
	index map[string]int

	file   string
	start  mark
	parent *node
	// token is the key or index under which the parent holds the node, and key
	// the place of that key; items of lists and the root have none.
	token string
	key   mark
	// broken says that something in the node was wrong and has been left out.
	broken bool
}

// field is one key of an object with its value.
type field struct {
	key string
	// plain is the type that a key would have as a value: YAML knows keys that
	// are numbers, booleans and null.
	plain nodeKind
	value *node
}

// pointer is the node's JSON pointer.
func (n *node) pointer() string {
	var tokens []string
	for at := n; at.parent != nil; at = at.parent {
		tokens = append(tokens, at.token)
	}
	var b strings.Builder
	for _, token := range slices.Backward(tokens) {
		b.WriteByte('/')
		b.WriteString(pointerEscapes.Replace(token))
	}
	return b.String()
}

// pos is where a message about the node should point: at the key that names an
// object or a list, and at the value itself otherwise.
func (n *node) pos() spec.Pos {
	if n.kind >= listNode {
		return n.keyPos()
	}
	return n.posAt(n.start)
}

// keyPos is the place of the key that names the node, or of the node where it has
// no key.
func (n *node) keyPos() spec.Pos {
	if n.key != (mark{}) {
		return n.posAt(n.key)
	}
	return n.posAt(n.start)
}

func (n *node) posAt(at mark) spec.Pos {
	return spec.Pos{File: n.file, Line: at.line, Column: at.column, Pointer: n.pointer()}
}

// get returns the value under a path of keys, or nil. A nil node has no keys, so
// that calls can be chained.
func (n *node) get(keys ...string) *node {
	for _, key := range keys {
		if n == nil {
			return nil
		}
		n = n.field(key)
	}
	return n
}

// indexed is the number of fields from which an object is worth an index.
const indexed = 16

func (n *node) field(key string) *node {
	if n.index != nil {
		if i, ok := n.index[key]; ok {
			return n.fields[i].value
		}
		return nil
	}
	for i := range n.fields {
		if n.fields[i].key == key {
			return n.fields[i].value
		}
	}
	return nil
}

// keys lists an object's keys in source order; a nil node has none.
func (n *node) keys() []string {
	if n == nil {
		return nil
	}
	keys := make([]string, len(n.fields))
	for i, f := range n.fields {
		keys[i] = f.key
	}
	return keys
}

// each lists an object's fields; a nil node has none.
func (n *node) each() []field {
	if n == nil {
		return nil
	}
	return n.fields
}

// string is the text of a string, a number or a boolean; a nil node has none.
func (n *node) string() string {
	if n == nil {
		return ""
	}
	return n.text
}

// isTrue says whether the node is the boolean true.
func (n *node) isTrue() bool { return n != nil && n.kind == flagNode && n.text == "true" }

// add appends a field. It reports false, and adds nothing, when the object has
// the key already.
func (n *node) add(key string, plain nodeKind, at mark, value *node) bool {
	if n.field(key) != nil {
		return false
	}
	value.parent, value.token, value.key = n, key, at
	n.fields = append(n.fields, field{key, plain, value})
	switch {
	case n.index != nil:
		n.index[key] = len(n.fields) - 1
	case len(n.fields) == indexed:
		n.index = make(map[string]int, 2*indexed)
		for i, f := range n.fields {
			n.index[f.key] = i
		}
	}
	return true
}

// push appends an item to a list.
func (n *node) push(item *node) {
	item.parent, item.token = n, strconv.Itoa(len(n.list))
	n.list = append(n.list, item)
}

// value gives what encoding/json would, with numbers as [json.Number].
func (n *node) value() any {
	switch n.kind {
	case flagNode:
		return n.text == "true"
	case numberNode:
		return json.Number(n.text)
	case textNode:
		return n.text
	case listNode:
		list := make([]any, len(n.list))
		for i, item := range n.list {
			list[i] = item.value()
		}
		return list
	case objectNode:
		object := make(map[string]any, len(n.fields))
		for _, f := range n.fields {
			object[f.key] = f.value.value()
		}
		return object
	default:
		return nil
	}
}

// appendJSON appends the node as JSON, keys in source order.
func (n *node) appendJSON(b []byte) []byte {
	switch n.kind {
	case flagNode, numberNode:
		return append(b, n.text...)
	case textNode:
		return appendString(b, n.text)
	case listNode:
		b = append(b, '[')
		for i, item := range n.list {
			b = item.appendJSON(comma(b, i))
		}
		return append(b, ']')
	case objectNode:
		b = append(b, '{')
		for i, f := range n.fields {
			b = append(appendString(comma(b, i), f.key), ':')
			b = f.value.appendJSON(b)
		}
		return append(b, '}')
	default:
		return append(b, "null"...)
	}
}

func comma(b []byte, before int) []byte {
	if before > 0 {
		b = append(b, ',')
	}
	return b
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

// items lists a list's items; a nil node has none.
func (n *node) items() []*node {
	if n == nil {
		return nil
	}
	return n.list
}

// isBroken says whether something in the node was wrong and has been left out.
func (n *node) isBroken() bool { return n != nil && n.broken }
