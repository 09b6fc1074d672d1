package doctext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Wrap gives the lines of a comment, without slashes, that shows blocks as
// [Plain] gives them: paragraphs and list items are filled to width characters,
// preformatted lines are left alone, and an empty line stands between blocks. A
// single word may be wider than a line.
//
// The lines are those that gofmt would make of them, and none can be taken for a
// build constraint; see [Line] for the slashes.
func Wrap(paragraphs []string, width int) []string {
	var out blocks
	for _, p := range paragraphs {
		addAgain(&out, p)
	}
	var lines []string
	for i, block := range out.list {
		if i > 0 {
			lines = append(lines, "")
		}
		switch {
		case block[0] == '\t':
			lines = append(lines, preformatted(block)...)
		case strings.HasPrefix(block, "  - "):
			for text := range strings.SplitSeq(block, "\n") {
				lines = append(lines, fill(fillable(text[4:]), width, "  - ", "    ")...)
			}
		default:
			lines = append(lines, filledParagraph(block, width, i > 0 && i+1 < len(out.list))...)
		}
	}
	return harmless(lines)
}

// addAgain adds a block by what it looks like.
func addAgain(out *blocks, block string) {
	switch {
	case strings.HasPrefix(block, "\t"):
		out.add(code, block)
	case strings.HasPrefix(block, "  - "):
		for text := range strings.SplitSeq(block, "\n  - ") {
			out.add(item, strings.TrimPrefix(text, "  - "))
		}
	default:
		out.add(paragraph, block)
	}
}

// filledParagraph fills a paragraph. Between two others, a short one that ends
// without a mark would be read as a title, so it gets one.
func filledParagraph(text string, width int, between bool) []string {
	text = fillable(text)
	lines := fill(text, width, "", "")
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	if between && len(lines) == 1 && unicode.IsUpper(first) && (unicode.IsLetter(last) || unicode.IsDigit(last)) {
		lines[0] += "."
	}
	return lines
}

// fillable rewrites what has a meaning of its own in Go's comments: a title's
// number sign, the address of a link ("[text]: https://…"), and the typewriter's
// double quotes.
func fillable(text string) string {
	text = strings.ReplaceAll(text, "''", `""`)
	for strings.Contains(text, "``") {
		text = strings.ReplaceAll(text, "``", "`")
	}
	if strings.HasPrefix(text, "[") {
		text = strings.Replace(text, "]: ", "] : ", 1)
	}
	for strings.HasPrefix(text, "# ") {
		text = text[2:]
	}
	return text
}

// fill breaks a text into lines. No line but the first begins with what would be
// the marker of a list item.
func fill(text string, width int, first, rest string) []string {
	var lines []string
	var line strings.Builder
	line.WriteString(first)
	size, empty := utf8.RuneCountInString(first), true
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		if !empty && size+1+n > width && !isMarker(word) {
			lines = append(lines, line.String())
			line.Reset()
			line.WriteString(rest)
			size, empty = len(rest), true
		}
		if !empty {
			line.WriteByte(' ')
			size++
		}
		line.WriteString(word)
		size, empty = size+n, false
	}
	if empty {
		return lines
	}
	return append(lines, line.String())
}

// isMarker says whether a word would begin a list item at the start of a line: a
// bullet, or a number with a full stop or parenthesis.
func isMarker(word string) bool {
	switch word {
	case "-", "*", "+", "•":
		return true
	}
	digits := strings.TrimRight(word, ".)")
	return len(word) == len(digits)+1 && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// preformatted gives the lines of preformatted text. When it begins like a list,
// a line of dots before it keeps it from being read as one.
func preformatted(block string) []string {
	lines := strings.Split(block, "\n")
	if words := strings.Fields(lines[0]); isMarker(words[0]) {
		lines = append([]string{"\t…"}, lines...)
	}
	return lines
}

// harmless puts what would be a build constraint in parentheses. Directives like
// "go:generate" need no care: they count only directly behind the slashes.
func harmless(lines []string) []string {
	for i, line := range lines {
		text := strings.TrimLeft(line, " \t")
		if rest, ok := strings.CutPrefix(text, "+build"); ok {
			lines[i] = line[:len(line)-len(text)] + "(+build)" + rest
		}
	}
	return lines
}
