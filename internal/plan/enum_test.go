package plan_test

import (
	"testing"

	"example.com/lathe/internal/plan"
	"example.com/lathe/spec"
	"example.com/lathe/spec/openapi"
)

const enumSpec = `openapi: 3.1.0
info: {title: Tiny, version: "1"}
x-service: {id: Tiny}
paths:
  /a: {get: {operationId: GetA, parameters: [{name: q, in: query, schema: {$ref: '#/components/schemas/Op'}}], responses: {"200": {description: ok}}}}
components:
  schemas:
    Op: {type: string, enum: ["<", "a", "<=", "="]`

// Constants whose names would depend on the order of the values are not generated,
// until the model names the values.
func TestEnumAsksForNames(t *testing.T) {
	for text, want := range map[string]string{
		enumSpec + "}\n": `api.yaml:8:41: the values "<", "<=", "=" of Op give the same Go name (at #/components/schemas/Op/enum/2)` +
			"\n\thint: add x-enum-varnames, a list with a name for each value",
		enumSpec + ", x-enum-varnames: [LT, A, LE, EQ]}\n": "",
	} {
		api, err := openapi.Load("api.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		api, _ = spec.Select(api, nil)
		if _, err := plan.Build(api, plan.Config{ImportPath: "x", Runtime: "x/internal"}); err == nil && want != "" || err != nil && err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// Formats without names get some that are made of the values alone, in any order.
func TestEnumSpelled(t *testing.T) {
	for _, values := range [][]string{{"a b", "a-b", "c"}, {"c", "a-b", "a b"}} {
		shape := &spec.Shape{Name: "E", Kind: spec.Enum}
		for _, v := range values {
			shape.EnumValues = append(shape.EnumValues, spec.EnumValue{Name: v, Value: v, NameOrigin: spec.NameMade})
		}
		input := &spec.Shape{Name: "GetInput", Kind: spec.Structure, Members: []*spec.Member{{Name: "e", Target: shape, Location: spec.InQuery, LocationName: "e"}}}
		api := &spec.API{ID: "T", Shapes: map[string]*spec.Shape{"E": shape, "GetInput": input}, Operations: []*spec.Operation{{Name: "Get", Input: input}}, Protocols: []spec.Protocol{spec.RestJSON1}}
		p, err := plan.Build(api, plan.Config{ImportPath: "x", Runtime: "x/internal"})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range p.Enums[0].Values {
			if want := map[string]string{"a b": "EaU20b", "a-b": "EaU2Db", "c": "EC"}[v.Value]; v.Name != want {
				t.Errorf("in %q %q is %s, want %s", values, v.Value, v.Name, want)
			}
		}
	}
}
