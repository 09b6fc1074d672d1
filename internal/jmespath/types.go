package jmespath

import (
	"maps"
	"slices"

	"example.com/lathe/spec"
)

// typ is the type of a value.
type typ struct {
	kind Kind
	// goType is that of a value that is there, without the pointer to it.
	goType *GoType
	// shape is that of a structure or union.
	shape *spec.Shape
	// elem is what lists and maps hold.
	elem *element
	// fields are those of a record.
	fields []recordField
	// enum says that the Go type is not string; the empty string is no value, unless
	// emptyCounts.
	enum, emptyCounts bool
	// nilable says that nil is no value.
	nilable bool
	// integer is a number without fraction.
	integer bool
}

// element is how a list or map holds its values.
type element struct {
	t *typ
	// ptr says that elements are pointers to values, there that none is null.
	ptr, there bool
}

// goType is the Go type of the element as it is held.
func (e *element) goType() *GoType { return held(e.t, e.ptr) }

// held is the Go type of a value, or of a pointer to it.
func held(t *typ, ptr bool) *GoType {
	if ptr {
		return pointerTo(t.goType)
	}
	return t.goType
}

// recordField is a field of an object that an expression makes.
type recordField struct {
	key, name string
	elem      element
	// fixed is the value of a field of an object that is no Go value.
	fixed *val
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

var (
	nullType   = &typ{kind: Null}
	boolType   = &typ{kind: Boolean, goType: named("bool")}
	textType   = &typ{kind: Text, goType: named("string")}
	floatType  = &typ{kind: Number, goType: named("float64")}
	intType    = &typ{kind: Number, goType: named("int"), integer: true}
	byTypeName = map[spec.Kind]string{
		spec.Byte: "int8", spec.Short: "int16", spec.Integer: "int32", spec.Long: "int64",
	}
)

// typeOf returns the type of a shape.
func (s *Scope) typeOf(shape *spec.Shape) *typ {
	if t := s.types[shape]; t != nil {
		return t
	}
	t := &typ{shape: shape}
	s.types[shape] = t // before what it holds, which may hold it
	switch shape.Kind {
	case spec.Boolean:
		*t = *boolType
	case spec.String:
		*t = *textType
	case spec.Enum:
		*t = typ{kind: Text, goType: s.names.Type(shape), enum: true, emptyCounts: s.emptyEnums}
	case spec.Byte, spec.Short, spec.Integer, spec.Long:
		*t = typ{kind: Number, goType: named(byTypeName[shape.Kind]), integer: true}
	case spec.IntEnum:
		*t = typ{kind: Number, goType: s.names.Type(shape), integer: true}
	case spec.Float:
		*t = typ{kind: Number, goType: named("float32")}
	case spec.Double:
		*t = *floatType
	case spec.Structure:
		if shape.IsUnit() { // of a union's member, which is an empty object
			*t = typ{kind: Record, goType: &GoType{Form: StructType}}
			break
		}
		t.kind, t.goType = Structure, s.names.Type(shape)
	case spec.Union:
		t.kind, t.goType, t.nilable = Union, s.names.Type(shape), true
	case spec.List:
		t.kind, t.nilable = List, true
		t.elem = s.elementOf(shape, shape.Element)
		t.goType = sliceOf(t.elem.goType())
	case spec.Map:
		t.kind, t.nilable = Map, true
		t.elem = s.elementOf(shape, shape.Value)
		t.goType = &GoType{Form: MapType, Elem: t.elem.goType()}
	default:
		t.kind, t.goType, t.nilable = Opaque, s.names.Type(shape), shape.Kind != spec.Timestamp
	}
	return t
}

// elementOf is how a list or map holds the values of a member.
func (s *Scope) elementOf(owner *spec.Shape, m *spec.Member) *element {
	t := s.typeOf(m.Target)
	ptr := owner.Sparse && !t.nilable && !t.enum && m.Target.Kind != spec.IntEnum
	return &element{t: t, ptr: ptr, there: !owner.Sparse}
}

// listOf is the type of a slice of elements.
func listOf(e element) *typ {
	return &typ{kind: List, elem: &e, goType: sliceOf(e.goType()), nilable: true}
}

// same reports whether values of two types have one Go type.
func same(a, b *typ) bool {
	return a == b || a.kind == b.kind && a.goType.Equal(b.goType) && a.enum == b.enum
}

// val is a value: an expression of Go and what must hold for it to be one.
type val struct {
	// guards are conditions without which the value is null; each may be looked at
	// when those before it hold.
	guards []Expr
	// x has no effects, and costs little however often it is written.
	x Expr
	t *typ
	// ptr says that x is a pointer to the value, there that it is not null where the
	// guards hold.
	ptr, there bool
}

// nullable reports whether the zero value of x means null.
func (v val) nullable() bool {
	return !v.there && (v.ptr || v.t.nilable || v.t.enum && !v.t.emptyCounts)
}

// plain is the value itself, where it is not null.
func (v val) plain() Expr {
	if v.ptr {
		return deref(v.x)
	}
	return v.x
}

// given is the value where its guards hold and it is not null.
func (v val) given() val {
	v.guards, v.there = nil, true
	return v
}

// guarded is the value under more conditions, before its own.
func (v val) guarded(guards []Expr) val {
	v.guards = slices.Concat(guards, v.guards)
	return v
}

// at is the value that an element of a list or map holds.
func (e *element) at(x Expr) val { return val{x: x, t: e.t, ptr: e.ptr, there: e.there} }

// present are the conditions under which a value is not null.
func (c *compiler) present(v val) []Expr {
	if v.t.kind == Null {
		return []Expr{literal(false)}
	}
	out := slices.Clone(v.guards)
	if !v.nullable() {
		return out
	}
	if v.t.enum && !v.ptr {
		return append(out, binary("!=", v.x, literal("")))
	}
	out = append(out, notNil(v.x))
	if v.t.enum {
		out = append(out, binary("!=", deref(v.x), literal("")))
	}
	return out
}
