package snapshot

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"example.com/lathe/spec"
)

// positions writes positions as text, or reads them. Each stands as its difference
// from the one before: what follows in a model follows in its file.
//
//	FILE\x00 LINES COLUMN SHARED POINTER
//
// FILE is there when it is another, LINES is how many lines further, SHARED how
// many bytes of the last pointer are those of this one, which POINTER ends. A
// position that is unknown is "".
type positions struct {
	file func(string) string
	last spec.Pos
	// pointers is how many bytes of pointers have been read; a few bytes can ask
	// for many.
	pointers int
}

func newPositions(file func(string) string) *positions {
	if file == nil {
		file = func(name string) string { return name }
	}
	return &positions{file: file}
}

func (p *positions) encode(pos spec.Pos) string {
	if pos == (spec.Pos{}) {
		return ""
	}
	var b strings.Builder
	if pos.File != p.last.File {
		b.WriteString(p.file(pos.File) + "\x00")
	}
	shared := 0
	for shared < min(len(pos.Pointer), len(p.last.Pointer)) && pos.Pointer[shared] == p.last.Pointer[shared] {
		shared++
	}
	fmt.Fprintf(&b, "%d %d %d %s", pos.Line-p.last.Line, pos.Column, shared, pos.Pointer[shared:])
	p.last = pos
	return b.String()
}

func (p *positions) decode(code string) (spec.Pos, error) {
	if code == "" {
		return spec.Pos{}, nil
	}
	pos := spec.Pos{File: p.last.File}
	if name, rest, ok := strings.Cut(code, "\x00"); ok {
		pos.File, code = p.file(name), rest
	}
	fields := strings.SplitN(code, " ", 4)
	if len(fields) != 4 {
		return pos, fmt.Errorf("position %q is no such", code)
	}
	var numbers [3]int
	for i := range numbers {
		n, err := strconv.Atoi(fields[i])
		if err != nil {
			return pos, fmt.Errorf("position %q is no such", code)
		}
		numbers[i] = n
	}
	lines, column, shared := numbers[0], numbers[1], numbers[2]
	pos.Line, pos.Column = p.last.Line+lines, column
	if pos.Line < 0 || column < 0 || shared < 0 || shared > len(p.last.Pointer) {
		return pos, fmt.Errorf("position %q is out of range", code)
	}
	if p.pointers += shared + len(fields[3]); p.pointers > maxText {
		return pos, errors.New("the positions are larger than those of any model")
	}
	pos.Pointer = p.last.Pointer[:shared] + fields[3]
	p.last = pos
	return pos, nil
}
