package diff_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
	"example.com/lathe/spec"
)

// looked says for each field of the model which rule reports a change, or in
// parentheses why none does.
var looked = map[string]string{
	"API.Name": "service-renamed", "API.ID": "service-id-changed", "API.Version": "api-version-changed",
	"API.Title": "documentation-changed", "API.Documentation": "documentation-changed", "API.EndpointPrefix": "endpoint-prefix-changed",
	"API.SigningName": "signing-name-changed", "API.QueryCompatible": "query-compatibility-changed", "API.EndpointOperation": "endpoint-discovery-changed", "API.XML": "(by its fields)", "API.Protocols": "protocol-removed", "API.Auth": "auth-scheme-removed",
	"API.Operations": "operation-removed", "API.Errors": "error-removed", "API.Shapes": "(by what reaches them)",
	"API.Endpoint": "endpoint-rules-changed", "API.EndpointTests": "(no part of the interface)",
	"API.Warnings": "(no part of the interface)",

	"Operation.SourceName": "(by which it may be chosen)", "Operation.Alias": "go-name-changed", "Shape.Alias": "go-name-changed", "Member.Alias": "go-name-changed", "Operation.Part": "(no part of the interface)", "Operation.Examples": "(no part of the interface)",
	"Operation.Name": "operation-renamed", "Operation.Documentation": "documentation-changed", "Operation.Deprecated": "deprecated",
	"Operation.HTTP": "(by its fields)", "Operation.Input": "member-removed", "Operation.Output": "member-removed", "Operation.Errors": "error-removed",
	"Operation.Auth": "auth-scheme-removed", "Operation.OptionalAuth": "anonymous-calls-allowed", "Operation.UnsignedPayload": "payload-signature-dropped",
	"Operation.ReadOnly": "retry-safety-lost", "Operation.Idempotent": "retry-safety-gained", "Operation.HostPrefix": "host-prefix-changed",
	"Operation.EndpointDiscovery": "endpoint-discovery-changed", "Operation.LongPoll": "long-poll-changed",
	"Operation.ChecksumRequired": "checksum-required", "Operation.Checksum": "checksum-changed", "Operation.Compression": "compression-added",
	"Operation.StaticContext": "endpoint-binding-changed", "Operation.OperationContext": "endpoint-binding-changed",
	"Operation.Pagination": "pagination-removed", "Operation.Waiters": "waiter-removed",

	"HTTP.Method": "http-method-changed", "HTTP.URI": "http-uri-changed", "HTTP.Status": "http-status-changed",
	"URI.Source": "(by Path and Query)", "URI.Path": "http-uri-changed", "URI.Query": "http-uri-changed",
	"URIPart.Literal": "http-uri-changed", "URIPart.Label": "wire-name-changed", "URIPart.Greedy": "http-uri-changed",
	"QueryLiteral.Key": "http-uri-changed", "QueryLiteral.Value": "http-uri-changed",

	"Checksum.Required": "checksum-required", "Checksum.AlgorithmMember": "checksum-changed", "Checksum.ModeMember": "checksum-changed",
	"Checksum.ResponseAlgorithms": "checksum-changed", "ContextValue.Name": "endpoint-binding-changed", "ContextValue.Value": "endpoint-binding-changed",
	"Pagination.InputToken": "pagination-tokens-changed", "Pagination.OutputToken": "pagination-tokens-changed",
	"Pagination.Items": "pagination-changed", "Pagination.PageSize": "pagination-changed", "Pagination.MoreResults": "pagination-changed",
	"Waiter.Name": "waiter-removed", "Waiter.Documentation": "documentation-changed", "Waiter.Deprecated": "deprecated",
	"Waiter.MinDelay": "waiter-changed", "Waiter.MaxDelay": "waiter-changed", "Waiter.Acceptors": "waiter-changed",
	"Acceptor.State": "waiter-changed", "Acceptor.Matcher": "waiter-changed", "Acceptor.Path": "waiter-changed",
	"Acceptor.Comparator": "waiter-changed", "Acceptor.Expected": "waiter-changed",
	"Deprecation.Message": "documentation-changed", "Deprecation.Since": "documentation-changed",

	"Shape.Name": "shape-renamed", "Shape.Kind": "type-changed", "Shape.Documentation": "documentation-changed", "Shape.Deprecated": "deprecated",
	"Shape.Members": "member-removed", "Shape.Element": "type-changed", "Shape.Key": "(by its fields)", "Shape.Value": "type-changed",
	"Shape.Sparse": "sparse-added", "Shape.EnumValues": "enum-value-removed", "Shape.Error": "error-trait-changed",
	"Shape.Input": "(by the Go types that come of it: go-type-changed)", "Shape.Streaming": "streaming-changed", "Shape.RequiresLength": "stream-length-required",
	"Shape.Sensitive": "sensitive-added", "Shape.TimestampFormat": "timestamp-format-changed", "Shape.MediaType": "media-type-changed",
	"Shape.Constraints": "(by its fields)", "Shape.XML": "(by its fields)",

	"Member.Name": "member-removed", "Member.Target": "type-changed", "Member.Documentation": "documentation-changed", "Member.Deprecated": "deprecated",
	"Member.Required": "member-required", "Member.ZeroGuessed": "(by the Go types that come of it: go-type-guessed)", "Member.ClientOptional": "client-optional-changed", "Member.Default": "default-changed",
	"Member.Location": "location-changed", "Member.LocationName": "wire-name-changed", "Member.JSONName": "wire-name-changed",
	"Member.TimestampFormat": "timestamp-format-changed", "Member.MediaType": "media-type-changed", "Member.IdempotencyToken": "idempotency-token-added",
	"Member.HostLabel": "host-label-changed", "Member.ContextParam": "endpoint-binding-changed", "Member.EventHeader": "event-binding-changed",
	"Member.EventPayload": "event-binding-changed", "Member.JSONValue": "json-value-changed", "Member.Sensitive": "sensitive-added",
	"Member.Constraints": "(by its fields)", "Member.XML": "(by its fields)",
	"Default.Value": "default-changed", "Default.Added": "(by the Go types that come of it: go-type-changed)",
	"EnumValue.Name": "enum-value-renamed", "EnumValue.Alias": "enum-value-renamed", "EnumValue.NameOrigin": "(by the Go names that come of it: enum-value-renamed)", "EnumValue.Value": "enum-value-changed", "EnumValue.Documentation": "documentation-changed", "EnumValue.Deprecated": "deprecated",
	"ErrorTraits.Server": "error-fault-changed", "ErrorTraits.Status": "error-status-changed", "ErrorTraits.Code": "error-code-changed", "ErrorTraits.QueryCode": "error-code-changed",
	"ErrorTraits.Retryable": "error-retry-changed", "ErrorTraits.Throttling": "error-retry-changed",
	"Constraints.MinLength": "length-tightened", "Constraints.MaxLength": "length-tightened", "Constraints.Min": "range-tightened",
	"Constraints.Max": "range-tightened", "Constraints.Pattern": "pattern-tightened", "Constraints.Unique": "unique-items-added",
	"XML.Name": "xml-binding-changed", "XML.NamespaceURI": "xml-binding-changed", "XML.NamespacePrefix": "xml-binding-changed",
	"XML.Flattened": "xml-binding-changed", "XML.Attribute": "xml-binding-changed", "XML.EC2Name": "xml-binding-changed",

	"EndpointRules.Parameters": "endpoint-parameter-removed", "EndpointRules.Rules": "endpoint-rules-changed", "EndpointRules.Blocks": "endpoint-rules-changed",
	"EndpointParameter.Name": "endpoint-parameter-removed", "EndpointParameter.Documentation": "documentation-changed", "EndpointParameter.Type": "endpoint-parameter-retyped",
	"EndpointParameter.BuiltIn": "endpoint-parameter-changed", "EndpointParameter.Required": "endpoint-parameter-changed",
	"EndpointParameter.Default": "endpoint-parameter-changed", "EndpointParameter.Deprecated": "deprecated", "EndpointParameter.Client": "endpoint-parameter-changed",
}

// roots are the types whose fields, and those of what they hold, are looked at. The
// rules of endpoints are compared whole, whatever their fields are.
var roots = []reflect.Type{reflect.TypeFor[spec.API]()}

// TestEveryFieldIsLookedAt fails when the model gets a field that no rule stands
// for, and when the list names one that is gone.
func TestEveryFieldIsLookedAt(t *testing.T) {
	seen := map[reflect.Type]bool{reflect.TypeFor[spec.Pos](): true, reflect.TypeFor[spec.EndpointRule](): true, reflect.TypeFor[spec.EndpointTest](): true, reflect.TypeFor[spec.Problem](): true}
	seen[reflect.TypeFor[spec.Part]()], seen[reflect.TypeFor[spec.Example]()] = true, true
	found := map[string]bool{}
	for queue := slices.Clone(roots); len(queue) > 0; queue = queue[1:] {
		typ := queue[0]
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice || typ.Kind() == reflect.Map {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] {
			continue
		}
		seen[typ] = true
		for field := range typ.Fields() {
			queue = append(queue, field.Type)
			name := typ.Name() + "." + field.Name
			found[name] = true
			if field.Type == reflect.TypeFor[spec.Pos]() {
				continue
			}
			rule, ok := looked[name]
			if known, _ := rules.Find(rule); !ok || known == nil && !strings.HasPrefix(rule, "(") {
				t.Errorf("%s is not looked at: add a comparison, a rule and a line here", name)
			}
		}
	}
	for name := range looked {
		if !found[name] {
			t.Errorf("the model has no field %s", name)
		}
	}
}

// places find an instance of each type of which plain fields are changed.
var places = map[string]func(api *spec.API) any{
	"API":               func(api *spec.API) any { return api },
	"Operation":         func(api *spec.API) any { return api.Operations[0] },
	"HTTP":              func(api *spec.API) any { return &api.Operations[0].HTTP },
	"URIPart":           func(api *spec.API) any { return &api.Operations[0].HTTP.URI.Path[0] },
	"QueryLiteral":      func(api *spec.API) any { return &api.Operations[0].HTTP.URI.Query[0] },
	"Checksum":          func(api *spec.API) any { return api.Operations[0].Checksum },
	"ContextValue":      func(api *spec.API) any { return &api.Operations[0].StaticContext[0] },
	"Pagination":        func(api *spec.API) any { return operationNamed(api, "ListRuns").Pagination },
	"Waiter":            func(api *spec.API) any { return &api.Operations[0].Waiters[0] },
	"Acceptor":          func(api *spec.API) any { return &api.Operations[0].Waiters[0].Acceptors[0] },
	"Deprecation":       func(api *spec.API) any { return api.Operations[0].Deprecated },
	"Shape":             func(api *spec.API) any { return api.Shapes["Stats"] },
	"Member":            func(api *spec.API) any { return api.Shapes["GetRunOutput"].Member("message") },
	"EnumValue":         func(api *spec.API) any { return &api.Shapes["Status"].EnumValues[0] },
	"ErrorTraits":       func(api *spec.API) any { return api.Shapes["NotFound"].Error },
	"Constraints":       func(api *spec.API) any { return &api.Shapes["Secret"].Constraints },
	"XML":               func(api *spec.API) any { return &api.Shapes["Stats"].XML },
	"EndpointParameter": func(api *spec.API) any { return &api.Endpoint.Parameters[1] },
}

func operationNamed(api *spec.API, name string) *spec.Operation {
	return api.Operations[slices.IndexFunc(api.Operations, func(op *spec.Operation) bool { return op.Name == name })]
}

// otherPlace are the fields that only count elsewhere.
var otherPlace = map[string]func(api *spec.API) any{
	"Constraints.Min":        func(api *spec.API) any { return &api.Shapes["Size"].Constraints },
	"Constraints.Max":        func(api *spec.API) any { return &api.Shapes["Size"].Constraints },
	"Shape.RequiresLength":   func(api *spec.API) any { return api.Shapes["Bytes"] },
	"Shape.Streaming":        func(api *spec.API) any { return api.Shapes["Bytes"] },
	"Shape.Sparse":           func(api *spec.API) any { return api.Shapes["Tags"] },
	"Shape.TimestampFormat":  func(api *spec.API) any { return api.Shapes["Moment"] },
	"Member.TimestampFormat": func(api *spec.API) any { return api.Shapes["GetRunOutput"].Member("at") },
	"Member.JSONValue":       func(api *spec.API) any { return api.Shapes["GetRunInput"].Member("trace") },
	"Member.LocationName":    func(api *spec.API) any { return api.Shapes["GetRunInput"].Member("trace") },
	"URIPart.Greedy":         func(api *spec.API) any { return &api.Operations[0].HTTP.URI.Path[1] },
	"URIPart.Label":          func(api *spec.API) any { return &api.Operations[0].HTTP.URI.Path[1] },
}

// richModel is the base service with something in every field that the documents
// leave empty.
func richModel(t *testing.T) *spec.API {
	t.Helper()
	api, _ := spec.Select(base["smithy"].mustLoad(t), nil)
	api.Protocols = []spec.Protocol{spec.RestJSON1, spec.RestXML}
	op := api.Operations[0]
	op.Checksum = &spec.Checksum{}
	op.Deprecated = &spec.Deprecation{Message: "old"}
	op.StaticContext = []spec.ContextValue{{Name: "Stage", Value: "test"}}
	op.HTTP.URI.Query = []spec.QueryLiteral{{Key: "now", Value: "yes"}}
	return api
}

// TestEveryPlainFieldCounts changes one field after another and sees that the rule
// of the list reports it.
func TestEveryPlainFieldCounts(t *testing.T) {
	changed := 0
	for name, rule := range looked {
		if strings.HasPrefix(rule, "(") {
			continue
		}
		before, after := richModel(t), richModel(t)
		at := otherPlace[name]
		if at == nil {
			at = places[strings.Split(name, ".")[0]]
		}
		if at == nil || !changeField(reflect.ValueOf(at(after)).Elem().FieldByName(strings.Split(name, ".")[1])) {
			continue
		}
		changed++
		if got := diff.Compare(before, after); !slices.ContainsFunc(got.Changes, func(c diff.Change) bool { return c.Rule.ID == rule }) {
			t.Errorf("a change of %s is not reported as %s:\n%s", name, rule, lines(got))
		}
	}
	if changed < 70 {
		t.Errorf("only %d fields were changed", changed)
	}
}

// changeField changes a field of a plain type, and reports whether it is of one.
func changeField(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String:
		v.SetString("7" + v.String())
		if v.Type() == reflect.TypeFor[spec.TimestampFormat]() {
			v.SetString(string(spec.HTTPDate))
		}
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 9)
	case reflect.Uint8:
		v.SetUint(uint64(spec.Union))
		if v.Type() == reflect.TypeFor[spec.Location]() {
			v.SetUint(uint64(spec.InHeader))
		}
	case reflect.Interface:
		v.Set(reflect.ValueOf("other"))
	case reflect.Pointer:
		if v.Type() != reflect.TypeFor[*spec.Deprecation]() || !v.IsNil() {
			return false
		}
		v.Set(reflect.ValueOf(&spec.Deprecation{}))
	default:
		return false
	}
	return true
}
