package sigv4

import (
	"net/url"
	"strings"
)

// collectParams finds the query's parameters and escapes them anew, in order. What
// net/url doesn't take for a parameter is left out. The escaped text is appended to
// b.
func (m *scratch) collectParams(b []byte, query string) []byte {
	if query == "" || hasTooMany(query) {
		return b
	}
	for more := true; more; {
		var pair string
		pair, query, more = strings.Cut(query, "&")
		if pair == "" || strings.IndexByte(pair, ';') >= 0 || !hasValidEscapes(pair) {
			continue
		}
		key, value, _ := strings.Cut(pair, "=")
		start := len(b)
		b = appendEscapedAnew(b, key)
		middle := len(b)
		b = append(b, '=')
		b = appendEscapedAnew(b, value)
		m.params = appendPart(m.params, b, start, middle)
	}
	sort(m.params, b)
	return b
}

// appendParams appends the canonical query.
func (m *scratch) appendParams(b []byte) []byte {
	for i := range m.params {
		if i > 0 {
			b = append(b, '&')
		}
		b = append(b, m.params[i].all(b)...)
	}
	return b
}

// hasTooMany says whether a query has more parameters than net/url takes, which
// the program's settings (GODEBUG) decide: it takes none of them then.
func hasTooMany(query string) bool {
	separators := strings.Count(query, "&")
	if separators < 1000 {
		return false
	}
	_, err := url.ParseQuery(strings.Repeat("&", separators))
	return err != nil
}
