package tree

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"example.com/lathe/spec"
)

// text is a file with an index of its lines. A byte order mark is left out and not
// counted in columns. Lines end with a line feed, a carriage return or both.
type text struct {
	file string
	src  string
	// lines are the offsets at which lines begin.
	lines []int32
}

// byteOrderMark is what some editors begin files with.
var byteOrderMark = []byte("\ufeff")

func newText(file string, data []byte) text {
	src := string(bytes.TrimPrefix(data, byteOrderMark))
	return text{file, src, lineStarts(src)}
}

// lineStarts finds the offsets at which lines begin.
func lineStarts(src string) []int32 {
	starts := make([]int32, 1, 1+strings.Count(src, "\n"))
	if !strings.Contains(src, "\r") {
		for offset := 0; ; {
			n := strings.IndexByte(src[offset:], '\n')
			if n < 0 {
				return starts
			}
			offset += n + 1
			starts = append(starts, int32(offset))
		}
	}
	for i := range len(src) {
		alone := src[i] == '\r' && (i+1 == len(src) || src[i+1] != '\n')
		if src[i] == '\n' || alone {
			starts = append(starts, int32(i+1))
		}
	}
	return starts
}

// line is the number, from one, of the line that holds an offset.
func (t *text) line(offset int) int {
	line, exact := slices.BinarySearch(t.lines, int32(offset))
	if exact {
		line++
	}
	return line
}

// at is the place of an offset, without a pointer.
func (t *text) at(offset int) spec.Pos {
	offset = min(max(offset, 0), len(t.src))
	line := t.line(offset)
	return spec.Pos{File: t.file, Line: line, Column: offset - int(t.lines[line-1]) + 1}
}

// start is the place of the file's beginning.
func (t *text) start() spec.Pos { return t.at(0) }

// offset is where the character of a line stands that a parser counts as its
// column, both from one and the column in characters. A line behind the last is the
// end of the file, which need not end in a line break.
func (t *text) offset(line, column int) int {
	if line > len(t.lines) {
		return len(t.src)
	}
	line = max(line, 1)
	at, end := t.span(line)
	for ; column > 1 && at < end; column-- {
		_, size := utf8.DecodeRuneInString(t.src[at:])
		at += size
	}
	return at
}

// span is where a line begins and ends, its break included.
func (t *text) span(line int) (start, end int) {
	start, end = int(t.lines[line-1]), len(t.src)
	if line < len(t.lines) {
		end = int(t.lines[line])
	}
	return start, end
}

// lineOf is the offset and the text of the line that holds an offset.
func (t *text) lineOf(offset int) (start int, line string) {
	start, end := t.span(t.line(offset))
	return start, strings.TrimRight(t.src[start:end], "\r\n")
}

// check reports what no document may have: bytes that are not UTF-8, and control
// characters.
func (t *text) check(ps *spec.Problems) bool {
	if !utf8.ValidString(t.src) {
		at := t.notUTF8()
		ps.Add(t.at(at), "save the document as UTF-8", "byte 0x%02x is not UTF-8", t.src[at])
		return false
	}
	at := strings.IndexFunc(t.src, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f
	})
	if at >= 0 {
		ps.Add(t.at(at), "remove it, or write it as an escape in double quotes", "there is a control character, %s",
			fmt.Sprintf("U+%04X", t.src[at]))
		return false
	}
	return true
}

// notUTF8 is the offset of the first byte that is not UTF-8, which there is.
func (t *text) notUTF8() int {
	for i, r := range t.src {
		if _, size := utf8.DecodeRuneInString(t.src[i:]); r == utf8.RuneError && size == 1 {
			return i
		}
	}
	return len(t.src)
}
