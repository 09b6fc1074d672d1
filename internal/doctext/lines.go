package doctext

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lines returns the lines of a comment, without slashes, that shows a description:
// paragraphs and items are filled to width characters, headings, preformatted lines
// and addresses are left alone, and an empty line stands between blocks. A single
// word may be wider than a line.
//
// The lines are those that gofmt would make of them, and none can be taken for a
// build constraint; see [Line] for the slashes.
func (d Doc) Lines(width int) []string {
	blocks := d.laidOut()
	var lines []string
	for i, b := range blocks {
		if i > 0 {
			lines = append(lines, "")
		}
		switch b.Kind {
		case Heading:
			lines = append(lines, "# "+b.Text)
		case List:
			lines = append(lines, b.list(width)...)
		case Code:
			lines = append(lines, b.code()...)
		default:
			goesOn := len(d.Links) > 0
			if i+1 < len(blocks) {
				goesOn = blocks[i+1].Kind == Paragraph || blocks[i+1].Kind == Heading
			}
			lines = append(lines, paragraphLines(b.Text, width, i > 0 && goesOn)...)
		}
	}
	if len(d.Links) > 0 {
		lines = append(lines, "")
	}
	for _, l := range d.Links {
		lines = append(lines, "["+l.Text+"]: "+l.URL)
	}
	return harmless(lines)
}

// laidOut returns the blocks as Go's comments can show them. What is indented must
// not follow on something else that is, and something must stand at the margin.
func (d Doc) laidOut() []Block {
	atMargin, onlyCode := len(d.Links) > 0, len(d.Links) == 0
	for _, b := range d.Blocks {
		atMargin = atMargin || b.Kind == Paragraph || b.Kind == Heading
		onlyCode = onlyCode && b.Kind == Code
	}
	var out []Block
	if onlyCode && len(d.Blocks) > 0 {
		out = append(out, Block{Text: "For example:"})
	}
	for i, b := range d.Blocks {
		if b.Kind == List && (!atMargin || d.besideIndented(i)) {
			out = append(out, b.atMargin()...)
		} else {
			out = append(out, b)
		}
	}
	return out
}

// besideIndented reports whether a list is next to preformatted text, or behind
// another list.
func (d Doc) besideIndented(i int) bool {
	before := i > 0 && (d.Blocks[i-1].Kind == Code || d.Blocks[i-1].Kind == List)
	return before || i+1 < len(d.Blocks) && d.Blocks[i+1].Kind == Code
}

// atMargin returns a list's items as paragraphs that begin with their marks.
func (b Block) atMargin() []Block {
	var out []Block
	for _, item := range b.Items {
		for i, text := range item.Paragraphs {
			switch {
			case i > 0:
			case item.Number > 0:
				text = strconv.Itoa(item.Number) + ". " + text
			default:
				text = "- " + text
			}
			out = append(out, Block{Text: text})
		}
	}
	return out
}

// list returns the lines of a list. Between its items are empty lines if one has
// several paragraphs.
func (b Block) list(width int) []string {
	isLoose := false
	for _, item := range b.Items {
		isLoose = isLoose || len(item.Paragraphs) > 1
	}
	var lines []string
	for i, item := range b.Items {
		if i > 0 && isLoose {
			lines = append(lines, "")
		}
		first := "  - "
		if item.Number > 0 {
			first = " " + strconv.Itoa(item.Number) + ". "
		}
		for j, text := range item.Paragraphs {
			if j > 0 {
				lines = append(lines, "")
				text, first = unmarked(text), "    "
			}
			lines = append(lines, fill(text, width, first, "    ")...)
		}
	}
	return lines
}

// code returns preformatted lines. When they begin like a list, a line of dots before
// them keeps them from being read as one.
func (b Block) code() []string {
	lines := strings.Split(b.Text, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = "\t" + line
		}
	}
	if words := strings.Fields(lines[0]); isMarker(words[0]) && len(words) > 1 {
		lines = append([]string{"\t…"}, lines...)
	}
	return lines
}

// paragraphLines fills a paragraph. One between two others that looks like a title
// would be made one, so it ends with a full stop.
func paragraphLines(text string, width int, between bool) []string {
	lines := fill(text, width, "", "")
	if len(lines) == 1 && between && looksLikeTitle(lines[0]) {
		lines[0] += "."
	}
	return lines
}

// looksLikeTitle reports whether go/doc/comment may take a line between two empty
// ones for a title.
func looksLikeTitle(line string) bool {
	first, _ := utf8.DecodeRuneInString(line)
	last, _ := utf8.DecodeLastRuneInString(line)
	return unicode.IsUpper(first) && isWordy(last) && !strings.ContainsAny(line, ";:!?+*/=[]{}_^°&§~%#@<\">\\")
}

// fill breaks a text into lines. No line but the first begins with what would be
// the marker of a list item.
func fill(text string, width int, first, rest string) []string {
	if strings.HasPrefix(text, "[") { // not the address of a link
		text = strings.Replace(text, "]: ", "] : ", 1)
	}
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

// isMarker reports whether a word would begin a list item at the start of a line: a
// bullet, or a number with a full stop or parenthesis.
func isMarker(word string) bool {
	switch word {
	case "-", "*", "+", "•":
		return true
	}
	digits := strings.TrimRight(word, ".)")
	return len(word) == len(digits)+1 && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// unmarked returns a text that does not begin with the marker of a list item.
func unmarked(text string) string {
	marker, rest, _ := strings.Cut(text, " ")
	switch digits := strings.TrimRight(marker, ".)"); {
	case !isMarker(marker):
		return text
	case digits == marker:
		return "– " + rest
	default:
		return "(" + digits + ") " + rest
	}
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
