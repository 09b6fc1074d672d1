package doctext

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// blocksOfMarkdown reads a text that is structured by lines.
func blocksOfMarkdown(doc string) []string {
	m := markdown{blank: true}
	for line := range strings.SplitSeq(doc, "\n") {
		m.line(strings.TrimRight(line, "\r"))
	}
	m.flush()
	return m.out.list
}

// markdown reads CommonMark line by line. Nested lists come out flat.
type markdown struct {
	out  blocks
	text strings.Builder
	kind kind
	// fence is what closes the open fenced code.
	fence string
	// blank says that the line before was empty.
	blank bool
}

func (m *markdown) line(line string) {
	trimmed := strings.TrimSpace(line)
	if m.fence != "" {
		m.fenced(line, trimmed)
		return
	}
	blank := m.blank
	m.blank = trimmed == ""
	rest, isItem := listItem(trimmed)
	switch {
	case trimmed == "":
		m.endParagraph()
	case strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~"):
		m.flush()
		m.kind, m.fence = code, trimmed[:3]
	case isItem:
		m.flush()
		m.kind = item
		m.text.WriteString(rest)
	case isRule(trimmed):
		m.flush()
		m.kind = paragraph
	case headingText(trimmed) != "":
		m.flush()
		m.kind = paragraph
		m.out.add(paragraph, punctuated(inline(headingText(trimmed))))
	case isIndentedCode(line) && (m.kind == code || blank && m.kind != item):
		m.indentedCode(line)
	case m.kind == item && blank && !unicode.IsSpace(rune(line[0])), m.kind == code:
		m.flush()
		m.kind = paragraph
		m.text.WriteString(trimmed)
	default:
		m.text.WriteByte('\n')
		m.text.WriteString(trimmed)
	}
}

// endParagraph reads an empty line. It ends paragraphs; items and code may go on
// behind it.
func (m *markdown) endParagraph() {
	switch m.kind {
	case paragraph:
		m.flush()
	default:
		m.text.WriteByte('\n')
	}
}

func (m *markdown) fenced(line, trimmed string) {
	if strings.HasPrefix(trimmed, m.fence) {
		m.flush()
		m.fence, m.kind, m.blank = "", paragraph, true
		return
	}
	m.text.WriteString(line)
	m.text.WriteByte('\n')
}

func isIndentedCode(line string) bool {
	return strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t")
}

func (m *markdown) indentedCode(line string) {
	if m.kind != code {
		m.flush()
		m.kind = code
	}
	m.text.WriteString(line)
	m.text.WriteByte('\n')
}

// isRule says whether a line only separates what is above and below it.
func isRule(line string) bool {
	return len(line) >= 3 && (strings.Trim(line, "-") == "" || strings.Trim(line, "=") == "" || strings.Trim(line, "*") == "" || strings.Trim(line, "_") == "")
}

// headingText is what a line of the form "## Title ##" says, and empty for
// others.
func headingText(line string) string {
	if line[0] != '#' {
		return ""
	}
	text := strings.TrimLeft(line, "#")
	if len(line)-len(text) > 6 || text != "" && text[0] != ' ' && text[0] != '\t' {
		return ""
	}
	return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(text), "#"))
}

// listItem gives the text behind the marker of a list item.
func listItem(line string) (text string, ok bool) {
	marker, rest, found := strings.Cut(line, " ")
	if !found || !isMarker(marker) {
		return "", false
	}
	return rest, true
}

// flush ends the block.
func (m *markdown) flush() {
	text := m.text.String()
	m.text.Reset()
	if m.kind != code {
		text = inline(text)
	}
	m.out.add(m.kind, text)
}

// inline removes the markup inside a block: spans of code, which are taken as
// they are, and in the text between them tags, entities, links and emphasis.
func inline(text string) string {
	var b strings.Builder
	for text != "" {
		open := strings.IndexByte(text, '`')
		if open < 0 {
			break
		}
		ticks := len(text[open:]) - len(strings.TrimLeft(text[open:], "`"))
		rest := text[open+ticks:]
		end := strings.Index(rest, text[open:open+ticks])
		if end < 0 {
			break
		}
		b.WriteString(markup(text[:open]))
		b.WriteString(rest[:end])
		text = strings.TrimLeft(rest[end:], "`")
	}
	b.WriteString(markup(text))
	return b.String()
}

// markup removes tags, entities, links and emphasis.
func markup(text string) string {
	if strings.ContainsAny(text, "<&") {
		text = withoutTags(text)
	}
	if strings.Contains(text, "](") {
		text = withoutLinks(text)
	}
	if strings.Contains(text, "**") {
		text = strings.ReplaceAll(text, "**", "")
	}
	if strings.Contains(text, `\`) {
		text = withoutEscapes(text)
	}
	return text
}

// withoutTags reads a text's HTML as running text.
func withoutTags(text string) string {
	var r reader
	z := html.NewTokenizer(strings.NewReader(text))
	for z.Next() != html.ErrorToken {
		raw := string(z.Raw())
		r.token(z.Token(), raw)
	}
	r.closeAnchor()
	return r.text.String()
}

// withoutLinks turns "[text](address)" into the text, see [address].
func withoutLinks(text string) string {
	var b strings.Builder
	for {
		middle := strings.Index(text, "](")
		if middle < 0 {
			break
		}
		open := strings.LastIndexByte(text[:middle], '[')
		end := strings.IndexByte(text[middle:], ')')
		if open < 0 || end < 0 {
			b.WriteString(text[:middle+2])
			text = text[middle+2:]
			continue
		}
		label := text[open+1 : middle]
		target, _, _ := strings.Cut(text[middle+2:middle+end], " ")
		b.WriteString(strings.TrimSuffix(text[:open], "!"))
		b.WriteString(label)
		b.WriteString(address(label, target))
		text = text[middle+end+1:]
	}
	b.WriteString(text)
	return b.String()
}

// withoutEscapes removes the backslash before a punctuation mark that CommonMark
// would read as markup.
func withoutEscapes(text string) string {
	var b strings.Builder
	for i := range len(text) {
		if text[i] == '\\' && i+1 < len(text) && strings.IndexByte("*_`#[]<>-+!~|", text[i+1]) >= 0 {
			continue
		}
		b.WriteByte(text[i])
	}
	return b.String()
}
