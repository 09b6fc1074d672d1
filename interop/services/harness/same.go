package harness

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"time"

	smithydocument "github.com/aws/smithy-go/document"
)

// Difference is one thing that the two clients did not do alike.
type Difference struct {
	// Operation is where; Path says what: "header Accept", "output.Items[].Name".
	Operation, Path string
	Official, Ours  string
}

// same lists the differences of two values, by fields. A number or boolean that
// only one of the types points to is equal to one that isn't set when it is zero.
func (s *Service) same(path string, official, ours reflect.Value, tally *tally) []Difference {
	a, b := official.IsZero(), ours.IsZero()
	if official.Kind() == reflect.Pointer != (ours.Kind() == reflect.Pointer) {
		tally.box(path)
		official, ours = reflect.Indirect(official), reflect.Indirect(ours)
		if (!official.IsValid() || official.IsZero()) && (!ours.IsValid() || ours.IsZero()) {
			return nil
		}
	}
	if !official.IsValid() || !ours.IsValid() || (nilable(official) && official.IsNil() != ours.IsNil()) {
		return []Difference{{Path: path, Official: show(official, a), Ours: show(ours, b)}}
	}
	switch official.Kind() {
	case reflect.Pointer:
		if official.IsNil() {
			return nil
		}
		return s.same(path, official.Elem(), ours.Elem(), tally)
	case reflect.Interface:
		return s.sameInterface(path, official, ours, tally)
	case reflect.Struct:
		return s.sameFields(path, official, ours, tally)
	case reflect.Slice:
		return s.sameItems(path, official, ours, tally)
	case reflect.Map:
		return s.sameEntries(path, official, ours, tally)
	}
	tally.values++
	if fmt.Sprint(official) != fmt.Sprint(ours) {
		return []Difference{{Path: path, Official: show(official, false), Ours: show(ours, false)}}
	}
	return nil
}

func nilable(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map:
		return true
	}
	return false
}

func show(v reflect.Value, zero bool) string {
	if !v.IsValid() || zero && nilable(v) {
		return "nil"
	}
	return fmt.Sprintf("%+v", reflect.Indirect(v))
}

func (s *Service) sameFields(path string, official, ours reflect.Value, tally *tally) (out []Difference) {
	if official.Type() == timeType {
		a, b := official.Interface().(time.Time), ours.Interface().(time.Time)
		if !reflect.DeepEqual(a.UTC(), b) { // the official client has local times of CBOR
			out = append(out, Difference{Path: path, Official: a.String(), Ours: b.String()})
		}
		return out
	}
	for i := range official.NumField() {
		name := official.Type().Field(i).Name
		if !official.Type().Field(i).IsExported() || name == "ResultMetadata" {
			continue
		}
		mine := ours.FieldByName(name)
		if !mine.IsValid() {
			tally.age(official.Type().Name() + "." + name)
			continue
		}
		out = append(out, s.same(path+"."+name, official.Field(i), mine, tally)...)
	}
	return out
}

func (s *Service) sameItems(path string, official, ours reflect.Value, tally *tally) (out []Difference) {
	if official.Type() == bytesType || official.Len() != ours.Len() {
		if !reflect.DeepEqual(official.Interface(), ours.Interface()) {
			out = append(out, Difference{Path: path, Official: show(official, false), Ours: show(ours, false)})
		}
		return out
	}
	for i := range official.Len() {
		out = append(out, s.same(path+"[]", official.Index(i), ours.Index(i), tally)...)
	}
	return out
}

func (s *Service) sameEntries(path string, official, ours reflect.Value, tally *tally) (out []Difference) {
	for it := official.MapRange(); it.Next(); {
		mine := ours.MapIndex(it.Key().Convert(ours.Type().Key()))
		switch {
		case mine.IsValid():
			out = append(out, s.same(path+"{}", it.Value(), mine, tally)...)
		case it.Value().IsZero():
			out = append(out, Difference{Path: path + "{zero}", Official: show(official, false), Ours: show(ours, false)})
		default:
			out = append(out, Difference{Path: path + "{}", Official: show(official, false), Ours: show(ours, false)})
		}
	}
	for it := ours.MapRange(); it.Next(); {
		if !official.MapIndex(it.Key().Convert(official.Type().Key())).IsValid() {
			out = append(out, Difference{Path: path + "{}", Official: show(official, false), Ours: show(ours, false)})
		}
	}
	return out
}

// sameDocuments compares documents by the text that they are marshaled to.
func sameDocuments(path string, official, ours smithydocument.Marshaler) []Difference {
	a, errA := official.MarshalSmithyDocument()
	b, errB := ours.MarshalSmithyDocument()
	if errA != nil || errB != nil {
		return facts(path, fmt.Sprint(errA), fmt.Sprint(errB))
	}
	return jsonFormat{}.same(path, a, b)
}

// sameInterface compares streams, which it reads, documents, and variants of unions.
func (s *Service) sameInterface(path string, official, ours reflect.Value, tally *tally) []Difference {
	if official.IsNil() {
		return nil
	}
	official, ours = official.Elem(), ours.Elem()
	if stream, ok := reflect.TypeAssert[io.Reader](official); ok {
		a, errA := io.ReadAll(stream)
		b, errB := io.ReadAll(ours.Interface().(io.Reader))
		if !bytes.Equal(a, b) || fmt.Sprint(errA) != fmt.Sprint(errB) {
			return []Difference{{Path: path, Official: fmt.Sprintf("%q, %v", a, errA), Ours: fmt.Sprintf("%q, %v", b, errB)}}
		}
		return nil
	}
	if a, ok := reflect.TypeAssert[smithydocument.Marshaler](official); ok {
		return sameDocuments(path, a, ours.Interface().(smithydocument.Marshaler))
	}
	if a, b := official.Type().Elem().Name(), ours.Type().Elem().Name(); a != b {
		return []Difference{{Path: path, Official: a, Ours: b}}
	}
	return s.same(path, official, ours, tally)
}
