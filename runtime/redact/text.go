package redact

import (
	"fmt"
	"reflect"
	"slices"
)

// text is what is written for fmt.
type text struct {
	b []byte
	// syntax asks for the form of %#v.
	syntax bool
}

// isPrinter reports whether a value has methods that fmt calls, as those have that reach a
// sensitive member.
func isPrinter(v any) bool {
	switch v.(type) {
	case fmt.Formatter, fmt.Stringer, fmt.GoStringer:
		return true
	default:
		return false
	}
}

func (t *text) value(v reflect.Value) {
	switch v, form := open(v, isPrinter); form {
	case none:
		t.b = append(t.b, "<nil>"...)
	case structure:
		t.structure(v, nil)
	case list:
		t.list(v)
	case entries:
		t.entries(v)
	case foreign:
		t.b = append(t.b, typeName(v)...)
	default:
		t.print(v)
	}
}

// print has fmt write a value.
func (t *text) print(v reflect.Value) {
	verb := "%v"
	if t.syntax {
		verb = "%#v"
	}
	t.b = fmt.Appendf(t.b, verb, v.Interface())
}

// separator is what stands between members, elements and entries.
func (t *text) separator() string {
	if t.syntax {
		return ", "
	}
	return " "
}

// begin writes a value's type for %#v, else the word, and then the bracket.
func (t *text) begin(v reflect.Value, word string, bracket byte) {
	if t.syntax {
		word, bracket = v.Type().String(), '{'
	}
	t.b = append(append(t.b, word...), bracket)
}

func (t *text) end(bracket byte) {
	if t.syntax {
		bracket = '}'
	}
	t.b = append(t.b, bracket)
}

func (t *text) structure(v reflect.Value, secret []string) {
	t.begin(v, "", '{')
	separator := ""
	for name, field := range fields(v) {
		t.b = append(append(append(t.b, separator...), name...), ':')
		separator = t.separator()
		if slices.Contains(secret, name) {
			t.b = append(t.b, withheld...)
			continue
		}
		t.value(field)
	}
	t.end('}')
}

func (t *text) list(v reflect.Value) {
	t.begin(v, "", '[')
	for i := range v.Len() {
		if i > 0 {
			t.b = append(t.b, t.separator()...)
		}
		t.value(v.Index(i))
	}
	t.end(']')
}

// entries writes a map in the order of its keys, which are strings.
func (t *text) entries(v reflect.Value) {
	keys := make([]string, 0, v.Len())
	for _, key := range v.MapKeys() {
		keys = append(keys, key.String())
	}
	slices.Sort(keys)
	t.begin(v, "map", '[')
	for i, key := range keys {
		if i > 0 {
			t.b = append(t.b, t.separator()...)
		}
		key := reflect.ValueOf(key)
		t.print(key)
		t.b = append(t.b, ':')
		t.value(v.MapIndex(key))
	}
	t.end(']')
}
