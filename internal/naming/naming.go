// Package naming turns names of a model into Go names. Its functions are pure;
// the rules are those of the official SDK's generator, so that the names come out
// the same.
package naming

import (
	"go/token"
	"go/types"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Exported returns the exported Go identifier of a shape or member: what cannot
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

// EnumConstant returns the name of an enum's constant: the type's name followed by
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

// Package returns the Go package name of a service id ("API Gateway" is
// apigateway).
func Package(serviceID string) string {
	name := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return -1
	}, serviceID)
	name = strings.TrimLeft(name, "0123456789")
	if !IsPackage(name) {
		return "client" + name
	}
	return name
}

// PackageRule says in a hint which names [IsPackage] accepts.
const PackageRule = "lower-case letters, digits and _ behind a letter; no keyword, no name that Go declares, not main"

// IsPackage reports whether a name may be that of a package that others import. It is
// written in lower-case ASCII and begins with a letter; no keyword, nor a name that
// means something else where the package is imported. A package main cannot be
// imported, go build skips a package documentation, and takes one that ends in _test
// for tests of another.
func IsPackage(name string) bool {
	if name == "" || name[0] < 'a' || name[0] > 'z' {
		return false
	}
	isOther := func(r rune) bool { return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') }
	switch {
	case strings.ContainsFunc(name, isOther), token.IsKeyword(name), types.Universe.Lookup(name) != nil:
		return false
	case name == "main", name == "init", name == "documentation", strings.HasSuffix(name, "_test"):
		return false
	default:
		return true
	}
}

// File is the name of a Go file that is built on every platform, whatever its stem.
// The go command attaches a meaning to what follows the last underscores: "_test", and
// the names of systems and architectures, which are in lower case or digits and
// become more. A stem that ends in anything of that form gets an underscore.
func File(stem string) string {
	last := stem[strings.LastIndexByte(stem, '_')+1:]
	if first, _ := utf8.DecodeRuneInString(last); last != "" && !unicode.IsUpper(first) {
		stem += "_"
	}
	return stem + ".go"
}
