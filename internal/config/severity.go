package config

import (
	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// Severity is what lathe.yaml says of the changes that a rule of gen diff finds.
type Severity struct {
	// Rule is the id of the rule, Name that of the severity.
	Rule, Name string
	// Pos is the place of the rule's id.
	Pos spec.Pos
}

// severities reads a mapping from rules to severities, whose names are checked by who
// knows the rules.
func (r *reader) severities(v tree.Value) []Severity {
	var all []Severity
	for m := range r.members(r.Object(v)) {
		all = append(all, Severity{m.Name(), r.text(m).string, m.NamePos()})
	}
	return all
}

// oneOrMore reads a string, or a list of them.
func (r *reader) oneOrMore(v tree.Value) []text {
	if v.Kind() == tree.Array {
		return r.texts(v, hintOptional)
	}
	if t := r.text(v); t.string != "" {
		return []text{t}
	}
	return nil
}
