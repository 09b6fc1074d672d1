package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"example.com/lathe/spec"
)

// field is a key that a mapping may have, and what reads its value.
type field struct {
	name     string
	required bool
	read     func(r *reader, n ast.Node, at spec.Pos)
}

// parseConfig reads a configuration file. All its problems come at once.
func parseConfig(name string, data []byte) (*configFile, error) {
	r := &reader{file: name, src: strings.TrimPrefix(string(data), "\ufeff")}
	body := r.document()
	if body == nil {
		return nil, r.problems.Err()
	}
	c := &configFile{}
	r.mapping(body, r.at(body, ""), c.fields())
	return c, r.problems.Err()
}

func (c *configFile) fields() []field {
	return []field{
		{"packages", true, func(r *reader, n ast.Node, at spec.Pos) { c.packages = r.packages(n, at) }},
		{"runtime", false, into(&c.runtime)},
		{"severity", false, func(r *reader, n ast.Node, at spec.Pos) { c.severities = r.severities(n, at) }},
		{"program", false, func(r *reader, n ast.Node, at spec.Pos) { c.program = r.oneOrMore(n, at) }},
	}
}

func (r *reader) packages(n ast.Node, at spec.Pos) []configPackage {
	items, ok := r.list(n, at)
	if ok && len(items) == 0 {
		r.problem(at, "each package has at least spec and out", "packages is empty")
	}
	all := make([]configPackage, len(items))
	for i, item := range items {
		all[i].pos = r.at(item, fmt.Sprintf("%s/%d", at.Pointer, i))
		r.mapping(item, all[i].pos, all[i].fields())
	}
	return all
}

func (p *configPackage) fields() []field {
	return []field{
		{"spec", true, into(&p.spec)},
		{"out", true, into(&p.out)},
		{"package", false, into(&p.pkg)},
		{"operations", false, func(r *reader, n ast.Node, at spec.Pos) { p.operations = r.texts(n, at) }},
		{"format", false, into(&p.format)},
		{"approve", false, func(r *reader, n ast.Node, at spec.Pos) { p.approve = r.approvals(n, at) }},
	}
}

// into gives what reads a string into a place.
func into(target *text) func(*reader, ast.Node, spec.Pos) {
	return func(r *reader, n ast.Node, at spec.Pos) { *target = r.text(n, at) }
}

// mapping hands the value of each key to its field, and reports keys that are
// unknown, repeated or missing.
func (r *reader) mapping(n ast.Node, at spec.Pos, fields []field) {
	pairs, ok := r.pairs(n, at)
	if !ok {
		return
	}
	seen := map[string]spec.Pos{}
	for _, pair := range pairs {
		name, keyPos, ok := r.key(pair, at)
		if !ok {
			continue
		}
		if first, repeated := seen[name]; repeated {
			r.problem(keyPos, "", "key %q stands twice, first at line %d", name, first.Line)
			continue
		}
		seen[name] = keyPos
		r.value(pair, name, keyPos, fields)
	}
	for _, f := range fields {
		if _, ok := seen[f.name]; f.required && !ok {
			r.problem(at, "", "key %q is missing", f.name)
		}
	}
}

// value hands a value to the field of that name.
func (r *reader) value(pair *ast.MappingValueNode, name string, keyPos spec.Pos, fields []field) {
	var names []string
	for _, f := range fields {
		if f.name == name {
			at := r.at(pair.Value, keyPos.Pointer)
			if _, empty := pair.Value.(*ast.NullNode); empty {
				at = keyPos // a null that is not written has no place
			}
			f.read(r, pair.Value, at)
			return
		}
		names = append(names, f.name)
	}
	hint := "the keys here are " + strings.Join(names, ", ")
	if near := spec.Nearest(name, slices.Values(names)); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	r.problem(keyPos, hint, "unknown key %q", name)
}

// texts reads a list of strings that is not empty.
func (r *reader) texts(n ast.Node, at spec.Pos) []text {
	items, ok := r.list(n, at)
	if ok && len(items) == 0 {
		r.problem(at, "leave the key out to take all", "the list is empty")
	}
	var all []text
	for i, item := range items {
		all = append(all, r.text(item, r.at(item, fmt.Sprintf("%s/%d", at.Pointer, i))))
	}
	return all
}
