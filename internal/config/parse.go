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
		{"packages", false, listInto(&a.Packages, form{})},
		{"keep", false, listInto(&a.Keep, operationOfService)},
		{"platforms", false, listInto(&a.Platforms, platform)},
		{"tags", false, listInto(&a.Tags, form{})},
	}
}

// form is what a string must look like; the zero form is any.
type form struct {
	pattern    *regexp.Regexp
	what, hint string
}

var (
	operationOfService = form{
		regexp.MustCompile(`^[a-z0-9]+\.[A-Z][A-Za-z0-9]*$`), "an operation of a service",
		"operations read like lambda.Invoke",
	}
	platform = form{regexp.MustCompile(`^[a-z0-9]+/[a-z0-9]+$`), "a platform", "platforms read like linux/arm64"}
)

// listInto returns what reads a list of strings of a form into a place.
func listInto(target *[]string, f form) func(*reader, tree.Value) {
	return func(r *reader, v tree.Value) {
		for _, t := range r.texts(v, hintOptional) {
			if f.pattern != nil && t.string != "" && !f.pattern.MatchString(t.string) {
				r.problem(t.pos, f.hint, "%q is not %s", t.string, f.what)
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
		{"operations", false, func(r *reader, v tree.Value) { p.operations = r.texts(v, "leave the key out to take all") }},
		{"format", false, into(&p.format)},
		{"protocol", false, into(&p.protocol)},
		{"module", false, into(&p.module)},
		{"lean", false, func(r *reader, v tree.Value) { p.lean = r.Flag(v) }},
		{"examples", false, func(r *reader, v tree.Value) { p.examples = r.Flag(v) }},
		{"presign", false, func(r *reader, v tree.Value) { p.presign = r.texts(v, "name the operations to presign") }},
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

// hintOptional is the hint for an empty list that need not be there.
const hintOptional = "leave the key out"

// texts reads a list of strings that is not empty. The hint says what to do if it is.
func (r *reader) texts(v tree.Value, hint string) []text {
	var all []text
	for _, item := range r.list(v, hint, "the list") {
		all = append(all, r.text(item))
	}
	return all
}
