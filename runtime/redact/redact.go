// Package redact writes structures of a model without the values of their sensitive
// members: as fmt prints them, and as slog logs them. Absent members are left out, and
// pointers are followed.
package redact

import (
	"fmt"
	"log/slog"
	"reflect"
)

// withheld stands in the place of a value that must not be shown.
const withheld = "[withheld]"

// Format writes a structure for all verbs of fmt, without the values of the fields named
// secret. A nested structure that has methods of its own is written by them.
func Format(f fmt.State, v any, secret ...string) {
	t := text{syntax: f.Flag('#')}
	t.structure(reflect.ValueOf(v), secret)
	_, _ = f.Write(t.b) // as fmt itself, which has nobody to report it to
}

// FormatError writes an error: its text, or for %#v its fields, as Format does.
func FormatError(f fmt.State, verb rune, message string, v any, secret ...string) {
	if f.Flag('#') {
		Format(f, v, secret...)
		return
	}
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), message)
}

// String is what Format writes for %v.
func String(v any, secret ...string) string {
	var t text
	t.structure(reflect.ValueOf(v), secret)
	return string(t.b)
}

// GoString is what Format writes for %#v.
func GoString(v any, secret ...string) string {
	t := text{syntax: true}
	t.structure(reflect.ValueOf(v), secret)
	return string(t.b)
}

// LogValue is a structure as a group of its members, in which fields named secret have no
// value.
func LogValue(v any, secret ...string) slog.Value {
	return slog.GroupValue(attributes(reflect.ValueOf(v), secret)...)
}
