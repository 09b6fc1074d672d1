package scalar

import (
	"maps"
	"time"
)

// Slabs are where the values of an answer live: those of one kind share slabs, which
// the collector frees when the last of them goes. A text keeps at most a slab of bytes alive,
// and a pointer the values beside it with theirs: 33 KB in all, however long the siblings
// are, because what is long lives by itself. The zero value is ready to use.
//
// Whoever reads an answer says how many bytes of it are left, so that a short one takes no
// more memory than it has values for.
type Slabs struct {
	bytes   []byte // of texts
	strings []string
	times   []time.Time
	int32s  []int32
	int64s  []int64
	floats  []float64
	bools   []bool
}

const (
	// MaxShared is the longest text that lies in a slab, in bytes: one that has no room
	// for it is nearly full.
	MaxShared = slabBytes / 8

	// slabBytes is how long a slab of bytes is; less when half of the rest of the input is
	// shorter, since the other half is names and punctuation, as a rule. A longer text is not
	// shared at all. A short input may be one text, of shortInput bytes.
	slabBytes  = 2 << 10
	shortInput = 32
	// How many values a slab of another kind has.
	slabStrings = 16
	slabTimes   = 4
	slabNumbers = 8
	// typicalMember is how many bytes a member takes with its name, as a rule.
	typicalMember = 16
	// longList is how many elements a list has that is not doubled on suspicion.
	longList = 64
)

// Text copies b and returns the copy as a string. A strings.Builder in place of the slab
// takes more memory than was asked for, and reading an answer 4 % longer.
func (s *Slabs) Text(b []byte, left int) string {
	if len(b) > MaxShared {
		return string(b)
	}
	n := len(s.bytes)
	if n+len(b) > cap(s.bytes) {
		s.bytes = make([]byte, 0, max(min(slabBytes, left, shortInput+left/2), len(b)))
		n = 0
	}
	s.bytes = s.bytes[:n+len(b)] // which stores no pointer, as append does
	copy(s.bytes[n:], b)
	return AsString(s.bytes[n:]) // nobody writes there again
}

// String stores v and returns its address.
func (s *Slabs) String(v string, left int) *string {
	if len(v) > slabBytes {
		own := v
		return &own
	}
	return put(&s.strings, slabStrings, v, left)
}

// Time stores v and returns its address.
func (s *Slabs) Time(v time.Time, left int) *time.Time { return put(&s.times, slabTimes, v, left) }

// Int32 stores v and returns its address.
func (s *Slabs) Int32(v int32, left int) *int32 { return put(&s.int32s, slabNumbers, v, left) }

// Int64 stores v and returns its address.
func (s *Slabs) Int64(v int64, left int) *int64 { return put(&s.int64s, slabNumbers, v, left) }

// Float64 stores v and returns its address.
func (s *Slabs) Float64(v float64, left int) *float64 { return put(&s.floats, slabNumbers, v, left) }

// Bool stores v and returns its address.
func (s *Slabs) Bool(v bool, left int) *bool { return put(&s.bools, slabNumbers, v, left) }

// put stores v in a slab and returns its address. When that is full it takes a new one, for
// as many values as the rest of the input seems to hold, at most size of them.
func put[T any](slab *[]T, size int, v T, left int) *T {
	n := len(*slab)
	if n == cap(*slab) {
		*slab = make([]T, 0, min(size, 1+left/typicalMember))
		n = 0
	}
	*slab = (*slab)[:n+1]
	p := &(*slab)[n]
	*p = v
	return p
}

// Grow returns list with room for another element, in memory of its own. The input was read
// up to an offset, and has as many bytes left.
func Grow[E any](list []E, at, left int) []E {
	if len(list) < cap(list) {
		return list
	}
	grown := make([]E, len(list), len(list)+expect(len(list), at, left))
	copy(grown, list)
	return grown
}

// firstEntries is how many entries a map holds before it grows for the first time.
const firstEntries = 8

// GrowMap returns m, which may be nil, with room for a new key. At first a map grows to what
// the input seems to hold, since each growth places all entries again.
func GrowMap[K ~string, V any](m map[K]V, key K, at, left int) map[K]V {
	if m == nil {
		return map[K]V{}
	}
	if len(m) != firstEntries {
		return m
	}
	if _, ok := m[key]; ok {
		return m
	}
	grown := make(map[K]V, len(m)+expect(len(m), at, left))
	maps.Copy(grown, m)
	return grown
}

// expect estimates how many elements follow the first n of a list or map: as many as there
// is input for if all that was read were these. That is wrong where they began late or do
// not end the input, so that a list grows at least twofold while it is short, and at most
// fourfold. Many lists have one element, and take no more room than that; others get room
// for four then.
func expect(n, at, left int) int {
	least := max(n, 3)
	if n >= longList {
		least = n / 16
	}
	alike := 1 + int(float64(n)*float64(left)/float64(max(1, at)))
	return max(1, min(max(least, alike), 3*n, left/2+1))
}
