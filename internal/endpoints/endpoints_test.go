package endpoints

import (
	"testing"

	"example.com/lathe/spec"
)

func TestParameterProblems(t *testing.T) {
	api := &spec.API{Endpoint: &spec.EndpointRules{Parameters: []spec.EndpointParameter{
		{Pos: spec.Pos{Line: 1, File: "m"}, Name: "a", Type: "string", BuiltIn: "AWS::Unknown"},
		{Pos: spec.Pos{Line: 2, File: "m"}, Name: "b", Type: "string", BuiltIn: "AWS::UseFIPS"},
		{Pos: spec.Pos{Line: 3, File: "m"}, Name: "_c", Type: "string"},
		{Pos: spec.Pos{Line: 4, File: "m"}, Name: "c", Type: "string"},
	}}}
	want := `m:1: endpoint parameter a is fed by "AWS::Unknown", which is not a known setting
m:2: endpoint parameter b has another type than AWS::UseFIPS
m:4: two endpoint parameters give the Go field C
	hint: rename one of them`
	if _, problems := Compile(api); problems.Err() == nil || problems.Err().Error() != want {
		t.Errorf("got\n%v\nwant\n%s", problems.Err(), want)
	}
}

// TestWithoutRules: an API without rules knows a custom endpoint only.
func TestWithoutRules(t *testing.T) {
	e, problems := Compile(&spec.API{})
	if problems.Err() != nil {
		t.Fatal(problems)
	}
	if len(e.Params) != 1 || e.Params[0].GoName != "Endpoint" || e.Params[0].Source != FromBaseEndpoint || !e.Params[0].Keyed {
		t.Errorf("parameters %+v", e.Params)
	}
	body := e.Funcs[0].Body
	if len(e.Funcs) != 1 || len(body) != 2 || body[0].If == nil || body[1].Fail == nil {
		t.Errorf("rules %+v", e.Funcs)
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"PartitionResult": "partitionResult", "uri_encoded_bucket": "uriEncodedBucket", "_s3e_ds": "s3eDs", "url": "url", "func": "valueFunc",
		"_1": "value1", "_": "value", "a": "a", "__a__b__": "aB",
	} {
		if got := varName(name); got != want {
			t.Errorf("varName(%q) = %q, want %q", name, got, want)
		}
	}
}

// deepRules nests rules, each level with so many siblings that fail.
func deepRules(depth, siblings int) []spec.EndpointRule {
	str := spec.EndpointType{Kind: spec.EndpointString}
	text := func(s string) spec.EndpointExpr { return spec.EndpointExpr{Literal: s, Type: str} }
	condition := func(s string) []spec.EndpointCondition {
		return []spec.EndpointCondition{{Fn: "stringEquals", Args: []spec.EndpointExpr{{Ref: "S", Type: str}, text(s)}, Type: spec.EndpointType{Kind: spec.EndpointBool}}}
	}
	message := text("m")
	rules := []spec.EndpointRule{{Error: &message}}
	for range depth {
		level := []spec.EndpointRule{{Conditions: condition("tree"), Rules: rules}}
		for range siblings {
			level = append(level, spec.EndpointRule{Conditions: condition("sibling"), Error: &message})
		}
		rules = level
	}
	return rules
}

// TestFunctionsAreShort: whatever the shape of a rule set, no function is
// long or deep, and every function is called once.
func TestFunctionsAreShort(t *testing.T) {
	for _, size := range [][2]int{{0, 0}, {1, 3000}, {300, 0}, {300, 1}, {40, 20}, {6, 2}, {100, 16}, {3, 17}} {
		api := &spec.API{Endpoint: &spec.EndpointRules{
			Parameters: []spec.EndpointParameter{{Name: "S", Type: "string", Required: true}}, Rules: deepRules(size[0], size[1]),
		}}
		e, problems := Compile(api)
		if problems.Err() != nil {
			t.Fatal(problems)
		}
		calls := map[string]int{rootName: 1}
		for _, f := range e.Funcs {
			if !sizeOf(f.Body).fits() {
				t.Errorf("%v: %s is too much: %+v", size, f.Name, sizeOf(f.Body))
			}
			countCalls(f.Body, calls)
		}
		for _, f := range e.Funcs {
			if calls[f.Name] != 1 {
				t.Errorf("%v: %s is called %d times", size, f.Name, calls[f.Name])
			}
			delete(calls, f.Name)
		}
		if len(calls) > 0 {
			t.Errorf("%v: calls of what is not there: %v", size, calls)
		}
	}
}

func countCalls(body []Stmt, calls map[string]int) {
	for _, s := range body {
		if s.Call != nil {
			calls[s.Call.Func]++
		}
		if s.If != nil {
			countCalls(s.If.Body, calls)
		}
	}
}
