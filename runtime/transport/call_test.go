package transport

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.com/lathe/runtime/rest"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

func TestDoReturnsOutputAndMetadata(t *testing.T) {
	date := time.Now().UTC().Truncate(time.Second)
	client := play(answer(200, `{"id":"1"}`, "X-Amzn-RequestId", "request-1", "Date", date.Format(http.TimeFormat), "X-Other", "kept"))
	op := &fakeOp{}
	md, err := Do(context.Background(), testSettings(client), testInfo(), op)
	if err != nil {
		t.Fatal(err)
	}
	if op.out != `{"id":"1"}` {
		t.Errorf("body = %q", op.out)
	}
	client.checkClosed(t)
	if id, ok := awsmiddleware.GetRequestIDMetadata(md); id != "request-1" || !ok {
		t.Errorf("request ID = %q, %t", id, ok)
	}
	raw, ok := awsmiddleware.GetRawResponse(md).(*smithyhttp.Response)
	if !ok || raw.StatusCode != 200 || raw.Header.Get("X-Other") != "kept" {
		t.Errorf("raw response = %#v", raw)
	}
	if at, ok := awsmiddleware.GetServerTime(md); !ok || !at.Equal(date) {
		t.Errorf("server time = %v, %t; want %v", at, ok, date)
	}
	at, ok := awsmiddleware.GetResponseAt(md)
	if !ok || time.Since(at) > time.Minute {
		t.Errorf("response time = %v, %t", at, ok)
	}
	if skew, ok := awsmiddleware.GetAttemptSkew(md); !ok || skew != date.Sub(at) {
		t.Errorf("attempt skew = %v, %t; want %v", skew, ok, date.Sub(at))
	}
}

func TestRequestIDHeaders(t *testing.T) {
	for name, c := range map[string]struct {
		header []string
		want   string
	}{
		"amzn":         {[]string{"x-amzn-requestid", "a"}, "a"},
		"amz":          {[]string{"X-Amz-RequestId", "b"}, "b"},
		"amzn wins":    {[]string{"X-Amz-RequestId", "b", "X-Amzn-RequestId", "a"}, "a"},
		"none":         {nil, ""},
		"not a header": {[]string{"X-Request-Id", "c"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			client := play(answer(200, "", c.header...), answer(500, "", c.header...))
			s := testSettings(client)
			md, err := Do(context.Background(), s, testInfo(), &fakeOp{})
			if err != nil {
				t.Fatal(err)
			}
			if id, ok := awsmiddleware.GetRequestIDMetadata(md); id != c.want || ok != (c.want != "") {
				t.Errorf("metadata has %q, %t; want %q", id, ok, c.want)
			}
			_, err = Do(context.Background(), s, testInfo(), &fakeOp{})
			var re *awshttp.ResponseError
			if !errors.As(err, &re) || re.ServiceRequestID() != c.want {
				t.Errorf("error %v has no request ID %q", err, c.want)
			}
		})
	}
}

// isUUID reports whether s is a random UUID. (The pattern is not compiled at package
// level, because a test looks for work that is done there.)
func isUUID(s string) bool {
	ok, err := regexp.MatchString(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, s)
	return ok && err == nil
}

func TestRequestHasExactlyTheseHeaders(t *testing.T) {
	sdk := []string{"Amz-Sdk-Invocation-Id", "Amz-Sdk-Request", "Authorization", "User-Agent", "X-Amz-Date", "X-Amz-Security-Token"}
	for name, c := range map[string]struct {
		serialize func(*rest.Request)
		info      func(*Info)
		settings  func(*Settings)
		want      []string
	}{
		"get":               {want: sdk},
		"put":               {serialize: putBytes(`{}`), want: append([]string{"Content-Type"}, sdk...)},
		"without signature": {settings: func(s *Settings) { s.Credentials = nil }, want: []string{"Amz-Sdk-Invocation-Id", "Amz-Sdk-Request", "User-Agent"}},
		"unsigned payload":  {info: func(i *Info) { i.UnsignedPayload = true }, want: append([]string{"X-Amz-Content-Sha256"}, sdk...)},
	} {
		t.Run(name, func(t *testing.T) {
			client, info := play(answer(200, "")), testInfo()
			if c.info != nil {
				c.info(info)
			}
			if c.settings == nil {
				c.settings = func(*Settings) {}
			}
			if _, err := Do(context.Background(), testSettings(client, c.settings), info, &fakeOp{serialize: c.serialize}); err != nil {
				t.Fatal(err)
			}
			got := slices.Sorted(maps.Keys(client.requests[0].Header))
			if slices.Sort(c.want); !slices.Equal(got, c.want) {
				t.Errorf("headers are %q, want %q", got, c.want)
			}
			for name, values := range client.requests[0].Header {
				if len(values) != 1 || values[0] == "" {
					t.Errorf("header %s has values %q, want one", name, values)
				}
			}
		})
	}
}

func TestRequestLine(t *testing.T) {
	client := play(answer(200, ""))
	if _, err := Do(context.Background(), testSettings(client), testInfo(), &fakeOp{}); err != nil {
		t.Fatal(err)
	}
	r := client.requests[0]
	if got := r.Method + " " + r.URL.String(); got != "GET https://thing.eu-west-1.api.aws/things/a%20b" {
		t.Errorf("request is %s", got)
	}
	if r.Header.Get("User-Agent") != "test-agent/1" || !isUUID(r.Header.Get("Amz-Sdk-Invocation-Id")) {
		t.Errorf("headers are %v", r.Header)
	}
	if got := r.Header.Get("Amz-Sdk-Request"); got != "attempt=1; max=1" {
		t.Errorf("Amz-Sdk-Request = %q", got)
	}
	if r.ContentLength != 0 || r.Body != http.NoBody {
		t.Errorf("body of %d bytes, %T; want none", r.ContentLength, r.Body)
	}
}

func TestOwnUserAgentStaysBehindTheClients(t *testing.T) {
	client := play(answer(200, ""))
	op := &fakeOp{serialize: func(r *rest.Request) {
		r.Start("GET", "/")
		r.Header.Set("User-Agent", "member/2")
	}}
	if _, err := Do(context.Background(), testSettings(client), testInfo(), op); err != nil {
		t.Fatal(err)
	}
	if got := client.requests[0].Header["User-Agent"]; !slices.Equal(got, []string{"test-agent/1 member/2"}) {
		t.Errorf("User-Agent = %q", got)
	}
}

func TestTraceHeaderInLambda(t *testing.T) {
	for name, c := range map[string]struct {
		env  map[string]string
		own  string
		want string
	}{
		"elsewhere":  {env: map[string]string{"_X_AMZN_TRACE_ID": "Root=1"}},
		"no trace":   {env: map[string]string{"AWS_LAMBDA_FUNCTION_NAME": "f"}},
		"in lambda":  {env: map[string]string{"AWS_LAMBDA_FUNCTION_NAME": "f", "_X_AMZN_TRACE_ID": "Root=1-a;Parent=b"}, want: "Root=1-a;Parent=b"},
		"escaped":    {env: map[string]string{"AWS_LAMBDA_FUNCTION_NAME": "f", "_X_AMZN_TRACE_ID": "a b\n/é"}, want: "a%20b%0A%2F%C3%A9"},
		"own header": {env: map[string]string{"AWS_LAMBDA_FUNCTION_NAME": "f", "_X_AMZN_TRACE_ID": "Root=1"}, own: "mine", want: "mine"},
	} {
		t.Run(name, func(t *testing.T) {
			for k, v := range c.env {
				t.Setenv(k, v)
			}
			client := play(answer(200, ""))
			op := &fakeOp{serialize: func(r *rest.Request) {
				if r.Start("GET", "/"); c.own != "" {
					r.Header.Set("X-Amzn-Trace-Id", c.own)
				}
			}}
			if _, err := Do(context.Background(), testSettings(client), testInfo(), op); err != nil {
				t.Fatal(err)
			}
			if got := client.requests[0].Header.Get("X-Amzn-Trace-Id"); got != c.want {
				t.Errorf("trace = %q, want %q", got, c.want)
			}
		})
	}
}

func TestInvocationIDStaysForACallAndChangesBetween(t *testing.T) {
	client := play(answer(503, ""))
	s := testSettings(client, withRetryer(&fakeRetryer{attempts: 2}))
	for range 2 {
		_, _ = Do(context.Background(), s, testInfo(), &fakeOp{})
	}
	var ids []string
	for _, r := range client.requests {
		ids = append(ids, r.Header.Get("Amz-Sdk-Invocation-Id"))
	}
	if len(ids) != 4 || ids[0] != ids[1] || ids[2] != ids[3] || ids[0] == ids[2] {
		t.Errorf("invocation IDs of two calls with two attempts: %q", ids)
	}
}

func TestErrorsBeforeSending(t *testing.T) {
	boom := errors.New("boom")
	invalid := smithy.InvalidParamsError{Context: "GetThingInput"}
	invalid.Add(smithy.NewErrParamRequired("Id"))
	for name, c := range map[string]struct {
		op     *fakeOp
		change func(*Settings)
		want   string
		is     func(error) bool
	}{
		"validation": {
			op:   &fakeOp{invalid: invalid},
			want: "operation error Thing: GetThing, 1 validation error(s) found.\n- missing required field, GetThingInput.Id.\n",
			is: func(err error) bool {
				var v smithy.InvalidParamsError
				return errors.As(err, &v) && v.Len() == 1
			},
		},
		"serialization": {
			op:   &fakeOp{serialize: func(r *rest.Request) { r.Start("GET", "/").Label("id", "") }},
			want: "operation error Thing: GetThing, serialization failed: serialization failed: input member id must not be empty",
			is: func(err error) bool {
				var v *smithy.SerializationError
				return errors.As(err, &v)
			},
		},
		"endpoint": {
			change: func(s *Settings) {
				s.ResolveEndpoint = func(context.Context, string, any) (*Endpoint, error) { return nil, boom }
			},
			want: "operation error Thing: GetThing, boom",
			is:   func(err error) bool { return errors.Is(err, boom) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			client := play(answer(200, ""))
			if c.op == nil {
				c.op = &fakeOp{}
			}
			if c.change == nil {
				c.change = func(*Settings) {}
			}
			_, err := Do(context.Background(), testSettings(client, c.change), testInfo(), c.op)
			if err == nil || err.Error() != c.want {
				t.Errorf("error is %v\nwant %s", err, c.want)
			}
			var oe *smithy.OperationError
			if !errors.As(err, &oe) || oe.Service() != "Thing" || oe.Operation() != "GetThing" {
				t.Errorf("error %#v is no operation error", err)
			}
			if c.is != nil && !c.is(err) {
				t.Errorf("error %#v is not of the type wanted", err)
			}
			if len(client.requests) != 0 {
				t.Error("a request was sent")
			}
		})
	}
}

func TestEndpointAndOptionsShapeTheRequest(t *testing.T) {
	endpoint := func(change func(*Endpoint)) func(*Settings) {
		e := &Endpoint{URL: url.URL{Scheme: "https", Host: "h.example:8443", Path: "/base/"}}
		change(e)
		return func(s *Settings) {
			s.ResolveEndpoint = func(context.Context, string, any) (*Endpoint, error) { return e, nil }
		}
	}
	for name, c := range map[string]struct {
		change func(*Settings)
		check  func(*http.Request) bool
	}{
		"base path": {
			endpoint(func(*Endpoint) {}),
			func(r *http.Request) bool { return r.URL.String() == "https://h.example:8443/base/things/a%20b" },
		},
		"headers": {
			endpoint(func(e *Endpoint) { e.Header = http.Header{"X-Routing": {"blue"}} }),
			func(r *http.Request) bool { return r.Header.Get("X-Routing") == "blue" },
		},
		"plain HTTP": {
			func(s *Settings) { s.DisableHTTPS = true },
			func(r *http.Request) bool { return r.URL.String() == "http://thing.eu-west-1.api.aws/things/a%20b" },
		},
		"headers are signed": {
			endpoint(func(e *Endpoint) { e.Header = http.Header{"X-Routing": {"blue"}} }),
			func(r *http.Request) bool { return strings.Contains(r.Header.Get("Authorization"), ";x-routing,") },
		},
	} {
		t.Run(name, func(t *testing.T) {
			client := play(answer(200, ""))
			if _, err := Do(context.Background(), testSettings(client, c.change), testInfo(), &fakeOp{}); err != nil {
				t.Fatal(err)
			}
			if r := client.requests[0]; !c.check(r) {
				t.Errorf("request is %s with %v", r.URL, r.Header)
			}
		})
	}
}

func TestResolveEndpointSeesTheInputAndContext(t *testing.T) {
	type key struct{}
	op := &fakeOp{}
	calls := 0
	s := testSettings(play(answer(500, "")), withRetryer(&fakeRetryer{attempts: 2}), func(s *Settings) {
		next := s.ResolveEndpoint
		s.ResolveEndpoint = func(ctx context.Context, account string, in any) (*Endpoint, error) {
			if calls++; in != any(op) || ctx.Value(key{}) != "v" {
				t.Errorf("resolver got %v, %v", in, ctx)
			}
			return next(ctx, account, in)
		}
	})
	_, _ = Do(context.WithValue(context.Background(), key{}, "v"), s, testInfo(), op)
	if calls != 2 {
		t.Errorf("endpoint was resolved %d times, want once an attempt", calls)
	}
}

// tokenOp has an idempotency token in its input.
type tokenOp struct {
	fakeOp
	token string
}

func (o *tokenOp) FillToken(from IdempotencyTokens) (err error) {
	if o.token == "" {
		o.token, err = from.GetIdempotencyToken()
	}
	return err
}

// tokens counts the tokens that it returns.
type tokens struct {
	given int
	err   error
}

func (p *tokens) GetIdempotencyToken() (string, error) {
	p.given++
	return "token-" + strconv.Itoa(p.given), p.err
}

func TestIdempotencyTokens(t *testing.T) {
	for name, c := range map[string]struct {
		own      string
		provider *tokens
		want     string
		given    int
		err      string
	}{
		"filled once a call": {provider: &tokens{}, want: "token-1", given: 1},
		"the caller's own":   {own: "mine", provider: &tokens{}, want: "mine"},
		"without a provider": {want: ""},
		"failing provider":   {provider: &tokens{err: errors.New("no entropy")}, want: "token-1", given: 1, err: "operation error Thing: GetThing, no entropy"},
	} {
		t.Run(name, func(t *testing.T) {
			client, op := play(bad500, ok200), &tokenOp{token: c.own}
			_, err := Do(context.Background(), testSettings(client, withRetryer(&fakeRetryer{}), func(s *Settings) {
				if c.provider != nil {
					s.IdempotencyTokens = c.provider
				}
			}), testInfo(), op)
			if text(err) != c.err || op.token != c.want {
				t.Errorf("token is %q, %v; want %q, %s", op.token, err, c.want, c.err)
			}
			if c.provider != nil && c.provider.given != c.given {
				t.Errorf("%d tokens were made, want %d", c.provider.given, c.given)
			}
		})
	}
}

// TestInvocationIDs are random UUIDs: all digits but that of the version differ.
func TestInvocationIDs(t *testing.T) {
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	var seen [36]map[byte]bool
	for range 1000 {
		id := newInvocationID()
		if !form.Match(id[:]) {
			t.Fatalf("%s is no UUID", id)
		}
		for i, c := range id {
			if seen[i] == nil {
				seen[i] = map[byte]bool{}
			}
			seen[i][c] = true
		}
	}
	for i, digits := range seen {
		want := 16
		switch i {
		case 8, 13, 18, 23, 14:
			want = 1
		case 19:
			want = 4
		}
		if len(digits) != want {
			t.Errorf("character %d has %d values, want %d", i, len(digits), want)
		}
	}
}
