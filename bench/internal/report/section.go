// Package report writes BENCHMARKS.md, of which each command owns a section.
package report

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

const head = `# Benchmarks

Each section is written by the command that it names. Absolute figures drift with the
machine and from pass to pass; ratios within one run are what counts. A figure is the
median of the rounds; in brackets the quartiles, between which half of the rounds lie.
`

// Sections are the names of those that there are, in the order of the file. That of
// programs is written by interop/programs.
var Sections = []string{"calls", "processes", "programs"}

// Update writes one section of a file, and leaves the others as they are.
func Update(file, name, text string) error {
	old, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.WriteFile(file, []byte(replace(string(old), name, text)), 0o644)
}

// replace returns a file again with another text for one section.
func replace(old, name, text string) string {
	var b strings.Builder
	b.WriteString(head)
	for _, s := range Sections {
		begin, end := fmt.Sprintf("<!-- %s -->\n", s), fmt.Sprintf("<!-- end of %s -->\n", s)
		body := strings.TrimSpace(text) + "\n"
		if s != name {
			_, rest, there := strings.Cut(old, begin)
			if !there {
				continue
			}
			body, _, _ = strings.Cut(rest, end)
		}
		b.WriteString("\n" + begin + body + end)
	}
	return b.String()
}
