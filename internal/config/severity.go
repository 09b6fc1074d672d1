package config

import (
	"slices"

	"github.com/goccy/go-yaml/ast"

	"example.com/lathe/spec"
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
func (r *reader) severities(n ast.Node, at spec.Pos) []Severity {
	pairs, ok := r.pairs(n, at)
	if !ok {
		return nil
	}
	var all []Severity
	for _, pair := range pairs {
		rule, pos, ok := r.key(pair, at)
		if !ok {
			continue
		}
		if slices.ContainsFunc(all, func(s Severity) bool { return s.Rule == rule }) {
			r.problem(pos, "", "rule %q stands twice", rule)
			continue
		}
		all = append(all, Severity{rule, r.text(pair.Value, r.at(pair.Value, pos.Pointer)).string, pos})
	}
	return all
}

// oneOrMore reads a string, or a list of them.
func (r *reader) oneOrMore(n ast.Node, at spec.Pos) []text {
	if _, isList := n.(*ast.SequenceNode); isList {
		return r.texts(n, at)
	}
	if t := r.text(n, at); t.string != "" {
		return []text{t}
	}
	return nil
}

// hasKey reports whether a mapping has a key.
func hasKey(n ast.Node, name string) bool {
	mapping, ok := n.(ast.MapNode)
	if !ok {
		return false
	}
	for it := mapping.MapRange(); it.Next(); {
		if key, ok := it.Key().(*ast.StringNode); ok && key.Value == name {
			return true
		}
	}
	return false
}
