package openapi

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// TestModels checks the whole model of documents that use everything there is.
func TestModels(t *testing.T) {
	documents, expected := pairs(t, "models.txtar", ": model")
	for i, d := range documents {
		t.Run(d.Name, func(t *testing.T) {
			var got strings.Builder
			if err := spec.Dump(&got, load(t, d.Name, d.Data)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(expected[i].Data), got.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func load(t testing.TB, name string, data []byte) *spec.API {
	t.Helper()
	api, err := Load(name, data)
	if err != nil {
		t.Fatal(err)
	}
	checkModel(t, api)
	return api
}

func model(t testing.TB, name string) *spec.API {
	t.Helper()
	documents, _ := pairs(t, "models.txtar", ": model")
	for _, d := range documents {
		if d.Name == name {
			return load(t, d.Name, d.Data)
		}
	}
	t.Fatalf("there is no %s", name)
	return nil
}

func operation(t testing.TB, api *spec.API, name string) *spec.Operation {
	t.Helper()
	for _, op := range api.Operations {
		if op.Name == name {
			return op
		}
	}
	t.Fatalf("there is no operation %s", name)
	return nil
}

// TestBindings checks what the text of a model does not show.
func TestBindings(t *testing.T) {
	api := model(t, "bindings.yaml")
	for _, c := range []struct {
		operation, message, member string
		want                       spec.Location
	}{
		{"ListThings", "Input", "id", spec.InLabel},
		{"ListThings", "Input", "limit", spec.InQuery},
		{"ListThings", "Input", "before", spec.InHeader},
		{"ListThings", "Input", "xToyMeta", spec.InPrefixHeaders},
		{"ListThings", "Input", "filters", spec.InQueryParams},
		{"ListThings", "Output", "xToyCount", spec.InHeader},
		{"ListThings", "Output", "status", spec.InStatusCode},
		{"ListThings", "Output", "things", spec.InBody},
		{"CreateThing", "Input", "algorithm", spec.InHeader},
		{"CreateThing", "Input", "token", spec.InBody},
		{"Upload", "Input", "data", spec.InPayload},
		{"Download", "Output", "body", spec.InPayload},
		{"Patch", "Output", "shape", spec.InPayload},
	} {
		op := operation(t, api, c.operation)
		shape := map[string]*spec.Shape{"Input": op.Input, "Output": op.Output}[c.message]
		m := shape.Member(c.member)
		if m == nil || m.Location != c.want || !shape.Input != (c.message == "Output") {
			t.Errorf("%s: %s is %+v, want it in the %s", shape.Name, c.member, m, c.want)
		}
	}
	for name, want := range map[string][2]bool{
		"ListThings": {true, false}, "CreateThing": {false, true}, "Upload": {false, true}, "Download": {true, false},
		"Say": {false, false}, "Patch": {false, false}, "Nothing": {false, true},
	} {
		op := operation(t, api, name)
		if got := [2]bool{op.ReadOnly, op.Idempotent}; got != want {
			t.Errorf("%s is read-only and idempotent: %v, want %v", name, got, want)
		}
	}
	path := operation(t, api, "ListThings").HTTP.URI
	if want := []spec.URIPart{{Literal: "/things/"}, {Label: "id"}, {Literal: "/"}, {Label: "rest", Greedy: true}}; !slices.Equal(path.Path, want) {
		t.Errorf("path is %v, want %v", path.Path, want)
	}
	if want := []spec.QueryLiteral{{Key: "list"}, {Key: "flavour", Value: "sweet"}}; !slices.Equal(path.Query, want) {
		t.Errorf("query is %v, want %v", path.Query, want)
	}
	if p := api.Endpoint.Parameters[0]; p.Name != "Accelerate" || !p.Client || p.Documentation != "Whether to go fast." {
		t.Errorf("parameter is %+v", p)
	}
}

// TestWords checks documentation, deprecations and the positions of a model's
// parts.
func TestWords(t *testing.T) {
	api := model(t, "bindings.yaml")
	list := operation(t, api, "ListThings")
	kind := list.Input.Member("kind")
	thing := api.Shapes["Thing"]
	for _, c := range []struct{ what, got, want string }{
		{"summary", list.Documentation, "Lists things."},
		{"description", operation(t, api, "CreateThing").Documentation, "Makes a thing."},
		{"title of a schema", thing.Documentation, "A thing."},
		{"description beside $ref", thing.Member("id").Documentation, "Its ID."},
		{"description of a variant", api.Shapes["Shape"].Member("square").Documentation, "A square."},
		{"description of a value", api.Shapes["Kind"].EnumValues[1].Documentation, "Very large."},
		{"documentation of a waiter", list.Waiters[0].Documentation, "Waits until things are listed."},
		{"deprecation", kind.Deprecated.Message + kind.Deprecated.Since, "Use kinds.2021-01-01"},
		{"position of the API", api.Pos.String() + api.Pos.Pointer, "bindings.yaml:1:1"},
		{"position of an operation", list.Pos.String() + list.Pos.Pointer, "bindings.yaml:19:5/paths/~1things~1{id}~1{rest}?list&flavour=sweet/get"},
		{"position of a binding", list.HTTP.Pos.String(), "bindings.yaml:15:3"},
		{"position of a parameter", kind.Pos.String() + kind.Pos.Pointer, "bindings.yaml:40:11/paths/~1things~1{id}~1{rest}?list&flavour=sweet/get/parameters/3"},
		{"position of a shape", thing.Pos.String() + thing.Pos.Pointer, "bindings.yaml:139:5/components/schemas/Thing"},
		{"position of a member", thing.Member("kindOf").Pos.String() + thing.Member("kindOf").Pos.Pointer, "bindings.yaml:144:9/components/schemas/Thing/properties/kind-of"},
		{"position of a value", api.Shapes["Level"].EnumValues[1].Pos.String(), "bindings.yaml:130:38"},
		{"position of a rule", api.Endpoint.Rules[0].Pos.String() + api.Endpoint.Rules[0].Pos.Pointer, "bindings.yaml:13:11/x-endpoint-rule-set/rules/0"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, c.got, c.want)
		}
	}
}

// TestSigningName checks where the name comes from where x-service has none.
func TestSigningName(t *testing.T) {
	const text = `
openapi: 3.0.1
info: {title: Toys, version: "1"%s}
servers: [{url: "https://%s.us-east-1.amazonaws.com/{basePath}", variables: {basePath: {default: prod}}}]
paths: {/toys: {get: {operationId: ListToys, security: [{sigv4: []}], responses: {"200": {description: ok}}}}}
security: [{sigv4: []}]
components: {securitySchemes: {sigv4: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}}}
`
	for _, c := range [][3]string{
		{"", "a1b2c3.execute-api", "execute-api"}, {", x-aws-signingName: toys", "a1b2c3.execute-api", "toys"},
	} {
		if got := load(t, "a.yaml", fmt.Appendf(nil, text, c[0], c[1])).SigningName; got != c[2] {
			t.Errorf("%v: signed for %q", c, got)
		}
	}
}

// TestServers checks the rule set that is made of a server's URL.
func TestServers(t *testing.T) {
	rules := model(t, "v30.json").Endpoint
	if len(rules.Rules) != 3 || rules.Rules[0].Endpoint.URL.Ref != "Endpoint" || rules.Rules[1].Conditions[0].Args[0].Ref != "Region" {
		t.Fatalf("rules are %+v", rules.Rules)
	}
	if got, want := rules.Rules[1].Endpoint.URL.Literal, any("https://prod.toys.{Region}.example.com/v1"); got != want {
		t.Errorf("URL is %v, want %v", got, want)
	}
	if got, want := rules.Rules[1].Pos.String(), "v30.json:4:22"; got != want {
		t.Errorf("position is %s, want %s", got, want)
	}
	if got, want := model(t, "converted.yaml").Endpoint.Rules[1].Endpoint.URL.Literal, any("https://conv.{Region}.example.com"); got != want {
		t.Errorf("the URL over TLS is %v, want %v", got, want)
	}
	if got := model(t, "anchors.yaml").Endpoint; got != nil {
		t.Errorf("without servers there are rules: %+v", got)
	}
}

// TestTextIsCarried sees that texts come out as they went in; it is the renderer
// that makes them harmless.
func TestTextIsCarried(t *testing.T) {
	const text = "*/ `x` \n//go:build ignore\r\n\t\"quoted\" \\ \u2028 é 😀"
	quoted := tree.Quote(text)
	data := `{"openapi": "3.1.0", "info": {"title": "Toy", "version": "1", "description": ` + quoted + `},
		"paths": {"/a": {"get": {"operationId": "GetA", "description": ` + quoted + `, "responses": {"200": {"description": ""}}}}},
		"components": {"schemas": {"A": {"type": "object", "description": ` + quoted + `, "properties": {"a": {"type": "string", "description": ` + quoted + `, "default": ` + quoted + `}}}}}}`
	for _, name := range []string{"a.json", "a.yaml"} {
		api := load(t, name, []byte(data))
		a := api.Shapes["A"]
		for _, got := range []any{api.Documentation, api.Operations[0].Documentation, a.Documentation, a.Members[0].Documentation, a.Members[0].Default.Value} {
			if got != text {
				t.Errorf("%s: got %q, want %q", name, got, text)
			}
		}
	}
}

func datazone(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("../datazone.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestDataZone checks the facts of the hand-written spec of Amazon DataZone.
func TestDataZone(t *testing.T) {
	api := load(t, "datazone.yaml", datazone(t))
	op := operation(t, api, "GetDataSourceRun")
	errors := map[string]spec.ErrorTraits{
		"AccessDeniedException":         {Status: 403},
		"ConflictException":             {Status: 409},
		"InternalServerException":       {Status: 500, Server: true, Retryable: true},
		"ResourceNotFoundException":     {Status: 404},
		"ServiceQuotaExceededException": {Status: 402},
		"ThrottlingException":           {Status: 429, Retryable: true},
		"UnauthorizedException":         {Status: 401},
		"ValidationException":           {Status: 400},
	}
	for _, e := range op.Errors {
		if want, ok := errors[e.Name]; !ok || *e.Error != want {
			t.Errorf("%s is %+v, want %+v", e.Name, *e.Error, want)
		}
		if len(e.Members) != 1 || e.Members[0].Name != "message" || !e.Members[0].Required || e.Members[0].Target.Name != "ErrorMessage" {
			t.Errorf("%s has the members %v", e.Name, e.Members)
		}
	}
	if len(op.Errors) != len(errors) || op.HTTP.Status != 200 || op.HTTP.Method != "GET" || !op.ReadOnly {
		t.Errorf("operation is %+v", op)
	}
	for _, c := range []struct {
		shape *spec.Shape
		want  string
	}{
		{op.Input, "domainIdentifier:DomainId! identifier:DataSourceRunId!"},
		{op.Output, "domainId:DomainId! dataSourceId:DataSourceId! id:DataSourceRunId! projectId:ProjectId! status:DataSourceRunStatus! " +
			"type:DataSourceRunType! dataSourceConfigurationSnapshot:String runStatisticsForAssets:RunStatisticsForAssets " +
			"lineageSummary:DataSourceRunLineageSummary errorMessage:DataSourceErrorMessage createdAt:DateTime! updatedAt:DateTime! " +
			"startedAt:DateTime stoppedAt:DateTime"},
		{api.Shapes["RunStatisticsForAssets"], "added:Integer updated:Integer unchanged:Integer skipped:Integer failed:Integer"},
		{api.Shapes["DataSourceRunLineageSummary"], "importStatus:LineageImportStatus"},
		{api.Shapes["DataSourceErrorMessage"], "errorType:DataSourceErrorType! errorDetail:String"},
	} {
		if got := memberList(c.shape); got != c.want {
			t.Errorf("%s has\n%s, want\n%s", c.shape.Name, got, c.want)
		}
	}
}

func memberList(s *spec.Shape) string {
	var members []string
	for _, m := range s.Members {
		text := m.Name + ":" + m.Target.Name
		if m.Required {
			text += "!"
		}
		members = append(members, text)
	}
	return strings.Join(members, " ")
}

// TestDataZoneIsDocumented sees that nothing that a user meets lacks a text.
func TestDataZoneIsDocumented(t *testing.T) {
	api := load(t, "datazone.yaml", datazone(t))
	op := operation(t, api, "GetDataSourceRun")
	if op.Documentation == "" || api.Documentation == "" {
		t.Error("the operation or the service lacks a text")
	}
	for _, s := range append(op.Errors, op.Input, op.Output, api.Shapes["RunStatisticsForAssets"], api.Shapes["DataSourceErrorMessage"]) {
		for _, m := range s.Members {
			if m.Documentation == "" && s.Error == nil || s.Error != nil && s.Documentation == "" {
				t.Errorf("%s.%s lacks a text", s.Name, m.Name)
			}
		}
	}
}
