package try

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Step is one thing that a page says to do: a command, or a file to write.
type Step struct {
	Line int
	// Command is a line for the shell, and Want what it prints; empty for a file.
	Command, Want string
	// File is the name of a file, and Text what stands in it, or is changed.
	File, Text string
	IsPatch    bool
	// start and end are where Want stands in the page.
	start, end int
}

// Parse returns what a page in Markdown says to do, in its order.
func Parse(page []byte) ([]Step, error) {
	var steps []Step
	doc := goldmark.DefaultParser().Parse(text.NewReader(page))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		block, ok := n.(*ast.FencedCodeBlock)
		if !ok || block.Lines().Len() == 0 {
			continue
		}
		first := block.Lines().At(0).Start
		line := 1 + bytes.Count(page[:first], []byte("\n"))
		language := string(block.Language(page))
		if language == "console" {
			commands, err := commandsOf(page, block.Lines(), line)
			if err != nil {
				return nil, err
			}
			steps = append(steps, commands...)
			continue
		}
		if name := fileBefore(block, page); name != "" {
			steps = append(steps, Step{
				Line: line, File: name, Text: string(block.Lines().Value(page)), IsPatch: language == "diff",
			})
		}
	}
	return steps, nil
}

// commandsOf reads the commands of one block.
func commandsOf(page []byte, lines *text.Segments, line int) ([]Step, error) {
	var steps []Step
	isContinued := false
	for i := range lines.Len() {
		at := lines.At(i)
		content := string(at.Value(page))
		command, isCommand := strings.CutPrefix(content, "$ ")
		switch {
		case isContinued:
			last := &steps[len(steps)-1]
			last.Command += content
			last.start, last.end = at.Stop, at.Stop
			isContinued = strings.HasSuffix(content, "\\\n")
		case isCommand:
			steps = append(steps, Step{Line: line + i, Command: command, start: at.Stop, end: at.Stop})
			isContinued = strings.HasSuffix(content, "\\\n")
		case len(steps) == 0:
			return nil, fmt.Errorf("line %d: a block of the language console begins with a command, \"$ …\"", line+i)
		default:
			last := &steps[len(steps)-1]
			last.Want += content
			last.end = at.Stop
		}
	}
	for i := range steps {
		steps[i].Command = strings.TrimSuffix(steps[i].Command, "\n")
	}
	return steps, nil
}

// fileBefore is the name that the paragraph before a block ends in, in code and with a
// colon; empty if it does not.
func fileBefore(block ast.Node, page []byte) string {
	paragraph, ok := block.PreviousSibling().(*ast.Paragraph)
	if !ok {
		return ""
	}
	colon, ok := paragraph.LastChild().(*ast.Text)
	if !ok || strings.TrimSpace(string(colon.Segment.Value(page))) != ":" {
		return ""
	}
	code, ok := colon.PreviousSibling().(*ast.CodeSpan)
	if !ok {
		return ""
	}
	var name strings.Builder
	for n := code.FirstChild(); n != nil; n = n.NextSibling() {
		if t, ok := n.(*ast.Text); ok {
			name.Write(t.Segment.Value(page))
		}
	}
	return name.String()
}

// Matches reports whether a command printed what the page says: "…" stands for any text
// in a line, and a line of it alone for any lines but that of how it ended.
func Matches(want, got string) bool {
	if ending(want) != ending(got) {
		return false
	}
	if !strings.Contains(want, "…") {
		return want == got
	}
	var pattern strings.Builder
	pattern.WriteString(`\A`)
	for line := range strings.Lines(want) {
		if strings.TrimSpace(line) == "…" {
			pattern.WriteString(`(?:.*\n)*`)
			continue
		}
		for i, part := range strings.Split(line, "…") {
			if i > 0 {
				pattern.WriteString(`.*`)
			}
			pattern.WriteString(regexp.QuoteMeta(part))
		}
	}
	pattern.WriteString(`\z`)
	return regexp.MustCompile(pattern.String()).MatchString(got)
}

var errNoHunk = errors.New("the change does not fit")

// Patch changes a text by the lines of a diff: of those that stay or go it must have each
// hunk once. Hunks are divided by lines that begin with "@@".
func Patch(old, diff string) (string, error) {
	for _, hunk := range hunks(diff) {
		var before, after strings.Builder
		for line := range strings.Lines(hunk) {
			mark, rest := line[0], line[1:]
			switch mark {
			case '-':
				before.WriteString(rest)
			case '+':
				after.WriteString(rest)
			case '\n': // an empty line that stays
				before.WriteString(line)
				after.WriteString(line)
			default:
				before.WriteString(rest)
				after.WriteString(rest)
			}
		}
		if n := strings.Count(old, before.String()); n != 1 {
			return "", fmt.Errorf("%w: what stays or goes is found %d times:\n%s", errNoHunk, n, before.String())
		}
		old = strings.Replace(old, before.String(), after.String(), 1)
	}
	return old, nil
}

func hunks(diff string) []string {
	var all []string
	isNew := true
	for line := range strings.Lines(diff) {
		switch {
		case strings.HasPrefix(line, "@@"):
			isNew = true
		case isNew:
			all = append(all, line)
			isNew = false
		default:
			all[len(all)-1] += line
		}
	}
	return all
}
