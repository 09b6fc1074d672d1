package report

import (
	"fmt"
	"strings"

	"example.com/lathe/bench/internal/measure"
)

// Table is a table in Markdown.
type Table struct {
	Head []string
	Rows [][]string
}

// Add appends a row.
func (t *Table) Add(cells ...string) { t.Rows = append(t.Rows, cells) }

// String returns the table with its columns aligned.
func (t *Table) String() string {
	width := make([]int, len(t.Head))
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		for i, cell := range row {
			width[i] = max(width[i], len([]rune(cell)))
		}
	}
	rule := make([]string, len(t.Head))
	for i, n := range width {
		rule[i] = strings.Repeat("-", n)
	}
	var b strings.Builder
	for _, row := range append([][]string{t.Head, rule}, t.Rows...) {
		for i, cell := range row {
			fmt.Fprintf(&b, "| %-*s ", width[i], cell)
		}
		b.WriteString("|\n")
	}
	return b.String()
}

// Target is a limit, and what was measured.
type Target struct {
	What string
	// Most is the limit; where larger is better, Least is set instead.
	Most, Least float64
	Measured    measure.Summary
	// Format prints all figures of the target.
	Format func(float64) string
}

// Targets is the table of targets, each with whether it is met.
func Targets(targets []Target) *Table {
	t := &Table{Head: []string{"target", "limit", "measured", ""}}
	for _, x := range targets {
		limit, met := "at most "+x.Format(x.Most), x.Measured.Median <= x.Most
		if x.Least > 0 {
			limit, met = "at least "+x.Format(x.Least), x.Measured.Median >= x.Least
		}
		verdict := "met"
		if !met {
			verdict = "**missed**"
		}
		t.Add(x.What, limit, Spread(x.Measured, x.Format), verdict)
	}
	return t
}

// Spread prints a median with its quartiles, which are left out when they say the
// same.
func Spread(s measure.Summary, format func(float64) string) string {
	mid, low, high := format(s.Median), format(s.Low), format(s.High)
	if low == mid && high == mid {
		return mid
	}
	return fmt.Sprintf("%s (%s to %s)", mid, low, high)
}
