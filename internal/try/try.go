// Package try runs documents as a reader does: it does what a page says, in a home folder
// with nothing in it, and compares what commands print with what stands below them.
//
// # What a page says
//
// A block of the language console is a session. A line that begins with "$ " is a command
// of the shell; a backslash at its end continues it. The lines below are what it prints,
// errors included, and a last line "exit status 2" is how it ends; without one it must
// succeed. "…" stands for any text in a line, and alone in a line for any lines.
//
// Another block is a file if the text before it ends in its name in code and a colon, as
// in "`main.go`:". One of the language diff changes that file: each hunk must be found
// once. All other blocks are illustrations, which nothing runs.
//
// What the go command says of modules that it finds and downloads ("go: …") is left out
// of what is compared.
package try

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Difference is a place where a page is not what happens.
type Difference struct {
	Page string
	Line int
	// What is wrong, in words; the output that came, for a command.
	What string
}

func (d Difference) Error() string { return fmt.Sprintf("%s:%d: %s", d.Page, d.Line, d.What) }

// Run does what a page says and returns where it does not hold, and the page as it would
// hold. What comes after a command that ends otherwise than the page says is not tried.
func (w *World) Run(name string, page []byte) (now []byte, wrong []Difference) {
	steps, err := Parse(page)
	if err != nil {
		return page, []Difference{{name, 1, err.Error()}}
	}
	session, err := w.enter()
	if err != nil {
		return page, []Difference{{name, 1, err.Error()}}
	}
	var outputs []output
	for _, step := range steps {
		got, err := session.do(step)
		if err != nil {
			wrong = append(wrong, Difference{name, step.Line, err.Error()})
			break
		}
		if Matches(step.Want, got) {
			continue
		}
		outputs = append(outputs, output{step, got})
		wrong = append(wrong, Difference{
			name, step.Line, fmt.Sprintf("$ %s\nprints\n%s\ninstead of\n%s", step.Command, got, step.Want),
		})
		if ending(step.Want) != ending(got) {
			break
		}
	}
	return replaceOutputs(page, outputs), wrong
}

// ending is how a command ended: the last line, if it is an exit status.
func ending(out string) string {
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if last := lines[len(lines)-1]; strings.HasPrefix(last, exitStatus) {
		return last
	}
	return ""
}

// exitStatus is what the line of a command that failed begins with.
const exitStatus = "exit status "

// output is what a command printed instead.
type output struct {
	step Step
	got  string
}

// duration is what takes another time each time.
var duration = regexp.MustCompile(`(in |\t)(?:[0-9.]+ ?m?s\b|\(cached\))`)

// replaceOutputs returns a page with what commands really print.
func replaceOutputs(page []byte, outputs []output) []byte {
	text := string(page)
	for _, o := range slices.Backward(outputs) { // so that offsets stay
		text = text[:o.step.start] + duration.ReplaceAllString(o.got, "${1}…") + text[o.step.end:]
	}
	return []byte(text)
}

// do does what a step says and returns what its command printed.
func (s *session) do(step Step) (string, error) {
	if step.Command == "" {
		return "", s.write(step)
	}
	return s.run(step.Command)
}

// write writes or changes the file of a step.
func (s *session) write(step Step) error {
	name := filepath.Join(s.dir, filepath.FromSlash(step.File))
	if rel, err := filepath.Rel(s.world.home, name); err != nil || !filepath.IsLocal(rel) {
		return fmt.Errorf("%s is outside of the reader's home", step.File)
	}
	text := step.Text
	if step.IsPatch {
		old, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if text, err = Patch(string(old), step.Text); err != nil {
			return fmt.Errorf("%s: %w", step.File, err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o600)
}
