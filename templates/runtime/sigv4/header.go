package sigv4

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// field is a header of the canonical request.
type field struct {
	name   []byte   // in lower case
	text   []byte   // the value, if the signer knows it best
	values []string // as they stand in the request otherwise
}

// collectFields finds the headers to be signed, in order. Their names, and the
// values that are not in r.Header, are appended to b.
func (m *scratch) collectFields(b []byte, r *http.Request, date []byte) []byte {
	start := len(b)
	b = append(b, "x-amz-date"...)
	m.fields = append(m.fields, field{name: b[start:], text: date})
	b = m.collectHost(b, r)
	b = m.collectLength(b, r)
	for name, values := range r.Header {
		if !isSigned(name) {
			continue
		}
		start = len(b)
		b = appendLower(b, name)
		switch lower := b[start:]; string(lower) {
		case "host", "content-length":
		default:
			m.fields = append(m.fields, field{name: lower, values: values})
		}
	}
	for i := range m.fields {
		m.sorted = append(m.sorted, &m.fields[i])
	}
	slices.SortFunc(m.sorted, compareFields)
	return b
}

func (m *scratch) collectHost(b []byte, r *http.Request) []byte {
	start := len(b)
	b = append(b, "host"...)
	end := len(b)
	b = appendCollapsed(b, strings.Trim(sentHost(r), " "))
	m.fields = append(m.fields, field{name: b[start:end], text: b[end:]})
	return b
}

func (m *scratch) collectLength(b []byte, r *http.Request) []byte {
	if r.ContentLength <= 0 {
		return b
	}
	start := len(b)
	b = append(b, "content-length"...)
	end := len(b)
	b = strconv.AppendInt(b, r.ContentLength, 10)
	m.fields = append(m.fields, field{name: b[start:end], text: b[end:]})
	return b
}

// isSigned says whether the values that a request has for a header are signed.
// The official signer compares names as they are written, too.
func isSigned(name string) bool {
	switch name {
	case dateHeader, authorizationHeader, "User-Agent", "X-Amzn-Trace-Id", "Expect", "Transfer-Encoding":
		return false
	}
	return true
}

// compareFields orders by name. Names that differ only in case are one header:
// their values stand in an order that does not depend on that of the map.
func compareFields(a, b *field) int {
	if c := bytes.Compare(a.name, b.name); c != 0 {
		return c
	}
	return slices.Compare(a.values, b.values)
}

// appendLower appends a header's name in lower case.
func appendLower(b []byte, name string) []byte {
	start := len(b)
	b = append(b, name...)
	for i, c := range b[start:] {
		switch {
		case 'A' <= c && c <= 'Z':
			b[start+i] = c + 'a' - 'A'
		case c >= utf8.RuneSelf:
			return append(b[:start], strings.ToLower(name)...)
		}
	}
	return b
}

// isFirst says whether a field begins a header: none of its name is before it.
func (m *scratch) isFirst(i int) bool {
	return i == 0 || !bytes.Equal(m.sorted[i-1].name, m.sorted[i].name)
}

// appendNames appends the names of the signed headers.
func (m *scratch) appendNames(b []byte) []byte {
	for i, f := range m.sorted {
		if !m.isFirst(i) {
			continue
		}
		if i > 0 {
			b = append(b, ';')
		}
		b = append(b, f.name...)
	}
	return b
}

// appendFields appends the canonical headers, one a line.
func (m *scratch) appendFields(b []byte) []byte {
	values := 0 // of this header so far
	for i, f := range m.sorted {
		if m.isFirst(i) {
			if i > 0 {
				b = append(b, '\n')
			}
			b = append(b, f.name...)
			b = append(b, ':')
			values = 0
		}
		if f.text != nil {
			b = append(b, f.text...)
			values = 1
		}
		for _, value := range f.values {
			if values > 0 {
				b = append(b, ',')
			}
			b = appendCollapsed(b, strings.TrimSpace(value))
			values++
		}
	}
	return append(b, '\n')
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
