package jsoncodec

import (
	"slices"
	"time"
	"unsafe"
)

// memory is where results live: many small values share one allocation, which
// the garbage collector frees when the last of them goes. The chunks are small,
// so that a value that outlives its siblings keeps little alive, and hold no more
// than the rest of the input can fill.
type memory struct {
	bytes   []byte // of strings, and of all values that hold no pointers
	strings []string
	times   []time.Time
}

const (
	// minBytes and maxBytes bound a chunk of bytes. In between it is as long as the
	// text usually is that an answer consists of.
	minBytes = 32
	maxBytes = 4 << 10
	// maxShared is the longest text that shares a chunk, in bytes. A chunk that has
	// no room for it is nearly full.
	maxShared = maxBytes / 16
	// minStrings, minTimes and maxChunk bound chunks of other values, in values.
	minStrings = 8
	minTimes   = 4
	maxChunk   = 64
	// usualString is about how many bytes of an answer there are for each string, and
	// memberSize about how many the shortest member of an object has.
	usualString = 64
	memberSize  = 16
	// firstList is how much room a list begins with, in bytes, and firstTexts the
	// least that one of strings begins with, in elements.
	firstList  = 64
	firstTexts = 4
	// longList is how many elements a list has that is not doubled on suspicion.
	longList = 64
)

// keep copies b and returns the copy as a string.
func (d *Decoder) keep(b []byte) string {
	switch {
	case len(b) == 0:
		return ""
	case len(b) > maxShared:
		return string(b)
	}
	n := d.room(len(b))
	d.bytes = d.bytes[:n+len(b)]
	v := d.bytes[n:]
	copy(v, b)
	return asString(v)
}

// keepLiteral returns the value of a literal.
func (d *Decoder) keepLiteral(l literal) string {
	if l.verbatim {
		return d.keep(l.text)
	}
	most := len(l.text)
	if most > maxShared {
		return asString(trim(l.value()))
	}
	n := d.room(most)
	v := l.appendValue(d.bytes[n : n : n+most])
	if len(v) <= most { // it has not grown out of the room
		d.bytes = d.bytes[:n+len(v)]
	}
	return asString(v)
}

// trim returns v without the room behind it when there is much.
func trim(v []byte) []byte {
	if cap(v)-len(v) > len(v)/16 {
		return slices.Clone(v)
	}
	return v
}

// room sees that d.bytes has room for n more bytes and returns its length.
func (d *Decoder) room(n int) int {
	if len(d.bytes)+n > cap(d.bytes) {
		d.moreBytes(n)
	}
	return len(d.bytes)
}

// moreBytes begins a new chunk with room for n bytes.
//
//go:noinline // so that room is
func (d *Decoder) moreBytes(n int) {
	d.bytes = make([]byte, 0, max(n, min(max(d.left()*3/8, minBytes), maxBytes)))
}

// scalar returns memory for a value that holds no pointers. Its size is a power of
// two and at most eight bytes, to which every chunk is aligned.
func (d *Decoder) scalar(size int) unsafe.Pointer {
	n := (len(d.bytes) + size - 1) &^ (size - 1)
	if n+size > cap(d.bytes) {
		d.moreBytes(size)
		n = 0
	}
	d.bytes = d.bytes[:n+size]
	return unsafe.Pointer(&d.bytes[n])
}

// newString stores v and returns its address.
func (d *Decoder) newString(v string) *string {
	n := len(d.strings)
	if n == cap(d.strings) {
		d.moreStrings(1)
		n = 0
	}
	d.strings = d.strings[:n+1]
	p := &d.strings[n]
	*p = v
	return p
}

// moreStrings begins a new chunk with room for n strings: as many as there have been
// for as much input, or as an answer usually has.
//
//go:noinline // so that it is there once
func (d *Decoder) moreStrings(n int) {
	usual := max(minStrings, d.left()/usualString)
	alike := cap(d.strings) * d.left() / (d.pos + 1)
	d.strings = make([]string, 0, max(n, d.chunk(max(usual, alike))))
}

// newTime stores v and returns its address.
func (d *Decoder) newTime(v time.Time) *time.Time {
	n := len(d.times)
	if n == cap(d.times) {
		d.moreTimes()
		n = 0
	}
	d.times = d.times[:n+1]
	p := &d.times[n]
	*p = v
	return p
}

// Shared returns the memory that structures of one object share. It is new for the
// first of them, and when a part is used already, because its name comes twice.
func Shared[T any](memory **T, used bool) *T {
	if *memory == nil || used {
		*memory = new(T)
	}
	return *memory
}

// moreTimes begins a new chunk.
//
//go:noinline // so that it is there once
func (d *Decoder) moreTimes() {
	d.times = make([]time.Time, 0, d.chunk(max(2*cap(d.times), minTimes)))
}

// chunk bounds the length of a chunk.
func (d *Decoder) chunk(n int) int { return min(n, maxChunk, d.left()/memberSize+1) }

// Texts reads an array of strings or enums; nil for null and after an error. Its
// memory is the end of a chunk unless that is too short.
func Texts[E ~string](d *Decoder) []E {
	list := d.texts()
	return *(*[]E)(unsafe.Pointer(&list))
}

func (d *Decoder) texts() []string {
	switch {
	case !d.Array():
		return nil
	case !d.NextElement():
		return []string{}
	case cap(d.strings)-len(d.strings) < firstTexts:
		d.moreStrings(firstTexts)
	}
	shared := d.strings[len(d.strings):]
	list := shared
	for more := true; more; more = d.NextElement() {
		list = append(Grow(d, list), d.Text())
	}
	if len(list) <= cap(shared) {
		d.strings = d.strings[:len(d.strings)+len(list)]
		list = slices.Clip(list)
	}
	return list
}

// Grow returns list with room for another element. A list that is most of the
// input is moved a few times only, and ends with little room to spare.
func Grow[E any](d *Decoder, list []E) []E {
	if len(list) < cap(list) {
		return list
	}
	grown := make([]E, len(list), d.longer(len(list), int(unsafe.Sizeof(*new(E)))))
	copy(grown, list)
	return grown
}

// longer returns how much room a list of n elements of a size in bytes gets when it
// is full.
func (d *Decoder) longer(n, size int) int {
	if n == 0 {
		return max(1, min(d.left()/2+1, firstList/max(1, size)))
	}
	return n + d.expect(n)
}

// expect estimates how many elements a list has behind its first n. The input that
// was read is taken for these elements, and the rest of it for others of their
// length. Both may be wrong: the list may have begun late, so that a short one
// grows twofold at least, and other things may follow, so that none grows more than
// fourfold. The least that an element takes is two bytes, with its comma.
func (d *Decoder) expect(n int) int {
	least := n
	if n >= longList {
		least = n / 16
	}
	alike := 1.02 * float64(n) * float64(d.left()) / float64(d.pos)
	return min(max(least, 1+int(min(alike, float64(3*n)))), 3*n, d.left()/2+1)
}
