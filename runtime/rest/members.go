package rest

import (
	"fmt"
	"net/http"
	"strings"
)

// SetHeader sets a header, given by its canonical name, to a member's value; it is sent
// even when it is empty. A control character in it, such as a line feed, would end the
// header and is an error.
func (r *Request) SetHeader(member, name, value string) {
	switch {
	case r.err != nil:
	case strings.ContainsFunc(value, isControl):
		r.err = fmt.Errorf("input member %s must not have control characters, because it is sent in a header", member)
	default:
		r.Header.Set(name, value)
	}
}

// isControl reports whether c must not stand in a header's value: net/http refuses the
// same.
func isControl(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }

// SetHeaderList sets a header to the items, separated by commas. A list that is nil
// sends no header, an empty one an empty header. Items that are empty are left out, since
// nothing between commas is no item (RFC 9110, section 5.6.1); of such items alone there is
// no header.
func SetHeaderList[T any](r *Request, member, name string, items []T, format func(T) string) {
	if items == nil {
		return
	}
	parts := make([]string, 0, len(items))
	for _, item := range items {
		if part := format(item); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) > 0 || len(items) == 0 {
		r.SetHeader(member, name, strings.Join(parts, ", "))
	}
}

// SetPrefixHeaders sets a header for each entry of a map, its name led by the
// prefix. Headers that are set already win. A key that is not valid in the name of a
// header is an error, and so are two that make the same, of which one would be lost.
func SetPrefixHeaders[T ~string](r *Request, member, prefix string, entries map[string]T) {
	before := r.Header.Len()
	for _, key := range sortedKeys(entries) {
		name := http.CanonicalHeaderKey(prefix + key)
		switch at := r.Header.find(name); {
		case r.err != nil:
			return
		case name == "" || strings.ContainsFunc(name, isNoToken):
			r.err = fmt.Errorf("input member %s must have keys that are valid in the name of a header", member)
		case at >= before:
			const differ = "input member %s must not have keys that differ in case only, because they are names of headers"
			r.err = fmt.Errorf(differ, member)
		case at < 0:
			r.SetHeader(member, name, string(entries[key]))
		}
	}
}

// isNoToken reports whether c can't stand in the name of a header: RFC 9110, 5.6.2.
func isNoToken(c rune) bool {
	alphanumeric := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
	return !alphanumeric && !strings.ContainsRune("!#$%&'*+-.^_`|~", c)
}
