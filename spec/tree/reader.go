package tree

import (
	"fmt"
	"iter"

	"example.com/lathe/spec"
)

// Reader reads values of the kinds that are wanted, and collects the problems. A
// value that is absent is none: it reads as empty.
type Reader struct {
	Problems spec.Problems
	// Mismatch words the problem of a value that is not of the kind wanted; nil for
	// the plain words.
	Mismatch func(v Value, want Kind) (hint, message string)

	// searches counts the names that were searched for.
	searches int
}

// maxSearches is how many names are searched for before hints are given up, which a
// hostile document could make arbitrarily many.
const maxSearches = 20

// Meant returns the hint that a name was probably meant to be one of some others, which it
// shows behind a prefix; empty when none is close.
func (r *Reader) Meant(name, prefix string, others iter.Seq[string]) string {
	if r.searches++; r.searches > maxSearches {
		return ""
	}
	if near := spec.Nearest(name, others); near != "" {
		return "did you mean " + prefix + near + "?"
	}
	return ""
}

// Expect reports whether a value is of a kind, and adds a problem when it is not. A
// null in YAML, which need not be written, has the place of its key.
func (r *Reader) Expect(v Value, kind Kind) bool {
	if v.Kind() == kind {
		return true
	}
	at := v.Pos()
	if v.Kind() == Null && v.doc.places != nil {
		at = v.NamePos()
	}
	mismatch := r.Mismatch
	if mismatch == nil {
		mismatch = plainMismatch
	}
	if hint, message := mismatch(v, kind); !v.Broken() {
		r.Problems.Add(at, hint, "%s", message)
	}
	return false
}

func plainMismatch(v Value, want Kind) (hint, message string) {
	what := "the document"
	if v.Name() != "" {
		what = `"` + v.Name() + `"`
	} else if v.Pointer() != "" {
		what = "the element"
	}
	return "", fmt.Sprintf("%s must be %s, not %s", what, want, v.Kind())
}

// Object returns an object, and nothing for another kind of value.
func (r *Reader) Object(v Value) Value { return r.only(v, Object) }

// List returns an array, and nothing for another kind of value.
func (r *Reader) List(v Value) Value { return r.only(v, Array) }

func (r *Reader) only(v Value, kind Kind) Value {
	if !v.Exists() || !r.Expect(v, kind) {
		return Value{}
	}
	return v
}

// Text returns a string.
func (r *Reader) Text(v Value) string { return r.only(v, String).Text() }

// Texts returns the strings of an array.
func (r *Reader) Texts(v Value) []string {
	var all []string
	for e := range r.List(v).All() {
		if r.Expect(e, String) {
			all = append(all, e.Text())
		}
	}
	return all
}

// Flag returns a boolean.
func (r *Reader) Flag(v Value) bool { return r.only(v, Bool).IsTrue() }

// Number returns the plain form of a number.
func (r *Reader) Number(v Value) string {
	if v = r.only(v, Number); !v.Exists() {
		return ""
	}
	return spec.PlainNumber(v.Text())
}

// Integer returns an integer of 32 bits.
func (r *Reader) Integer(v Value) int {
	if v = r.only(v, Number); !v.Exists() {
		return 0
	}
	n, ok := v.Int()
	if !ok {
		r.Problems.Add(v.Pos(), "", "%q must be an integer, not %s", v.Name(), v.Raw())
	}
	return n
}
