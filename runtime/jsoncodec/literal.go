package jsoncodec

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"example.com/lathe/runtime/scalar"
)

// literal is a string literal.
type literal struct {
	text     []byte // what stands between the quotes
	verbatim bool   // the text is the value: it has no escapes and is valid UTF-8
}

// literal reads a string literal, of which the first quote is known. It is empty
// after an error.
func (d *Decoder) literal() literal {
	start := d.pos + 1
	end := plainEnd(d.buf, start)
	if end < len(d.buf) && d.buf[end] == '"' {
		d.pos = end + 1
		return literal{d.buf[start:end], true}
	}
	return d.literalSlow(start, end)
}

// literalSlow reads a literal with bytes that are not plain, of which the first is at i.
func (d *Decoder) literalSlow(start, i int) literal {
	ascii, escaped := true, false
	for i < len(d.buf) && d.buf[i] != '"' {
		size := 1
		if d.buf[i] >= utf8.RuneSelf {
			ascii = false
		} else if size = escapeLen(d.buf[i:]); size > 0 {
			escaped = true
		} else {
			break // a control character, or a backslash that begins no escape
		}
		i = plainEnd(d.buf, i+size)
	}
	if i >= len(d.buf) || d.buf[i] != '"' {
		d.badString(i)
		return literal{}
	}
	d.pos = i + 1
	text := d.buf[start:i]
	return literal{text, !escaped && (ascii || utf8.Valid(text))}
}

// escapeLen returns the length of the escape that b begins with; 0 if it is none.
func escapeLen(b []byte) int {
	switch {
	case len(b) < 2 || b[0] != '\\':
		return 0
	case b[1] == 'u' && len(b) >= 6 && isHex(b[2]) && isHex(b[3]) && isHex(b[4]) && isHex(b[5]):
		return 6
	case unescape(b[1]) != 0:
		return 2
	default:
		return 0
	}
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// unescape returns what c stands for behind a backslash; 0 when it is no escape.
func unescape(c byte) byte {
	i := strings.IndexByte(`"\/bfnrt`, c)
	if i < 0 {
		return 0
	}
	return "\"\\/\b\f\n\r\t"[i]
}

// value returns the literal's value, which may share memory with the input.
func (l literal) value() []byte {
	if l.verbatim {
		return l.text
	}
	return l.appendValue(make([]byte, 0, len(l.text)))
}

// appendValue appends the literal's value to dst. It is no longer than the text
// unless there is invalid UTF-8.
func (l literal) appendValue(dst []byte) []byte {
	text := l.text
	for {
		i := plainEnd(text, 0)
		dst = append(dst, text[:i]...)
		if text = text[i:]; len(text) == 0 {
			return dst
		}
		var r rune
		var size int
		switch {
		case text[0] != '\\':
			r, size = utf8.DecodeRune(text) // U+FFFD for an invalid byte
		case text[1] == 'u':
			r, size = unescapeRune(text)
		default:
			r, size = rune(unescape(text[1])), 2
		}
		dst = utf8.AppendRune(dst, r)
		text = text[size:]
	}
}

// unescapeRune returns the character that text begins with as \uXXXX, or as two of
// them when they are a pair of surrogates, and the length of that. A surrogate
// without its half is U+FFFD.
func unescapeRune(text []byte) (rune, int) {
	r := hexRune(text[2:6])
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if len(text) >= 12 && text[6] == '\\' && text[7] == 'u' {
		if pair := utf16.DecodeRune(r, hexRune(text[8:12])); pair != utf8.RuneError {
			return pair, 12
		}
	}
	return utf8.RuneError, 6
}

// hexRune reads four digits that are known to be hexadecimal.
func hexRune(digits []byte) rune {
	v, _ := strconv.ParseUint(scalar.AsString(digits), 16, 16)
	return rune(v)
}
