// Package xmlcodec reads and writes the XML of one message. Generated code walks a message
// with it in straight lines, a few a member:
//
//	for d.NextElement() {
//		switch string(d.Name()) {
//		case "added":
//			out.Added = d.Int32()
//		default:
//			d.Skip()
//		}
//	}
//
// Errors stick: after the first, every method returns zero values and every loop ends;
// [Decoder.Err] returns it. The rules are those of Smithy's XML bindings
// (https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings): elements go by their names
// without namespaces, and what is absent is not there, for XML has no null.
//
// The grammar is that of encoding/xml with two exceptions. A document type declaration is
// an error, and with it whatever could define an entity. Text may be interrupted by
// comments and instructions.
//
// Of an answer, short texts share slabs of bytes, and values behind pointers slabs of their
// kind, as with the codec for JSON: what outlives its siblings keeps at most 33 KB of
// theirs alive. Nothing shares memory with the body, whose buffer is used again.
package xmlcodec

import (
	"bytes"
	"errors"

	"example.com/lathe/runtime/scalar"
)

// Decoder reads one document. What it returns is the caller's own and never shares memory
// with the input. Nesting is limited to 10,000 levels.
//
// An element whose start was read is current: it is read as a value, gone into by reading
// its elements, or skipped. Each of these reads its end as well.
type Decoder struct {
	buf  []byte // the input
	pos  int    // of the next byte to read; the end of the input after an error
	open []element
	// Where the name of the current element or attribute stands in buf, without prefix.
	nameStart, nameEnd int

	// closed: the current element has ended with its start tag.
	closed bool

	// attributes is where those of the current element begin that were not read yet, and
	// value where that of the current attribute stands.
	attributes  int
	value       span
	inAttribute bool

	key     string // of the current entry of a map
	again   int    // how many bytes of entries were gone back over
	scratch []byte // of text that is not verbatim in buf
	err     error
	slabs   scalar.Slabs
}

// span is a part of the input.
type span struct{ start, end int }

// element is one that is open.
type element struct {
	tag span // its name, with its prefix
	// entry: it is the entry of a map, which the caller has not seen as an element.
	entry bool
}

// maxDepth is how many elements may be open.
const maxDepth = 10_000

// NewDecoder returns a decoder of body, whose bytes must not change while it is in use.
func NewDecoder(body []byte) *Decoder { return &Decoder{buf: body} }

// Err returns the first error, or nil.
func (d *Decoder) Err() error { return d.err }

// Root goes on to the document's root. It returns false where there is none, because the
// body is empty, and after an error.
func (d *Decoder) Root() bool {
	if rest, ok := bytes.CutPrefix(d.buf, []byte("\xef\xbb\xbf")); ok {
		d.pos = len(d.buf) - len(rest)
	}
	return d.next() == start
}

// Find goes on to the first element of that name, at any depth. It returns false where
// there is no document, and fails where there is one without such an element.
func (d *Decoder) Find(name string) bool {
	if !d.Root() {
		return false
	}
	for string(d.Name()) != name {
		for d.next() != start {
			if len(d.open) == 0 {
				d.Fail(errors.New("there is no element " + name))
			}
			if d.err != nil {
				return false
			}
		}
	}
	return true
}

// NextElement goes on to the next element in the one that is current. It returns false
// after the last, and after an error.
func (d *Decoder) NextElement() bool { return d.next() == start }

// Name is the name of the current element or attribute, without its prefix. It is valid
// until the next one: switch on it or copy it.
func (d *Decoder) Name() []byte { return d.buf[d.nameStart:d.nameEnd] }

// NextAttribute goes on to the next attribute of the current element, whose value must
// then be read or skipped. It returns false after the last, and after an error.
// Declarations of namespaces are passed over.
func (d *Decoder) NextAttribute() bool {
	for d.attributes > 0 && d.err == nil {
		name, value, end := d.attribute(d.attributes)
		d.attributes = end
		if name.start == name.end {
			d.attributes = 0
			return false
		}
		if prefix, local := d.split(name); !d.declares(prefix, local) {
			d.nameStart, d.nameEnd = local.start, local.end
			d.value, d.inAttribute = value, true
			return true
		}
	}
	return false
}

// declares reports whether the name of an attribute is that of a namespace's declaration.
func (d *Decoder) declares(prefix, local span) bool {
	return string(d.buf[prefix.start:prefix.end]) == "xmlns" ||
		prefix.start == prefix.end && string(d.buf[local.start:local.end]) == "xmlns"
}

// split takes a name apart at its colon. One that begins or ends with a colon has no
// prefix.
func (d *Decoder) split(name span) (prefix, local span) {
	at := bytes.IndexByte(d.buf[name.start:name.end], ':')
	if at <= 0 || name.start+at+1 == name.end {
		return span{name.start, name.start}, name
	}
	return span{name.start, name.start + at}, span{name.start + at + 1, name.end}
}

// NextEntry goes on to the next entry of the map that is current, of which entry, key and
// value are the names. [Decoder.Key] returns its key, and its value is current. Entries
// without a value are passed over.
func (d *Decoder) NextEntry(entry, key, value string) bool {
	d.leaveEntry()
	for d.NextElement() {
		if string(d.Name()) != entry {
			d.Skip()
		} else if d.entry(key, value) {
			return true
		}
	}
	return false
}

// Entry takes the current element itself for an entry, as those of maps without an element
// of their own are. It returns true once: the next call, when the value was read, goes on
// to the entry's end.
func (d *Decoder) Entry(key, value string) bool {
	if d.leaveEntry() || len(d.open) == 0 {
		return false
	}
	return d.entry(key, value)
}

// leaveEntry reads what is left of the entry that is innermost, if one is.
func (d *Decoder) leaveEntry() bool {
	if n := len(d.open); n == 0 || !d.open[n-1].entry {
		return false
	}
	for d.NextElement() {
		d.Skip()
	}
	return true
}

// entry goes into an entry. When its value comes before its key, the value is read over
// first and returned to.
func (d *Decoder) entry(key, value string) bool {
	d.open[len(d.open)-1].entry = true
	d.key = ""
	found, before := false, d.place()
	for d.NextElement() {
		switch name := d.Name(); {
		case string(name) == key:
			d.key = d.Text()
			if found {
				return d.back(before, value)
			}
			return d.toValue(value)
		case string(name) == value:
			found = true
			d.Skip()
		default:
			d.Skip()
		}
	}
	// There is no key. The entry has ended, and is begun once more if it has a value.
	if !found || d.err != nil {
		return false
	}
	d.open = append(d.open, before.innermost)
	return d.back(before, value)
}

// place is where an element is gone into.
type place struct {
	pos       int
	closed    bool
	innermost element
}

func (d *Decoder) place() place {
	return place{d.pos, d.closed, d.open[len(d.open)-1]}
}

// maxAgain is how many times the length of the input may be gone back over. It is once for
// each level of maps in maps that have all their keys behind their values.
const maxAgain = 16

// back returns to where an entry was gone into, and goes on to its value.
func (d *Decoder) back(to place, value string) bool {
	if d.again += d.pos - to.pos; d.again/maxAgain > len(d.buf) {
		d.malformed(to.pos, errAgain)
	}
	if d.err != nil {
		return false
	}
	d.pos, d.closed = to.pos, to.closed
	return d.toValue(value)
}

// toValue goes on to an entry's value.
func (d *Decoder) toValue(name string) bool {
	for d.NextElement() {
		if string(d.Name()) == name {
			return true
		}
		d.Skip()
	}
	return false
}

// Key is the key of the current entry.
func (d *Decoder) Key() string { return d.key }

// Skip reads over the current element or attribute.
func (d *Decoder) Skip() {
	if d.inAttribute {
		d.inAttribute = false
		return
	}
	for depth := len(d.open); depth > 0 && len(d.open) >= depth && d.err == nil; {
		d.next()
	}
}
