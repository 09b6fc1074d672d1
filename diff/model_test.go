package diff_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/diff"
	"example.com/lathe/spec"
)

// TestModelChanges makes changes that no document of the formats gives alone.
func TestModelChanges(t *testing.T) {
	for _, c := range []struct {
		name   string
		before func(*spec.API)
		after  func(*spec.API)
		want   string
	}{
		{
			"error became a structure", func(api *spec.API) { giveCause(api) },
			func(api *spec.API) {
				giveCause(api)
				api.Shapes["Conflict"].Error = nil
				operationNamed(api, "PutRun").Errors = []*spec.Shape{api.Shapes["Failure"]}
			},
			`notable   error-removed  PutRun.errors.Conflict  wire=none go=none behaviour=notable  "Conflict" -> ""  PutRun
breaking  error-trait-changed  shape:Conflict  wire=none go=breaking behaviour=notable  "an error" -> "a structure"  GetRun [output]
`,
		},
		{
			"names in XML", func(api *spec.API) { api.Protocols = []spec.Protocol{spec.RestXML} },
			func(api *spec.API) {
				api.Protocols = []spec.Protocol{spec.RestXML}
				api.Shapes["GetRunOutput"].Member("tags").XML.Flattened = true
			},
			`breaking  xml-binding-changed  GetRun.output.tags  wire=breaking go=none behaviour=none  "the default" -> "flattened"  GetRun [output]
`,
		},
		{
			"names in XML of a JSON service", nil,
			func(api *spec.API) { api.Shapes["GetRunOutput"].Member("tags").XML.Flattened = true }, "",
		},
		{
			"error of the whole service", nil,
			func(api *spec.API) {
				api.Errors = []*spec.Shape{{Name: "Busy", Kind: spec.Structure, Error: &spec.ErrorTraits{Status: 429}}}
			},
			`notable   error-added  service.errors.Busy  wire=none go=none behaviour=notable  "" -> "Busy"  GetRun,ListRuns,PutRun,UploadRun
`,
		},
		{
			"integer became an enum of integers", nil,
			func(api *spec.API) {
				size := api.Shapes["PageSize"]
				size.Kind, size.EnumValues = spec.IntEnum, []spec.EnumValue{{Name: "TEN", Value: "10"}}
			},
			`breaking  enum-introduced  shape:PageSize  wire=notable go=breaking behaviour=none  "an integer" -> "the intEnum PageSize"  ListRuns [input]
`,
		},
		{
			"labels change places", func(api *spec.API) { twoLabels(api, "id", "part") }, func(api *spec.API) { twoLabels(api, "part", "id") },
			`breaking  wire-name-changed  GetRun.input.id  wire=breaking go=none behaviour=none  "label 1" -> "label 2"  GetRun [input]
breaking  wire-name-changed  GetRun.input.part  wire=breaking go=none behaviour=none  "label 2" -> "label 1"  GetRun [input]
`,
		},
		{
			"default added later", func(api *spec.API) { zero(api, false) }, func(api *spec.API) { zero(api, true) },
			`breaking  go-type-changed  shape:Stats.failed  wire=none go=breaking behaviour=none  "int32" -> "*int32"  GetRun,ListRuns,PutRun [input output]
`,
		},
		{
			"default that the other format has lost", func(api *spec.API) { zero(api, false) },
			func(api *spec.API) { api.Shapes["Stats"].Member("failed").ZeroGuessed = true },
			`notable   go-type-guessed  shape:Stats.failed  wire=none go=notable behaviour=none  "int32" -> "*int32"  GetRun,ListRuns,PutRun [input output]
`,
		},
		{
			"shape reached elsewhere", nil,
			func(api *spec.API) { // Status is reached from other members, and has another value
				api.Shapes["GetRunOutput"].Member("status").Target = api.Shapes["Text"]
				api.Shapes["PutRunInput"].Member("status").Target = api.Shapes["Text"]
				api.Shapes["GetRunOutput"].Member("message").Target = api.Shapes["Status"]
				api.Shapes["Status"].EnumValues = api.Shapes["Status"].EnumValues[1:]
			},
			`breaking  enum-introduced  GetRun.output.message  wire=none go=breaking behaviour=none  "a string" -> "the enum Status"  GetRun [output]
breaking  enum-dropped  GetRun.output.status  wire=notable go=breaking behaviour=none  "the enum Status" -> "a string"  GetRun [output]
breaking  enum-dropped  PutRun.input.status  wire=none go=breaking behaviour=none  "the enum Status" -> "a string"  PutRun [input]
breaking  enum-value-removed  shape:Status.NEW  wire=breaking go=breaking behaviour=none  "NEW" -> ""  GetRun,PutRun [input output]
`,
		},
		{
			"constant taken by another value", func(api *spec.API) { unnamed(api, "a_b", "c") }, func(api *spec.API) { unnamed(api, "a_b", "c", "a.b") },
			`none      enum-value-added  shape:Status.a.b  wire=none go=none behaviour=none  "" -> "a.b"  PutRun [input]
none      enum-value-renamed  shape:Status.a_b  wire=none go=none behaviour=none  "StatusAB" -> "Statusa_b"  PutRun [input]
breaking  go-constant-changed  shape:Status.a_b  wire=none go=none behaviour=breaking  "a_b" -> "a.b"  PutRun [input]
`,
		},
		{
			"constant of another spelling", func(api *spec.API) { unnamed(api, "a.b") }, func(api *spec.API) { unnamed(api, "a.b", "a_b") },
			`none      enum-value-added  shape:Status.a_b  wire=none go=none behaviour=none  "" -> "a_b"  PutRun [input]
`,
		},
		{
			"constants without names", func(api *spec.API) { unnamed(api, "<", "<=", "=") }, func(api *spec.API) { unnamed(api, "<", "<=", ">", "=") },
			`none      enum-value-renamed  shape:Status.=  wire=none go=none behaviour=none  "Status__2" -> "Status__3"  PutRun [input]
breaking  go-constant-changed  shape:Status.=  wire=none go=none behaviour=breaking  "=" -> ">"  PutRun [input]
none      enum-value-added  shape:Status.>  wire=none go=none behaviour=none  "" -> ">"  PutRun [input]
`,
		},
		{
			"JSON in a body", nil,
			func(api *spec.API) {
				api.Shapes["Text"].MediaType = "application/json"
				api.Shapes["GetRunOutput"].Member("message").JSONValue = true
			},
			`notable   media-type-changed  shape:Text  wire=notable go=none behaviour=none  "" -> "application/json"  GetRun,ListRuns,PutRun [input output]
`,
		},
		{
			"limits of another type", nil,
			func(api *spec.API) {
				api.Shapes["Text"].Kind = spec.Integer
				api.Shapes["Text"].Constraints = spec.Constraints{Min: "1"}
			},
			`breaking  type-changed  shape:Text  wire=breaking go=breaking behaviour=none  "a string" -> "an integer"  GetRun,ListRuns,PutRun [input output]
`,
		},
		{
			"no input any more", nil, func(api *spec.API) { operationNamed(api, "ListRuns").Input = nil },
			`breaking  member-removed  ListRuns.input.maxResults  wire=notable go=breaking behaviour=none  "an integer" -> ""  ListRuns [input]
breaking  member-removed  ListRuns.input.nextToken  wire=notable go=breaking behaviour=none  "a string" -> ""  ListRuns [input]
`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, after := base["smithy"].mustLoad(t), base["smithy"].mustLoad(t)
			if c.before != nil {
				c.before(before)
			}
			c.after(after)
			if diff := cmp.Diff(c.want, lines(diff.Compare(before, after))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestSentences looks at the words for what stands in collections and for members
// that have another shape.
func TestSentences(t *testing.T) {
	before, after := base["smithy"].mustLoad(t), base["smithy"].mustLoad(t)
	after.Shapes["Tags"].Element.Target = after.Shapes["Size"]
	after.Shapes["GetRunOutput"].Member("stats").Target = after.Shapes["Choice"]
	after.Shapes["Choice"].Kind = spec.Structure
	var got []string
	for _, c := range diff.Compare(before, after).Changes {
		got = append(got, c.Text)
	}
	for _, want := range []string{"an element of Tags is a long instead of a string", "added of Stats (now Choice) is gone"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
}

// giveCause makes an output hold an error.
func giveCause(api *spec.API) {
	out := api.Shapes["GetRunOutput"]
	out.Members = append(out.Members, &spec.Member{Name: "cause", Target: api.Shapes["Conflict"]})
}

// unnamed sets the values of an enum, without names, and takes it out of outputs.
func unnamed(api *spec.API, values ...string) {
	api.Shapes["GetRunOutput"].Member("status").Target = api.Shapes["Text"]
	api.Shapes["Status"].EnumValues = nil
	for _, v := range values {
		api.Shapes["Status"].EnumValues = append(api.Shapes["Status"].EnumValues, spec.EnumValue{Name: v, Value: v, NameOrigin: spec.NameWanted})
	}
}

// twoLabels sets the path of GetRun to one with two labels.
func twoLabels(api *spec.API, first, second string) {
	op := operationNamed(api, "GetRun")
	uri, err := spec.ParseURI("/v1/{" + first + "}/{" + second + "}")
	if err != nil {
		panic(err)
	}
	op.HTTP.URI = uri
	op.Input.Members = append(op.Input.Members, &spec.Member{
		Name: "part", Target: api.Shapes["RunId"], Required: true, Location: spec.InLabel, LocationName: "part",
	})
}

// zero sets the default of a number to zero.
func zero(api *spec.API, added bool) {
	api.Shapes["Stats"].Member("failed").Default = &spec.Default{Value: json.Number("0"), Added: added}
}
