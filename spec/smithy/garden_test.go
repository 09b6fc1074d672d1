package smithy_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/spec"
	"example.com/lathe/spec/smithy"
)

// load loads a file of testdata.
func load(t *testing.T, name string, opts smithy.Options) *spec.API {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	api, err := smithy.Load(name, data, opts)
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func dump(t *testing.T, api *spec.API) string {
	t.Helper()
	var b strings.Builder
	if err := spec.Dump(&b, api); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestGarden loads a model with every construct in it.
func TestGarden(t *testing.T) {
	want, err := os.ReadFile("testdata/garden.txt")
	if err != nil {
		t.Fatal(err)
	}
	got := dump(t, load(t, "garden.json", smithy.Options{}))
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the dump differs (- want, + got):\n%s", diff)
	}
}

// TestGardenDetails checks what a dump does not show.
func TestGardenDetails(t *testing.T) {
	api := load(t, "garden.json", smithy.Options{EndpointTests: true})
	input := api.Shapes["GetBedInput"]
	ops := map[string]*spec.Operation{}
	for _, op := range api.Operations {
		ops[op.Name] = op
	}
	plants := api.Shapes["Plants"]
	for what, c := range map[string]struct{ got, want any }{
		"title":                  {api.Title, "Garden Keeper"},
		"documentation":          {api.Documentation, "<p>Keeps gardens.</p>"},
		"position":               {api.Pos, spec.Pos{File: "garden.json", Line: 5, Column: 5, Pointer: "/shapes/example.garden#Garden"}},
		"input":                  {input.Input, true},
		"no input":               {plants.Input, false},
		"local trait":            {input.Documentation, ""},
		"applied trait":          {input.Member("json").Documentation, "Applied."},
		"mixed in where":         {input.Member("bedId").Pos.Pointer, "/shapes/example.garden#Named/members/bedId"},
		"payload":                {api.Shapes["PutBedInput"].Member("body").Location, spec.InPayload},
		"status code":            {plants.Member("status").Location, spec.InStatusCode},
		"query parameters":       {input.Member("others").Location, spec.InQueryParams},
		"prefix":                 {input.Member("meta").LocationName, "X-Meta-"},
		"same wire name":         {plants.Member("state").JSONName, ""},
		"recursion":              {plants.Member("nested").Target == plants, true},
		"XML":                    {api.Shapes["WaterPlantsInput"].XML, spec.XML{Name: "Water", NamespaceURI: "urn:w", NamespacePrefix: "w"}},
		"read only":              {ops["Ping"].ReadOnly, true},
		"idempotent":             {ops["PutBed"].Idempotent, true},
		"never signed":           {ops["Ping"].Auth, []spec.AuthScheme{}},
		"deprecation":            {*ops["Ping"].Deprecated, spec.Deprecation{Message: "Use GetBed.", Since: "2024-06"}},
		"path":                   {ops["GetBed"].HTTP.URI.Labels(), []string{"bedId", "path"}},
		"path's position":        {ops["GetBed"].HTTP.Pos.Pointer, "/shapes/example.garden#GetBed/traits/smithy.api#http"},
		"constant query":         {ops["GetBed"].HTTP.URI.Query, []spec.QueryLiteral{{Key: "style", Value: "long"}, {Key: "x"}}},
		"waiter's documentation": {ops["GetBed"].Waiters[1].Documentation, "Waits for growth."},
		"value's documentation":  {api.Shapes["State"].EnumValues[0].Documentation, "Done."},
		"value's position":       {api.Shapes["Kind"].EnumValues[1].Pos.Pointer, "/shapes/example.garden#Kind/traits/smithy.api#enum/1"},
		"client parameter":       {api.Endpoint.Parameters[1].Client, true},
		"other parameter":        {api.Endpoint.Parameters[0].Client, false},
		"rules' position":        {api.Endpoint.Rules[0].Pos.Pointer, "/shapes/example.garden#Garden/traits/smithy.rules#endpointRuleSet/rules/0"},
		"endpoint tests":         {len(api.EndpointTests), 1},
		"unreached":              {api.Shapes["unreached"], (*spec.Shape)(nil)},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (- want, + got):\n%s", what, diff)
		}
	}
	if tests := load(t, "garden.json", smithy.Options{}).EndpointTests; tests != nil {
		t.Errorf("tests were read that nobody asked for: %v", tests)
	}
}

// TestVersion1 checks what differs in models of Smithy 1.0.
func TestVersion1(t *testing.T) {
	const model = `{"smithy": "1.0", "shapes": {
		"a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Op"}], "traits": {"aws.protocols#awsQuery": {}}},
		"a#Op": {"type": "operation", "input": {"target": "a#In"}, "errors": [{"target": "a#E"}]},
		"a#In": {"type": "structure", "members": {
			"prelude": {"target": "smithy.api#Integer"},
			"primitive": {"target": "smithy.api#PrimitiveBoolean"},
			"own": {"target": "a#Count"},
			"boxed": {"target": "a#Count", "traits": {"smithy.api#box": {}}},
			"boxedTarget": {"target": "a#Boxed"},
			"header": {"target": "a#Count", "traits": {"smithy.api#httpHeader": "X", "smithy.api#required": {}}},
			"set": {"target": "a#Set"},
			"list": {"target": "a#List", "traits": {"smithy.api#xmlFlattened": {}, "smithy.api#xmlName": "Item"}}
		}},
		"a#Count": {"type": "integer"},
		"a#Boxed": {"type": "boolean", "traits": {"smithy.api#box": {}}},
		"a#Set": {"type": "set", "member": {"target": "smithy.api#String"}},
		"a#List": {"type": "list", "member": {"target": "a#Count"}},
		"a#E": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client", "aws.protocols#awsQueryError": {"code": "Oops", "httpResponseCode": 418}}}
	}}`
	api, err := smithy.Load("v1.json", []byte(model), smithy.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const want = `service S id=S version=1 prefix=s protocols=awsQuery
operation Op input=In errors=E
boolean Boxed
integer Count
structure E
	error client status=418 queryCode=Oops
structure In
	member prelude Integer
	member primitive PrimitiveBoolean default=false
	member own Count default=0
	member boxed Count
	member boxedTarget Boxed
	member header Count required default=0
	member set Set
	member list List xml=Item flattened
integer Integer
list List
	member member Count
boolean PrimitiveBoolean
list Set unique
	member member String
string String
`
	if diff := cmp.Diff(want, dump(t, api)); diff != "" {
		t.Errorf("the dump differs (- want, + got):\n%s", diff)
	}
	if got, want := api.Shapes["In"].Member("list").XML, (spec.XML{Name: "Item", Flattened: true}); got != want {
		t.Errorf("XML of the list is %+v, want %+v", got, want)
	}
}

// TestSeveralServices chooses one of two services, by name and by shape ID.
func TestSeveralServices(t *testing.T) {
	const model = `{"smithy": "2", "shapes": {
		"a#One": {"type": "service", "version": "1"}, "b#Two": {"type": "service", "version": "2"}, "c#Two": {"type": "service", "version": "3"}
	}}`
	for service, version := range map[string]string{"One": "1", "b#Two": "2", "c#Two": "3"} {
		api, err := smithy.Load("s.json", []byte(model), smithy.Options{Service: service})
		if err != nil {
			t.Errorf("%s: %v", service, err)
		} else if api.Version != version {
			t.Errorf("%s gives version %s", service, api.Version)
		}
	}
	for service, want := range map[string]string{
		"":     "s.json:1:17: the model has 3 services (at #/shapes)\n\thint: choose one of a#One, b#Two, c#Two",
		"Two":  "s.json:1:17: the model has 2 services (at #/shapes)\n\thint: choose one of b#Two, c#Two",
		"Zwei": "s.json:1:17: the model has no service \"Zwei\" (at #/shapes)\n\thint: it has a#One, b#Two, c#Two",
	} {
		if _, err := smithy.Load("s.json", []byte(model), smithy.Options{Service: service}); err == nil || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", service, err, want)
		}
	}
}

func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		`{"smithy": "2.0", "shapes": {}}`:    true,
		`{"shapes": {}, "smithy": "2.0"}`:    true,
		` {"a": [1], "smithy": "1.0" broken`: true,
		`{"smithy": 2}`:                      false,
		`{"openapi": "3.0.0"}`:               false,
		`{"metadata": {}, "operations": {}}`: false,
		`["smithy"]`:                         false,
		``:                                   false,
		`openapi: 3.0.0`:                     false,
		`{"a": {"smithy": "2.0"}}`:           false,
		`{"a" "smithy": "2.0"}`:              false,
		`{"x": "unclosed`:                    false,
	} {
		if got := smithy.Sniff([]byte(text)); got != want {
			t.Errorf("Sniff(%s) = %v", text, got)
		}
	}
}

// TestMixinsOfEntities mixes into operations, services and resources what Smithy
// lets them inherit.
func TestMixinsOfEntities(t *testing.T) {
	const source = `{"smithy": "2.0", "shapes": {
		"a#S": {"type": "service", "version": "1", "mixins": [{"target": "a#SM"}], "operations": [{"target": "a#Own"}], "traits": {"smithy.api#title": "Own"}},
		"a#SM": {"type": "service", "version": "0", "operations": [{"target": "a#Mixed"}], "errors": [{"target": "a#E1"}],
			"traits": {"smithy.api#mixin": {}, "smithy.api#title": "Mixed", "aws.api#service": {"sdkId": "From Mixin"}}, "resources": [{"target": "a#R"}]},
		"a#R": {"type": "resource", "mixins": [{"target": "a#RM"}]},
		"a#RM": {"type": "resource", "read": {"target": "a#Read"}, "operations": [{"target": "a#More"}], "traits": {"smithy.api#mixin": {}}},
		"a#Own": {"type": "operation", "mixins": [{"target": "a#OM"}], "errors": [{"target": "a#E2"}]},
		"a#OM": {"type": "operation", "errors": [{"target": "a#E3"}], "traits": {"smithy.api#mixin": {}, "smithy.api#documentation": "Mixed."}},
		"a#Mixed": {"type": "operation"}, "a#Read": {"type": "operation"}, "a#More": {"type": "operation"},
		"a#E1": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}},
		"a#E2": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}},
		"a#E3": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "server"}}
	}}`
	api, err := smithy.Load("m.json", []byte(source), smithy.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const want = `service S id="From Mixin" version=1 prefix=s
operation Mixed errors=E1
operation More errors=E1
operation Own errors=E1,E2,E3
operation Read errors=E1
structure E1
	error client
structure E2
	error client
structure E3
	error server
`
	if diff := cmp.Diff(want, dump(t, api)); diff != "" {
		t.Errorf("the dump differs (- want, + got):\n%s", diff)
	}
	if api.Title != "Own" || api.Operations[0].Documentation != "Mixed." {
		t.Errorf("title %q, documentation %q", api.Title, api.Operations[0].Documentation)
	}
}

// TestSeveralMixinsOfEntities mixes in properties of which each mixin has another one. What
// an entity says itself comes last, and of its mixins the last one counts.
func TestSeveralMixinsOfEntities(t *testing.T) {
	const source = `{"smithy": "2.0", "shapes": {
		"a#S": {"type": "service", "mixins": [{"target": "a#SM1"}, {"target": "a#SM2"}], "operations": [{"target": "a#Op"}], "rename": {"a#Out": "Answer"}},
		"a#SM1": {"type": "service", "version": "1", "rename": {"a#In": "Question", "a#Out": "Reply"}, "traits": {"smithy.api#mixin": {}}},
		"a#SM2": {"type": "service", "mixins": [{"target": "a#SM3"}], "traits": {"smithy.api#mixin": {}}},
		"a#SM3": {"type": "service", "version": "3", "traits": {"smithy.api#mixin": {}}},
		"a#Op": {"type": "operation", "mixins": [{"target": "a#OM1"}, {"target": "a#OM2"}]},
		"a#OM1": {"type": "operation", "input": {"target": "a#In"}, "output": {"target": "a#In"}, "traits": {"smithy.api#mixin": {}}},
		"a#OM2": {"type": "operation", "output": {"target": "a#Out"}, "traits": {"smithy.api#mixin": {}}},
		"a#In": {"type": "structure", "members": {}},
		"a#Out": {"type": "structure", "members": {}}
	}}`
	api, err := smithy.Load("m.json", []byte(source), smithy.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const want = `service S id=S version=3 prefix=s
operation Op input=Question output=Answer
structure Answer
structure Question
`
	if diff := cmp.Diff(want, dump(t, api)); diff != "" {
		t.Errorf("the dump differs (- want, + got):\n%s", diff)
	}
}
