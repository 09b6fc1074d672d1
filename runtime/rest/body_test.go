package rest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// gate is a stream whose reads wait until they are let through.
type gate struct {
	entered chan struct{}
	open    chan struct{}
}

func (g *gate) Read(p []byte) (int, error) {
	g.entered <- struct{}{}
	<-g.open
	return copy(p, "x"), io.EOF
}

func TestBodyReadsThenRefusesAfterClose(t *testing.T) {
	b := newBody(strings.NewReader("payload"))
	head := make([]byte, 3)
	if n, err := b.Read(head); n != 3 || err != nil || string(head) != "pay" {
		t.Fatalf("Read = %d, %v, %q; want 3, nil, \"pay\"", n, err, head)
	}
	if err := b.Close(); err != nil {
		t.Fatalf("Close = %v", err)
	}
	if n, err := b.Read(head); n != 0 || !errors.Is(err, http.ErrBodyReadAfterClose) {
		t.Errorf("Read after Close = %d, %v; want 0, %v", n, err, http.ErrBodyReadAfterClose)
	}
	if err := b.Close(); err != nil {
		t.Errorf("second Close = %v", err)
	}
	if err := b.Wait(context.Background()); err != nil {
		t.Errorf("Wait of an idle body = %v", err)
	}
}

func TestBodyLeavesTheStreamOpen(t *testing.T) {
	r, w := io.Pipe()
	b := newBody(r)
	_ = b.Close()
	go func() { _, _ = w.Write([]byte("z")) }()
	got := make([]byte, 1)
	if _, err := r.Read(got); err != nil || got[0] != 'z' {
		t.Errorf("stream after Close of its body: %q, %v; want it readable", got, err)
	}
}

func TestBodyCloseDoesNotBlockButWaitDoes(t *testing.T) {
	g := &gate{entered: make(chan struct{}), open: make(chan struct{})}
	b := newBody(g)
	read := make(chan error, 1)
	go func() {
		_, err := b.Read(make([]byte, 1))
		read <- err
	}()
	<-g.entered
	_ = b.Close() // must return while the read is stuck

	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if err := b.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("Wait during a read = %v, want %v", err, context.DeadlineExceeded)
	}

	waited := make(chan error, 2)
	for range 2 {
		go func() { waited <- b.Wait(context.Background()) }()
	}
	if b.isDone() {
		t.Error("a body is done during a read")
	}
	close(g.open)
	for range 2 {
		if err := <-waited; err != nil {
			t.Errorf("Wait = %v", err)
		}
	}
	if err := <-read; !errors.Is(err, io.EOF) {
		t.Errorf("the read under way = %v, want it to end as the stream says", err)
	}
	if !b.isDone() {
		t.Error("a closed body that nobody reads is not done")
	}
}

// TestBodyRewindIsRaceFree lets a transport go on reading after its attempt
// ended, as net/http does; the race detector is the judge.
func TestBodyRewindIsRaceFree(t *testing.T) {
	var r Request
	r.Start("PUT", "/")
	r.SetStream("", bytes.NewReader(bytes.Repeat([]byte("0123456789"), 1000)))
	for range 50 {
		attempt, err := r.NewAttempt(context.Background(), &url.URL{Scheme: "https", Host: "example.com"}, 0)
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			_, _ = io.Copy(io.Discard, attempt.HTTP.Body)
		}()
		body := attempt.HTTP.Body.(*Body)
		_ = body.Close()
		if err := body.Wait(context.Background()); err != nil {
			t.Fatal(err)
		}
		if err := r.Rewind(); err != nil {
			t.Fatal(err)
		}
		<-done
	}
}

func TestBodiesInMemoryAreNotDetached(t *testing.T) {
	var r Request
	r.Start("POST", "/").SetBody("application/json", []byte(`{}`))
	attempt, err := r.NewAttempt(context.Background(), &url.URL{Scheme: "https", Host: "example.com"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if attempt.HTTP.GetBody != nil {
		t.Error("a redirect could send the signed body elsewhere")
	}
	if got, err := io.ReadAll(attempt.HTTP.Body); err != nil || string(got) != `{}` {
		t.Errorf("the body reads %q, %v; want \"{}\"", got, err)
	}
}

// TestSetLength: a member may say how long a stream is that does not know it itself.
func TestSetLength(t *testing.T) {
	for n, want := range map[int64]int64{5: 5, 0: 0, -1: -1} {
		var r Request
		r.SetStream("text/plain", io.MultiReader(strings.NewReader("hello")))
		r.SetLength(n)
		if got := r.Length(); got != want || (r.Err() != nil) != (n < 0) {
			t.Errorf("SetLength(%d): the length is %d, %v", n, got, r.Err())
		}
	}
	var r Request
	r.SetBody("text/plain", []byte("hello"))
	if r.SetLength(7); r.Length() != 5 {
		t.Error("the length of a body that is known has changed")
	}
}
