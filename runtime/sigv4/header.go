package sigv4

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"
)

// usual are the signed headers that most requests have, in order; those of a signature
// itself come before the last ones. To look for these first is faster than to go through
// a map and to sort: as a rule the others are not signed.
var usual = [...]usualHeader{
	{"Accept-Encoding", "accept-encoding"},
	{"Amz-Sdk-Invocation-Id", "amz-sdk-invocation-id"},
	{"Amz-Sdk-Request", "amz-sdk-request"},
	{"Content-Type", "content-type"},
	{"X-Amz-Target", "x-amz-target"},
	{"X-Amzn-Query-Mode", "x-amzn-query-mode"},
}

// usualLast is the first of them that comes after those of the signature.
const usualLast = 4

type usualHeader struct{ name, lower string }

// collectFields finds the headers to be signed, in order. They are appended to b as
// they stand in the canonical request: name:values. Without a date, none is added.
func (m *scratch) collectFields(b []byte, r *http.Request, date, token string) []byte {
	others := len(r.Header)
	if _, ok := r.Header["User-Agent"]; ok { // not signed
		others--
	}
	b, others = m.collectUsual(b, r, usual[:usualLast], others)
	start := len(b)
	b = append(b, "host:"...)
	b = appendCollapsed(b, trimSpaces(sentHost(r)))
	m.fields = append(m.fields, part{start, start + len("host"), len(b)})
	if date != "" {
		start = len(b)
		b = append(b, "x-amz-date:"...)
		b = append(b, date...)
		m.fields = append(m.fields, part{start, start + len("x-amz-date"), len(b)})
	}
	if token != "" {
		b = m.addField(append(b, "x-amz-security-token"...), len(b), []string{token})
	}
	if b, others = m.collectUsual(b, r, usual[usualLast:], others); others > 0 {
		b = m.collectOthers(b, r.Header, token != "")
		m.sort(m.fields, b)
	}
	return b
}

// collectUsual adds those of some usual headers that a request has, and the length of its
// body, which stands before the type. It returns how many of that many headers are left.
func (m *scratch) collectUsual(b []byte, r *http.Request, headers []usualHeader, left int) ([]byte, int) {
	for i := range headers {
		if headers[i].name == "Content-Type" && r.ContentLength > 0 {
			start := len(b)
			b = append(b, "content-length:"...)
			b = strconv.AppendInt(b, r.ContentLength, 10)
			m.fields = append(m.fields, part{start, start + len("content-length"), len(b)})
		}
		if left == 0 {
			continue
		}
		if values, ok := r.Header[headers[i].name]; ok {
			b = m.addField(append(b, headers[i].lower...), len(b), values)
			left--
		}
	}
	return b, left
}

// collectOthers adds the headers that are not usual.
func (m *scratch) collectOthers(b []byte, h http.Header, addsToken bool) []byte {
	for name, values := range h {
		if !isSigned(name, addsToken) {
			continue
		}
		start := len(b)
		b = appendLower(b, name)
		switch string(b[start:]) {
		case "host", "content-length": // fields of the request have them
		default:
			b = m.addField(b, start, values)
		}
	}
	return b
}

// addField adds a header, whose name in lower case is the text from start on. One
// that has no values is its name alone.
func (m *scratch) addField(b []byte, start int, values []string) []byte {
	middle, separator := len(b), byte(':')
	for _, value := range values {
		b = append(b, separator)
		b = appendCollapsed(b, strings.TrimSpace(value))
		separator = ','
	}
	m.fields = append(m.fields, part{start, middle, len(b)})
	return b
}

// isSigned reports whether the values that a request has for a header that is not
// usual are signed, where the signature adds a token or does not. The official
// signer compares names as they are written, too.
func isSigned(name string, addsToken bool) bool {
	switch name {
	case dateHeader, authorizationHeader, "User-Agent", "X-Amzn-Trace-Id", "Expect", "Transfer-Encoding":
		return false
	case tokenHeader:
		return !addsToken
	}
	for i := range usual {
		if name == usual[i].name {
			return false
		}
	}
	return true
}

// appendLower appends a header's name in lower case.
func appendLower(b []byte, name string) []byte {
	for i := range len(name) {
		c := name[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case c >= utf8.RuneSelf:
			return append(b[:len(b)-i], strings.ToLower(name)...)
		}
		b = append(b, c)
	}
	return b
}

// isFirst reports whether a field begins a header. Names that differ only in case are
// one header: its values stand in an order that does not depend on that of the map.
func (m *scratch) isFirst(b []byte, i int) bool {
	return i == 0 || !bytes.Equal(m.fields[i].name(b), m.fields[i-1].name(b))
}

// appendNames appends the names of the signed headers.
func (m *scratch) appendNames(b []byte) []byte {
	for i := range m.fields {
		f := &m.fields[i]
		if !m.isFirst(b, i) {
			continue
		}
		if i > 0 {
			b = append(b, ';')
		}
		b = append(b, f.name(b)...)
	}
	return b
}

// appendFields appends the canonical headers, one a line.
func (m *scratch) appendFields(b []byte) []byte {
	for i := range m.fields {
		f := &m.fields[i]
		switch {
		case m.isFirst(b, i):
			if i > 0 {
				b = append(b, '\n')
			}
			b = append(b, f.all(b)...)
			if f.middle == f.end {
				b = append(b, ':')
			}
		case f.middle < f.end: // more values
			if last := m.fields[i-1]; last.middle < last.end {
				b = append(b, ',')
			}
			b = append(b, b[f.middle+1:f.end]...)
		}
	}
	return append(b, "\n\n"...)
}

// trimSpaces is strings.Trim for spaces, without its general sets of runes.
func trimSpaces(s string) string {
	for s != "" && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	return strings.TrimLeft(s, " ")
}

// appendCollapsed appends s, whose last byte is no space, with one space for each
// run of them.
func appendCollapsed(b []byte, s string) []byte {
	for {
		i := strings.Index(s, "  ")
		if i < 0 {
			return append(b, s...)
		}
		b = append(b, s[:i+1]...)
		s = strings.TrimLeft(s[i:], " ")
	}
}
