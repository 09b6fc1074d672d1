package doctext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is a piece of running text, with the address that it links to.
type span struct{ text, url string }

// inline collects the running text of a block.
type inline struct {
	spans []span
	// edge is set where an element has just begun or ended.
	edge edge
}

// edge is the edge of an element.
type edge uint8

const (
	noEdge edge = iota
	// wordBegins and wordEnds are those of elements that hold whole words.
	wordBegins
	wordEnds
	// styleEnds is that of an element that may style a part of a word.
	styleEnds
)

// write adds text. Where an element begins or ends it puts the blank in that the
// document lacks ("the<code>Name</code>"), and takes out the one that only the
// markup has ("<code> Name </code>.").
func (t *inline) write(text string) {
	if text == "" {
		return
	}
	switch {
	case t.edge >= wordEnds && closesUp(text):
		t.trimRight()
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
	case wantsBlank(t.last(), text, t.edge):
		t.add(" ")
	}
	if strings.TrimSpace(text) != "" {
		t.edge = noEdge
	}
	t.add(text)
}

func (t *inline) add(text string) {
	if len(t.spans) == 0 {
		t.spans = append(t.spans, span{})
	}
	t.spans[len(t.spans)-1].text += text
}

// link begins text that links to an address; an empty one ends it.
func (t *inline) link(url string) { t.spans = append(t.spans, span{url: url}) }

// last returns the last character, 0 for none.
func (t *inline) last() rune {
	for _, s := range slices.Backward(t.spans) {
		if s.text != "" {
			r, _ := utf8.DecodeLastRuneInString(s.text)
			return r
		}
	}
	return 0
}

func (t *inline) trimRight() {
	for i := range slices.Backward(t.spans) {
		if t.spans[i].text = strings.TrimRightFunc(t.spans[i].text, unicode.IsSpace); t.spans[i].text != "" {
			return
		}
	}
}

// isBlank reports whether there is no text and no address.
func (t *inline) isBlank() bool {
	for _, s := range t.spans {
		if strings.TrimSpace(s.text) != "" || s.url != "" {
			return false
		}
	}
	return true
}

// closesUp reports whether a text begins with a punctuation mark that ends a word.
func closesUp(text string) bool {
	rest := strings.TrimLeftFunc(text, unicode.IsSpace)
	if rest == "" || strings.IndexByte(".,;:)", rest[0]) < 0 {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest[1:])
	return rest[1:] == "" || unicode.IsSpace(next)
}

// wantsBlank reports whether a word that begins at the edge of an element would be
// joined to the one before it. The ending of a word may follow an element:
// "<code>Key</code>s".
func wantsBlank(before rune, text string, at edge) bool {
	first, _ := utf8.DecodeRuneInString(text)
	switch {
	case !isWordy(first):
		return false
	case at == wordBegins:
		return isWordy(before) || before == ',' || before == ';' || before == ')'
	default:
		return at == wordEnds && isWordy(before) && !isEnding(text)
	}
}

func isWordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isEnding reports whether the first word of a text is only the ending of a word.
func isEnding(text string) bool {
	end := strings.IndexFunc(text, func(r rune) bool { return !isWordy(r) })
	if end < 0 {
		end = len(text)
	}
	switch text[:end] {
	case "s", "es", "d", "ed", "ing", "er", "ly", "st", "nd", "rd", "th":
		return true
	default:
		return false
	}
}
