package config

import (
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/jsonpos"
)

// limits bound a configuration file, which does without what YAML has for larger
// documents.
var limits = jsonpos.Limits{Bytes: 64 << 10, Depth: 16, NoAliases: true}

// reader reads the values of a document and collects the problems.
type reader struct {
	problems spec.Problems
}

func (r *reader) problem(at spec.Pos, hint, format string, args ...any) {
	r.problems.Add(at, hint, format, args...)
}

// place is where a value stands; a null, which need not be written, has the place
// of its key.
func place(v jsonpos.Value) spec.Pos {
	if v.Kind() == jsonpos.Null {
		return v.NamePos()
	}
	return v.Pos()
}

// is reports a value that is not of the kind wanted.
func (r *reader) is(v jsonpos.Value, want jsonpos.Kind) bool {
	got := v.Kind()
	if got == want {
		return true
	}
	if v.Broken() {
		return false
	}
	hint := ""
	if want == jsonpos.String && (got == jsonpos.Number || got == jsonpos.Bool) {
		hint = "put it in quotes"
	}
	r.problem(place(v), hint, "want %s, got %s", kindNames[want], kindNames[got])
	return false
}

// kindNames are the kinds of values in the words of YAML.
var kindNames = map[jsonpos.Kind]string{
	jsonpos.Null: "nothing", jsonpos.Bool: "a boolean", jsonpos.Number: "a number", jsonpos.String: "a string",
	jsonpos.Array: "a list", jsonpos.Object: "a mapping",
}

// list returns the items of a list.
func (r *reader) list(v jsonpos.Value, hint, empty string) []jsonpos.Value {
	if !r.is(v, jsonpos.Array) {
		return nil
	}
	if v.Len() == 0 {
		r.problem(v.Pos(), hint, "%s is empty", empty)
	}
	return v.List()
}

// text reads a string that is not empty.
func (r *reader) text(v jsonpos.Value) text {
	t := text{pos: place(v)}
	if !r.is(v, jsonpos.String) {
		return t
	}
	t.string = v.Text()
	switch {
	case strings.TrimSpace(t.string) == "":
		r.problem(t.pos, "", "a string is empty")
	case strings.ContainsFunc(t.string, func(c rune) bool { return c < ' ' || c == 0x7f }):
		r.problem(t.pos, "", "a string contains a line break or control character")
	}
	return t
}
