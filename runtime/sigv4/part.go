package sigv4

import (
	"bytes"
	"cmp"
	"slices"
)

// part is a header or a parameter in the text of a scratch: its name, the byte
// that parts them, and its value.
type part struct{ start, middle, end int }

func (p *part) name(text []byte) []byte { return text[p.start:p.middle] }
func (p *part) all(text []byte) []byte  { return text[p.start:p.end] }

// sortParts orders parts by their names, then by their values.
func sortParts(parts []part, text []byte) {
	slices.SortFunc(parts, func(p, q part) int {
		return cmp.Or(bytes.Compare(p.name(text), q.name(text)), bytes.Compare(p.all(text), q.all(text)))
	})
}
