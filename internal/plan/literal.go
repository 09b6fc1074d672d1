package plan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/big"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/lathe/spec"
)

// Literal is a value of a model's type as it is written in Go.
type Literal struct {
	Value *Value
	// Pointer: the place is a pointer to the value.
	Pointer bool
	// Text is the content of a string, blob or stream, or a number or boolean as Go writes
	// it. Constant is that of an enum, where the value has one.
	Text, Constant string
	Time           time.Time
	// Document is what a document holds, as JSON has it.
	Document any
	// Members are those of a structure, by field, the entries of a map, by key, or the
	// elements of a list. Of a union it is the one of the variant.
	Members []LiteralMember
	Variant *Variant
}

// LiteralMember is a part of a literal. A nil literal is nil in Go.
type LiteralMember struct {
	Name    string
	Literal *Literal
}

// literals makes literals of JSON. It returns an error for what does not fit the model.
type literals struct {
	b *builder
	// complete asks for required members.
	complete bool
}

// object makes the literal of a structure, with the fields in their order.
func (l *literals) object(fields []*Field, v any, at string) (*Literal, error) {
	object, ok := v.(map[string]any)
	if !ok {
		return nil, misfit(at, v, "an object")
	}
	out := &Literal{}
	left := maps.Clone(object)
	for _, f := range fields {
		if f.Spec == nil {
			continue // no member stands for it
		}
		value, there := object[f.Member]
		delete(left, f.Member)
		if !there || value == nil {
			if l.complete && IsChecked(f.Spec) && !f.Spec.IdempotencyToken {
				return nil, fmt.Errorf("%s lacks the required member %s", at, f.Member)
			}
			continue
		}
		literal, err := l.value(f.Value, f.Spec.Target, value, at+"."+f.Member)
		if err != nil {
			return nil, err
		}
		literal.Pointer = f.Pointer
		out.Members = append(out.Members, LiteralMember{f.Name, literal})
	}
	for _, name := range slices.Sorted(maps.Keys(left)) {
		return nil, fmt.Errorf("%s has no member %q", at, name)
	}
	return out, nil
}

func misfit(at string, v any, want string) error {
	return fmt.Errorf("%s is %s, not %s", at, kindOfJSON(v), want)
}

func kindOfJSON(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case string:
		return "a string"
	case json.Number:
		return "a number"
	case []any:
		return "an array"
	default:
		return "an object"
	}
}

func (l *literals) value(v *Value, s *spec.Shape, given any, at string) (*Literal, error) {
	out := &Literal{Value: v}
	var err error
	switch v.Kind {
	case KindStructure:
		if out, err = l.object(l.b.structure(s).Fields, given, at); err == nil {
			out.Value = v
		}
	case KindUnion:
		err = l.union(out, s, given, at)
	case KindList:
		err = l.list(out, s, given, at)
	case KindMap:
		err = l.entries(out, s, given, at)
	case KindDocument:
		out.Document = given
	case KindTimestamp:
		out.Time, err = timeOf(given, at)
	case KindBool:
		is, ok := given.(bool)
		if out.Text = strconv.FormatBool(is); !ok {
			err = misfit(at, given, "a boolean")
		}
	case KindString, KindEnum, KindBlob, KindStream:
		text, ok := given.(string)
		if out.Text = text; !ok {
			err = misfit(at, given, "a string")
		}
		out.Constant = l.constant(v, text)
	default:
		out.Text, err = numberOf(v.Kind, given, at)
		out.Constant = l.constant(v, out.Text)
	}
	return out, err
}

// constant is the constant of an enum's value; empty for a value that has none.
func (l *literals) constant(v *Value, text string) string {
	if v.Kind != KindEnum && v.Kind != KindIntEnum {
		return ""
	}
	for _, e := range l.b.pkg.Enums {
		if e.Name != v.Type.Name {
			continue
		}
		for _, value := range e.Values {
			if value.Value == text {
				return value.Name
			}
		}
	}
	return ""
}

func (l *literals) list(out *Literal, s *spec.Shape, given any, at string) error {
	list, ok := given.([]any)
	if !ok {
		return misfit(at, given, "an array")
	}
	for i, e := range list {
		if err := l.part(out, s.Element, "", e, fmt.Sprintf("%s[%d]", at, i)); err != nil {
			return err
		}
	}
	return nil
}

func (l *literals) entries(out *Literal, s *spec.Shape, given any, at string) error {
	object, ok := given.(map[string]any)
	if !ok {
		return misfit(at, given, "an object")
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if err := l.part(out, s.Value, key, object[key], fmt.Sprintf("%s[%q]", at, key)); err != nil {
			return err
		}
	}
	return nil
}

// part adds an element of a list, or an entry of a map.
func (l *literals) part(out *Literal, m *spec.Member, key string, given any, at string) error {
	v := out.Value
	if given == nil {
		if !v.Sparse {
			return misfit(at, given, "a value")
		}
		out.Members = append(out.Members, LiteralMember{Name: key})
		return nil
	}
	literal, err := l.value(v.Elem, m.Target, given, at)
	if err != nil {
		return err
	}
	literal.Pointer = v.Sparse && v.Elem.Pointable()
	out.Members = append(out.Members, LiteralMember{key, literal})
	return nil
}

func (l *literals) union(out *Literal, s *spec.Shape, given any, at string) error {
	object, ok := given.(map[string]any)
	if !ok || len(object) != 1 {
		return misfit(at, given, "an object with one member")
	}
	for _, v := range l.b.union(s).Variants {
		value, there := object[v.Member]
		if !there {
			continue
		}
		out.Variant = v
		if v.Unit {
			return nil
		}
		literal, err := l.value(v.Value, v.Spec.Target, value, at+"."+v.Member)
		out.Members = []LiteralMember{{"Value", literal}}
		return err
	}
	return fmt.Errorf("%s has no member %q", at, slices.Collect(maps.Keys(object))[0])
}

// bits are how many an integer has.
var bits = map[Kind]int{KindInt8: 8, KindInt16: 16, KindInt32: 32, KindInt64: 64, KindIntEnum: 32}

// numberOf returns a number as Go writes it.
func numberOf(k Kind, given any, at string) (string, error) {
	number, ok := given.(json.Number)
	if !ok {
		return "", misfit(at, given, "a number")
	}
	size, isInt := bits[k]
	if isInt {
		n, err := strconv.ParseInt(number.String(), 10, size)
		if err != nil {
			return "", fmt.Errorf("%s is no integer of %d bits", at, size)
		}
		return strconv.FormatInt(n, 10), nil
	}
	switch k {
	case KindBigInt:
		if _, ok := new(big.Int).SetString(number.String(), 10); !ok {
			return "", fmt.Errorf("%s is no integer", at)
		}
		return number.String(), nil
	case KindBigFloat:
		return number.String(), nil
	}
	size = 64
	if k == KindFloat32 {
		size = 32
	}
	f, err := strconv.ParseFloat(number.String(), size)
	if err != nil {
		return "", fmt.Errorf("%s is too large", at)
	}
	return strconv.FormatFloat(f, 'g', -1, size), nil
}

// timeOf reads a timestamp in any of the forms that examples have.
func timeOf(given any, at string) (time.Time, error) {
	switch v := given.(type) {
	case json.Number:
		seconds, err := v.Float64()
		if err != nil || math.Abs(seconds) > 1e12 {
			return time.Time{}, fmt.Errorf("%s is no time", at)
		}
		return time.UnixMilli(int64(math.Round(seconds * 1000))).UTC(), nil
	case string:
		for _, layout := range []string{
			time.RFC3339Nano, http.TimeFormat, time.RFC1123Z, "2006-01-02T15:04:05", "2006-01-02",
		} {
			if t, err := time.Parse(layout, v); err == nil {
				return t.UTC(), nil
			}
		}
		return time.Time{}, fmt.Errorf("%s is no time", at)
	default:
		return time.Time{}, misfit(at, given, "a time")
	}
}

// indented are the lines of a JSON text.
func indented(text string) []string {
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(text), "", "  "); err != nil {
		return nil // it has been parsed
	}
	return strings.Split(b.String(), "\n")
}
