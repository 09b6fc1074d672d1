package compare

import (
	"fmt"
	"reflect"
	"slices"
	"time"
)

// Convert makes a value of type to from one of the other client's, field by field
// by name. A field that only one of the types has is an error. Fields that are not
// exported are left out, and so are those named in skip.
func Convert(from reflect.Value, to reflect.Type, skip ...string) (reflect.Value, error) {
	out := reflect.New(to).Elem()
	if from.Type() == to {
		out.Set(from)
		return out, nil
	}
	if from.Kind() != to.Kind() {
		return out, fmt.Errorf("%v is no %v", from.Type(), to)
	}
	switch from.Kind() {
	case reflect.Pointer:
		return out, convertPointer(out, from)
	case reflect.Struct:
		return out, convertStruct(out, from, skip)
	case reflect.Slice:
		return out, convertSlice(out, from)
	case reflect.Map:
		return out, convertMap(out, from)
	case reflect.Interface:
		if from.IsNil() {
			return out, nil
		}
		return out, fmt.Errorf("no rule for %v", from.Type())
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return out, fmt.Errorf("no rule for %v", from.Type())
	default:
		out.Set(from.Convert(to))
		return out, nil
	}
}

func convertPointer(out, from reflect.Value) error {
	if from.IsNil() {
		return nil
	}
	v, err := Convert(from.Elem(), out.Type().Elem())
	if err == nil {
		p := reflect.New(out.Type().Elem())
		p.Elem().Set(v)
		out.Set(p)
	}
	return err
}

func convertStruct(out, from reflect.Value, skip []string) error {
	if _, isTime := reflect.TypeAssert[time.Time](from); isTime {
		return fmt.Errorf("time as %v", out.Type())
	}
	if err := sameFields(from.Type(), out.Type()); err != nil {
		return err
	}
	for i := range from.NumField() {
		field := from.Type().Field(i)
		if !field.IsExported() || slices.Contains(skip, field.Name) {
			continue
		}
		v, err := Convert(from.Field(i), out.FieldByName(field.Name).Type())
		if err != nil {
			return fmt.Errorf("%s: %w", field.Name, err)
		}
		out.FieldByName(field.Name).Set(v)
	}
	return nil
}

func sameFields(a, b reflect.Type) error {
	for _, pair := range [][2]reflect.Type{{a, b}, {b, a}} {
		for field := range pair[0].Fields() {
			if _, ok := pair[1].FieldByName(field.Name); field.IsExported() && !ok {
				return fmt.Errorf("%v has no field %s", pair[1], field.Name)
			}
		}
	}
	return nil
}

func convertSlice(out, from reflect.Value) error {
	if from.IsNil() {
		return nil
	}
	out.Set(reflect.MakeSlice(out.Type(), from.Len(), from.Len()))
	for i := range from.Len() {
		v, err := Convert(from.Index(i), out.Type().Elem())
		if err != nil {
			return fmt.Errorf("[%d]: %w", i, err)
		}
		out.Index(i).Set(v)
	}
	return nil
}

func convertMap(out, from reflect.Value) error {
	if from.IsNil() {
		return nil
	}
	out.Set(reflect.MakeMapWithSize(out.Type(), from.Len()))
	for it := from.MapRange(); it.Next(); {
		key, err := Convert(it.Key(), out.Type().Key())
		if err != nil {
			return err
		}
		v, err := Convert(it.Value(), out.Type().Elem())
		if err != nil {
			return fmt.Errorf("[%v]: %w", it.Key(), err)
		}
		out.SetMapIndex(key, v)
	}
	return nil
}
