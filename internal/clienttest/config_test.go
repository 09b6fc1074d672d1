package clienttest

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"example.com/lathe/generated/datazone"
)

// source is a source of configuration, as the SDK's config package makes them.
type source struct {
	fips      aws.FIPSEndpointState
	dualStack aws.DualStackEndpointState
	base      string
	ignore    bool
	err       error
}

func (s source) GetUseFIPSEndpoint(context.Context) (aws.FIPSEndpointState, bool, error) {
	return s.fips, s.fips != aws.FIPSEndpointStateUnset, s.err
}

func (s source) GetUseDualStackEndpoint(context.Context) (aws.DualStackEndpointState, bool, error) {
	return s.dualStack, s.dualStack != aws.DualStackEndpointStateUnset, s.err
}

func (s source) GetServiceBaseEndpoint(_ context.Context, service string) (string, bool, error) {
	return s.base, s.base != "" && service == "DataZone", s.err
}

func (s source) GetIgnoreConfiguredEndpoints(context.Context) (bool, bool, error) {
	return s.ignore, s.ignore, s.err
}

// TestFieldsOfTheConfiguration sets each field that aws.Config and Options have in
// common and sees that the client has it.
func TestFieldsOfTheConfiguration(t *testing.T) {
	values := map[string]any{
		"AppID": "app", "AuthSchemePreference": []string{"sigv4"}, "DisableClockSkewCorrection": true, "BaseEndpoint": aws.String("https://example.com"),
		"ClientLogMode": aws.LogRetries | aws.LogRequest, "Credentials": credentials{}, "DefaultsMode": aws.DefaultsModeStandard,
		"HTTPClient": &http.Client{}, "Logger": logging.NewStandardLogger(nil), "Region": "eu-west-1",
		"RetryMaxAttempts": 7, "RetryMode": aws.RetryModeAdaptive, "RuntimeEnvironment": aws.RuntimeEnvironment{Region: "eu-west-1"},
	}
	// Those of other kinds have tests of their own.
	others := []string{"APIOptions", "Interceptors"}
	config, options := reflect.TypeFor[aws.Config](), reflect.TypeFor[datazone.Options]()
	for field := range config.Fields() {
		other, common := options.FieldByName(field.Name)
		if !common || !field.Type.ConvertibleTo(other.Type) || slices.Contains(others, field.Name) {
			continue
		}
		value, ok := values[field.Name]
		if !ok {
			t.Errorf("field %s has no test", field.Name)
			continue
		}
		delete(values, field.Name)
		var cfg aws.Config
		reflect.ValueOf(&cfg).Elem().FieldByName(field.Name).Set(reflect.ValueOf(value))
		got := reflect.ValueOf(datazone.NewFromConfig(cfg).Options()).FieldByName(field.Name).Interface()
		if !reflect.DeepEqual(got, value) {
			t.Errorf("%s is %v, want %v", field.Name, got, value)
		}
	}
	for name := range values {
		t.Errorf("Options and aws.Config do not both have %s", name)
	}
}

// TestConfigOfOtherKinds takes from a configuration what is no plain field of it.
func TestConfigOfOtherKinds(t *testing.T) {
	base := aws.String("https://example.com")
	own := fixed{attempts: 9}
	for name, c := range map[string]struct {
		cfg  aws.Config
		env  [2]string
		want func(datazone.Options) bool
	}{
		"retryer":           {cfg: aws.Config{Retryer: func() aws.Retryer { return own }}, want: func(o datazone.Options) bool { return o.Retryer == aws.Retryer(own) }},
		"retryer and limit": {cfg: aws.Config{Retryer: func() aws.Retryer { return own }, RetryMaxAttempts: 2}, want: func(o datazone.Options) bool { return o.Retryer.MaxAttempts() == 2 }},
		"limit":             {cfg: aws.Config{RetryMaxAttempts: 8}, want: func(o datazone.Options) bool { return o.Retryer.MaxAttempts() == 8 }},
		"FIPS":              {cfg: sources(source{fips: fips}), want: func(o datazone.Options) bool { return o.EndpointOptions.UseFIPSEndpoint == fips }},
		"FIPS by the first": {cfg: sources(source{fips: aws.FIPSEndpointStateDisabled}, source{fips: fips}), want: func(o datazone.Options) bool {
			return o.EndpointOptions.UseFIPSEndpoint == aws.FIPSEndpointStateDisabled
		}},
		"dual stack": {cfg: sources(7, source{}, source{dualStack: dualStack}), want: func(o datazone.Options) bool { return o.EndpointOptions.UseDualStackEndpoint == dualStack }},
		"silence": {cfg: sources(source{}), want: func(o datazone.Options) bool {
			return o.EndpointOptions == datazone.EndpointResolverOptions{} && o.BaseEndpoint == nil
		}},
		"sources that fail": {cfg: sources(source{fips: fips, base: "x", err: errors.New("no")}), want: func(o datazone.Options) bool {
			return o.EndpointOptions.UseFIPSEndpoint == aws.FIPSEndpointStateUnset && o.BaseEndpoint == nil
		}},
		"base":                 {cfg: aws.Config{BaseEndpoint: base}, want: baseIs("https://example.com")},
		"base of the service":  {cfg: aws.Config{BaseEndpoint: base, ConfigSources: []any{source{base: "https://own"}}}, want: baseIs("https://own")},
		"base, ignored":        {cfg: sources(source{base: "https://own", ignore: true}), want: func(o datazone.Options) bool { return o.BaseEndpoint == nil }},
		"base by the variable": {cfg: aws.Config{BaseEndpoint: base, ConfigSources: []any{source{base: "https://own"}}}, env: [2]string{"AWS_ENDPOINT_URL", "https://example.com"}, want: baseIs("https://example.com")},
		"base by both":         {cfg: sources(source{base: "https://own"}), env: [2]string{"AWS_ENDPOINT_URL_DATAZONE", "https://own"}, want: baseIs("https://own")},
	} {
		t.Run(name, func(t *testing.T) {
			if c.env[0] != "" {
				t.Setenv(c.env[0], c.env[1])
			}
			if o := datazone.NewFromConfig(c.cfg).Options(); !c.want(o) {
				t.Errorf("options are %+v with base %q", o, aws.ToString(o.BaseEndpoint))
			}
		})
	}
}

func sources(all ...any) aws.Config { return aws.Config{ConfigSources: all} }

func baseIs(want string) func(datazone.Options) bool {
	return func(o datazone.Options) bool { return aws.ToString(o.BaseEndpoint) == want }
}

// TestConfigOnTheWire makes a call with what a configuration says.
func TestConfigOnTheWire(t *testing.T) {
	client := play(t, reply(503, ""))
	cfg := aws.Config{
		Region: "us-gov-west-1", Credentials: credentials{}, HTTPClient: client, AppID: "my app", RetryMaxAttempts: 2,
		Retryer: quick, ConfigSources: []any{source{fips: fips}},
	}
	if _, err := call(datazone.NewFromConfig(cfg, hook)); err == nil {
		t.Error("there is no error")
	}
	r := client.last(t)
	if got, want := r.URL.String(), "https://datazone-fips.us-gov-west-1.api.aws"+runPath; got != want || len(client.requests) != 2 {
		t.Errorf("%d requests to %s, want two to %s", len(client.requests), got, want)
	}
	if got := r.Header.Get("User-Agent"); !strings.Contains(got, " app/my-app") || !strings.Contains(got, " api/datazone#") {
		t.Errorf("User-Agent is %q", got)
	}
	if got := r.Header.Get("Authorization"); !strings.Contains(got, "/us-gov-west-1/datazone/aws4_request") {
		t.Errorf("signed with %q", got)
	}
}

// TestOrderOfOptions sees who has the last word: defaults, options of the services,
// options of the client, options of the call.
func TestOrderOfOptions(t *testing.T) {
	var order []string
	note := func(name string) func(*datazone.Options) {
		return func(o *datazone.Options) { order = append(order, name); o.AppID = name }
	}
	client := play(t, reply(200, "{}"))
	cfg := aws.Config{Region: "eu-west-1", HTTPClient: client, AppID: "config", ServiceOptions: []func(string, any){
		func(service string, o any) { note("service " + service)(o.(*datazone.Options)) },
	}}
	c := datazone.NewFromConfig(cfg, hook, note("first"), note("second"))
	if _, err := call(c, note("call"), note("last")); err != nil {
		t.Fatal(err)
	}
	if want := []string{"service DataZone", "first", "second", "call", "last"}; !slices.Equal(order, want) {
		t.Errorf("applied %q, want %q", order, want)
	}
	if got := client.last(t).Header.Get("User-Agent"); !strings.Contains(got, " app/last") {
		t.Errorf("User-Agent is %q", got)
	}
}

// TestDefaults compares what a client has when it is reported nothing.
func TestDefaults(t *testing.T) {
	o := datazone.New(datazone.Options{}).Options()
	if _, ok := o.HTTPClient.(*awshttp.BuildableClient); !ok {
		t.Errorf("HTTP client is %T", o.HTTPClient)
	}
	if o.Logger != (logging.Nop{}) || o.Credentials != nil || o.Retryer.MaxAttempts() != 3 || o.RetryMode != aws.RetryModeStandard {
		t.Errorf("options are %+v", o)
	}
	if o.HTTPSignerV4 == nil || o.EndpointResolverV2 == nil || o.IdempotencyTokenProvider == nil {
		t.Errorf("options lack a part: %+v", o)
	}
}

// TestEveryFieldOfTheConfigurationCounts goes through aws.Config: a client takes a field,
// or there is a reason why it means nothing to it.
func TestEveryFieldOfTheConfigurationCounts(t *testing.T) {
	taken := []string{
		"AppID", "AuthSchemePreference", "BaseEndpoint", "ClientLogMode", "ConfigSources", "Credentials", "DefaultsMode",
		"DisableClockSkewCorrection", "HTTPClient", "Logger", "Region", "RetryMaxAttempts", "RetryMode", "Retryer",
		"RuntimeEnvironment", "ServiceOptions", "APIOptions", "EndpointResolver", "EndpointResolverWithOptions", "Interceptors",
	}
	meaningless := map[string]string{
		"AccountIDEndpointMode":       "no endpoint of the service has an account in it",
		"BearerAuthTokenProvider":     "the operation has no bearer authentication",
		"DisableRequestCompression":   "the operation compresses nothing",
		"RequestMinCompressSizeBytes": "the operation compresses nothing",
		"RequestChecksumCalculation":  "the operation has no checksums",
		"ResponseChecksumValidation":  "the operation has no checksums",
		"RestrictFilePermissions":     "it is for what credentials are kept in",
	}
	for field := range reflect.TypeFor[aws.Config]().Fields() {
		if !slices.Contains(taken, field.Name) && meaningless[field.Name] == "" {
			t.Errorf("nothing is known of the field %s", field.Name)
		}
	}
}

// TestEmptyFieldsOfTheConfiguration: what is there and empty asks for nothing.
func TestEmptyFieldsOfTheConfiguration(t *testing.T) {
	c := datazone.NewFromConfig(aws.Config{
		Region: "us-east-1", APIOptions: []func(*middleware.Stack) error{}, HTTPClient: recycled{200, wholeBody},
		Interceptors: smithyhttp.InterceptorRegistry{BeforeRetryLoop: []smithyhttp.BeforeRetryLoopInterceptor{}},
	}, hook)
	if _, err := call(c); err != nil {
		t.Error(err)
	}
}
