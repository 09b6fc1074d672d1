package redact

import (
	"iter"
	"reflect"
	"time"

	"github.com/aws/smithy-go/document"
	"github.com/aws/smithy-go/middleware"
)

// fields are the fields that stand for members and are there, by their names.
func fields(v reflect.Value) iter.Seq2[string, reflect.Value] {
	return func(yield func(string, reflect.Value) bool) {
		for i := range v.NumField() {
			f := v.Type().Field(i)
			isMember := f.IsExported() && !f.Anonymous && !isMetadata(f.Type)
			if isMember && !isAbsent(v.Field(i)) && !yield(f.Name, v.Field(i)) {
				return
			}
		}
	}
}

// isMetadata, isMarker and isTime report whether a type is what an output has beside its
// members, what structures of a model embed, or a timestamp's. These types are no
// variables: those would be set whenever a program starts.
func isMetadata(t reflect.Type) bool { return t == reflect.TypeFor[middleware.Metadata]() }
func isMarker(t reflect.Type) bool   { return t == reflect.TypeFor[document.NoSerde]() }
func isTime(t reflect.Type) bool     { return t == reflect.TypeFor[time.Time]() }

// isAbsent reports whether the value of a field stands for none: nil, and of enums the
// empty one.
func isAbsent(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map:
		return v.IsNil()
	case reflect.String:
		return v.Len() == 0
	default:
		return false
	}
}

// form is how a value is written.
type form uint8

const (
	none      form = iota // nil
	own                   // by its own method
	structure             // member by member
	list
	entries // of a map
	foreign // by the name of its type, for it is no value of a model: the reader of a body
	scalar
)

// open follows pointers and interfaces to the value that is written, and returns its form.
// hasOwn reports whether a value has a method that writes it.
func open(v reflect.Value, hasOwn func(any) bool) (reflect.Value, form) {
	for {
		isReference := v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface
		switch {
		case isReference && v.IsNil():
			return v, none
		case v.Kind() != reflect.Interface && hasOwn(v.Interface()):
			return v, own
		case v.Kind() == reflect.Pointer && formOf(v.Type().Elem()) == foreign:
			return v, foreign
		case !isReference:
			return v, formOf(v.Type())
		}
		v = v.Elem()
	}
}

func formOf(t reflect.Type) form {
	switch t.Kind() {
	case reflect.Struct:
		switch {
		case isTime(t):
			return scalar
		case isModel(t):
			return structure
		default:
			return foreign
		}
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return scalar
		}
		return list
	case reflect.Map:
		return entries
	case reflect.Chan, reflect.Func, reflect.Array, reflect.UnsafePointer:
		return foreign
	default:
		return scalar
	}
}

// isModel reports whether a struct is of a model: it has the mark of those that no
// document may hold, or carries nothing.
func isModel(t reflect.Type) bool {
	for i := range t.NumField() {
		if f := t.Field(i); f.Anonymous && isMarker(f.Type) {
			return true
		}
	}
	return t.NumField() == 0
}

// typeName is the name of a foreign value's type, in parentheses.
func typeName(v reflect.Value) string { return "(" + v.Type().String() + ")" }
