package xmlcodec

import "example.com/lathe/runtime/scalar"

// left is how many bytes of input are still to be read.
func (d *Decoder) left() int { return len(d.buf) - d.pos }

// Grow returns list with room for another element, in memory of its own.
func Grow[E any](d *Decoder, list []E) []E { return scalar.Grow(list, d.pos, d.left()) }

// GrowMap returns m, which may be nil, with room for a new key.
func GrowMap[K ~string, V any](d *Decoder, m map[K]V, key K) map[K]V {
	return scalar.GrowMap(m, key, d.pos, d.left())
}
