package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
)

// parts of a release note, and what belongs into each.
var notes = [...]struct {
	title string
	has   func(c *diff.Change) bool
}{
	{"Breaking changes", func(c *diff.Change) bool { return c.Severity() == rules.Breaking }},
	{"New", func(c *diff.Change) bool { return c.Old == "" && strings.HasSuffix(c.Rule.ID, "-added") }},
	{"Deprecated", func(c *diff.Change) bool { return c.Rule.ID == "deprecated" }},
	{"Removed", func(c *diff.Change) bool { return c.New == "" && c.Old != "" }},
	{"Changed", isSevere},
}

// Changelog writes what a release note of the client would say: what breaks with what
// to do about it, what is new, and what else a user notices. It is Markdown.
func Changelog(w io.Writer, r *diff.Report, o Options) error {
	var b strings.Builder
	o.All = true
	byNote := make([][]*diff.Change, len(notes))
	for _, g := range folds(r, o, unfolded) {
		c := g.changes[0]
		for i, note := range notes {
			if note.has(c) {
				byNote[i] = append(byNote[i], c)
				break
			}
		}
	}
	for i, changes := range byNote {
		if len(changes) == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "### %s\n\n", notes[i].title)
		for _, line := range noteLines(changes, i == 0) {
			b.WriteString("- " + line + "\n")
		}
	}
	if b.Len() == 0 {
		b.WriteString("No changes that a user of the client notices.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// noteLines are the lines of one part. Operations that are new are one line, and so is
// what happened to several places alike.
func noteLines(changes []*diff.Change, withHints bool) []string {
	var order []string
	by := map[string][]*diff.Change{}
	for _, c := range changes {
		key := c.Rule.ID + "\x00" + c.Old + "\x00" + c.New
		if c.Rule.ID == "operation-added" {
			key = c.Rule.ID
		}
		if by[key] == nil {
			order = append(order, key)
		}
		by[key] = append(by[key], c)
	}
	var lines []string
	for _, key := range order {
		group := by[key]
		text := escapeMarkdown(group[0].Text)
		switch names := whats(group); {
		case group[0].Rule.ID == "operation-added" && len(group) > 1:
			slices.Sort(names)
			text = "operations " + escapeMarkdown(strings.Join(names, ", "))
		case len(names) > 1:
			text += escapeMarkdown(fmt.Sprintf(" (and likewise %s)", some(names[1:], 5)))
		}
		if lines := linesOf(group); len(lines) > 0 {
			text += " (used at " + escapeMarkdown(some(lines, 3)) + ")"
		}
		if withHints && group[0].Hint != "" {
			text += ". " + escapeMarkdown(group[0].Hint)
		}
		lines = append(lines, text)
	}
	return lines
}

// linesOf are the lines of a program that use what changed, each once, as far as they were
// looked for.
func linesOf(changes []*diff.Change) (all []string) {
	for _, c := range changes {
		if c.Use == nil {
			continue
		}
		for _, pos := range c.Use.Lines {
			if line := pos.String(); !slices.Contains(all, line) {
				all = append(all, line)
			}
		}
	}
	return all
}
