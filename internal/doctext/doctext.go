// Package doctext turns the documentation of a model into text for Go doc
// comments.
//
// Models document themselves in CommonMark, most of them in its embedded HTML
// alone. What comes out is plain text in the syntax of Go doc comments
// (https://go.dev/doc/comment), which gofmt leaves as it is, and in which nothing
// can be taken for a directive, whatever the model says.
package doctext

import (
	"strings"
	"unicode/utf8"
)

// maxSource is how many bytes of a text are read; what follows is cut off. The
// longest description in AWS's models has about 30,000.
const maxSource = 1 << 16

// Plain gives the blocks of a description. A block is either a paragraph in one
// line; or a list, whose items are lines that begin with "  - "; or preformatted
// text, whose lines begin with a tab. The first one is always a paragraph. The
// result is nil for a text that says nothing.
func Plain(doc string) []string {
	if len(doc) > maxSource {
		end := maxSource
		for !utf8.RuneStart(doc[end]) {
			end--
		}
		doc = doc[:end] + "…"
	}
	doc = strings.ToValidUTF8(doc, "\uFFFD")
	if hasBlockTags(doc) {
		return blocksOfHTML(doc)
	}
	return blocksOfMarkdown(doc)
}

// Comment gives the lines of the comment that documents a declaration with a
// model's description: see [Plain], [Wrap] and [Line].
func Comment(doc string, width int) []string { return Wrap(Plain(doc), width) }

// Line gives the source of one line of a comment: with slashes, and with a space
// behind them where gofmt wants it.
func Line(text string) string {
	if text == "" || text[0] == '\t' {
		return "//" + text
	}
	return "// " + text
}

// kind is the kind of a block.
type kind uint8

const (
	paragraph kind = iota
	item
	code
)

// blocks collects the blocks of a description.
type blocks struct {
	list []string
	last kind
}

// add appends a block. Items that follow each other become one list. Where Go's
// comments can't show a block (at the beginning, and preformatted text next to a
// list), it becomes a paragraph.
func (b *blocks) add(k kind, text string) {
	if k == code {
		text = dedent(text)
	} else {
		text = fold(text)
	}
	switch {
	case text == "":
		return
	case k != paragraph && len(b.list) == 0, k+b.last == item+code:
		k, text = paragraph, fold(text)
	case k == item && b.last == item:
		b.list[len(b.list)-1] += "\n  - " + text
		return
	case k == item:
		text = "  - " + text
	}
	b.list, b.last = append(b.list, text), k
}
