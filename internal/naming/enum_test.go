package naming_test

import (
	"slices"
	"strings"
	"testing"

	"example.com/lathe/internal/naming"
)

// Each case is written as values with their constants; a name in the model stands
// before "=". What is unclear has a question mark.
func TestEnumConstants(t *testing.T) {
	for _, c := range []struct{ values, want string }{
		{"NEW in-progress", "ENew EInProgress"},
		{"a.b", "EAB"},
		{"a.b a_b", "EAB Ea_b"},
		{"a_b a.b", "Ea_b EAB"},
		{"asc ASC", "Easc EASC"},
		{"ASC asc", "EASC Easc"},
		{"1 1.0 x", "E1 E10 EX"},
		{"a.b a-b", "EAB? Ea_b?"},
		{"a-b a_b a.b", "EAB? Ea_b Ea_b?"},
		{"A_B=x a_b=y", "EAB Ea_b"}, // as the official SDK has it
		{"a_b=y A_B=x", "EAB EA_B"},
		{"A_B=x a.b", "EAB? Ea_b?"},
		{"VALUE_=< VALUE__=<=", "EValue EVALUE__"},
	} {
		var values []naming.Value
		for text := range strings.FieldsSeq(c.values) {
			name, wire, named := strings.Cut(text, "=")
			if !named {
				wire = name
			}
			values = append(values, naming.Value{Name: name, Text: wire, Unnamed: !named})
		}
		names, unclear := naming.EnumConstants("E", values)
		for i := range names {
			if slices.Contains(unclear, i) {
				names[i] += "?"
			}
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("%s give %s, want %s", c.values, got, c.want)
		}
	}
}
