package emit

import (
	"errors"
	"fmt"
	"go/format"
	"go/scanner"
	"strings"
)

// FormatError says that generated source is not Go. It is Lathe's own fault, and
// shows the source around the first error, for the report.
type FormatError struct {
	// Name is the file's path as it was given to [Format].
	Name string
	// Line and Column count from one; zero means unknown.
	Line, Column int
	// Message is what the parser says.
	Message string
	// Excerpt holds numbered lines around Line; it may be empty.
	Excerpt string
}

// Error returns "name:line:col: message" and below it the excerpt.
func (e *FormatError) Error() string {
	text := fmt.Sprintf("%s:%d:%d: generated source can't be formatted: %s", e.Name, e.Line, e.Column, e.Message)
	if e.Line == 0 {
		text = fmt.Sprintf("%s: generated source can't be formatted: %s", e.Name, e.Message)
	}
	if e.Excerpt != "" {
		text += "\n" + e.Excerpt
	}
	return text
}

// Format lays out Go source as gofmt does, its imports as [SortImports]. It adds
// no import, and removes none but those that stand twice. The error is a
// [*FormatError]. Name only serves the message.
func Format(name string, src []byte) ([]byte, error) {
	src, err := SortImports(name, src)
	if err != nil {
		return nil, err
	}
	out, err := format.Source(src)
	if err != nil {
		return nil, formatError(name, src, err)
	}
	return out, nil
}

func formatError(name string, src []byte, err error) *FormatError {
	fe := &FormatError{Name: name, Message: err.Error()}
	var list scanner.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		first := list[0]
		fe.Line, fe.Column, fe.Message = first.Pos.Line, first.Pos.Column, first.Msg
		fe.Excerpt = excerpt(string(src), first.Pos.Line)
	}
	return fe
}

// excerptRadius is the number of lines shown before and after the wrong one.
const excerptRadius = 4

// excerpt numbers the lines around the given one and marks it.
func excerpt(src string, line int) string {
	lines := strings.Split(src, "\n")
	from, to := max(line-excerptRadius, 1), min(line+excerptRadius, len(lines))
	var b strings.Builder
	for n := from; n <= to; n++ {
		mark := ' '
		if n == line {
			mark = '>'
		}
		fmt.Fprintf(&b, "%c %4d | %s\n", mark, n, lines[n-1])
	}
	return strings.TrimSuffix(b.String(), "\n")
}
