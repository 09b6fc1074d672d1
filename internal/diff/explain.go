package diff

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Explain writes what a rule says and why.
func (r Rule) Explain(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\n", r.ID, r.Title)
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "  wire\t%s\n  Go\t%s\n  behaviour\t%s\n", r.Wire, r.Go, r.Behaviour)
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(&b, "\n%s\n\n", fill(r.Why))
	fmt.Fprintf(&b, "What to do: %s\n", fill(r.Do))
	fmt.Fprintf(&b, "Example: %s\n", r.Example)
	_, err := io.WriteString(w, b.String())
	return err
}

// fill breaks a text into lines.
func fill(text string) string {
	const width = 80
	var b strings.Builder
	column := 0
	for word := range strings.FieldsSeq(text) {
		switch {
		case column > 0 && column+1+len(word) > width:
			b.WriteByte('\n')
			column = 0
		case column > 0:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	return b.String()
}

// ListRules writes a line a rule.
func ListRules(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "RULE\tAT WORST\tTITLE")
	for _, r := range Rules() {
		fmt.Fprintf(table, "%s\t%s\t%s\n", r.ID, r.Severity(), r.Title)
	}
	return table.Flush()
}
