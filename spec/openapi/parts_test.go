package openapi

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// scattered has something wrong in every part that an operation may reach or not.
const scattered = `openapi: 3.1.0
info: {title: Toy, version: "1"}
servers: [{url: /api/v1}]
security: [{cookie: []}]
webhooks: {ping: {}}
paths:
  /sound:
    get: {operationId: sound, security: [], responses: {"200": {$ref: "#/components/responses/Sound"}, default: {$ref: "#/components/responses/Failed"}}}
    post: {operationId: beside, security: [], requestBody: {content: {text/plain: {schema: {type: array}}}}, responses: {"200": {description: ok}}}
  /cookie:
    get: {operationId: cookie, responses: {"200": {description: ok}}}
  /path:
    parameters: [{name: p, in: query, schema: {type: strnig}}]
    get: {operationId: ofPath, security: [], responses: {"200": {description: ok}}}
    put: {operationId: ofPathToo, security: [], responses: {"200": {description: ok}}}
  /schema:
    get: {operationId: schema, security: [], responses: {"200": {$ref: "#/components/responses/Deep"}}}
  /parameter:
    get: {operationId: parameter, security: [], parameters: [{$ref: "#/components/parameters/Odd"}], responses: {"200": {description: ok}}}
  /body:
    post: {operationId: body, security: [], requestBody: {$ref: "#/components/requestBodies/Form"}, responses: {"200": {description: ok}}}
  /header:
    get: {operationId: header, security: [], responses: {"200": {description: ok, headers: {A: {$ref: "#/components/headers/Odd"}}}}}
  /default:
    get: {operationId: noSuccess, security: [], responses: {default: eu-1}}
  /dangling:
    get: {operationId: dangling, security: [], responses: {"200": {$ref: "#/components/responses/Gone"}}}
components:
  links: {}
  securitySchemes: {cookie: {type: apiKey, name: a, in: cookie}}
  parameters: {Odd: {name: odd, in: cookie, schema: {type: string}}}
  requestBodies: {Form: {content: {multipart/form-data: {schema: {type: object}}}}}
  headers: {Odd: {schema: {type: object}}}
  responses:
    Sound: {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Sound"}}}}
    Deep: {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Outer"}}}}
    Failed: {description: bad, content: {application/json: {schema: {$ref: "#/components/schemas/Either"}}}}
  schemas:
    Sound: {type: object, properties: {a: {type: string}, self: {$ref: "#/components/schemas/Sound"}}}
    Outer: {type: object, properties: {middle: {$ref: "#/components/schemas/Middle"}}}
    Middle: {type: array, items: {$ref: "#/components/schemas/Inner"}}
    Inner: {type: object, properties: {either: {$ref: "#/components/schemas/Either"}, outer: {$ref: "#/components/schemas/Outer"}}}
    Either: {oneOf: [{type: string}, {type: integer}]}
    Unused: {allOf: []}
`

// TestPartsOfProblems sees at which operations problems count.
func TestPartsOfProblems(t *testing.T) {
	api, err := Load("a.yaml", []byte(scattered))
	if err == nil || api == nil {
		t.Fatalf("got %v and the error %v", api, err)
	}
	got := map[string]string{}
	for _, op := range api.Operations {
		var pointers []string
		for _, p := range op.Part.All() {
			pointers = append(pointers, p.Pos.Pointer)
		}
		slices.Sort(pointers)
		got[op.Name] = strings.Join(slices.Compact(pointers), " ")
	}
	want := map[string]string{
		"sound":     "",
		"beside":    "/paths/~1sound/post/requestBody/content/text~1plain/schema",
		"cookie":    "/components/securitySchemes/cookie",
		"ofPath":    "/paths/~1path/parameters/0/schema/type",
		"ofPathToo": "/paths/~1path/parameters/0/schema/type",
		"schema":    "/components/schemas/Either/oneOf",
		"parameter": "/components/parameters/Odd/in",
		"body":      "/components/requestBodies/Form/content/multipart~1form-data",
		"header":    "/components/headers/Odd",
		"noSuccess": "/paths/~1default/get/responses/default",
		"dangling":  "/paths/~1dangling/get/responses/200/$ref",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, unreached := range []string{"/webhooks", "/components/links", "/components/schemas/Unused/allOf"} {
		if !strings.Contains(err.Error(), "(at #"+unreached+")") {
			t.Errorf("the error is silent about %s: %v", unreached, err)
		}
	}
}

// TestProblemsOfTheWhole sees that what is wrong with the document as such counts at
// every operation.
func TestProblemsOfTheWhole(t *testing.T) {
	for _, part := range []string{
		"x-servce: {id: Toy}", "x-service: {protocol: grpc}", "servers: [{url: 'ftp://toy'}]", "x-endpoint-rule-set: {}",
		"tags: []\nunknown: 1", "jsonSchemaDialect: https://json-schema.org",
	} {
		text := strings.Replace(scattered, "servers: [{url: /api/v1}]", part, 1)
		api, err := Load("a.yaml", []byte(text))
		if err == nil || api == nil {
			t.Fatalf("%s: got %v and the error %v", part, api, err)
		}
		for _, op := range api.Operations {
			if len(op.Part.All()) == 0 {
				t.Errorf("%s: %s has no problem", part, op.Name)
			}
		}
	}
}

// TestUnmarkedErrors sees that the errors of a document without x-error are generic,
// and those of one with it are checked.
func TestUnmarkedErrors(t *testing.T) {
	const document = `openapi: 3.0.3
info: {title: Toy, version: "1"}
paths:
  /a:
    get:
      operationId: getA
      responses:
        "200": {description: ok}
        "304": {description: not modified}
        "404": {description: a text, content: {text/plain: {schema: {type: string}}}}
        4XX: {description: of all kinds, content: {application/json: {schema: {oneOf: [{$ref: "#/components/schemas/Error"}]}}}}
        default: {description: bad, content: {application/json: {schema: {$ref: "#/components/schemas/Error"}}}}
components:
  schemas:
    Error: {type: object, properties: {text: {type: string}}}
`
	api := load(t, "a.yaml", []byte(document))
	if op := operation(t, api, "getA"); len(op.Errors) > 0 {
		t.Errorf("errors are %v", op.Errors)
	}
	if _, err := Load("a.yaml", []byte(document+"    Marked: {type: object, x-error: {}}\n")); err == nil {
		t.Error("an error without x-error is no problem beside one that has it")
	}
	// The only mark, misspelled: without it there would be generic errors, and no word.
	misspelled := strings.Replace(document, "Error: {type: object,", "Error: {type: object, x-eror: {},", 1)
	misread, err := Load("a.yaml", []byte(misspelled))
	if err == nil || !strings.Contains(err.Error(), "did you mean x-error?") {
		t.Fatalf("got %v", err)
	}
	if op := operation(t, misread, "getA"); len(op.Part.All()) == 0 {
		t.Error("the misspelled mark stops no operation")
	}
}

// TestNamesOfAnything sees that names which Go can't have become its words, that
// references find them, and that extensions choose others.
func TestNamesOfAnything(t *testing.T) {
	api := load(t, "a.yaml", []byte(`openapi: 3.1.0
info: {title: Toy, version: "1"}
paths:
  /a:
    get: {operationId: repos/get-a.b, responses: {"200": {$ref: "#/components/responses/ok-1"}}}
    put: {operationId: 2fa/enable, responses: {"200": {description: ok}}}
    post: {operationId: repos/create, x-name: MakeRepo, responses: {"200": {description: ok}}}
    delete: {x-name: Drop, responses: {"200": {description: ok}}}
    patch: {operationId: plain_name, responses: {"200": {description: ok}}}
components:
  responses:
    ok-1: {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/io.k8s.api~1v1"}}}}
  schemas:
    io.k8s.api/v1: {type: object, properties: {"1st": {type: string}, "+1": {type: integer}, "-1": {type: integer}, in.line: {type: object, properties: {a: {type: string}}}, named: {type: object, x-name: Chosen}, back: {$ref: "#/components/schemas/basic-error"}}}
    basic-error: {type: object, x-name: Problem, properties: {a: {type: string, x-name: Text, maxLength: 3}}}
`))
	names := map[string]string{}
	for _, op := range api.Operations {
		names[op.Name] = op.SourceName
		for _, name := range []string{op.Name, op.SourceName} {
			if name != "" && !op.Matches(name) {
				t.Errorf("%s is not found as %q", op.Name, name)
			}
		}
	}
	want := map[string]string{
		"ReposGetAB": "repos/get-a.b", "X2faEnable": "2fa/enable", "MakeRepo": "repos/create", "Drop": "", "plain_name": "",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	shape := api.Shapes["IoK8sApiV1"]
	if shape == nil || operation(t, api, "ReposGetAB").Output.Members[0].Target != shape.Members[0].Target {
		t.Fatalf("shape is %v", shape)
	}
	var members []string
	for _, m := range shape.Members {
		members = append(members, fmt.Sprintf("%s %s %s", m.Name, m.JSONName, m.Target.Name))
	}
	wantMembers := []string{
		"x1st 1st String", "plus1 +1 Long", "minus1 -1 Long", "inLine in.line IoK8sApiV1InLine", "named  Chosen", "back  Problem",
	}
	if diff := cmp.Diff(wantMembers, members); diff != "" {
		t.Error(diff)
	}
	if api.Shapes["Problem"].Members[0].Target.Name != "Text" {
		t.Errorf("a schema with x-name is %s", api.Shapes["Problem"].Members[0].Target.Name)
	}
}

// TestOneProblemOfManyPlaces sees that what is wrong at every plain string is said
// once.
func TestOneProblemOfManyPlaces(t *testing.T) {
	var document strings.Builder
	document.WriteString("openapi: 3.1.0\ninfo: {title: Toy, version: \"1\"}\npaths: {/a: {get: {operationId: A, responses: {\"200\": {$ref: \"#/components/responses/R\"}}}}}\n" +
		"components:\n  responses: {R: {description: ok, content: {application/json: {schema: {$ref: \"#/components/schemas/O\"}}}}}\n" +
		"  schemas:\n    String: {type: integer}\n    O:\n      type: object\n      properties:\n")
	for i := range 40 {
		fmt.Fprintf(&document, "        p%d: {type: string}\n", i)
	}
	_, err := Load("a.yaml", []byte(document.String()))
	const want = "a.yaml:11:9: a plain string has the name String, which the schema at a.yaml:7:5 has taken, here and in 39 more places: 12:9, 13:9, 14:9, 15:9, 16:9, …" +
		" (at #/components/schemas/O/properties/p0)\n\thint: give this schema a name in components/schemas, or that one another"
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}
