package lathe_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"example.com/lathe"
)

const (
	oldService = `{"version": "2.0", "metadata": {"apiVersion": "1", "endpointPrefix": "tiny", "protocol": "rest-json", "serviceId": "Tiny", "serviceFullName": "Tiny", "signatureVersion": "v4", "signingName": "tiny"},
"operations": {"List": {"name": "List", "http": {"method": "GET", "requestUri": "/"}, "output": {"shape": "Out"}}},
"shapes": {"Out": {"type": "structure", "members": {"a": {"shape": "S"}, "b": {"shape": "S"}}}, "S": {"type": "string"}}}`
	oldRules = `{"version": "1.0", "parameters": {"Region": {"builtIn": "AWS::Region", "required": true, "type": "string"}},
"rules": [{"conditions": [{"fn": "no.such.function", "argv": [{"ref": "Region"}], "assign": "P"}], "type": "endpoint", "endpoint": {"url": "https://x"}}]}`
	oldModel = `{"smithy": "2.0", "shapes": {
"x#Tiny": {"type": "service", "version": "1", "operations": [{"target": "x#Get"}], "traits": {"aws.protocols#restJson1": {}, "aws.api#service": {"sdkId": "Tiny"}}},
"x#Get": {"type": "operation", "output": {"target": "x#Out"}, "traits": {"smithy.api#http": {"method": "GET", "uri": "/"}, "smithy.api#readonly": []}},
"x#Out": {"type": "structure", "members": {"a": {"target": "smithy.api#String"}, "b": {"target": "smithy.api#String"}}}}}`
)

const (
	oldOpenAPI = `openapi: 3.1.0
info: {title: Tiny, version: "1"}
x-service: {id: Tiny}
paths:
  /a:
    get:
      operationId: Get
      parameters: [{name: "bad header", in: header, schema: {type: string}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Out'}}}}}
components:
  schemas:
    Out: {type: object, properties: {a: {type: string}, b: {type: string, minLength: 9, maxLength: 1}}}
`
)

var soundOpenAPI = strings.NewReplacer("      parameters: [{name: \"bad header\", in: header, schema: {type: string}}]\n", "", ", b: {type: string, minLength: 9, maxLength: 1}", "").Replace(oldOpenAPI)

// Of the old side only the model counts: what no client could be generated of can be
// compared with all the same.
func TestDiffOfAnUnsoundOld(t *testing.T) {
	c2j := func(rules string) fstest.MapFS {
		return fstest.MapFS{"service-2.json": {Data: []byte(oldService)}, "endpoint-rule-set-1.json": {Data: []byte(rules)}}
	}
	bad, good := c2j(oldRules), c2j(strings.Replace(oldRules, `{"fn": "no.such.function", "argv": [{"ref": "Region"}], "assign": "P"}`, "", 1))
	good["service-2.json"].Data = []byte(strings.Replace(oldService, `, "b": {"shape": "S"}`, "", 1))
	sound := strings.Replace(oldModel, `, "smithy.api#readonly": []`, "", 1)
	for name, c := range map[string]struct {
		old, new lathe.Document
		want     string
	}{
		"rules that are not understood": {lathe.Document{File: "old/service-2.json", FS: bad}, lathe.Document{File: "new/service-2.json", FS: good}, "member-removed List.output.b"},
		"a trait that is wrong": {
			lathe.Document{File: "old/m.json", FS: fstest.MapFS{"m.json": {Data: []byte(oldModel)}}},
			lathe.Document{File: "new/m.json", FS: fstest.MapFS{"m.json": {Data: []byte(strings.Replace(sound, `, "b": {"target": "smithy.api#String"}`, "", 1))}}},
			"member-removed Get.output.b",
		},
		"an operation of OpenAPI that is wrong": {
			lathe.Document{File: "old/a.yaml", FS: fstest.MapFS{"a.yaml": {Data: []byte(oldOpenAPI)}}},
			lathe.Document{File: "new/a.yaml", FS: fstest.MapFS{"a.yaml": {Data: []byte(soundOpenAPI)}}},
			"operation-supported Get, member-removed Get.input.badHeader, member-removed Get.output.b",
		},
		"a path and a type of OpenAPI that can't be read": {
			lathe.Document{File: "old/a.yaml", FS: fstest.MapFS{"a.yaml": {Data: []byte(strings.NewReplacer("/a:", "/a{:", "a: {type: string}", "a: {type: text}").Replace(oldOpenAPI))}}},
			lathe.Document{File: "new/a.yaml", FS: fstest.MapFS{"a.yaml": {Data: []byte(soundOpenAPI)}}},
			"operation-supported Get, member-removed Get.input.badHeader, member-removed Get.output.b",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := lathe.Diff(lathe.DiffConfig{Old: c.old, New: c.new})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range r.Changes {
				got = append(got, c.Rule.ID+" "+c.Place)
			}
			if strings.Join(got, ", ") != c.want || len(r.Unsound) == 0 {
				t.Errorf("got %v, unsound %v", got, r.Unsound)
			}
			if _, err := lathe.Diff(lathe.DiffConfig{Old: c.new, New: c.old}); err == nil {
				t.Error("the new side is not sound, and no error")
			}
		})
	}
}
