package compare

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	smithyendpoints "github.com/aws/smithy-go/endpoints"
)

// Setting returns a field a value, in any struct that has the field.
type Setting struct {
	// Field is the field's name, or a path through structs: "A.B".
	Field string
	// Value is the field's value, or what its pointer points to. A [Make] makes
	// one for each client; an [EndpointFunc] becomes the client's own kind of
	// resolver. Nil is the zero value.
	Value any
}

// Make makes a value for one client.
type Make func(*World) any

// EndpointFunc resolves an endpoint from the parameters, given by name. Those that
// are not set are missing.
type EndpointFunc func(params map[string]any) (smithyendpoints.Endpoint, error)

// apply sets the fields of the struct that target points to.
func (s *side) apply(w *World, target any, settings []Setting) {
	for _, set := range settings {
		field := reflect.ValueOf(target).Elem()
		for name := range strings.SplitSeq(set.Field, ".") {
			if field = field.FieldByName(name); !field.IsValid() {
				panic(fmt.Sprintf("%T has no field %s", target, set.Field))
			}
		}
		assign(field, s.value(w, set.Value))
	}
}

// value is what a setting stands for.
func (s *side) value(w *World, v any) any {
	switch v := v.(type) {
	case Make:
		return s.value(w, v(w))
	case EndpointFunc:
		return s.endpoints(v)
	default:
		return v
	}
}

func assign(field reflect.Value, v any) {
	value := reflect.ValueOf(v)
	if retryer, ok := v.(aws.Retryer); ok && field.Kind() == reflect.Func {
		v = func() aws.Retryer { return retryer } // as aws.Config has it
		value = reflect.ValueOf(v)
	}
	switch {
	case v == nil:
		field.SetZero()
	case field.Kind() == reflect.Pointer && value.Kind() != reflect.Pointer:
		p := reflect.New(field.Type().Elem())
		p.Elem().Set(value.Convert(p.Type().Elem()))
		field.Set(p)
	case value.Type().AssignableTo(field.Type()):
		field.Set(value)
	default:
		field.Set(value.Convert(field.Type()))
	}
}

// params are the fields that are set in a struct of parameters.
func params(p any) map[string]any {
	out := map[string]any{}
	v := reflect.ValueOf(p)
	for i := range v.NumField() {
		f := v.Field(i)
		if f.Kind() == reflect.Pointer {
			if f.IsNil() {
				continue
			}
			f = f.Elem()
		}
		out[v.Type().Field(i).Name] = f.Interface()
	}
	return out
}
