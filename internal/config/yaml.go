package config

import (
	"fmt"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/jsonpos"
)

// limits bound a configuration file, which does without what YAML has for larger
// documents.
var limits = jsonpos.Limits{Bytes: 64 << 10, Depth: 16, NoAliases: true}

// reader reads the values of a document and collects the problems.
type reader struct{ jsonpos.Reader }

func newReader(problems spec.Problems) *reader {
	return &reader{jsonpos.Reader{Problems: problems, Mismatch: mismatch}}
}

func mismatch(v jsonpos.Value, want jsonpos.Kind) (hint, message string) {
	got := v.Kind()
	if want == jsonpos.String && (got == jsonpos.Number || got == jsonpos.Bool) {
		hint = "put it in quotes"
	}
	return hint, fmt.Sprintf("want %s, got %s", kindNames[want], kindNames[got])
}

func (r *reader) problem(at spec.Pos, hint, format string, args ...any) {
	r.Problems.Add(at, hint, format, args...)
}

// kindNames are the kinds of values in the words of YAML.
var kindNames = map[jsonpos.Kind]string{
	jsonpos.Null: "nothing", jsonpos.Bool: "a boolean", jsonpos.Number: "a number", jsonpos.String: "a string",
	jsonpos.Array: "a list", jsonpos.Object: "a mapping",
}

// list returns the items of a list that must have some.
func (r *reader) list(v jsonpos.Value, hint, what string) []jsonpos.Value {
	list := r.List(v)
	if list.Exists() && list.Len() == 0 {
		r.problem(v.Pos(), hint, "%s is empty", what)
	}
	return list.List()
}

// text reads a string that is not empty.
func (r *reader) text(v jsonpos.Value) text {
	t := text{pos: v.Pos()}
	if !r.Expect(v, jsonpos.String) {
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
