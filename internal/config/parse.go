package config

import (
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strconv"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// field is a key that a mapping may have, and what reads its value.
type field struct {
	name     string
	required bool
	read     func(r *reader, v tree.Value)
}

// parseConfig reads a configuration file. All its problems come at once.
func parseConfig(name string, data []byte) (*configFile, error) {
	root, problems := tree.ParseYAML(name, data, limits)
	r := newReader(problems)
	if !root.Exists() {
		if len(problems) == 0 {
			r.problem(spec.Pos{File: name, Line: 1, Column: 1}, "gen --help shows what belongs in it", "the file is empty")
		}
		return nil, r.Problems.Err()
	}
	c := &configFile{}
	r.mapping(root, c.fields())
	return c, r.Problems.Err()
}

func (c *configFile) fields() []field {
	return []field{
		{"packages", true, func(r *reader, v tree.Value) { c.packages = r.packages(v) }},
		{"runtime", false, into(&c.runtime)},
		{"severity", false, func(r *reader, v tree.Value) { c.severities = r.severities(v) }},
		{"program", false, func(r *reader, v tree.Value) { c.program = r.oneOrMore(v) }},
		{"models", false, into(&c.models)},
		{"budget", false, func(r *reader, v tree.Value) {
			c.budget.Pos = v.Pos()
			r.mapping(v, budgetFields(&c.budget))
		}},
		{"adopt", false, func(r *reader, v tree.Value) { r.mapping(v, adoptFields(&c.adopt)) }},
	}
}

func adoptFields(a *Adopt) []field {
	return []field{
		{"packages", false, listInto(&a.Packages, nil, "")},
		{"keep", false, listInto(&a.Keep, operationOfService, "operations read like lambda.Invoke")},
		{"platforms", false, listInto(&a.Platforms, platform, "platforms read like linux/arm64")},
		{"tags", false, listInto(&a.Tags, nil, "")},
	}
}

var (
	operationOfService = regexp.MustCompile(`^[a-z0-9]+\.[A-Z][A-Za-z0-9]*$`)
	platform           = regexp.MustCompile(`^[a-z0-9]+/[a-z0-9]+$`)
)

// listInto returns what reads a list of strings into a place, each of which is as the
// pattern says.
func listInto(target *[]string, pattern *regexp.Regexp, hint string) func(*reader, tree.Value) {
	return func(r *reader, v tree.Value) {
		for _, t := range r.texts(v) {
			if pattern != nil && t.string != "" && !pattern.MatchString(t.string) {
				r.problem(t.pos, hint, "%q is none", t.string)
			}
			*target = append(*target, t.string)
		}
	}
}

func budgetFields(b *Budget) []field {
	return []field{
		{"lines", false, bound(&b.Lines)},
		{"packages", false, bound(&b.Packages)},
		{"bytes", false, bound(&b.Bytes)},
	}
}

// bound returns what reads a positive number into a place.
func bound(target *int64) func(*reader, tree.Value) {
	return func(r *reader, v tree.Value) {
		if !r.Expect(v, tree.Number) {
			return
		}
		n, err := strconv.ParseInt(v.Text(), 10, 64)
		if err != nil || n < 1 {
			r.problem(v.Pos(), "", "want a number of at least 1, got %s", v.Text())
			return
		}
		*target = n
	}
}

func (r *reader) packages(v tree.Value) []configPackage {
	items := r.list(v, "each package has at least spec and out", "packages")
	all := make([]configPackage, len(items))
	for i, item := range items {
		all[i].pos = item.Pos()
		r.mapping(item, all[i].fields())
	}
	return all
}

func (p *configPackage) fields() []field {
	return []field{
		{"spec", true, into(&p.spec)},
		{"out", true, into(&p.out)},
		{"package", false, into(&p.pkg)},
		{"operations", false, func(r *reader, v tree.Value) { p.operations = r.texts(v) }},
		{"format", false, into(&p.format)},
		{"protocol", false, into(&p.protocol)},
		{"module", false, into(&p.module)},
		{"lean", false, func(r *reader, v tree.Value) { p.lean = r.Flag(v) }},
		{"examples", false, func(r *reader, v tree.Value) { p.examples = r.Flag(v) }},
		{"presign", false, func(r *reader, v tree.Value) { p.presign = r.names(v, "name the operations to presign") }},
		{"paginators", false, func(r *reader, v tree.Value) { p.additions.Paginations = r.paginators(v) }},
		{"waiters", false, func(r *reader, v tree.Value) { p.additions.Waiters = r.waiters(v) }},
		{"errors", false, func(r *reader, v tree.Value) { p.additions.Errors = r.errors(v) }},
		{"defaults", false, func(r *reader, v tree.Value) { p.additions.Defaults = r.defaults(v) }},
		{"renames", false, func(r *reader, v tree.Value) { r.mapping(r.someOf(v), renameFields(&p.additions.Renames)) }},
		{"approve", false, func(r *reader, v tree.Value) { p.approve = r.approvals(v) }},
	}
}

// into returns what reads a string into a place.
func into(target *text) func(*reader, tree.Value) {
	return func(r *reader, v tree.Value) { *target = r.text(v) }
}

// mapping hands the value of each key to its field, and reports keys that are
// unknown or missing.
func (r *reader) mapping(v tree.Value, fields []field) {
	if !r.Expect(v, tree.Object) {
		return
	}
	for m := range r.members(v) {
		r.value(m, fields)
	}
	for _, f := range fields {
		if f.required && !v.Get(f.name).Exists() && !v.Broken() {
			r.problem(v.Pos(), "", "key %q is missing", f.name)
		}
	}
}

// members yields the members of a mapping, and reports keys that are no strings.
func (r *reader) members(v tree.Value) iter.Seq[tree.Value] {
	return func(yield func(tree.Value) bool) {
		for m := range v.All() {
			if m.NameKind() != tree.String {
				at := m.NamePos()
				at.Pointer = v.Pointer()
				r.problem(at, "", "a key must be a string, not %q", m.Name())
				continue
			}
			if !yield(m) {
				return
			}
		}
	}
}

// value hands a member to the field of its name.
func (r *reader) value(m tree.Value, fields []field) {
	var names []string
	for _, f := range fields {
		if f.name == m.Name() {
			f.read(r, m)
			return
		}
		names = append(names, f.name)
	}
	hint := spec.Choices("the keys here are", names...)
	if near := spec.Nearest(m.Name(), slices.Values(names)); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	r.problem(m.NamePos(), hint, "unknown key %q", m.Name())
}

// texts reads a list of strings that is not empty.
func (r *reader) texts(v tree.Value) []text { return r.names(v, "leave the key out to take all") }

// names reads a list of strings that is not empty. The hint says what to do if it is.
func (r *reader) names(v tree.Value, hint string) []text {
	var all []text
	for _, item := range r.list(v, hint, "the list") {
		all = append(all, r.text(item))
	}
	return all
}
