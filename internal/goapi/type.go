package goapi

import (
	"go/types"
	"reflect"
)

// typeName compares two types of the same name.
func (c *comparison) typeName(at place, was, is *types.TypeName) {
	name := at.String()
	switch {
	case was.IsAlias() != is.IsAlias():
		c.reportObject(name, breaking(AliasChanged, whyAlias(was)), was, is)
	case was.IsAlias():
		if !c.identical(was.Type(), is.Type()) {
			c.reportObject(name, breaking(UnderlyingChanged,
				"The name stands for another type: a caller that uses it where the type matters no longer compiles."), was, is)
		}
	case c.oldTypes.typeParams(was.Type()) != c.newTypes.typeParams(is.Type()):
		c.reportObject(name, breaking(TypeParamsChanged,
			"A caller that names the type with its arguments no longer compiles."), was, is)
	default:
		c.definedType(at, was, is)
	}
}

func whyAlias(was *types.TypeName) string {
	if was.IsAlias() {
		return "The type is one of its own now: a caller that uses it for what it was the alias of no longer compiles."
	}
	return "The type is another one's alias now: a type switch with a case for each of them no longer compiles."
}

// definedType compares two types that are no aliases.
func (c *comparison) definedType(at place, was, is *types.TypeName) {
	if before, after, ok := both[*types.Interface](was.Type().Underlying(), is.Type().Underlying()); ok {
		c.interfaces(at, was, is, before, after)
		return
	}
	if before, after, ok := both[*types.Struct](was.Type().Underlying(), is.Type().Underlying()); ok {
		c.structs(at, was, is, before, after)
	} else if !c.identical(was.Type().Underlying(), is.Type().Underlying()) {
		c.underlying(at, was, is)
	}
	if kind(was) == kind(is) {
		c.methods(at, was, is)
		c.comparability(at, was, is)
	}
}

// kind is the sort of type that a type is made of. Two types of different kinds
// have nothing in common that would be worth telling.
func kind(t *types.TypeName) reflect.Type { return reflect.TypeOf(t.Type().Underlying()) }

func (c *comparison) underlying(at place, was, is *types.TypeName) {
	c.reportObject(at.String(), breaking(UnderlyingChanged,
		"The type is made of something else: a caller that makes, converts or takes apart its values no longer compiles."),
		was, is)
}

// comparability compares whether == and map keys admit the values of two types.
func (c *comparison) comparability(at place, was, is *types.TypeName) {
	switch before, after := types.Comparable(was.Type()), types.Comparable(is.Type()); {
	case before && !after:
		c.reportObject(at.String(), breaking(BecameIncomparable,
			"A caller that compares values with == or has them as keys of a map no longer compiles: "+
				incomparable(is.Type())+"."), was, is)
	case !before && after:
		c.reportObject(at.String(), fine(BecameComparable,
			"Its values can be compared with == and be keys of a map now."), was, is)
	}
}

// incomparable says what in a type can't be compared.
func incomparable(t types.Type) string {
	path := ""
	for {
		switch u := t.Underlying().(type) {
		case *types.Array:
			path, t = path+"[]", u.Elem()
			continue
		case *types.Struct:
			f := firstIncomparable(u)
			path, t = path+"."+f.Name(), f.Type()
			continue
		}
		text := types.TypeString(t, (*types.Package).Name)
		if path == "" {
			return "it is a " + text
		}
		return path[1:] + " is a " + text
	}
}

// firstIncomparable finds the field because of which a struct can't be compared.
func firstIncomparable(s *types.Struct) *types.Var {
	for f := range s.Fields() {
		if !types.Comparable(f.Type()) {
			return f
		}
	}
	return nil
}
