package c2j_test

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"example.com/lathe/spec"
	"example.com/lathe/spec/c2j"
)

// TestExtras adds to every part of a service file, and to the files beside it, as
// botocore does: members of objects one by one, and other values as a whole.
func TestExtras(t *testing.T) {
	const service = `{
		"metadata": {"apiVersion": "1", "protocol": "rest-json", "serviceId": "Shop", "endpointPrefix": "shop", "signatureVersion": "v4"},
		"operations": {"List": {"http": {"method": "GET", "requestUri": "/list"}, "input": {"shape": "In"}, "output": {"shape": "Out"}}},
		"shapes": {"In": {"type": "structure", "members": {"next": {"shape": "Text", "location": "querystring", "locationName": "next"}}},
			"Out": {"type": "structure", "required": ["a"], "members": {"next": {"shape": "Text"}, "at": {"shape": "Expires"}, "items": {"shape": "Texts"}}},
			"Texts": {"type": "list", "member": {"shape": "Text"}}, "Text": {"type": "string"}, "Expires": {"type": "string"}}}`
	extras := fstest.MapFS{
		"service-2.sdk-extras.json": {Data: []byte(`{"version": 1.0, "merge": {
			"metadata": {"serviceId": "Shop Two"},
			"operations": {"List": {"http": {"method": "POST"}}, "Get": {"http": {"method": "GET", "requestUri": "/get"}, "output": {"shape": "Out"}}},
			"shapes": {"Expires": {"type": "timestamp"}, "Out": {"required": ["next"], "members": {"added": {"shape": "Number"}}}, "Number": {"type": "integer"}}}}`)},
		"paginators-1.json":                   {Data: []byte(`{"pagination": {"List": {"input_token": "next", "output_token": "wrong"}}}`)},
		"paginators-1.sdk-extras.json":        {Data: []byte(`{"merge": {"pagination": {"List": {"output_token": "next", "result_key": "items"}}}}`)},
		"waiters-2.json":                      {Data: []byte(`{"waiters": {}}`)},
		"waiters-2.sdk-extras.json":           {Data: []byte(`{"merge": {"waiters": {"Listed": {"operation": "List", "delay": 5, "acceptors": [{"state": "success", "matcher": "status", "expected": 200}]}}}}`)},
		"endpoint-rule-set-1.json":            {Data: []byte(`{"version": "1.0", "parameters": {}, "rules": [{"conditions": [], "type": "error", "error": "x"}]}`)},
		"endpoint-rule-set-1.sdk-extras.json": {Data: []byte(`{"merge": {"parameters": {"Extra": {"type": "string"}}, "rules": [{"conditions": [], "type": "error", "error": "y"}]}}`)},
	}
	api, err := c2j.Load("service-2.json", []byte(service), c2j.Options{Siblings: extras})
	if err != nil {
		t.Fatal(err)
	}
	if api.ID != "Shop Two" || len(api.Operations) != 2 || api.Operations[1].Name != "Get" {
		t.Fatalf("service %q, %d operations", api.ID, len(api.Operations))
	}
	list, out := api.Operations[0], api.Operations[0].Output
	if list.HTTP.Method != "POST" || list.HTTP.URI.Source != "/list" {
		t.Errorf("%s %s", list.HTTP.Method, list.HTTP.URI.Source)
	}
	if at := out.Member("at"); at.Target.Kind != spec.Timestamp {
		t.Errorf("at is %s", at.Target.Kind)
	}
	if len(out.Members) != 4 || !out.Member("next").Required {
		t.Errorf("%d members; next is required: %t", len(out.Members), out.Member("next").Required)
	}
	if pos := out.Member("added").Pos; pos.File != "service-2.sdk-extras.json" || pos.Pointer != "/merge/shapes/Out/members/added" {
		t.Errorf("added stands at %v", pos)
	}
	if p := list.Pagination; p == nil || p.OutputToken != "next" || p.Items != "items" {
		t.Errorf("pagination %+v", p)
	}
	if len(list.Waiters) != 1 || list.Waiters[0].Name != "Listed" {
		t.Errorf("waiters %+v", list.Waiters)
	}
	if e := api.Endpoint; len(e.Parameters) != 1 || len(e.Rules) != 1 || e.Rules[0].Error.Literal != "y" {
		t.Errorf("endpoint %+v", e)
	}
}

// TestLoss sees that what the format has lost is said once.
func TestLoss(t *testing.T) {
	data, err := os.ReadFile(garden)
	if err != nil {
		t.Fatal(err)
	}
	api, err := c2j.Load(garden, data, c2j.Options{Siblings: fs.FS(fstest.MapFS{})})
	if err != nil {
		t.Fatal(err)
	}
	if len(api.Warnings) != 1 || api.Warnings[0].Pos.File != garden || api.Warnings[0].Hint != "to replace an official package, use the service's Smithy model" {
		t.Errorf("warnings %v", api.Warnings)
	}
}
