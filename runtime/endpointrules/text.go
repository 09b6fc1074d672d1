package endpointrules

import "strings"

// Substring is the function substring: the bytes from start up to but not
// including end, counted from the back when reverse is set. It returns false when
// the string is too short, the range is empty, or a character is not ASCII.
func Substring(s string, start, end int, reverse bool) (string, bool) {
	if start < 0 || start >= end || end > len(s) {
		return "", false
	}
	for i := range len(s) {
		if s[i] >= 0x80 {
			return "", false
		}
	}
	if reverse {
		start, end = len(s)-end, len(s)-start
	}
	return s[start:end], true
}

// Split is the function split: the parts of a string between delimiters, at most
// limit of them; a limit of zero means all.
func Split(s, delimiter string, limit int) []string {
	if limit == 0 {
		limit = -1
	}
	return strings.SplitN(s, delimiter, limit)
}

// At is an element of an array, counted from zero, or from the end when the index
// is negative. It returns false when the array has no such element.
func At(list []string, index int) (string, bool) {
	if index < 0 {
		index += len(list)
	}
	if index < 0 || index >= len(list) {
		return "", false
	}
	return list[index], true
}

// URIEncode is the function uriEncode: everything but the unreserved characters of
// RFC 3986 is percent-encoded.
func URIEncode(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if isLetter(c) || isDigit(c) || c == '-' || c == '_' || c == '.' || c == '~' {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}
