package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/lathe/runtime/rest"
	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// server starts an HTTP server and counts the connections made to it.
func server(t *testing.T, h http.HandlerFunc) (s *httptest.Server, connections *atomic.Int32) {
	t.Helper()
	connections = new(atomic.Int32)
	s = httptest.NewUnstartedServer(h)
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	return s, connections
}

func toServer(s *httptest.Server) func(*Settings) {
	return func(settings *Settings) { settings.ResolveEndpoint = fixedEndpoint(s.URL) }
}

func TestConnectionsAreReused(t *testing.T) {
	for name, c := range map[string]struct {
		answer      http.HandlerFunc
		connections int32
	}{
		"output":  {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{}`) }, 1},
		"chunked": {func(w http.ResponseWriter, _ *http.Request) { w.(http.Flusher).Flush(); _, _ = io.WriteString(w, `{}`) }, 1},
		"no body": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, 1},
		"error":   {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<html>", 404) }, 1},
		"long": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.Copy(w, strings.NewReader(strings.Repeat("x", 1<<20)))
		}, 1},
		"too long":     {longError(maxErrorBody + maxDrain/2), 1},
		"far too long": {longError(maxErrorBody + 4*maxDrain), 5},
	} {
		t.Run(name, func(t *testing.T) {
			srv, connections := server(t, c.answer)
			s := testSettings(srv.Client(), toServer(srv))
			for range 5 {
				_, _ = Do(context.Background(), s, testInfo(), &fakeOp{})
			}
			if got := connections.Load(); got != c.connections {
				t.Errorf("five calls made %d connections, want %d", got, c.connections)
			}
		})
	}
}

func longError(n int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(n))
		w.WriteHeader(500)
		_, _ = io.Copy(w, io.LimitReader(zeros{}, int64(n)))
	}
}

// TestEarlyAnswerToAnUpload lets the server answer while the request's body is
// still on its way, and the call be retried with it. The race detector watches
// the stream.
func TestEarlyAnswerToAnUpload(t *testing.T) {
	const size = 4 << 20
	var calls atomic.Int32
	srv, _ := server(t, func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1) < 3 {
			w.WriteHeader(503)
			return
		}
		n, err := io.Copy(io.Discard, r.Body)
		fmt.Fprint(w, n, " ", err)
	})
	op := &fakeOp{serialize: putStream(strings.NewReader(strings.Repeat("x", size)))}
	_, err := Do(context.Background(), testSettings(srv.Client(), toServer(srv), withRetryer(noBackoff())), testInfo(), op)
	if err != nil || op.out != fmt.Sprint(size, " <nil>") {
		t.Errorf("server read %q, %v", op.out, err)
	}
}

func TestLostConnections(t *testing.T) {
	hijack := func(w http.ResponseWriter, head string) {
		conn, buf, err := w.(http.Hijacker).Hijack()
		if err == nil {
			_, _ = buf.WriteString(head)
			_ = buf.Flush()
			_ = conn.Close()
		}
	}
	for name, c := range map[string]struct {
		head string
		as   any
		want error
	}{
		"without an answer": {"", new(*smithyhttp.RequestSendError), io.EOF},
		"in the head":       {"HTTP/1.1 200 OK\r\nContent-Length: 1", new(*smithyhttp.RequestSendError), io.ErrUnexpectedEOF},
		"in the body":       {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", new(*smithy.DeserializationError), io.ErrUnexpectedEOF},
		"no HTTP":           {"SSH-2.0-OpenSSH\r\n\r\n", new(*smithyhttp.RequestSendError), nil},
	} {
		t.Run(name, func(t *testing.T) {
			srv, _ := server(t, func(w http.ResponseWriter, _ *http.Request) { hijack(w, c.head) })
			_, err := Do(context.Background(), testSettings(srv.Client(), toServer(srv)), testInfo(), &fakeOp{})
			if !errors.As(err, c.as) || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("error is %v, want a %T with %v", err, c.as, c.want)
			}
		})
	}
}

func TestRefusedConnectionsAreRetried(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + listener.Addr().String()
	_ = listener.Close()
	_, err = Do(context.Background(), testSettings(NewHTTPClient(nil, ""), func(s *Settings) {
		s.ResolveEndpoint, s.Retryer = fixedEndpoint(url), noBackoff()
	}), testInfo(), &fakeOp{})
	var limit *retry.MaxAttemptsError
	if !errors.As(err, &limit) || limit.Attempt != 3 {
		t.Errorf("error is %v", err)
	}
}

func TestCancelWhileTheServerIsSilent(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	srv, _ := server(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Has("body") {
			w.(http.Flusher).Flush()
		}
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	for _, query := range []string{"", "?body"} {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		_, err := Do(ctx, testSettings(srv.Client(), func(s *Settings) {
			s.ResolveEndpoint = fixedEndpoint(srv.URL + "/" + query)
		}), testInfo(), &fakeOp{})
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%q: error is %v", query, err)
		}
	}
}

// TestNoGoroutineIsLeft runs calls that end in all kinds of ways and counts
// goroutines before and after.
func TestNoGoroutineIsLeft(t *testing.T) {
	var n atomic.Int32
	srv, _ := server(t, func(w http.ResponseWriter, r *http.Request) {
		switch n.Add(1) % 4 {
		case 0:
			_, _ = io.WriteString(w, "{}")
		case 1:
			w.WriteHeader(503)
		case 2:
			http.Error(w, "{}", 404)
		default:
			select {
			case <-r.Context().Done():
			case <-time.After(5 * time.Millisecond):
			}
		}
	})
	client := srv.Client()
	s := testSettings(client, toServer(srv), withRetryer(noBackoff()))
	before := runtime.NumGoroutine()
	var calls sync.WaitGroup
	for i := range 100 {
		calls.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), time.Duration(i)*time.Millisecond)
			defer cancel()
			_, _ = Do(ctx, s, testInfo(), &fakeOp{serialize: putStream(strings.NewReader("payload"))})
		})
	}
	calls.Wait()
	client.CloseIdleConnections()
	srv.CloseClientConnections()
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// TestConcurrentCalls shares one client's settings, its pooled buffers and its
// clock between many goroutines; every call must get its own answer.
func TestConcurrentCalls(t *testing.T) {
	for name, start := range map[string]func(*httptest.Server){
		"HTTP/1": (*httptest.Server).Start,
		"HTTP/2": func(s *httptest.Server) {
			s.EnableHTTP2 = true
			s.StartTLS()
		},
	} {
		t.Run(name, func(t *testing.T) { callConcurrently(t, start) })
	}
}

func callConcurrently(t *testing.T, start func(*httptest.Server)) {
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Amzn-RequestId", r.Header.Get("Amz-Sdk-Invocation-Id"))
		if r.Header.Get("Amz-Sdk-Request") == "attempt=1; max=3" && r.ContentLength%2 == 0 {
			w.WriteHeader(503)
			return
		}
		body, _ := io.ReadAll(r.Body) // whole, before the first byte of the answer
		_, _ = w.Write(body)
	}))
	start(srv)
	defer srv.Close()
	s := testSettings(srv.Client(), toServer(srv), func(s *Settings) {
		s.Retryer = retry.NewStandard(func(o *retry.StandardOptions) {
			o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
			o.RateLimiter = unlimited{}
		})
		s.Credentials = aws.NewCredentialsCache(testCredentials)
	})
	info := testInfo()
	var calls sync.WaitGroup
	for worker := range 16 {
		calls.Go(func() {
			for i := range 25 {
				body := strings.Repeat(strconv.Itoa(worker%10), 1+worker*600+i) // long ones are sent from shared memory
				op := &fakeOp{serialize: func(r *rest.Request) {
					r.Start("PUT", "/things").SetWritten("application/json", append(r.Memory(), body...))
				}}
				md, err := Do(context.Background(), s, info, op)
				if err != nil || op.out != body {
					t.Errorf("worker %d, call %d: %d bytes back of %d, %v", worker, i, len(op.out), len(body), err)
					return
				}
				if id, ok := awsmiddleware.GetRequestIDMetadata(md); !ok || !isUUID(id) {
					t.Errorf("request ID %q", id)
				}
			}
		})
	}
	calls.Wait()
}

type unlimited struct{}

func (unlimited) GetToken(context.Context, uint) (func() error, error) {
	return func() error { return nil }, nil
}
func (unlimited) AddTokens(uint) error { return nil }
