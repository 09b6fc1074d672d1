package diff

import (
	"maps"
	"slices"

	"example.com/lathe/internal/plan"
)

// goOnly tells what changes for callers in Go without being told by a change of
// the model: fields whose types differ all the same, structs that can't be
// compared any more, and types that are gone.
func (c *comparer) goOnly(r *Report) []Change {
	told := map[string]bool{}
	for i := range r.Changes {
		if r.Changes[i].Go == Breaking {
			for _, object := range r.Changes[i].goOld {
				told[object] = true
			}
		}
	}
	var all []Change
	for _, n := range c.order {
		operations, directions := n.reach()
		for _, f := range n.goFindings(told) {
			all = append(all, judge(f, operations, directions))
		}
	}
	return append(all, c.lostTypes(told)...)
}

// goFindings compares the Go structs of a node.
func (n *node) goFindings(told map[string]bool) []finding {
	a, b := n.goOld.strukt, n.goNew.strukt
	if a == nil || b == nil {
		return nil
	}
	var all []finding
	at := map[string]*plan.Field{}
	for _, f := range b.Fields {
		at[f.Name] = f
	}
	for _, field := range a.Fields {
		other, object := at[field.Name], n.goOld.name+"."+field.Name
		if other == nil || told[object] {
			continue
		}
		f := n.finding(n.old.Pos, n.new.Pos)
		f.goOld, f.goNew = []string{object}, []string{n.goNew.name + "." + other.Name}
		if m, after := n.old.Member(field.Member), n.new.Member(other.Member); m != nil && after != nil {
			f.place, f.what, f.oldPos, f.newPos = n.place+"."+m.Name, m.Name+" of "+n.noun, m.Pos, after.Pos
		}
		if f.old, f.new = typeString(field.GoType()), typeString(other.GoType()); f.old != f.new {
			f.rule = "go-type-changed"
			all = append(all, f)
		}
	}
	if isComparable(n.goOld) && !isComparable(n.goNew) && !told[n.goOld.name] {
		f := n.finding(n.old.Pos, n.new.Pos)
		f.rule = "go-comparability-lost"
		f.goOld, f.goNew = append(f.goOld, wholes(n.goOld.users)...), append(f.goNew, wholes(n.goNew.users)...)
		all = append(all, f)
	}
	return all
}

// wholes are the users that hold a struct and nothing else: the variants of unions,
// which can be compared as long as it can.
func wholes(users []string) []string {
	return slices.DeleteFunc(slices.Clone(users), func(object string) bool { return owner(object) != "" })
}

// lostTypes tells of Go types that only the old client has.
func (c *comparer) lostTypes(told map[string]bool) []Change {
	var all []Change
	for _, name := range slices.Sorted(maps.Keys(c.old.api.Shapes)) {
		s := c.old.api.Shapes[name]
		o := c.old.golang.shape(s)
		if o.name == "" || told[o.name] || c.new.golang.shape(s).name != "" {
			continue
		}
		f := finding{
			rule: "go-type-removed", place: shapePrefix + name, what: name, old: o.name,
			oldPos: s.Pos, newPos: c.new.api.Pos, goOld: o.all(),
		}
		n := &node{uses: map[use]bool{}}
		markReached(n, c.old.api, name)
		operations, directions := n.reach()
		all = append(all, judge(f, operations, directions))
	}
	return append(all, c.lostHelpers()...)
}

// lostHelpers tells of Go types that no shape stands for, and that a client has as
// long as any shape of a kind is there.
func (c *comparer) lostHelpers() []Change {
	before, after := c.old.golang, c.new.golang
	if len(after.operations) == 0 {
		return nil // with the operations everything is gone
	}
	var all []Change
	for _, helper := range [...]struct {
		name, object, of string
		isLost           bool
	}{
		{"document.Interface", "package document", "a document", before.pkg.Needs.Document && !after.pkg.Needs.Document},
		{"types.UnknownUnionMember", "types.UnknownUnionMember", "a union", len(before.unions) > 0 && len(after.unions) == 0},
	} {
		if helper.isLost {
			all = append(all, judge(finding{
				rule: "go-type-removed", place: "go:" + helper.name, what: helper.of, old: helper.name,
				oldPos: c.old.api.Pos, newPos: c.new.api.Pos, goOld: []string{helper.object},
			}, nil, nil))
		}
	}
	return all
}
