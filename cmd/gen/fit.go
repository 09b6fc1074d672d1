package main

import (
	"io"
	"os"
	"strings"

	"github.com/rivo/uniseg"
	"golang.org/x/term"
)

// columns is how wide the terminal is that a stream is shown on; 0 where it is none,
// and lines may have any width.
func columns(stream io.Writer) int {
	f, ok := stream.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// print prints text for people to standard output.
func (a *app) print(text string) error {
	_, err := io.WriteString(a.stdout, fit(text, columns(a.stdout)))
	return err
}

// warn prints text for people to standard error.
func (a *app) warn(text string) {
	_, _ = io.WriteString(a.stderr, fit(text, columns(a.stderr))) // there is nowhere to complain about that
}

// fit breaks lines that are wider than a terminal at their words. What follows stands
// below the last column of the line, or a little further in than its beginning. A word
// that has no room in a line of its own stays whole.
func fit(text string, width int) string {
	if width <= 0 {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if rest, indented := strings.CutPrefix(line, "\t"); indented { // as in lines that are broken
			line = "    " + rest
			lines[i] = line
		}
		if uniseg.StringWidth(strings.ReplaceAll(line, "\t", "        ")) > width {
			lines[i] = fitLine(strings.ReplaceAll(line, "\t", "    "), width)
		}
	}
	return strings.Join(lines, "\n")
}

func fitLine(line string, width int) string {
	head, rest := parted(line, width)
	room := width - uniseg.StringWidth(head)
	margin := uniseg.StringWidth(head)
	if strings.TrimSpace(head) == "" {
		margin += 4
	}
	return head + strings.Join(wrapped(rest, room, width-margin), "\n"+strings.Repeat(" ", margin))
}

// parted cuts a line before its last column: behind the last gap of several blanks in
// the first half of the terminal, or behind its indentation.
func parted(line string, width int) (head, rest string) {
	at := len(line) - len(strings.TrimLeft(line, " "))
	for i := at; i < min(len(line), width/2); i++ {
		if line[i] != ' ' && strings.HasSuffix(line[:i], "  ") {
			at = i
		}
	}
	return line[:at], line[at:]
}

// wrapped breaks a text into lines: the first with so many columns, the others with
// others.
func wrapped(text string, first, others int) []string {
	var lines []string
	line, room := "", first
	for word := range strings.SplitSeq(text, " ") {
		switch {
		case line == "":
			line = word
		case uniseg.StringWidth(line)+1+uniseg.StringWidth(word) <= room:
			line += " " + word
		default:
			lines = append(lines, strings.TrimRight(line, " "))
			line, room = word, others
		}
	}
	return append(lines, line)
}
