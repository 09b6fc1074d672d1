package report

import (
	"fmt"
	"io"
	"strings"

	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
	"example.com/lathe/spec"
)

// mostAnnotations is how many annotations of a kind GitHub shows of a step.
const mostAnnotations = 10

// GitHub writes the report as workflow commands: an annotation for each change that
// matters, errors for what fails and is not approved, worst first. GitHub knows files
// by their paths from the root of the repository. What goes beyond its limit is
// counted in the last annotation of a kind.
func GitHub(w io.Writer, r *diff.Report, o Options) error {
	var b strings.Builder
	byLevel := map[string][]string{}
	for _, p := range o.Problems {
		byLevel["error"] = append(byLevel["error"], annotation("error", p.Pos, "approval", p.Message+"\n"+p.Hint, o))
	}
	for _, g := range folds(r, o, unfolded) {
		c := g.changes[0]
		level := levelOf(c, o)
		pos := c.NewPos
		if pos == (spec.Pos{}) {
			pos = c.OldPos
		}
		byLevel[level] = append(byLevel[level], annotation(level, pos, c.Rule.ID, message(c), o))
	}
	for _, level := range [...]string{"error", "warning", "notice"} {
		all := byLevel[level]
		if n := len(all); n > mostAnnotations {
			all = append(all[:mostAnnotations-1:mostAnnotations-1],
				annotation(level, spec.Pos{}, "more",
					fmt.Sprintf("%d more of this kind, which gen diff lists", n-mostAnnotations+1), o))
		}
		b.WriteString(strings.Join(all, ""))
	}
	fmt.Fprintln(&b, Verdict(r, o))
	_, err := io.WriteString(w, b.String())
	return err
}

func levelOf(c *diff.Change, o Options) string {
	switch {
	case c.Approval != nil:
		return "notice"
	case c.IsOpen(o.failOn()):
		return "error"
	default:
		return "warning"
	}
}

// message is a change in a few lines.
func message(c *diff.Change) string {
	text := clean(c.Text) + " (" + axes(c) + " at " + clean(c.Place) + ")"
	if use := used(c); use != "" {
		text += "\n" + clean(use)
	}
	if c.Approval != nil {
		return text + "\napproved until " + c.Approval.Expires.Format(dateLayout) + ": " + clean(c.Approval.Reason)
	}
	return text + "\n" + c.Hint
}

// annotation is a workflow command.
func annotation(level string, pos spec.Pos, title, message string, o Options) string {
	place := ""
	if pos.File != "" {
		place = "file=" + escapeProperty(clean(o.path(pos.File))) + ","
		if pos.Line > 0 {
			place += fmt.Sprintf("line=%d,", pos.Line)
		}
		if pos.Column > 0 {
			place += fmt.Sprintf("col=%d,", pos.Column)
		}
	}
	return fmt.Sprintf("::%s %stitle=%s::%s\n", level, place, escapeProperty(title), escapeData(message))
}

// escapeData escapes the message of a workflow command, escapeProperty its
// properties.
func escapeData(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

func escapeProperty(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(text)
}

// isSevere reports whether a change is to be looked at.
func isSevere(c *diff.Change) bool { return c.Severity() > rules.None }
