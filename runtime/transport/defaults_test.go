package transport

import (
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
)

func TestResolveDefaultsMode(t *testing.T) {
	here := aws.RuntimeEnvironment{EnvironmentIdentifier: "AWS_Lambda", Region: "eu-west-1"}
	for mode, want := range map[aws.DefaultsMode]aws.DefaultsMode{
		"":             aws.DefaultsModeLegacy,
		"legacy":       aws.DefaultsModeLegacy,
		"In-Region":    aws.DefaultsModeInRegion,
		"mobile":       aws.DefaultsModeMobile,
		"auto":         aws.DefaultsModeInRegion,
		"out-of-world": "out-of-world",
	} {
		if got := ResolveDefaultsMode(mode, "eu-west-1", here); got != want {
			t.Errorf("ResolveDefaultsMode(%q) = %q, want %q", mode, got, want)
		}
	}
	if got := ResolveDefaultsMode("auto", "us-east-1", here); got != aws.DefaultsModeCrossRegion {
		t.Errorf("auto in another region is %q", got)
	}
	if got := ResolveDefaultsMode("auto", "us-east-1", aws.RuntimeEnvironment{}); got != aws.DefaultsModeStandard {
		t.Errorf("auto nowhere is %q", got)
	}
}

func TestNewHTTPClient(t *testing.T) {
	own := clientFunc(func(*http.Request) (*http.Response, error) { return nil, io.EOF })
	if _, err := NewHTTPClient(own, aws.DefaultsModeInRegion).Do(nil); err != io.EOF {
		t.Error("a client of the user's own was replaced")
	}
	custom := awshttp.NewBuildableClient().WithTimeout(7 * time.Second)
	for name, c := range map[string]struct {
		client    aws.HTTPClient
		mode      aws.DefaultsMode
		dial, tls time.Duration
	}{
		"default":             {nil, aws.DefaultsModeStandard, 3100 * time.Millisecond, 3100 * time.Millisecond},
		"legacy":              {nil, aws.DefaultsModeLegacy, 30 * time.Second, 10 * time.Second},
		"buildable":           {custom, aws.DefaultsModeInRegion, 1100 * time.Millisecond, 1100 * time.Millisecond},
		"buildable, no mode":  {custom, "", 30 * time.Second, 10 * time.Second},
		"buildable, bad mode": {custom, "other", 30 * time.Second, 10 * time.Second},
	} {
		got, ok := NewHTTPClient(c.client, c.mode).(*awshttp.BuildableClient)
		if !ok {
			t.Errorf("%s: client is not buildable", name)
			continue
		}
		if d, h := got.GetDialer().Timeout, got.GetTransport().TLSHandshakeTimeout; d != c.dial || h != c.tls {
			t.Errorf("%s: timeouts are %v and %v, want %v and %v", name, d, h, c.dial, c.tls)
		}
		if c.client != nil && got.GetTimeout() != 7*time.Second {
			t.Errorf("%s: lost its own timeout", name)
		}
	}
	if custom.GetDialer().Timeout != 30*time.Second {
		t.Error("the user's client was changed")
	}
}

func TestResolveRetryMode(t *testing.T) {
	for _, c := range []struct {
		mode aws.RetryMode
		dm   aws.DefaultsMode
		want aws.RetryMode
	}{
		{"", aws.DefaultsModeLegacy, aws.RetryModeStandard},
		{"", aws.DefaultsModeMobile, aws.RetryModeStandard},
		{aws.RetryModeAdaptive, aws.DefaultsModeMobile, aws.RetryModeAdaptive},
		{"own", "", "own"},
	} {
		if got := ResolveRetryMode(c.mode, c.dm); got != c.want {
			t.Errorf("ResolveRetryMode(%q, %q) = %q, want %q", c.mode, c.dm, got, c.want)
		}
	}
}

func TestNewRetryer(t *testing.T) {
	for _, c := range []struct {
		mode     aws.RetryMode
		limit    int
		adaptive bool
		want     int
	}{
		{aws.RetryModeStandard, 0, false, 3},
		{aws.RetryModeStandard, 5, false, 5},
		{aws.RetryModeAdaptive, 0, true, 3},
		{aws.RetryModeAdaptive, 7, true, 7},
		{"", 0, false, 3},
	} {
		r := NewRetryer(c.mode, c.limit)
		if _, adaptive := r.(*retry.AdaptiveMode); adaptive != c.adaptive || r.MaxAttempts() != c.want {
			t.Errorf("NewRetryer(%q, %d) is a %T with %d attempts", c.mode, c.limit, r, r.MaxAttempts())
		}
	}
}

func TestLimitAttempts(t *testing.T) {
	standard := retry.NewStandard()
	if got := LimitAttempts(standard, 0); got != aws.Retryer(standard) {
		t.Errorf("a limit of zero gives a %T", got)
	}
	if got := LimitAttempts(standard, 9).MaxAttempts(); got != 9 {
		t.Errorf("limit is %d", got)
	}
}

func TestSigningCredentials(t *testing.T) {
	for name, c := range map[string]struct {
		in    aws.CredentialsProvider
		usual bool
	}{
		"none":              {nil, false},
		"anonymous":         {aws.AnonymousCredentials{}, false},
		"anonymous pointer": {&aws.AnonymousCredentials{}, false},
		"cached anonymous":  {aws.NewCredentialsCache(aws.AnonymousCredentials{}), false},
		"usual":             {testCredentials, true},
	} {
		if got := SigningCredentials(c.in); (got != nil) != c.usual {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestNewIdempotencyTokens(t *testing.T) {
	tokens := NewIdempotencyTokens()
	one, err := tokens.GetIdempotencyToken()
	two, err2 := tokens.GetIdempotencyToken()
	if err != nil || err2 != nil || !isUUID(one) || one == two {
		t.Errorf("tokens are %q, %q, %v, %v", one, two, err, err2)
	}
}
