package smithy_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/lathe/spec/smithy"
)

// model wraps shapes, one a line from line 3 on, with a service S of one operation
// Op in lines 1 and 2.
func model(shapes ...string) string {
	return `{"smithy": "2.0", "shapes": {"a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Op"}], "traits": {"aws.protocols#restJson1": {}}},
"a#Op": {"type": "operation", "input": {"target": "a#In"}, "output": {"target": "smithy.api#Unit"}, "traits": {"smithy.api#http": {"method": "POST", "uri": "/", "code": 200}}},
` + strings.Join(shapes, ",\n") + "\n}}"
}

const in = `"a#In": {"type": "structure", "members": {}}`

// structure is a#In with a member x of the given source.
func structure(member string) string {
	return `"a#In": {"type": "structure", "members": {"x": ` + member + `}}`
}

// operation replaces a#Op in a model.
func operation(source string) string {
	return `{"smithy": "2.0", "shapes": {"a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Op"}], "traits": {"aws.protocols#restJson1": {}}},
"a#Op": ` + source + `,
` + in + "}}"
}

var badModels = []struct{ name, model, want string }{
	{"not JSON", `smithy: 2`,
		"m.json:1:1: invalid JSON: invalid character 's' at start of value"},
	{"empty", ``,
		"m.json:1:1: the document is empty"},
	{"array", `[]`,
		"m.json:1:1: the document must be an object, not an array"},
	{"no version", `{"shapes": {}}`,
		"m.json:1:1: the document has no member \"smithy\"\n\thint: a model begins with {\"smithy\": \"2.0\""},
	{"version of wrong type", `{"smithy": 2}`,
		"m.json:1:12: \"smithy\" must be a string, not a number (at #/smithy)"},
	{"unknown version", `{"smithy": "3.1"}`,
		"m.json:1:12: Smithy version \"3.1\" is not supported (at #/smithy)\n\thint: use version 1.0 or 2.0"},
	{"no shapes", `{"smithy": "2.0"}`,
		"m.json:1:1: the document has no member \"shapes\""},
	{"shapes of wrong type", `{"smithy": "2.0", "shapes": []}`,
		"m.json:1:29: \"shapes\" must be an object, not an array (at #/shapes)"},
	{"no service", `{"smithy": "2.0", "shapes": {"a#X": {"type": "string"}}}`,
		"m.json:1:19: the model has no service (at #/shapes)"},
	{"endpoints found by no operation", `{"smithy": "2.0", "shapes": {"a#S": {"type": "service", "version": "1", "traits": {"aws.api#clientEndpointDiscovery": {"operation": "a#Find"}}}}}`,
		"m.json:1:133: endpoints are found by \"a#Find\", which is no operation of the service (at #/shapes/a#S/traits/aws.api#clientEndpointDiscovery/operation)"},
	{"duplicate keys", model(in, in),
		"m.json:4:1: key \"a#In\" stands twice, first at m.json:3:1 (at #/shapes/a#In)\n\thint: keep one of them"},
	{"dangling target", model(structure(`{"target": "a#Plant"}`), `"a#Plants": {"type": "string"}`),
		"m.json:3:59: shape a#Plant is not defined (at #/shapes/a#In/members/x/target)\n\thint: did you mean a#Plants?"},
	{"dangling target of the prelude", model(structure(`{"target": "smithy.api#Strin"}`)),
		"m.json:3:59: shape smithy.api#Strin is not defined (at #/shapes/a#In/members/x/target)\n\thint: did you mean smithy.api#String?"},
	{"relative target", model(structure(`{"target": "String"}`)),
		"m.json:3:59: shape String is not defined (at #/shapes/a#In/members/x/target)\n\thint: a target is an absolute shape ID like com.example#Name"},
	{"no target", model(structure(`{}`)),
		"m.json:3:48: the reference has no target (at #/shapes/a#In/members/x)"},
	{"target of wrong type", model(structure(`{"target": 1}`)),
		"m.json:3:59: \"target\" must be a string, not a number (at #/shapes/a#In/members/x/target)"},
	{"member of wrong type", model(structure(`"a#B"`)),
		"m.json:3:48: \"x\" must be an object, not a string (at #/shapes/a#In/members/x)"},
	{"members of wrong type", model(`"a#In": {"type": "structure", "members": []}`),
		"m.json:3:42: \"members\" must be an object, not an array (at #/shapes/a#In/members)"},
	{"targeted operation", model(structure(`{"target": "a#Op"}`)),
		"m.json:3:59: operation a#Op is targeted, which holds no data (at #/shapes/a#In/members/x/target)"},
	{"unknown type", model(in, `"a#X": {"type": "strukture"}`),
		"m.json:4:17: shape X is of the unknown type \"strukture\" (at #/shapes/a#X/type)\n\thint: did you mean structure?"},
	{"far from any type", model(in, `"a#X": {"type": "zzz"}`),
		"m.json:4:17: shape X is of the unknown type \"zzz\" (at #/shapes/a#X/type)"},
	{"no type", model(in, `"a#X": {}`),
		"m.json:4:1: shape X has no type (at #/shapes/a#X)"},
	{"type of wrong type", model(in, `"a#X": {"type": {}}`),
		"m.json:4:17: \"type\" must be a string, not an object (at #/shapes/a#X/type)"},
	{"shape of wrong type", model(in, `"a#X": 5`),
		"m.json:4:8: \"a#X\" must be an object, not a number (at #/shapes/a#X)"},
	{"no shape ID", model(in, `"X": {"type": "string"}`, `"a#Größe": {"type": "string"}`, `"1.a#X": {"type": "string"}`),
		"m.json:4:1: \"X\" is not a shape ID (at #/shapes/X)\n\thint: a shape ID looks like com.example#Name\nm.json:5:1: \"a#Größe\" is not a shape ID (at #/shapes/a#Größe)\n\thint: a shape ID looks like com.example#Name\nm.json:6:1: \"1.a#X\" is not a shape ID (at #/shapes/1.a#X)\n\thint: a shape ID looks like com.example#Name"},
	{"no member name", model(`"a#In": {"type": "structure", "members": {"x-y": {"target": "smithy.api#String"}, "": {"target": "smithy.api#String"}}}`),
		"m.json:3:1: In has a member with the name \"x-y\" (at #/shapes/a#In)\n\thint: a name has letters, digits and underscores\nm.json:3:1: In has a member with the name \"\" (at #/shapes/a#In)\n\thint: a name has letters, digits and underscores"},
	{"long shape ID", model(in, `"a#`+strings.Repeat("x", 2000)+`": {"type": "string"}`),
		"m.json:4: a shape ID of 2002 bytes is too long"},
	{"list without member", model(in, `"a#L": {"type": "list"}`, `"a#M": {"type": "map", "key": {"target": "smithy.api#String"}}`),
		"m.json:4:1: list L has no member (at #/shapes/a#L)\nm.json:5:1: map M has no value (at #/shapes/a#M)"},
	{"annotation of wrong type", model(structure(`{"target": "smithy.api#String", "traits": {"smithy.api#required": true}}`)),
		"m.json:3:114: \"smithy.api#required\" must be an object, not a boolean (at #/shapes/a#In/members/x/traits/smithy.api#required)"},
	{"text trait of wrong type", model(structure(`{"target": "smithy.api#String", "traits": {"smithy.api#documentation": {}, "smithy.api#httpQuery": 5}}`)),
		"m.json:3:119: \"smithy.api#documentation\" must be a string, not an object (at #/shapes/a#In/members/x/traits/smithy.api#documentation)\nm.json:3:147: \"smithy.api#httpQuery\" must be a string, not a number (at #/shapes/a#In/members/x/traits/smithy.api#httpQuery)"},
	{"traits of wrong type", model(structure(`{"target": "smithy.api#String", "traits": []}`)),
		"m.json:3:90: \"traits\" must be an object, not an array (at #/shapes/a#In/members/x/traits)"},
	{"limits of wrong type", model(in, `"a#X": {"type": "string", "traits": {"smithy.api#length": {"min": "1"}, "smithy.api#range": 5}}`),
		"m.json:4:67: \"min\" must be a number, not a string (at #/shapes/a#X/traits/smithy.api#length/min)\nm.json:4:93: \"smithy.api#range\" must be an object, not a number (at #/shapes/a#X/traits/smithy.api#range)"},
	{"unknown timestamp format", model(in, `"a#X": {"type": "timestamp", "traits": {"smithy.api#timestampFormat": "iso"}}`),
		"m.json:4:71: timestamp format \"iso\" is not known (at #/shapes/a#X/traits/smithy.api#timestampFormat)\n\thint: use date-time, http-date or epoch-seconds"},
	{"two bindings", model(structure(`{"target": "smithy.api#String", "traits": {"smithy.api#httpQuery": "x", "smithy.api#httpHeader": "X"}}`)),
		"m.json:3:120: member x is bound to the query already and cannot have httpHeader (at #/shapes/a#In/members/x/traits/smithy.api#httpHeader)\n\thint: keep one binding"},
	{"fault", model(in, `"a#E": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "nobody"}}`),
		"m.json:4:76: the fault of an error is client or server, not \"nobody\" (at #/shapes/a#E/traits/smithy.api#error)"},
	{"enum without values", model(in, `"a#E": {"type": "enum", "members": {}}`),
		"m.json:4:1: enum E has no values (at #/shapes/a#E)"},
	{"enum values", model(in, `"a#E": {"type": "enum", "members": {"A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1}}, "B": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "A"}}}}`),
		"m.json:4:107: \"smithy.api#enumValue\" must be a string, not a number (at #/shapes/a#E/members/A/traits/smithy.api#enumValue)\nm.json:4:112: enum E has the value \"A\" twice (at #/shapes/a#E/members/B)"},
	{"intEnum values", model(in, `"a#E": {"type": "intEnum", "members": {"A": {"target": "smithy.api#Unit"}, "B": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "b"}}, "C": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1.5}}}}`),
		"m.json:4:40: A of intEnum E has no value (at #/shapes/a#E/members/A)\n\thint: give it the trait smithy.api#enumValue\nm.json:4:146: \"smithy.api#enumValue\" must be a number, not a string (at #/shapes/a#E/members/B/traits/smithy.api#enumValue)\nm.json:4:223: \"smithy.api#enumValue\" must be an integer, not 1.5 (at #/shapes/a#E/members/C/traits/smithy.api#enumValue)"},
	{"enum trait", model(in, `"a#E": {"type": "string", "traits": {"smithy.api#enum": [1, {"value": 2}]}}`),
		"m.json:4:58: the element must be an object, not a number (at #/shapes/a#E/traits/smithy.api#enum/0)\nm.json:4:71: \"value\" must be a string, not a number (at #/shapes/a#E/traits/smithy.api#enum/1/value)"},
	{"mixin cycle", model(in, `"a#M": {"type": "structure", "members": {}, "mixins": [{"target": "a#N"}], "traits": {"smithy.api#mixin": {}}}`, `"a#N": {"type": "structure", "members": {}, "mixins": [{"target": "a#M"}], "traits": {"smithy.api#mixin": {}}}`),
		"m.json:5:56: the mixins of N lead back to itself by way of M (at #/shapes/a#N/mixins/0)"},
	{"no mixin", model(`"a#In": {"type": "structure", "members": {}, "mixins": [{"target": "a#M"}, {"target": "a#U"}, {"target": "a#Nope"}]}`, `"a#M": {"type": "structure", "members": {}}`, `"a#U": {"type": "union", "members": {}, "traits": {"smithy.api#mixin": {}}}`),
		"m.json:3:57: In mixes in M, which is no mixin (at #/shapes/a#In/mixins/0)\n\thint: give it the trait smithy.api#mixin\nm.json:3:76: In of type structure mixes in U of type union (at #/shapes/a#In/mixins/1)\nm.json:3:106: shape a#Nope is not defined (at #/shapes/a#In/mixins/2/target)"},
	{"targeted mixin", model(structure(`{"target": "a#M"}`), `"a#M": {"type": "structure", "members": {}, "traits": {"smithy.api#mixin": {}}}`),
		"m.json:3:59: mixin a#M is targeted (at #/shapes/a#In/members/x/target)\n\thint: use it in the list of mixins"},
	{"mixin members in conflict", model(`"a#In": {"type": "structure", "members": {"x": {"target": "smithy.api#Blob"}}, "mixins": [{"target": "a#M"}, {"target": "a#N"}]}`, `"a#M": {"type": "structure", "members": {"x": {"target": "smithy.api#String"}}, "traits": {"smithy.api#mixin": {}}}`, `"a#N": {"type": "structure", "members": {"x": {"target": "smithy.api#Integer"}}, "traits": {"smithy.api#mixin": {}}}`),
		"m.json:3:43: member x of In conflicts with that of a mixin: one targets smithy.api#Blob, the other smithy.api#String (at #/shapes/a#In/members/x)\n\thint: rename one of them\nm.json:3:110: member x of In conflicts with that of a mixin: one targets smithy.api#Integer, the other smithy.api#String (at #/shapes/a#In/mixins/1)\n\thint: rename one of them"},
	{"apply to nothing", model(in, `"a#Inn": {"type": "apply", "traits": {}}`, `"a#In$y": {"type": "apply", "traits": {"smithy.api#required": {}}}`),
		"m.json:4:1: traits are applied to shape a#Inn, which is not defined (at #/shapes/a#Inn)\n\thint: did you mean a#In?\nm.json:5:39: traits are applied to member a#In$y, which is not defined (at #/shapes/a#In$y/traits)"},
	{"input is no structure", model(`"a#In": {"type": "string"}`),
		"m.json:2:51: the input of an operation must be a structure, but In is of type string (at #/shapes/a#Op/input/target)"},
	{"errors are none", operation(`{"type": "operation", "errors": [{"target": "a#In"}, {"target": "a#E"}, 1], "traits": {"smithy.api#http": {"method": "GET", "uri": "/"}}}`),
		"m.json:2:53: In is listed as an error of Op, but it is none (at #/shapes/a#Op/errors/0/target)\n\thint: give it the trait smithy.api#error\nm.json:2:73: shape a#E is not defined (at #/shapes/a#Op/errors/1/target)\nm.json:2:81: the element must be an object, not a number (at #/shapes/a#Op/errors/2)"},
	{"no path", operation(`{"type": "operation"}`),
		"m.json:2:1: operation Op has no method and path (at #/shapes/a#Op)\n\thint: give it the trait smithy.api#http"},
	{"no method", operation(`{"type": "operation", "traits": {"smithy.api#http": {"uri": "/", "code": "200"}}}`),
		"m.json:2:61: operation Op has no method (at #/shapes/a#Op/traits/smithy.api#http)\nm.json:2:82: \"code\" must be a number, not a string (at #/shapes/a#Op/traits/smithy.api#http/code)"},
	{"bad path", operation(`{"type": "operation", "traits": {"smithy.api#http": {"method": "GET", "uri": "/{a"}}}`),
		"m.json:2:79: path \"/{a\" of operation Op is wrong: label \"{a\" is never closed (at #/shapes/a#Op/traits/smithy.api#http/uri)"},
	{"label without member", operation(`{"type": "operation", "input": {"target": "a#In"}, "traits": {"smithy.api#http": {"method": "GET", "uri": "/{id}"}}}`),
		"m.json:2:71: label {id} in /{id} has no path parameter (at #/shapes/a#Op/traits/smithy.api#http)\n\thint: declare a required path parameter named id"},
	{"member without label", model(structure(`{"target": "smithy.api#String", "traits": {"smithy.api#httpLabel": {}, "smithy.api#required": {}}}`)),
		"m.json:3:43: path parameter \"x\" has no label in / (at #/shapes/a#In/members/x)\n\thint: add {x} to the path or bind the member elsewhere"},
	{"listed operation", `{"smithy": "2.0", "shapes": {"a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Opp"}, {"target": "a#X"}], "resources": [{"target": "a#X"}]},
"a#Op": {"type": "operation"}, "a#X": {"type": "string"}}}`,
		"m.json:1:99: shape a#Opp is not defined (at #/shapes/a#S/operations/0/target)\n\thint: did you mean a#Op?\nm.json:1:120: a#X is listed as an operation, but it is of type string (at #/shapes/a#S/operations/1/target)\nm.json:1:154: a#X is listed as a resource, but it is of type string (at #/shapes/a#S/resources/0/target)"},
	{"one name", `{"smithy": "2.0", "shapes": {"a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Op"}]},
"a#Op": {"type": "operation", "input": {"target": "a#X"}, "output": {"target": "b#X"}},
"a#X": {"type": "structure", "members": {}},
"b#X": {"type": "structure", "members": {}}}}`,
		"m.json:4:1: shapes a#X and b#X have one name in the service (at #/shapes/b#X)\n\thint: give one of them another name in the service's \"rename\""},
	{"bad rename", `{"smithy": "2.0", "shapes": {"a#S": {"type": "service", "version": 1, "rename": {"a#X": "x y", "a#Y": 5}}}}`,
		"m.json:1:68: \"version\" must be a string, not a number (at #/shapes/a#S/version)\nm.json:1:89: \"x y\" is no name for a shape (at #/shapes/a#S/rename/a#X)\n\thint: a name has letters, digits and underscores\nm.json:1:103: \"a#Y\" must be a string, not a number (at #/shapes/a#S/rename/a#Y)"},
	{"matchers of waiters", operation(`{"type": "operation", "traits": {"smithy.api#http": {"method": "GET", "uri": "/"}, "smithy.waiters#waitable": {"W": {"acceptors": [{"state": "retry", "matcher": {"success": true, "errorType": "E"}}, {"state": "retry", "matcher": []}]}}}}`),
		"m.json:2:140: an acceptor has exactly one matcher (at #/shapes/a#Op/traits/smithy.waiters#waitable/W/acceptors/0)\n\thint: use output, inputOutput, errorType or success\nm.json:2:238: \"matcher\" must be an object, not an array (at #/shapes/a#Op/traits/smithy.waiters#waitable/W/acceptors/1/matcher)"},
	{"waiters", operation(`{"type": "operation", "traits": {"smithy.api#http": {"method": "GET", "uri": "/"}, "smithy.waiters#waitable": {"W": {"minDelay": 1.5, "acceptors": [{"state": "done", "matcher": {"status": 200}}, {"state": "retry"}, 5]}, "X": []}}}`),
		"m.json:2:138: \"minDelay\" must be an integer, not 1.5 (at #/shapes/a#Op/traits/smithy.waiters#waitable/W/minDelay)\nm.json:2:158: state \"done\" of an acceptor is not known (at #/shapes/a#Op/traits/smithy.waiters#waitable/W/acceptors/0/state)\n\thint: use success, failure or retry\nm.json:2:187: matcher \"status\" is not known (at #/shapes/a#Op/traits/smithy.waiters#waitable/W/acceptors/0/matcher/status)\n\thint: use output, inputOutput, errorType or success\nm.json:2:204: an acceptor has exactly one matcher (at #/shapes/a#Op/traits/smithy.waiters#waitable/W/acceptors/1)\n\thint: use output, inputOutput, errorType or success\nm.json:2:224: the element must be an object, not a number (at #/shapes/a#Op/traits/smithy.waiters#waitable/W/acceptors/2)\nm.json:2:234: \"X\" must be an object, not an array (at #/shapes/a#Op/traits/smithy.waiters#waitable/X)"},
	{"context parameters", operation(`{"type": "operation", "traits": {"smithy.api#http": {"method": "GET", "uri": "/"}, "smithy.rules#staticContextParams": {"P": {"value": {}}, "Q": 1}}}`),
		"m.json:2:134: the value of endpoint parameter P must be a string, a boolean or an array of strings, not an object (at #/shapes/a#Op/traits/smithy.rules#staticContextParams/P)\nm.json:2:154: \"Q\" must be an object, not a number (at #/shapes/a#Op/traits/smithy.rules#staticContextParams/Q)"},
	{"list of itself", model(structure(`{"target": "a#L"}`), `"a#L": {"type": "list", "member": {"target": "a#L"}}`),
		"m.json:4:1: L holds nothing but itself (at #/shapes/a#L)\n\thint: put a structure in between"},
	{"endpoint rules", `{"smithy": "2.0", "shapes": {"a#S": {"type": "service", "version": "1", "traits": {
"smithy.rules#endpointRuleSet": {"version": "1.0", "parameters": {}, "rules": 5}}}}}`,
		"m.json:2:70: \"rules\" must be an array, not a number (at #/shapes/a#S/traits/smithy.rules#endpointRuleSet/rules)"},
	{"several problems at once", model(structure(`{"target": "a#B"}`), `"a#C": {"type": "list"}`, `"a#D": {"type": "?"}`),
		"m.json:3:59: shape a#B is not defined (at #/shapes/a#In/members/x/target)\nm.json:4:1: list C has no member (at #/shapes/a#C)\nm.json:5:17: shape D is of the unknown type \"?\" (at #/shapes/a#D/type)"},
}

func TestProblems(t *testing.T) {
	for _, c := range badModels {
		_, err := smithy.Load("m.json", []byte(c.model), smithy.Options{})
		if got := fmt.Sprint(err); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}
