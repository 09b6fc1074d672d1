package c2j_test

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/spec"
	"example.com/lathe/spec/c2j"
)

const garden = "testdata/garden/service-2.json"

func loadGarden(t *testing.T, opts c2j.Options) *spec.API {
	t.Helper()
	data, err := os.ReadFile(garden)
	if err != nil {
		t.Fatal(err)
	}
	api, err := c2j.Load(garden, data, opts)
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
	got := dump(t, loadGarden(t, c2j.Options{Siblings: os.DirFS("testdata/garden")}))
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the dump differs (- want, + got):\n%s", diff)
	}
}

// TestGardenDetails checks what a dump does not show.
func TestGardenDetails(t *testing.T) {
	api := loadGarden(t, c2j.Options{Siblings: os.DirFS("testdata/garden"), EndpointTests: true})
	input, plants, get := api.Shapes["GetBedRequest"], api.Shapes["Plants"], api.Operations[0]
	for what, c := range map[string]struct{ got, want any }{
		"title":                  {api.Title, "Amazon Garden Keeper"},
		"documentation":          {api.Documentation, "<p>Keeps gardens.</p>"},
		"position":               {api.Pos, spec.Pos{File: garden, Line: 3, Column: 3, Pointer: "/metadata"}},
		"member's position":      {input.Member("Id").Pos.Pointer, "/shapes/GetBedRequest/members/Id"},
		"value's position":       {api.Shapes["State"].EnumValues[1].Pos.Pointer, "/shapes/State/enum/1"},
		"input of one":           {input.Input, true},
		"input and output":       {api.Shapes["PutBedRequest"].Input, false},
		"output":                 {plants.Input, false},
		"payload":                {api.Shapes["PutBedRequest"].Member("body").Location, spec.InPayload},
		"payload's name":         {api.Shapes["PutBedRequest"].Member("body").JSONName, ""},
		"status code":            {plants.Member("status").Location, spec.InStatusCode},
		"query parameters":       {input.Member("Others").Location, spec.InQueryParams},
		"prefix":                 {input.Member("Meta").LocationName, "X-Meta-"},
		"same wire name":         {plants.Member("state").JSONName, ""},
		"recursion":              {plants.Member("nested").Target == plants, true},
		"media type":             {input.Member("Json").MediaType, "application/json"},
		"documentation of Name":  {input.Member("Name").Documentation, "A name."},
		"read only":              {get.ReadOnly, true},
		"idempotent":             {api.Operations[2].Idempotent, true},
		"never signed":           {api.Operations[3].Auth, []spec.AuthScheme{}},
		"deprecation":            {*api.Operations[1].Deprecated, spec.Deprecation{Message: "Use GetBed.", Since: "2024-06"}},
		"path":                   {get.HTTP.URI.Labels(), []string{"Id", "Path"}},
		"path's position":        {get.HTTP.Pos.Pointer, "/operations/GetBed/http"},
		"waiter's documentation": {get.Waiters[1].Documentation, "Waits for growth."},
		"client parameter":       {api.Endpoint.Parameters[1].Client, true},
		"other parameter":        {api.Endpoint.Parameters[0].Client, false},
		"rules' position":        {api.Endpoint.Rules[0].Pos.File + api.Endpoint.Rules[0].Pos.Pointer, "testdata/garden/endpoint-rule-set-1.json/rules/0"},
		"endpoint tests":         {len(api.EndpointTests), 1},
		"unreached":              {api.Shapes["Unreached"], (*spec.Shape)(nil)},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (- want, + got):\n%s", what, diff)
		}
	}
}

// TestWithoutSiblings loads from bytes alone.
func TestWithoutSiblings(t *testing.T) {
	api := loadGarden(t, c2j.Options{EndpointTests: true})
	if api.Endpoint != nil || api.EndpointTests != nil || api.Operations[0].Waiters != nil || api.Operations[1].Pagination != nil {
		t.Error("something came from files that were not given")
	}
	if api.ID != "Garden Keeper" { // of "Amazon Garden Keeper"
		t.Errorf("id %q", api.ID)
	}
}

// denied is a folder that nobody may read.
type denied struct{}

func (denied) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

func TestBadSiblings(t *testing.T) {
	for name, c := range map[string]struct {
		siblings fs.FS
		want     string
	}{
		"empty folder": {fstest.MapFS{}, ""},
		"broken": {fstest.MapFS{
			"paginators-1.json":             {Data: []byte(`{"pagination": {"ListBeds": {"input_token": 5, "output_token": [1]}, "GetBed": 1}}`)},
			"paginators-1.sdk-extras.json":  {Data: []byte(`{`)},
			"waiters-2.json":                {Data: []byte("{\"waiters\": {\"W\": {\"operation\": \"GetBed\", \"delay\": true, \"acceptors\": [1,\n{\"state\": \"x\", \"matcher\": \"y\"}]}, \"X\": 1}}")},
			"endpoint-rule-set-1.json":      {Data: []byte(`[]`)},
			"service-2.sdk-extras.json":     {Data: []byte(`{"merge": {"shapes": {"Bed": {"members": {"size": {"shape": "Gone"}}}}}}`)},
			"waiters-2.sdk-extras.json":     {Data: []byte(`{"merge": []}`)},
			"examples-1.json":               {Data: []byte(`nobody reads it without being asked`)},
			"service-2.sdk-extras.json.bak": {Data: []byte(`nor this`)},
		}, `testdata/garden/endpoint-rule-set-1.json:1:1: the document must be an object, not an array
testdata/garden/paginators-1.json:1:45: "input_token" must be a string, not a number (at #/pagination/ListBeds/input_token)
testdata/garden/paginators-1.json:1:65: the element must be a string, not a number (at #/pagination/ListBeds/output_token/0)
testdata/garden/paginators-1.json:1:80: "GetBed" must be an object, not a number (at #/pagination/GetBed)
testdata/garden/paginators-1.sdk-extras.json:1:2: the document ends in the middle of an object that begins in line 1
testdata/garden/service-2.sdk-extras.json:1:23: shape Bed has no type (at #/merge/shapes/Bed)
testdata/garden/waiters-2.json:1:52: "delay" must be a number, not a boolean (at #/waiters/W/delay)
testdata/garden/waiters-2.json:1:72: the element must be an object, not a number (at #/waiters/W/acceptors/0)
testdata/garden/waiters-2.json:2:2: state "x" of an acceptor is not known (at #/waiters/W/acceptors/1/state)
	hint: use success, failure or retry
testdata/garden/waiters-2.json:2:16: matcher "y" is not known (at #/waiters/W/acceptors/1/matcher)
	hint: use path, pathAll, pathAny, error or status
testdata/garden/waiters-2.json:2:40: "X" must be an object, not a number (at #/waiters/X)
testdata/garden/waiters-2.sdk-extras.json:1:11: "merge" must be an object, not an array (at #/merge)`},
		"denied": {denied{}, `testdata/garden/endpoint-rule-set-1.json: open endpoint-rule-set-1.json: permission denied
testdata/garden/paginators-1.json: open paginators-1.json: permission denied
testdata/garden/service-2.sdk-extras.json: open service-2.sdk-extras.json: permission denied
testdata/garden/waiters-2.json: open waiters-2.json: permission denied`},
	} {
		data, err := os.ReadFile(garden)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if _, err := c2j.Load(garden, data, c2j.Options{Siblings: c.siblings}); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		`{"version": "2.0", "metadata": {}, "operations": {}}`:   true,
		`{"operations": {"A": {}}, "metadata": {}, broken`:       true,
		`{"metadata": {}, "shapes": {}, "smithy": "2.0"}`:        false,
		`{"metadata": {}, "shapes": {}}`:                         false,
		`{"metadata": [], "operations": {}}`:                     false,
		`{"openapi": "3.0.0", "metadata": {}, "operations": {}}`: false,
		`["metadata", "operations"]`:                             false,
		``:                                                       false,
		`{"metadata": {`:                                         false,
	} {
		if got := c2j.Sniff([]byte(text)); got != want {
			t.Errorf("Sniff(%s) = %v", text, got)
		}
	}
}

// TestXMLAndQuery loads what only the protocols in XML have.
func TestXMLAndQuery(t *testing.T) {
	const source = `{
		"metadata": {"apiVersion": "1", "protocol": "query", "serviceId": "Q", "signatureVersion": "v4", "endpointPrefix": "q"},
		"operations": {"Op": {"name": "Op", "http": {"method": "POST", "requestUri": "/"},
			"input": {"shape": "In", "locationName": "OpRequest", "xmlNamespace": {"uri": "urn:q", "prefix": "p"}}, "errors": [{"shape": "E"}]}},
		"shapes": {
			"In": {"type": "structure", "members": {
				"list": {"shape": "L", "locationName": "Items"},
				"flat": {"shape": "F"},
				"named": {"shape": "N"},
				"attribute": {"shape": "T", "xmlAttribute": true, "xmlNamespace": "urn:old"},
				"header": {"shape": "T", "location": "header", "locationName": "x-h"}
			}},
			"L": {"type": "list", "member": {"shape": "T", "locationName": "item"}},
			"F": {"type": "list", "member": {"shape": "T"}, "flattened": true},
			"N": {"type": "list", "member": {"shape": "T", "locationName": "Thing"}, "flattened": true},
			"T": {"type": "string"},
			"E": {"type": "structure", "members": {}, "error": {"code": "Oops", "httpStatusCode": 400, "senderFault": true}, "exception": true}
		}
	}`
	api, err := c2j.Load("q.json", []byte(source), c2j.Options{})
	if err != nil {
		t.Fatal(err)
	}
	input := api.Shapes["In"]
	for what, c := range map[string]struct{ got, want any }{
		"path":        {api.Operations[0].HTTP, spec.HTTP{}},
		"root":        {input.XML, spec.XML{Name: "OpRequest", NamespaceURI: "urn:q", NamespacePrefix: "p"}},
		"name":        {input.Member("list").XML, spec.XML{Name: "Items"}},
		"element":     {api.Shapes["L"].Element.XML, spec.XML{Name: "item"}},
		"flat items":  {input.Member("named").XML, spec.XML{Name: "Thing", Flattened: true}},
		"flattened":   {input.Member("flat").XML, spec.XML{Flattened: true}},
		"attribute":   {input.Member("attribute").XML, spec.XML{Attribute: true, NamespaceURI: "urn:old"}},
		"no JSON":     {input.Member("list").JSONName, ""},
		"no header":   {input.Member("header").Location, spec.InBody},
		"error":       {*api.Shapes["E"].Error, spec.ErrorTraits{Status: 400, QueryCode: "Oops"}},
		"signed":      {api.Auth, []spec.AuthScheme{spec.SigV4}},
		"signing":     {api.SigningName, "q"},
		"flat kind":   {api.Shapes["F"].Kind, spec.List},
		"the version": {api.Version, "1"},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (- want, + got):\n%s", what, diff)
		}
	}
}

// TestMetadata reads protocols and signatures in all their spellings.
func TestMetadata(t *testing.T) {
	for metadata, want := range map[string]string{
		`"protocol": "rest-json", "signatureVersion": "v4"`:                                "[restJson1] [aws.auth#sigv4] p",
		`"protocol": "rest-xml", "signatureVersion": "s3v4", "signingName": "n"`:           "[restXml] [aws.auth#sigv4] n",
		`"protocol": "json", "jsonVersion": "1.0", "signatureVersion": "v4a"`:              "[awsJson1_0] [aws.auth#sigv4a] p",
		`"protocol": "json", "jsonVersion": "1.1", "signatureVersion": "bearer"`:           "[awsJson1_1] [smithy.api#httpBearerAuth] ",
		`"protocol": "ec2", "signatureVersion": "v2"`:                                      "[ec2Query] [aws.auth#sigv2] ",
		`"protocols": ["query", "json", "smithy-rpc-v2-cbor"], "signatureVersion": "none"`: "[rpcv2Cbor awsJson1_1 awsQuery] [] ",
		`"protocol": "query", "protocols": ["rest-json"], "auth": ["smithy.api#noAuth"]`:   "[restJson1] [] ",
		`"auth": ["aws.auth#sigv4a", "aws.auth#sigv4"], "signatureVersion": "bearer"`:      "[] [aws.auth#sigv4a aws.auth#sigv4] p",
	} {
		api, err := c2j.Load("m.json", []byte(`{"metadata": {"endpointPrefix": "p", `+metadata+`}, "operations": {}, "shapes": {}}`), c2j.Options{})
		if err != nil {
			t.Errorf("%s: %v", metadata, err)
		} else if got := fmt.Sprint(api.Protocols, api.Auth, " ", api.SigningName); strings.Join(strings.Fields(got), " ") != strings.TrimSpace(want) {
			t.Errorf("%s: got %q, want %q", metadata, got, want)
		}
	}
}
