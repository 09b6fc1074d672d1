package interop

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"example.com/lathe/interop/compare"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"
	smithyauth "github.com/aws/smithy-go/auth"
	smithyendpoints "github.com/aws/smithy-go/endpoints"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// resolverCases put resolvers of their own into the options.
func resolverCases() (out []scenario) {
	rows := []struct {
		name, want string
		fn         compare.EndpointFunc
	}{
		{"plain", "ok", at("https://own.example/x")},
		{"with headers", "ok", at("https://own.example", withHeader("X-Own", "a"), withHeader("x-lower", "b"), withHeader("X-Amzn-Thing", ""))},
		{"with two values of a header", "ok", at("https://own.example", withHeader("X-Own", "a"), withHeader("X-Own", "b"))},
		{"with the header of the agent", "ok", at("https://own.example", withHeader("User-Agent", "mine"))},
		{"with the header of the attempt", "ok", at("https://own.example", withHeader("Amz-Sdk-Request", "mine"))},
		{"with signing name", "ok", at("https://own.example", withAuth("aws.auth#sigv4", "other", "", nil))},
		{"with signing region", "ok", at("https://own.example", withAuth("aws.auth#sigv4", "", "eu-north-1", nil))},
		{"with both", "ok", at("https://own.example", withAuth("aws.auth#sigv4", "other", "eu-north-1", nil))},
		{"without double escaping", "ok", at("https://own.example/a%2Fb", withAuth("aws.auth#sigv4", "", "", aws.Bool(true)))},
		{"with double escaping", "ok", at("https://own.example/a%2Fb", withAuth("aws.auth#sigv4", "", "", aws.Bool(false)))},
		{"with options of two schemes", "ok", at("https://own.example", withAuth("aws.auth#sigv4a", "a", "eu-a", nil), withAuth("aws.auth#sigv4", "b", "eu-b", nil))},
		{"with options of another scheme", "ok", at("https://own.example", withAuth("aws.auth#sigv4a", "a", "eu-a", nil))},
		{"without scheme", "ok", at("own.example")},
		{"without anything", "ok", at("")},
		{"with query", "ok", at("https://own.example/p?a=b")},
		{"with odd host", "ok", at("https://own_host.example")},
		{"of the parameters", "ok", fromParams},
		{"failing", "errors.errorString (0 sent)", func(map[string]any) (smithyendpoints.Endpoint, error) {
			return smithyendpoints.Endpoint{}, errors.New("nowhere")
		}},
		{"failing for a while", "interop.timeoutError (0 sent)", func(map[string]any) (smithyendpoints.Endpoint, error) {
			return smithyendpoints.Endpoint{}, errTimeout
		}},
	}
	for _, row := range rows {
		out = append(out, scenario{
			Name: "resolver/" + row.name, Want: row.want, Replies: []compare.Reply{fine},
			Options: settings{set("EndpointResolverV2", row.fn)}, Calls: []compare.Call{{Input: settings{set("Identifier", "a b")}}},
		})
	}
	return append(out,
		scenario{
			Name: "resolver/of the call", Want: "ok; ok", Replies: []compare.Reply{fine},
			Calls: []compare.Call{{Options: settings{set("EndpointResolverV2", at("https://own.example"))}}, {}},
		},
		scenario{
			Name: "resolver/none for the call", Want: "errors.errorString (0 sent)", Replies: []compare.Reply{fine},
			Calls: []compare.Call{{Options: settings{set("EndpointResolverV2", nil)}}},
		},
		scenario{
			Name: "resolver/asked for every attempt", Want: "ok (3 sent)", Replies: []compare.Reply{fault, busy, fine},
			Options: settings{set("EndpointResolverV2", compare.Make(func(w *compare.World) any {
				return compare.EndpointFunc(func(p map[string]any) (smithyendpoints.Endpoint, error) {
					w.Note(fmt.Sprint(p))
					return at("https://own.example")(p)
				})
			}))},
		},
		scenario{
			Name: "resolver/without credentials", Want: "ok", Replies: []compare.Reply{fine},
			Options: settings{set("Credentials", nil), set("EndpointResolverV2", at("https://own.example", withAuth("aws.auth#sigv4", "other", "x", nil)))},
		},
	)
}

// at is a resolver that always returns the same URL.
func at(raw string, change ...func(*smithyendpoints.Endpoint)) compare.EndpointFunc {
	return func(map[string]any) (smithyendpoints.Endpoint, error) {
		u, err := url.Parse(raw)
		if err != nil {
			return smithyendpoints.Endpoint{}, err
		}
		e := smithyendpoints.Endpoint{URI: *u}
		for _, fn := range change {
			fn(&e)
		}
		return e, nil
	}
}

// fromParams shows the parameters in the host's path.
func fromParams(p map[string]any) (smithyendpoints.Endpoint, error) {
	u := url.URL{Scheme: "https", Host: "own.example", Path: fmt.Sprintf("/%v/%v/%v", p["Region"], p["UseFIPS"], p["Endpoint"])}
	return smithyendpoints.Endpoint{URI: u}, nil
}

func withHeader(name, value string) func(*smithyendpoints.Endpoint) {
	return func(e *smithyendpoints.Endpoint) {
		if e.Headers == nil {
			e.Headers = http.Header{}
		}
		e.Headers[name] = append(e.Headers[name], value)
	}
}

// withAuth adds an authentication option to the endpoint.
func withAuth(scheme, name, region string, raw *bool) func(*smithyendpoints.Endpoint) {
	return func(e *smithyendpoints.Endpoint) {
		var props smithy.Properties
		if name != "" {
			smithyhttp.SetSigV4SigningName(&props, name)
		}
		if region != "" {
			smithyhttp.SetSigV4SigningRegion(&props, region)
		}
		if raw != nil {
			smithyhttp.SetDisableDoubleEncoding(&props, *raw)
		}
		options, _ := smithyauth.GetAuthOptions(&e.Properties)
		smithyauth.SetAuthOptions(&e.Properties, append(options, &smithyauth.Option{SchemeID: scheme, SignerProperties: props}))
	}
}
