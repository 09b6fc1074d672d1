package diff

import (
	"fmt"
	"io"
	"strings"
)

// Palette colours the parts of a report; the zero Palette leaves them plain.
type Palette struct {
	Breaking, Notable, None, Heading, Faint func(text string) string
}

// plain fills in what a palette leaves out.
func (p Palette) plain() Palette {
	for _, style := range []*func(string) string{&p.Breaking, &p.Notable, &p.None, &p.Heading, &p.Faint} {
		if *style == nil {
			*style = func(text string) string { return text }
		}
	}
	return p
}

// Text writes the report for people: a summary, then the changes grouped by
// operation, the worst first. What matters to nobody takes a line, and changes of
// documentation are only counted.
func (r *Report) Text(w io.Writer, colours Palette) error {
	p := textPrinter{Palette: colours.plain()}
	p.line("%s", r.Summary())
	for _, s := range r.sections(isShown) {
		p.line("")
		p.line("%s", p.Heading(clean(s.heading)))
		for _, c := range s.changes {
			p.change(c)
		}
	}
	if n := r.documented(); n > 0 {
		p.line("")
		p.line("%s", p.Faint("documentation changed in "+plural(n, "place")))
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// Summary is the report in one line: "3 changes: 1 breaking, 1 notable, 1 none".
func (r *Report) Summary() string {
	n := r.Counts()
	if len(r.Changes) == 0 {
		return "no changes"
	}
	text := fmt.Sprintf("%s: %d breaking, %d notable, %d none", plural(len(r.Changes), "change"), n.Breaking, n.Notable, n.None)
	if n.Approved > 0 {
		text += fmt.Sprintf("; %d of the breaking approved", n.Approved)
	}
	return text
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// isDocumentation is the rule of changes that are only counted.
const documentationRule = "documentation-changed"

func isShown(c *Change) bool { return c.Rule != documentationRule }

// documented counts the changes of documentation.
func (r *Report) documented() int {
	n := 0
	for i := range r.Changes {
		if !isShown(&r.Changes[i]) {
			n++
		}
	}
	return n
}

// textPrinter collects the lines of a report.
type textPrinter struct {
	strings.Builder
	Palette
}

func (p *textPrinter) line(format string, args ...any) {
	fmt.Fprintf(p, format+"\n", args...)
}

// change writes one change: the sentence; where it stands and what it means; who
// reaches it; and what to do.
func (p *textPrinter) change(c *Change) {
	p.line("  %s  %s", p.label(c), clean(c.Text))
	if c.Severity() == None {
		return
	}
	p.detail("%s  %s", clean(c.Place), p.Faint(c.Rule+": "+axes(c)))
	if reach := reachOf(c, 3); reach != "" {
		p.detail("%s", p.Faint(clean(reach)))
	}
	if places := positions(c); places != "" {
		p.detail("%s", p.Faint(clean(places)))
	}
	for _, g := range c.GoChanges {
		if g.Breaking {
			p.detail("Go: %s", clean(goText(g)))
		}
	}
	switch {
	case c.Approval != nil:
		p.detail("approved until %s: %s", c.Approval.Expires.Format(dateLayout), clean(c.Approval.Reason))
	case c.Hint != "":
		p.detail("%s", clean(c.Hint))
	}
}

func (p *textPrinter) detail(format string, args ...any) { p.line("            "+format, args...) }

// label is the severity in a column of its own.
func (p *textPrinter) label(c *Change) string {
	const width = 8
	switch {
	case c.Approval != nil:
		return p.None("approved")
	case c.Severity() == Breaking:
		return p.Breaking("breaking")
	case c.Severity() == Notable:
		return p.Notable(fmt.Sprintf("%-*s", width, "notable"))
	default:
		return p.None(fmt.Sprintf("%-*s", width, "none"))
	}
}

// axes says how severe the change is on the axes where it is.
func axes(c *Change) string {
	var all []part
	for _, axis := range [...]struct {
		name string
		Severity
	}{{"wire", c.Wire}, {"Go", c.Go}, {"behaviour", c.Behaviour}} {
		if axis.Severity > None {
			all = append(all, part{axis.name, axis.String()})
		}
	}
	return parts(all...)
}

// reachOf says how operations reach a shape that is not one operation's own; most
// is how many are named.
func reachOf(c *Change, most int) string {
	if len(c.Directions) == 0 || !strings.HasPrefix(c.Place, shapePrefix) || len(c.Operations) == 0 {
		return ""
	}
	names := c.Operations
	more := ""
	if len(names) > most {
		more = fmt.Sprintf(" and %d more", len(names)-most)
		names = names[:most]
	}
	var ways []string
	for _, d := range c.Directions {
		ways = append(ways, d.String())
	}
	return "reached from the " + strings.Join(ways, " and ") + " of " + strings.Join(names, ", ") + more
}

// positions gives the places in both documents.
func positions(c *Change) string {
	before, after := c.OldPos.String(), c.NewPos.String()
	switch {
	case before == "" || before == after:
		return after
	case after == "":
		return before
	default:
		return before + " -> " + after
	}
}

func goText(g GoChange) string {
	text := g.Object + " " + g.Kind
	if g.Old != g.New { // else its kind says all
		before, after := brief(g.Old, g.New)
		text += ": " + before + " -> " + after
	}
	return text
}
