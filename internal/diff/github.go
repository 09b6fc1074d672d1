package diff

import (
	"fmt"
	"io"
	"strings"

	"example.com/lathe/spec"
)

// GitHub writes the report as workflow commands: an annotation for each change
// that matters, errors for what breaks and is not approved. GitHub knows files by
// their paths from the root of the repository, which is what path gives for the
// report's own names of them; nil leaves these.
func (r *Report) GitHub(w io.Writer, path func(file string) string) error {
	if path == nil {
		path = func(file string) string { return file }
	}
	var b strings.Builder
	for _, s := range r.sections(isShown) {
		for _, c := range s.changes {
			if c.Severity() > None {
				b.WriteString(annotation(c, path))
			}
		}
	}
	fmt.Fprintln(&b, r.Summary())
	_, err := io.WriteString(w, b.String())
	return err
}

func annotation(c *Change, path func(string) string) string {
	level := "warning"
	switch {
	case c.Approval != nil:
		level = "notice"
	case c.Severity() == Breaking:
		level = "error"
	}
	message := clean(c.Text) + " (" + axes(c) + " at " + clean(c.Place) + ")"
	if c.Approval != nil {
		message += "\napproved until " + c.Approval.Expires.Format(dateLayout) + ": " + clean(c.Approval.Reason)
	} else {
		message += "\n" + c.Hint
	}
	return fmt.Sprintf("::%s %stitle=%s::%s\n", level, place(c, path), escapeProperty(c.Rule), escapeData(message))
}

// place names the file and the line of an annotation: in the new document, which is
// the one in the working tree.
func place(c *Change, path func(string) string) string {
	pos := c.NewPos
	if pos == (spec.Pos{}) {
		pos = c.OldPos
	}
	if pos.File == "" {
		return ""
	}
	text := "file=" + escapeProperty(clean(path(pos.File))) + ","
	if pos.Line > 0 {
		text += fmt.Sprintf("line=%d,", pos.Line)
	}
	if pos.Column > 0 {
		text += fmt.Sprintf("col=%d,", pos.Column)
	}
	return text
}

// escapeData escapes the message of a workflow command, escapeProperty its
// properties.
func escapeData(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

func escapeProperty(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(text)
}
