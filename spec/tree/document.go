package tree

import (
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"example.com/lathe/spec"
)

// document is a parsed file. Its nodes stand in source order, each directly
// followed by what it contains. Looking into large values remembers things, so a
// document is not for several goroutines at once.
type document struct {
	text

	// json is the document as JSON, into which the offsets of nodes lead: what was
	// read when that was JSON.
	json  string
	nodes []node
	// places say where the nodes of a document stand that was not JSON.
	places []place
	// broken are the values of which a part was wrong and has been left out.
	broken map[int32]bool
	// members are the indexes of large objects that were looked into.
	members map[int32]map[string]int32
	// elements are where the last look into an array has led: an element's number
	// and its node, by the node of the array.
	elements map[int32][2]int32
	// merged are the members of other documents that objects have got, by the nodes
	// of the objects.
	merged map[int32]*merged
}

// lookUp returns a member of a large object.
func (d *document) lookUp(object Value, name string) Value {
	index := d.members[object.index]
	if index == nil {
		index = map[string]int32{}
		object.allOwn(func(m Value) bool {
			if _, again := index[m.Name()]; !again {
				index[m.Name()] = m.index
			}
			return true
		})
		if d.members == nil {
			d.members = map[int32]map[string]int32{}
		}
		d.members[object.index] = index
	}
	if i, ok := index[name]; ok {
		return Value{d, i}
	}
	return Value{}
}

// element returns an element of an array by its number. It goes on from where it
// has been, so that walking through the pointers of an array takes linear time.
func (d *document) element(array, n int32) Value {
	at := d.elements[array]
	if at[1] == 0 || at[0] > n {
		at = [2]int32{0, array + 1}
	}
	for ; at[0] < n && at[1] < d.nodes[array].next; at[0]++ {
		at[1] = d.nodes[at[1]].next
	}
	if at[1] >= d.nodes[array].next {
		return Value{}
	}
	if d.elements == nil {
		d.elements = map[int32][2]int32{}
	}
	d.elements[array] = at
	return Value{d, at[1]}
}

// node is one value. It holds no pointers, so that the garbage collector need
// not look at it.
type node struct {
	// start and end delimit the value in the source.
	start, end int32
	// key and keyEnd delimit the member's key with its quotes. For what is not a
	// member, keyEnd is zero, and key counts the elements before it.
	key, keyEnd int32
	// parent is the container, -1 for the root.
	parent int32
	// next is the index behind the value and all that it contains.
	next                int32
	kind                Kind
	escaped, keyEscaped bool
	// repeated marks a member whose key the object has had before.
	repeated bool
	// keyKind is the kind that a key would have as a value, which in YAML need not be
	// a string.
	keyKind Kind
}

// place is where a value and its key begin, as offsets in the file; a key of -1
// means that there is none.
type place struct{ value, key int32 }

// unquote returns the content of the string literal between two offsets.
func (d *document) unquote(start, end int32, escaped bool) string {
	if !escaped {
		return d.json[start+1 : end-1]
	}
	text, _ := jsontext.AppendUnquote(nil, d.json[start:end]) // valid: the parser has seen it
	return string(text)
}

func (d *document) name(index int32) string {
	n := &d.nodes[index]
	if n.keyEnd == 0 {
		return ""
	}
	return d.unquote(n.key, n.keyEnd, n.keyEscaped)
}

func (d *document) isNamed(index int32, name string) bool {
	n := &d.nodes[index]
	if n.keyEscaped {
		return d.name(index) == name
	}
	return d.json[n.key+1:n.keyEnd-1] == name
}

// Pos is the place where the value begins.
func (v Value) Pos() spec.Pos {
	if v.doc == nil {
		return spec.Pos{}
	}
	start := v.doc.nodes[v.index].start
	if v.doc.places != nil {
		start = v.doc.places[v.index].value
	}
	return v.pos(start)
}

// NamePos is the place of a member's key, and [Value.Pos] for other values.
func (v Value) NamePos() spec.Pos {
	if v.doc == nil || v.doc.nodes[v.index].keyEnd == 0 {
		return v.Pos()
	}
	key := v.doc.nodes[v.index].key
	if v.doc.places != nil {
		key = v.doc.places[v.index].key
	}
	return v.pos(key)
}

func (v Value) pos(offset int32) spec.Pos {
	pos := v.doc.at(int(offset))
	pos.Pointer = v.Pointer()
	return pos
}

// Place is where a message about the value should point: at the key that names an
// object or an array, and at the value itself otherwise.
func (v Value) Place() spec.Pos {
	if v.Kind() >= Array {
		return v.NamePos()
	}
	return v.Pos()
}

// Pointer is the value's JSON pointer.
func (v Value) Pointer() string {
	if v.doc == nil {
		return ""
	}
	return v.doc.pointer(v.index)
}

// Follow returns what a JSON pointer names within the value; for a pointer that
// leads nowhere, it is the last value on the way.
func (v Value) Follow(pointer string) Value {
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		next := v.child(Unescape(token))
		if !next.Exists() {
			break
		}
		v = next
	}
	return v
}

// At is the place of what a JSON pointer names within the value, as [Value.Follow]
// finds it.
func (v Value) At(pointer string) spec.Pos { return v.Follow(pointer).NamePos() }

// child returns the member or element that a token of a pointer names.
func (v Value) child(token string) Value {
	if v.Kind() == Object {
		return v.Get(token)
	}
	n, err := strconv.ParseInt(token, 10, 32)
	if err != nil || n < 0 || v.Kind() != Array {
		return Value{}
	}
	return v.doc.element(v.index, int32(n))
}

// Escape writes a key as a token of a JSON pointer (RFC 6901).
func Escape(name string) string {
	if strings.IndexByte(name, '~') < 0 && strings.IndexByte(name, '/') < 0 {
		return name
	}
	return strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
}

// Unescape reads the key that a token of a JSON pointer stands for.
func Unescape(token string) string {
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}

// pointer returns the JSON pointer of a node.
func (d *document) pointer(index int32) string {
	size := 0
	for i := index; d.nodes[i].parent >= 0; i = d.nodes[i].parent {
		size += max(int(d.nodes[i].keyEnd-d.nodes[i].key)-1, 8) // an estimate for elements and escapes
	}
	var b strings.Builder
	b.Grow(size)
	d.writePointer(&b, index)
	return b.String()
}

func (d *document) writePointer(b *strings.Builder, index int32) {
	n := &d.nodes[index]
	if n.parent < 0 {
		return
	}
	d.writePointer(b, n.parent)
	b.WriteByte('/')
	if n.keyEnd > 0 {
		b.WriteString(Escape(d.name(index)))
	} else {
		b.WriteString(strconv.Itoa(int(n.key)))
	}
}
