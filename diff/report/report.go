// Package report writes what differs between two versions of an API: for people, for
// pull requests, and for programs.
package report

import (
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
	"example.com/lathe/internal/plural"
	"example.com/lathe/spec"
)

// Options are what a form may need besides the report.
type Options struct {
	// Problems are those of approvals.
	Problems spec.Problems
	// FailOn is the least severity that fails; zero stands for breaking.
	FailOn rules.Severity
	// All unfolds what belongs together, and shows what matters to nobody.
	All bool
	// Width is where lines of text end; zero leaves them as they are.
	Width int
	// Palette colours text; the zero Palette leaves it plain.
	Palette Palette
	// Path names files as the repository does, for annotations; nil leaves the names.
	Path func(file string) string
	// Old and New name what was compared.
	Old, New string
}

func (o Options) path(file string) string {
	if o.Path == nil {
		return file
	}
	return o.Path(file)
}

func (o Options) failOn() rules.Severity {
	if o.FailOn == rules.None {
		return rules.Breaking
	}
	return o.FailOn
}

// forms are the ways to write a report.
var forms = map[string]func(io.Writer, *diff.Report, Options) error{
	"text": Text, "json": JSON, "markdown": Markdown, "github": GitHub,
	"sarif": SARIF, "junit": JUnit, "html": HTML, "changelog": Changelog,
}

// Formats are the names of the forms, sorted.
func Formats() []string { return slices.Sorted(maps.Keys(forms)) }

// Write writes a report in the form of that name, which [Formats] must have.
func Write(w io.Writer, format string, r *diff.Report, o Options) error {
	return forms[format](w, r, o)
}

// Verdict is the report in a sentence.
func Verdict(r *diff.Report, o Options) string {
	n := r.Counts()
	open := 0
	for i := range r.Changes {
		if r.Changes[i].IsOpen(o.failOn()) {
			open++
		}
	}
	total := len(r.Changes)
	var text string
	switch {
	case total == 0:
		return "no changes"
	case open > 0:
		what := "callers or calls"
		if o.failOn() != rules.Breaking {
			what = "what --fail-on " + o.failOn().String() + " asks for"
		}
		text = fmt.Sprintf("%d of %s %s %s: ", open, plural.Of(total, "change"), word(open, "breaks", "break"), what)
	case n.Approved > 0:
		text = "Nothing breaks that is not approved, in " + plural.Of(total, "change") + ": "
	default:
		text = "Nothing breaks in " + plural.Of(total, "change") + ": "
	}
	var counts []string
	for _, count := range [...]struct {
		n    int
		name string
	}{{n.Breaking, "breaking"}, {n.Strict, "strict"}, {n.Notable, "notable"}, {n.None, "none"}, {n.Approved, "approved"}} {
		if count.n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", count.n, count.name))
		}
	}
	return text + strings.Join(counts, ", ")
}

// unrelated is said when two documents have nothing in common.
const unrelated = "The two have no operation in common: they are hardly versions of one service."

// documentationRule is the rule of changes that are only counted.
const documentationRule = "documentation-changed"

// documented counts the changes of documentation.
func documented(r *diff.Report) int {
	n := 0
	for i := range r.Changes {
		if r.Changes[i].Rule.ID == documentationRule {
			n++
		}
	}
	return n
}

// group is changes of one severity that are shown together.
type group struct {
	severity rules.Severity
	approved bool
	changes  []*diff.Change
}

// limits are how many changes of one rule stand alone: what fails, and others; and how
// many of those that do not are named.
type limits struct{ failing, others, named int }

// unfolded lets every change stand alone.
var unfolded = limits{math.MaxInt, math.MaxInt, 3}

// folds groups what is shown, worst first; what is approved comes behind what is
// open. Changes of one rule are one group where there are more than most of them.
func folds(r *diff.Report, o Options, most limits) []group {
	type key struct {
		severity rules.Severity
		approved bool
		rule     *rules.Rule
		at       int
	}
	count := map[key]int{}
	keyOf := func(c *diff.Change) key { return key{c.Severity(), c.Approval != nil, c.Rule, 0} }
	var shown []*diff.Change
	for i := range r.Changes {
		c := &r.Changes[i]
		if c.Rule.ID == documentationRule || c.Severity() == rules.None && !o.All {
			continue
		}
		shown = append(shown, c)
		count[keyOf(c)]++
	}
	slices.SortStableFunc(shown, func(a, b *diff.Change) int { return rank(b) - rank(a) })
	at := map[key]int{}
	var all []group
	for i, c := range shown {
		k := keyOf(c)
		alone := most.others
		if c.IsOpen(o.failOn()) {
			alone = most.failing
		}
		if count[k] <= alone {
			k.at = i + 1
		}
		j, ok := at[k]
		if !ok {
			j = len(all)
			at[k] = j
			all = append(all, group{severity: k.severity, approved: k.approved})
		}
		all[j].changes = append(all[j].changes, c)
	}
	return all
}

// rank orders changes by severity; what is approved comes behind what is open.
func rank(c *diff.Change) int {
	n := 2 * int(c.Severity())
	if c.Approval == nil {
		n++
	}
	return n
}

// label is the severity of a change, or that it is approved.
func label(c *diff.Change) string {
	if c.Approval != nil {
		return "approved"
	}
	return c.Severity().String()
}

// axes is how severe the change is on the axes where it is.
func axes(c *diff.Change) string {
	var all []string
	for _, axis := range [...]struct {
		name string
		rules.Severity
	}{{"wire", c.Wire}, {"Go", c.Go}, {"behaviour", c.Behaviour}} {
		if axis.Severity > rules.None {
			all = append(all, axis.name+" "+axis.String())
		}
	}
	return strings.Join(all, ", ")
}

// reach is how operations reach a shape that is not one operation's own; most is how
// many are named.
func reach(c *diff.Change, most int) string {
	if len(c.Directions) == 0 || !strings.HasPrefix(c.Place, "shape:") || len(c.Operations) == 0 {
		return ""
	}
	var ways []string
	for _, d := range c.Directions {
		ways = append(ways, d.String())
	}
	return "reached from the " + strings.Join(ways, " and ") + " of " + some(c.Operations, most)
}

// some names the first of several.
func some(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// used is what a program does with what changes; empty when none was asked.
func used(c *diff.Change) string {
	switch {
	case c.Use == nil:
		return ""
	case len(c.Use.Lines) == 0:
		return "the program does not use it"
	}
	return "the program uses it at " + some(linesOf([]*diff.Change{c}), 3)
}

// goText is a change of the Go API in a line.
func goText(g diff.GoChange) string {
	text := g.Object + " " + g.Kind
	if g.Old != g.New { // else its kind says all
		before, after := rules.Brief(g.Old, g.New)
		text += ": " + before + " -> " + after
	}
	return text
}

// positions are the places in both documents. In a file that both are, the old place is
// there no more.
func positions(c *diff.Change) string {
	before, after := c.OldPos.String(), c.NewPos.String()
	switch {
	case before == "" || before == after:
		return after
	case after == "":
		return before
	case c.OldPos.File == c.NewPos.File:
		return before + " (as it was) -> " + after
	default:
		return before + " -> " + after
	}
}

// clean makes text from a document harmless for terminals and logs.
func clean(text string) string { return diff.Clean(text) }

// whats are what changes of a group are about, each once.
func whats(changes []*diff.Change) []string {
	var all []string
	for _, c := range changes {
		if what := c.What(); !slices.Contains(all, what) {
			all = append(all, what)
		}
	}
	return all
}

const dateLayout = "2006-01-02"
