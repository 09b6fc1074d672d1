package goapi

import (
	"go/types"
	"maps"
	"slices"
)

// comparison collects the changes between two clients.
type comparison struct {
	old, new *client
	// oldTypes and newTypes write the types of each side. On the way they note,
	// in oldHidden and newHidden, the unexported types of the client that callers
	// come upon, as the result of an exported function.
	oldTypes, newTypes   *identity
	oldHidden, newHidden map[place]*types.TypeName
	changes              []Change
}

func newComparison(before, after *client) *comparison {
	c := &comparison{
		old: before, oldHidden: map[place]*types.TypeName{},
		new: after, newHidden: map[place]*types.TypeName{},
	}
	c.oldTypes = &identity{client: before, named: func(t *types.TypeName) { before.noteHidden(c.oldHidden, t) }}
	c.newTypes = &identity{client: after, named: func(t *types.TypeName) { after.noteHidden(c.newHidden, t) }}
	return c
}

// noteHidden notes a type of the client that is not exported.
func (c *client) noteHidden(hidden map[place]*types.TypeName, t *types.TypeName) {
	if folder, ours := c.folders[t.Pkg()]; ours && !t.Exported() {
		hidden[place{folder, t.Name()}] = t
	}
}

// identical reports whether two types are the same for a caller.
func (c *comparison) identical(was, is types.Type) bool {
	a, b := c.oldTypes.text(was), c.newTypes.text(is) // both, for what they note
	return a == b
}

// report adds a change.
func (c *comparison) report(object string, v verdict, was, is declaration) {
	c.changes = append(c.changes, Change{
		Kind: v.kind, Object: object, Breaking: v.breaking, Why: v.why,
		Old: was.text, OldPos: was.pos, New: is.text, NewPos: is.pos,
	})
}

// reportObject adds a change of what is an object on each side, or nil.
func (c *comparison) reportObject(object string, v verdict, was, is types.Object) {
	c.report(object, v, c.old.declare(was), c.new.declare(is))
}

// packages compares everything that is declared.
func (c *comparison) packages() {
	for _, folder := range union(c.old.packages, c.new.packages) {
		c.pkg(folder, c.old.packages[folder], c.new.packages[folder])
	}
	c.hiddenTypes()
}

// pkg compares two packages of the same folder, of which one may be nil.
func (c *comparison) pkg(folder string, was, is *types.Package) {
	object := "package " + folder
	switch {
	case is == nil:
		c.report(object, breaking(Removed, "A caller that imports it no longer compiles."), clause(was), declaration{})
		return
	case was == nil:
		c.report(object, fine(Added, whyNew), declaration{}, clause(is))
		return
	case was.Name() != is.Name():
		c.report(object, breaking(PackageRenamed, "A caller that imports it without naming it no longer compiles."),
			clause(was), clause(is))
	}
	before, after := exported(was), exported(is)
	for _, name := range union(before, after) {
		c.object(place{folder, name}, before[name], after[name])
	}
}

// exported are the exported objects of a package by name.
func exported(p *types.Package) map[string]types.Object {
	objects := map[string]types.Object{}
	for _, name := range p.Scope().Names() {
		if o := p.Scope().Lookup(name); o.Exported() {
			objects[name] = o
		}
	}
	return objects
}

// union returns the keys of both maps, sorted.
func union[V any](a, b map[string]V) []string {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.Sort(keys)
	return slices.Compact(keys)
}

// object compares two objects of the same name, of which one may be nil.
func (c *comparison) object(at place, was, is types.Object) {
	switch {
	case is == nil:
		c.reportObject(at.String(), breaking(Removed, whyRemoved), was, nil)
	case was == nil:
		c.reportObject(at.String(), fine(Added, c.new.whyAdded(is)), nil, is)
	case !c.sameSort(at, was, is):
		c.reportObject(at.String(), breaking(Redeclared,
			"The name stands for another kind of thing: a caller that uses it as before no longer compiles."), was, is)
	}
}

// sameSort compares two objects if both are types, both constants and so on.
func (c *comparison) sameSort(at place, was, is types.Object) bool {
	if a, b, ok := both[*types.TypeName](was, is); ok {
		c.typeName(at, a, b)
		return true
	}
	if a, b, ok := both[*types.Const](was, is); ok {
		c.constant(at, a, b)
		return true
	}
	if _, _, ok := both[*types.Var](was, is); ok {
		if !c.identical(was.Type(), is.Type()) {
			c.reportObject(at.String(), breaking(TypeChanged,
				"A caller that uses the variable where its type matters no longer compiles."), was, is)
		}
		return true
	}
	if _, _, ok := both[*types.Func](was, is); ok {
		if !c.identical(was.Type(), is.Type()) {
			c.reportObject(at.String(), breaking(SignatureChanged, whySignature), was, is)
		}
		return true
	}
	return false
}

// both returns two values as what they are both expected to be.
func both[T, V any](was, is V) (before, after T, ok bool) {
	before, ok = any(was).(T)
	after, too := any(is).(T)
	return before, after, ok && too
}

// hiddenTypes compares the unexported types that callers come upon on both sides.
// Comparing them may lead to others.
func (c *comparison) hiddenTypes() {
	done := map[place]bool{}
	for {
		var next []place
		for at := range c.oldHidden {
			if c.newHidden[at] != nil && !done[at] {
				next = append(next, at)
			}
		}
		if len(next) == 0 {
			return
		}
		for _, at := range next {
			done[at] = true
			c.typeName(at, c.oldHidden[at], c.newHidden[at])
		}
	}
}
