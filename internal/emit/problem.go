package emit

import (
	"slices"
	"strings"
)

// Problem is one reason why the files cannot be written.
type Problem struct {
	// Path is the file or folder, as a path of the operating system; it may be
	// empty.
	Path string
	// Message says what is wrong, without a final stop.
	Message string
	// Hint says how to mend it; it may be empty.
	Hint string
	// InTheWay says that something stands at Path that Lathe did not write.
	InTheWay bool
}

// Error gives "path: message", followed by the hint on a line of its own.
func (p Problem) Error() string {
	text := p.Message
	if p.Path != "" {
		text = p.Path + ": " + text
	}
	if p.Hint != "" {
		text += "\n\thint: " + p.Hint
	}
	return text
}

// Problems is every reason found in one run. It is an error when it is not
// empty.
type Problems []Problem

// Error lists the problems, one a line with its hint below it.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// err gives nil for no problem, and otherwise the problems by path without
// repetitions.
func (ps Problems) err() error {
	if len(ps) == 0 {
		return nil
	}
	sorted := slices.Clone(ps)
	slices.SortStableFunc(sorted, func(a, b Problem) int { return strings.Compare(a.Path, b.Path) })
	return slices.Compact(sorted)
}

func (ps *Problems) add(path, hint, message string) {
	*ps = append(*ps, Problem{Path: path, Message: message, Hint: hint})
}
