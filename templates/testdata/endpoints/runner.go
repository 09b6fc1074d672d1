// Command runner resolves the published test cases of endpoint rules with the
// emitted rules. It reads the cases from the file that its argument names, and
// prints one line for each that fails and a line with the totals.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"

	smithyauth "github.com/aws/smithy-go/auth"
	smithyendpoints "github.com/aws/smithy-go/endpoints"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

type testCase struct {
	Doc        string
	Params     map[string]any
	Error      string
	URL        string
	Headers    map[string][]string
	Properties map[string]any
}

// resolve finds the endpoint for parameters by their names.
type resolve func(map[string]any) (smithyendpoints.Endpoint, error)

// resolver adapts the method of a service's resolver.
func resolver[P any](method func(context.Context, P) (smithyendpoints.Endpoint, error)) resolve {
	return func(values map[string]any) (smithyendpoints.Endpoint, error) {
		var params P
		for name, value := range values {
			field := reflect.ValueOf(&params).Elem().FieldByName(strings.ToUpper(name[:1]) + name[1:])
			if !field.IsValid() {
				return smithyendpoints.Endpoint{}, fmt.Errorf("no parameter %s", name)
			}
			set(field, value)
		}
		return method(context.Background(), params)
	}
}

func set(field reflect.Value, value any) {
	switch v := value.(type) {
	case string:
		field.Set(reflect.ValueOf(&v))
	case bool:
		field.Set(reflect.ValueOf(&v))
	case []any:
		list := make([]string, len(v))
		for i := range v {
			list[i] = v[i].(string)
		}
		field.Set(reflect.ValueOf(list))
	}
}

func main() {
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	var services map[string][]testCase
	if err := json.Unmarshal(data, &services); err != nil {
		panic(err)
	}
	passed, failed := 0, 0
	for name, cases := range services {
		for i, c := range cases {
			if problem := check(c, resolvers[name]); problem != "" {
				failed++
				fmt.Printf("FAIL %s[%d] %s: %s\n", name, i, c.Doc, problem)
			} else {
				passed++
			}
		}
	}
	fmt.Printf("services %d passed %d failed %d\n", len(services), passed, failed)
}

// check says what is wrong with the outcome of a case, or nothing.
func check(c testCase, r resolve) string {
	endpoint, err := r(c.Params)
	if c.Error != "" {
		if err == nil || err.Error() != "endpoint rule error, "+c.Error {
			return fmt.Sprintf("error %v, want %q", err, c.Error)
		}
		return ""
	}
	if err != nil {
		return "error " + err.Error()
	}
	got := testCase{URL: endpoint.URI.String(), Headers: endpoint.Headers, Properties: properties(endpoint)}
	want := testCase{URL: c.URL, Headers: c.Headers, Properties: c.Properties}
	if want.Headers == nil {
		want.Headers = map[string][]string{}
	}
	if want.Properties == nil {
		want.Properties = map[string]any{}
	}
	if g, w := encode(got), encode(want); g != w {
		return "got " + g + ", want " + w
	}
	return ""
}

func encode(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// properties gives an endpoint's properties as the rule set has them.
func properties(e smithyendpoints.Endpoint) map[string]any {
	out := map[string]any{}
	for key, value := range e.Properties.Values() {
		if name, ok := key.(string); ok {
			out[name] = value
		}
	}
	if options, ok := smithyauth.GetAuthOptions(&e.Properties); ok {
		schemes := make([]any, len(options))
		for i, o := range options {
			schemes[i] = scheme(o)
		}
		out["authSchemes"] = schemes
	}
	return out
}

func scheme(o *smithyauth.Option) map[string]any {
	out := map[string]any{"name": o.SchemeID}
	p := &o.SignerProperties
	for key, value := range p.Values() {
		if name, ok := key.(string); ok {
			out[name] = value
		}
	}
	if v, ok := smithyhttp.GetSigV4SigningName(p); ok {
		out["signingName"] = v
	}
	if v, ok := smithyhttp.GetSigV4SigningRegion(p); ok {
		out["signingRegion"] = v
	}
	if v, ok := smithyhttp.GetSigV4ASigningRegions(p); ok {
		out["signingRegionSet"] = v
	}
	if v, ok := smithyhttp.GetDisableDoubleEncoding(p); ok {
		out["disableDoubleEncoding"] = v
	}
	return out
}
