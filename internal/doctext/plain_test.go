package doctext

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzPlainParagraph holds what is taken of a paragraph without markup to what is read of
// its tree.
func FuzzPlainParagraph(f *testing.F) {
	for _, text := range []string{
		"", " ", "Text.", "  two  words\t", ".", ", then", ") s", "s", "[Link]", "[a](b)", "* no item", "# no heading", "1. no item", "| a | b |",
		"`code`", "a\u00a0b", "\u200b", "\u2028", "é", "\xff", "a\x01b", "\ufeffa", "<p>", "--", "{@inherit}", "go:embed", "http://example.com/[x]",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		source := strings.TrimSpace(visible(bounded("<p>" + text + "</p>")))
		if _, ok := plainParagraph(source); !ok {
			return
		}
		whole := reader{}
		whole.read(source)
		if diff := cmp.Diff(whole.doc, Parse(source)); diff != "" || isMarkdown(source) {
			t.Errorf("%q (- its tree, + taken as it is):\n%s", source, diff)
		}
	})
}
