package spec

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Pos is a place in a source document. The zero Pos means that the place is
// unknown.
type Pos struct {
	// File is the document's name as the user gave it.
	File string
	// Line and Column count from one, columns in bytes. Zero means unknown.
	Line, Column int
	// Pointer is the RFC 6901 JSON pointer of the node, without the leading
	// "#"; empty for the whole document.
	Pointer string
}

// String returns "file:line:col", leaving out what is unknown.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	default:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
}

// Compare orders places by file, line and column.
func (p Pos) Compare(other Pos) int {
	return cmp.Or(
		cmp.Compare(p.File, other.File),
		cmp.Compare(p.Line, other.Line),
		cmp.Compare(p.Column, other.Column),
	)
}

// Problem is one thing that is wrong with an input, said for the person who
// wrote it.
type Problem struct {
	Pos Pos
	// Message says what is wrong, without a final stop.
	Message string
	// Hint says how to fix it; it may be empty.
	Hint string
}

// Error returns "file:line:col: message (at #/pointer)", followed by the hint on a
// line of its own.
func (p Problem) Error() string {
	var b strings.Builder
	if where := p.Pos.String(); where != "" {
		b.WriteString(where + ": ")
	}
	b.WriteString(p.Message)
	if p.Pos.Pointer != "" {
		b.WriteString(" (at #" + p.Pos.Pointer + ")")
	}
	if p.Hint != "" {
		b.WriteString("\n\thint: " + p.Hint)
	}
	return b.String()
}

// Problems is every problem found in one run. It is an error when it is not
// empty; see [Problems.Err].
type Problems []Problem

// Add appends a problem.
func (ps *Problems) Add(pos Pos, hint, format string, args ...any) {
	*ps = append(*ps, Problem{Pos: pos, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// Err returns nil when there is no problem, and otherwise the problems in the
// order of their positions with exact repetitions removed.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	sorted := slices.Clone(ps)
	slices.SortStableFunc(sorted, func(a, b Problem) int { return a.Pos.Compare(b.Pos) })
	return slices.Compact(sorted)
}

// Error lists the problems, one a line with its hint below it, folded where they
// repeat.
func (ps Problems) Error() string {
	var lines []string
	for _, p := range ps.Fold() {
		lines = append(lines, p.Error())
	}
	return strings.Join(lines, "\n")
}
