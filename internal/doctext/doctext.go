// Package doctext turns the documentation of a model into text for Go doc
// comments.
//
// Models document themselves in CommonMark, AWS's in its embedded HTML alone. Both
// become one tree of HTML, and the tree becomes the blocks that Go's comments have
// (https://go.dev/doc/comment): paragraphs, headings, lists, preformatted text and
// links. gofmt leaves the lines as they are, and nothing in them can be taken for a
// directive, whatever the model says.
package doctext

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxSource is how many bytes of a text are read; what follows is cut off. The
// longest description in AWS's models has about 100,000.
const maxSource = 1 << 18

// Doc is a description: its blocks, and the addresses that they refer to.
type Doc struct {
	Blocks []Block
	Links  []Link
}

// Kind is the kind of a block.
type Kind uint8

// The kinds of blocks.
const (
	Paragraph Kind = iota
	Heading
	List
	Code
)

// Block is a part of a description.
type Block struct {
	Kind Kind
	// Text is that of a paragraph or heading, in one line; or the lines of
	// preformatted text.
	Text string
	// Items are those of a list, which has at least one.
	Items []Item
}

// Item is an item of a list, with at least one paragraph.
type Item struct {
	// Number is the number of an item of an ordered list; 0 is a bullet.
	Number     int
	Paragraphs []string
}

// Link is the address of each "[Text]" in the blocks.
type Link struct{ Text, URL string }

// Parse reads a description in HTML or CommonMark. The result is empty for a text
// that says nothing.
func Parse(source string) Doc { return parse(source, false) }

// Text returns a description in one line, for use within a sentence. The addresses
// of links stand in parentheses.
func Text(source string) string { return parse(source, true).inOneLine() }

// inOneLine returns the text of all blocks.
func (d Doc) inOneLine() string {
	var words []string
	for _, b := range d.Blocks {
		if b.Text != "" {
			words = append(words, fold(b.Text))
		}
		for _, i := range b.Items {
			words = append(words, i.Paragraphs...)
		}
	}
	return strings.Join(words, " ")
}

func parse(source string, inOneLine bool) Doc {
	source = strings.TrimSpace(visible(bounded(source)))
	r := reader{addressesInText: inOneLine}
	if text, ok := plainParagraph(source); ok {
		r.text.write(text)
		r.flush()
		return r.doc
	}
	if isMarkdown(source) {
		source = markdownToHTML(source)
	}
	r.read(source)
	return r.doc
}

// plainParagraph returns the text of a description that is one paragraph of HTML without
// any markup in it, as most are: it need not become a tree.
func plainParagraph(source string) (text string, ok bool) {
	text, begins := strings.CutPrefix(source, "<p>")
	text, ends := strings.CutSuffix(text, "</p>")
	return text, begins && ends && !strings.ContainsAny(text, "<>&\n\r\x00")
}

// bounded returns the beginning of a text that is too long.
func bounded(source string) string {
	if len(source) <= maxSource {
		return source
	}
	end := maxSource
	for !utf8.RuneStart(source[end]) {
		end--
	}
	return source[:end] + "…"
}

// Of returns a description of paragraphs.
func Of(paragraphs ...string) Doc { return Doc{}.With(paragraphs...) }

// With returns the description with more paragraphs at its end.
func (d Doc) With(paragraphs ...string) Doc {
	d.Blocks = slices.Clip(d.Blocks)
	for _, p := range paragraphs {
		if text := fold(p); text != "" {
			d.Blocks = append(d.Blocks, Block{Text: text})
		}
	}
	return d
}

// WithList returns the description with a list of bullets at its end.
func (d Doc) WithList(items ...string) Doc {
	var list Block
	for _, i := range items {
		list.Items = append(list.Items, Item{Paragraphs: []string{fold(i)}})
	}
	list.Kind = List
	d.Blocks = append(slices.Clip(d.Blocks), list)
	return d
}

// Led returns the description with its first paragraph as lead returns it. lead
// gets an empty text where the description does not begin with a paragraph; what it
// returns is then put before it.
func (d Doc) Led(lead func(first string) string) Doc {
	first, rest := "", d.Blocks
	if len(rest) > 0 && rest[0].Kind == Paragraph {
		first, rest = rest[0].Text, rest[1:]
	}
	d.Blocks = rest
	return d.Under(lead(first))
}

// Under returns the description below a paragraph.
func (d Doc) Under(lead string) Doc {
	return Doc{Links: d.Links}.With(lead).followedBy(d.Blocks)
}

func (d Doc) followedBy(blocks []Block) Doc {
	d.Blocks = append(d.Blocks, blocks...)
	return d
}

// Width is where comments are wrapped, slashes not counted.
const Width = 77

// Comment returns the lines of a comment that has the description and more
// paragraphs.
func (d Doc) Comment(paragraphs ...string) []string { return d.With(paragraphs...).Lines(Width) }

// Deprecation returns the paragraph that marks what should no longer be used; message
// and since may be empty.
func Deprecation(message, since string) string {
	message = Text(message)
	if message == "" {
		message = "the service's model marks it as deprecated."
	}
	if since != "" {
		message += " (since " + Text(since) + ")"
	}
	return "Deprecated: " + message
}

// Line returns the source of one line of a comment: with slashes, and with a space
// behind them where gofmt wants it.
func Line(text string) string {
	if text == "" || text[0] == '\t' {
		return "//" + text
	}
	return "// " + text
}
