package endpoints

import (
	"go/token"
	"slices"
	"strings"
	"unicode"

	"example.com/lathe/spec"
)

// reserved are names that no variable of the rules may have, for the
// functions that they stand in use them.
func reserved() map[string]bool {
	return map[string]bool{
		"p": true, "ok": true, "endpointrules": true, "smithyendpoints": true, "http": true,
		"any": true, "string": true, "bool": true, "true": true, "false": true, "nil": true,
	}
}

// varName returns the Go variable for a value of a rule set: its words in
// lower camel case.
func varName(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '_' })
	for i, word := range words {
		if i == 0 {
			words[i] = strings.ToLower(word[:1]) + word[1:]
		} else {
			words[i] = strings.ToUpper(word[:1]) + word[1:]
		}
	}
	joined := strings.Join(words, "")
	if !token.IsIdentifier(joined) { // a keyword, or digits first
		joined = "value" + strings.ToUpper(joined[:min(1, len(joined))]) + joined[min(1, len(joined)):]
	}
	return joined
}

// maxLabel bounds the words that a function's name takes from conditions.
const maxLabel = 48

// labelOf names in words what conditions ask for, the last ones if they are
// too many.
func labelOf(conditions []spec.EndpointCondition) string {
	label := ""
	for _, cond := range slices.Backward(conditions) {
		words := conditionWords(cond)
		if len(label)+len(words) > maxLabel {
			break
		}
		label = words + label
	}
	return label
}

func conditionWords(cond spec.EndpointCondition) string {
	if cond.Assign != "" {
		return "With" + title(varName(cond.Assign))
	}
	call := cond.Call()
	return exprWords(&call)
}

func exprWords(e *spec.EndpointExpr) string {
	switch {
	case e.Ref != "":
		return title(varName(e.Ref))
	case e.Fn == "":
		return literalWords(e.Literal)
	}
	switch e.Fn {
	case "isSet":
		return exprWords(&e.Args[0]) + "Set"
	case "not":
		return "Not" + exprWords(&e.Args[0])
	case "getAttr":
		return title(e.Path.Key)
	case "stringEquals", "booleanEquals":
		return equalWords(&e.Args[0], &e.Args[1])
	case "isValidHostLabel", "aws.isVirtualHostableS3Bucket":
		return exprWords(&e.Args[0]) + "Valid"
	default:
		return title(strings.TrimPrefix(e.Fn, "aws."))
	}
}

func equalWords(a, b *spec.EndpointExpr) string {
	if a.Fn == "" && a.Ref == "" {
		a, b = b, a
	}
	switch b.Literal {
	case true:
		return exprWords(a)
	case false:
		return "Not" + exprWords(a)
	default:
		return exprWords(a) + "Is" + exprWords(b)
	}
}

// literalWords returns the letters and digits of a string.
func literalWords(v any) string {
	s, _ := v.(string)
	words := strings.FieldsFunc(s, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for i := range words {
		words[i] = title(words[i])
	}
	if len(words) == 0 {
		return "Empty"
	}
	return strings.Join(words, "")
}

func title(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
