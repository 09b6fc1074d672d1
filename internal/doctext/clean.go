package doctext

import (
	"strings"
	"unicode"
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
	return b.String()
}

// visible returns a text without characters that cannot be shown. Line ends and tabs
// stay.
func visible(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && !unicode.IsSpace(r) && isInvisible(r) {
			return -1
		}
		return r
	}, text)
}

// isInvisible reports whether a character has no place in a comment: control
// characters, those that change the direction of text, the byte order mark. The
// joiners stay, since scripts and emoji are written with them.
func isInvisible(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	if r <= unicode.MaxASCII {
		return unicode.IsControl(r)
	}
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) && r != nonJoiner && r != joiner
}

// dedent returns the lines of preformatted text without the indentation that they
// share, and without blank lines around them.
func dedent(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRightFunc(strings.Map(preformatted, line), unicode.IsSpace)
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
			lines[i] = line[shared:]
		}
	}
	return strings.Join(lines, "\n")
}

// preformatted maps what cannot stand in preformatted text to a space or to nothing.
func preformatted(r rune) rune {
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

// sharedIndent returns the length of the white space that all lines but blank ones
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
