// Package jsoncodec reads and writes the JSON of one message. Generated code
// walks a message with it in straight lines, a few a member:
//
//	if !d.Object() {
//		return nil
//	}
//	for d.NextMember() {
//		switch string(d.Name()) {
//		case "added":
//			out.Added = d.Int32()
//		default:
//			d.Skip()
//		}
//	}
//
// Errors stick: after the first, every method returns zero values and every loop
// ends; [Decoder.Err] returns it. JSON null is an absent value. The rules
// are those of AWS restJson1
// (https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html).
//
// It has a scanner of its own, which goes over the body once: the code of an operation
// knows what comes next, so that there are neither tokens nor maps in between. The answer of
// GetDataSourceRun with all members takes 0.9 µs and one allocation, against 1.6 µs with jx
// and 2.0 µs with jsontext, with 11 allocations each.
//
// Of an answer, short texts share slabs of bytes, and values behind pointers slabs of their
// kind, so that an answer costs few allocations. A slab belongs to one answer: what
// outlives its siblings keeps at most 33 KB of theirs alive, and long texts have memory of
// their own. Nothing shares memory with the body, whose buffer is used again.
package jsoncodec

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"example.com/lathe/runtime/scalar"
)

// Decoder reads one JSON value. What it returns is the caller's own and never
// shares memory with the input. Nesting is limited to 10,000 levels, names may
// come twice, and invalid UTF-8 is replaced by U+FFFD.
//
// It checks the grammar in one pass and keeps no more of where it is than its offset and
// the depth: the caller's own calls are the path. An error finds the path by going through
// the input once more, see [Decoder.path].
type Decoder struct {
	buf   []byte // the input
	pos   int    // of the next byte to read; the end of the input after an error
	depth int    // how many objects and arrays are open
	first bool   // nothing has been read yet of the innermost one
	maps  uint64 // which of those that are open, by depth, had a key read

	// Where the current member's name stands in buf. A name that is not verbatim there
	// is decodedName, and nameEnd 0. Offsets are cheaper to store than a slice, which takes
	// a write barrier while the garbage collector runs.
	nameStart, nameEnd int
	decodedName        []byte

	err   error
	slabs scalar.Slabs
}

// maxDepth is how many objects and arrays may be open.
const maxDepth = 10_000

// NewDecoder returns a decoder of body, whose bytes must not change while it is in
// use.
func NewDecoder(body []byte) *Decoder { return &Decoder{buf: body} }

// Err returns the first error, or nil.
func (d *Decoder) Err() error { return d.err }

// IsEmpty reports whether there is no value at all, only white space: a body that
// was left out.
func (d *Decoder) IsEmpty() bool { return spaceEnd(d.buf, 0) == len(d.buf) }

// left is how many bytes of input are still to be read.
func (d *Decoder) left() int { return len(d.buf) - d.pos }

// peek goes on to the next byte that is no white space and returns it. It returns
// 0, which begins nothing, at the end of the input and after an error.
func (d *Decoder) peek() (c byte) {
	if d.pos < len(d.buf) {
		c = d.buf[d.pos]
	}
	if c <= ' ' {
		return d.peekPastSpace()
	}
	return
}

// peekPastSpace is peek where there is white space, and where inlining does not pay.
func (d *Decoder) peekPastSpace() byte {
	d.pos = spaceEnd(d.buf, d.pos)
	if d.pos == len(d.buf) {
		return 0
	}
	return d.buf[d.pos]
}

// Object begins an object. It returns false when the value is null or there is
// an error; the caller then has nothing to read.
func (d *Decoder) Object() bool { return d.open('{', "an object") }

// Array begins an array, as [Decoder.Object] does an object.
func (d *Decoder) Array() bool { return d.open('[', "an array") }

func (d *Decoder) open(bracket byte, want string) bool {
	switch {
	case d.peek() != bracket:
		d.unexpected(want)
		return false
	case d.depth == maxDepth:
		d.tooDeep()
		return false
	}
	d.pos++
	d.depth++
	d.first = true
	d.maps &^= 1 << d.depth
	return true
}

// end reads the end of an object or array. It returns false, as its callers do.
func (d *Decoder) end() bool {
	d.pos++
	d.depth--
	d.first = false
	return false
}

// NextMember goes on to the object's next member, whose value must then be read
// or skipped. It returns false after the last, and after an error.
func (d *Decoder) NextMember() bool {
	start := d.pos
	if !d.first {
		if d.left() == 0 || d.buf[start] != ',' {
			return d.nextMemberSlow()
		}
		start++
	}
	if start >= len(d.buf) || d.buf[start] != '"' {
		return d.nextMemberSlow()
	}
	start++
	for rest := d.buf[start:]; len(rest) >= 8; rest = rest[8:] {
		m := specialInName(binary.LittleEndian.Uint64(rest))
		if m == 0 {
			continue
		}
		i := bits.TrailingZeros64(m) / 8
		if i+1 >= len(rest) || rest[i] != '"' || rest[i+1] != ':' {
			break
		}
		end := len(d.buf) - len(rest) + i
		d.first = false
		d.nameStart, d.nameEnd = start, end
		d.pos = end + len(`":`)
		return true
	}
	return d.nextMemberSlow()
}

// nextMemberSlow is NextMember for everything but a name of plain bytes that stands right
// behind a comma or bracket and right before a colon.
func (d *Decoder) nextMemberSlow() bool {
	c := d.peekPastSpace()
	switch {
	case c == '}':
		return d.end()
	case d.first:
		d.first = false
	case c == ',':
		d.pos++
		c = d.peekPastSpace()
	default:
		d.invalid(d.pos, "after a member (expecting ',' or '}')")
		return false
	}
	if c != '"' {
		d.noName()
		return false
	}
	d.decodedName, d.nameEnd = d.literal().value(), 0
	if d.peekPastSpace() != ':' {
		d.invalid(d.pos, "after a member's name (expecting ':')")
		return false
	}
	d.pos++
	return true
}

// NextElement goes on to the array's next element, as [Decoder.NextMember] does
// to an object's next member.
func (d *Decoder) NextElement() bool {
	switch c := d.peek(); {
	case c == ']':
		return d.end()
	case d.first && c != 0:
		d.first = false
	case c == ',':
		d.pos++
	default:
		d.invalid(d.pos, "after an element (expecting ',' or ']')")
		return false
	}
	return true
}

// Name is the current member's name. It is valid until the next member: switch on
// it or copy it.
func (d *Decoder) Name() []byte {
	if d.nameEnd == 0 {
		return d.decodedName
	}
	return d.buf[d.nameStart:d.nameEnd]
}

// Key is the current member's name as a string that may be kept. That it was asked for
// makes the object a map, whose keys no error shows.
func (d *Decoder) Key() string {
	d.maps |= 1 << d.depth
	return d.keep(d.Name())
}

// Null reads a null if the next value is one, and reports whether it was.
func (d *Decoder) Null() bool { return d.peek() == 'n' && d.word("null") }

// Variant reports whether the current member, which is one of a union's, is set: a
// null is not. A union has one member; *set keeps that there was one, and another is
// an error.
func (d *Decoder) Variant(set *bool) bool {
	switch {
	case d.Null():
		return false
	case *set:
		d.failWith("a union has one member, and this is another")
		return false
	default:
		*set = true
		return true
	}
}

// word reads true, false or null, of which the first byte is known.
func (d *Decoder) word(word string) bool {
	end := d.pos + len(word)
	if end > len(d.buf) || string(d.buf[d.pos:end]) != word {
		d.badWord(word)
		return false
	}
	d.pos = end
	return true
}

// Skip reads over a value of any kind.
func (d *Decoder) Skip() {
	switch c := d.peek(); c {
	case '"':
		d.literal()
	case '{':
		for more := d.Object(); more && d.NextMember(); {
			d.Skip()
		}
	case '[':
		for more := d.Array(); more && d.NextElement(); {
			d.Skip()
		}
	case 't':
		d.word("true")
	case 'f':
		d.word("false")
	case 'n':
		d.word("null")
	default:
		d.number()
	}
}

// Raw reads a value of any kind and returns a copy of its text; nil for null and
// after an error.
func (d *Decoder) Raw() []byte {
	if d.Null() {
		return nil
	}
	d.peekPastSpace()
	start := d.pos
	d.Skip()
	if d.err != nil {
		return nil
	}
	return bytes.Clone(d.buf[start:d.pos])
}

// Valid reports whether text is one JSON value, and nothing else but white space.
func Valid(text []byte) bool {
	d := NewDecoder(text)
	d.Skip()
	return d.err == nil && spaceEnd(text, d.pos) == len(text)
}
