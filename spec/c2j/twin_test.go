package c2j_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/spec/c2j"
	"example.com/lathe/spec/smithy"
)

// One service in both formats, written as the publishers write them.
const (
	twinC2J = `{
		"metadata": {"apiVersion": "1", "auth": ["aws.auth#sigv4"], "endpointPrefix": "shop", "protocol": "rest-json", "protocols": ["rest-json"],
			"serviceFullName": "Shop", "serviceId": "Shop", "signatureVersion": "v4", "signingName": "shops"},
		"operations": {
			"GetItem": {"name": "GetItem", "http": {"method": "GET", "requestUri": "/items/{item-id}"}, "input": {"shape": "GetItemInput"}, "output": {"shape": "Item"},
				"errors": [{"shape": "Throttled"}, {"shape": "Failure"}, {"shape": "Denied"}], "readonly": true},
			"ListItems": {"name": "ListItems", "http": {"method": "GET", "requestUri": "/items", "responseCode": 200}, "input": {"shape": "ListItemsInput"},
				"output": {"shape": "ListItemsOutput"}, "errors": [{"shape": "Denied"}]}
		},
		"shapes": {
			"GetItemInput": {"type": "structure", "required": ["id"], "members": {
				"id": {"shape": "Id", "location": "uri", "locationName": "item-id"},
				"tags": {"shape": "Tags", "location": "querystring"},
				"meta": {"shape": "Tags", "location": "headers", "locationName": "x-meta-"},
				"since": {"shape": "SyntheticTimestamp_date_time", "location": "header", "locationName": "x-since"}
			}},
			"Id": {"type": "string", "max": 9, "min": 0, "pattern": "[a-z]*"},
			"Tags": {"type": "map", "key": {"shape": "String"}, "value": {"shape": "String"}, "max": 50, "min": 0},
			"String": {"type": "string"},
			"Timestamp": {"type": "timestamp"},
			"SyntheticTimestamp_date_time": {"type": "timestamp", "timestampFormat": "iso8601"},
			"Item": {"type": "structure", "members": {"price": {"shape": "Price"}}, "payload": "price"},
			"Price": {"type": "structure", "members": {
				"amount": {"shape": "Double"},
				"cents": {"shape": "Count", "locationName": "Cents"},
				"kind": {"shape": "Kind"},
				"at": {"shape": "Timestamp"},
				"note": {"shape": "PriceNoteString"},
				"choice": {"shape": "Choice"}
			}},
			"Double": {"type": "double", "box": true},
			"Count": {"type": "integer"},
			"Kind": {"type": "string", "enum": ["net", "gross-sum"]},
			"PriceNoteString": {"type": "string", "max": 80, "min": 0},
			"Choice": {"type": "structure", "members": {"a": {"shape": "String"}, "b": {"shape": "Price"}}, "union": true},
			"ListItemsInput": {"type": "structure", "members": {
				"next": {"shape": "String", "location": "querystring", "locationName": "next"},
				"limit": {"shape": "Limit", "location": "querystring", "locationName": "limit"}
			}},
			"Limit": {"type": "integer", "max": 50, "min": 1},
			"ListItemsOutput": {"type": "structure", "members": {"items": {"shape": "Prices"}, "next": {"shape": "String"}}},
			"Prices": {"type": "list", "member": {"shape": "Price"}},
			"Throttled": {"type": "structure", "members": {}, "error": {"httpStatusCode": 429, "senderFault": true}, "exception": true, "retryable": {"throttling": true}},
			"Failure": {"type": "structure", "members": {}, "error": {"httpStatusCode": 500}, "exception": true, "fault": true},
			"Denied": {"type": "structure", "members": {}, "error": {"httpStatusCode": 403, "senderFault": true}, "exception": true}
		}
	}`
	twinPaginators = `{"pagination": {"ListItems": {"input_token": "next", "output_token": "next", "limit_key": "limit", "result_key": "items"}}}`
	twinWaiters    = `{"version": 2, "waiters": {"Sold": {"operation": "GetItem", "delay": 3, "maxAttempts": 15, "acceptors": [
		{"state": "success", "matcher": "path", "argument": "price.kind", "expected": "net"}, {"state": "retry", "matcher": "status", "expected": 200}]}}}`
	twinSmithy = `{"smithy": "2.0", "shapes": {
		"x.shop#Choice": {"type": "union", "members": {"a": {"target": "smithy.api#String"}, "b": {"target": "x.shop#Price"}}},
		"x.shop#Count": {"type": "integer"},
		"x.shop#Denied": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client", "smithy.api#httpError": 403}},
		"x.shop#Failure": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "server", "smithy.api#httpError": 500}},
		"x.shop#GetItem": {"type": "operation", "input": {"target": "x.shop#GetItemInput"}, "output": {"target": "x.shop#Item"},
			"errors": [{"target": "x.shop#Failure"}, {"target": "x.shop#Throttled"}],
			"traits": {"smithy.api#http": {"method": "GET", "uri": "/items/{id}", "code": 200}, "smithy.api#readonly": {},
				"smithy.waiters#waitable": {"Sold": {"minDelay": 3, "acceptors": [
					{"state": "success", "matcher": {"output": {"path": "price.kind", "expected": "net", "comparator": "stringEquals"}}},
					{"state": "retry", "matcher": {"success": true}}]}}}},
		"x.shop#GetItemInput": {"type": "structure", "members": {
			"id": {"target": "x.shop#Id", "traits": {"smithy.api#httpLabel": {}, "smithy.api#required": {}}},
			"tags": {"target": "x.shop#Tags", "traits": {"smithy.api#httpQueryParams": {}}},
			"meta": {"target": "x.shop#Tags", "traits": {"smithy.api#httpPrefixHeaders": "x-meta-"}},
			"since": {"target": "smithy.api#Timestamp", "traits": {"smithy.api#httpHeader": "x-since", "smithy.api#timestampFormat": "date-time"}}
		}, "traits": {"smithy.api#input": {}}},
		"x.shop#Id": {"type": "string", "traits": {"smithy.api#length": {"max": 9}, "smithy.api#pattern": "^[a-z]*$"}},
		"x.shop#Item": {"type": "structure", "members": {"price": {"target": "x.shop#Price", "traits": {"smithy.api#httpPayload": {}}}}},
		"x.shop#Kind": {"type": "enum", "members": {
			"net": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "net"}},
			"gross_sum": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "gross-sum"}}}},
		"x.shop#Limit": {"type": "integer", "traits": {"smithy.api#range": {"min": 1, "max": 50}}},
		"x.shop#ListItems": {"type": "operation", "input": {"target": "x.shop#ListItemsInput"}, "output": {"target": "x.shop#ListItemsOutput"},
			"traits": {"smithy.api#http": {"method": "GET", "uri": "/items"}, "smithy.api#paginated": {"inputToken": "next", "outputToken": "next", "items": "items", "pageSize": "limit"}}},
		"x.shop#ListItemsInput": {"type": "structure", "members": {
			"next": {"target": "smithy.api#String", "traits": {"smithy.api#httpQuery": "next"}},
			"limit": {"target": "x.shop#Limit", "traits": {"smithy.api#httpQuery": "limit"}}
		}, "traits": {"smithy.api#input": {}}},
		"x.shop#ListItemsOutput": {"type": "structure", "members": {"items": {"target": "x.shop#Prices"}, "next": {"target": "smithy.api#String"}}},
		"x.shop#Price": {"type": "structure", "members": {
			"amount": {"target": "smithy.api#Double"},
			"cents": {"target": "x.shop#Count", "traits": {"smithy.api#jsonName": "Cents"}},
			"kind": {"target": "x.shop#Kind"},
			"at": {"target": "smithy.api#Timestamp"},
			"note": {"target": "smithy.api#String", "traits": {"smithy.api#length": {"min": 0, "max": 80}}},
			"choice": {"target": "x.shop#Choice"}
		}},
		"x.shop#Prices": {"type": "list", "member": {"target": "x.shop#Price"}},
		"x.shop#Shop": {"type": "service", "version": "1", "operations": [{"target": "x.shop#ListItems"}, {"target": "x.shop#GetItem"}], "errors": [{"target": "x.shop#Denied"}],
			"traits": {"aws.api#service": {"sdkId": "Shop"}, "aws.auth#sigv4": {"name": "shops"}, "aws.protocols#restJson1": {}, "smithy.api#title": "Shop"}},
		"x.shop#Tags": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "smithy.api#String"}, "traits": {"smithy.api#length": {"min": 0, "max": 50}}},
		"x.shop#Throttled": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client", "smithy.api#httpError": 429, "smithy.api#retryable": {"throttling": true}}}
	}}`
)

// TestTwins loads a service from both formats: the models are the same.
func TestTwins(t *testing.T) {
	fromSmithy, err := smithy.Load("twin.json", []byte(twinSmithy), smithy.Options{})
	if err != nil {
		t.Fatal(err)
	}
	siblings := fstest.MapFS{"paginators-1.json": {Data: []byte(twinPaginators)}, "waiters-2.json": {Data: []byte(twinWaiters)}}
	fromC2J, err := c2j.Load("service-2.json", []byte(twinC2J), c2j.Options{Siblings: siblings})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(dump(t, fromSmithy), dump(t, fromC2J)); diff != "" {
		t.Errorf("- Smithy, + C2J:\n%s", diff)
	}
	for i, op := range fromSmithy.Operations {
		twin := fromC2J.Operations[i]
		if op.Name != twin.Name || op.ReadOnly != twin.ReadOnly || op.Input.Input != twin.Input.Input {
			t.Errorf("operation %s differs from %s", op.Name, twin.Name)
		}
	}
	if fromSmithy.Title != fromC2J.Title || fromSmithy.EndpointPrefix != fromC2J.EndpointPrefix {
		t.Errorf("%q, %q differs from %q, %q", fromSmithy.Title, fromSmithy.EndpointPrefix, fromC2J.Title, fromC2J.EndpointPrefix)
	}
}
