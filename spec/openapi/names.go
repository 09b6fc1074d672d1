package openapi

import (
	"strconv"
	"strings"

	"example.com/lathe/spec/tree"
)

// isIdentifier reports whether a name can be that of a shape, a member or an
// operation: letters, digits and underscores, beginning with a letter that
// underscores may precede.
func isIdentifier(s string) bool {
	rest := strings.TrimLeft(s, "_")
	return rest != "" && isLetter(rest[0]) && strings.IndexFunc(s, func(r rune) bool { return !isWord(r) }) < 0
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func isWord(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r < 0x80 && isLetter(byte(r))
}

// title makes a name begin with a capital.
func title(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// memberName is the name of the member that a property, parameter or header
// becomes: what x-member says, the key itself where it can be a name, and
// otherwise its words joined, "X-Amz-Meta" to xAmzMeta.
func (l *loader) memberName(key string, n tree.Value) string {
	if at := n.Get("x-member"); at.Exists() {
		if !isIdentifier(at.Text()) {
			l.wrong(at, "use letters, digits and underscores, and begin with a letter",
				"%q cannot be the name of a member", at.Text())
		}
		return at.Text()
	}
	name := nameOf(key)
	if name == "" {
		l.ps.Add(n.NamePos(), "name the member with x-member", "no name can be made of %q", key)
		return "member"
	}
	if name != key {
		name = strings.ToLower(name[:1]) + name[1:]
	}
	return name
}

// name is the name of an operation or a schema that the document calls source: what
// x-name says, the source itself where it can be a name, and otherwise its words
// joined, "meta/root" to MetaRoot. It is empty when there is none, which is a
// problem at the place.
func (l *loader) name(what, source string, n, at tree.Value) string {
	if at := n.Get("x-name"); at.Exists() {
		if !isIdentifier(at.Text()) {
			l.wrong(at, "use letters, digits and underscores, and begin with a letter", "%q cannot be the name of %s",
				at.Text(), what)
			return ""
		}
		return at.Text()
	}
	name := nameOf(source)
	if name == "" {
		l.wrong(at, "name it with x-name", "no name can be made of %q", source)
	}
	return name
}

// signs are the words for signs before a number, where nothing else distinguishes one
// name from another.
var signs = map[byte]string{'+': "Plus", '-': "Minus"}

// nameOf makes a name of any text: the text itself where it can be one, and
// otherwise its words, each with a capital. It is empty for a text without any
// letter or digit.
func nameOf(text string) string {
	if isIdentifier(text) {
		return text
	}
	name := titled(wordsOf(text))
	switch {
	case name == "" || isLetter(name[0]):
		return name
	case signs[text[0]] != "":
		return signs[text[0]] + name
	default:
		return "X" + name
	}
}

// constantName is the name of an enum's value that has none: the value itself
// where it can be a name, and otherwise its words in capitals, "a/b" to A_B.
func constantName(value string) string {
	if isIdentifier(value) {
		return value
	}
	words := strings.FieldsFunc(value, func(r rune) bool { return !isWord(r) })
	name := strings.ToUpper(strings.Join(words, "_"))
	if !isIdentifier(name) {
		name = "VALUE_" + name
	}
	return name
}

// operationName makes a name from a method and a path, for hints and for going on
// without an operationId.
func operationName(method, path string) string {
	return titled(append([]string{method}, wordsOf(path)...))
}

// titled joins words that each begin with a capital.
func titled(words []string) string {
	for i, word := range words {
		words[i] = title(word)
	}
	return strings.Join(words, "")
}

// wordsOf splits a text at everything that is neither letter nor digit.
func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !isWord(r) || r == '_' })
}

func isInt32(s string) bool {
	_, err := strconv.ParseInt(s, 10, 32)
	return err == nil
}
