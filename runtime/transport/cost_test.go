package transport

import (
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"example.com/lathe/runtime/rest"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// lean returns an operation that does as little as one can, so that what is counted
// is the call path's own.
func lean() *Operation[*struct{}, *struct{}] {
	return &Operation[*struct{}, *struct{}]{
		Info:   *testInfo(),
		Encode: func(_ *struct{}, r *rest.Request) { r.Start("GET", "/things/1") },
		Decode: func(*rest.Response, *struct{}) error { return nil },
	}
}

// nopSigner leaves out the signature.
type nopSigner struct{}

func (nopSigner) SignHTTP(context.Context, aws.Credentials, *http.Request, string, string, string, time.Time, ...func(*v4.SignerOptions)) error {
	return nil
}

// leanClient answers from memory.
type leanClient struct {
	resp http.Response
	body leanBody
}

type leanBody struct {
	text string
	off  int
}

func (b *leanBody) Read(p []byte) (int, error) {
	n := copy(p, b.text[b.off:])
	b.off += n
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}
func (b *leanBody) Close() error { return nil }

func (c *leanClient) Do(*http.Request) (*http.Response, error) {
	c.body.off = 0
	return &c.resp, nil
}

func newLeanClient() *leanClient {
	c := &leanClient{body: leanBody{text: `{"id":"1"}`}}
	c.resp = http.Response{StatusCode: 200, ContentLength: 10, Body: &c.body, Header: http.Header{
		"Date": {"Mon, 02 Jan 2006 15:04:05 GMT"}, "X-Amzn-Requestid": {"request-1"},
	}}
	return c
}

func BenchmarkCall(b *testing.B) {
	for name, signer := range map[string]v4.HTTPSigner{"unsigned": nopSigner{}, "v4": nil} {
		b.Run(name, func(b *testing.B) {
			call := leanCall(signer)
			b.ReportAllocs()
			for b.Loop() {
				call()
			}
		})
	}
}

// leanCall returns a call that does nothing of its own.
func leanCall(signer v4.HTTPSigner) func() {
	s := testSettings(newLeanClient(), withRetryer(retry.NewStandard()), func(s *Settings) { s.Signer = signer })
	op, in, out := lean(), new(struct{}), new(struct{})
	return func() {
		if _, _, err := Call(context.Background(), s, op, in, out); err != nil {
			panic(err)
		}
	}
}

// framesBelow counts the frames from the named function, which is not counted, to
// the one that asks.
func framesBelow(name string) int {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for n := 0; ; n++ {
		frame, more := frames.Next()
		if strings.HasSuffix(frame.Function, name) {
			return n
		}
		if !more {
			return -1
		}
	}
}

// TestStackDepth counts the frames from the user's call to the transport. The
// method of the generated client, which is not here, adds one.
func TestStackDepth(t *testing.T) {
	const caller, budget = "transport.userCall", 12
	client, roundTrip := 0, 0
	userCall(t, clientFunc(func(*http.Request) (*http.Response, error) {
		client = framesBelow(caller)
		return respond(200, ""), nil
	}))
	userCall(t, &http.Client{Transport: roundTripper(func(*http.Request) (*http.Response, error) {
		roundTrip = framesBelow(caller)
		return respond(200, ""), nil
	})})
	t.Logf("%d frames to the HTTP client, %d to its transport", client, roundTrip)
	if want := 7; client != want { // Call, run, try, runAttempt, send, clientFunc.Do, this function
		t.Errorf("HTTP client is %d frames below the call, want %d", client, want)
	}
	if roundTrip < client || roundTrip+1 > budget {
		t.Errorf("transport is %d frames below the call, want at most %d with the client's method", roundTrip, budget-1)
	}
}

//go:noinline
func userCall(t *testing.T, client aws.HTTPClient) {
	if _, _, err := Call(context.Background(), testSettings(client), lean(), new(struct{}), new(struct{})); err != nil {
		t.Fatal(err)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestNoInitWork runs this test's own binary, without tests, and looks for the
// package in the trace of what was initialised.
func TestNoInitWork(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("the coverage tool adds package-level work of its own")
	}
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, "-test.run=^$")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	trace, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, trace)
	}
	if !strings.Contains(string(trace), "init net/http @") {
		t.Fatalf("trace shows nothing at all:\n%s", trace)
	}
	for line := range strings.Lines(string(trace)) {
		if strings.Contains(line, "lathe/runtime/") {
			t.Errorf("package-level work: %s", line)
		}
	}
}
