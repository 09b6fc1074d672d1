package doctext

import (
	"regexp"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// structurePattern matches a line that has a structure only in CommonMark.
var structurePattern = regexp.MustCompile("^ {0,3}(?:[-*+] |[0-9]{1,9}[.)] |#{1,6} |```|~~~|\\|)")

// isMarkdown reports whether a text is CommonMark rather than HTML alone. AWS's HTML
// begins with a block and has lines that are indented at random, which CommonMark
// would take for code.
func isMarkdown(source string) bool { return !beginsWithBlock(source) || hasStructure(source) }

// hasStructure reports whether a line behind an empty one, where HTML has ended, has a
// structure only in CommonMark.
func hasStructure(source string) bool {
	isBehindEmpty := false
	for line := range strings.Lines(source) {
		if isBehindEmpty && structurePattern.MatchString(line) {
			return true
		}
		isBehindEmpty = strings.Trim(line, " \t\n") == ""
	}
	return false
}

// converter makes HTML of CommonMark.
var converter = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough),
		goldmark.WithRendererOptions(html.WithUnsafe()),
	)
})

// markdownToHTML returns the HTML of CommonMark with tables, and with the HTML in it
// as it is.
func markdownToHTML(source string) string {
	if !strings.ContainsAny(source, "\n`*_[]<>&\\#|~-+.)") {
		return source // in one paragraph, without markup
	}
	var out strings.Builder
	if err := converter().Convert([]byte(source), &out); err != nil {
		return source // a writer in memory does not fail
	}
	return out.String()
}
