package report

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
	"example.com/lathe/internal/plural"
)

// Palette colours the parts of a report; the zero Palette leaves them plain.
type Palette struct {
	Breaking, Strict, Notable, None, Heading, Faint func(text string) string
}

// plain fills in what a palette leaves out.
func (p Palette) plain() Palette {
	for _, style := range []*func(string) string{&p.Breaking, &p.Strict, &p.Notable, &p.None, &p.Heading, &p.Faint} {
		if *style == nil {
			*style = func(text string) string { return text }
		}
	}
	return p
}

// mostLines is how long a report may be before changes of one rule are folded.
const mostLines = 60

// Text writes the report for people: the verdict, then the changes, worst first. A
// long one is folded, unless all is asked for.
func Text(w io.Writer, r *diff.Report, o Options) error {
	text := writeText(r, o, unfolded, false)
	for _, most := range [...]limits{
		{math.MaxInt, 3, 3}, {math.MaxInt, 1, 3}, {5, 1, 3}, {3, 1, 3}, {1, 1, 3}, {1, 0, 3}, {1, 0, 1},
	} {
		if !o.All && strings.Count(text, "\n") > mostLines {
			text = writeText(r, o, most, most.others < 3)
		}
	}
	_, err := io.WriteString(w, text)
	return err
}

func writeText(r *diff.Report, o Options, most limits, short bool) string {
	p := textPrinter{Palette: o.Palette.plain(), width: o.Width, short: short, named: most.named}
	p.line(p.Heading(Verdict(r, o)))
	if r.Unrelated {
		p.line(unrelated)
	}
	folded := false
	last := ""
	for _, g := range folds(r, o, most) {
		if heading := g.changes[0].Package; heading != last && heading != "" {
			p.line("")
			p.line(p.Heading(clean(heading)))
		} else if p.changes == 0 {
			p.line("")
		}
		last = g.changes[0].Package
		if len(g.changes) == 1 {
			p.change(g.changes[0])
		} else {
			folded = true
			p.folded(g)
		}
	}
	var rest []string
	if n := r.Counts().None - documented(r); n > 0 && !o.All {
		rest = append(rest, plural.Of(n, "change")+" that "+word(n, "matters", "matter")+" to nobody")
	}
	if n := documented(r); n > 0 {
		rest = append(rest, "documentation changed in "+plural.Of(n, "place"))
	}
	if folded {
		rest = append(rest, "--all lists every change")
	}
	if len(rest) > 0 {
		p.line("")
		p.line(p.Faint(strings.Join(rest, "; ")))
	}
	return p.String()
}

func word(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// textPrinter collects the lines of a report.
type textPrinter struct {
	strings.Builder
	Palette
	width   int
	short   bool // leaves out details that positions and ids lead to
	named   int  // how many of several changes, and of their operations, are named
	changes int
}

// line writes a text, broken at blanks.
func (p *textPrinter) line(text string) {
	fmt.Fprintln(p, p.filled(text, p.width))
}

// indentOfChange is where the sentence of a change begins.
const indentOfChange = 12

// change writes one change: the sentence; where it stands and what it means; who
// reaches it; and what to do.
func (p *textPrinter) change(c *diff.Change) {
	p.changes++
	p.sentence(c, clean(c.Text))
	if c.Severity() == rules.None {
		return
	}
	p.detail("%s  %s", clean(c.Place), p.Faint(c.Rule.ID+": "+axes(c)))
	if c.Severity() < rules.Strict && p.short {
		return
	}
	if text := reach(c, 3); text != "" && !p.short {
		p.detail("%s", p.Faint(clean(text)))
	}
	if places := positions(c); places != "" {
		p.detail("%s", p.Faint(clean(places)))
	}
	for _, g := range c.GoChanges {
		if g.Severity >= rules.Strict && !p.short {
			p.detail("Go: %s", clean(goText(g)))
		}
	}
	if text := used(c); text != "" {
		p.detail("%s", clean(text))
	}
	switch {
	case c.Approval != nil:
		p.detail("approved until %s: %s", c.Approval.Expires.Format(dateLayout), clean(c.Approval.Reason))
	case c.Hint != "":
		p.detail("%s", clean(c.Hint))
	}
}

// folded writes several changes of one rule in place of each.
func (p *textPrinter) folded(g group) {
	p.changes++
	c := g.changes[0]
	p.sentence(c, fmt.Sprintf("%d times: %s: %s", len(g.changes), c.Rule.Title, clean(some(whats(g.changes), p.named))))
	note := c.Rule.ID + ": " + axes(c)
	if g.severity > rules.Notable {
		var operations []string
		for _, c := range g.changes {
			operations = append(operations, c.Operations...)
		}
		slices.Sort(operations)
		if operations = slices.Compact(operations); len(operations) > 0 {
			note += "; in " + some(operations, p.named)
		}
		p.detail("%s", p.Faint(clean(note)))
		p.detail("%s", clean(c.Hint))
		return
	}
	p.detail("%s", p.Faint(note))
}

func (p *textPrinter) sentence(c *diff.Change, text string) {
	style := map[rules.Severity]func(string) string{
		rules.Breaking: p.Breaking, rules.Strict: p.Strict, rules.Notable: p.Notable, rules.None: p.None,
	}[c.Severity()]
	if c.Approval != nil {
		style = p.None
	}
	name := label(c)
	pad := strings.Repeat(" ", 10-utf8.RuneCountInString(name))
	p.hanging("  "+style(name)+pad, text)
}

// hanging writes a text behind a label, and below its beginning.
func (p *textPrinter) hanging(first, text string) {
	for line := range strings.SplitSeq(p.filled(text, p.width-indentOfChange), "\n") {
		fmt.Fprintln(p, first+line)
		first = strings.Repeat(" ", indentOfChange)
	}
}

// filled breaks a text at blanks.
func (p *textPrinter) filled(text string, width int) string {
	if p.width == 0 {
		return text
	}
	return fill(text, max(width, 20))
}

func (p *textPrinter) detail(format string, args ...any) {
	p.hanging(strings.Repeat(" ", indentOfChange), fmt.Sprintf(format, args...))
}
