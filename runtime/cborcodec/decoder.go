// Package cborcodec reads and writes the CBOR (RFC 8949) of one message. Generated code
// walks a message with it in straight lines, as with the codec for JSON:
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
// Errors stick: after the first, every method returns zero values and every loop ends;
// [Decoder.Err] returns it. Null and undefined are absent values. The rules are those of
// Smithy RPC v2 CBOR (https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html).
//
// No length in the input is believed: memory is taken for what is there.
package cborcodec

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
)

// Decoder reads one value. What it returns is the caller's own and never shares memory
// with the input. Nesting is limited to 10,000 levels, names may come twice, unknown tags
// are skipped, and invalid UTF-8 is replaced by U+FFFD.
type Decoder struct {
	buf  []byte // the input
	pos  int    // of the next byte to read; the end of the input after an error
	open []level
	err  error
}

// level is an object or array that is open.
type level struct {
	left    int    // how many members or elements are still to be read; until a break if negative
	name    []byte // of the current member; nil in an array
	index   int    // of the current element
	isArray bool
	isMap   bool // a key was asked for, which no error shows
}

// maxDepth is how many objects and arrays may be open.
const maxDepth = 10_000

// NewDecoder returns a decoder of body, whose bytes must not change while it is in use.
func NewDecoder(body []byte) *Decoder { return &Decoder{buf: body} }

// Err returns the first error, or nil.
func (d *Decoder) Err() error { return d.err }

// IsEmpty reports whether there is no value at all: a body that was left out.
func (d *Decoder) IsEmpty() bool { return len(d.buf) == 0 }

// left is how many bytes of input are still to be read.
func (d *Decoder) left() int { return len(d.buf) - d.pos }

// peek returns the head of the next item, behind its tags, of which it has the innermost.
func (d *Decoder) peek() head {
	if d.err != nil {
		return head{}
	}
	tag := uint64(noTag)
	for at := d.pos; ; {
		h, err := headAt(d.buf, at)
		switch {
		case err != nil:
			d.malformed(err)
			return head{}
		case h.major() != majorTag:
			h.tag = tag
			return h
		}
		at, tag = h.end, h.arg
	}
}

// Object begins an object. It returns false when the value is null or there is an error;
// the caller then has nothing to read.
func (d *Decoder) Object() bool { return d.begin(majorMap, "an object") }

// Array begins an array, as [Decoder.Object] does an object.
func (d *Decoder) Array() bool { return d.begin(majorArray, "an array") }

func (d *Decoder) begin(major byte, want string) bool {
	h := d.peek()
	if h.end == 0 || h.major() != major {
		d.unexpected(want)
		return false
	}
	least := 1 // how many bytes a member or an element has at least
	if major == majorMap {
		least = 2
	}
	switch {
	case len(d.open) == maxDepth:
		d.malformed(fmt.Errorf("nested more than %d deep", maxDepth))
		return false
	case !h.isIndefinite() && h.arg > uint64(d.left()/least):
		d.malformed(fmt.Errorf("%s is longer than the input", want))
		return false
	}
	d.pos = h.end
	l := level{left: int(h.arg), isArray: major == majorArray, index: -1}
	if h.isIndefinite() {
		l.left = -1
	}
	d.open = append(d.open, l)
	return true
}

// next reports whether the innermost object or array goes on, and ends it otherwise.
func (d *Decoder) next() bool {
	if d.err != nil {
		return false
	}
	l := &d.open[len(d.open)-1]
	switch {
	case l.left > 0:
		l.left--
		return true
	case l.left < 0 && d.left() == 0:
		d.malformed(io.ErrUnexpectedEOF)
		return false
	case l.left < 0 && d.buf[d.pos] != breakByte:
		return true
	case l.left < 0:
		d.pos++
	}
	d.open = d.open[:len(d.open)-1]
	return false
}

// NextMember goes on to the object's next member, whose value must then be read or
// skipped. It returns false after the last, and after an error.
func (d *Decoder) NextMember() bool {
	if !d.next() {
		return false
	}
	h := d.peek()
	if h.end > 0 && h.major() != majorText {
		d.malformed(errors.New("the name of a member is no text"))
	}
	name := d.chunks(h)
	if d.err != nil {
		return false
	}
	d.open[len(d.open)-1].name = name
	return true
}

// NextElement goes on to the array's next element, as [Decoder.NextMember] does to an
// object's next member.
func (d *Decoder) NextElement() bool {
	if !d.next() {
		return false
	}
	d.open[len(d.open)-1].index++
	return true
}

// Name is the current member's name. It is valid until the next member: switch on it or
// copy it.
func (d *Decoder) Name() []byte {
	if d.err != nil {
		return nil
	}
	return d.open[len(d.open)-1].name
}

// Key is the current member's name as a string that may be kept. That it was asked for
// makes the object a map, whose keys no error shows.
func (d *Decoder) Key() string {
	if d.err != nil {
		return ""
	}
	l := &d.open[len(d.open)-1]
	l.isMap = true
	return validText(l.name)
}

// Null reads a null or an undefined value if it is the next one, and reports whether it
// was.
func (d *Decoder) Null() bool {
	h := d.peek()
	if h.first != simpleNull && h.first != simpleUndefined {
		return false
	}
	d.pos = h.end
	return true
}

// Variant reports whether the current member, which is one of a union's, is set: a null
// is not. A union has one member; *set keeps that there was one, and another is an error.
func (d *Decoder) Variant(set *bool) bool {
	switch {
	case d.Null() || d.err != nil:
		return false
	case *set:
		d.Fail(errors.New("a union has one member, and this is another"))
		return false
	default:
		*set = true
		return true
	}
}

// Skip reads over a value of any kind.
func (d *Decoder) Skip() {
	h := d.peek()
	switch {
	case h.end == 0:
	case h.major() == majorMap:
		for more := d.Object(); more && d.NextMember(); {
			d.Skip()
		}
	case h.major() == majorArray:
		for more := d.Array(); more && d.NextElement(); {
			d.Skip()
		}
	case h.major() == majorBytes || h.major() == majorText:
		d.chunks(h)
	case h.first == breakByte:
		d.malformed(errors.New("a break instead of a value"))
	default:
		d.pos = h.end
	}
}

// Raw reads a value of any kind and returns a copy of its bytes; nil for null and after
// an error.
func (d *Decoder) Raw() []byte {
	start := d.pos
	if d.Null() {
		return nil
	}
	d.Skip()
	if d.err != nil {
		return nil
	}
	return bytes.Clone(d.buf[start:d.pos])
}

// chunks reads bytes or text, of which h is the head. What came in one piece shares
// memory with the input.
func (d *Decoder) chunks(h head) []byte {
	if d.err != nil {
		return nil
	}
	if !h.isIndefinite() {
		return d.chunk(h)
	}
	d.pos = h.end
	all := []byte{}
	for d.left() > 0 && d.buf[d.pos] != breakByte {
		next, err := headAt(d.buf, d.pos)
		if err == nil && (next.major() != h.major() || next.isIndefinite()) {
			err = errors.New("a piece of another kind")
		}
		if err != nil {
			d.malformed(err)
			return nil
		}
		all = append(all, d.chunk(next)...)
	}
	if d.left() == 0 {
		d.malformed(io.ErrUnexpectedEOF)
		return nil
	}
	d.pos++
	return all
}

func (d *Decoder) chunk(h head) []byte {
	start := h.end
	if h.arg > uint64(len(d.buf)-start) {
		d.malformed(io.ErrUnexpectedEOF)
		return nil
	}
	d.pos = start + int(h.arg)
	return d.buf[start:d.pos:d.pos]
}

// Valid reports whether b is one value, and nothing else.
func Valid(b []byte) bool {
	d := NewDecoder(b)
	d.Skip()
	return d.err == nil && d.pos == len(b)
}

// firstElements is how many elements a list has room for at first.
const firstElements = 4

// Grow returns list with room for another element. A list takes no more room at once
// than the input may have elements for.
func Grow[E any](d *Decoder, list []E) []E {
	if len(list) < cap(list) {
		return list
	}
	more := max(firstElements, len(list))
	if len(d.open) > 0 {
		if left := d.open[len(d.open)-1].left; left >= 0 {
			more = min(left+1, math.MaxInt16, max(firstElements, 4*len(list)+firstElements))
		}
	}
	grown := make([]E, len(list), len(list)+more)
	copy(grown, list)
	return grown
}

// firstEntries is how many entries a map holds before it grows for the first time.
const firstEntries = 8

// GrowMap returns m with room for a new key. A map whose length the input says grows
// once to it, or to what the rest of the input has room for.
func GrowMap[K ~string, V any](d *Decoder, m map[K]V, key K) map[K]V {
	if len(m) != firstEntries || len(d.open) == 0 || d.open[len(d.open)-1].left <= 0 {
		return m
	}
	if _, ok := m[key]; ok {
		return m
	}
	grown := make(map[K]V, min(len(m)+1+d.open[len(d.open)-1].left, math.MaxInt16))
	maps.Copy(grown, m)
	return grown
}
