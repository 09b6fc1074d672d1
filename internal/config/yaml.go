package config

import (
	"fmt"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// limits bound a configuration file, which does without what YAML has for larger
// documents. A program that calls 9,000 operations of 250 services has one of 300 kB.
var limits = tree.Limits{Bytes: 4 << 20, Depth: 16, NoAliases: true}

// reader reads the values of a document and collects the problems.
type reader struct{ tree.Reader }

func newReader(problems spec.Problems) *reader {
	return &reader{tree.Reader{Problems: problems, Mismatch: mismatch}}
}

func mismatch(v tree.Value, want tree.Kind) (hint, message string) {
	got := v.Kind()
	if want == tree.String && (got == tree.Number || got == tree.Bool) {
		hint = "put it in quotes"
	}
	return hint, fmt.Sprintf("want %s, got %s", kindNames[want], kindNames[got])
}

func (r *reader) problem(at spec.Pos, hint, format string, args ...any) {
	r.Problems.Add(at, hint, format, args...)
}

// kindNames are the kinds of values in the words of YAML.
var kindNames = map[tree.Kind]string{
	tree.Null: "nothing", tree.Bool: "a boolean", tree.Number: "a number", tree.String: "a string",
	tree.Array: "a list", tree.Object: "a mapping",
}

// list returns the items of a list that must have some.
func (r *reader) list(v tree.Value, hint, what string) []tree.Value {
	list := r.List(v)
	if list.Exists() && list.Len() == 0 {
		r.problem(v.Pos(), hint, "%s is empty", what)
	}
	return list.List()
}

// text reads a string that is not empty.
func (r *reader) text(v tree.Value) text {
	t := text{pos: v.Pos()}
	if !r.Expect(v, tree.String) {
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
