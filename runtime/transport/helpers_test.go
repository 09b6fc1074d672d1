package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/lathe/runtime/jsoncodec"
	"example.com/lathe/runtime/rest"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"
)

// thingError is the one error that the fake operation knows.
type thingError struct{ Message string }

func (e *thingError) Error() string                 { return "ThingNotFoundException: " + e.Message }
func (e *thingError) ErrorCode() string             { return "ThingNotFoundException" }
func (e *thingError) ErrorMessage() string          { return e.Message }
func (e *thingError) ErrorFault() smithy.ErrorFault { return smithy.FaultClient }

// fakeOp is an operation that GETs or PUTs a thing and returns the body.
type fakeOp struct {
	invalid   error
	serialize func(*rest.Request)
	// decodeErr is returned by Deserialize, after it has read the body.
	decodeErr error

	out    string
	stream io.ReadCloser
}

// testOperation is an operation with its input and output in one.
type testOperation interface {
	Validate() error
	Serialize(r *rest.Request)
	Deserialize(r *rest.Response) error
}

// Do calls the operation.
func Do(ctx context.Context, s *Settings, info *Info, op testOperation) (middleware.Metadata, error) {
	operation := &Operation[testOperation, testOperation]{
		Info:     *info,
		Validate: func(in testOperation) error { return in.Validate() },
		Encode:   func(in testOperation, r *rest.Request) { in.Serialize(r) },
		Decode:   func(r *rest.Response, out testOperation) error { return out.Deserialize(r) },
	}
	if _, ok := op.(*tokenOp); ok {
		operation.Fill = func(in testOperation, s *Settings) (testOperation, error) {
			if s.IdempotencyTokens == nil {
				return in, nil
			}
			return in, in.(*tokenOp).FillToken(s.IdempotencyTokens)
		}
	}
	_, metadata, err := Call(ctx, s, operation, op, op)
	return metadata, err
}

func (o *fakeOp) Validate() error { return o.invalid }

func (o *fakeOp) Serialize(r *rest.Request) {
	if o.serialize != nil {
		o.serialize(r)
		return
	}
	r.Start("GET", "/things/").Label("id", "a b")
}

func (o *fakeOp) Deserialize(r *rest.Response) error {
	o.stream = r.HTTP.Body
	o.out = string(r.Body)
	return o.decodeErr
}

func decodeThingError(r *rest.Response) error {
	var v struct{ Message string }
	_ = json.Unmarshal(r.Body, &v)
	return &thingError{Message: v.Message}
}

func testInfo() *Info {
	return &Info{
		Name: "GetThing", Auth: []string{"aws.auth#sigv4"},
		Errors: []*Error{{Code: "ThingNotFoundException", Decode: decodeThingError}},
	}
}

// clientFunc is an HTTP client.
type clientFunc func(*http.Request) (*http.Response, error)

func (f clientFunc) Do(r *http.Request) (*http.Response, error) { return f(r) }

// trackedBody counts what is read and whether it was closed.
type trackedBody struct {
	io.Reader
	read   atomic.Int64
	closed atomic.Int32
}

func (b *trackedBody) Read(p []byte) (int, error) {
	if b.closed.Load() > 0 {
		return 0, errors.New("read after close")
	}
	n, err := b.Reader.Read(p)
	b.read.Add(int64(n))
	return n, err
}

func (b *trackedBody) Close() error {
	b.closed.Add(1)
	return nil
}

func respond(status int, body string, header ...string) *http.Response {
	h := http.Header{}
	for i := 0; i < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &http.Response{
		StatusCode: status, Header: h, ProtoMajor: 1, ProtoMinor: 1,
		ContentLength: int64(len(body)), Body: &trackedBody{Reader: strings.NewReader(body)},
	}
}

// script is an HTTP client that returns one answer after the other, the last one
// again and again, and keeps the requests.
type script struct {
	mu       sync.Mutex
	answers  []func(*http.Request) (*http.Response, error)
	requests []*http.Request
	bodies   []*trackedBody
}

func (s *script) Do(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := min(len(s.requests), len(s.answers)-1)
	s.requests = append(s.requests, r)
	resp, err := s.answers[n](r)
	if resp != nil {
		if b, ok := resp.Body.(*trackedBody); ok {
			s.bodies = append(s.bodies, b)
		}
	}
	return resp, err
}

// checkClosed fails the test for every response body that was left open.
func (s *script) checkClosed(t *testing.T) {
	t.Helper()
	for i, b := range s.bodies {
		if b.closed.Load() != 1 {
			t.Errorf("body of response %d was closed %d times, want once", i+1, b.closed.Load())
		}
	}
}

func answer(status int, body string, header ...string) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) { return respond(status, body, header...), nil }
}

func fail(err error) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

func play(answers ...func(*http.Request) (*http.Response, error)) *script {
	return &script{answers: answers}
}

// fakeRetryer keeps a journal of what it is asked.
type fakeRetryer struct {
	attempts int
	delay    time.Duration
	// retryable decides; nil means that every error is.
	retryable  func(error) bool
	deny       error // of the retry token
	refuse     error // of the attempt token
	delayErr   error
	releaseErr error // of attempt tokens
	lostRetry  error // of giving back retry tokens

	mu      sync.Mutex
	journal []string
}

func (r *fakeRetryer) note(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.journal = append(r.journal, fmt.Sprintf(format, args...))
}

func (r *fakeRetryer) IsErrorRetryable(err error) bool {
	return r.retryable == nil || r.retryable(err)
}
func (r *fakeRetryer) MaxAttempts() int { return r.attempts }
func (r *fakeRetryer) RetryDelay(attempt int, _ error) (time.Duration, error) {
	r.note("delay %d", attempt)
	return r.delay, r.delayErr
}

func (r *fakeRetryer) GetRetryToken(context.Context, error) (func(error) error, error) {
	if r.deny != nil {
		return nil, r.deny
	}
	r.note("take retry")
	return func(err error) error {
		r.note("give retry ok=%t", err == nil)
		return r.lostRetry
	}, nil
}
func (r *fakeRetryer) GetInitialToken() func(error) error { return r.releaseAttempt("initial") }
func (r *fakeRetryer) releaseAttempt(kind string) func(error) error {
	r.note("take %s", kind)
	return func(err error) error {
		r.note("give %s ok=%t", kind, err == nil)
		return r.releaseErr
	}
}

// fakeRetryerV2 hands out attempt tokens.
type fakeRetryerV2 struct{ *fakeRetryer }

func (r fakeRetryerV2) GetAttemptToken(context.Context) (func(error) error, error) {
	if r.refuse != nil {
		return nil, r.refuse
	}
	return r.releaseAttempt("attempt"), nil
}

// memoryLogger keeps what is logged.
type memoryLogger struct {
	mu    sync.Mutex
	lines []string
}

func (l *memoryLogger) Logf(class logging.Classification, format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, string(class)+" "+fmt.Sprintf(format, args...))
}

func (l *memoryLogger) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.lines, "\n")
}

var testCredentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
	return aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "SECRET", SessionToken: "TOKEN"}, nil
})

func fixedEndpoint(raw string) ResolveEndpoint {
	u, err := url.Parse(raw)
	if err != nil {
		panic(err)
	}
	e := &Endpoint{URL: *u}
	return func(context.Context, string, any) (*Endpoint, error) { return e, nil }
}

// testSettings are those of a client with credentials that tries once.
func testSettings(client aws.HTTPClient, change ...func(*Settings)) *Settings {
	s := Settings{
		ServiceID: "Thing", SigningName: "thing", ErrorInfo: jsoncodec.ErrorInfo,
		Region: "eu-west-1", HTTPClient: client, Credentials: testCredentials,
		ResolveEndpoint: fixedEndpoint("https://thing.eu-west-1.api.aws"),
		Retryer:         aws.NopRetryer{}, UserAgent: "test-agent/1",
	}
	for _, f := range change {
		f(&s)
	}
	return NewSettings(&s)
}

func withRetryer(r aws.Retryer) func(*Settings) { return func(s *Settings) { s.Retryer = r } }

// putStream serializes a PUT with a stream as its body.
func putStream(body io.Reader) func(*rest.Request) {
	return func(r *rest.Request) { r.Start("PUT", "/things").SetStream("application/octet-stream", body) }
}

func putBytes(body string) func(*rest.Request) {
	return func(r *rest.Request) { r.Start("PUT", "/things").SetBody("application/json", []byte(body)) }
}

func readAll(t *testing.T, r io.Reader) string {
	t.Helper()
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
