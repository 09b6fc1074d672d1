package transport

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.com/lathe/runtime/rest"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

func TestAcceptEncoding(t *testing.T) {
	for _, want := range []string{"", "identity", "gzip"} {
		client := play(answer(200, ""))
		if _, err := Do(context.Background(), testSettings(client, func(s *Settings) { s.AcceptEncoding = want }), testInfo(), &fakeOp{}); err != nil {
			t.Fatal(err)
		}
		if got := client.requests[0].Header.Get("Accept-Encoding"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestReceive has the client exchange the bodies of responses, those of errors too.
func TestReceive(t *testing.T) {
	receive := func(op *Info, resp *http.Response) error {
		resp.Body = io.NopCloser(strings.NewReader(`{"message": "` + op.Name + `"}`))
		resp.ContentLength = -1
		return nil
	}
	op := &fakeOp{}
	if _, err := Do(context.Background(), testSettings(play(answer(200, "other")), func(s *Settings) { s.Receive = receive }), testInfo(), op); err != nil || op.out != `{"message": "GetThing"}` {
		t.Errorf("%q, %v", op.out, err)
	}
	_, err := Do(context.Background(), testSettings(play(answer(400, "other", "X-Amzn-Errortype", "ThingNotFoundException")), func(s *Settings) { s.Receive = receive }), testInfo(), op)
	var known *thingError
	if !errors.As(err, &known) || known.Message != "GetThing" {
		t.Errorf("%v", err)
	}
}

// TestReceiveFails closes the body and says what failed, with the response.
func TestReceiveFails(t *testing.T) {
	body := &trackedBody{Reader: strings.NewReader("text")}
	client := clientFunc(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: http.Header{"X-Amzn-Requestid": {"id-1"}}, Body: body}, nil
	})
	_, err := Do(context.Background(), testSettings(client, func(s *Settings) {
		s.Receive = func(*Info, *http.Response) error { return errors.New("boom") }
	}), testInfo(), &fakeOp{})
	const want = "operation error Thing: GetThing, https response error StatusCode: 200, RequestID: id-1, deserialization failed, boom"
	var broken *smithy.DeserializationError
	if err == nil || err.Error() != want || !errors.As(err, &broken) || body.closed.Load() != 1 {
		t.Errorf("%v, closed %d times", err, body.closed.Load())
	}
}

func TestDiscover(t *testing.T) {
	client := play(answer(200, ""), answer(200, ""))
	boom := errors.New("boom")
	s := testSettings(client, func(s *Settings) {
		s.Discover = func(_ context.Context, op *Info, accessKeyID string, resolved *Endpoint) (*Endpoint, error) {
			if op.Discovery == RequiredDiscovery {
				return nil, boom
			}
			own := *resolved
			own.URL.Host = strings.ToLower(accessKeyID) + "." + resolved.URL.Host
			return &own, nil
		}
	})
	if _, err := Do(context.Background(), s, testInfo(), &fakeOp{}); err != nil {
		t.Fatal(err)
	}
	if got := client.requests[0].URL.Host; got != "akid.thing.eu-west-1.api.aws" {
		t.Errorf("sent to %s", got)
	}
	info := testInfo()
	info.Discovery = RequiredDiscovery
	if _, err := Do(context.Background(), s, info, &fakeOp{}); !errors.Is(err, boom) || len(client.requests) != 1 {
		t.Errorf("%v after %d requests", err, len(client.requests))
	}
}

// TestResolveEndpointGetsTheAccount of the credentials that sign, and none of a call
// that is not signed.
func TestResolveEndpointGetsTheAccount(t *testing.T) {
	for scheme, want := range map[string]string{"aws.auth#sigv4": "123456789012", "smithy.api#noAuth": ""} {
		got := "never asked"
		s := testSettings(play(answer(200, "")), func(s *Settings) {
			s.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
				return aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "SECRET", AccountID: "123456789012"}, nil
			})
			next := s.ResolveEndpoint
			s.ResolveEndpoint = func(ctx context.Context, account string, in any) (*Endpoint, error) {
				got = account
				return next(ctx, account, in)
			}
		})
		info := testInfo()
		info.Auth = []string{scheme}
		if _, err := Do(context.Background(), s, info, &fakeOp{}); err != nil || got != want {
			t.Errorf("%s: %q, %v", scheme, got, err)
		}
	}
}

// TestCheck compares output and input once, after all attempts, and not when the call
// has failed.
func TestCheck(t *testing.T) {
	boom := errors.New("boom")
	for _, tc := range []struct {
		name    string
		answers []func(*http.Request) (*http.Response, error)
		skip    bool
		want    string
		checks  int
	}{
		{"the output is wrong", []func(*http.Request) (*http.Response, error){answer(500, ""), answer(200, "")}, false, "operation error Thing: GetThing, boom", 1},
		{"it is not compared", []func(*http.Request) (*http.Response, error){answer(200, "")}, true, "", 1},
		{"the call failed", []func(*http.Request) (*http.Response, error){answer(400, "", "X-Amzn-Errortype", "Odd")}, false, "operation error Thing: GetThing, exceeded maximum number of attempts, 3, https response error StatusCode: 400, RequestID: , api error Odd: UnknownError", 0},
	} {
		checks := 0
		in, out := &fakeOp{}, &fakeOp{}
		op := &Operation[*fakeOp, *fakeOp]{
			Info:   *testInfo(),
			Encode: func(in *fakeOp, r *rest.Request) { in.Serialize(r) },
			Decode: func(r *rest.Response, out *fakeOp) error { return out.Deserialize(r) },
			Check: func(gotIn, gotOut *fakeOp, s *Settings) error {
				if checks++; gotIn != in || gotOut != out {
					t.Errorf("%s: it compares %p with %p", tc.name, gotIn, gotOut)
				}
				if s.SkipMessageChecksums {
					return nil
				}
				return boom
			},
		}
		s := testSettings(play(tc.answers...), withRetryer(&fakeRetryer{attempts: 3}), func(s *Settings) { s.SkipMessageChecksums = tc.skip })
		_, _, err := Call(context.Background(), s, op, in, out)
		text := ""
		if err != nil {
			text = err.Error()
		}
		if text != tc.want || checks != tc.checks {
			t.Errorf("%s: %q after %d checks", tc.name, text, checks)
		}
	}
}

// TestSerializeDeclaredLength: in a middleware stack, too, a stream is as long as the input
// says. The core finds out the length of a stream that nothing is said of.
func TestSerializeDeclaredLength(t *testing.T) {
	for name, tc := range map[string]struct {
		declare func(r *rest.Request)
		want    int64
	}{
		"nothing": {func(*rest.Request) {}, 5},
		"shorter": {func(r *rest.Request) { r.SetLength(3) }, 3},
		"empty":   {func(r *rest.Request) { r.SetLength(0) }, 0},
	} {
		op := &fakeOp{serialize: func(r *rest.Request) {
			r.Start("PUT", "/").SetStream("", strings.NewReader("hello"))
			tc.declare(r)
		}}
		called := false
		hooked := Hooked(func(ctx context.Context, steps *Steps) (any, middleware.Metadata, error) {
			request, _ := smithyhttp.NewStackRequest().(*smithyhttp.Request)
			_, request, err := steps.Serialize(ctx, op, request)
			if err != nil || request.ContentLength != tc.want {
				t.Errorf("%s: %d bytes, %v", name, request.ContentLength, err)
			}
			called = true
			return op, middleware.Metadata{}, err
		})
		s := testSettings(play(), func(s *Settings) { s.Hooked = hooked })
		if _, err := Do(t.Context(), s, testInfo(), op); err != nil || !called {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFeatures: what a request and its input make use of is in the header of that call.
func TestFeatures(t *testing.T) {
	for name, tc := range map[string]struct {
		agent, input string
		request      []string
		want         string
	}{
		"none":           {"agent/1 m/E", "", nil, "agent/1 m/E"},
		"in order":       {"agent/1 m/E,g", "J", []string{"Z", "U"}, "agent/1 m/E,J,U,Z,g"},
		"each once":      {"agent/1 m/E", "E", []string{"E", "E"}, "agent/1 m/E"},
		"the first":      {"agent/1 app/m", "J", nil, "agent/1 app/m m/J"},
		"of an input":    {"agent/1", "J", nil, "agent/1 m/J"},
		"of a request":   {"agent/1", "", []string{"Z"}, "agent/1 m/Z"},
		"nothing at all": {"agent/1", "", []string{""}, "agent/1"},
	} {
		client, info := play(answer(200, "")), testInfo()
		s := testSettings(client, func(s *Settings) {
			s.UserAgent, s.Feature = tc.agent, func(any) string { return tc.input }
		})
		op := &fakeOp{serialize: func(r *rest.Request) {
			for _, code := range tc.request {
				r.Use(code)
			}
		}}
		if _, err := Do(context.Background(), s, info, op); err != nil || client.requests[0].Header.Get("User-Agent") != tc.want {
			t.Errorf("%s: %s, %v", name, client.requests[0].Header.Get("User-Agent"), err)
		}
		if got := s.UserAgent; got != tc.agent {
			t.Errorf("%s: the client's header is %s", name, got)
		}
	}
}

// TestQuickRetries follow the rules of the core that is linked, which is one with
// Retry 2.1.
func TestQuickRetries(t *testing.T) {
	for limit, want := range map[int]int{0: 4, 2: 2, 9: 9} {
		for _, mode := range []aws.RetryMode{aws.RetryModeStandard, aws.RetryModeAdaptive} {
			if got := NewRetryer(mode, limit, QuickRetries).MaxAttempts(); got != want {
				t.Errorf("%s with the limit %d: %d attempts, want %d", mode, limit, got, want)
			}
		}
	}
	longest := time.Duration(0)
	for range 200 {
		delay, err := NewRetryer(aws.RetryModeStandard, 0, QuickRetries).RetryDelay(1, errors.New("x"))
		if err != nil {
			t.Fatal(err)
		}
		longest = max(longest, delay)
	}
	if longest == 0 || longest > 25*time.Millisecond {
		t.Errorf("the first wait is %v at most, want 25ms", longest)
	}
}

func TestQuickRetriesOfOlderCores(t *testing.T) {
	o := retry.StandardOptions{MaxAttempts: 3}
	if quickRetries(&o, retryRules{}); o.MaxAttempts != 3 || o.BaseDelay != 0 {
		t.Errorf("%d attempts, %v", o.MaxAttempts, o.BaseDelay)
	}
}

func TestEnableEndpointDiscovery(t *testing.T) {
	cfg := aws.Config{ConfigSources: []any{struct{}{}, discoverySource{}}}
	if got, ok := EnableEndpointDiscovery(cfg); got != aws.EndpointDiscoveryEnabled || !ok {
		t.Errorf("%v, %t", got, ok)
	}
	if _, ok := EnableEndpointDiscovery(aws.Config{}); ok {
		t.Error("no source says something")
	}
}

type discoverySource struct{}

func (discoverySource) GetEnableEndpointDiscovery(context.Context) (aws.EndpointDiscoveryEnableState, bool, error) {
	return aws.EndpointDiscoveryEnabled, true, nil
}
