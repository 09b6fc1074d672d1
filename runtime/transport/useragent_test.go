package transport

import (
	"context"
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// sourced are credentials that say where they come from.
type sourced []aws.CredentialSource

func (sourced) Retrieve(context.Context) (aws.Credentials, error) { return aws.Credentials{}, nil }

func (s sourced) ProviderSources() []aws.CredentialSource { return s }

func TestUserAgent(t *testing.T) {
	t.Setenv("AWS_EXECUTION_ENV", "")
	base := UserAgent{API: "thing", Version: "2018-05-10"}.String()
	known := sourced{aws.CredentialSourceSTSAssumeRole, aws.CredentialSourceEnvVars, aws.CredentialSourceSTSAssumeRole}
	for name, c := range map[string]struct {
		agent UserAgent
		want  string
	}{
		"app id":      {UserAgent{AppID: "my app"}, " app/my-app"},
		"standard":    {UserAgent{Retryer: retry.NewStandard()}, " m/E"},
		"adaptive":    {UserAgent{Retryer: retry.NewAdaptiveMode()}, " m/F"},
		"limited":     {UserAgent{Retryer: LimitAttempts(retry.NewStandard(), 2)}, ""},
		"credentials": {UserAgent{Credentials: known}, " m/g,i"},
		"preferred":   {UserAgent{AccountIDEndpointMode: aws.AccountIDEndpointModePreferred}, " m/P"},
		"required":    {UserAgent{AccountIDEndpointMode: aws.AccountIDEndpointModeRequired}, " m/R"},
		"disabled":    {UserAgent{AccountIDEndpointMode: aws.AccountIDEndpointModeDisabled}, " m/Q"},
		"everything": {
			UserAgent{AppID: "a", Retryer: retry.NewStandard(), Credentials: known, AccountIDEndpointMode: aws.AccountIDEndpointModePreferred},
			" app/a m/E,P,g,i",
		},
	} {
		t.Run(name, func(t *testing.T) {
			c.agent.API, c.agent.Version = "thing", "2018-05-10"
			if got := c.agent.String(); got != base+c.want {
				t.Errorf("User-Agent is %q\nwant %q", got, base+c.want)
			}
		})
	}
}

// officialUserAgent is what the official middleware makes of it.
func officialUserAgent(t *testing.T, u *UserAgent) string {
	t.Helper()
	agent := awsmiddleware.NewRequestUserAgent()
	agent.AddSDKAgentKeyValue(awsmiddleware.APIMetadata, u.API, u.Version)
	if u.AppID != "" {
		agent.AddSDKAgentKey(awsmiddleware.ApplicationIdentifier, u.AppID)
	}
	switch u.Retryer.(type) {
	case *retry.Standard:
		agent.AddUserAgentFeature(awsmiddleware.UserAgentFeatureRetryModeStandard)
	case *retry.AdaptiveMode:
		agent.AddUserAgentFeature(awsmiddleware.UserAgentFeatureRetryModeAdaptive)
	}
	if sources, ok := u.Credentials.(aws.CredentialProviderSource); ok {
		for _, source := range sources.ProviderSources() {
			agent.AddCredentialsSource(source)
		}
	}
	req := &smithyhttp.Request{Request: &http.Request{Header: http.Header{}}}
	_, _, err := agent.HandleBuild(t.Context(), middleware.BuildInput{Request: req}, middleware.BuildHandlerFunc(
		func(context.Context, middleware.BuildInput) (out middleware.BuildOutput, md middleware.Metadata, err error) {
			return out, md, nil
		}))
	if err != nil {
		t.Fatal(err)
	}
	return req.Header.Get("User-Agent")
}

// TestUserAgentSources checks the table of sources against the official one, which
// may get new ones.
func TestUserAgentSources(t *testing.T) {
	for source := aws.CredentialSource(-1); source < 100; source++ {
		u := &UserAgent{API: "thing", Version: "1", Credentials: sourced{source}}
		if got, want := u.String(), officialUserAgent(t, u); got != want {
			t.Errorf("source %d: User-Agent is %q\nofficial %q", source, got, want)
		}
	}
}

func FuzzUserAgent(f *testing.F) {
	f.Add("datazone", "2018-05-10", "my app", "AWS_Lambda_go1.x", uint8(1), []byte{1, 2, 1})
	f.Add("", "", "ü\xff/#\n\x00\u2028", "a b", uint8(2), []byte{})
	f.Add("Am/z(e)n", "!#$%&'*+-.^_`|~", "\"(),/:;<=>?@[\\]{}", "\x7f\x80", uint8(0), []byte{22, 21, 23, 0})
	f.Fuzz(func(t *testing.T, api, version, app, environment string, mode uint8, from []byte) {
		for i := range len(environment) {
			if environment[i] == 0 {
				t.Skip("no environment has such a variable")
			}
		}
		t.Setenv("AWS_EXECUTION_ENV", environment)
		u := &UserAgent{API: api, Version: version, AppID: app}
		switch mode % 3 {
		case 1:
			u.Retryer = retry.NewStandard()
		case 2:
			u.Retryer = retry.NewAdaptiveMode()
		}
		if len(from) > 0 {
			sources := make(sourced, len(from))
			for i, b := range from {
				sources[i] = aws.CredentialSource(b)
			}
			u.Credentials = sources
		}
		if got, want := u.String(), officialUserAgent(t, u); got != want {
			t.Errorf("User-Agent is %q\nofficial %q", got, want)
		}
	})
}

// TestUserAgentOnTheWire checks that settings pass the string on as it is.
func TestUserAgentOnTheWire(t *testing.T) {
	client := play(ok200)
	agent := UserAgent{API: "thing", Version: "1", Retryer: retry.NewStandard()}.String()
	if _, err := Do(context.Background(), testSettings(client, func(s *Settings) { s.UserAgent = agent }), testInfo(), &fakeOp{}); err != nil {
		t.Fatal(err)
	}
	if got := client.requests[0].Header["User-Agent"]; len(got) != 1 || got[0] != agent {
		t.Errorf("User-Agent = %q", got)
	}
}
