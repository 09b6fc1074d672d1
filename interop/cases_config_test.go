package interop

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"example.com/lathe/interop/compare"
	"github.com/aws/aws-sdk-go-v2/aws"
)

// source is a source of configuration that answers whatever it is asked.
type source struct {
	dual    aws.DualStackEndpointState
	fips    aws.FIPSEndpointState
	url     string
	ignore  bool
	unknown bool
	err     error
}

func (s source) GetUseDualStackEndpoint(context.Context) (aws.DualStackEndpointState, bool, error) {
	return s.dual, !s.unknown, s.err
}

func (s source) GetUseFIPSEndpoint(context.Context) (aws.FIPSEndpointState, bool, error) {
	return s.fips, !s.unknown, s.err
}

func (s source) GetServiceBaseEndpoint(_ context.Context, id string) (string, bool, error) {
	return s.url, s.url != "" && id == "DataZone" && !s.unknown, s.err
}

func (s source) GetIgnoreConfiguredEndpoints(context.Context) (bool, bool, error) {
	return s.ignore, s.ignore, nil
}

// sources are values of aws.Config.ConfigSources.
func sources(all ...any) compare.Setting { return set("ConfigSources", all) }

// configured is a scenario whose client is made of an aws.Config.
func configured(name, want string, config ...compare.Setting) scenario {
	return scenario{Name: "config/" + name, FromConfig: true, Config: config, Replies: []compare.Reply{fine}, Want: want}
}

// configCases make clients of an aws.Config.
func configCases() []scenario {
	own := source{url: "https://source.example/base"}
	base := set("BaseEndpoint", "https://config.example")
	out := []scenario{
		configured("plain", "ok"),
		configured("region", "ok", set("Region", "eu-west-1")),
		configured("no region", "errors.errorString (0 sent)", set("Region", "")),
		configured("no credentials", "ok", set("Credentials", nil)),
		configured("anonymous", "ok", set("Credentials", aws.AnonymousCredentials{})),
		configured("app id", "ok", set("AppID", "my app")),
		configured("base endpoint", "ok", base),
		configured("endpoint of a source", "ok", sources(own)),
		configured("endpoint of a source, and base", "ok", base, sources(own)),
		configured("endpoint of the second source", "ok", sources(source{}, own, source{url: "https://late.example"})),
		configured("endpoints are ignored", "ok", base, sources(own, source{ignore: true})),
		configured("endpoints are ignored, no base", "ok", sources(source{ignore: true, url: own.url})),
		configured("source fails", "ok", base, sources(source{err: errors.New("no file"), url: "https://x.example"})),
		configured("source fails after one that knows", "ok", sources(own, source{err: errors.New("no file")})),
		configured("source does not know", "ok", base, sources(source{unknown: true})),
		configured("sources of other types", "ok", sources(1, "x", struct{}{})),
		configured("FIPS", "ok", sources(source{fips: aws.FIPSEndpointStateEnabled})),
		configured("FIPS, second source", "ok", sources(source{unknown: true}, source{fips: aws.FIPSEndpointStateEnabled})),
		configured("FIPS, failing source first", "ok", sources(source{err: errors.New("no file")}, source{fips: aws.FIPSEndpointStateEnabled})),
		configured("dual stack", "ok", sources(source{dual: aws.DualStackEndpointStateEnabled})),
		configured("FIPS and dual stack in GovCloud", "ok", set("Region", "us-gov-west-1"), sources(source{fips: aws.FIPSEndpointStateEnabled, dual: aws.DualStackEndpointStateEnabled})),
		configured("defaults mode", "ok", set("DefaultsMode", aws.DefaultsModeStandard)),
		configured("defaults mode auto", "ok", set("DefaultsMode", aws.DefaultsModeAuto), set("RuntimeEnvironment", aws.RuntimeEnvironment{Region: "us-east-1"})),
		configured("unknown defaults mode", "ok", set("DefaultsMode", aws.DefaultsMode("odd"))),
		configured("no retryer", "ok", set("Retryer", nil)),
		configured("retry mode", "ok", set("Retryer", nil), set("RetryMode", aws.RetryModeAdaptive)),
		configured("logger", "ok", set("Logger", compare.Make(notingLogger)), set("ClientLogMode", aws.LogRetries)),
	}
	out = append(out, configRetryCases()...)
	out = append(out, configEnvironmentCases()...)
	return append(out, optionFunctionCases()...)
}

// configRetryCases retry as the configuration says.
func configRetryCases() (out []scenario) {
	for _, row := range []struct {
		name   string
		sent   int
		config settings
	}{
		{"attempts", 2, settings{set("RetryMaxAttempts", 2)}},
		{"attempts without retryer", 4, settings{set("RetryMaxAttempts", 4), set("Retryer", nil)}},
		{"retryer", 3, nil},
		{"mode", 3, settings{set("Retryer", nil), set("RetryMode", aws.RetryModeStandard)}},
		{"nop retryer", 1, settings{set("Retryer", aws.NopRetryer{})}},
	} {
		s := configured("retries by "+row.name, sentTimes("500 InternalServerException", 1, row.sent), row.config...)
		s.RandomWaits, s.Replies = true, []compare.Reply{fault}
		out = append(out, s)
	}
	return out
}

// configEnvironmentCases set variables that decide on the endpoint.
func configEnvironmentCases() (out []scenario) {
	const all, service = "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DATAZONE"
	for _, env := range []map[string]string{
		{all: "https://env.example"}, {service: "https://env.example"}, {all: "https://env.example", service: "https://env2.example"}, {all: ""},
		{service: ""}, {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, {"AWS_REGION": "eu-west-3"}, {"AWS_USE_FIPS_ENDPOINT": "true"},
	} {
		for _, config := range []settings{
			nil, {set("BaseEndpoint", "https://config.example")}, {sources(source{url: "https://source.example"})},
			{set("BaseEndpoint", "https://config.example"), sources(source{url: "https://source.example"})},
		} {
			s := configured(fmt.Sprintf("env %v, %d settings %d", env, len(config), len(out)%4), "ok", config...)
			s.Env = env
			out = append(out, s)
		}
	}
	return out
}

// optionFunctionCases change options by functions.
func optionFunctionCases() []scenario {
	appID := func(id string) settings { return settings{set("AppID", id)} }
	perService := compare.Make(func(w *compare.World) any {
		return []func(string, any){func(id string, o any) {
			w.Note("options for " + id)
			reflect.ValueOf(o).Elem().FieldByName("AppID").SetString("of-the-service")
		}}
	})
	of := func(name string, s scenario) scenario {
		s.Name, s.Want, s.Replies = "options/"+name, "ok", []compare.Reply{fine}
		return s
	}
	return []scenario{
		of("functions of the constructor", scenario{Options: appID("a"), ClientFns: appID("b")}),
		of("functions of the call", scenario{Options: appID("a"), Calls: []compare.Call{{Options: appID("c")}}}),
		of("of the configuration", scenario{FromConfig: true, Config: appID("a"), Options: appID("b"), ClientFns: appID("c")}),
		of("service options", scenario{FromConfig: true, Config: settings{set("ServiceOptions", perService)}}),
		of("service options come first", scenario{FromConfig: true, Config: settings{set("ServiceOptions", perService)}, Options: appID("x")}),
		of("HTTP client of the call", scenario{Calls: []compare.Call{{Options: settings{set("HTTPClient", compare.Make(shouting))}}}}),
		of("region by function", scenario{ClientFns: settings{set("Region", "eu-west-1")}}),
		of("credentials by function", scenario{Options: settings{set("Credentials", nil)}, ClientFns: settings{set("Credentials", staticKey())}}),
		of("resolver to nothing by function", scenario{ClientFns: settings{set("IdempotencyTokenProvider", nil), set("Logger", nil)}}),
		of("empty functions of the call", scenario{Calls: []compare.Call{{Options: settings{}}}}),
	}
}
