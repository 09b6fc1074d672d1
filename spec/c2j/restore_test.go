package c2j_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"example.com/lathe/spec"
	"example.com/lathe/spec/c2j"
)

// restored loads a service with what the format has otherwise, under an id.
func restored(t *testing.T, id string) *spec.API {
	t.Helper()
	const service = `{
		"metadata": {"apiVersion": "1", "protocol": "json", "jsonVersion": "1.0", "targetPrefix": "T", "serviceId": "SERVICE",
			"endpointPrefix": "s", "signatureVersion": "v4"},
		"operations": {
			"Find": {"http": {"method": "POST", "requestUri": "/"}, "output": {"shape": "Found"}, "endpointoperation": true},
			"HeadObject": {"http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "In"}, "output": {"shape": "In"},
				"errors": [{"shape": "Gone"}]},
			"Put": {"http": {"method": "POST", "requestUri": "/"}, "endpointdiscovery": {}},
			"Get": {"http": {"method": "POST", "requestUri": "/"}, "errors": [{"shape": "Gone"}], "endpointdiscovery": {"required": true}}},
		"shapes": {
			"Found": {"type": "structure", "members": {"Endpoints": {"shape": "Texts"}}}, "Texts": {"type": "list", "member": {"shape": "Text"}},
			"In": {"type": "structure", "members": {
				"PartNumberMarker": {"shape": "Number"}, "MaxItems": {"shape": "Text"}, "Other": {"shape": "Number"}}},
			"Gone": {"type": "structure", "members": {}, "exception": true},
			"Text": {"type": "string"}, "Number": {"type": "integer"}}}`
	api, err := c2j.Load("service-2.json", []byte(strings.Replace(service, "SERVICE", id, 1)), c2j.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// TestOtherKinds loads members that have another kind elsewhere, of the services that have them and of another.
func TestOtherKinds(t *testing.T) {
	for id, want := range map[string]string{"S3": "string string integer", "Route 53": "integer integer integer", "Shop": "integer string integer"} {
		var kinds []string
		for _, m := range restored(t, id).Shapes["In"].Members {
			kinds = append(kinds, m.Target.Kind.String())
			if m.Target.Kind == spec.String && m.ZeroGuessed {
				t.Errorf("%s of %s is zero", m.Name, id)
			}
		}
		if got := strings.Join(kinds, " "); got != want {
			t.Errorf("the members of %s are of the kinds %s, want %s", id, got, want)
		}
	}
}

// TestLostErrors loads operations whose errors the format leaves out.
func TestLostErrors(t *testing.T) {
	const discovery = "Find[] HeadObject[Gone] Put[InvalidEndpointException] Get[Gone InvalidEndpointException]"
	for id, want := range map[string]string{"Shop": discovery, "S3": strings.Replace(discovery, "HeadObject[Gone]", "HeadObject[Gone NotFound]", 1)} {
		api := restored(t, id)
		var all []string
		for _, op := range api.Operations {
			var names []string
			for _, e := range op.Errors {
				names = append(names, e.Name)
			}
			all = append(all, op.Name+"["+strings.Join(names, " ")+"]")
		}
		if got := strings.Join(all, " "); got != want {
			t.Errorf("the errors of %s are %s, want %s", id, got, want)
		}
		if e := api.Shapes["InvalidEndpointException"]; e.Error.Status != 421 || e.Error.Server {
			t.Errorf("the error of endpoints is %+v", e.Error)
		}
	}
}

// TestLostWaiters loads an operation whose waiters the format leaves out; one that it has stays.
func TestLostWaiters(t *testing.T) {
	const service = `{
		"metadata": {"apiVersion": "1", "protocol": "json", "jsonVersion": "1.0", "targetPrefix": "T", "serviceId": "SERVICE",
			"endpointPrefix": "s", "signatureVersion": "v4"},
		"operations": {"DescribeAutoScalingGroups": {"http": {"method": "POST", "requestUri": "/"}, "output": {"shape": "Out"}}},
		"shapes": {"Out": {"type": "structure", "members": {"AutoScalingGroups": {"shape": "Texts"}}},
			"Texts": {"type": "list", "member": {"shape": "Text"}}, "Text": {"type": "string"}}}`
	const own = `{"version": 2, "waiters": {"GroupExists": {"operation": "DescribeAutoScalingGroups", "delay": 7, "maxAttempts": 2,
		"acceptors": [{"matcher": "status", "expected": 200, "state": "success"}]}}}`
	for id, want := range map[string]string{"Auto Scaling": "GroupExists 7 GroupInService 15 GroupNotExists 15 ", "Shop": "GroupExists 7 "} {
		api, err := c2j.Load("service-2.json", []byte(strings.Replace(service, "SERVICE", id, 1)), c2j.Options{
			Siblings: fstest.MapFS{"waiters-2.json": {Data: []byte(own)}},
		})
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for _, w := range api.Operations[0].Waiters {
			fmt.Fprint(&got, w.Name, " ", w.MinDelay, " ")
		}
		if got.String() != want {
			t.Errorf("the waiters of %s are %s, want %s", id, got.String(), want)
		}
	}
}
