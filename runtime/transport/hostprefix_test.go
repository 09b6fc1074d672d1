package transport

import (
	"context"
	"testing"

	"example.com/lathe/runtime/rest"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// TestHostPrefixCanBeDisabled calls an operation that has a host prefix, with and
// without what switches prefixes off.
func TestHostPrefixCanBeDisabled(t *testing.T) {
	const plain, withPrefix = "thing.eu-west-1.api.aws", "data-a1.thing.eu-west-1.api.aws"
	background := context.Background()
	for name, c := range map[string]struct {
		variable string
		ctx      context.Context
		want     string
	}{
		"nothing set":          {"", background, withPrefix},
		"variable":             {"true", background, plain},
		"variable in capitals": {"TRUE", background, plain},
		"variable says no":     {"false", background, withPrefix},
		"variable says else":   {"1", background, withPrefix},
		"context":              {"", smithyhttp.DisableEndpointHostPrefix(background, true), plain},
		"context says no":      {"", smithyhttp.DisableEndpointHostPrefix(background, false), withPrefix},
		"variable and context": {"true", smithyhttp.DisableEndpointHostPrefix(background, false), plain},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("AWS_DISABLE_HOST_PREFIX_INJECTION", c.variable)
			client := play(bad500, ok200)
			op := &fakeOp{serialize: func(r *rest.Request) {
				r.Start("GET", "/").HostPrefix("data-").HostLabel("id", "a1").HostPrefix(".")
			}}
			if _, err := Do(c.ctx, testSettings(client, withRetryer(&fakeRetryer{})), testInfo(), op); err != nil {
				t.Fatal(err)
			}
			for i, r := range client.requests {
				if r.URL.Host != c.want {
					t.Errorf("attempt %d goes to %s, want %s", i+1, r.URL.Host, c.want)
				}
			}
		})
	}
}
