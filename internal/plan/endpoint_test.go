package plan

import (
	"reflect"
	"strings"
	"testing"

	"example.com/lathe/spec"
)

func TestParseEndpointPath(t *testing.T) {
	member := func(name string) pathOp { return pathOp{kind: pathMember, name: name} }
	op := func(k pathOpKind) pathOp { return pathOp{kind: k} }
	for path, want := range map[string][]pathOp{
		"a":                   {member("a")},
		"a.b_1.C":             {member("a"), member("b_1"), member("C")},
		`"a b".c`:             {member("a b"), member("c")},
		"a[*].b":              {member("a"), op(pathEach), member("b")},
		"a.*.b":               {member("a"), op(pathValues), member("b")},
		"a[][]":               {member("a"), op(pathFlatten), op(pathFlatten)},
		"keys(a.b)":           {member("a"), member("b"), op(pathKeys)},
		"a.keys(b)[]":         {member("a"), member("b"), op(pathKeys), op(pathFlatten)},
		"[a, b.c]":            {{kind: pathSelect, list: [][]pathOp{{member("a")}, {member("b"), member("c")}}}},
		"a[*].[ b , keys(c)]": {member("a"), op(pathEach), {kind: pathSelect, list: [][]pathOp{{member("b")}, {member("c"), op(pathKeys)}}}},
	} {
		if got, err := parsePath(path); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("parsePath(%q) = %v, %v, want %v", path, got, err, want)
		}
	}
}

func TestParseEndpointPathErrors(t *testing.T) {
	for path, want := range map[string]string{
		"":                          `a name is missing before ""`,
		"a.":                        `a name is missing before ""`,
		"a..b":                      `a name is missing before "."`,
		"1a":                        `a name is missing before "1"`,
		"a b":                       `"b" is not expected`,
		"a[0]":                      `a name is missing before "0"`,
		"a[?b]":                     `a name is missing before "?"`,
		"a | b":                     `"| b" is not expected`,
		"[a":                        `"[" is never closed`,
		"[a b]":                     `"[" is never closed`,
		"keys(a":                    `"keys(" is never closed`,
		"length(a)":                 `"(a)" is not expected`,
		`"a`:                        `"a is no name`,
		`"a\"b"`:                    `"a\"b" is no name`,
		"é":                         `a name is missing before "é"`,
		strings.Repeat("[", 10000):  "it is nested too deep",
		strings.Repeat("keys(", 99): "it is nested too deep",
	} {
		if _, err := parsePath(path); err == nil || err.Error() != want {
			t.Errorf("parsePath(%.20q): %v, want %s", path, err, want)
		}
	}
}

func FuzzParseEndpointPath(f *testing.F) {
	for _, path := range []string{"a.b", "a[*].[b,c][]", "keys(a)", `"x".*`, "[[a],[b]]", "a[", "keys(", "a [] . b"} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if ops, err := parsePath(path); err == nil && len(ops) == 0 {
			t.Errorf("parsePath(%q) gives nothing", path)
		}
	})
}

// bindingAPI has one operation whose input has the members text, flag, number,
// list, items and table, and a rule set with one parameter of each type.
func bindingAPI() (*spec.API, *spec.Operation) {
	member := func(name string, target *spec.Shape) *spec.Member {
		return &spec.Member{Name: name, Target: target, Pos: spec.Pos{File: "m", Line: 7}}
	}
	text, flag := &spec.Shape{Name: "Text", Kind: spec.String}, &spec.Shape{Name: "Flag", Kind: spec.Boolean}
	number := &spec.Shape{Name: "Number", Kind: spec.Integer}
	list := &spec.Shape{Name: "List", Kind: spec.List, Element: member("member", text)}
	numbers := &spec.Shape{Name: "Numbers", Kind: spec.List, Element: member("member", number)}
	item := &spec.Shape{Name: "Item", Kind: spec.Structure, Members: []*spec.Member{member("list", list)}}
	items := &spec.Shape{Name: "Items", Kind: spec.List, Element: member("member", item)}
	table := &spec.Shape{Name: "Table", Kind: spec.Map, Key: member("key", text), Value: member("value", list)}
	in := &spec.Shape{Name: "In", Kind: spec.Structure, Members: []*spec.Member{
		member("text", text), member("flag", flag), member("number", number), member("list", list), member("numbers", numbers),
		member("items", items), member("table", table),
	}}
	op := &spec.Operation{Pos: spec.Pos{File: "m", Line: 3}, Name: "Op", Input: in}
	return &spec.API{Operations: []*spec.Operation{op}, Endpoint: &spec.EndpointRules{
		Parameters: []spec.EndpointParameter{{Name: "S", Type: "string"}, {Name: "B", Type: "boolean"}, {Name: "L", Type: "stringArray"}},
		Rules:      []spec.EndpointRule{{Error: &spec.EndpointExpr{Literal: "x", Type: spec.EndpointType{Kind: spec.EndpointString}}}},
	}}, op
}

func TestEndpointBindingProblems(t *testing.T) {
	for _, c := range [][3]string{
		{"S", "nothing", `structure In has no member "nothing"`},
		{"S", "text.x", `a string has no member "x"`},
		{"S", "number", "it leads to integer, which no parameter can hold"},
		{"S", "flag", "the value is a boolean, the parameter a string"},
		{"B", "text", "the value is a string, the parameter a boolean"},
		{"S", "list", "the value is a stringArray, the parameter a string"},
		{"L", "text", "the value is a string, the parameter a stringArray"},
		{"L", "numbers", "it leads to integer, which no parameter can hold"},
		{"L", "items[*].list", "it gives lists of lists; flatten them with []"},
		{"L", "items[*].list[*]", "it gives lists of lists; flatten them with []"},
		{"L", "items[*].[list]", "it gives lists of lists; flatten them with []"},
		{"L", "items", "it leads to structure, which no parameter can hold"},
		{"L", "text[*]", "a string has no elements to go through"},
		{"L", "table[*]", "a map has no elements to go through"},
		{"L", "list.*", "a list has no elements to go through"},
		{"L", "table.*", "it gives lists of lists; flatten them with []"},
		{"L", "text[]", "a string can't be flattened"},
		{"L", "keys(text)", "keys() needs a map, not a string"},
		{"L", "keys(table)[*].x", "keys of a map have no parts"},
		{"L", "list.[a]", "a list has no members to choose from"},
		{"L", "a b", `"b" is not expected`},
		{"X", "text", "the rule set does not have it"},
	} {
		api, op := bindingAPI()
		op.OperationContext = []spec.ContextValue{{Name: c[0], Value: c[1]}}
		text := c[2]
		if !strings.HasPrefix(text, "the ") {
			text = c[1] + ": " + text
		}
		want := "m:3: Op can't set the endpoint parameter " + c[0] + ": " + text
		if err := endpointUnsupported(api, op).Err(); err == nil || err.Error() != want {
			t.Errorf("%s from %s:\n%v\nwant\n%s", c[0], c[1], err, want)
		}
	}
}

func TestStaticAndMemberBindingProblems(t *testing.T) {
	api, op := bindingAPI()
	op.StaticContext = []spec.ContextValue{{Name: "S", Value: true}, {Name: "L", Value: []any{"a", 1.5}}, {Name: "B", Value: nil}, {Name: "L", Value: []any{"a"}}}
	op.Input.Member("number").ContextParam = "S"
	want := strings.Join([]string{
		"m:3: Op can't set the endpoint parameter L: the value is no string, boolean or list of strings",
		"m:3: Op can't set the endpoint parameter B: the value is no string, boolean or list of strings",
		"m:3: Op can't set the endpoint parameter S: the value is a boolean, the parameter a string",
		"m:7: Op can't set the endpoint parameter S: number: it leads to integer, which no parameter can hold",
	}, "\n")
	if err := endpointUnsupported(api, op).Err(); err == nil || strings.ReplaceAll(err.Error(), `"number"`, "number") != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestBindingWithoutInput(t *testing.T) {
	api, op := bindingAPI()
	op.Input = nil
	op.OperationContext = []spec.ContextValue{{Name: "S", Value: "text"}}
	want := "m:3: Op can't set the endpoint parameter S: text: the operation has no input"
	if err := endpointUnsupported(api, op).Err(); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}
