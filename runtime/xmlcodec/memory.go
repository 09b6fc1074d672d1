package xmlcodec

import (
	"maps"
	"strings"
	"time"
)

// memory is where results live: values of one kind share slabs, which the collector frees
// when the last of them goes. What is long lives by itself, so that a value keeps 33 KB of
// its siblings alive at most.
type memory struct {
	texts   strings.Builder // whose memory strings share
	strings []string
	times   []time.Time
	int32s  []int32
	int64s  []int64
	floats  []float64
	bools   []bool
}

const (
	// slabBytes is how long a slab of texts is; less when the rest of the input is
	// shorter. A longer text is not shared at all.
	slabBytes = 2 << 10
	// maxShared is the longest text that lies in a slab.
	maxShared = slabBytes / 8
	// How many values a slab of another kind has.
	slabStrings = 16
	slabTimes   = 4
	slabNumbers = 8
	// firstElements is how many elements a list has room for at first.
	firstElements = 4
	// longList is how many elements a list has that is not doubled on suspicion.
	longList = 64
)

// left is how many bytes of input are still to be read.
func (d *Decoder) left() int { return len(d.buf) - d.pos }

// keep copies b and returns the copy as a string.
func (d *Decoder) keep(b []byte) string {
	if len(b) > maxShared {
		return string(b)
	}
	if d.texts.Cap()-d.texts.Len() < len(b) {
		d.texts = strings.Builder{}
		d.texts.Grow(max(min(slabBytes, d.left()), len(b)))
	}
	from := d.texts.Len()
	d.texts.Write(b)
	return d.texts.String()[from:]
}

// newString stores v and returns its address.
func (d *Decoder) newString(v string) *string {
	if len(v) > slabBytes {
		own := v
		return &own
	}
	return put(&d.strings, slabStrings, v)
}

// put stores v in a slab, which is a new one of a size when it is full, and returns its
// address.
func put[T any](slab *[]T, size int, v T) *T {
	n := len(*slab)
	if n == cap(*slab) {
		*slab = make([]T, 0, size)
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

// GrowMap returns m, which may be nil, with room for a new key. At first a map grows to
// what the input seems to hold, since each growth places all entries again.
func GrowMap[K ~string, V any](d *Decoder, m map[K]V, key K) map[K]V {
	if m == nil {
		return map[K]V{}
	}
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

// expect estimates how many elements follow the first n of a list or map: as many as there
// is input for if all that was read were these. That is wrong where they began late or do
// not end the input, so that a list grows at least twofold while it is short, and at most
// fourfold.
func (d *Decoder) expect(n int) int {
	least, most := n, 3*n
	switch {
	case n == 0:
		least, most = firstElements, firstElements
	case n >= longList:
		least = n / 16
	}
	alike := 1 + int(float64(n)*float64(d.left())/float64(max(1, d.pos)))
	return max(1, min(max(least, alike), most, d.left()/2+1))
}
