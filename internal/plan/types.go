package plan

import (
	"cmp"
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// Kind is the kind of a value, as far as rendering distinguishes them.
type Kind uint8

// The kinds of values.
const (
	KindBool Kind = iota
	KindInt8
	KindInt16
	KindInt32
	KindInt64
	KindFloat32
	KindFloat64
	KindString
	KindEnum
	KindIntEnum
	KindBlob
	KindTimestamp
	KindDocument
	KindBigInt
	KindBigFloat
	KindList
	KindMap
	KindStructure
	KindUnion
	KindStream
)

// TypeForm is the form of a Go type.
type TypeForm uint8

// The forms of types.
const (
	Named TypeForm = iota
	PointerTo
	SliceOf
	MapOf // with string keys
)

// Type is a Go type.
type Type struct {
	Form TypeForm
	// Import and Name are a named type's; Import is empty for predeclared ones.
	Import, Name string
	// Elem belongs to the other forms.
	Elem *Type
}

// Value says how values of a shape look in Go and on the wire.
type Value struct {
	Kind Kind
	// Type is the Go type of the value itself, without the pointer that an
	// optional field has.
	Type *Type
	// Encode, Decode and Validate name the functions of lists, maps, structures and
	// unions.
	Encode, Decode, Validate string
	// Time is the codec method of a timestamp: DateTime, HTTPDate or
	// EpochSeconds.
	Time string
	// Elem is a list's element or a map's value; Sparse ones may be nil. NullEntries: a null in
	// a map that is not sparse is the zero value, and no entry that is left out.
	Elem                *Value
	Sparse, NullEntries bool
	// Sent and Wire are what the elements or entries are called in bodies that are
	// written, and in bodies that are read.
	Sent, Wire PartNames
	// Codec is the package whose functions read and write documents, or numbers of any size.
	Codec string
	// MediaType is that of a string or blob; JSON in a header is base64.
	MediaType string
}

// PartNames are what the parts of a list or map are called where they have names.
type PartNames struct{ Element, Key, Value string }

// Pointable reports whether an optional value of the kind is a pointer in Go; the
// others have a zero value that means absent.
func (v *Value) Pointable() bool {
	switch v.Kind {
	case KindBool, KindInt8, KindInt16, KindInt32, KindInt64, KindFloat32, KindFloat64, KindString,
		KindTimestamp, KindStructure:
		return true
	default:
		return false
	}
}

// Field is a field of a struct.
type Field struct {
	Name string
	// Member is the name in the model, Wire the key in a body that is read, Sent that in
	// one that is written.
	Member, Wire, Sent string
	// Flat: the elements of a list or the entries of a map have no common element around
	// them. Attribute: it is an attribute of an element.
	Flat, Attribute bool
	// Spec is the member of the model; nil for a field that no member stands for.
	Spec *spec.Member
	// Doc is the comment, lines without slashes.
	Doc      []string
	Value    *Value
	Pointer  bool
	Required bool
}

// AlwaysSent reports whether zero is sent too: a plain number or boolean that is
// required has no other way to say that it is absent, and zero is a value. So it is for an
// intEnum.
func (f *Field) AlwaysSent() bool {
	return f.Required && !f.Pointer && (f.Value.Kind <= KindFloat64 || f.Value.Kind == KindIntEnum)
}

// GoType is the field's type.
func (f *Field) GoType() *Type {
	if f.Pointer {
		return &Type{Form: PointerTo, Elem: f.Value.Type}
	}
	return f.Value.Type
}

// Struct is a struct type.
type Struct struct {
	Name string
	// Type refers to it.
	Type   *Type
	Doc    []string
	Fields []*Field
	// Error is set for errors.
	Error *ErrorType
	// Redaction is set for what reaches sensitive members.
	Redaction *Redaction
}

// Declared are the fields in the order in which official packages declare them, for programs
// marshal structs, and compare what comes of it: those that are required first, then by name. Of
// errors the message is first, and the others stand as in the model.
func (s *Struct) Declared() []*Field {
	return slices.SortedStableFunc(slices.Values(s.Fields), func(a, b *Field) int {
		if s.Error != nil {
			return first(a.Name == "Message", b.Name == "Message")
		}
		return cmp.Or(first(a.Required, b.Required), strings.Compare(a.Name, b.Name))
	})
}

// first orders two values of which one stands before the other.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	default:
		return 1
	}
}

// ErrorType is what makes a struct an error.
type ErrorType struct {
	// Code is the default error code.
	Code   string
	Server bool
	// SecretMessage keeps the message out of the error's text.
	SecretMessage bool
}

// Union is a tagged union: an interface and one struct a variant.
type Union struct {
	Name string
	Type *Type
	Doc  []string
	// Marker is the interface's method.
	Marker   string
	Variants []*Variant
}

// Variant is one member of a union.
type Variant struct {
	Name string
	// Spec is the member of the model.
	Spec *spec.Member
	// Member, Wire, Sent and Flat are as in [Field].
	Member, Wire, Sent string
	Flat               bool
	Type               *Type
	Doc                []string
	Value              *Value
	// Unit variants carry nothing.
	Unit bool
	// Redaction is set for what reaches sensitive members.
	Redaction *Redaction
}

// Enum is an enum type.
type Enum struct {
	Name string
	Doc  []string
	// Int is true for an intEnum.
	Int    bool
	Values []EnumValue
}

// EnumValue is one constant.
type EnumValue struct {
	Name, Value string
	Doc         []string
}

// Codec is the function pair of a shape, or one of it.
type Codec struct {
	Value *Value
	// Fields are a structure's, Union the union's.
	Fields []*Field
	Union  *Union
}

// Validator is a function that checks the required members of a shape and of
// what it holds.
type Validator struct {
	Func string
	// Context is the name in the error.
	Context string
	Value   *Value
	// SecretKeys keeps the keys of a map out of the error.
	SecretKeys bool
	Checks     []Check
	Union      *Union
}

// Check is what a validator does with one field or variant.
type Check struct {
	Field    *Field
	Variant  *Variant
	Required bool
	// Nested says that the value has a validator of its own.
	Nested bool
}
