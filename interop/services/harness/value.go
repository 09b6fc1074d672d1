package harness

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"time"

	smithydocument "github.com/aws/smithy-go/document"
)

// maxDepth is how deep structures nest, but for required members.
const maxDepth = 3

// alphabet is what random strings are made of.
var alphabet = []string{
	"a", "B", "7", "-", "_", ".", "~", " ", "/", "%", "%2F", "+", "&", "=", "?", "#", ":", "@", ",", ";",
	"\"", "\\", "<", "'", "(", "*", "!", "$", "é", "ß", "日本", "😀", "\u2028",
}

// values makes random values of our types, of those members that the official
// types have too.
type values struct {
	*rand.Rand
	model *model
	sides *Service
	tally *tally
	// complete: no required member is left out.
	complete bool
	// differences are members that the clients have as different types; they are
	// left out.
	differences []Difference
}

var (
	timeType   = reflect.TypeFor[time.Time]()
	bytesType  = reflect.TypeFor[[]byte]()
	readerType = reflect.TypeFor[io.Reader]()
)

// chance is true in percent of all cases.
func (v *values) chance(percent int) bool { return v.IntN(100) < percent }

// input makes a top-level input.
func (v *values) input(ours, official reflect.Type, s *shape) reflect.Value {
	return v.structure(ours, official, s, 0)
}

func (v *values) structure(ours, official reflect.Type, s *shape, depth int) reflect.Value {
	out := reflect.New(ours).Elem()
	omitted := v.chance(2) && !v.complete
	for _, i := range s.inOrder(ours) {
		field := ours.Field(i)
		if !field.IsExported() {
			continue
		}
		theirs, ok := official.FieldByName(field.Name)
		if !ok {
			v.tally.age(ours.Name() + "." + field.Name)
			continue
		}
		if a, b := indirect(theirs.Type).Kind(), indirect(field.Type).Kind(); a != b {
			path := "type of " + ours.Name() + "." + field.Name
			v.differences = append(v.differences, Difference{Path: path, Official: a.String(), Ours: b.String()})
			continue
		}
		location := ""
		if depth == 0 {
			location = s.location(field.Name)
		}
		choice := isChoice(out.Type(), field.Type)
		required, label := s.requires(field.Name) || choice, location == "uri"
		if required && !choice && omitted && v.chance(30) {
			continue
		}
		if !required && !label && (depth >= maxDepth || v.chance(35)) {
			continue
		}
		value := v.value(field.Type, theirs.Type, depth)
		if location == "headers" {
			value = v.named(field.Type)
		}
		if label && value.Kind() == reflect.Pointer && value.Elem().Kind() == reflect.String {
			value.Elem().SetString(v.label())
		}
		v.placeInHost(field.Name, value)
		if required && value.Kind() == reflect.String && value.Len() == 0 {
			value = reflect.ValueOf(v.label()).Convert(value.Type())
		}
		if (field.Type.Kind() == reflect.Pointer) != (theirs.Type.Kind() == reflect.Pointer) {
			v.tally.box(ours.Name() + "." + field.Name)
			value = unboxed(value, required)
		}
		out.Field(i).Set(value)
	}
	if depth == 0 {
		v.measure(out)
	}
	return out
}

// measure makes the length that an input says its body has the body's, but for a length of
// nothing or less. A wrong one is an error of the HTTP client, which [transport] is not.
func (v *values) measure(input reflect.Value) {
	length, body := input.FieldByName("ContentLength"), input.FieldByName("Body")
	if !length.IsValid() || !body.IsValid() {
		return
	}
	said, _ := reflect.TypeAssert[*int64](length)
	stream, ok := reflect.TypeAssert[*bytes.Reader](body)
	if said != nil && *said > 0 && ok {
		*said = stream.Size()
	}
}

// placeInHost sets a member that is part of the host to a text that a host can have.
func (v *values) placeInHost(member string, value reflect.Value) {
	if v.sides.Name == "s3control" && member == "AccountId" && value.Kind() == reflect.Pointer {
		value.Elem().SetString("123456789012")
	}
}

// isChoice reports whether a field is the value of a union's variant that must be set.
// A list or map that is nil is an empty one; any other nil has no meaning. (A blob that
// is nil is an empty one with ours and null with the official packages, which services
// refuse.)
func isChoice(variant, field reflect.Type) bool {
	return strings.Contains(variant.Name(), "Member") && variant.NumField() > 0 && variant.Field(0).Name == "Value" &&
		(field == bytesType || field.Kind() == reflect.Interface)
}

// named is a map whose keys are names of headers.
func (v *values) named(t reflect.Type) reflect.Value {
	out := reflect.MakeMap(t)
	for range v.IntN(4) {
		key := fmt.Sprintf("Key-%d", v.IntN(9))
		out.SetMapIndex(reflect.ValueOf(key).Convert(t.Key()), reflect.ValueOf("a b,\"c\"/%=").Convert(t.Elem()))
	}
	return out
}

// unboxed leaves a zero number or boolean nil that the official type doesn't point
// to: the official client can't tell it from one that isn't set, and sends it only
// where it is required.
func unboxed(value reflect.Value, required bool) reflect.Value {
	if value.Kind() == reflect.Pointer && value.Elem().IsZero() && !required {
		return reflect.Zero(value.Type())
	}
	return value
}

func indirect(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

func (v *values) value(ours, official reflect.Type, depth int) reflect.Value {
	if ours.Kind() == reflect.Pointer {
		if official.Kind() == reflect.Pointer {
			official = official.Elem()
		}
		p := reflect.New(ours.Elem())
		p.Elem().Set(v.value(ours.Elem(), official, depth))
		return p
	}
	switch ours {
	case timeType:
		return reflect.ValueOf(time.UnixMilli(v.Int64N(4e12)).UTC())
	case bytesType:
		return reflect.ValueOf(v.blob())
	case readerType:
		return reflect.ValueOf(bytes.NewReader(v.blob()))
	}
	if official.Kind() == reflect.Pointer {
		official = official.Elem()
	}
	switch ours.Kind() {
	case reflect.Struct:
		return v.structure(ours, official, v.model.shapeOf(ours.Name()), depth+1)
	case reflect.Slice:
		out := reflect.MakeSlice(ours, 0, 3)
		for range v.IntN(4) {
			out = reflect.Append(out, v.element(ours.Elem(), official.Elem(), depth))
		}
		return out
	case reflect.Map:
		out := reflect.MakeMap(ours)
		for range min(v.IntN(4), v.model.format.entries()) {
			out.SetMapIndex(v.value(ours.Key(), official.Key(), depth), v.element(ours.Elem(), official.Elem(), depth))
		}
		return out
	case reflect.Interface:
		if isDocument(ours) {
			return reflect.ValueOf(v.sides.Ours.Document(v.document(depth)))
		}
		return v.variant(ours, depth)
	default:
		return v.scalar(ours)
	}
}

// element is one of a list or map, which may be nil where both packages write the same.
func (v *values) element(ours, official reflect.Type, depth int) reflect.Value {
	if v.mayBeNil(ours) && v.chance(15) {
		return reflect.Zero(ours)
	}
	return v.value(ours, official, depth)
}

// mayBeNil reports whether an element of a type may be nil: a pointer, which only sparse
// lists and maps have. For newer packages so may be lists and maps, which are sent as
// empty ones; older packages leave a gap. A union that is nil leaves one always.
func (v *values) mayBeNil(element reflect.Type) bool {
	switch element.Kind() {
	case reflect.Pointer:
		return true
	case reflect.Slice, reflect.Map:
		return element != bytesType && v.sides.Kind == "newer"
	default:
		return false
	}
}

// isDocument reports whether an interface is that of documents, and no union's.
func isDocument(t reflect.Type) bool {
	return t.Implements(reflect.TypeFor[smithydocument.Marshaler]())
}

// document makes a random document.
func (v *values) document(depth int) any {
	switch kind := v.IntN(8); {
	case kind == 0 && depth <= maxDepth:
		return []any{v.document(depth + 1), nil, v.document(depth + 1)}
	case kind <= 2 && depth <= maxDepth:
		return map[string]any{v.label(): v.document(depth + 1), "n": nil}
	case kind == 3:
		return v.chance(50)
	case kind == 4:
		return v.Int64()
	case kind == 5:
		return 1.5e-3
	default:
		return v.text()
	}
}

// variant makes a random variant of a union that both clients have.
func (v *values) variant(ours reflect.Type, depth int) reflect.Value {
	var candidates []reflect.Type
	for _, t := range v.sides.Ours.variants() {
		if !t.Implements(ours) || t.Elem().Name() == "UnknownUnionMember" {
			continue
		}
		if v.sides.Official.variant(t.Elem().Name()) != nil {
			candidates = append(candidates, t)
		}
	}
	t := candidates[v.IntN(len(candidates))]
	return v.value(t, v.sides.Official.variant(t.Elem().Name()), depth)
}

func (v *values) scalar(t reflect.Type) reflect.Value {
	out := reflect.New(t).Elem()
	switch t.Kind() {
	case reflect.String:
		out.SetString(v.text())
		if all := out.MethodByName("Values"); all.IsValid() && v.chance(90) {
			known := all.Call(nil)[0]
			return known.Index(v.IntN(known.Len()))
		}
	case reflect.Bool:
		out.SetBool(v.chance(50))
	case reflect.Float32, reflect.Float64:
		numbers := []float64{0, 1, -2.5, 0.1, 1e21, 1e-7, 16777216, math.Inf(1), math.Inf(-1), math.NaN()}
		out.SetFloat(numbers[v.IntN(len(numbers))])
	default:
		numbers := []int64{0, 1, -1, 42, math.MaxInt32, math.MinInt32, v.Int64N(1e6)}
		if t.Kind() == reflect.Int64 {
			numbers = append(numbers, math.MaxInt64, math.MinInt64)
		}
		out.SetInt(numbers[v.IntN(len(numbers))])
	}
	return out
}

func (v *values) blob() []byte {
	out := make([]byte, v.IntN(40))
	for i := range out {
		out[i] = byte(v.IntN(256))
	}
	return out
}

func (v *values) text() string {
	var out strings.Builder
	for range v.IntN(9) {
		out.WriteString(alphabet[v.IntN(len(alphabet))])
	}
	return out.String()
}

// label is a text that is not empty and no step of a path.
func (v *values) label() string {
	if text := v.text(); strings.Trim(text, ".") != "" {
		return text
	}
	return "x"
}
