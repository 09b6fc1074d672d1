package clienttest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go/middleware"

	"example.com/lathe/generated/datazone"
)

// TestMain takes away what the environment could tell clients.
func TestMain(m *testing.M) {
	for _, name := range []string{"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DATAZONE", "AWS_NEW_RETRIES_2026", "AWS_LAMBDA_FUNCTION_NAME"} {
		if err := os.Unsetenv(name); err != nil {
			panic(err)
		}
	}
	code := m.Run()
	hooked = true
	os.Exit(max(code, m.Run()))
}

// hooked has the clients' calls run in a middleware stack. All tests run both ways.
var hooked bool

// hook is an option of all clients here.
func hook(o *datazone.Options) {
	if hooked {
		o.APIOptions = append(o.APIOptions, func(*middleware.Stack) error { return nil })
	}
}

// flat is an option of clients that must have no hooks.
func flat(o *datazone.Options) { o.APIOptions = nil }

const (
	domainID  = "dzd_0123456789"
	runID     = "run-1"
	runPath   = "/v2/domains/" + domainID + "/data-source-runs/" + runID
	requestID = "request-1"
)

// input is a valid input.
func input() *datazone.GetDataSourceRunInput { return inputFor(runID) }

func inputFor(run string) *datazone.GetDataSourceRunInput {
	return &datazone.GetDataSourceRunInput{DomainIdentifier: aws.String(domainID), Identifier: &run}
}

// call makes a call that nothing but the client ends.
func call(c *datazone.Client, optFns ...func(*datazone.Options)) (*datazone.GetDataSourceRunOutput, error) {
	return c.GetDataSourceRun(context.Background(), input(), optFns...)
}

const (
	accessKey    = "AKIDEXAMPLE"
	secretKey    = "wJalrXUtnFEMI/K7MDENG"
	sessionToken = "session-token-AQoDYXdzEJr"
)

// credentials are those that every test client signs with, unless it says
// otherwise.
type credentials struct{}

func (credentials) Retrieve(context.Context) (aws.Credentials, error) {
	return aws.Credentials{AccessKeyID: accessKey, SecretAccessKey: secretKey, SessionToken: sessionToken}, nil
}

// quick is the standard retryer without its waits.
func quick() aws.Retryer {
	return retry.NewStandard(func(o *retry.StandardOptions) {
		o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
	})
}

// newClient makes a client with credentials, a region and retries without waits.
func newClient(client datazone.HTTPClient, optFns ...func(*datazone.Options)) *datazone.Client {
	return datazone.New(datazone.Options{
		Region: "eu-west-1", Credentials: credentials{}, HTTPClient: client, Retryer: quick(),
	}, append([]func(*datazone.Options){hook}, optFns...)...)
}

func once(o *datazone.Options) { o.Retryer = aws.NopRetryer{} }

// serve starts an HTTP server for the test and returns options that send to it,
// over connections of its own.
func serve(t *testing.T, h http.HandlerFunc) func(*datazone.Options) {
	t.Helper()
	server := httptest.NewServer(h)
	transport := &http.Transport{}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		server.Close()
	})
	return func(o *datazone.Options) {
		o.BaseEndpoint = &server.URL
		o.HTTPClient = &http.Client{Transport: transport}
	}
}

// answer is what an HTTP client does with one request.
type answer func(*http.Request) (*http.Response, error)

// reply answers with a status, a body and pairs of header names and values.
func reply(status int, body string, header ...string) answer {
	return func(*http.Request) (*http.Response, error) {
		resp := respond(status, strings.NewReader(body), header...)
		resp.ContentLength = int64(len(body))
		return resp, nil
	}
}

// stream answers with a body of unknown length.
func stream(status int, body io.Reader, header ...string) answer {
	return func(*http.Request) (*http.Response, error) { return respond(status, body, header...), nil }
}

func respond(status int, body io.Reader, header ...string) *http.Response {
	h := http.Header{"X-Amzn-Requestid": {requestID}}
	for pair := range slices.Chunk(header, 2) {
		h.Set(pair[0], pair[1])
	}
	return &http.Response{
		StatusCode: status, Header: h, ProtoMajor: 1, ProtoMinor: 1, ContentLength: -1, Body: &countedBody{Reader: body},
	}
}

func broken(err error) answer {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

// fake is an HTTP client that returns its answers in order, the last one again and
// again. When the test ends every body must have been closed.
type fake struct {
	mu       sync.Mutex
	answers  []answer
	requests []*http.Request
	bodies   []*countedBody
}

// play makes a fake client of the answers.
func play(t testing.TB, answers ...answer) *fake {
	t.Helper()
	f := &fake{answers: answers}
	t.Cleanup(func() { f.checkClosed(t) })
	return f
}

func (f *fake) Do(r *http.Request) (*http.Response, error) {
	resp, err := f.next(r)(r)
	if resp != nil {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.bodies = append(f.bodies, resp.Body.(*countedBody))
	}
	return resp, err
}

func (f *fake) next(r *http.Request) answer {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := min(len(f.requests), len(f.answers)-1)
	f.requests = append(f.requests, r)
	return f.answers[n]
}

func (f *fake) checkClosed(t testing.TB) {
	t.Helper()
	for i, b := range f.bodies {
		if n := b.closed.Load(); n != 1 {
			t.Errorf("the body of response %d was closed %d times, want once", i+1, n)
		}
	}
}

// last is the latest request.
func (f *fake) last(t testing.TB) *http.Request {
	t.Helper()
	if len(f.requests) == 0 {
		t.Fatal("nothing was sent")
	}
	return f.requests[len(f.requests)-1]
}

// countedBody counts what is read of a body and how often it is closed.
type countedBody struct {
	io.Reader
	read   atomic.Int64
	closed atomic.Int32
}

func (b *countedBody) Read(p []byte) (int, error) {
	if b.closed.Load() > 0 {
		return 0, errors.New("read after close")
	}
	n, err := b.Reader.Read(p)
	b.read.Add(int64(n))
	return n, err
}

func (b *countedBody) Close() error {
	b.closed.Add(1)
	return nil
}

// text is an error's text, empty for nil.
func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// failure is the text of an error of a call that was answered.
func failure(status, rest string) string {
	return operation("https response error StatusCode: " + status + ", RequestID: " + requestID + ", " + rest)
}

// operation is the text of an error of a call.
func operation(rest string) string { return "operation error DataZone: GetDataSourceRun, " + rest }

// check compares an error's text with what it must be, empty for none.
func check(t *testing.T, err error, want string) {
	t.Helper()
	if got := text(err); got != want {
		t.Errorf("error is %q\n    want %q", got, want)
	}
}
