package jsoncodec

import (
	"time"
	"unicode/utf8"

	"example.com/lathe/runtime/scalar"
)

// appendEscaped writes a string literal with the escapes of the official clients, because
// recordings compare bodies; invalid UTF-8 becomes U+FFFD.
func appendEscaped(dst []byte, v string) []byte {
	dst = append(dst, '"')
	for {
		i := plainEnd(scalar.AsBytes(v), 0)
		dst = append(dst, v[:i]...)
		if v = v[i:]; v == "" {
			return append(dst, '"')
		}
		r, size := utf8.DecodeRuneInString(v)
		switch {
		case r < utf8.RuneSelf:
			dst = appendEscape(dst, v[0])
		case r == utf8.RuneError && size == 1:
			dst = append(dst, `\ufffd`...)
		case r == '\u2028': // a line's end in JavaScript, and the next a paragraph's
			dst = append(dst, `\u2028`...)
		case r == '\u2029':
			dst = append(dst, `\u2029`...)
		default:
			dst = append(dst, v[:size]...)
		}
		v = v[size:]
	}
}

// appendEscape writes what an ASCII character is escaped by.
func appendEscape(dst []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	default:
		return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
	}
}

// appendUTC writes 2006-01-02T15:04:05.999Z; the milliseconds without the zeros at
// their end.
func appendUTC(dst []byte, v time.Time) []byte {
	v = v.UTC()
	year, month, day := v.Date()
	if year < 0 || year > 9999 {
		return v.AppendFormat(dst, "2006-01-02T15:04:05.999Z")
	}
	hour, minute, sec := v.Clock()
	dst = appendTwo(appendTwo(dst, year/100), year%100)
	dst = appendTwo(append(dst, '-'), int(month))
	dst = appendTwo(append(dst, '-'), day)
	dst = appendTwo(append(dst, 'T'), hour)
	dst = appendTwo(append(dst, ':'), minute)
	dst = appendTwo(append(dst, ':'), sec)
	dst = scalar.AppendMilliseconds(dst, v.Nanosecond()/1e6)
	return append(dst, 'Z')
}

// appendTwo writes a number below 100 with two digits.
func appendTwo(dst []byte, v int) []byte {
	return append(dst, byte('0'+v/10), byte('0'+v%10))
}
