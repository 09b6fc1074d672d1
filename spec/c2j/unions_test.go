package c2j_test

import (
	"strings"
	"testing"

	"example.com/lathe/spec"
	"example.com/lathe/spec/c2j"
)

// TestOldUnions loads a union that is older than the mark, of the service that has it and of another.
func TestOldUnions(t *testing.T) {
	const service = `{
		"metadata": {"apiVersion": "1", "protocol": "json", "jsonVersion": "1.0", "targetPrefix": "T", "serviceId": "SERVICE",
			"endpointPrefix": "s", "signatureVersion": "v4"},
		"operations": {"Get": {"http": {"method": "POST", "requestUri": "/"}, "output": {"shape": "Out"}}},
		"shapes": {"Out": {"type": "structure", "members": {"v": {"shape": "AttributeValue"}}},
			"AttributeValue": {"type": "structure", "members": {"S": {"shape": "Text"}, "L": {"shape": "List"}}},
			"List": {"type": "list", "member": {"shape": "AttributeValue"}}, "Text": {"type": "string"}}}`
	for id, want := range map[string]spec.Kind{"DynamoDB": spec.Union, "Shop": spec.Structure} {
		api, err := c2j.Load("service-2.json", []byte(strings.Replace(service, "SERVICE", id, 1)), c2j.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := api.Shapes["AttributeValue"].Kind; got != want {
			t.Errorf("AttributeValue of %s is a %s, want a %s", id, got, want)
		}
	}
}
