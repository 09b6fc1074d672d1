package rest

import "slices"

// queryPair is one query parameter, not yet escaped.
type queryPair struct {
	key, value string
	origin     origin
}

// origin is where a query parameter comes from.
type origin byte

const (
	literal    origin = iota // the operation's own text
	fromMember               // a member is the value
	fromMap                  // an entry of a map: the key is the caller's, too
)

// QueryLiteral adds a query parameter that is the same in all calls.
func (r *Request) QueryLiteral(key, value string) { r.addQuery(queryPair{key: key, value: value}) }

// Query adds a member's value as a query parameter. Parameters of one key keep their
// order.
func (r *Request) Query(key, value string) {
	r.addQuery(queryPair{key: key, value: value, origin: fromMember})
}

func (r *Request) addQuery(p queryPair) {
	if r.err == nil {
		r.query = append(r.query, p)
		r.encodeQuery = encodeQuery
	}
}

// QueryUnlessSet adds a query parameter of a map bound with httpQueryParams,
// unless a member or literal bound to that key came before: those win. The count
// is that of [Request.QueryCount] before the map's entries.
func (r *Request) QueryUnlessSet(key, value string, count int) {
	taken := slices.ContainsFunc(r.query[:count], func(p queryPair) bool { return p.key == key })
	if !taken {
		r.addQuery(queryPair{key: key, value: value, origin: fromMap})
	}
}

// QueryCount is the number of query parameters so far.
func (r *Request) QueryCount() int { return len(r.query) }

// encodeQuery joins the endpoint's own query with the parameters, sorted by key
// as the official client sends them.
func encodeQuery(base string, pairs []queryPair) string {
	sorted := slices.Clone(pairs)
	sortByKey(sorted)
	buf := append(make([]byte, 0, 64), base...)
	for _, p := range sorted {
		if len(buf) > 0 {
			buf = append(buf, '&')
		}
		buf = appendEscaped(buf, p.key, false)
		buf = append(buf, '=')
		buf = appendEscaped(buf, p.value, false)
	}
	return string(buf)
}

// sortByKey keeps the order of pairs of one key. It inserts one after the other: they
// come in few runs that are sorted, because the entries of a map are.
func sortByKey(pairs []queryPair) {
	for i := 1; i < len(pairs); i++ {
		p, at := pairs[i], i
		for ; at > 0 && pairs[at-1].key > p.key; at-- {
			pairs[at] = pairs[at-1]
		}
		pairs[at] = p
	}
}

const upperHex = "0123456789ABCDEF"

// appendEscaped appends s with every byte percent-escaped that RFC 3986 does not
// call unreserved, as AWS services expect; slashes are kept if asked for.
func appendEscaped(dst []byte, s string, keepSlash bool) []byte {
	for i := range len(s) {
		c := s[i]
		if isUnreserved(c) || keepSlash && c == '/' {
			dst = append(dst, c)
		} else {
			dst = append(dst, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return dst
}

func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~'
}
