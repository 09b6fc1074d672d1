package clienttest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"

	"example.com/lathe/generated/datazone"
	"example.com/lathe/generated/datazone/types"
)

// server answers requests with handlers in order, the last one again and again, and
// keeps the headers that it got.
type server struct {
	mu       sync.Mutex
	handlers []http.HandlerFunc
	headers  []http.Header
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	next := s.handlers[min(len(s.headers), len(s.handlers)-1)]
	s.headers = append(s.headers, r.Header.Clone())
	s.mu.Unlock()
	next(w, r)
}

func answerOK(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"id":"run-1"}`) }

// answerError answers with a status and a code in the header.
func answerError(status int, code string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Amzn-Requestid", requestID)
		w.Header().Set("X-Amzn-Errortype", code)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"message":"no luck"}`)
	}
}

// hangUp closes the connection without an answer: with a reset, or properly.
func hangUp(reset bool) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		if reset {
			_ = conn.(*net.TCPConn).SetLinger(0)
		}
		_ = conn.Close()
	}
}

// breakOff answers with half of a body.
func breakOff(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Amzn-Requestid", requestID)
		w.Header().Set("Content-Length", "100")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"id":"run`)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
}

type retryCase struct {
	handlers []http.HandlerFunc
	sent     int
	ok       bool
}

func retryCases() map[string]retryCase {
	list := func(h ...http.HandlerFunc) []http.HandlerFunc { return h }
	cases := map[string]retryCase{
		"500, then success":         {list(status(500), answerOK), 2, true},
		"503 twice, then success":   {list(status(503), status(503), answerOK), 3, true},
		"502, 504, then success":    {list(status(502), status(504), answerOK), 3, true},
		"500 for ever":              {list(status(500)), 3, false},
		"503 for ever":              {list(answerError(503, "Unavailable")), 3, false},
		"429, then success":         {list(answerError(429, "ThrottlingException"), answerOK), 2, true},
		"429 for ever":              {list(answerError(429, "ThrottlingException")), 3, false},
		"throttled with a 400":      {list(answerError(400, "Throttling"), answerOK), 2, true},
		"timed out with a 400":      {list(answerError(400, "RequestTimeout"), answerOK), 2, true},
		"reset, then success":       {list(hangUp(true), answerOK), 2, true},
		"reset for ever":            {list(hangUp(true)), 3, false},
		"success after three kinds": {list(hangUp(true), answerError(429, "SlowDown"), answerOK), 3, true},
		"body of a 500 that breaks": {list(breakOff(500), answerOK), 2, true},
		"429 without a code":        {list(status(429), answerOK), 2, true},
		"no retry: 501":             {list(status(501)), 1, false},
		"no retry: 404, unknown":    {list(answerError(404, "Unknown")), 1, false},
		"no retry: redirect":        {list(status(304)), 1, false},
		"retry, then no retry":      {list(status(500), answerError(404, "ResourceNotFoundException")), 2, false},
	}
	for _, f := range faults() {
		if f.status != 500 && f.status != 429 {
			cases["no retry: "+f.code] = retryCase{list(answerError(f.status, f.code)), 1, false}
		}
	}
	return cases
}

// TestRetries counts the requests that a server gets and compares what each says of
// itself.
func TestRetries(t *testing.T) {
	for name, c := range retryCases() {
		t.Run(name, func(t *testing.T) {
			s := &server{handlers: c.handlers}
			client := newClient(nil, serve(t, s.ServeHTTP), freshConnections)
			out, err := call(client)
			if (err == nil) != c.ok || (out != nil) != c.ok {
				t.Errorf("output %v and error %v, want success: %t", out, err, c.ok)
			}
			s.checkAttempts(t, c.sent, 3)
			limit, exhausted := errors.AsType[*retry.MaxAttemptsError](err)
			if want := c.sent == 3 && !c.ok; exhausted != want || exhausted && limit.Attempt != 3 {
				t.Errorf("error is %v, attempts exhausted: %t, want %t", err, exhausted, want)
			}
		})
	}
}

// freshConnections keeps net/http from retrying on its own, as it does on
// connections that it uses again.
func freshConnections(o *datazone.Options) {
	o.HTTPClient.(*http.Client).Transport.(*http.Transport).DisableKeepAlives = true
}

// checkAttempts compares the number of attempts, and what they report themselves.
func (s *server) checkAttempts(t *testing.T, sent, most int) {
	t.Helper()
	s.mu.Lock() // a server may be busy with a connection that the client has left
	defer s.mu.Unlock()
	if len(s.headers) != sent {
		t.Fatalf("%d requests, want %d", len(s.headers), sent)
	}
	id := s.headers[0].Get("Amz-Sdk-Invocation-Id")
	if len(id) != 36 {
		t.Errorf("invocation id is %q", id)
	}
	for i, h := range s.headers {
		if got := h.Get("Amz-Sdk-Invocation-Id"); got != id {
			t.Errorf("attempt %d has the invocation id %q, want %q", i+1, got, id)
		}
		if got, want := h.Get("Amz-Sdk-Request"), fmt.Sprintf("attempt=%d; max=%d", i+1, most); got != want {
			t.Errorf("attempt %d says %q, want %q", i+1, got, want)
		}
		if h.Get("Authorization") == "" {
			t.Errorf("attempt %d is not signed", i+1)
		}
	}
}

// TestWaitsAsLongAsTheServiceAsks measures the pause before the second attempt of a client
// with the default retryer, which by itself is at most 50 milliseconds.
func TestWaitsAsLongAsTheServiceAsks(t *testing.T) {
	const own = 50 * time.Millisecond
	for header, most := range map[string]time.Duration{
		"": own, "soon": own, "-1": own, "0": own, "1500": 1500 * time.Millisecond, "4000": 4 * time.Second, "60000": 5*time.Second + own,
	} {
		synctest.Test(t, func(t *testing.T) {
			client := play(t, reply(503, "", "X-Amz-Retry-After", header), reply(200, "{}"))
			begin := time.Now()
			if _, err := call(newClient(client, func(o *datazone.Options) { o.Retryer = retry.NewStandard() })); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(begin); took > most || took < most-own {
				t.Errorf("X-Amz-Retry-After %q: waited %v, want %v less at most %v", header, took, most, own)
			}
		})
	}
}

// TestInvocationIDs sees that two calls have two ids.
func TestInvocationIDs(t *testing.T) {
	client := play(t, reply(200, "{}"))
	c := newClient(client)
	for range 2 {
		if _, err := call(c); err != nil {
			t.Fatal(err)
		}
	}
	first, second := client.requests[0].Header["Amz-Sdk-Invocation-Id"], client.requests[1].Header["Amz-Sdk-Invocation-Id"]
	if slices.Equal(first, second) {
		t.Errorf("both calls have the id %q", first)
	}
}

// TestErrorAfterRetries compares the chain of an error that came three times.
func TestErrorAfterRetries(t *testing.T) {
	_, err := call(newClient(play(t, reply(500, `{"message":"no luck"}`, "X-Amzn-Errortype", "InternalServerException"))))
	check(t, err, operation("exceeded maximum number of attempts, 3, https response error StatusCode: 500, RequestID: request-1, InternalServerException: no luck"))
	if _, ok := errors.AsType[*types.InternalServerException](err); !ok {
		t.Errorf("no typed error in %v", err)
	}
}

// TestLostConnections compares the errors of connections that break.
func TestLostConnections(t *testing.T) {
	refused := &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	for name, c := range map[string]struct {
		err  error
		sent int
		want string
	}{
		"reset":   {syscall.ECONNRESET, 3, "exceeded maximum number of attempts, 3, "},
		"refused": {refused, 3, "exceeded maximum number of attempts, 3, "},
		"other":   {errors.New("strange"), 3, "exceeded maximum number of attempts, 3, "},
		"name":    {&net.DNSError{Err: "no such host", Name: "x", IsNotFound: true}, 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			client := play(t, broken(c.err))
			_, err := call(newClient(client))
			check(t, err, operation(c.want+"https response error StatusCode: 0, RequestID: , request send failed, "+c.err.Error()))
			if !errors.Is(err, c.err) || len(client.requests) != c.sent {
				t.Errorf("%d requests, want %d; error %v", len(client.requests), c.sent, err)
			}
		})
	}
}

// fixed is a retryer of a user's own, which tries everything again.
type fixed struct {
	attempts int
	delay    time.Duration
}

func (f fixed) IsErrorRetryable(err error) bool              { return err != nil }
func (f fixed) MaxAttempts() int                             { return f.attempts }
func (f fixed) RetryDelay(int, error) (time.Duration, error) { return f.delay, nil }
func (f fixed) GetInitialToken() func(error) error           { return func(error) error { return nil } }
func (f fixed) GetRetryToken(context.Context, error) (func(error) error, error) {
	return func(error) error { return nil }, nil
}

// TestRetryOptions counts the attempts by the options of client and call.
func TestRetryOptions(t *testing.T) {
	most := func(n int) func(*datazone.Options) {
		return func(o *datazone.Options) { o.RetryMaxAttempts = n }
	}
	retryer := func(r aws.Retryer) func(*datazone.Options) {
		return func(o *datazone.Options) { o.Retryer = r }
	}
	for name, c := range map[string]struct {
		options      datazone.Options
		client, call func(*datazone.Options)
		status, sent int
	}{
		"default":                          {status: 500, sent: 3},
		"limit in the options":             {options: datazone.Options{RetryMaxAttempts: 5}, status: 500, sent: 5},
		"limit of one":                     {options: datazone.Options{RetryMaxAttempts: 1}, status: 500, sent: 1},
		"limit in a function":              {client: most(2), status: 500, sent: 2},
		"limit in the call":                {call: most(2), status: 500, sent: 2},
		"limit in the call above":          {options: datazone.Options{RetryMaxAttempts: 2}, call: most(4), status: 500, sent: 4},
		"limit in the call taken away":     {options: datazone.Options{RetryMaxAttempts: 2}, call: most(0), status: 500, sent: 2},
		"limit in the call below":          {options: datazone.Options{RetryMaxAttempts: 5}, call: most(2), status: 500, sent: 2},
		"retryer":                          {options: datazone.Options{Retryer: fixed{attempts: 4}}, status: 404, sent: 4},
		"retryer and limit":                {options: datazone.Options{Retryer: fixed{attempts: 4}, RetryMaxAttempts: 2}, status: 404, sent: 2},
		"retryer and limit above":          {options: datazone.Options{Retryer: fixed{attempts: 2}, RetryMaxAttempts: 4}, status: 404, sent: 4},
		"retryer in a function":            {client: retryer(fixed{attempts: 4}), status: 404, sent: 4},
		"retryer in the call":              {call: retryer(fixed{attempts: 4}), status: 404, sent: 4},
		"retryer in the call, limited":     {options: datazone.Options{RetryMaxAttempts: 2}, call: retryer(fixed{attempts: 4}), status: 404, sent: 4},
		"no retries":                       {options: datazone.Options{Retryer: aws.NopRetryer{}}, status: 500, sent: 1},
		"no retries in the call":           {call: retryer(aws.NopRetryer{}), status: 500, sent: 1},
		"adaptive":                         {options: datazone.Options{RetryMode: aws.RetryModeAdaptive}, status: 500, sent: 3},
		"adaptive with a limit":            {options: datazone.Options{RetryMode: aws.RetryModeAdaptive, RetryMaxAttempts: 2}, status: 500, sent: 2},
		"a retryer wins over the mode":     {options: datazone.Options{RetryMode: aws.RetryModeAdaptive, Retryer: fixed{attempts: 4}}, status: 404, sent: 4},
		"a mode in a function is too late": {client: func(o *datazone.Options) { o.RetryMode = "unknown" }, status: 500, sent: 3},
		"no retry of a 404":                {options: datazone.Options{RetryMode: aws.RetryModeStandard}, status: 404, sent: 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // so that the waits take no time
				client := play(t, reply(c.status, ""))
				c.options.Region, c.options.HTTPClient = "eu-west-1", client
				_, err := call(datazone.New(c.options, append(some(c.client), hook)...), some(c.call)...)
				if err == nil || len(client.requests) != c.sent {
					t.Fatalf("%d requests, want %d; error %v", len(client.requests), c.sent, err)
				}
				want := fmt.Sprintf("attempt=%d; max=", c.sent)
				if got := client.last(t).Header.Get("Amz-Sdk-Request"); !strings.HasPrefix(got, want) {
					t.Errorf("the last attempt says %q, want %q", got, want)
				}
			})
		})
	}
}

func some(fn func(*datazone.Options)) []func(*datazone.Options) {
	if fn == nil {
		return nil
	}
	return []func(*datazone.Options){fn}
}

// TestBackoff measures the waits, on a clock of its own.
func TestBackoff(t *testing.T) {
	for name, c := range map[string]struct {
		retryer     aws.Retryer
		least, most time.Duration
	}{
		"default":       {nil, 1, 2*time.Second + 4*time.Second},
		"given retryer": {fixed{attempts: 4, delay: time.Minute}, 3 * time.Minute, 3 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client := datazone.New(datazone.Options{Region: "eu-west-1", HTTPClient: play(t, reply(500, "")), Retryer: c.retryer}, hook)
				begin := time.Now()
				_, err := call(client)
				if took := time.Since(begin); took < c.least || took > c.most {
					t.Errorf("waited %v, want %v to %v: %v", took, c.least, c.most, err)
				}
			})
		})
	}
}
