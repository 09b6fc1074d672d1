package report

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"example.com/lathe/diff/rules"
)

// Explain writes what a rule says and why.
func Explain(w io.Writer, r *rules.Rule) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\n", r.ID, r.Title)
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "  wire\t%s\n  Go\t%s\n  behaviour\t%s\n", r.Wire, r.Go, r.Behaviour)
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(&b, "\n%s\n\n", fill(r.Why, 80))
	fmt.Fprintf(&b, "What to do: %s\n", fill(r.Do, 80))
	fmt.Fprintf(&b, "Example: %s\n", r.Example)
	_, err := io.WriteString(w, b.String())
	return err
}

// fill breaks a text into lines at blanks. Two blanks, which part columns, stay, and
// so do words that are too long; colours take no columns.
func fill(text string, width int) string {
	var b strings.Builder
	column := 0
	for i, word := range strings.Split(text, " ") {
		n := visible(word)
		switch {
		case i == 0:
		case n > 0 && column+1+n > width && column > 0:
			b.WriteByte('\n')
			column = 0
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}

// visible is the number of columns of a text, without its colours.
func visible(text string) int {
	n, isColour := 0, false
	for _, r := range text {
		switch {
		case r == '\x1b':
			isColour = true
		case isColour:
			isColour = r != 'm'
		default:
			n++
		}
	}
	return n
}

// ListRules writes a line a rule.
func ListRules(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "RULE\tAT WORST\tTITLE")
	for _, r := range rules.All() {
		fmt.Fprintf(table, "%s\t%s\t%s\n", r.ID, r.Severity(), r.Title)
	}
	return table.Flush()
}
