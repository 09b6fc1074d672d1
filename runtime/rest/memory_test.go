package rest_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"testing"

	"example.com/lathe/runtime/rest"
)

// written returns a request with a body of n bytes that was written to its memory.
func written(memory []byte, n int) *rest.Request {
	var r rest.Request
	r.Start("PUT", "/").Reuse(memory)
	r.SetWritten("text/plain", append(r.Memory(), bytes.Repeat([]byte("a"), n)...))
	return &r
}

func attempt(t *testing.T, r *rest.Request) *http.Request {
	t.Helper()
	a, err := r.NewAttempt(context.Background(), &url.URL{Scheme: "https", Host: "h"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	return &a.HTTP
}

const (
	short = 100
	long  = 10_000
)

// TestReclaim hands the memory of bodies on when nothing reads it any more.
func TestReclaim(t *testing.T) {
	for _, c := range []struct {
		name string
		size int
		send func(t *testing.T, r *rest.Request)
		want bool
	}{
		{"never sent", long, func(*testing.T, *rest.Request) {}, true},
		{"short, and still open", short, func(t *testing.T, r *rest.Request) { attempt(t, r) }, true},
		{"closed", long, func(t *testing.T, r *rest.Request) { _ = attempt(t, r).Body.Close() }, true},
		{"open", long, func(t *testing.T, r *rest.Request) { attempt(t, r) }, false},
		{"read to its end and open", long, func(t *testing.T, r *rest.Request) {
			if n, err := io.Copy(io.Discard, attempt(t, r).Body); err != nil || n != long {
				t.Errorf("read %d bytes: %v", n, err)
			}
		}, false},
		{"the first of two open", long, func(t *testing.T, r *rest.Request) {
			attempt(t, r)
			_ = attempt(t, r).Body.Close()
		}, false},
		{"two closed", long, func(t *testing.T, r *rest.Request) {
			_ = attempt(t, r).Body.Close()
			_ = attempt(t, r).Body.Close()
		}, true},
		{"given away as a stream", long, func(_ *testing.T, r *rest.Request) { r.Stream() }, false},
		{"of much memory", 1 << 20, func(t *testing.T, r *rest.Request) { _ = attempt(t, r).Body.Close() }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := written(nil, c.size)
			c.send(t, r)
			if got := r.Reclaim(); (got != nil) != c.want {
				t.Errorf("%d bytes are handed on", cap(got))
			}
		})
	}
}

// TestReuse sees that what was sent stays as it is when its memory is written again.
func TestReuse(t *testing.T) {
	first := written(nil, short)
	sent := attempt(t, first).Body
	memory := first.Reclaim()
	if got := written(memory, short).Reclaim(); &got[:1][0] != &memory[:1][0] {
		t.Error("a body is not written to the memory of the one before it")
	}
	for i := range memory[:cap(memory)] {
		memory[:cap(memory)][i] = '#'
	}
	if got, err := io.ReadAll(sent); err != nil || string(got) != string(bytes.Repeat([]byte("a"), short)) {
		t.Errorf("read %q: %v", got, err)
	}
}
