package jsoncodec

import (
	"slices"
	"time"
	"unsafe"
)

// memory is where results live: many small values share one allocation, which
// the garbage collector frees when the last of them goes. The chunks are small,
// so that a value that outlives its siblings keeps little alive, and hold no more
// than the rest of the input can fill, which left says in bytes.
type memory struct {
	text    []byte
	strings slab[string]
	bools   slab[bool]
	int32s  slab[int32]
	int64s  slab[int64]
	floats  slab[float64]
	times   slab[time.Time]
}

const (
	minText = 64
	maxText = 4 << 10
	// maxShared is the longest text that shares a chunk, in bytes. A chunk that has
	// no room for it is nearly full.
	maxShared = maxText / 16
	minChunk  = 8
	maxChunk  = 64
	// memberSize is about the shortest that a member of an object is on the wire, in
	// bytes.
	memberSize = 16
	// firstList is how much room a list begins with, in bytes.
	firstList = 64
	// longList is how many elements a list has that is not doubled on suspicion.
	longList = 64
)

// keep copies b and returns the copy as a string.
func (m *memory) keep(b []byte, left int) string {
	if len(b) == 0 {
		return ""
	}
	if len(b) > maxShared {
		return string(b)
	}
	return asString(m.use(append(m.room(len(b), left), b...)))
}

// keepLiteral returns the value of a literal.
func (m *memory) keepLiteral(l literal, left int) string {
	if l.verbatim {
		return m.keep(l.text, left)
	}
	if n := len(l.text); n <= maxShared {
		v := l.appendValue(m.room(n, left))
		if len(v) > n { // it has grown out of the room
			return asString(v)
		}
		return asString(m.use(v))
	}
	return asString(trim(l.value()))
}

// trim returns v without the room behind it when there is much.
func trim(v []byte) []byte {
	if cap(v)-len(v) > len(v)/16 {
		return slices.Clone(v)
	}
	return v
}

// room returns an empty slice with capacity for n bytes that nobody else has; what
// is written to it must be given to use.
func (m *memory) room(n, left int) []byte {
	if cap(m.text)-len(m.text) < n {
		m.text = make([]byte, 0, max(n, min(max(left/2, minText), maxText)))
	}
	used := len(m.text)
	return m.text[used : used : used+n]
}

// use keeps the bytes of the room that v fills.
func (m *memory) use(v []byte) []byte {
	m.text = m.text[:len(m.text)+len(v)]
	return v
}

// slab hands out pointers into shared arrays.
type slab[T any] struct {
	chunk []T
	used  int // how many elements of chunk have been handed out
	next  int // how long the next chunk is, before the input's end bounds it
}

// add stores v and returns its address.
func (s *slab[T]) add(v T, left int) *T {
	if s.used == len(s.chunk) {
		s.grow(1, left)
	}
	p := &s.chunk[s.used]
	s.used++
	*p = v
	return p
}

// list returns an empty list with capacity for n elements.
func (s *slab[T]) list(n, left int) []T {
	if len(s.chunk)-s.used < n {
		s.grow(n, left)
	}
	start := s.used
	s.used += n
	return s.chunk[start:start:s.used]
}

// grow makes a chunk of at least n elements.
//
//go:noinline // so that it is there once, and not in every method of Decoder
func (s *slab[T]) grow(n, left int) {
	s.next = min(max(2*s.next, minChunk, left/(4*memberSize)), maxChunk)
	s.chunk = make([]T, max(n, min(s.next, left/memberSize+1)))
	s.used = 0
}

// Grow returns list with room for another element. A list that is most of the
// input is moved a few times only, and ends with little room to spare.
func Grow[E any](d *Decoder, list []E) []E {
	n := len(list)
	if n < cap(list) {
		return list
	}
	more := d.expect(n)
	if n == 0 {
		more = max(1, min(more, firstList/max(1, int(unsafe.Sizeof(*new(E))))))
		if s, ok := any(&list).(*[]string); ok { // the most frequent ones, and short
			*s = d.strings.list(more, d.left())
			return list
		}
	}
	grown := make([]E, n, n+more)
	copy(grown, list)
	return grown
}

// expect estimates how many elements a list has behind its first n. The input that
// was read is taken for these elements, and the rest of it for others of their
// length. Both may be wrong: the list may have begun late, so that a short one
// grows twofold at least, and other things may follow, so that none grows more than
// fourfold. The least that an element takes is two bytes, with its comma.
func (d *Decoder) expect(n int) int {
	most := d.left()/2 + 1
	if n == 0 {
		return most
	}
	least := n
	if n >= longList {
		least = n / 16
	}
	alike := 1.02 * float64(n) * float64(d.left()) / float64(d.pos)
	return min(max(least, 1+int(min(alike, float64(3*n)))), 3*n, most)
}
