package diff

import (
	"fmt"
	"strings"
	"unicode"
)

// Clean makes text from a document harmless for terminals and logs: characters
// that control them, or that hide or reorder others, become escapes.
func Clean(text string) string {
	if !strings.ContainsFunc(text, isUnsafe) {
		return strings.ToValidUTF8(text, "\uFFFD")
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case !isUnsafe(r):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// isUnsafe reports whether a character is a control or formatting character, or ends
// a line.
func isUnsafe(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}
