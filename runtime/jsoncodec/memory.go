package jsoncodec

import (
	"maps"
	"time"
)

// memory is where results live: values of one kind share slabs, which the collector
// frees when the last of them goes. A text keeps at most a slab of bytes alive, and a
// pointer the values beside it with theirs: 33 KB in all, however long the siblings
// are, because what is long lives by itself.
type memory struct {
	bytes   []byte // of strings
	strings []string
	times   []time.Time
	int32s  []int32
	int64s  []int64
	floats  []float64
	bools   []bool
}

const (
	// slabBytes is how long a slab of bytes is; less when the rest of the input is
	// shorter. A longer text is not shared at all.
	slabBytes = 2 << 10
	// maxShared is the longest text that lies in a slab, in bytes: one that has no room
	// for it is nearly full.
	maxShared = slabBytes / 8
	// How many values a slab of another kind has.
	slabStrings = 16
	slabTimes   = 4
	slabNumbers = 8
	// typicalMember is how many bytes a member takes with its name, as a rule.
	typicalMember = 16
	// firstElements is how many elements a list has room for at first.
	firstElements = 4
	// longList is how many elements a list has that is not doubled on suspicion.
	longList = 64
)

// keep copies b and returns the copy as a string.
func (d *Decoder) keep(b []byte) string {
	if len(b) > maxShared {
		return string(b)
	}
	n := len(d.bytes)
	if n+len(b) > cap(d.bytes) {
		d.bytes = make([]byte, 0, max(min(slabBytes, d.left()), len(b)))
		n = 0
	}
	d.bytes = d.bytes[:n+len(b)] // which stores no pointer, as append does
	copy(d.bytes[n:], b)
	return asString(d.bytes[n:])
}

// keepLiteral returns the value of a literal.
func (d *Decoder) keepLiteral(l literal) string {
	if l.verbatim {
		return d.keep(l.text)
	}
	var room [maxShared]byte
	value := room[:0]
	if len(l.text) > len(room) {
		value = make([]byte, 0, len(l.text))
	}
	return d.keep(l.appendValue(value))
}

// newString stores v and returns its address.
func (d *Decoder) newString(v string) *string {
	if len(v) > slabBytes {
		own := v
		return &own
	}
	return put(d, &d.strings, slabStrings, v)
}

// put stores v in a slab and returns its address. When that is full it takes a new one, for
// as many values as the rest of the input seems to hold, at most size of them.
func put[T any](d *Decoder, slab *[]T, size int, v T) *T {
	n := len(*slab)
	if n == cap(*slab) {
		*slab = make([]T, 0, min(size, 1+d.left()/typicalMember))
		n = 0
	}
	*slab = (*slab)[:n+1]
	p := &(*slab)[n]
	*p = v
	return p
}

// Grow returns list with room for another element, in memory of its own.
func Grow[E any](d *Decoder, list []E) []E {
	if len(list) < cap(list) {
		return list
	}
	grown := make([]E, len(list), len(list)+d.expect(len(list)))
	copy(grown, list)
	return grown
}

// firstEntries is how many entries a map holds before it grows for the first time.
const firstEntries = 8

// GrowMap returns m with room for a new key. At first a map grows to what the input seems
// to hold, since each growth places all entries again.
func GrowMap[K ~string, V any](d *Decoder, m map[K]V, key K) map[K]V {
	if len(m) != firstEntries {
		return m
	}
	if _, ok := m[key]; ok {
		return m
	}
	grown := make(map[K]V, len(m)+d.expect(len(m)))
	maps.Copy(grown, m)
	return grown
}

// expect estimates how many elements follow the first n of a list or map: as many as
// there is input for if all that was read were these. That is wrong where they began late
// or do not end the input, so that a list grows at least twofold while it is short, and
// at most fourfold.
func (d *Decoder) expect(n int) int {
	least, most := n, 3*n
	switch {
	case n == 0:
		least, most = firstElements, firstElements
	case n >= longList:
		least = n / 16
	}
	alike := 1 + int(float64(n)*float64(d.left())/float64(d.pos))
	return max(1, min(max(least, alike), most, d.left()/2+1))
}
