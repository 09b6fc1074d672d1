package doctext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fold joins a text's words with single spaces, without what cannot be shown.
func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	space := false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
		case isInvisible(r):
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r)
		}
	}
	return closeUp(b.String())
}

// closeUp removes the space that markup leaves before a punctuation mark at the
// end of a word.
func closeUp(text string) string {
	if !strings.Contains(text, " ") {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for i := range len(text) {
		if text[i] == ' ' && i+1 < len(text) && strings.IndexByte(".,;:)", text[i+1]) >= 0 &&
			(i+2 == len(text) || text[i+2] == ' ') {
			continue
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// isInvisible says whether a character has no place in a comment: control
// characters, those that change the direction of text, the byte order mark. The
// joiners stay, since scripts and emoji are written with them.
func isInvisible(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) && r != nonJoiner && r != joiner
}

// dedent gives the lines of preformatted text behind a tab each, without the
// indentation that they share and without blank lines around them.
func dedent(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRightFunc(strings.Map(visible, line), unicode.IsSpace)
	}
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	shared := sharedIndent(lines)
	for i, line := range lines {
		if line != "" {
			lines[i] = "\t" + line[shared:]
		}
	}
	return strings.Join(lines, "\n")
}

// visible maps what cannot stand in preformatted text to nothing.
func visible(r rune) rune {
	switch {
	case r == '\t':
		return r
	case unicode.IsSpace(r):
		return ' '
	case isInvisible(r):
		return -1
	default:
		return r
	}
}

// sharedIndent is the length of the white space that all lines but blank ones
// begin with.
func sharedIndent(lines []string) int {
	shared, first := "", true
	for _, line := range lines {
		if line == "" {
			continue
		}
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if first {
			shared, first = indent, false
		}
		for !strings.HasPrefix(indent, shared) {
			shared = shared[:len(shared)-1]
		}
	}
	return len(shared)
}

// punctuated ends a title with a colon, so that it reads as one before what
// follows, and so that gofmt takes it for a sentence.
func punctuated(title string) string {
	title = fold(title)
	if r, _ := utf8.DecodeLastRuneInString(title); unicode.IsLetter(r) || unicode.IsDigit(r) {
		return title + ":"
	}
	return title
}
