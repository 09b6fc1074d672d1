package doctext

import (
	"strings"

	"golang.org/x/net/html"
)

// tag says what an HTML element means to the text.
type tag uint8

const (
	unknownTag tag = iota
	// inlineTag leaves its content in the running text.
	inlineTag
	// blockTag begins and ends a block.
	blockTag
	breakTag
	itemTag
	termTag
	descriptionTag
	titleTag
	preTag
	anchorTag
	// hiddenTag has no content that is shown.
	hiddenTag
)

// tagOf classifies an element by its name: those of HTML, and those that AWS's
// documents add.
func tagOf(name string) tag {
	switch name {
	case "b", "i", "u", "em", "strong", "code", "tt", "kbd", "samp", "var", "span", "sup", "sub", "small", "big", "font",
		"cite", "q", "abbr", "s", "del", "ins", "mark", "img", "td", "th", "replaceable", "link", "literal", "emphasis":
		return inlineTag
	case "p", "div", "ul", "ol", "dl", "table", "thead", "tbody", "tr", "blockquote", "hr", "section", "center",
		"note", "important", "caution", "warning", "tip", "para", "simpara", "body", "html",
		"fullname", "examples", "example", "request", "response":
		return blockTag
	case "br":
		return breakTag
	case "li":
		return itemTag
	case "dt":
		return termTag
	case "dd":
		return descriptionTag
	case "h1", "h2", "h3", "h4", "h5", "h6", "title", "caption":
		return titleTag
	case "pre", "programlisting", "screen":
		return preTag
	case "a":
		return anchorTag
	case "script", "style":
		return hiddenTag
	default:
		return unknownTag
	}
}

// hasBlockTags says whether a text is structured by HTML.
func hasBlockTags(doc string) bool {
	for rest := doc; ; {
		_, after, found := strings.Cut(rest, "<")
		if !found {
			return false
		}
		rest = after
		name, _, _ := strings.Cut(strings.TrimPrefix(after[:min(len(after), 16)], "/"), ">")
		name, _, _ = strings.Cut(strings.TrimSuffix(name, "/"), " ")
		if t := tagOf(strings.ToLower(name)); t >= blockTag && t <= preTag {
			return true
		}
	}
}

// reader turns HTML into blocks.
type reader struct {
	out blocks
	// text is what the block has so far.
	text strings.Builder
	// kind is that of the block; a part of a list item stays one until the item
	// ends.
	kind kind
	// hidden and pre count the open elements of those kinds.
	hidden, pre int
	// link is the address of the open anchor, and anchor where its text begins.
	link   string
	anchor int
}

func blocksOfHTML(doc string) []string {
	var r reader
	z := html.NewTokenizer(strings.NewReader(doc))
	for z.Next() != html.ErrorToken {
		raw := string(z.Raw())
		r.token(z.Token(), raw)
	}
	r.flush()
	return r.out.list
}

// token reads one token; raw is its source.
func (r *reader) token(t html.Token, raw string) {
	switch t.Type {
	case html.TextToken:
		if r.hidden == 0 {
			r.text.WriteString(t.Data)
		}
	case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
		if meaning := tagOf(t.Data); meaning == unknownTag {
			r.text.WriteString(raw) // a placeholder like <region>
		} else {
			r.element(meaning, t)
		}
	}
}

// element reads a tag that has a meaning.
func (r *reader) element(meaning tag, t html.Token) {
	end := t.Type == html.EndTagToken
	switch meaning {
	case hiddenTag:
		r.hidden = nesting(r.hidden, t.Type)
	case preTag:
		r.flush()
		r.pre = nesting(r.pre, t.Type)
	case anchorTag:
		r.closeAnchor()
		if !end {
			r.openAnchor(t)
		}
	case itemTag:
		r.startItem(end)
	case termTag:
		if !end {
			r.startItem(false)
		}
	case descriptionTag:
		r.describe(end)
	case titleTag:
		r.title(end)
	case blockTag, breakTag:
		r.block(t.Data, end)
	}
}

// nesting counts open elements.
func nesting(open int, t html.TokenType) int {
	switch t {
	case html.StartTagToken:
		return open + 1
	case html.EndTagToken:
		return max(0, open-1)
	default:
		return open
	}
}

// block ends the block before a tag. Inside a list item it only parts words,
// unless the item's list itself ends there.
func (r *reader) block(name string, end bool) {
	isList := name == "ul" || name == "ol" || name == "dl"
	if r.kind == item && !isList {
		r.text.WriteByte(' ')
		return
	}
	r.flush()
	if isList && end {
		r.kind = paragraph
	}
}

func (r *reader) startItem(end bool) {
	r.flush()
	r.kind = item
	if end {
		r.kind = paragraph
	}
}

// describe joins a description to its term.
func (r *reader) describe(end bool) {
	if end {
		r.flush()
		r.kind = paragraph
		return
	}
	r.kind = item
	if term := strings.TrimSpace(r.text.String()); term != "" && !strings.HasSuffix(term, ":") {
		r.text.WriteByte(':')
	}
	r.text.WriteByte(' ')
}

func (r *reader) title(end bool) {
	if !end || r.kind == item {
		r.flush()
		return
	}
	title := punctuated(r.text.String())
	r.text.Reset()
	r.out.add(paragraph, title)
}

// flush ends the block.
func (r *reader) flush() {
	r.closeAnchor()
	k := r.kind
	if r.pre > 0 {
		k = code
	}
	r.out.add(k, r.text.String())
	r.text.Reset()
}

func (r *reader) openAnchor(t html.Token) {
	for _, attribute := range t.Attr {
		if attribute.Key == "href" {
			r.link, r.anchor = attribute.Val, r.text.Len()
		}
	}
}

// closeAnchor puts the address behind a link's text where it helps.
func (r *reader) closeAnchor() {
	if r.link != "" && r.anchor <= r.text.Len() {
		r.text.WriteString(address(r.text.String()[r.anchor:], r.link))
	}
	r.link = ""
}

// maxAddress is the length up to which an address does not disturb a sentence.
const maxAddress = 60

// address gives what is put behind the text of a link: its address in
// parentheses, when it is one outside the document and short.
func address(text, link string) string {
	external := strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://")
	if !external || len(link) > maxAddress || strings.ContainsAny(link, " \t\r\n()<>\"") {
		return ""
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return link
	}
	if strings.Contains(text, strings.TrimSuffix(link, "/")) {
		return ""
	}
	return " (" + link + ")"
}
