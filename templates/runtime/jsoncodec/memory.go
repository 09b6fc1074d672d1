package jsoncodec

import "time"

// memory is where results live: many small values share one allocation, which
// the garbage collector frees when the last of them goes. The chunks are small,
// so that a value that outlives its siblings keeps little alive.
type memory struct {
	expect  int // bytes of input, a bound on the text that it can yield
	text    []byte
	strings slab[string]
	bools   slab[bool]
	int32s  slab[int32]
	int64s  slab[int64]
	floats  slab[float64]
	times   slab[time.Time]
}

const (
	minText  = 64
	maxText  = 4 << 10
	maxChunk = 64
)

// keep copies b and returns the copy as a string.
func (m *memory) keep(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if dst := m.room(len(b)); dst != nil {
		dst = append(dst, b...)
		m.text = m.text[:len(m.text)+len(b)]
		return asString(dst)
	}
	return string(b)
}

// room returns an empty slice with capacity for n bytes that nobody else has, or
// nil when n is so large that it should have an allocation of its own. The bytes
// that are used of it must be added to the length of m.text.
func (m *memory) room(n int) []byte {
	if n > maxText/4 {
		return nil
	}
	if cap(m.text)-len(m.text) < n {
		size := max(n, min(max(m.expect/2, minText), maxText))
		m.expect -= size
		m.text = make([]byte, 0, size)
	}
	used := len(m.text)
	return m.text[used : used : used+n]
}

// slab hands out pointers into shared arrays.
type slab[T any] struct {
	free []T
	next int
}

// add stores v and returns its address.
func (s *slab[T]) add(v T) *T {
	if len(s.free) == 0 {
		s.next = min(max(2*s.next, 4), maxChunk)
		s.free = make([]T, s.next)
	}
	p := &s.free[0]
	s.free = s.free[1:]
	*p = v
	return p
}
