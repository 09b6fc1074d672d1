package openapi

import (
	"errors"
	"regexp/syntax"
	"strconv"
	"strings"
)

// checkPattern reports whether a pattern is a regular expression of ECMA-262, which
// JSON Schema and Smithy prescribe. What Go's own syntax lacks (assertions, back
// references, some escapes) is replaced by something of the same structure, and
// what remains is checked as Go does.
func checkPattern(pattern string) error {
	plain, err := withoutECMA(pattern)
	if err != nil {
		return err
	}
	_, err = syntax.Parse(plain, syntax.Perl)
	var wrong *syntax.Error
	if !errors.As(err, &wrong) {
		return err
	}
	switch wrong.Code {
	case syntax.ErrLarge, syntax.ErrNestingDepth:
		return nil // Go's limits, not the language's
	}
	return errors.New(string(wrong.Code) + " in " + strconv.Quote(wrong.Expr))
}

// withoutECMA replaces the constructs that only ECMA-262 has.
func withoutECMA(pattern string) (string, error) {
	var b strings.Builder
	inClass := false
	for i := 0; i < len(pattern); {
		c, rest := pattern[i], pattern[i:]
		from, to := rest[:1], rest[:1]
		var err error
		switch {
		case c == '\\':
			from, to, err = escape(rest, inClass)
		case inClass:
			inClass = c != ']'
			if c == '[' {
				to = `\[`
			}
		case c == '[':
			from, to = class(rest)
			inClass = from == "[" || from == "[^"
		case c == '(':
			from, to = group(rest)
		case c == '{':
			from, to, err = repeat(rest)
		}
		if err != nil {
			return "", err
		}
		b.WriteString(to)
		i += len(from)
	}
	return b.String(), nil
}

// class reads the beginning of a character class. ECMA-262 allows classes that
// are empty.
func class(s string) (from, to string) {
	for _, c := range [...][2]string{{"[^]", `[\s\S]`}, {"[]", `[^\s\S]`}, {"[^", "[^"}} {
		if strings.HasPrefix(s, c[0]) {
			return c[0], c[1]
		}
	}
	return "[", "["
}

// group reads the beginning of a group; assertions become plain groups.
func group(s string) (from, to string) {
	for _, assertion := range [...]string{"(?=", "(?!", "(?<=", "(?<!"} {
		if strings.HasPrefix(s, assertion) {
			return assertion, "(?:"
		}
	}
	return "(", "("
}

// repeat reads a repetition. Its counts are checked here and made small, since Go
// limits them.
func repeat(s string) (from, to string, err error) {
	end := strings.IndexByte(s, '}')
	if end < 0 {
		return "{", "{", nil
	}
	from = s[:end+1]
	low, high, two := strings.Cut(s[1:end], ",")
	if !isCount(low) || two && high != "" && !isCount(high) {
		return "{", "{", nil // a brace and no repetition
	}
	if two && high != "" && (len(high) < len(low) || len(high) == len(low) && high < low) {
		return "", "", errors.New("the counts of " + from + " are out of order")
	}
	return from, "{1}", nil
}

// isCount reports whether s is a number without leading zeros.
func isCount(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == "" && (s == "0" || s[0] != '0')
}

// escape reads an escape and returns what Go has in its place.
func escape(s string, inClass bool) (from, to string, err error) {
	if len(s) == 1 {
		return "", "", errors.New("it ends in a backslash")
	}
	switch c := s[1]; c {
	case 'u':
		return unicodeEscape(s)
	case 'c':
		if len(s) < 3 || !isLetter(s[2]) {
			return "", "", errors.New(`\c is not followed by a letter`)
		}
		return s[:3], `\x{` + strconv.FormatUint(uint64(s[2]&31), 16) + "}", nil
	case 'k':
		if end := strings.IndexByte(s, '>'); strings.HasPrefix(s, `\k<`) && end > 3 {
			return s[:end+1], "a", nil
		}
		return "", "", errors.New(`\k is not followed by a name in angle brackets`)
	case 'p', 'P':
		if end := strings.IndexByte(s, '}'); strings.HasPrefix(s[2:], "{") && end > 3 {
			return s[:end+1], `\pL`, nil
		}
		return s[:2], s[:2], nil
	case 'b', 'B':
		if inClass {
			return s[:2], `\x08`, nil
		}
		return s[:2], s[:2], nil
	}
	if s[1] >= '0' && s[1] <= '9' {
		return s[:len(s)-len(strings.TrimLeft(s[1:], "0123456789"))], "a", nil
	}
	return s[:2], s[:2], nil
}

// unicodeEscape reads \uXXXX or \u{X}.
func unicodeEscape(s string) (from, to string, err error) {
	end, digits := 6, ""
	if strings.HasPrefix(s, `\u{`) {
		end = strings.IndexByte(s, '}') + 1
		digits = s[3:max(end-1, 3)]
	} else if len(s) >= end {
		digits = s[2:end]
	}
	if _, err := strconv.ParseUint(digits, 16, 24); err != nil {
		return "", "", errors.New(`\u is not followed by a code point in hexadecimal`)
	}
	return s[:end], `\x{` + digits + "}", nil
}
