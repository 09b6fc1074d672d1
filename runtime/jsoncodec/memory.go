package jsoncodec

import "example.com/lathe/runtime/scalar"

// keep copies b and returns the copy as a string.
func (d *Decoder) keep(b []byte) string { return d.slabs.Text(b, d.left()) }

// keepLiteral returns the value of a literal.
func (d *Decoder) keepLiteral(l literal) string {
	if l.verbatim {
		return d.keep(l.text)
	}
	var room [scalar.MaxShared]byte
	value := room[:0]
	if len(l.text) > len(room) {
		value = make([]byte, 0, len(l.text))
	}
	return d.keep(l.appendValue(value))
}

// Grow returns list with room for another element, in memory of its own.
func Grow[E any](d *Decoder, list []E) []E { return scalar.Grow(list, d.pos, d.left()) }

// GrowMap returns m with room for a new key.
func GrowMap[K ~string, V any](d *Decoder, m map[K]V, key K) map[K]V {
	return scalar.GrowMap(m, key, d.pos, d.left())
}
