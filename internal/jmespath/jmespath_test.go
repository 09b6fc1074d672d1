package jmespath_test

import (
	"errors"
	"strings"
	"testing"

	"example.com/lathe/internal/jmespath"
	"example.com/lathe/spec"
)

// model has an input with members of all kinds.
func model() *spec.Shape {
	member := func(name string, target *spec.Shape) *spec.Member { return &spec.Member{Name: name, Target: target} }
	shape := func(name string, kind spec.Kind) *spec.Shape { return &spec.Shape{Name: name, Kind: kind} }
	text, number, when, document := shape("Text", spec.String), shape("Number", spec.Integer), shape("When", spec.Timestamp), shape("Doc", spec.Document)
	texts := &spec.Shape{Name: "Texts", Kind: spec.List, Element: member("member", text)}
	sparse := &spec.Shape{Name: "Sparse", Kind: spec.List, Element: member("member", text), Sparse: true}
	choice := &spec.Shape{Name: "Choice", Kind: spec.Union, Members: []*spec.Member{member("a", text), member("b", texts)}}
	item := &spec.Shape{Name: "Item", Kind: spec.Structure, Members: []*spec.Member{member("text", text), member("texts", texts)}}
	items := &spec.Shape{Name: "Items", Kind: spec.List, Element: member("member", item)}
	table := &spec.Shape{Name: "Table", Kind: spec.Map, Key: member("key", text), Value: member("value", item)}
	return &spec.Shape{Name: "In", Kind: spec.Structure, Members: []*spec.Member{
		member("text", text), member("number", number), member("when", when), member("document", document), member("texts", texts),
		member("sparse", sparse), member("choice", choice), member("item", item), member("items", items), member("table", table),
	}}
}

func TestErrors(t *testing.T) {
	for expression, want := range map[string]string{
		"":                        "incomplete expression (at column 1 of )",
		"text ==":                 "incomplete expression (at column 8 of text ==)",
		"nope":                    `structure In has no member "nope" (at column 1 of nope)`,
		"item.nope":               `structure Item has no member "nope" (at column 6 of item.nope)`,
		"items[?text == nope]":    `structure Item has no member "nope" (at column 16 of items[?text == nope])`,
		"items[].texts.text":      `a list has no member "text" (at column 15 of items[].texts.text)`,
		"document.a":              `a value without parts has no member "a" (at column 10 of document.a)`,
		"choice.c":                `union Choice has no member "c" (at column 8 of choice.c)`,
		"number[0]":               "a number has no elements (at column 1 of number[0])",
		"text[*]":                 "a string has no elements to go through (at column 1 of text[*])",
		"item.*":                  "the members of a structure are no values of one type; name them (at column 1 of item.*)",
		"[text, number]":          "a list of values of several types has no Go type; flatten it with [] (at column 2 of [text, number])",
		"[text, number][]":        "its elements are of several types: string and number (at column 2 of [text, number][])",
		"text || number":          "a string or a number: the value has no single Go type (at column 1 of text || number)",
		"item == item":            "a structure can't be compared with another (at column 1 of item == item)",
		"when == text":            "a value without parts can't be compared with a string (at column 1 of when == text)",
		"length(number)":          "length() does not take a number (at column 8 of length(number))",
		"length(text, text)":      "length() does not take 2 arguments (at column 1 of length(text, text))",
		"zip(texts, texts)":       "there is no function zip() that has a type in Go (at column 1 of zip(texts, texts))",
		"sort(items)":             "sort() does not take a list of structures (at column 1 of sort(items))",
		"sort(sparse)":            "sort() takes a list without nulls; leave them out with [] (at column 1 of sort(sparse))",
		"sort_by(items, text)":    "argument 2 of sort_by() is an expression reference: &name (at column 16 of sort_by(items, text))",
		"length(&text)":           "argument 1 of length() is no expression reference (at column 9 of length(&text))",
		"max_by(items, &texts)":   "max_by() takes numbers and strings as keys, not a list (at column 16 of max_by(items, &texts))",
		"$x":                      "no variable $x is defined (at column 1 of $x)",
		"{a: text, a: number}":    `the key "a" stands twice (at column 11 of {a: text, a: number})`,
		"texts[::0]":              "the step of a slice is not 0 (at column 1 of texts[::0])",
		"\xff":                    "an expression is UTF-8 (at column 1 of \uFFFD)",
		strings.Repeat("(", 1025): "an expression has at most 1024 bytes (at column 1 of " + strings.Repeat("(", 40) + ")",
	} {
		_, err := scope(model()).Value(expression)
		problem := &jmespath.Error{}
		if !errors.As(err, &problem) || err.Error() != want {
			t.Errorf("%s\ngot  %v\nwant %s", expression, err, want)
		}
	}
}

// TestValues: what a value is, and what leads to it.
func TestValues(t *testing.T) {
	for expression, want := range map[string]struct {
		kind    jmespath.Kind
		present int
		stmts   int
	}{
		"@":              {jmespath.Structure, 0, 0},
		"text":           {jmespath.Text, 1, 0},
		"when":           {jmespath.Opaque, 1, 0},
		"document":       {jmespath.Opaque, 1, 0},
		"choice":         {jmespath.Union, 1, 0},
		"choice.a":       {jmespath.Text, 1, 2},
		"choice.b[0]":    {jmespath.Text, 1, 2},
		"table.x.text":   {jmespath.Text, 2, 2},
		"item.text":      {jmespath.Text, 2, 0},
		"items[*]":       {jmespath.List, 1, 0},
		"sparse[]":       {jmespath.List, 1, 2},
		"items[].text":   {jmespath.List, 1, 2},
		"text == 'a'":    {jmespath.Boolean, 0, 0},
		"`null`":         {jmespath.Null, 1, 0},
		"text < `1`":     {jmespath.Null, 1, 0},
		"{a: text}":      {jmespath.Record, 0, 1},
		"let $a=1 in $a": {jmespath.Number, 0, 0},
	} {
		if expression == "let $a=1 in $a" {
			expression = "let $a=`1` in $a"
		}
		code, err := scope(model()).Value(expression)
		if err != nil {
			t.Errorf("%s: %v", expression, err)
			continue
		}
		if code.Kind != want.kind || len(code.Present) != want.present || len(code.Stmts) != want.stmts {
			t.Errorf("%s: a %s under %d conditions, behind %d statements; want %+v", expression, code.Kind, len(code.Present), len(code.Stmts), want)
		}
	}
}

// TestPairScope: waiters look at the input and the output.
func TestPairScope(t *testing.T) {
	s := jmespath.NewScope(names{}, jmespath.Root{Var: "out", Shape: model()}).Pair(map[string]jmespath.Root{"input": {Var: "in", Shape: model()}, "output": {Var: "out", Shape: model()}})
	code, err := s.Condition("input.text == output.items[0].text")
	if err != nil || code.Kind != jmespath.Boolean {
		t.Fatalf("%+v, %v", code, err)
	}
	if _, err := s.Value("text"); err == nil {
		t.Error("the pair has no member text")
	}
}

func TestStrings(t *testing.T) {
	for expression, want := range map[string]string{
		"text":            "it leads to a string, not to a list (at column 1 of text)",
		"items[]":         "it leads to a list of structures, not of strings (at column 1 of items[])",
		"items":           "it leads to a list of structures, not of strings (at column 1 of items)",
		"items[*].texts":  "it leads to lists of lists; flatten them with [] (at column 1 of items[*].texts)",
		"items[].texts[]": "", "[text, item.text]": "", "keys(table)": "", "sparse": "", "texts": "", "choice.b": "",
	} {
		code, err := scope(model()).Strings(expression)
		switch {
		case err == nil && (want != "" || code.Kind != jmespath.List || code.Type.Elem.Name != "string"):
			t.Errorf("%s: %+v, want %s", expression, code, want)
		case err != nil && err.Error() != want:
			t.Errorf("%s: %v, want %s", expression, err, want)
		}
	}
}

// TestSteps sees that no loop over a list leaves it by a step that overflows its index.
func TestSteps(t *testing.T) {
	for expression, want := range map[string]int{
		"texts[1::9223372036854775807]": 1 << 30, "texts[::-9223372036854775808]": -1 << 30, "texts[::2]": 2,
	} {
		code, err := jmespath.NewScope(names{}, jmespath.Root{Var: "out", Shape: model()}).Value(expression)
		if err != nil {
			t.Fatal(err)
		}
		var steps []int
		var find func(stmts []*jmespath.Stmt)
		find = func(stmts []*jmespath.Stmt) {
			for _, s := range stmts {
				if s.Kind == jmespath.For {
					steps = append(steps, s.Step)
				}
				find(s.Body)
			}
		}
		if find(code.Stmts); len(steps) != 1 || steps[0] != want {
			t.Errorf("%s has the steps %d, want %d", expression, steps, want)
		}
	}
}
