package interop

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"example.com/lathe/interop/compare"
	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// optionScenarios are clients whose options are looked at.
func optionScenarios() []scenario {
	auto := settings{
		set("DefaultsMode", aws.DefaultsModeAuto),
		set("RuntimeEnvironment", aws.RuntimeEnvironment{EnvironmentIdentifier: "AWS_Lambda_go", Region: "us-east-1"}),
	}
	out := []scenario{
		{Name: "nothing", Options: settings{set("Retryer", nil), set("HTTPClient", nil), set("Credentials", nil), set("Region", "")}},
		{Name: "defaults"},
		{Name: "all", Options: settings{
			set("AppID", "a"), set("BaseEndpoint", "https://a.example"), set("ClientLogMode", aws.LogRequest), set("RetryMaxAttempts", 7),
			set("RetryMode", aws.RetryModeAdaptive), set("EndpointOptions.UseFIPSEndpoint", aws.FIPSEndpointStateEnabled),
			set("Logger", compare.Make(notingLogger)), set("AuthSchemePreference", []string{"sigv4"}),
		}},
		{Name: "anonymous", Options: settings{set("Credentials", aws.AnonymousCredentials{})}},
		{Name: "function", Options: settings{set("Region", "a")}, ClientFns: settings{set("Region", "b")}},
		{Name: "function that removes", ClientFns: settings{set("Logger", nil), set("HTTPClient", nil), set("HTTPSignerV4", nil), set("EndpointResolverV2", nil)}},
		{Name: "auto", Options: append(settings{set("HTTPClient", nil), set("Retryer", nil)}, auto...)},
		{Name: "buildable client", Options: settings{set("HTTPClient", awshttp.NewBuildableClient()), set("DefaultsMode", aws.DefaultsModeInRegion)}},
	}
	for _, mode := range []aws.DefaultsMode{"legacy", "standard", "in-region", "cross-region", "mobile", "auto", "odd", "STANDARD"} {
		out = append(out, scenario{
			Name: "mode " + string(mode), Options: settings{set("HTTPClient", nil), set("Retryer", nil), set("DefaultsMode", mode)},
		})
	}
	for _, s := range configCases() {
		if s.FromConfig {
			out = append(out, s)
		}
	}
	return out
}

// newerOptions are fields of Options that came after the official package. Package newest
// compares them.
func newerOptions() []string { return []string{"DisableClockSkewCorrection"} }

// TestOptions compares what Client.Options returns, field by field of ours.
func TestOptions(t *testing.T) {
	for _, s := range optionScenarios() {
		t.Run(s.Name, func(t *testing.T) {
			for name, value := range s.Env {
				t.Setenv(name, value)
			}
			theirs, ours := officialClient().Options(&s), ourClient().Options(&s)
			for name, value := range ours {
				if _, has := theirs[name]; !has && slices.Contains(newerOptions(), name) {
					continue
				}
				if name == "AuthSchemeResolver" { // of a type of each client's own
					continue
				}
				a, b := option(theirs[name]), option(value)
				if a != b {
					t.Errorf("%s: the official client has %s, ours has %s", name, a, b)
				}
			}
		})
	}
}

// option describes the value of an option, which may be of a client's own type.
func option(v any) string {
	switch v := v.(type) {
	case *awshttp.BuildableClient:
		return fmt.Sprintf("%T, dial %v, TLS %v", v, v.GetDialer().Timeout, v.GetTransport().TLSHandshakeTimeout)
	case aws.Retryer:
		return fmt.Sprintf("%T, %d attempts", v, v.MaxAttempts())
	case v4.HTTPSigner:
		return "a signer"
	case []smithyhttp.AuthScheme:
		var ids []string
		for _, scheme := range v {
			ids = append(ids, scheme.SchemeID())
		}
		return strings.Join(ids, ", ")
	case *string:
		return fmt.Sprint(aws.ToString(v), v == nil)
	}
	r := reflect.ValueOf(v)
	if r.IsValid() && (r.Kind() == reflect.Pointer || r.Kind() == reflect.Func) {
		return fmt.Sprintf("%T", v)
	}
	if r.Kind() == reflect.Struct {
		return fmt.Sprintf("%+v", v)
	}
	return fmt.Sprintf("%T %+v", v, v)
}
