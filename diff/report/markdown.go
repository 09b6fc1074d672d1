package report

import (
	"fmt"
	"io"
	"strings"

	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
	"example.com/lathe/internal/plural"
)

// maxMarkdown is how long a comment on GitHub may be, less some room for what stands
// around it.
const maxMarkdown = 65_536 - 1_536

// Markdown writes the report for a pull request: the verdict, what breaks, and the
// rest folded away. What would be too long for GitHub is counted.
func Markdown(w io.Writer, r *diff.Report, o Options) error {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**\n", escapeMarkdown(Verdict(r, o)))
	if r.Unrelated {
		b.WriteString("\n" + unrelated + "\n")
	}
	o.All = true
	var open, rest []*diff.Change
	for _, g := range folds(r, o, unfolded) {
		if c := g.changes[0]; c.IsOpen(o.failOn()) {
			open = append(open, c)
		} else {
			rest = append(rest, c)
		}
	}
	markdownTable(&b, open)
	sections := map[rules.Severity][]*diff.Change{}
	for _, c := range rest {
		sections[c.Severity()] = append(sections[c.Severity()], c)
	}
	for s := rules.Breaking; ; s-- {
		if changes := sections[s]; len(changes) > 0 {
			kind := map[rules.Severity]string{
				rules.Breaking: "approved", rules.Strict: "strict", rules.Notable: "notable", rules.None: "harmless",
			}[s]
			fmt.Fprintf(&b, "\n<details>\n<summary>%s</summary>\n", plural.Of(len(changes), kind+" change"))
			markdownTable(&b, changes)
			b.WriteString("\n</details>\n")
		}
		if s == rules.None {
			break
		}
	}
	if n := documented(r); n > 0 && b.Len() < maxMarkdown {
		fmt.Fprintf(&b, "\nDocumentation changed in %s.\n", plural.Of(n, "place"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdownTable writes a table of changes, as far as there is room.
func markdownTable(b *strings.Builder, changes []*diff.Change) {
	if len(changes) == 0 {
		return
	}
	b.WriteString("\n| | change | place | rule | what to do |\n|---|---|---|---|---|\n")
	for i, c := range changes {
		row := fmt.Sprintf("| %s | %s | %s | %s | %s |\n", markdownLabel(c), escapeMarkdown(c.Text), code(c.Place),
			code(c.Rule.ID), markdownNote(c))
		if b.Len()+len(row) > maxMarkdown-1_000 {
			fmt.Fprintf(b, "| | and %d more, which `gen diff` lists | | | |\n", len(changes)-i)
			return
		}
		b.WriteString(row)
	}
}

func markdownLabel(c *diff.Change) string {
	switch {
	case c.Approval != nil:
		return "approved"
	case c.Severity() == rules.None:
		return "none"
	case c.Severity() == rules.Breaking:
		return "**breaking**: " + escapeMarkdown(axes(c))
	default:
		return c.Severity().String() + ": " + axes(c)
	}
}

func markdownNote(c *diff.Change) string {
	var all []string
	if text := reach(c, 3); text != "" && c.Severity() > rules.None {
		all = append(all, escapeMarkdown(text))
	}
	for _, g := range c.GoChanges {
		if g.Severity >= rules.Strict {
			all = append(all, "Go: "+escapeMarkdown(goText(g)))
		}
	}
	if text := used(c); text != "" {
		all = append(all, escapeMarkdown(text))
	}
	if c.Approval != nil {
		all = append(all, fmt.Sprintf(
			"until %s: %s", c.Approval.Expires.Format(dateLayout), escapeMarkdown(c.Approval.Reason)))
	} else if c.Hint != "" {
		all = append(all, escapeMarkdown(c.Hint))
	}
	return strings.Join(all, "<br>")
}

// escapeMarkdown makes text stand for itself, in tables too.
func escapeMarkdown(text string) string {
	var b strings.Builder
	for _, r := range clean(text) {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '@': // no mention of anybody
			b.WriteString("&#64;")
		case strings.ContainsRune("\\`*_{}[]()#|>~!$", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// code is text in a code span of a table. Backquotes and bars, which would end
// one, do not belong to names.
func code(text string) string {
	return "`" + strings.NewReplacer("`", "'", "|", "/").Replace(clean(text)) + "`"
}
