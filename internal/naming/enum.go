package naming

import (
	"fmt"
	"go/token"
	"strings"
)

// Value is a value of an enum that a constant is named after.
type Value struct {
	// Name is its name in the model, Text what it is on the wire.
	Name, Text string
	// Unnamed values have no name of their own: theirs is made of the text.
	Unnamed bool
}

// EnumConstants returns the names of an enum's constants: see [EnumConstant].
//
// Where values share one, those that the model names are nearly as in the official SDK: the
// first has it, the others have their names unchanged, there alone and here behind the type's,
// for the names of all types are in one scope. Values
// without names do not depend on the order of their siblings: those that are
// identifiers stand unchanged behind the type's name, and a single other one has
// the shared name. Two others have no names that could be made of them alone; their
// indices are returned as unclear.
func EnumConstants(typeName string, values []Value) (names []string, unclear []int) {
	shared := map[string][]int{}
	names = make([]string, len(values))
	for i, v := range values {
		names[i] = EnumConstant(typeName, v.Name)
		if names[i] == typeName {
			names[i] = typeName + identifier(v.Name)
		}
		shared[names[i]] = append(shared[names[i]], i)
	}
	for i, name := range names {
		if group := shared[name]; len(group) > 1 && group[0] == i {
			unclear = append(unclear, separate(typeName, names, values, group)...)
		}
	}
	return names, unclear
}

// SpelledEnumConstant returns a name that no other value has: what cannot stand in a
// Go name is spelled as the number of its character ("a b" of E is EaU20b).
func SpelledEnumConstant(typeName, text string) string {
	var b strings.Builder
	b.WriteString(typeName)
	for _, r := range text {
		if identifier(string(r)) == string(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "U%X", r)
		}
	}
	return b.String()
}

// separate returns names to the values of a group that share one.
func separate(typeName string, names []string, values []Value, group []int) (unclear []int) {
	isTaken := false
	var rest []int
	for _, i := range group {
		switch v := values[i]; {
		case v.Unnamed && token.IsIdentifier("x"+v.Text):
			names[i] = typeName + v.Text
		case v.Unnamed:
			rest = append(rest, i)
		case isTaken:
			names[i] = typeName + identifier(v.Name)
		default:
			isTaken = true
		}
	}
	if len(rest) == 0 || len(rest) == 1 && !isTaken {
		return nil
	}
	for at, i := range rest {
		if at > 0 || isTaken {
			names[i] = typeName + identifier(values[i].Name)
		}
	}
	if len(rest) == 1 { // of a value with a name and one without, both are pointed at
		return group
	}
	return rest
}
