package c2j_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/lathe/spec/c2j"
)

// model wraps shapes, one a line from line 3 on, with an operation Op in lines 1
// and 2.
func model(shapes ...string) string {
	return `{"metadata": {"serviceId": "S", "protocol": "rest-json", "apiVersion": "1", "endpointPrefix": "s", "signatureVersion": "v4"}, "operations":
{"Op": {"name": "Op", "http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "In"}}}, "shapes": {
` + strings.Join(shapes, ",\n") + "\n}}"
}

const in = `"In": {"type": "structure", "members": {}}`

// structure is In with a member x of the given source.
func structure(member string) string {
	return `"In": {"type": "structure", "members": {"x": ` + member + `}}`
}

// operation replaces Op in a model.
func operation(source string, shapes ...string) string {
	return `{"metadata": {"protocol": "rest-json"}, "operations": {
"Op": ` + source + `}, "shapes": {
` + strings.Join(append(shapes, in), ",\n") + "}}"
}

var badModels = []struct{ name, model, want string }{
	{"not JSON", `metadata: {}`,
		"m.json:1:1: invalid JSON: invalid character 'm' at start of value"},
	{"array", `[]`,
		"m.json:1:1: the document must be an object, not an array"},
	{"nothing in it", `{}`,
		"m.json:1:1: the document has no member \"metadata\"\nm.json:1:1: the document has no member \"operations\""},
	{"parts of wrong type", `{"metadata": [], "operations": 1, "shapes": "x"}`,
		"m.json:1:14: \"metadata\" must be an object, not an array (at #/metadata)\nm.json:1:32: \"operations\" must be an object, not a number (at #/operations)\nm.json:1:45: \"shapes\" must be an object, not a string (at #/shapes)"},
	{"metadata of wrong type", `{"metadata": {"serviceId": 1, "protocols": "rest-json", "auth": {}}, "operations": {}, "shapes": {}}`,
		"m.json:1:28: \"serviceId\" must be a string, not a number (at #/metadata/serviceId)\nm.json:1:44: \"protocols\" must be an array, not a string (at #/metadata/protocols)\nm.json:1:65: \"auth\" must be an array, not an object (at #/metadata/auth)"},
	{"unknown protocol", `{"metadata": {"protocols": ["rest-json", "soap", 1]}, "operations": {}, "shapes": {}}`,
		"m.json:1:42: protocol \"soap\" is not known (at #/metadata/protocols/1)\nm.json:1:50: the element must be a string, not a number (at #/metadata/protocols/2)"},
	{"duplicate keys", model(in, in),
		"m.json:4:1: key \"In\" stands twice, first at m.json:3:1 (at #/shapes/In)\n\thint: keep one of them"},
	{"dangling shape", model(structure(`{"shape": "Plant"}`), `"Plants": {"type": "string"}`),
		"m.json:3:56: shape Plant is not defined (at #/shapes/In/members/x/shape)\n\thint: did you mean Plants?"},
	{"no shape named", model(structure(`{}`)),
		"m.json:3:46: the reference names no shape (at #/shapes/In/members/x)"},
	{"reference of wrong type", model(structure(`5`)),
		"m.json:3:46: \"x\" must be an object, not a number (at #/shapes/In/members/x)"},
	{"shape name of wrong type", model(structure(`{"shape": []}`)),
		"m.json:3:56: \"shape\" must be a string, not an array (at #/shapes/In/members/x/shape)"},
	{"members of wrong type", model(`"In": {"type": "structure", "members": []}`),
		"m.json:3:40: \"members\" must be an object, not an array (at #/shapes/In/members)"},
	{"unknown type", model(in, `"X": {"type": "sting"}`),
		"m.json:4:15: shape X is of the unknown type \"sting\" (at #/shapes/X/type)\n\thint: did you mean string?"},
	{"no type", model(in, `"X": {}`),
		"m.json:4:1: shape X has no type (at #/shapes/X)"},
	{"type of wrong type", model(in, `"X": {"type": 1}`),
		"m.json:4:15: \"type\" must be a string, not a number (at #/shapes/X/type)"},
	{"definition of wrong type", model(in, `"X": 1`),
		"m.json:4:6: \"X\" must be an object, not a number (at #/shapes/X)"},
	{"names", model(in, `"Größe": {"type": "string"}`, `"X": {"type": "structure", "members": {"a-b": {"shape": "In"}, "": {"shape": "In"}}}`),
		"m.json:4:1: \"Größe\" is not a name\n\thint: a name has letters, digits and underscores\nm.json:5:40: \"a-b\" is not a name\n\thint: a name has letters, digits and underscores\nm.json:5:64: \"\" is not a name\n\thint: a name has letters, digits and underscores"},
	{"list and map", model(in, `"L": {"type": "list"}`, `"M": {"type": "map", "key": {"shape": "In"}}`),
		"m.json:4:1: list L has no member (at #/shapes/L)\nm.json:5:1: map M has no value (at #/shapes/M)"},
	{"flags of wrong type", model(structure(`{"shape": "In", "hostLabel": 1, "deprecated": "yes", "idempotencyToken": null}`)),
		"m.json:3:75: \"hostLabel\" must be a boolean, not a number (at #/shapes/In/members/x/hostLabel)\nm.json:3:92: \"deprecated\" must be a boolean, not a string (at #/shapes/In/members/x/deprecated)\nm.json:3:119: \"idempotencyToken\" must be a boolean, not null (at #/shapes/In/members/x/idempotencyToken)"},
	{"text of wrong type", model(structure(`{"shape": "In", "documentation": 1, "locationName": {}, "contextParam": "x"}`)),
		"m.json:3:79: \"documentation\" must be a string, not a number (at #/shapes/In/members/x/documentation)\nm.json:3:98: \"locationName\" must be a string, not an object (at #/shapes/In/members/x/locationName)\nm.json:3:118: \"contextParam\" must be an object, not a string (at #/shapes/In/members/x/contextParam)"},
	{"limits of wrong type", model(in, `"X": {"type": "string", "min": "1", "max": true, "pattern": 1}`),
		"m.json:4:32: \"min\" must be a number, not a string (at #/shapes/X/min)\nm.json:4:44: \"max\" must be a number, not a boolean (at #/shapes/X/max)\nm.json:4:61: \"pattern\" must be a string, not a number (at #/shapes/X/pattern)"},
	{"unknown location", model(structure(`{"shape": "In", "location": "body"}`)),
		"m.json:3:74: location \"body\" is not known (at #/shapes/In/members/x/location)\n\thint: use uri, querystring, header, headers or statusCode"},
	{"unknown timestamp format", model(in, `"X": {"type": "timestamp", "timestampFormat": "date-time"}`),
		"m.json:4:47: timestamp format \"date-time\" is not known (at #/shapes/X/timestampFormat)\n\thint: use iso8601, rfc822 or unixTimestamp"},
	{"required", model(`"In": {"type": "structure", "required": ["nam", 1], "members": {"name": {"shape": "In"}}}`),
		"m.json:3:42: In requires \"nam\", which is no member (at #/shapes/In/required/0)\n\thint: did you mean name?\nm.json:3:49: the element must be a string, not a number (at #/shapes/In/required/1)"},
	{"payload", model(`"In": {"type": "structure", "payload": "bodi", "members": {"body": {"shape": "In"}}}`),
		"m.json:3:40: In has \"bodi\" as payload, which is no member (at #/shapes/In/payload)\n\thint: did you mean body?"},
	{"bound payload", model(`"In": {"type": "structure", "payload": "body", "members": {"body": {"shape": "In", "location": "header"}}}`),
		"m.json:3:40: payload body of In is bound to the header already (at #/shapes/In/payload)\n\thint: keep one binding"},
	{"enum", model(in, `"E": {"type": "string", "enum": []}`, `"F": {"type": "string", "enum": ["a", 1, "a"]}`, `"G": {"type": "string", "enum": "a"}`),
		"m.json:4:33: enum E has no values (at #/shapes/E/enum)\nm.json:5:39: the element must be a string, not a number (at #/shapes/F/enum/1)\nm.json:5:42: enum F has the value \"a\" twice (at #/shapes/F/enum/2)\nm.json:6:33: \"enum\" must be an array, not a string (at #/shapes/G/enum)"},
	{"error", model(in, `"E": {"type": "structure", "members": {}, "exception": true, "error": {"httpStatusCode": "400", "senderFault": 1}, "retryable": true}`),
		"m.json:4:90: \"httpStatusCode\" must be a number, not a string (at #/shapes/E/error/httpStatusCode)\nm.json:4:112: \"senderFault\" must be a boolean, not a number (at #/shapes/E/error/senderFault)\nm.json:4:129: \"retryable\" must be an object, not a boolean (at #/shapes/E/retryable)"},
	{"operation of wrong type", operation(`[]`),
		"m.json:2:7: \"Op\" must be an object, not an array (at #/operations/Op)"},
	{"no http", operation(`{}`),
		"m.json:2:1: operation Op has no method and path (at #/operations/Op)"},
	{"http of wrong type", operation(`{"http": "GET /"}`),
		"m.json:2:16: \"http\" must be an object, not a string (at #/operations/Op/http)"},
	{"no method", operation(`{"http": {"requestUri": "/", "responseCode": 200.5}}`),
		"m.json:2:16: operation Op has no method (at #/operations/Op/http)\nm.json:2:52: \"responseCode\" must be an integer, not 200.5 (at #/operations/Op/http/responseCode)"},
	{"bad path", operation(`{"http": {"method": "GET", "requestUri": "x"}}`),
		"m.json:2:34: path \"x\" of operation Op is wrong: a path must begin with a slash (at #/operations/Op/http/requestUri)"},
	{"label without member", operation(`{"http": {"method": "GET", "requestUri": "/{id}"}, "input": {"shape": "In"}}`),
		"m.json:2:8: label {id} in /{id} has no path parameter (at #/operations/Op/http)\n\thint: declare a required path parameter named id"},
	{"member without label", model(structure(`{"shape": "In", "location": "uri", "locationName": "id"}`)),
		"m.json:3:41: path parameter \"x\" has no label in / (at #/shapes/In/members/x)\n\thint: add {x} to the path or bind the member elsewhere"},
	{"input is no structure", operation(`{"http": {"method": "GET", "requestUri": "/"}, "input": {"shape": "T"}, "output": {"shape": "Inn"}}`, `"T": {"type": "string"}`),
		"m.json:2:73: the input of an operation must be a structure, but T is of type string (at #/operations/Op/input/shape)\nm.json:2:99: shape Inn is not defined (at #/operations/Op/output/shape)\n\thint: did you mean In?"},
	{"errors", operation(`{"http": {"method": "GET", "requestUri": "/"}, "errors": [{"shape": "T"}, {"shape": "No"}, 1]}`, `"T": {"type": "string"}`),
		"m.json:2:75: an error must be a structure, but T is of type string (at #/operations/Op/errors/0/shape)\nm.json:2:91: shape No is not defined (at #/operations/Op/errors/1/shape)\nm.json:2:98: the element must be an object, not a number (at #/operations/Op/errors/2)"},
	{"operation name", `{"metadata": {}, "operations": {"a b": {}}, "shapes": {}}`,
		"m.json:1:33: \"a b\" is not a name\n\thint: a name has letters, digits and underscores"},
	{"context parameters", operation(`{"http": {"method": "GET", "requestUri": "/"}, "staticContextParams": {"P": {"value": 1}, "Q": 2}}`),
		"m.json:2:83: the value of endpoint parameter P must be a string, a boolean or an array of strings, not a number (at #/operations/Op/staticContextParams/P)\nm.json:2:102: \"Q\" must be an object, not a number (at #/operations/Op/staticContextParams/Q)"},
	{"list of itself", model(structure(`{"shape": "L"}`), `"L": {"type": "list", "member": {"shape": "L"}}`),
		"m.json:4:1: L holds nothing but itself (at #/shapes/L)\n\thint: put a structure in between"},
	{"several problems at once", model(structure(`{"shape": "B"}`), `"C": {"type": "list"}`, `"D": {"type": "?"}`),
		"m.json:3:56: shape B is not defined (at #/shapes/In/members/x/shape)\nm.json:4:1: list C has no member (at #/shapes/C)\nm.json:5:15: shape D is of the unknown type \"?\" (at #/shapes/D/type)"},
}

func TestProblems(t *testing.T) {
	for _, c := range badModels {
		_, err := c2j.Load("m.json", []byte(c.model), c2j.Options{})
		if got := fmt.Sprint(err); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}
