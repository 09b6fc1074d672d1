package sigv4

const upperHex = "0123456789ABCDEF"

// The classes of bytes.
const (
	inPaths    = 1 << iota // not escaped in a path: unreserved or a slash
	unreserved             // RFC 3986, 2.3
	plain      = inPaths | unreserved
)

// class is the class of each byte, 0 for those that are escaped everywhere.
var class = [256]byte{
	'/': inPaths,
	'-': plain, '.': plain, '_': plain, '~': plain,
	'0': plain, '1': plain, '2': plain, '3': plain, '4': plain, '5': plain, '6': plain, '7': plain, '8': plain, '9': plain,
	'a': plain, 'b': plain, 'c': plain, 'd': plain, 'e': plain, 'f': plain, 'g': plain, 'h': plain, 'i': plain,
	'j': plain, 'k': plain, 'l': plain, 'm': plain, 'n': plain, 'o': plain, 'p': plain, 'q': plain, 'r': plain,
	's': plain, 't': plain, 'u': plain, 'v': plain, 'w': plain, 'x': plain, 'y': plain, 'z': plain,
	'A': plain, 'B': plain, 'C': plain, 'D': plain, 'E': plain, 'F': plain, 'G': plain, 'H': plain, 'I': plain,
	'J': plain, 'K': plain, 'L': plain, 'M': plain, 'N': plain, 'O': plain, 'P': plain, 'Q': plain, 'R': plain,
	'S': plain, 'T': plain, 'U': plain, 'V': plain, 'W': plain, 'X': plain, 'Y': plain, 'Z': plain,
}

func isUnreserved(c byte) bool { return class[c]&unreserved != 0 }

// isPlain reports whether a path has nothing to escape: all of it is unreserved or a
// slash.
func isPlain(path string) bool {
	all := byte(inPaths)
	for i := range len(path) {
		all &= class[path[i]]
	}
	return all != 0
}

// appendEscaped appends a path with all its bytes escaped that are neither
// unreserved nor slashes.
func appendEscaped(b []byte, path string) []byte {
	done := 0
	for i := range len(path) {
		if c := path[i]; class[c] == 0 {
			b = append(b, path[done:i]...)
			b = appendEscape(b, c)
			done = i + 1
		}
	}
	return append(b, path[done:]...)
}

func appendEscape(b []byte, c byte) []byte { return append(b, '%', upperHex[c>>4], upperHex[c&15]) }

// appendReescaped appends a component of a query, whose escapes are valid, with
// the escapes that signatures want: all bytes that are not unreserved.
func appendReescaped(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch c {
		case '%':
			c = unhex(s[i+1])<<4 | unhex(s[i+2])
			i += 2
		case '+':
			c = ' '
		}
		if isUnreserved(c) {
			b = append(b, c)
		} else {
			b = appendEscape(b, c)
		}
	}
	return b
}

// isEscaped reports whether raw is path with everything escaped that a path may not
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
		case class[c] == 0:
			return false
		}
		if n == len(path) || path[n] != c {
			return false
		}
	}
	return n > 0 && n == len(path)
}

// hasValidEscapes reports whether two hexadecimal digits follow each percent sign.
func hasValidEscapes(s string) bool {
	for i := range len(s) {
		if s[i] == '%' && !isEscape(s[i:]) {
			return false
		}
	}
	return true
}

// isEscape reports whether s, which begins with a percent sign, begins with an escape.
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
