package doctext

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxHeading is the length up to which a title is a heading, which stands in one
// line.
const maxHeading = 75

// reader turns HTML into blocks.
type reader struct {
	doc  Doc
	text inline
	// lists are the open lists, the innermost last.
	lists []list
	// term is set behind the term of a definition, which the description goes on.
	term bool
	// pre counts the open preformatted elements.
	pre int
	// addressesInText keeps the addresses of links in the text.
	addressesInText bool
}

// list is an open list.
type list struct {
	ordered bool
	number  int
	// label marks the item that has no text yet.
	label string
	// prefix stands before the numbers of nested items.
	prefix string
}

// read reads a text.
func (r *reader) read(source string) {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(normalized(source)), body)
	if err != nil { // nested too deeply
		r.text.write(tagPattern.ReplaceAllString(withoutComments(source), " "))
	}
	for _, n := range nodes {
		r.node(n)
	}
	r.flush()
}

func (r *reader) children(n *html.Node) {
	for c := range n.ChildNodes() {
		r.node(c)
	}
}

func (r *reader) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		if r.pre > 0 {
			r.text.edge = noEdge
		}
		r.text.write(n.Data)
	case html.ElementNode:
		if isBlock(n.Data) {
			r.block(n)
		} else {
			r.inline(n)
		}
	}
}

// inline reads an element in the running text.
func (r *reader) inline(n *html.Node) {
	switch n.Data {
	case "br":
		if r.pre > 0 {
			r.text.add("\n")
		} else {
			r.flush()
		}
	case "a":
		r.text.edge = wordBegins
		r.text.link(attribute(n, "href"))
		r.children(n)
		r.text.link("")
		r.text.edge = wordEnds
	case "code":
		r.text.edge = wordBegins
		r.children(n)
		r.text.edge = wordEnds
	case "img":
		r.image(n)
	case "sup":
		if isExponent(r.text.last(), n) {
			r.text.write("^")
		}
		r.children(n)
	default: // "b", "i"
		r.children(n)
		if r.text.edge == noEdge {
			r.text.edge = styleEnds
		}
	}
}

// image writes what an image shows, and where it is.
func (r *reader) image(n *html.Node) {
	inLink := n.Parent != nil && n.Parent.Data == "a" && destination(attribute(n.Parent, "href")) != ""
	if !inLink {
		r.text.link(attribute(n, "src"))
	}
	r.text.write(attribute(n, "alt"))
	if !inLink {
		r.text.link("")
	}
}

// isExponent reports whether a superscript is a power: "2<sup>63</sup>".
func isExponent(base rune, n *html.Node) bool {
	if n.FirstChild == nil || n.FirstChild != n.LastChild || n.FirstChild.Type != html.TextNode || !isWordy(base) {
		return false
	}
	text := strings.TrimSpace(n.FirstChild.Data)
	return text != "" && strings.Trim(text, "-+0123456789nkmx") == ""
}

// block reads an element that begins and ends a block.
func (r *reader) block(n *html.Node) {
	switch n.Data {
	case "ul", "ol", "dl":
		r.list(n)
	case "li", "dt":
		r.item(n)
	case "dd":
		r.description(n)
	case "h3", "caption":
		r.flush()
		r.children(n)
		r.heading()
	case "pre":
		r.preformatted(n)
	case "table":
		r.flush()
		r.table(n)
	case "p":
		r.endParagraph()
		r.children(n)
		if isTitle(n) {
			r.heading()
		}
		r.flush()
	default:
		r.endParagraph()
		r.children(n)
		r.flush()
	}
}

// endParagraph ends the block before a paragraph. The paragraph of a description
// goes on behind its term.
func (r *reader) endParagraph() {
	if !r.term {
		r.flush()
	}
}

// list reads a list and what is in it.
func (r *reader) list(n *html.Node) {
	r.flush()
	open := list{ordered: n.Data == "ol"}
	if start, err := strconv.Atoi(attribute(n, "start")); err == nil && start > 0 && start < 1_000_000 {
		open.number = start - 1
	}
	if len(r.lists) > 0 {
		if outer := r.lists[len(r.lists)-1]; outer.ordered && open.ordered {
			open.prefix = outer.prefix + strconv.Itoa(outer.number) + "."
		}
	}
	r.lists = append(r.lists, open)
	r.children(n)
	r.flush()
	r.lists = r.lists[:len(r.lists)-1]
}

// item reads an item of a list, or a term. One outside of a list is a paragraph.
func (r *reader) item(n *html.Node) {
	r.flush()
	if len(r.lists) > 0 {
		r.lists[len(r.lists)-1].begin(len(r.lists))
	}
	r.children(n)
	if n.Data == "dt" && !r.text.isBlank() {
		r.term = true // the description follows
		return
	}
	r.flush()
	if len(r.lists) > 0 {
		r.lists[len(r.lists)-1].label = ""
	}
}

// begin begins an item.
func (l *list) begin(depth int) {
	l.number++
	switch {
	case l.ordered:
		l.label = l.prefix + strconv.Itoa(l.number) + "."
	case depth == 1:
		l.label = "-"
	case depth == 2:
		l.label = "◦"
	default:
		l.label = "▪"
	}
}

// description joins a description to its term.
func (r *reader) description(n *html.Node) {
	if r.term {
		if last := r.text.last(); isWordy(last) || last == ')' || last == '"' || unicode.IsSpace(last) {
			r.text.trimRight()
			if r.text.last() != ':' {
				r.text.add(":")
			}
		}
		r.text.add(" ")
	}
	r.children(n)
	r.flush()
}

func (r *reader) preformatted(n *html.Node) {
	r.flush()
	r.pre++
	r.children(n)
	r.pre--
	var b strings.Builder
	for _, s := range r.text.spans {
		b.WriteString(s.text)
		if url := destination(s.url); url != "" && !strings.Contains(s.text, url) {
			b.WriteString(" (" + url + ")")
		}
	}
	r.text = inline{}
	if text := dedent(b.String()); text != "" {
		r.doc.Blocks = append(r.doc.Blocks, Block{Kind: Code, Text: text})
	}
}

// heading makes a heading of the text that was read. A long one, and one in a list,
// is a paragraph.
func (r *reader) heading() {
	text := strings.TrimLeft(r.running(r.text.spans, false), "# ")
	if len(r.lists) > 0 || utf8.RuneCountInString(text) > maxHeading || text == "" {
		r.flush()
		return
	}
	r.text, r.term = inline{}, false
	r.doc.Blocks = append(r.doc.Blocks, Block{Kind: Heading, Text: text})
}

// isTitle reports whether a paragraph is bold from beginning to end, and no sentence.
func isTitle(n *html.Node) bool {
	var bold *html.Node
	for c := range n.ChildNodes() {
		isSpace := c.Type == html.TextNode && strings.TrimSpace(c.Data) == ""
		switch {
		case isSpace:
		case bold == nil && c.Type == html.ElementNode && c.Data == "b":
			bold = c
		default:
			return false
		}
	}
	if bold == nil || bold.FirstChild == nil || bold.LastChild.Type != html.TextNode {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(bold.LastChild.Data))
	return isWordy(last) || last == ')'
}

// flush ends the block.
func (r *reader) flush() {
	text := r.running(r.text.spans, true)
	r.text, r.term = inline{}, false
	if text == "" {
		return
	}
	if len(r.lists) == 0 {
		r.doc.Blocks = append(r.doc.Blocks, Block{Text: text})
		return
	}
	r.itemParagraph(text)
}

// itemParagraph adds a paragraph to the item of the list that is open. Go's lists are
// not nested: the items of inner ones are paragraphs of the outermost item.
func (r *reader) itemParagraph(text string) {
	open := &r.lists[len(r.lists)-1]
	outermost := &r.lists[0]
	if len(r.lists) > 1 {
		text = strings.TrimSpace(open.label + " " + text)
		open.label = ""
	}
	last := len(r.doc.Blocks) - 1
	continues := last >= 0 && r.doc.Blocks[last].Kind == List
	switch begins := outermost.label != ""; {
	case begins:
		r.addItem(outermost, text)
	case continues:
		items := r.doc.Blocks[last].Items
		item := &items[len(items)-1]
		item.Paragraphs = append(item.Paragraphs, text)
	default: // behind preformatted text
		r.doc.Blocks = append(r.doc.Blocks, Block{Text: text})
	}
	outermost.label = ""
}

// addItem adds an item to the list before it, if that is of the same kind.
func (r *reader) addItem(l *list, text string) {
	item := Item{Paragraphs: []string{text}}
	if l.ordered {
		item.Number = l.number
	}
	last := len(r.doc.Blocks) - 1
	if last < 0 || r.doc.Blocks[last].Kind != List || (r.doc.Blocks[last].Items[0].Number > 0) != l.ordered {
		r.doc.Blocks = append(r.doc.Blocks, Block{Kind: List})
		last++
	}
	r.doc.Blocks[last].Items = append(r.doc.Blocks[last].Items, item)
}

// attribute returns the value of an attribute, empty for none.
func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
