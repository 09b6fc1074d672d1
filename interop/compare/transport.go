package compare

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"
)

// Moment says when a reply cancels the call.
type Moment int

// The moments of a reply.
const (
	Never Moment = iota
	// WhileWaiting is before anything was answered.
	WhileWaiting
	// AfterHead is when the head was answered and nothing of the body read.
	AfterHead
	// InBody is when the body, as far as the reply has one, was read.
	InBody
)

// Reply is what the service answers to one request.
type Reply struct {
	// Status is 200 when it is zero.
	Status int
	// Header are lines "Name: value", names as they are to be found in the map.
	Header []string
	Body   string
	// Length is the Content-Length that is reported: 0 means the body's, -1 unknown.
	Length int64
	// NilBody answers with a response without body.
	NilBody bool
	// Err fails the exchange; there is no response then, unless WithResponse.
	Err          error
	WithResponse bool
	// BodyErr breaks the body off after Body.
	BodyErr error
	// CloseErr is returned when the body is closed.
	CloseErr error
	// SmallReads returns the body byte by byte.
	SmallReads bool
	// Delay passes before the answer, BodyDelay before the body.
	Delay, BodyDelay time.Duration
	// Clock, if set, is what the service's Date is ahead of the client's time.
	Clock *time.Duration
	// Cancel cancels the call.
	Cancel Moment
}

// Transport is an HTTP client and a round tripper that answers from a script.
type Transport struct{ *transport }

// Do answers the request.
func (t *Transport) Do(r *http.Request) (*http.Response, error) { return t.exchange(r) }

// RoundTrip answers the request.
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) { return t.exchange(r) }

type transport struct {
	script   []Reply
	cancel   context.CancelFunc // of the call under way
	requests []request
	bodies   []*body
}

func (t *transport) exchange(r *http.Request) (*http.Response, error) {
	t.requests = append(t.requests, record(r))
	reply := t.script[min(len(t.requests), len(t.script))-1]
	if reply.Cancel == WhileWaiting {
		t.cancel()
	}
	if err := wait(r.Context(), reply.Delay); err != nil {
		return nil, err
	}
	if reply.Err != nil && !reply.WithResponse {
		return nil, reply.Err
	}
	if reply.Cancel == AfterHead {
		t.cancel()
	}
	return t.response(r, reply), reply.Err
}

// wait passes the time, or returns the context's error.
func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return ctx.Err()
	}
}

func (t *transport) response(r *http.Request, reply Reply) *http.Response {
	resp := &http.Response{
		StatusCode: reply.Status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{}, ContentLength: int64(len(reply.Body)), Request: r,
	}
	if resp.StatusCode == 0 {
		resp.StatusCode = http.StatusOK
	}
	resp.Status = http.StatusText(resp.StatusCode)
	for _, line := range reply.Header {
		name, value, _ := strings.Cut(line, ": ")
		resp.Header[name] = append(resp.Header[name], value)
	}
	if reply.Clock != nil {
		resp.Header.Set("Date", time.Now().Add(*reply.Clock).UTC().Format(http.TimeFormat))
	}
	if reply.Length != 0 {
		resp.ContentLength = reply.Length
	}
	if !reply.NilBody {
		b := &body{ctx: r.Context(), cancel: t.cancel, reply: reply, rest: reply.Body}
		t.bodies = append(t.bodies, b)
		resp.Body = b
	}
	return resp
}

// body is the body of a reply.
type body struct {
	ctx    context.Context
	cancel context.CancelFunc
	reply  Reply
	rest   string
	begun  bool
	closed bool
	// misused says that it was read after it was closed.
	misused bool
}

// Read returns the body as the reply says.
func (b *body) Read(p []byte) (int, error) {
	b.misused = b.misused || b.closed
	if !b.begun {
		b.begun = true
		if err := wait(b.ctx, b.reply.BodyDelay); b.reply.BodyDelay > 0 && err != nil {
			return 0, err
		}
	}
	if b.rest == "" {
		return 0, b.end()
	}
	if b.reply.SmallReads && len(p) > 1 {
		p = p[:1]
	}
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}

func (b *body) end() error {
	if b.reply.Cancel == InBody {
		b.cancel()
		return b.ctx.Err()
	}
	if b.reply.BodyErr != nil {
		return b.reply.BodyErr
	}
	return io.EOF
}

// Close notes that the body is closed.
func (b *body) Close() error {
	b.closed = true
	return b.reply.CloseErr
}

// open counts the bodies that were not closed; misused those read afterwards.
func (t *transport) open() (open, misused int) {
	for _, b := range t.bodies {
		if !b.closed {
			open++
		}
		if b.misused {
			misused++
		}
	}
	return open, misused
}
