package jsoncodec

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// spaceEnd returns where the white space that begins at b[i] ends.
func spaceEnd(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// A byte of a string literal is plain when it is ASCII and stands for itself:
// neither quote nor backslash nor control character.

const (
	ones  = 0x0101010101010101
	highs = 0x80 * ones
)

// plainEnd returns where the plain bytes that begin at b[i] end. It looks at eight
// at a time.
func plainEnd(b []byte, i int) int {
	rest := b[i:]
	for len(rest) >= 8 {
		if m := special(binary.LittleEndian.Uint64(rest)); m != 0 {
			return len(b) - len(rest) + bits.TrailingZeros64(m)/8
		}
		rest = rest[8:]
	}
	i = len(b) - len(rest)
	if last := len(b) - 8; last >= 0 { // what is left of the last eight bytes, then zeros
		w := binary.LittleEndian.Uint64(b[last:]) >> (8 * (i - last))
		return i + bits.TrailingZeros64(special(w))/8
	}
	for i < len(b) && b[i] >= ' ' && b[i] != '"' && b[i] != '\\' && b[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// special marks the bytes of w that are not plain in their highest bits. The lowest
// mark is right; others may be wrong, because a difference borrows from the next
// byte where it is negative.
func special(w uint64) uint64 {
	quote := w ^ '"'*ones
	backslash := w ^ '\\'*ones
	return (w | (w - ' '*ones) | (quote - ones) | (backslash - ones)) & highs
}

// specialInName marks the bytes of w that are not plain as special does, and blanks and
// exclamation marks with them, which are rare in names.
func specialInName(w uint64) uint64 {
	backslash := w ^ '\\'*ones
	return (w | (w - ('"'+1)*ones) | (backslash - ones)) & highs
}

// numberEnd returns where the number that begins at b[i] ends; when there is none,
// the complement of where a digit is missing.
func numberEnd(b []byte, i int) int {
	if i < len(b) && b[i] == '-' {
		i++
	}
	switch {
	case i < len(b) && b[i] == '0':
		i++
	default:
		if i = digitsEnd(b, i); i < 0 {
			return i
		}
	}
	if i < len(b) && b[i] == '.' {
		if i = digitsEnd(b, i+1); i < 0 {
			return i
		}
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		i++
		if i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		return digitsEnd(b, i)
	}
	return i
}

// digitsEnd returns where the digits that begin at b[i] end; when there is none, the
// complement of i.
func digitsEnd(b []byte, i int) int {
	start := i
	for i < len(b) && isDigit(b[i]) {
		i++
	}
	if i == start {
		return ^start
	}
	return i
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
