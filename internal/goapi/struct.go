package goapi

import (
	"go/types"
	"slices"
)

// field is a field that callers can select on the values of a struct.
type field struct {
	v   *types.Var
	tag string
	// promoted says that it belongs to an embedded struct without an exported
	// name: it can be selected, but not be set in a literal.
	promoted bool
}

// fields are the fields of a type, which is a struct, that callers can select. Those of an embedded
// struct with an exported name are not among them: that field stands for them.
func fields(t *types.TypeName, s *types.Struct) map[string]field {
	names := map[string]bool{}
	selectable(s, names, map[*types.Struct]bool{})
	all := map[string]field{}
	for name := range names {
		o, path, _ := types.LookupFieldOrMethod(t.Type(), true, t.Pkg(), name)
		switch v, ok := o.(*types.Var); {
		case !ok: // two embedded structs have it
		case len(path) > 1:
			all[name] = field{v: v, promoted: true}
		default:
			all[name] = field{v: v, tag: s.Tag(path[0])}
		}
	}
	return all
}

// selectable adds the names of a struct's exported fields, and of those of
// embedded structs that callers can't name.
func selectable(s *types.Struct, names map[string]bool, seen map[*types.Struct]bool) {
	seen[s] = true
	for v := range s.Fields() {
		if v.Exported() {
			names[v.Name()] = true
			continue
		}
		inner, ok := dereference(v.Type()).Underlying().(*types.Struct)
		if ok && v.Embedded() && !seen[inner] {
			selectable(inner, names, seen)
		}
	}
}

func dereference(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// isOpen reports whether callers can write a struct's values without field names,
// and convert structs of their own to it.
func isOpen(s *types.Struct) bool {
	for f := range s.Fields() {
		if !f.Exported() {
			return false
		}
	}
	return true
}

// structs compares two structs by the names of was and is.
func (c *comparison) structs(at place, was, is *types.TypeName, before, after *types.Struct) {
	open := isOpen(before)
	switch {
	case open && !isOpen(after):
		c.reportObject(at.String(), breaking(StructSealed, whyOpen), was, is)
	case !open && isOpen(after):
		c.reportObject(at.String(), fine(StructOpened,
			"It has no unexported field any more: callers can write its values without names."), was, is)
	}
	if !slices.Equal(shared(before, after), shared(after, before)) {
		c.reportObject(at.String(),
			breakingIf(open, FieldsReordered, whyOpen, "Callers name the fields of its values."), was, is)
	}
	oldFields, newFields := fields(was, before), fields(is, after)
	for _, name := range union(oldFields, newFields) {
		a, had := oldFields[name]
		b, has := newFields[name]
		switch object := at.member(name); {
		case !has:
			c.report(object, breaking(FieldRemoved, whyField), c.old.declareField(a), declaration{})
		case !had:
			c.report(object, breakingIf(open, FieldAdded, whyOpen, whyMemberAdded), declaration{}, c.new.declareField(b))
		default:
			c.field(object, a, b, open)
		}
	}
}

// shared are the names of a struct's exported fields that the other one has too,
// in their order.
func shared(s, other *types.Struct) []string {
	names := map[string]bool{}
	for f := range other.Fields() {
		names[f.Name()] = f.Exported()
	}
	var both []string
	for f := range s.Fields() {
		if names[f.Name()] {
			both = append(both, f.Name())
		}
	}
	return both
}

// field compares two fields of the same name; open says that the struct was.
func (c *comparison) field(object string, was, is field, open bool) {
	report := func(v verdict) { c.report(object, v, c.old.declareField(was), c.new.declareField(is)) }
	if !c.identical(was.v.Type(), is.v.Type()) {
		report(breaking(TypeChanged, whyField))
		return
	}
	if was.v.Embedded() != is.v.Embedded() || was.promoted != is.promoted {
		report(embedding(was, is, open))
	}
	if was.tag != is.tag {
		report(breakingIf(open, TagChanged,
			"All fields were exported: a caller that assigns a struct without a name, with the old tag, no longer compiles.",
			"Only reflection sees it."))
	}
}

// embedding says what it means that a field is embedded, or belongs to an
// embedded struct, on one side only.
func embedding(was, is field, open bool) verdict {
	switch {
	case !was.promoted && is.promoted:
		return breaking(EmbeddingChanged,
			"It belongs to an embedded struct now: a caller that sets it in a literal no longer compiles.")
	case was.v.Embedded() && !is.v.Embedded():
		return breaking(EmbeddingChanged,
			"It is not embedded any more: a caller that uses its fields and methods without naming it no longer compiles.")
	default:
		return breakingIf(open, EmbeddingChanged, whyOpen, whyMemberAdded)
	}
}
