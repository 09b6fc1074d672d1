package diff

import (
	"fmt"
	"io"
	"strings"
)

// Markdown writes the report for a pull request: a summary and one table a group.
func (r *Report) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**\n", r.Summary())
	for _, s := range r.sections(isShown) {
		fmt.Fprintf(&b, "\n### %s\n\n| | change | place | rule | what to do |\n|---|---|---|---|---|\n", escapeMarkdown(s.heading))
		for _, c := range s.changes {
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", markdownLabel(c), escapeMarkdown(c.Text), code(c.Place), code(c.Rule), markdownNote(c))
		}
	}
	if n := r.documented(); n > 0 {
		fmt.Fprintf(&b, "\nDocumentation changed in %s.\n", plural(n, "place"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func markdownLabel(c *Change) string {
	switch {
	case c.Approval != nil:
		return "approved"
	case c.Severity() == None:
		return "none"
	case c.Severity() == Breaking:
		return "**breaking**: " + escapeMarkdown(axes(c))
	default:
		return "notable: " + axes(c)
	}
}

func markdownNote(c *Change) string {
	var all []string
	if reach := reachOf(c, 3); reach != "" && c.Severity() > None {
		all = append(all, escapeMarkdown(reach))
	}
	for _, g := range c.GoChanges {
		if g.Breaking {
			all = append(all, "Go: "+escapeMarkdown(goText(g)))
		}
	}
	if c.Approval != nil {
		all = append(all, fmt.Sprintf("until %s: %s", c.Approval.Expires.Format(dateLayout), escapeMarkdown(c.Approval.Reason)))
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
