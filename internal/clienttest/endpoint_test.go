package clienttest

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"
	smithyauth "github.com/aws/smithy-go/auth"
	smithyendpoints "github.com/aws/smithy-go/endpoints"
	"github.com/aws/smithy-go/logging"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"example.com/lathe/generated/datazone"
)

const fips, dualStack = aws.FIPSEndpointStateEnabled, aws.DualStackEndpointStateEnabled

type endpointCase struct {
	options datazone.Options
	// want is the URL up to the operation's path, or the error after its prefix.
	want string
}

func endpointCases() map[string]endpointCase {
	region := func(name string) datazone.Options { return datazone.Options{Region: name} }
	with := func(name string, e datazone.EndpointResolverOptions) datazone.Options {
		return datazone.Options{Region: name, EndpointOptions: e}
	}
	base := func(u string, e datazone.EndpointResolverOptions) datazone.Options {
		return datazone.Options{Region: "eu-west-1", BaseEndpoint: &u, EndpointOptions: e}
	}
	none := datazone.EndpointResolverOptions{}
	const failed = "failed to resolve service endpoint, "
	return map[string]endpointCase{
		"region":              {region("us-east-1"), "https://datazone.us-east-1.api.aws"},
		"another region":      {region("eu-west-1"), "https://datazone.eu-west-1.api.aws"},
		"a region of ours":    {region("eu-nowhere-7"), "https://datazone.eu-nowhere-7.api.aws"},
		"an odd region":       {region("mars"), "https://datazone.mars.api.aws"},
		"China":               {region("cn-north-1"), "https://datazone.cn-north-1.api.amazonwebservices.com.cn"},
		"GovCloud":            {region("us-gov-west-1"), "https://datazone.us-gov-west-1.api.aws"},
		"sovereign":           {region("eusc-de-east-1"), "https://datazone.eusc-de-east-1.api.amazonwebservices.eu"},
		"isolated":            {region("us-iso-east-1"), "https://datazone.us-iso-east-1.api.aws.ic.gov"},
		"FIPS":                {with("us-east-1", datazone.EndpointResolverOptions{UseFIPSEndpoint: fips}), "https://datazone-fips.us-east-1.api.aws"},
		"FIPS in China":       {with("cn-north-1", datazone.EndpointResolverOptions{UseFIPSEndpoint: fips}), "https://datazone-fips.cn-north-1.api.amazonwebservices.com.cn"},
		"FIPS switched off":   {with("us-east-1", datazone.EndpointResolverOptions{UseFIPSEndpoint: aws.FIPSEndpointStateDisabled}), "https://datazone.us-east-1.api.aws"},
		"FIPS region":         {region("fips-us-east-1"), "https://datazone-fips.us-east-1.api.aws"},
		"region of FIPS":      {region("us-east-1-fips"), "https://datazone-fips.us-east-1.api.aws"},
		"dual stack":          {with("us-east-1", datazone.EndpointResolverOptions{UseDualStackEndpoint: dualStack}), "https://datazone.us-east-1.api.aws"},
		"dual stack and FIPS": {with("us-east-1", datazone.EndpointResolverOptions{UseDualStackEndpoint: dualStack, UseFIPSEndpoint: fips}), "https://datazone-fips.us-east-1.api.aws"},
		"without TLS":         {with("us-east-1", datazone.EndpointResolverOptions{DisableHTTPS: true}), "http://datazone.us-east-1.api.aws"},
		"base":                {base("http://localhost:8080", none), "http://localhost:8080"},
		"base with a slash":   {base("https://example.com/", none), "https://example.com"},
		"base with a path":    {base("https://example.com/a/b", none), "https://example.com/a/b"},
		"base, escaped":       {base("https://example.com/a%2Fb/c%20d/", none), "https://example.com/a%2Fb/c%20d"},
		"base by address":     {base("http://127.0.0.1:80", none), "http://127.0.0.1:80"},
		"base by IPv6":        {base("http://[::1]:80", none), "http://[::1]:80"},
		"base without region": {datazone.Options{BaseEndpoint: aws.String("https://example.com")}, "https://example.com"},
		"no region":           {region(""), failed + "endpoint rule error, Invalid Configuration: Missing Region"},
		"no host's label":     {region("eu west"), "failed to bind endpoint params, invalid input region eu west"},
		"a host in disguise":  {region("x.example.com/"), "failed to bind endpoint params, invalid input region x.example.com/"},
		"base and FIPS":       {base("https://example.com", datazone.EndpointResolverOptions{UseFIPSEndpoint: fips}), failed + "endpoint rule error, Invalid Configuration: FIPS and custom endpoint are not supported"},
		"base without scheme": {base("example.com", none), failed + `endpoint URL "example.com" must have a scheme and a host`},
		"base of nonsense":    {base("http://a b\x7f", none), failed + "Failed to parse uri: http://a b\x7f"},
	}
}

// TestEndpoints compares where requests go by the options of the client.
func TestEndpoints(t *testing.T) {
	for name, c := range endpointCases() {
		t.Run(name, func(t *testing.T) {
			client := play(t, reply(200, "{}"))
			c.options.HTTPClient, c.options.Retryer = client, aws.NopRetryer{}
			_, err := call(datazone.New(c.options, hook))
			if !strings.Contains(c.want, "://") || strings.HasPrefix(c.want, "failed") {
				check(t, err, operation(c.want))
				if _, ok := errors.AsType[*smithy.OperationError](err); !ok || len(client.requests) > 0 {
					t.Errorf("%d requests, error %T", len(client.requests), err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			r := client.last(t)
			if got, want := r.URL.String(), c.want+runPath; got != want || r.Host != "" {
				t.Errorf("sent to %s (for host %q), want %s", got, r.Host, want)
			}
		})
	}
}

// TestEndpointsOfCalls makes calls through one client with options of their own, each
// twice and in turn, because a client remembers the endpoints that it found.
func TestEndpointsOfCalls(t *testing.T) {
	client := play(t, reply(200, "{}"))
	c := newClient(client)
	for _, step := range []struct {
		option func(*datazone.Options)
		want   string
	}{
		{nothing, "https://datazone.eu-west-1.api.aws"},
		{func(o *datazone.Options) { o.Region = "us-east-1" }, "https://datazone.us-east-1.api.aws"},
		{func(o *datazone.Options) { o.Region = "fips-eu-west-1" }, "https://datazone-fips.eu-west-1.api.aws"},
		{func(o *datazone.Options) { o.EndpointOptions.UseFIPSEndpoint = fips }, "https://datazone-fips.eu-west-1.api.aws"},
		{func(o *datazone.Options) { o.EndpointOptions.DisableHTTPS = true }, "http://datazone.eu-west-1.api.aws"},
		{func(o *datazone.Options) { o.BaseEndpoint = aws.String("https://a.example.com") }, "https://a.example.com"},
		{func(o *datazone.Options) { o.BaseEndpoint = aws.String("https://b.example.com") }, "https://b.example.com"},
		{datazone.WithEndpointResolverV2(&resolver{found: smithyendpoints.Endpoint{URI: url.URL{Scheme: "https", Host: "c.example.com"}}}), "https://c.example.com"},
		{nothing, "https://datazone.eu-west-1.api.aws"},
	} {
		for range 2 {
			if _, err := call(c, step.option); err != nil {
				t.Fatal(err)
			}
			if got, want := client.last(t).URL.String(), step.want+runPath; got != want {
				t.Errorf("sent to %s, want %s", got, want)
			}
		}
	}
	region := client.last(t).Header.Get("Authorization")
	if !strings.Contains(region, "/eu-west-1/datazone/") {
		t.Errorf("the last call is signed with %s", region)
	}
}

// resolver finds endpoints for a user.
type resolver struct {
	asked []datazone.EndpointParameters
	found smithyendpoints.Endpoint
	err   error
}

func (r *resolver) ResolveEndpoint(_ context.Context, p datazone.EndpointParameters) (smithyendpoints.Endpoint, error) {
	r.asked = append(r.asked, p)
	return r.found, r.err
}

// TestOwnResolver returns a resolver in three ways; it is asked once an attempt.
func TestOwnResolver(t *testing.T) {
	var signing smithy.Properties
	smithyhttp.SetSigV4SigningName(&signing, "othername")
	smithyhttp.SetSigV4SigningRegion(&signing, "moon-1")
	r := &resolver{found: smithyendpoints.Endpoint{
		URI: url.URL{Scheme: "https", Host: "own.example.com", Path: "/base"}, Headers: http.Header{"X-Own": {"1"}},
	}}
	smithyauth.SetAuthOptions(&r.found.Properties, []*smithyauth.Option{{SchemeID: smithyauth.SchemeIDSigV4, SignerProperties: signing}})
	for name, run := range map[string]func(*fake) error{
		"options": func(f *fake) error {
			_, err := call(newClient(f, func(o *datazone.Options) { o.EndpointResolverV2 = r }))
			return err
		},
		"function": func(f *fake) error { _, err := call(newClient(f, datazone.WithEndpointResolverV2(r))); return err },
		"call":     func(f *fake) error { _, err := call(newClient(f), datazone.WithEndpointResolverV2(r)); return err },
	} {
		t.Run(name, func(t *testing.T) {
			r.asked = nil
			client := play(t, reply(503, ""), reply(200, "{}"))
			if err := run(client); err != nil {
				t.Fatal(err)
			}
			sent := client.last(t)
			if got, want := sent.URL.String(), "https://own.example.com/base"+runPath; got != want || sent.Header.Get("X-Own") != "1" {
				t.Errorf("sent to %s with headers %v, want %s", got, sent.Header, want)
			}
			if got := sent.Header.Get("Authorization"); !strings.Contains(got, "/moon-1/othername/aws4_request") {
				t.Errorf("signed with %s", got)
			}
			if len(r.asked) != 2 || aws.ToString(r.asked[0].Region) != "eu-west-1" || aws.ToBool(r.asked[0].UseFIPS) || r.asked[0].Endpoint != nil {
				t.Errorf("the resolver was asked for %+v", r.asked)
			}
		})
	}
}

// TestFailingResolver has a user's resolver fail, and return half an endpoint.
func TestFailingResolver(t *testing.T) {
	lost := errors.New("lost the map")
	for name, c := range map[string]struct {
		r    resolver
		want string
	}{
		"error":   {resolver{err: lost}, "failed to resolve service endpoint, lost the map"},
		"no host": {resolver{found: smithyendpoints.Endpoint{URI: url.URL{Scheme: "https"}}}, `failed to resolve service endpoint, endpoint URL "https:" must have a scheme and a host`},
	} {
		t.Run(name, func(t *testing.T) {
			client := play(t, reply(200, "{}"))
			_, err := call(newClient(client, datazone.WithEndpointResolverV2(&c.r)))
			check(t, err, operation(c.want))
			if len(client.requests) != 0 || c.r.err != nil && !errors.Is(err, c.r.err) {
				t.Errorf("%d requests, error %v", len(client.requests), err)
			}
		})
	}
}

// TestDefaultResolver asks the resolver of the service's rules, as users do who wrap
// it in their own.
func TestDefaultResolver(t *testing.T) {
	found, err := datazone.NewDefaultEndpointResolverV2().ResolveEndpoint(context.Background(), datazone.EndpointParameters{
		Region: aws.String("eu-west-1"), UseFIPS: aws.Bool(true),
	})
	if err != nil || found.URI.String() != "https://datazone-fips.eu-west-1.api.aws" {
		t.Errorf("found %s, %v", found.URI.String(), err)
	}
	_, err = datazone.NewDefaultEndpointResolverV2().ResolveEndpoint(context.Background(), datazone.EndpointParameters{})
	check(t, err, "endpoint rule error, Invalid Configuration: Missing Region")
}

// TestEndpointOptionsOfACall changes one field of the endpoint options after the other
// for a call of a client that has resolved endpoints before, and sees that each call goes
// where that of a new client goes.
func TestEndpointOptionsOfACall(t *testing.T) {
	one := func(change func(*datazone.Options)) func(*datazone.Options) {
		return func(o *datazone.Options) {
			o.Region = "fips-us-east-1"
			change(o)
		}
	}
	target := func(c *datazone.Client, sent *fake, change func(*datazone.Options)) string {
		if _, err := call(c, one(change)); err != nil {
			return err.Error()
		}
		return sent.last(t).URL.String()
	}
	changes := map[string]func(*datazone.Options){"": func(*datazone.Options) {}}
	for field := range reflect.TypeFor[datazone.EndpointResolverOptions]().Fields() {
		changes[field.Name] = func(o *datazone.Options) {
			value := reflect.ValueOf(&o.EndpointOptions).Elem().FieldByIndex(field.Index)
			switch value.Kind() {
			case reflect.String:
				value.SetString("us-east-1")
			case reflect.Bool:
				value.SetBool(true)
			case reflect.Uint:
				value.SetUint(1)
			case reflect.Interface:
				value.Set(reflect.ValueOf(logging.LoggerFunc(func(logging.Classification, string, ...any) {})))
			default:
				t.Errorf("no value for %s", field.Name)
			}
		}
	}
	sent := play(t, reply(200, "{}"))
	used := newClient(sent)
	for range 3 { // in any order
		for name, change := range changes {
			fresh := play(t, reply(200, "{}"))
			if got, want := target(used, sent, change), target(newClient(fresh), fresh, change); got != want {
				t.Errorf("with %s the call goes to %s, want %s", name, got, want)
			}
		}
	}
}
