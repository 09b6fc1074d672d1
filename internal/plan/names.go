package plan

import (
	"slices"
	"strconv"
	"strings"

	"example.com/lathe/internal/naming"
	"example.com/lathe/spec"
)

// nameTypes gives every shape its name, in phases: first the types, whose names
// must not move, in the order of their names; then what is derived from them.
func (b *builder) nameTypes() {
	for _, s := range b.roots() {
		for m := range s.Edges {
			b.nested[m.Target] = true
		}
		if s.Error != nil {
			b.nested[s] = true
		}
	}
	shapes := b.shapes()
	for _, s := range shapes {
		b.funcNames[s] = b.funcs.Free(naming.Exported(s.Name))
		if !b.nested[s] || !hasGoType(s) {
			continue
		}
		name := naming.Exported(s.Name)
		if !b.types.Take(name) {
			b.problems.Add(s.Pos, "rename one of them", "shape %s gives the Go type %s, which another shape gives too", s.Name, name)
		}
		b.names[s] = name
	}
}

// roots are all shapes that operations reach.
func (b *builder) roots() []*spec.Shape { return spec.Reached(b.api, b.api.Operations...) }

// shapes are the reached shapes sorted by name.
func (b *builder) shapes() []*spec.Shape {
	all := b.roots()
	slices.SortStableFunc(all, func(x, y *spec.Shape) int { return strings.Compare(x.Name, y.Name) })
	return all
}

// hasGoType says whether shapes of the kind have a Go type of their own.
func hasGoType(s *spec.Shape) bool {
	switch s.Kind {
	case spec.Structure, spec.Union, spec.Enum, spec.IntEnum:
		return true
	default:
		return false
	}
}

// typesPath is the import path of the package types.
func (b *builder) typesPath() string { return b.pkg.ImportPath + "/types" }

// fieldNames gives the fields of a struct their names. Names of methods that the
// struct has are reserved; two members with one name are a problem.
func (b *builder) fieldNames(owner *spec.Shape, reserved ...string) map[*spec.Member]string {
	scope := naming.NewScope(reserved...)
	first := map[string]*spec.Member{}
	names := map[*spec.Member]string{}
	for _, m := range owner.Members {
		name := naming.Exported(m.Name)
		if other, ok := first[name]; ok {
			b.problems.Add(m.Pos, "rename one of them", "members %s and %s of %s both give the Go name %s", other.Name, m.Name, owner.Name, name)
			continue
		}
		first[name] = m
		names[m] = scope.Free(name)
	}
	return names
}

// enumConstants names the constants of an enum. Where the values alone do not give
// names, the author is asked for them; in formats that have none they are spelled out.
func (b *builder) enumConstants(typeName string, s *spec.Shape) []string {
	values := make([]naming.Value, len(s.EnumValues))
	for i, v := range s.EnumValues {
		values[i] = naming.Value{Name: v.Name, Text: v.Value, Unnamed: v.NameOrigin != spec.NameGiven}
	}
	names, unclear := naming.EnumConstants(typeName, values)
	wanted := len(unclear) > 0
	for _, at := range unclear {
		if v := s.EnumValues[at]; v.NameOrigin == spec.NameMade {
			names[at], wanted = naming.SpelledEnumConstant(typeName, v.Value), false
		}
	}
	if wanted {
		texts := make([]string, len(unclear))
		for i, at := range unclear {
			texts[i] = strconv.Quote(s.EnumValues[at].Value)
		}
		b.problems.Add(s.EnumValues[unclear[1]].Pos, "add x-enum-varnames, a list with a name for each value",
			"the values %s of %s give the same Go name", strings.Join(texts, ", "), s.Name)
	}
	for i, name := range names {
		names[i] = b.types.Free(name)
	}
	return names
}
