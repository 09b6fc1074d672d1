package openapi

import (
	"bytes"
	"fmt"
	"slices"
	"unicode/utf8"

	"example.com/lathe/spec"
)

// The bounds on documents. Real ones stay far below them; they keep hostile ones
// from costing time and memory.
const (
	maxJSON  = 64 << 20 // bytes
	maxYAML  = 8 << 20  // bytes; YAML takes some hundred times its size to read
	maxDepth = 200      // levels of objects and lists
	// maxAliased bounds the bytes by which YAML aliases make a document longer,
	// a node counting as nodeSize besides its text.
	maxAliased = 8 << 20
	nodeSize   = 64
)

// source is the text of a document with an index of its lines.
type source struct {
	file string
	data []byte
	// lines are the offsets at which lines begin.
	lines []int
	// repeated are the values of keys that an object had already. They are told
	// when the document has been read and every node knows its pointer.
	repeated []*node
}

// newSource indexes a text. A byte order mark is left out and not counted in
// columns.
func newSource(file string, data []byte) *source {
	s := &source{file: file, data: bytes.TrimPrefix(data, []byte("\ufeff")), lines: []int{0}}
	for i, c := range s.data {
		alone := c == '\r' && (i+1 == len(s.data) || s.data[i+1] != '\n')
		if c == '\n' || alone {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// mark is the place of an offset.
func (s *source) mark(offset int) mark {
	offset = min(max(offset, 0), len(s.data))
	line, exact := slices.BinarySearch(s.lines, offset)
	if exact {
		line++
	}
	return mark{line, offset - s.lines[line-1] + 1}
}

// byteOffset is where the character of a line stands that a parser counts as its
// column, both from one and the column in characters.
func (s *source) byteOffset(line, column int) int {
	line = min(max(line, 1), len(s.lines))
	at := s.lines[line-1]
	end := len(s.data)
	if line < len(s.lines) {
		end = s.lines[line]
	}
	for ; column > 1 && at < end; column-- {
		_, size := utf8.DecodeRune(s.data[at:])
		at += size
	}
	return at
}

// add appends a field to an object unless it has the key already.
func (s *source) add(object *node, key string, plain nodeKind, at mark, value *node) {
	if !object.add(key, plain, at, value) {
		value.parent, value.token, value.key = object, key, at
		s.repeated = append(s.repeated, value)
	}
}

// tellRepeated reports the keys that stand twice in an object.
func (s *source) tellRepeated(ps *spec.Problems) {
	for _, n := range s.repeated {
		ps.Add(n.keyPos(), "keep one of them", "key %q stands twice, first at %s", n.token, n.parent.field(n.token).keyPos())
	}
}

func (s *source) pos(at mark) spec.Pos {
	return spec.Pos{File: s.file, Line: at.line, Column: at.column}
}

// check finds what no document may have: bytes that are not UTF-8, and control
// characters.
func (s *source) check(ps *spec.Problems) bool {
	if i := s.notUTF8(); i >= 0 {
		ps.Add(s.pos(s.mark(i)), "save the document as UTF-8", "byte 0x%02x is not UTF-8", s.data[i])
		return false
	}
	i := bytes.IndexFunc(s.data, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f
	})
	if i >= 0 {
		ps.Add(s.pos(s.mark(i)), "remove it, or write it as an escape in double quotes", "there is a control character, %s", fmt.Sprintf("U+%04X", s.data[i]))
		return false
	}
	return true
}

// notUTF8 is the offset of the first byte that is not UTF-8, or -1.
func (s *source) notUTF8() int {
	if utf8.Valid(s.data) {
		return -1
	}
	for i := 0; ; {
		r, size := utf8.DecodeRune(s.data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
}
