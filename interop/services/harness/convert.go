package harness

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"reflect"

	smithydocument "github.com/aws/smithy-go/document"
)

// convert sets a value of the official client to what one of ours is.
func (s *Service) convert(official, ours reflect.Value) error {
	if ours.IsZero() && ours.Kind() != reflect.Struct {
		return nil
	}
	switch {
	case official.Type() == timeType || official.Type() == bytesType:
		official.Set(ours)
		return nil
	case official.Kind() == reflect.Pointer:
		official.Set(reflect.New(official.Type().Elem()))
		if ours.Kind() == reflect.Pointer {
			ours = ours.Elem()
		}
		return s.convert(official.Elem(), ours)
	case ours.Kind() == reflect.Pointer:
		return s.convert(official, ours.Elem())
	case ours.Kind() == reflect.Interface:
		return s.convertInterface(official, ours.Elem())
	case official.Kind() != ours.Kind():
		return fmt.Errorf("%v is no %v", ours.Type(), official.Type())
	}
	switch ours.Kind() {
	case reflect.Struct:
		return s.convertFields(official, ours)
	case reflect.Slice:
		official.Set(reflect.MakeSlice(official.Type(), ours.Len(), ours.Len()))
		for i := range ours.Len() {
			if err := s.convert(official.Index(i), ours.Index(i)); err != nil {
				return err
			}
		}
	case reflect.Map:
		return s.convertEntries(official, ours)
	default:
		official.Set(ours.Convert(official.Type()))
	}
	return nil
}

func (s *Service) convertFields(official, ours reflect.Value) error {
	for i := range ours.NumField() {
		name := ours.Type().Field(i).Name
		theirs := official.FieldByName(name)
		if !theirs.IsValid() || !theirs.CanSet() {
			continue // the tally has it already
		}
		if err := s.convert(theirs, ours.Field(i)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (s *Service) convertEntries(official, ours reflect.Value) error {
	official.Set(reflect.MakeMap(official.Type()))
	for it := ours.MapRange(); it.Next(); {
		key, value := reflect.New(official.Type().Key()).Elem(), reflect.New(official.Type().Elem()).Elem()
		if err := s.convert(key, it.Key()); err != nil {
			return err
		}
		if err := s.convert(value, it.Value()); err != nil {
			return err
		}
		official.SetMapIndex(key, value)
	}
	return nil
}

// documented puts the numbers of documents in the place of those of JSON.
func documented(v any) any {
	switch v := v.(type) {
	case json.Number:
		return smithydocument.Number(v)
	case []any:
		for i := range v {
			v[i] = documented(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = documented(v[name])
		}
	}
	return v
}

// convertInterface copies a stream or document, or makes the official variant of a
// union.
func (s *Service) convertInterface(official, ours reflect.Value) error {
	if r, ok := reflect.TypeAssert[*bytes.Reader](ours); ok {
		data, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		r.Reset(data)
		official.Set(reflect.ValueOf(bytes.NewReader(data)))
		return nil
	}
	if d, ok := reflect.TypeAssert[smithydocument.Marshaler](ours); ok {
		text, err := d.MarshalSmithyDocument()
		if err != nil {
			return err
		}
		value, err := parse(text)
		if err != nil {
			return err
		}
		official.Set(reflect.ValueOf(s.Official.Document(documented(value))))
		return nil
	}
	t := s.Official.variant(ours.Type().Elem().Name())
	if t == nil {
		return fmt.Errorf("no official %v", ours.Type())
	}
	out := reflect.New(t.Elem())
	if err := s.convertFields(out.Elem(), ours.Elem()); err != nil {
		return err
	}
	official.Set(out)
	return nil
}
