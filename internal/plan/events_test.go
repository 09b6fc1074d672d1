package plan_test

import (
	"strings"
	"testing"

	"example.com/lathe/internal/plan"
	"example.com/lathe/spec/smithy"
)

// eventModel is a model whose one operation sends and receives events.
const eventModel = `{"smithy": "2.0", "shapes": {
	"x#Svc": {"type": "service", "version": "1", "operations": [{"target": "x#Talk"}], "traits": {
		"aws.protocols#PROTOCOL": {}, "smithy.api#xmlNamespace": {"uri": "http://x"}
	}},
	"x#Talk": {"type": "operation", "input": {"target": "x#IO"}, "output": {"target": "x#IO"}, "traits": {
		"smithy.api#http": {"method": "POST", "uri": "/"}
	}},
	"x#IO": {"type": "structure", "members": {
		"events": {"target": "x#Events", "traits": {"smithy.api#httpPayload": {}}}
	}},
	"x#Events": {"type": "union", "members": {
		"whole": {"target": "x#Whole"}, "part": {"target": "x#Part"}, "bytes": {"target": "x#Bytes"}
	}, "traits": {"smithy.api#streaming": {}}},
	"x#Whole": {"type": "structure", "members": {"a": {"target": "smithy.api#String"}}},
	"x#Part": {"type": "structure", "members": {
		"p": {"target": "x#Whole", "traits": {"smithy.api#eventPayload": {}, "smithy.api#xmlName": "Called"}}
	}},
	"x#Bytes": {"type": "structure", "members": {
		"p": {"target": "smithy.api#Blob", "traits": {"smithy.api#eventPayload": {}}}
	}}
}}`

// TestRootsOfEvents: in XML, and there alone, a payload has a name, as any body has.
func TestRootsOfEvents(t *testing.T) {
	type body struct{ root, contentType string }
	const ns = ` xmlns="http://x"`
	for protocol, want := range map[string]map[string]body{
		"restXml": {
			"whole": {"Whole" + ns, "application/xml"}, "part": {"Called" + ns, "application/xml"},
			"bytes": {"", "application/octet-stream"},
		},
		"restJson1": {
			"whole": {"", "application/json"}, "part": {"", "application/json"}, "bytes": {"", "application/octet-stream"},
		},
	} {
		api, err := smithy.Load("m.json", []byte(strings.Replace(eventModel, "PROTOCOL", protocol, 1)), smithy.Options{})
		if err != nil {
			t.Fatal(err)
		}
		pkg, err := plan.Build(api, plan.Config{ImportPath: "x", Runtime: "x/internal"})
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range pkg.Events[0].Kinds {
			name := kind.Variant.Member
			if got := (body{kind.Body.Root, kind.ContentType}); got != want[name] {
				t.Errorf("%s of %s: got %q, want %q", name, protocol, got, want[name])
			}
		}
	}
}
