package sigv4

import "strings"

// maxParams is how many parameters net/url takes, as a rule; of more it takes none.
const maxParams = 10_000

// collectParams finds the query's parameters and escapes them as signatures want, in order. What
// net/url doesn't take for a parameter is left out. The escaped text is appended to
// b.
func (m *scratch) collectParams(b []byte, query string) []byte {
	if query == "" || strings.Count(query, "&") >= maxParams {
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
		b = appendReescaped(b, key)
		middle := len(b)
		b = append(b, '=')
		b = appendReescaped(b, value)
		m.params = append(m.params, part{start, middle, len(b)})
	}
	m.sort(m.params, b)
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
