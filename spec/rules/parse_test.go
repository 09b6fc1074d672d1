package rules_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"example.com/lathe/spec"
	"example.com/lathe/spec/rules"
	"example.com/lathe/spec/tree"
)

// parse reads a document, which must be JSON.
func parse(t *testing.T, data string) tree.Value {
	t.Helper()
	root, problems := tree.Parse("f.json", []byte(data))
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	return root
}

// of is [at] for a value.
func of(v tree.Value) spec.Pos { return at(v.Pointer()) }

// at returns positions that show what Parse asked for.
func at(pointer string) spec.Pos {
	return spec.Pos{File: "f.json", Line: 1 + strings.Count(pointer, "/"), Column: 1 + len(pointer), Pointer: "/trait" + pointer}
}

const head = `{"version":"1.1","parameters":{` +
	`"Region":{"type":"string","documentation":"d"},"Flag":{"type":"Boolean","required":true},"Maybe":{"type":"boolean"},"Names":{"type":"stringArray","required":true}},"rules":[`

// set makes a rule set of rules.
func set(rules string) string { return head + rules + `]}` }

// when makes a rule set with one condition.
func when(condition string) string {
	return set(`{"conditions":[` + condition + `],"error":"x"}`)
}

// isSet checks a parameter.
const isRegion = `{"fn":"isSet","argv":[{"ref":"Region"}]}`

const scope = "in scope here: Flag, Maybe, Names, Region"

func TestProblems(t *testing.T) {
	const ruleHint = "a rule may have: type, documentation, conditions, rules, error, endpoint"
	for _, c := range []struct{ name, data, want string }{
		{"no object", `[]`, `1:1: a rule set must be an object, not an array (at #/trait)`},
		{"empty", `{}`, "1:1: a rule set must have \"version\" (at #/trait)\n\thint: write \"version\": \"1.0\"\nf.json:1:1: a rule set must have \"rules\" (at #/trait)"},
		{"version", `{"version":"2.0","rules":[{"error":"x"}]}`, "2:9: version \"2.0\" of the rules engine is not supported (at #/trait/version)\n\thint: use version 1.0 or 1.1"},
		{"version type", `{"version":1,"rules":[{"error":"x"}]}`, `2:9: "version" must be a string, not a number (at #/trait/version)`},
		{"unknown member", `{"version":"1.0","rule~/s":1,"rules":[{"error":"x"}]}`, "2:11: a rule set has an unknown member \"rule~/s\" (at #/trait/rule~0~1s)\n\thint: a rule set may have: version, serviceId, parameters, rules"},
		{"rules type", `{"version":"1.0","rules":{}}`, `2:7: "rules" must be an array, not an object (at #/trait/rules)`},
		{"no rules", set(``), `2:7: "rules" must not be empty (at #/trait/rules)`},
		{"rule type", set(`1`), `3:9: a rule must be an object, not a number (at #/trait/rules/0)`},
		{"typing error in a rule", set(`{"condition":[],"error":"x"}`), "4:19: a rule has an unknown member \"condition\" (at #/trait/rules/0/condition)\n\thint: " + ruleHint},
		{"no outcome", set(`{"conditions":[]}`), `3:9: a rule must have exactly one of "rules", "error" and "endpoint"; this one has none (at #/trait/rules/0)`},
		{"two outcomes", set(`{"error":"x","endpoint":{"url":"u"}}`), `3:9: a rule must have exactly one of "rules", "error" and "endpoint"; this one has error and endpoint (at #/trait/rules/0)`},
		{"wrong type", set(`{"type":"endpoint","error":"x"}`), `4:14: a rule with "error" must have the type "error", not "endpoint" (at #/trait/rules/0/type)`},
		{"wrong type of a tree", set(`{"type":"error","rules":[{"error":"x"}]}`), `4:14: a rule with "rules" must have the type "tree", not "error" (at #/trait/rules/0/type)`},
		{"conditions type", set(`{"conditions":{},"error":"x"}`), `4:20: "conditions" must be an array, not an object (at #/trait/rules/0/conditions)`},
		{"condition type", when(`"x"`), `5:22: a condition must be an object, not a string (at #/trait/rules/0/conditions/0)`},
		{"error type", set(`{"error":true}`), `4:15: "error" must be a string, not a boolean (at #/trait/rules/0/error)`},
		{"error null", set(`{"error":null}`), `4:15: an expression must not be null (at #/trait/rules/0/error)`},
		{"no url", set(`{"endpoint":{}}`), `4:18: an endpoint must have "url" (at #/trait/rules/0/endpoint)`},
		{"endpoint type", set(`{"endpoint":"u"}`), `4:18: "endpoint" must be an object, not a string (at #/trait/rules/0/endpoint)`},
		{"header type", set(`{"endpoint":{"url":"u","headers":{"X":"v"}}}`), `6:28: header "X" must be an array, not a string (at #/trait/rules/0/endpoint/headers/X)`},
		{"header value", set(`{"endpoint":{"url":"u","headers":{"X":[1]}}}`), `7:30: a value of header "X" must be a string, not an integer (at #/trait/rules/0/endpoint/headers/X/0)`},
		{"null property", set(`{"endpoint":{"url":"u","properties":{"a":[null]}}}`), `7:33: a property must not be null (at #/trait/rules/0/endpoint/properties/a/0)`},
		{"reference in a property is a record", set(`{"endpoint":{"url":"u","properties":{"a":{"ref":"{Nope}"}}}}`), "7:35: unknown reference \"Nope\" (at #/trait/rules/0/endpoint/properties/a/ref)\n\thint: " + scope},
	} {
		check(t, c.name, c.data, c.want)
	}
}

func TestExpressionProblems(t *testing.T) {
	const functions = "there are aws.isVirtualHostableS3Bucket, aws.parseArn, aws.partition, booleanEquals, coalesce, getAttr, isSet, isValidHostLabel, ite, not, parseURL, split, stringEquals, substring, uriEncode"
	const unset = "\n\thint: check it with isSet in an earlier condition, or give a default with coalesce"
	for _, c := range []struct{ name, data, want string }{
		{"unknown function", when(`{"fn":"isset","argv":[{"ref":"Region"}]}`), "6:25: unknown function \"isset\" (at #/trait/rules/0/conditions/0/fn)\n\thint: " + functions},
		{"no function", when(`{"argv":[]}`), "5:22: a call must have \"fn\" and \"argv\" (at #/trait/rules/0/conditions/0)\nf.json:5:22: unknown function \"\" (at #/trait/rules/0/conditions/0)\n\thint: " + functions},
		{"too few arguments", when(`{"fn":"not"}`), `6:25: function "not" takes 1 argument, not 0 (at #/trait/rules/0/conditions/0/fn)`},
		{"too many arguments", when(`{"fn":"stringEquals","argv":["a","b","c"]}`), `6:25: function "stringEquals" takes 2 arguments, not 3 (at #/trait/rules/0/conditions/0/fn)`},
		{"too few of any number", when(`{"fn":"coalesce","argv":["a"]}`), `6:25: function "coalesce" takes 2 arguments or more, not 1 (at #/trait/rules/0/conditions/0/fn)`},
		{"argument type", when(`{"fn":"stringEquals","argv":["a",true]}`), `7:29: argument 2 of "stringEquals" must be a string, not a boolean (at #/trait/rules/0/conditions/0/argv/1)`},
		{"argument kind", when(`{"fn":"not","argv":[{"ref":"Names"}]}`), `7:29: argument 1 of "not" must be a boolean, not an array of strings (at #/trait/rules/0/conditions/0/argv/0)`},
		{"nested argument", when(`{"fn":"not","argv":[{"fn":"uriEncode","argv":["a"]}]}`), `7:29: argument 1 of "not" must be a boolean, not a string (at #/trait/rules/0/conditions/0/argv/0)`},
		{"unset result", when(`{"fn":"getAttr","argv":[{"fn":"parseURL","argv":["http://x"]},"scheme"]}`), `7:29: argument 1 of "getAttr" may be unset (at #/trait/rules/0/conditions/0/argv/0)` + unset},
		{"unknown reference", when(`{"fn":"isSet","argv":[{"ref":"region"}]}`), "8:33: unknown reference \"region\" (at #/trait/rules/0/conditions/0/argv/0/ref)\n\thint: " + scope},
		{"reference type", when(`{"fn":"isSet","argv":[{"ref":1}]}`), "8:33: \"ref\" must be a string, not a number (at #/trait/rules/0/conditions/0/argv/0/ref)\nf.json:8:33: unknown reference \"\" (at #/trait/rules/0/conditions/0/argv/0/ref)\n\thint: " + scope},
		{"reference with more", when(`{"fn":"isSet","argv":[{"ref":"Region","fn":"x"}]}`), "8:32: a reference has an unknown member \"fn\" (at #/trait/rules/0/conditions/0/argv/0/fn)\n\thint: a reference may have: ref"},
		{"value of a sibling", set(`{"conditions":[{"fn":"uriEncode","argv":["a"],"assign":"v"}],"error":"x"},{"error":"{v}"}`), "4:15: unknown reference \"v\" (at #/trait/rules/1/error)\n\thint: " + scope},
		{"shadowed parameter", when(`{"fn":"uriEncode","argv":["a"],"assign":"Flag"}`), `6:29: "Flag" is the name of a parameter or of an earlier value already (at #/trait/rules/0/conditions/0/assign)`},
		{"shadowed value", when(`{"fn":"uriEncode","argv":["a"],"assign":"v"},{"fn":"uriEncode","argv":["a"],"assign":"v"}`), `6:29: "v" is the name of a parameter or of an earlier value already (at #/trait/rules/0/conditions/1/assign)`},
		{"bad name", when(`{"fn":"uriEncode","argv":["a"],"assign":"a-b"}`), `6:29: "a-b" is not a name; one is letters, digits and underscores (at #/trait/rules/0/conditions/0/assign)`},
		{"open template", set(`{"error":"{Region"}`), "4:15: template \"{Region\": \"{\" is never closed (at #/trait/rules/0/error)\n\thint: write {{ and }} for braces that stand for themselves"},
		{"closed template", set(`{"error":"a}b"}`), "4:15: template \"a}b\": \"}\" stands without \"{\" before it (at #/trait/rules/0/error)\n\thint: write {{ and }} for braces that stand for themselves"},
		{"empty template", set(`{"error":"{}"}`), "4:15: template \"{}\": \"{}\" names nothing (at #/trait/rules/0/error)\n\thint: write {{ and }} for braces that stand for themselves"},
		{"kind in a template", set(`{"error":"{Flag}"}`), `4:15: {Flag} in a template must be a string, not a boolean (at #/trait/rules/0/error)`},
		{"attribute of a string", set(`{"conditions":[` + isRegion + `],"error":"{Region#x}"}`), `4:15: a string has no attribute "x" (at #/trait/rules/0/error)`},
		{"unknown attribute", when(`{"fn":"aws.parseArn","argv":["a"],"assign":"arn"},{"fn":"getAttr","argv":[{"ref":"arn"},"account"]}`), "7:29: an ARN has no attribute \"account\" (at #/trait/rules/0/conditions/1/argv/1)\n\thint: there are partition, service, region, accountId, resourceId"},
		{"bad path", when(`{"fn":"getAttr","argv":[{"ref":"Names"},"[x]"]}`), "7:29: \"[x]\" is not a path of an attribute (at #/trait/rules/0/conditions/0/argv/1)\n\thint: a path is \"name\", \"name[0]\" or \"[0]\""},
		{"index into a string", when(`{"fn":"parseURL","argv":["a"],"assign":"u"},{"fn":"getAttr","argv":[{"ref":"u"},"path[0]"]}`), `7:29: a string has no elements to take "path[0]" from (at #/trait/rules/0/conditions/1/argv/1)`},
		{"computed path", when(`{"fn":"getAttr","argv":[{"ref":"Names"},{"fn":"uriEncode","argv":["a"]}]}`), `7:29: argument 2 of "getAttr" must be a constant string (at #/trait/rules/0/conditions/0/argv/1)`},
		{"mixed coalesce", when(`{"fn":"coalesce","argv":[{"ref":"Region"},true]}`), `7:29: argument 2 of "coalesce" must be a string as argument 1 is, not a boolean (at #/trait/rules/0/conditions/0/argv/1)`},
		{"mixed ite", when(`{"fn":"ite","argv":["c","a",1]}`), "7:29: argument 1 of \"ite\" must be a boolean, not a string (at #/trait/rules/0/conditions/0/argv/0)\nf.json:7:29: argument 3 of \"ite\" must be a string as argument 2 is, not an integer (at #/trait/rules/0/conditions/0/argv/2)"},
		{"ite stays optional", set(`{"error":{"fn":"ite","argv":[true,{"ref":"Region"},"a"]}}`), `4:15: "error" may be unset (at #/trait/rules/0/error)` + unset},
		{"coalesce stays optional", set(`{"error":{"fn":"coalesce","argv":[{"ref":"Region"},{"ref":"Region"}]}}`), `4:15: "error" may be unset (at #/trait/rules/0/error)` + unset},
		{"empty delimiter", when(`{"fn":"split","argv":["a","",0]}`), `7:29: the delimiter of "split" must not be empty (at #/trait/rules/0/conditions/0/argv/1)`},
		{"negative limit", when(`{"fn":"split","argv":["a","b",-1]}`), `7:29: the limit of "split" must not be negative (at #/trait/rules/0/conditions/0/argv/2)`},
		{"no integer", when(`{"fn":"substring","argv":["a",0,1.5,false]}`), `7:29: number 1.5 must be an integer of 32 bits (at #/trait/rules/0/conditions/0/argv/2)`},
		{"array of flags", when(`{"fn":"isSet","argv":[["a",true]]}`), `8:31: element 2 of the array must be a string, not a boolean (at #/trait/rules/0/conditions/0/argv/0/1)`},
	} {
		check(t, c.name, c.data, c.want)
	}
}

func TestParameterProblems(t *testing.T) {
	for _, c := range []struct{ name, params, want string }{
		{"type", `{"a":{"type":"number"}}`, "4:19: unknown type \"number\" of a parameter (at #/trait/parameters/a/type)\n\thint: a type is string, boolean or stringArray"},
		{"no type", `{"a":{}}`, `3:14: a parameter must have "type" (at #/trait/parameters/a)`},
		{"no object", `{"a":1}`, `3:14: a parameter must be an object, not a number (at #/trait/parameters/a)`},
		{"parameters type", `[]`, `2:12: "parameters" must be an object, not an array (at #/trait/parameters)`},
		{"name", `{"1a":{"type":"string"}}`, `3:15: "1a" is not a name; one is letters, digits and underscores (at #/trait/parameters/1a)`},
		{"names that differ in case", `{"ab":{"type":"string"},"Ab":{"type":"string"}}`, `3:15: parameters "ab" and "Ab" differ in case only (at #/trait/parameters/Ab)`},
		{"default type", `{"a":{"type":"boolean","required":true,"default":"true"}}`, `4:22: the default must be a boolean as the parameter is, not a string (at #/trait/parameters/a/default)`},
		{"default element", `{"a":{"type":"stringArray","required":true,"default":["x",1]}}`, `5:24: an element of the default must be a string, not a number (at #/trait/parameters/a/default/1)`},
		{"default without required", `{"a":{"type":"string","default":"x"}}`, "4:22: parameter \"a\" has a default but is not required (at #/trait/parameters/a/default)\n\thint: add \"required\": true"},
		{"required type", `{"a":{"type":"string","required":"yes"}}`, `4:23: "required" must be true or false, not a string (at #/trait/parameters/a/required)`},
		{"unknown member", `{"a":{"type":"string","builtin":"x"}}`, "4:22: a parameter has an unknown member \"builtin\" (at #/trait/parameters/a/builtin)\n\thint: a parameter may have: type, builtIn, default, required, documentation, deprecated"},
	} {
		check(t, c.name, `{"version":"1.0","parameters":`+c.params+`,"rules":[{"error":"x"}]}`, c.want)
	}
}

func check(t *testing.T, name, data, want string) {
	t.Helper()
	set, problems, _ := rules.Parse(parse(t, data), of)
	if set != nil {
		t.Errorf("%s: rules in spite of problems", name)
	}
	if err := problems.Err(); err == nil || err.Error() != "f.json:"+want {
		t.Errorf("%s:\n%v\nwant\nf.json:%s", name, err, want)
	}
}

// TestAllProblemsAtOnce: one mistake does not hide another, nor make more of itself.
func TestAllProblemsAtOnce(t *testing.T) {
	_, problems, _ := rules.Parse(parse(t, set(
		`{"conditions":[{"fn":"nope","argv":[],"assign":"v"},{"fn":"stringEquals","argv":[{"ref":"v"},{"fn":"getAttr","argv":[{"ref":"v"},"a[0]"]}]}],"error":"{v} {gone#x}"},`+
			`{"conditions":[],"rules":[{"error":true}]}`)), of)
	var texts []string
	for _, p := range problems {
		texts = append(texts, p.Message)
	}
	want := []string{`unknown function "nope"`, `unknown reference "gone"`, `"error" must be a string, not a boolean`}
	if !reflect.DeepEqual(texts, want) {
		t.Errorf("problems %q, want %q", texts, want)
	}
}

// TestParse reads a rule set in which every kind of node stands once.
func TestParse(t *testing.T) {
	data := `{"version":"1.0","serviceId":"x","parameters":{"Region":{"type":"String","builtIn":"AWS::Region","documentation":"The region."},
		"Names":{"type":"stringArray","required":true,"default":["a"],"deprecated":{"message":"m","since":"s"}}},
		"rules":[{"type":"tree","documentation":"why","conditions":[` + isRegion + `,{"fn":"aws.partition","argv":[{"ref":"Region"}],"assign":"P"}],
		"rules":[{"type":"endpoint","conditions":[{"fn":"getAttr","argv":[{"ref":"Names"},"[-1]"],"assign":"last"}],
		"endpoint":{"url":"https://{Region}.{P#dnsSuffix}/{{}}","headers":{"X":["{last}"]},"properties":{"b":{"n":1},"a":[true]}}}]}]}`
	set, problems, _ := rules.Parse(parse(t, data), of)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	region, names := set.Parameters[0], set.Parameters[1]
	if region.Name != "Region" || region.Type != "string" || region.BuiltIn != "AWS::Region" || region.Documentation != "The region." || region.Required || region.Pos != at("/parameters/Region") {
		t.Errorf("parameter %+v", region)
	}
	if names.Type != "stringArray" || !reflect.DeepEqual(names.Default, []string{"a"}) || *names.Deprecated != (spec.Deprecation{Message: "m", Since: "s"}) {
		t.Errorf("parameter %+v", names)
	}
	tree := set.Rules[0]
	if tree.Documentation != "why" || len(tree.Conditions) != 2 || tree.Conditions[1].Assign != "P" || tree.Conditions[1].Type != (spec.EndpointType{Kind: spec.EndpointPartition, Optional: true}) {
		t.Errorf("tree %+v", tree)
	}
	if arg := tree.Conditions[1].Args[0]; arg.Ref != "Region" || arg.Type.Optional || tree.Conditions[0].Args[0].Type.Optional != true {
		t.Errorf("isSet does not narrow: %+v", arg)
	}
	rule := tree.Rules[0]
	if call := rule.Conditions[0].Call(); call.Fn != "getAttr" || call.Path != (spec.EndpointPath{Index: -1, Indexed: true}) || call.Type != (spec.EndpointType{Kind: spec.EndpointString, Optional: true}) {
		t.Errorf("call %+v", call)
	}
	if got := templateText(rule.Endpoint.URL.Template); got != "https://|Region|.|getAttr(P,dnsSuffix)|/{}" || rule.Endpoint.URL.Pos != at("/rules/0/rules/0/endpoint/url") {
		t.Errorf("URL %s at %v", got, rule.Endpoint.URL.Pos)
	}
	if h := rule.Endpoint.Headers; len(h) != 1 || h[0].Name != "X" || templateText(h[0].Values[0].Template) != "last" {
		t.Errorf("headers %+v", h)
	}
	if props := rule.Endpoint.Properties.Object; len(props) != 2 || props[0].Name != "b" || props[0].Value.Object[0].Value.Literal != json.Number("1") || props[1].Value.List[0].Literal != true {
		t.Errorf("properties %+v", props)
	}
}

// templateText shows the parts of a template.
func templateText(parts []spec.EndpointExpr) string {
	var out []string
	for _, p := range parts {
		switch {
		case p.Ref != "":
			out = append(out, p.Ref)
		case p.Fn != "":
			out = append(out, fmt.Sprintf("%s(%s,%v)", p.Fn, p.Args[0].Ref, p.Args[1].Literal))
		default:
			out = append(out, p.Literal.(string))
		}
	}
	return strings.Join(out, "|")
}

func TestParseTests(t *testing.T) {
	data := `{"version":"1.0","testCases":[{"documentation":"d","params":{"a":"x","b":true,"c":["y"],"d":1,"e":null,"f":{"g":false}},"expect":{"error":"no"}},
		{"operationInputs":[{}],"expect":{"endpoint":{"url":"u","headers":{"X":["1","2"]},"properties":{"p":[{"q":1}]}}}}]}`
	tests, problems := rules.ParseTests(parse(t, data), of)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	want := []spec.EndpointTest{
		{Pos: at("/testCases/0"), Documentation: "d", Error: "no", Params: map[string]any{
			"a": "x", "b": true, "c": []any{"y"}, "d": json.Number("1"), "e": nil, "f": map[string]any{"g": false},
		}},
		{Pos: at("/testCases/1"), URL: "u", Headers: map[string][]string{"X": {"1", "2"}}, Properties: map[string]any{"p": []any{map[string]any{"q": json.Number("1")}}}},
	}
	if !reflect.DeepEqual(tests, want) {
		t.Errorf("got\n%+v\nwant\n%+v", tests, want)
	}
}

func TestParseTestsProblems(t *testing.T) {
	for data, want := range map[string]string{
		`[]`:                             `1:1: a set of test cases must be an object, not an array (at #/trait)`,
		`{"testCases":{}}`:               `2:11: "testCases" must be an array, not an object (at #/trait/testCases)`,
		`{"testCases":[1]}`:              `3:13: a test case must be an object, not a number (at #/trait/testCases/0)`,
		`{"testCases":[{}]}`:             `3:13: a test case must have "expect" (at #/trait/testCases/0)`,
		`{"testCases":[{"expect":{}}]}`:  `4:20: "expect" must have exactly one of "error" and "endpoint" (at #/trait/testCases/0/expect)`,
		`{"testCases":[{"expect":"x"}]}`: `4:20: "expect" must be an object, not a string (at #/trait/testCases/0/expect)`,
		`{"testCases":[{"params":1,"expect":{"error":"x"}}]}`:                     `4:20: "params" must be an object, not a number (at #/trait/testCases/0/params)`,
		`{"testCases":[{"expect":{"endpoint":{"url":"u","headers":{"X":"1"}}}}]}`: `7:39: a header's values must be an array, not a string (at #/trait/testCases/0/expect/endpoint/headers/X)`,
		`{"testCases":[{"expect":{"endpoint":{"url":"u","headers":{"X":[1]}}}}]}`: `8:41: a header's value must be a string, not a number (at #/trait/testCases/0/expect/endpoint/headers/X/0)`,
		`{"testCases":[{"expect":{"endpoint":{"url":"u","props":{}}}}]}`:          "6:35: an expected endpoint has an unknown member \"props\" (at #/trait/testCases/0/expect/endpoint/props)\n\thint: an expected endpoint may have: url, headers, properties",
	} {
		tests, problems := rules.ParseTests(parse(t, data), of)
		if err := problems.Err(); tests != nil || err == nil || err.Error() != "f.json:"+want {
			t.Errorf("%s:\n%v\nwant\nf.json:%s", data, err, want)
		}
	}
}

// TestHostileInput: deep and wide documents are refused before they cost much.
func TestHostileInput(t *testing.T) {
	long := strings.Repeat("x", 100_000)
	for name, data := range map[string]string{
		"deep rules":    `{"version":"1.0","rules":[` + strings.Repeat(`{"rules":[`, 1000) + `{"error":"x"}` + strings.Repeat(`]}`, 1000) + `]}`,
		"long pointers": `{"version":"1.0","rules":[{"endpoint":{"url":"u","properties":{"` + long + `":[` + strings.Repeat("1,", 20_000) + `1]}}}]}`,
		"deep and wide": strings.Repeat(`{"`+long[:1000]+`":[`, 200) + strings.Repeat("1,", 10_000) + "1" + strings.Repeat("]}", 200),
	} {
		_, problems, _ := rules.Parse(parse(t, data), of)
		if err := problems.Err(); err == nil || !strings.Contains(err.Error(), "the endpoint rules are nested too deep or have very long names") {
			t.Errorf("%s: %.200v", name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		when(isRegion), set(`{"error":"{Region}"}`), set(`{"endpoint":{"url":"https://{{x}}","headers":{"X":["a"]},"properties":{"authSchemes":[{"name":"sigv4"}]}}}`),
		when(`{"fn":"split","argv":["a--b","--",0],"assign":"p"},{"fn":"getAttr","argv":[{"ref":"p"},"[-1]"],"assign":"q"}`),
		set(`{"conditions":[{"fn":"coalesce","argv":[{"ref":"Maybe"},false]}],"rules":[{"error":{"fn":"ite","argv":[true,"a","b"]}}]}`), `[`, `{"version":1}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		root, problems := tree.Parse("f.json", data)
		if len(problems) > 0 {
			return
		}
		set, problems, _ := rules.Parse(root, of)
		if (set == nil) != (len(problems) > 0) {
			t.Errorf("rules %v with problems %v", set != nil, problems)
		}
		tests, problems := rules.ParseTests(root, of)
		if tests != nil && len(problems) > 0 {
			t.Errorf("%d tests with problems", len(tests))
		}
	})
}
