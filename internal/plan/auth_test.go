package plan

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
	"example.com/lathe/spec/rules"
	"example.com/lathe/spec/tree"
)

func TestAuthSchemes(t *testing.T) {
	const other, basic = spec.AuthScheme("smithy.api#httpApiKeyAuth"), spec.AuthScheme("smithy.api#httpBasicAuth")
	type schemes = []spec.AuthScheme
	for name, c := range map[string]struct {
		api         spec.API
		op          spec.Operation
		want        string
		unsupported string
	}{
		"service's":           {spec.API{Auth: schemes{spec.SigV4}}, spec.Operation{}, "aws.auth#sigv4", ""},
		"signing name":        {spec.API{SigningName: "s"}, spec.Operation{}, "aws.auth#sigv4", ""},
		"none":                {spec.API{}, spec.Operation{}, "smithy.api#noAuth", ""},
		"never signed":        {spec.API{Auth: schemes{spec.SigV4A}}, spec.Operation{Auth: schemes{}}, "smithy.api#noAuth", ""},
		"optional":            {spec.API{Auth: schemes{spec.SigV4}}, spec.Operation{OptionalAuth: true}, "aws.auth#sigv4 smithy.api#noAuth", ""},
		"first that there is": {spec.API{Auth: schemes{other, spec.SigV4}}, spec.Operation{}, "aws.auth#sigv4", ""},
		"operation's":         {spec.API{Auth: schemes{other}}, spec.Operation{Auth: schemes{other, spec.SigV4}}, "aws.auth#sigv4", ""},
		"for several regions": {spec.API{Auth: schemes{spec.SigV4, spec.SigV4A}}, spec.Operation{}, "aws.auth#sigv4 aws.auth#sigv4a", ""},
		"order stays":         {spec.API{Auth: schemes{spec.HTTPBearer, other, spec.SigV4}}, spec.Operation{}, "smithy.api#httpBearerAuth aws.auth#sigv4", ""},
		"another only":        {spec.API{Auth: schemes{other}}, spec.Operation{}, "smithy.api#noAuth", "smithy.api#httpApiKeyAuth"},
		"operation's other":   {spec.API{Auth: schemes{spec.SigV4}}, spec.Operation{Auth: schemes{other}}, "smithy.api#noAuth", "smithy.api#httpApiKeyAuth"},
		"none of two":         {spec.API{Auth: schemes{other, basic}}, spec.Operation{}, "smithy.api#noAuth", "smithy.api#httpApiKeyAuth or smithy.api#httpBasicAuth"},
		"another or without":  {spec.API{Auth: schemes{other}}, spec.Operation{OptionalAuth: true}, "smithy.api#noAuth", "smithy.api#httpApiKeyAuth"},
		"in place of the model's": {
			spec.API{ID: "CloudFront KeyValueStore", Auth: schemes{spec.SigV4}}, spec.Operation{}, "aws.auth#sigv4a aws.auth#sigv4", "",
		},
		"without, among the schemes": {spec.API{Auth: schemes{other, spec.NoAuth}}, spec.Operation{}, "smithy.api#noAuth", "smithy.api#httpApiKeyAuth"},
	} {
		c.api.Protocols, c.op.Name = []spec.Protocol{spec.RestJSON1}, "GetRun"
		if got := strings.Join(authSchemes(&c.api, &c.op), " "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		problems, want := Unsupported(&c.api, protocol.All[0])(&c.op), ""
		if c.unsupported != "" {
			want = "GetRun needs the authentication scheme " + c.unsupported + ", which is not supported"
		}
		if got := messages(problems); got != want {
			t.Errorf("%s: problems %q, want %q", name, got, want)
		}
	}
}

func messages(problems spec.Problems) string {
	var all []string
	for _, p := range problems {
		all = append(all, p.Message)
	}
	return strings.Join(all, "; ")
}

func ruleSet(t *testing.T, data []byte) *spec.EndpointRules {
	t.Helper()
	root, problems := tree.Parse("rules.json", data)
	endpoint, more, _ := rules.Parse(root, tree.Value.Pos)
	if err := append(problems, more...).Err(); err != nil {
		t.Fatal(err)
	}
	return endpoint
}

// TestUnsignableEndpoints looks for the operations that rules may send to an endpoint
// that wants a signature there is no signer for.
func TestUnsignableEndpoints(t *testing.T) {
	const document = `{"version": "1.0", "parameters": {
		"Region": {"type": "string", "builtIn": "AWS::Region"}, "Id": {"type": "string"}, "Choice": {"type": "string"},
		"Mode": {"type": "string", "required": true, "default": "m"}},
		"rules": [
			{"type": "endpoint", "conditions": [{"fn": "isSet", "argv": [{"ref": "Id"}]}], "endpoint": {"url": "https://a", "properties": {"authSchemes": [{"name": "y"}]}}},
			{"type": "tree", "conditions": [{"fn": "isSet", "argv": [{"ref": "Choice"}]}], "rules": [
				{"type": "endpoint", "conditions": [], "endpoint": {"url": "https://b", "properties": {"authSchemes": [{"name": "x"}, {"name": "y"}]}}}]},
			{"type": "endpoint", "conditions": [{"fn": "isSet", "argv": [{"ref": "Region"}]}], "endpoint": {"url": "https://c", "properties": {"authSchemes": [{"name": "y"}, {"name": "sigv4"}]}}},
			{"type": "endpoint", "conditions": [], "endpoint": {"url": "https://d"}}
		]}`
	endpoint := ruleSet(t, []byte(document))
	text := &spec.Shape{Kind: spec.String}
	for name, c := range map[string]struct {
		op   spec.Operation
		want []string
	}{
		"sets neither":      {spec.Operation{}, nil},
		"member":            {spec.Operation{Input: &spec.Shape{Members: []*spec.Member{{Name: "id", Target: text, ContextParam: "Id"}}}}, []string{"y"}},
		"constant":          {spec.Operation{StaticContext: []spec.ContextValue{{Name: "Choice", Value: "c"}}}, []string{"x", "y"}},
		"expression":        {spec.Operation{OperationContext: []spec.ContextValue{{Name: "Id", Value: "a"}}}, []string{"y"}},
		"never signed":      {spec.Operation{Auth: []spec.AuthScheme{}, StaticContext: []spec.ContextValue{{Name: "Id", Value: "c"}}}, nil},
		"of another member": {spec.Operation{Input: &spec.Shape{Members: []*spec.Member{{Name: "id", Target: text, ContextParam: "Mode"}}}}, nil},
	} {
		api := &spec.API{Auth: []spec.AuthScheme{spec.SigV4}, Endpoint: endpoint}
		if got := UnsignableEndpoints(api, &c.op); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := UnsignableEndpoints(&spec.API{Auth: []spec.AuthScheme{spec.SigV4}}, &spec.Operation{}); got != nil {
		t.Errorf("without rules: %q", got)
	}
}

// TestSigV4AOfSESv2 sees that a published rule set which asks for SigV4A gets it, and lets
// endpoints choose.
func TestSigV4AOfSESv2(t *testing.T) {
	data, err := os.ReadFile(filepath.FromSlash("../../../shared/models/c2j/sesv2/2019-09-27/endpoint-rule-set-1.json"))
	if err != nil {
		t.Skip("skipped: the models are not in ../shared")
	}
	api := &spec.API{Auth: []spec.AuthScheme{spec.SigV4}, Endpoint: ruleSet(t, data)}
	send := &spec.Operation{Input: &spec.Shape{Members: []*spec.Member{{Name: "EndpointId", Target: &spec.Shape{Kind: spec.String}, ContextParam: "EndpointId"}}}}
	if got := UnsignableEndpoints(api, send); got != nil {
		t.Errorf("SendEmail: %q", got)
	}
	b := &builder{api: api, pkg: &Package{Endpoint: &endpoints.Resolver{}}}
	if b.endpointAuth(); b.pkg.Needs != (Needs{SigV4A: true, EndpointAuth: true}) || b.pkg.Sessions != nil {
		t.Errorf("needs %+v", b.pkg.Needs)
	}
	b = &builder{api: api, pkg: &Package{Endpoint: &endpoints.Resolver{AccountID: true}}}
	if b.endpointAuth(); b.pkg.Needs != (Needs{SigV4A: true}) {
		t.Errorf("needs %+v where endpoints depend on the account", b.pkg.Needs)
	}
}
