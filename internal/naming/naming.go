// Package naming turns names of a model into Go names. Its functions are pure;
// the rules are those of the official SDK's generator, so that the names come out
// the same.
package naming

import (
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Exported gives the exported Go identifier of a shape or member: what cannot
// begin a Go name is dropped from the front, the first letter is made upper case,
// and the rest stays as it is, initialisms included ("domainId" is DomainId).
// What cannot stand in a Go name becomes an underscore. A name without any letter
// gives "X" with the rest behind it.
func Exported(name string) string {
	trimmed := strings.TrimLeftFunc(name, func(r rune) bool { return !unicode.IsLetter(r) })
	if trimmed == "" {
		return "X" + identifier(name)
	}
	first, size := utf8.DecodeRuneInString(trimmed)
	upper := unicode.ToUpper(first)
	if !unicode.IsUpper(upper) {
		return "X" + identifier(trimmed) // a script without case
	}
	return string(upper) + identifier(trimmed[size:])
}

// identifier replaces every rune that cannot stand in a Go identifier.
func identifier(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '_'
	}, s)
}

// EnumConstant gives the name of an enum's constant: the type's name followed by
// the words of the value's name. A word in mixed case keeps its letters; all
// others are title-cased ("IN_PROGRESS" of Status is StatusInProgress).
func EnumConstant(typeName, valueName string) string {
	var b strings.Builder
	b.WriteString(typeName)
	for _, word := range strings.FieldsFunc(valueName, isSeparator) {
		b.WriteString(titleWord(word))
	}
	return b.String()
}

func isSeparator(r rune) bool {
	return r == '_' || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

func titleWord(word string) string {
	mixed := strings.ContainsFunc(word, unicode.IsUpper) && strings.ContainsFunc(word, unicode.IsLower)
	if !mixed {
		word = strings.ToLower(word)
	}
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

// Package gives the Go package name of a service id ("API Gateway" is
// apigateway).
func Package(serviceID string) string {
	name := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return -1
	}, serviceID)
	name = strings.TrimLeft(name, "0123456789")
	if name == "" || token.IsKeyword(name) {
		return "client" + name
	}
	return name
}

// IsPackage says whether a name may be a package's: a Go identifier in lower
// case that is neither a keyword nor blank.
func IsPackage(name string) bool {
	return token.IsIdentifier(name) && name == strings.ToLower(name) && name != "_"
}
