package clienttest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"

	"example.com/lathe/generated/datazone"
)

// moment is where a call stands when its context ends, one second after it began.
type moment struct {
	name   string
	handle http.HandlerFunc
	option func(*datazone.Options)
	// sent is how many requests reach the server.
	sent int
	// wait is how long the call lasts.
	wait time.Duration
	// before ends the context before the call; lost gives no connection.
	before, lost bool
	// text is the error's, with %s in place of the context's.
	text string
	// denied are the ends of the context after which the official retryer, when it
	// is asked as the official client does, would try again but for the context.
	denied []error
}

func nothing(*datazone.Options) {}

// hang answers nothing until the client is gone.
func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// trickle answers one byte of a body a time.
func trickle(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Amzn-Requestid", requestID)
		w.WriteHeader(status)
		for r.Context().Err() == nil {
			_, _ = io.WriteString(w, " ")
			w.(http.Flusher).Flush()
			time.Sleep(30 * time.Millisecond)
		}
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func slowRetries(o *datazone.Options) {
	o.Retryer = retry.NewStandard(func(o *retry.StandardOptions) {
		o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return time.Hour, nil })
	})
}

// slowCredentials wait for the context's end.
func slowCredentials(o *datazone.Options) {
	o.Credentials = aws.CredentialsProviderFunc(func(ctx context.Context) (aws.Credentials, error) {
		<-ctx.Done()
		return aws.Credentials{}, ctx.Err()
	})
}

func moments() []moment {
	return []moment{
		{name: "before", handle: hang, option: nothing, before: true, text: "%s"},
		{name: "fetching credentials", handle: hang, option: slowCredentials, wait: time.Second,
			text: "get identity: get credentials: %s", denied: []error{context.DeadlineExceeded}},
		{name: "connecting", handle: hang, option: nothing, lost: true, wait: time.Second,
			text: "https response error StatusCode: 0, RequestID: , canceled, %s"},
		{name: "waiting for headers", handle: hang, option: nothing, wait: time.Second, sent: 1,
			text: "https response error StatusCode: 0, RequestID: , canceled, %s"},
		{name: "reading a body", handle: trickle(200), option: nothing, wait: time.Second, sent: 1,
			text:   "https response error StatusCode: 200, RequestID: request-1, deserialization failed, failed to decode response body, %s",
			denied: []error{context.DeadlineExceeded}},
		{name: "reading an error's body", handle: trickle(500), option: nothing, wait: time.Second, sent: 1,
			text:   "https response error StatusCode: 500, RequestID: request-1, deserialization failed, failed to copy error response body, %s",
			denied: []error{context.Canceled, context.DeadlineExceeded}},
		{name: "backing off", handle: status(503), option: slowRetries, wait: time.Second, sent: 1,
			text: "request canceled, %s while retrying after: https response error StatusCode: 503, RequestID: , api error UnknownError: UnknownError"},
	}
}

// TestCancellation ends the context at every point of a call, in both ways. The
// call must return at that very instant and leave no goroutine behind, which the
// bubble would not end with.
func TestCancellation(t *testing.T) {
	for _, m := range moments() {
		t.Run(m.name+"/canceled", func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(context.Background())
				if m.before {
					cancel()
				}
				defer time.AfterFunc(time.Second, cancel).Stop()
				m.run(ctx, t, context.Canceled)
				cancel()
			})
		})
		t.Run(m.name+"/deadline", func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				wait := time.Second
				if m.before {
					wait = -1
				}
				ctx, cancel := context.WithTimeout(context.Background(), wait)
				m.run(ctx, t, context.DeadlineExceeded)
				cancel()
			})
		})
	}
}

func (m moment) run(ctx context.Context, t *testing.T, cause error) {
	sent := make(chan struct{}, 10)
	n := newNetwork(func(w http.ResponseWriter, r *http.Request) {
		sent <- struct{}{}
		m.handle(w, r)
	})
	n.lost = m.lost
	defer n.shut(t)
	begin := time.Now()
	out, err := newClient(nil, through(n), m.option).GetDataSourceRun(ctx, input())
	took := time.Since(begin)
	if out != nil {
		t.Errorf("there is an output: %+v", out)
	}
	want := operation(strings.ReplaceAll(m.text, "%s", cause.Error()))
	if slices.Contains(m.denied, cause) {
		want += "\nfailed to get rate limit token, canceled, " + cause.Error()
	}
	check(t, err, want)
	if !errors.Is(err, cause) {
		t.Errorf("%v is not %v", err, cause)
	}
	if took != m.wait || len(sent) != m.sent {
		t.Errorf("took %v with %d requests, want %v and %d", took, len(sent), m.wait, m.sent)
	}
}

// TestNoGoroutineIsLeft makes calls whose context never ends. A bubble with a
// goroutine that waits for ever fails.
func TestNoGoroutineIsLeft(t *testing.T) {
	for name, c := range map[string]struct {
		handle http.HandlerFunc
		ok     bool
	}{
		"success":    {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"id":"r"}`) }, true},
		"error":      {status(404), false},
		"retries":    {status(500), false},
		"no answer":  {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, false},
		"wrong body": {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"id":`) }, false},
		"long error": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(400)
			_, _ = io.WriteString(w, strings.Repeat("x", 4<<20))
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := newNetwork(c.handle)
				defer n.shut(t)
				client := newClient(nil, through(n))
				for range 3 {
					if _, err := call(client); (err == nil) != c.ok {
						t.Errorf("error is %v", err)
					}
				}
			})
		})
	}
}

// TestTimeoutOfTheHTTPClient leaves the context alone: it is the HTTP client that
// gives up, and the call is tried again.
func TestTimeoutOfTheHTTPClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(hang)
		defer n.shut(t)
		client := newClient(nil, through(n), func(o *datazone.Options) {
			o.HTTPClient = &http.Client{Transport: n.client, Timeout: time.Second}
			o.RetryMaxAttempts = 2
		})
		begin := time.Now()
		_, err := call(client)
		if took := time.Since(begin); took != 2*time.Second {
			t.Errorf("took %v, want two attempts of a second: %v", took, err)
		}
		limit, ok := errors.AsType[*retry.MaxAttemptsError](err)
		if !ok || limit.Attempt != 2 {
			t.Errorf("error is %v", err)
		}
	})
}
