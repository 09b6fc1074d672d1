package plan

import (
	"strings"
	"testing"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/spec"
)

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
		{"S", "nothing", `structure In has no member "nothing" (at column 1 of nothing)`},
		{"S", "text.x", `a string has no member "x" (at column 6 of text.x)`},
		{"S", "number", "number: it leads to a number, which no parameter can hold"},
		{"S", "flag", "the value is a boolean, the parameter a string"},
		{"B", "text", "the value is a string, the parameter a boolean"},
		{"S", "list", "the value is a stringArray, the parameter a string"},
		{"L", "text", "it leads to a string, not to a list (at column 1 of text)"},
		{"L", "numbers", "it leads to a list of numbers, not of strings (at column 1 of numbers)"},
		{"L", "items[*].list", "it leads to lists of lists; flatten them with [] (at column 1 of items[*].list)"},
		{"L", "items[*].[list]", "it leads to lists of lists; flatten them with [] (at column 1 of items[*].[list])"},
		{"L", "items", "it leads to a list of structures, not of strings (at column 1 of items)"},
		{"L", "text[*]", "a string has no elements to go through (at column 1 of text[*])"},
		{"L", "table[*]", "a map has no elements to go through (at column 1 of table[*])"},
		{"L", "list.*", "a list has no values to go through (at column 1 of list.*)"},
		{"L", "table.*", "it leads to lists of lists; flatten them with [] (at column 1 of table.*)"},
		{"L", "keys(text)", "keys() does not take a string (at column 6 of keys(text))"},
		{"L", "keys(table)[*].x", `a string has no member "x" (at column 16 of keys(table)[*].x)`},
		{"L", "list.[a]", `a list has no member "a" (at column 7 of list.[a])`},
		{"L", "a b", "unexpected token at the end of the expression: unquoted identifier (at column 3 of a b)"},
		{"X", "text", "the rule set does not have it"},
	} {
		api, op := bindingAPI()
		op.OperationContext = []spec.ContextValue{{Name: c[0], Value: c[1]}}
		want := "m:3: Op can't set the endpoint parameter " + c[0] + ": " + c[2]
		if err := endpointUnsupported(api, resolverOf(api), op).Err(); err == nil || err.Error() != want {
			t.Errorf("%s from %s:\n%v\nwant\n%s", c[0], c[1], err, want)
		}
	}
}

func TestStaticAndMemberBindingProblems(t *testing.T) {
	api, op := bindingAPI()
	op.StaticContext = []spec.ContextValue{{Name: "S", Value: true}, {Name: "L", Value: []any{"a", 1.5}}, {Name: "B", Value: nil}, {Name: "L", Value: []any{"a"}}}
	op.Input.Member("number").ContextParam = "S"
	want := strings.Join([]string{
		"m:3: Op can't set the endpoint parameter S: the value is a boolean, the parameter a string",
		"m:3: Op can't set the endpoint parameter L: the value is no string, boolean or list of strings",
		"m:3: Op can't set the endpoint parameter B: the value is no string, boolean or list of strings",
		"m:7: Op can't set the endpoint parameter S: number: it leads to a number, which no parameter can hold",
	}, "\n")
	if err := endpointUnsupported(api, resolverOf(api), op).Err(); err == nil || strings.ReplaceAll(err.Error(), `"number"`, "number") != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestBindingWithoutInput(t *testing.T) {
	api, op := bindingAPI()
	op.Input = nil
	op.OperationContext = []spec.ContextValue{{Name: "S", Value: "text"}}
	want := "m:3: Op can't set the endpoint parameter S: text: the operation has no input"
	if err := endpointUnsupported(api, resolverOf(api), op).Err(); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func resolverOf(api *spec.API) *endpoints.Resolver {
	resolver, _ := endpoints.Compile(api)
	return resolver
}
