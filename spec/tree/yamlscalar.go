package tree

import (
	"math/big"
	"strings"
)

// plainScalar resolves an unquoted YAML scalar by the core schema of YAML 1.2:
// its type, and its text as JSON writes it. ok is false for values that JSON can
// not write, which are infinity and not-a-number.
func plainScalar(s string) (kind Kind, text string, ok bool) {
	switch s {
	case "", "~", "null", "Null", "NULL":
		return Null, "null", true
	case "true", "True", "TRUE":
		return Bool, "true", true
	case "false", "False", "FALSE":
		return Bool, "false", true
	case ".nan", ".NaN", ".NAN":
		return Number, "", false
	}
	switch strings.TrimLeft(s, "+-") {
	case ".inf", ".Inf", ".INF":
		return Number, "", false
	}
	if number, ok := plainNumber(s); ok {
		return Number, number, true
	}
	return String, s, true
}

// maxNumber bounds the digits of a number, so that no conversion takes long.
const maxNumber = 1000

// plainNumber returns the JSON text of a number in YAML: decimal with optional
// sign, fraction and exponent, octal (0o17) or hexadecimal (0x1F).
func plainNumber(s string) (string, bool) {
	if len(s) > maxNumber {
		return "", false
	}
	if digits, isOctal := strings.CutPrefix(s, "0o"); isOctal {
		return integer(digits, 8)
	}
	if digits, isHex := strings.CutPrefix(s, "0x"); isHex {
		return integer(digits, 16)
	}
	sign, rest := "", s
	if s[0] == '-' || s[0] == '+' {
		sign, rest = strings.TrimPrefix(s[:1], "+"), s[1:]
	}
	whole, rest := digits(rest)
	fraction := ""
	if strings.HasPrefix(rest, ".") {
		fraction, rest = digits(rest[1:])
	}
	if whole == "" && fraction == "" {
		return "", false
	}
	exponent, ok := exponent(rest)
	if !ok {
		return "", false
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + whole + fraction + exponent, true
}

// integer returns the decimal text of the digits of an integer without sign.
func integer(digits string, base int) (string, bool) {
	n, ok := new(big.Int).SetString(digits, base)
	if !ok || strings.ContainsAny(digits, "+-_") {
		return "", false
	}
	return n.String(), true
}

// digits splits the digits that s begins with from the rest.
func digits(s string) (number, rest string) {
	rest = strings.TrimLeft(s, "0123456789")
	return s[:len(s)-len(rest)], rest
}

// exponent checks that s is empty or the exponent of a number.
func exponent(s string) (string, bool) {
	if s == "" {
		return "", true
	}
	if s[0] != 'e' && s[0] != 'E' {
		return "", false
	}
	rest := s[1:]
	if rest != "" && (rest[0] == '-' || rest[0] == '+') {
		rest = rest[1:]
	}
	number, rest := digits(rest)
	return s, number != "" && rest == ""
}
