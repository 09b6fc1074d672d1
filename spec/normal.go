package spec

import (
	"cmp"
	"slices"
	"strings"
)

// The functions here bring what the source formats write differently to one form,
// so that the same service becomes the same model from each.

// SortWaiters sorts the waiters of an operation by name. The order has no meaning, and
// formats list them in orders of their own.
func SortWaiters(waiters []Waiter) {
	slices.SortFunc(waiters, func(a, b Waiter) int { return strings.Compare(a.Name, b.Name) })
}

// SortContext sorts by name what an operation passes to endpoint parameters, as
// [SortWaiters] does waiters.
func SortContext(values []ContextValue) {
	slices.SortFunc(values, func(a, b ContextValue) int { return strings.Compare(a.Name, b.Name) })
}

// SortErrors sorts errors by name and removes repetitions. The order has no
// meaning in any format, and the published Smithy models have lost it.
func SortErrors(errors []*Shape) []*Shape {
	slices.SortStableFunc(errors, func(a, b *Shape) int { return cmp.Compare(a.Name, b.Name) })
	return slices.Compact(errors)
}

// SortProtocols puts protocols in the order in which clients prefer them, which is
// that of the SDKs: binary before JSON before XML before query. Protocols that are
// not known come last.
func SortProtocols(protocols []Protocol) {
	rank := func(p Protocol) int {
		i := slices.Index([]Protocol{RPCv2CBOR, AWSJSON10, AWSJSON11, RestJSON1, RestXML, AWSQuery, EC2Query}, p)
		return (i + 8) % 8 // unknown is 7
	}
	slices.SortStableFunc(protocols, func(a, b Protocol) int { return cmp.Compare(rank(a), rank(b)) })
}

// HasBindings reports whether messages of the protocol use the HTTP binding traits.
func (p Protocol) HasBindings() bool { return p == RestJSON1 || p == RestXML || p == NoProtocol }

// PlainPattern removes the anchors around a pattern, which some formats write and
// others imply.
func PlainPattern(pattern string) string {
	pattern = strings.TrimPrefix(pattern, "^")
	before, found := strings.CutSuffix(pattern, "$")
	if escapes := len(before) - len(strings.TrimRight(before, `\`)); found && escapes%2 == 0 {
		return before
	}
	return pattern
}

// PlainNumber shortens a JSON number to its plainest form: "1.50" is "1.5", "2.0"
// is "2", "-0.0" is "0". Numbers with an exponent stay as they are.
func PlainNumber(literal string) string {
	if !strings.ContainsAny(literal, "eE") && strings.Contains(literal, ".") {
		literal = strings.TrimRight(strings.TrimRight(literal, "0"), ".")
	}
	if literal == "-0" {
		return "0"
	}
	return literal
}

// EnumNames returns names to the values of an enum that has none, as Smithy does
// when it makes enum shapes of old models: what separates words in a value becomes
// an underscore. When that does not give each value a name of its own, the values
// themselves are the names.
func EnumNames(values []string) []string {
	names := make([]string, len(values))
	seen := make(map[string]bool, len(values))
	for i, value := range values {
		name, ok := enumName(value)
		if !ok || seen[name] {
			return slices.Clone(values)
		}
		seen[name] = true
		names[i] = name
	}
	return names
}

// enumName returns the name of one value; ok is false when it would be no
// identifier.
func enumName(value string) (name string, ok bool) {
	var b strings.Builder
	separated := false
	for i, r := range value {
		switch {
		case r == '-' || r == '.' || r == ':' || r == '/' || strings.ContainsRune(" \t\n\v\f\r", r):
			separated = true
			continue
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_':
		case r >= '0' && r <= '9' && i > 0:
		default:
			return "", false
		}
		if separated {
			b.WriteByte('_')
			separated = false
		}
		b.WriteRune(r)
	}
	if separated {
		b.WriteByte('_')
	}
	return b.String(), b.Len() > 0
}
