package sigv4

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
)

// param is a query parameter, escaped.
type param struct{ key, value []byte }

// collectParams finds the query's parameters and escapes them anew, in order. What
// net/url doesn't take for a parameter is left out. The escaped text is appended to
// b.
func (m *scratch) collectParams(b []byte, query string) []byte {
	if query == "" || hasTooMany(query) {
		return b
	}
	for pair := range strings.SplitSeq(query, "&") {
		if pair == "" || strings.IndexByte(pair, ';') >= 0 || !hasValidEscapes(pair) {
			continue
		}
		key, value, _ := strings.Cut(pair, "=")
		start := len(b)
		b = appendEscapedAnew(b, key)
		end := len(b)
		b = appendEscapedAnew(b, value)
		m.params = append(m.params, param{b[start:end], b[end:]})
	}
	for i := range m.params {
		m.sortedParams = append(m.sortedParams, &m.params[i])
	}
	slices.SortFunc(m.sortedParams, compareParams)
	return b
}

// appendParams appends the canonical query.
func (m *scratch) appendParams(b []byte) []byte {
	for i, p := range m.sortedParams {
		if i > 0 {
			b = append(b, '&')
		}
		b = append(b, p.key...)
		b = append(b, '=')
		b = append(b, p.value...)
	}
	return b
}

func compareParams(a, b *param) int {
	if c := bytes.Compare(a.key, b.key); c != 0 {
		return c
	}
	return bytes.Compare(a.value, b.value)
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
