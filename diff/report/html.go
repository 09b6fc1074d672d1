package report

import (
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"

	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

type (
	htmlPage struct {
		Verdict, Old, New string
		IsFailing         bool
		Unrelated         string
		Severities        []htmlFilter
		Axes              []string
		Groups            []htmlGroup
	}
	htmlFilter struct {
		Name  string
		Count int
		On    bool
	}
	htmlGroup struct {
		Heading  string
		Worst    string
		Severity rules.Severity
		Changes  []htmlChange
	}
	htmlChange struct {
		Fingerprint, Severity, Label, Text, Axes, OnAxes, Reach, Used string
		Rule, Path, Old, New, OldPos, NewPos, Why, Hint, Approved     string
		Go                                                            []string

		rank int
	}
)

// HTML writes one page that needs nothing else: the verdict, and the changes as a tree
// by operation, with both sides of each place and filters.
func HTML(w io.Writer, r *diff.Report, o Options) error {
	n := r.Counts()
	p := htmlPage{
		Verdict: Verdict(r, o), Old: clean(o.Old), New: clean(o.New), IsFailing: r.Fails(o.failOn()),
		Axes: []string{"wire", "Go", "behaviour"},
		Severities: []htmlFilter{
			{"breaking", n.Breaking, true}, {"strict", n.Strict, true}, {"notable", n.Notable, true},
			{"none", n.None, n.Breaking+n.Strict+n.Notable == 0},
		},
	}
	if r.Unrelated {
		p.Unrelated = unrelated
	}
	at := map[string]int{}
	for i := range r.Changes {
		c := &r.Changes[i]
		heading := clean(headingOf(c))
		j, ok := at[heading]
		if !ok {
			j = len(p.Groups)
			at[heading] = j
			p.Groups = append(p.Groups, htmlGroup{Heading: heading})
		}
		g := &p.Groups[j]
		g.Changes = append(g.Changes, htmlOf(c))
		g.Severity = max(g.Severity, c.Severity())
		g.Worst = g.Severity.String()
	}
	for _, g := range p.Groups {
		slices.SortStableFunc(g.Changes, func(a, b htmlChange) int { return b.rank - a.rank })
	}
	slices.SortStableFunc(p.Groups, func(a, b htmlGroup) int { return int(b.Severity) - int(a.Severity) })
	return page.Execute(w, p)
}

func htmlOf(c *diff.Change) htmlChange {
	out := htmlChange{
		Fingerprint: c.Fingerprint(), Severity: c.Severity().String(), Label: label(c), Text: clean(c.Text), Axes: axes(c),
		Reach: clean(reach(c, 10)), Used: clean(used(c)), Rule: c.Rule.ID,
		Path: clean(strings.Join(strings.Split(c.Place, "."), " › ")),
		Old:  clean(c.Old), New: clean(c.New), OldPos: clean(c.OldPos.String()), NewPos: clean(c.NewPos.String()),
		Why: c.Rule.Why, Hint: c.Hint, rank: rank(c),
	}
	if a := c.Approval; a != nil {
		out.Approved = "Approved until " + a.Expires.Format(dateLayout) + ": " + clean(a.Reason)
	}
	var on []string
	for _, axis := range [...]struct {
		name string
		rules.Severity
	}{{"wire", c.Wire}, {"Go", c.Go}, {"behaviour", c.Behaviour}} {
		if axis.Severity > rules.None {
			on = append(on, axis.name)
		}
	}
	out.OnAxes = strings.Join(on, " ")
	for _, g := range c.GoChanges {
		if g.Severity >= rules.Strict {
			out.Go = append(out.Go, clean(goText(g)))
		}
	}
	return out
}

// headingOf is what a change stands under: its only operation, or what several share.
func headingOf(c *diff.Change) string {
	text := "The service"
	switch {
	case c.Rule.ID == "operation-added":
		text = "New operations"
	case len(c.Operations) == 1:
		text = c.Operations[0]
	case len(c.Operations) > 1 && strings.HasPrefix(c.Place, "shape:"):
		text = "Shapes of several operations"
	}
	if c.Package != "" {
		text = c.Package + ": " + text
	}
	return text
}
