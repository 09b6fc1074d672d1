package sigv4

import (
	"bytes"
	"sort"
)

// part is a header or a parameter in the text of a scratch: its name, the byte
// that parts them, and its value.
type part struct{ start, middle, end int }

func (p *part) name(text []byte) []byte { return text[p.start:p.middle] }
func (p *part) all(text []byte) []byte  { return text[p.start:p.end] }

// sort orders parts of the text by their names, then by their values.
func (m *scratch) sort(parts []part, text []byte) {
	m.order = partOrder{parts, text}
	sort.Sort(&m.order)
	m.order = partOrder{}
}

// partOrder is the order of parts. Every program has package sort already;
// slices.SortFunc would be compiled once more, to 11 kB.
type partOrder struct {
	parts []part
	text  []byte
}

func (o *partOrder) Len() int      { return len(o.parts) }
func (o *partOrder) Swap(i, j int) { o.parts[i], o.parts[j] = o.parts[j], o.parts[i] }
func (o *partOrder) Less(i, j int) bool {
	p, q := &o.parts[i], &o.parts[j]
	if c := bytes.Compare(p.name(o.text), q.name(o.text)); c != 0 {
		return c < 0
	}
	return bytes.Compare(p.all(o.text), q.all(o.text)) < 0
}
