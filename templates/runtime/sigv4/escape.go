package sigv4

const upperHex = "0123456789ABCDEF"

// isUnreserved tells the bytes that are unreserved (RFC 3986, 2.3).
var isUnreserved = [256]bool{
	'-': true, '.': true, '_': true, '~': true,
	'0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true, '8': true, '9': true,
	'a': true, 'b': true, 'c': true, 'd': true, 'e': true, 'f': true, 'g': true, 'h': true, 'i': true,
	'j': true, 'k': true, 'l': true, 'm': true, 'n': true, 'o': true, 'p': true, 'q': true, 'r': true,
	's': true, 't': true, 'u': true, 'v': true, 'w': true, 'x': true, 'y': true, 'z': true,
	'A': true, 'B': true, 'C': true, 'D': true, 'E': true, 'F': true, 'G': true, 'H': true, 'I': true,
	'J': true, 'K': true, 'L': true, 'M': true, 'N': true, 'O': true, 'P': true, 'Q': true, 'R': true,
	'S': true, 'T': true, 'U': true, 'V': true, 'W': true, 'X': true, 'Y': true, 'Z': true,
}

// appendEscaped appends a path with all its bytes escaped that are neither
// unreserved nor slashes.
func appendEscaped(b []byte, path string) []byte {
	done := 0
	for i := range len(path) {
		if c := path[i]; !isUnreserved[c] && c != '/' {
			b = append(b, path[done:i]...)
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
			done = i + 1
		}
	}
	return append(b, path[done:]...)
}

// appendEscapedAnew appends a component of a query, whose escapes are valid, with
// the escapes that signatures want: all bytes that are not unreserved.
func appendEscapedAnew(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch c {
		case '%':
			c = unhex(s[i+1])<<4 | unhex(s[i+2])
			i += 2
		case '+':
			c = ' '
		}
		if isUnreserved[c] {
			b = append(b, c)
		} else {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return b
}

// isEscaped says whether raw is path with everything escaped that a path may not
// have, and nothing that is special to net/url: bytes that are unreserved,
// slashes and escapes. No path is its own escape.
func isEscaped(raw, path string) bool {
	n := 0
	for i := 0; i < len(raw); i, n = i+1, n+1 {
		c := raw[i]
		switch {
		case c == '%' && isEscape(raw[i:]):
			c = unhex(raw[i+1])<<4 | unhex(raw[i+2])
			i += 2
		case c != '/' && !isUnreserved[c]:
			return false
		}
		if n == len(path) || path[n] != c {
			return false
		}
	}
	return n > 0 && n == len(path)
}

// hasValidEscapes says whether two hexadecimal digits follow each percent sign.
func hasValidEscapes(s string) bool {
	for i := range len(s) {
		if s[i] == '%' && !isEscape(s[i:]) {
			return false
		}
	}
	return true
}

// isEscape says whether s, which begins with a percent sign, begins with an escape.
func isEscape(s string) bool { return len(s) > 2 && isHex(s[1]) && isHex(s[2]) }

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// unhex is the value of a hexadecimal digit.
func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	default:
		return c - 'a' + 10
	}
}
