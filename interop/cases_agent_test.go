package interop

import (
	"net/http"
	"strings"

	"example.com/lathe/interop/compare"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// agentCases look at what the client says of itself and its surroundings.
func agentCases() (out []scenario) {
	for _, id := range []string{"app", "my app", "a/b#c", "ünïcode", "!#$%&'*+-.^_`|~", "(x)", "a\nb", strings.Repeat("x", 200), " "} {
		out = append(out, scenario{Name: "agent/app id " + id, Options: settings{set("AppID", id)}, Replies: []compare.Reply{fine}, Want: "ok"})
	}
	for name, env := range map[string]map[string]string{
		"execution environment":     {"AWS_EXECUTION_ENV": "AWS_Lambda_go1.x"},
		"odd execution environment": {"AWS_EXECUTION_ENV": "a b/c#d"},
		"function":                  {"AWS_LAMBDA_FUNCTION_NAME": "f", "_X_AMZN_TRACE_ID": "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"},
		"function, odd trace":       {"AWS_LAMBDA_FUNCTION_NAME": "f", "_X_AMZN_TRACE_ID": "a b\tü%{}\"',[]+&=/?"},
		"function, empty trace":     {"AWS_LAMBDA_FUNCTION_NAME": "f", "_X_AMZN_TRACE_ID": ""},
		"function, no trace":        {"AWS_LAMBDA_FUNCTION_NAME": "f"},
		"trace, no function":        {"_X_AMZN_TRACE_ID": "Root=1"},
		"empty function":            {"AWS_LAMBDA_FUNCTION_NAME": "", "_X_AMZN_TRACE_ID": "Root=1"},
	} {
		out = append(out, scenario{Name: "agent/" + name, Env: env, Replies: []compare.Reply{fine}, Want: "ok"})
	}
	for name, retryer := range map[string]aws.Retryer{
		"standard": standard(), "adaptive": retry.NewAdaptiveMode(), "nop": aws.NopRetryer{}, "wrapped": retry.AddWithMaxAttempts(standard(), 2),
	} {
		out = append(out, scenario{Name: "agent/retryer " + name, Options: settings{set("Retryer", retryer)}, Replies: []compare.Reply{fine}, Want: "ok"})
	}
	return append(out, scenario{
		Name: "agent/several calls", Calls: []compare.Call{{}, {Options: settings{set("AppID", "x")}}, {Options: settings{set("RetryMaxAttempts", 7)}}},
		Replies: []compare.Reply{fault, fine}, Want: "ok; ok; ok (4 sent)",
	})
}

// shout is an HTTP client that changes the request that it is given, and the
// response that it returns.
type shout struct{ http *compare.Transport }

func (s shout) Do(r *http.Request) (*http.Response, error) {
	r.Header.Set("X-Shout", "!")
	return s.http.Do(r)
}

func shouting(w *compare.World) any { return shout{w.Transport()} }

// roundTripping is net/http's client over the transport of the world.
func roundTripping(w *compare.World) any { return &http.Client{Transport: w.Transport()} }
