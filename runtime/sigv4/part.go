package sigv4

import (
	"bytes"
	"encoding/binary"
)

// part is a header or a parameter in the text of a scratch: its name, the byte
// that parts them, and its value.
type part struct {
	start, middle, end int
	first              uint64 // the name's first bytes: most names differ in them
}

// appendPart appends the part that begins at start and ends with the text.
func appendPart(parts []part, text []byte, start, middle int) []part {
	var first [8]byte
	copy(first[:], text[start:middle])
	return append(parts, part{start, middle, len(text), binary.BigEndian.Uint64(first[:])})
}

func (p *part) name(text []byte) []byte { return text[p.start:p.middle] }
func (p *part) all(text []byte) []byte  { return text[p.start:p.end] }

// isNamed says whether two parts have one name.
func (p *part) isNamed(q *part, text []byte) bool {
	return p.first == q.first && bytes.Equal(p.name(text), q.name(text))
}

// sort orders parts by their names, then by their values. It is a Shell sort:
// headers are few, and a query of thousands takes milliseconds at worst.
func sort(parts []part, text []byte) {
	gap := 1
	for gap < len(parts)/3 {
		gap = 3*gap + 1
	}
	for ; gap > 0; gap /= 3 {
		for i := gap; i < len(parts); i++ {
			p, j := parts[i], i
			for j >= gap && isLess(&p, &parts[j-gap], text) {
				parts[j] = parts[j-gap]
				j -= gap
			}
			parts[j] = p
		}
	}
}

func isLess(p, q *part, text []byte) bool {
	if p.first != q.first {
		return p.first < q.first
	}
	c := bytes.Compare(p.name(text), q.name(text))
	if c == 0 {
		c = bytes.Compare(p.all(text), q.all(text))
	}
	return c < 0
}
