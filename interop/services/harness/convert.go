package harness

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
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

// convertInterface copies a stream, or makes the official variant of a union.
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
