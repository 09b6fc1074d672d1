// Package tree reads a document, in JSON or YAML, into a tree that keeps the
// order of object members and knows where in the file everything stands.
//
// A JSON document is parsed in one pass into one slice of nodes, and strings are cut
// out of the source instead of being copied, so that models of megabytes load in
// milliseconds. A YAML document is written out as JSON on the way, with the places
// of its values kept beside it, so that all that comes behind sees only one tree.
// Parsing reports every duplicate key, not only the first.
package tree

import (
	"encoding/json"
	"iter"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Kind is the type of a value.
type Kind uint8

// The kinds of values. Absent is that of the zero [Value].
const (
	Absent Kind = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

var kindNames = [...]string{"nothing", "null", "a boolean", "a number", "a string", "an array", "an object"}

// String returns the kind with its article, for messages: "an object".
func (k Kind) String() string { return kindNames[k] }

// Value is a node of a document. The zero Value stands for one that is not
// there; all methods may be called on it.
type Value struct {
	doc   *document
	index int32
}

// Exists reports whether the value is in the document.
func (v Value) Exists() bool { return v.doc != nil }

// Kind is the value's type.
func (v Value) Kind() Kind {
	if v.doc == nil {
		return Absent
	}
	return v.doc.nodes[v.index].kind
}

// Name is the key of a member of an object, and empty for other values.
func (v Value) Name() string {
	if v.doc == nil {
		return ""
	}
	return v.doc.name(v.index)
}

// NameKind is the kind that a member's key would have as a value: YAML knows keys
// that are numbers, booleans or null, JSON only strings.
func (v Value) NameKind() Kind {
	if v.doc == nil || v.doc.nodes[v.index].keyEnd == 0 {
		return Absent
	}
	return v.doc.nodes[v.index].keyKind
}

// Parent is the object or array that holds the value; absent for the root.
func (v Value) Parent() Value {
	if v.doc == nil || v.doc.nodes[v.index].parent < 0 {
		return Value{}
	}
	return Value{v.doc, v.doc.nodes[v.index].parent}
}

// Token is the name under which its parent holds the value: its key or, in an
// array, its number.
func (v Value) Token() string {
	if v.doc == nil || v.doc.nodes[v.index].parent < 0 {
		return ""
	}
	if n := v.doc.nodes[v.index]; n.keyEnd == 0 {
		return strconv.Itoa(int(n.key))
	}
	return v.Name()
}

// Broken reports whether a part of the value was wrong and has been left out, which
// has been reported.
func (v Value) Broken() bool { return v.doc != nil && v.doc.broken[v.index] }

// Break marks the value as one of which a part is wrong.
func (v Value) Break() {
	if v.doc == nil {
		return
	}
	if v.doc.broken == nil {
		v.doc.broken = map[int32]bool{}
	}
	v.doc.broken[v.index] = true
}

// Text is the content of a string or the literal of a number, and empty for
// other values. It may share the document's memory.
func (v Value) Text() string {
	switch v.Kind() {
	case String:
		n := &v.doc.nodes[v.index]
		return v.doc.unquote(n.start, n.end, n.escaped)
	case Number:
		return v.Raw()
	default:
		return ""
	}
}

// IsTrue reports whether the value is true.
func (v Value) IsTrue() bool { return v.Kind() == Bool && v.Raw() == "true" }

// Raw is the value's JSON text, and empty for a value that is not there.
func (v Value) Raw() string {
	switch {
	case v.doc == nil:
		return ""
	case v.isMerged():
		return string(v.appendWithout(nil, nil))
	default:
		n := &v.doc.nodes[v.index]
		return v.doc.json[n.start:n.end]
	}
}

// largeObject is the number of members from which on an object is indexed when
// one is looked for.
const largeObject = 32

// Get returns the value under a path of keys.
func (v Value) Get(names ...string) Value {
	for _, name := range names {
		v = v.member(name)
	}
	return v
}

// member returns an object's member by its name.
func (v Value) member(name string) Value {
	if v.Kind() != Object {
		return Value{}
	}
	if merged := v.doc.merged[v.index]; merged != nil {
		if m, ok := merged.byName[name]; ok {
			return m
		}
	}
	return v.own(name)
}

// own returns an object's member of the document itself.
func (v Value) own(name string) Value {
	nodes, passed := v.doc.nodes, 0
	for i := v.index + 1; i < nodes[v.index].next; i = nodes[i].next {
		if v.doc.isNamed(i, name) {
			return Value{v.doc, i}
		}
		if passed++; passed == largeObject {
			return v.doc.lookUp(v, name)
		}
	}
	return Value{}
}

// All yields the elements of an array or the members of an object in source
// order, then those that were merged into it, and nothing for other values. Of members
// with one key the first counts.
func (v Value) All() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if v.Kind() < Array {
			return
		}
		if merged := v.doc.merged[v.index]; merged != nil {
			merged.all(v, yield)
			return
		}
		v.allOwn(yield)
	}
}

// allOwn yields what a container has in the document itself. It reports whether all
// was taken.
func (v Value) allOwn(yield func(Value) bool) bool {
	nodes := v.doc.nodes
	for i := v.index + 1; i < nodes[v.index].next; i = nodes[i].next {
		if !nodes[i].repeated && !yield(Value{v.doc, i}) {
			return false
		}
	}
	return true
}

// List is what [Value.All] yields.
func (v Value) List() []Value { return slices.Collect(v.All()) }

// Len counts the elements or members.
func (v Value) Len() int {
	n := 0
	for range v.All() {
		n++
	}
	return n
}

// Without is the value's JSON without some of the values in it.
func (v Value) Without(left map[Value]bool) []byte {
	return v.appendWithout(make([]byte, 0, len(v.Raw())), left)
}

func (v Value) appendWithout(b []byte, left map[Value]bool) []byte {
	if v.Kind() < Array || len(left) == 0 && !v.isMerged() {
		return append(b, v.Raw()...)
	}
	brackets := "[]"
	if v.Kind() == Object {
		brackets = "{}"
	}
	b = append(b, brackets[0])
	first := true
	for part := range v.All() {
		if left[part] {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		if d := part.doc; d.nodes[part.index].keyEnd > 0 { // the part may be of another document
			n := &d.nodes[part.index]
			b = append(append(b, d.json[n.key:n.keyEnd]...), ':')
		}
		b = part.appendWithout(b, left)
	}
	return append(b, brackets[1])
}

// Decode returns the value as nil, bool, string, [json.Number], []any or
// map[string]any.
func (v Value) Decode() any {
	switch v.Kind() {
	case Bool:
		return v.IsTrue()
	case Number:
		return json.Number(v.Text())
	case String:
		return v.Text()
	case Array:
		list := []any{}
		for e := range v.All() {
			list = append(list, e.Decode())
		}
		return list
	case Object:
		object := map[string]any{}
		for m := range v.All() {
			object[m.Name()] = m.Decode()
		}
		return object
	default:
		return nil
	}
}

// Int returns the value of a number that is an integer of 32 bits.
func (v Value) Int() (int, bool) {
	if v.Kind() != Number {
		return 0, false
	}
	n, err := strconv.ParseInt(v.Raw(), 10, 32)
	return int(n), err == nil
}

// kindOf translates the kind of a token.
func kindOf(k jsontext.Kind) Kind {
	switch k {
	case 'n':
		return Null
	case 't', 'f':
		return Bool
	case '0':
		return Number
	case '"':
		return String
	case '[':
		return Array
	case '{':
		return Object
	default:
		return Absent
	}
}
