package xmlcodec

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// content reads the current element or attribute as text, which is valid until the next
// one is read. ok is false after an error. The element is the one that it was.
func (d *Decoder) content() (text []byte, at element, ok bool) {
	switch {
	case d.err != nil || len(d.open) == 0:
		return nil, element{}, false
	case d.inAttribute:
		d.inAttribute = false
		return d.unescape(d.buf[d.value.start:d.value.end]), element{tag: span{d.nameStart, d.nameEnd}}, true
	}
	at = d.open[len(d.open)-1]
	d.attributes = 0
	if d.closed {
		d.next()
		return nil, at, true
	}
	from, to := d.pos, plainEnd(d.buf, d.pos)
	if to+1 < len(d.buf) && d.buf[to] == '<' && d.buf[to+1] == '/' {
		d.pos = to
		return d.buf[from:to], at, d.endTag() == end
	}
	text, ok = d.contentSlow()
	return text, at, ok
}

// contentSlow reads text that is not verbatim in the input, or that something other than
// the element's end follows.
func (d *Decoder) contentSlow() (text []byte, ok bool) {
	d.scratch = d.scratch[:0]
	for d.err == nil {
		from := d.pos
		if d.pos = d.textEnd(from); d.err != nil {
			break
		}
		d.scratch = appendUnescaped(d.scratch, d.buf[from:d.pos])
		switch {
		case bytes.HasPrefix(d.buf[d.pos:], []byte("<![CDATA[")):
			d.scratch = appendLines(d.scratch, d.section())
		case d.isMarkup():
			d.markup()
		case d.buf[d.pos+1] == '/':
			return d.scratch, d.endTag() == end
		default:
			if d.startTag() == start {
				d.open = d.open[:len(d.open)-1]
				d.Fail(errors.New("expected text, got an element"))
			}
		}
	}
	return nil, false
}

// unescape returns text with its references replaced. The text was checked.
func (d *Decoder) unescape(text []byte) []byte {
	if bytes.IndexByte(text, '&') < 0 && bytes.IndexByte(text, '\r') < 0 {
		return text
	}
	d.scratch = appendUnescaped(d.scratch[:0], text)
	return d.scratch
}

// appendUnescaped writes text with its references replaced.
func appendUnescaped(dst, text []byte) []byte {
	for {
		at := bytes.IndexByte(text, '&')
		if at < 0 {
			return appendLines(dst, text)
		}
		dst = appendLines(dst, text[:at])
		r, size := reference(text[at:])
		if size == 0 {
			return dst // which the check has refused
		}
		dst = utf8.AppendRune(dst, r)
		text = text[at+size:]
	}
}

// appendLines writes text with its line endings as line feeds: XML 1.0, 2.11.
func appendLines(dst, text []byte) []byte {
	for {
		at := bytes.IndexByte(text, '\r')
		if at < 0 {
			return append(dst, text...)
		}
		dst = append(append(dst, text[:at]...), '\n')
		text = text[at+1:]
		if len(text) > 0 && text[0] == '\n' {
			text = text[1:]
		}
	}
}

// reference reads the reference to a character that text begins with. The size is zero
// when there is none: only five characters have names.
func reference(text []byte) (r rune, size int) {
	end := bytes.IndexByte(text, ';')
	if end < 0 {
		return 0, 0
	}
	name, size := text[1:end], end+1
	switch string(name) {
	case "lt":
		return '<', size
	case "gt":
		return '>', size
	case "amp":
		return '&', size
	case "apos":
		return '\'', size
	case "quot":
		return '"', size
	}
	if digits, ok := bytes.CutPrefix(name, []byte("#x")); ok {
		return number(digits, 16, size)
	}
	if digits, ok := bytes.CutPrefix(name, []byte("#")); ok {
		return number(digits, 10, size)
	}
	return 0, 0
}

func number(digits []byte, base, size int) (rune, int) {
	n, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, 0
	}
	r := rune(n)
	if !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	if !isCharacter(r) {
		return 0, 0
	}
	return r, size
}

// isCharacter reports whether XML 1.0, 2.2, calls r a character.
func isCharacter(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd ||
		r >= 0x10000 && r <= utf8.MaxRune
}

// badCharacter is the offset of the first character in a text that can't stand in XML; -1
// when all can.
func badCharacter(text []byte) int {
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		if !isCharacter(r) || r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

// checkDocument checks the declaration that a document begins with.
func (d *Decoder) checkDocument(content string) {
	if version := pseudoAttribute("version", content); version != "" && version != "1.0" {
		d.malformed(d.pos, errVersion)
	}
	if encoding := pseudoAttribute("encoding", content); encoding != "" && !strings.EqualFold(encoding, "utf-8") {
		d.malformed(d.pos, errEncoding)
	}
}

// pseudoAttribute returns a value of the declaration, as encoding/xml finds it: behind the
// first equals sign that a quote follows.
func pseudoAttribute(name, content string) string {
	name += "="
	for {
		_, behind, found := strings.Cut(content, name)
		if !found || behind == "" {
			return ""
		}
		content = behind
		quote := content[0]
		content = content[1:]
		if quote != '"' && quote != '\'' {
			continue
		}
		length := strings.IndexByte(content, quote)
		if length < 0 {
			return ""
		}
		return content[:length]
	}
}
