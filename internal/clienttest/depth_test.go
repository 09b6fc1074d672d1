package clienttest

import (
	"context"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"example.com/lathe/generated/datazone"
)

// clientFunc is an HTTP client that is a function.
type clientFunc func(*http.Request) (*http.Response, error)

func (f clientFunc) Do(r *http.Request) (*http.Response, error) { return f(r) }

// roundTripper is a transport that is a function.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// below lists the functions from the one that asks up to the caller, which is not
// listed.
func below(caller string) []string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	var names []string
	for {
		frame, more := frames.Next()
		if strings.HasSuffix(frame.Function, "."+caller) {
			return names
		}
		names = append(names, frame.Function)
		if !more {
			return nil
		}
	}
}

//go:noinline
func userCall(client datazone.HTTPClient, optFns ...func(*datazone.Options)) error {
	_, err := newClient(client, flat).GetDataSourceRun(context.Background(), input(), optFns...)
	return err
}

// TestStackDepth counts the frames between a user's call and what sends the request,
// that one included: few, so that a stack trace and a profile can be read. A middleware
// stack can't be that.
func TestStackDepth(t *testing.T) {
	const most = 12
	var stack []string
	answer := func(*http.Request) (*http.Response, error) {
		stack = below("userCall")
		return respond(200, strings.NewReader("{}")), nil
	}
	for name, c := range map[string]struct {
		client datazone.HTTPClient
		option []func(*datazone.Options)
		want   int
	}{
		// GetDataSourceRun, invoke, Do, try, runAttempt, send, Do of the client, the function
		"HTTP client":               {clientFunc(answer), nil, 8},
		"HTTP client, own options":  {clientFunc(answer), some(nothing), 8},
		"transport of *http.Client": {&http.Client{Transport: roundTripper(answer)}, nil, most},
	} {
		if err := userCall(c.client, c.option...); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d frames: %s", name, len(stack), strings.Join(stack, " < "))
		if n := len(stack); n == 0 || n > c.want {
			t.Errorf("%s: %d frames, want at most %d", name, n, c.want)
		}
	}
}
