package openapi

import (
	"strings"
	"testing"

	"example.com/lathe/spec"
)

// TestOrder sees that what has no order of its own comes sorted by name, as from the other
// formats: one model compares equal with another, however its source is ordered.
func TestOrder(t *testing.T) {
	api, err := Load("a.yaml", []byte(`openapi: 3.1.0
info: {title: Toy, version: "1"}
x-endpoint-rule-set:
  version: "1.0"
  parameters: {B: {type: string}, A: {type: boolean}}
  rules: [{type: endpoint, conditions: [], endpoint: {url: "https://a.example"}}]
paths:
  /a:
    get:
      operationId: GetA
      parameters: [{name: q, in: query, schema: {type: string}}]
      x-static-context-params: {B: b, A: true}
      x-operation-context-params: {D: q, C: q}
      x-waiters:
        Second: {acceptors: [{state: success, matcher: {success: true}}]}
        First: {acceptors: [{state: success, matcher: {success: true}}]}
      responses:
        "204": {description: ok}
        "409": {description: no, content: {application/json: {schema: {$ref: "#/components/schemas/Taken"}}}}
        "404": {description: no, content: {application/json: {schema: {$ref: "#/components/schemas/Gone"}}}}
components:
  schemas:
    Taken: {type: object, x-error: {}}
    Gone: {type: object, x-error: {}}
`))
	if err != nil {
		t.Fatal(err)
	}
	op := api.Operations[0]
	var got []string
	for _, list := range [...][]spec.ContextValue{op.StaticContext, op.OperationContext} {
		for _, v := range list {
			got = append(got, v.Name)
		}
	}
	for _, w := range op.Waiters {
		got = append(got, w.Name)
	}
	for _, e := range op.Errors {
		got = append(got, e.Name)
	}
	if want := "A B C D First Second Gone Taken"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %s", got, want)
	}
}
