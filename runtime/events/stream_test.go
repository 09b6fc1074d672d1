package events

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/lathe/runtime/rest"
	"example.com/lathe/runtime/sigv4"
	"example.com/lathe/runtime/stack"
	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go"
	smithyauth "github.com/aws/smithy-go/auth"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/metrics"
	"github.com/aws/smithy-go/middleware"
	"github.com/aws/smithy-go/tracing"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/google/go-cmp/cmp"
)

// talk is an operation whose events are texts, both ways.
type talk struct {
	// what an operation's event stream is
	writer *Writer[string]
	reader *Reader[string]
	stream *Stream

	greeting string // from the initial response
}

func (o *talk) Close() error { return o.stream.Close(o.part(), o.reader) }
func (o *talk) Err() error   { return o.stream.Err(o.part(), o.reader) }

func (o *talk) part() Part {
	if o.writer == nil {
		return nil
	}
	return o.writer
}

var credentials = aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "SECRET"}

// service is a server and the client for it.
type service struct {
	options transport.Settings
}

// serve starts a service that speaks HTTP/2.
func serve(t *testing.T, handle http.HandlerFunc) *service {
	t.Helper()
	noLeaks(t)
	server := httptest.NewUnstartedServer(handle)
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	s := &service{}
	target, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	s.options = transport.Settings{
		ServiceID: "Talk", SigningName: "talk", Region: "us-east-1", HTTPClient: server.Client(),
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return credentials, nil }),
		Signer:      new(sigv4.Signer), Retryer: retry.NewStandard(func(o *retry.StandardOptions) { o.Backoff = noBackoff{} }),
		ResolveEndpoint: func(context.Context, string, any) (*transport.Endpoint, error) {
			return &transport.Endpoint{URL: *target}, nil
		},
	}
	return s
}

type noBackoff struct{}

func (noBackoff) BackoffDelay(int, error) (time.Duration, error) { return 0, nil }

// hooked has calls run in a middleware stack. All tests run both ways.
var hooked bool

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	hooked = true
	os.Exit(max(code, m.Run()))
}

// settings are those of a client of the service.
func (s *service) settings() *transport.Settings {
	options := s.options
	if hooked {
		options.Hooked = stack.New(&stack.Options{
			Tracer: &tracing.NopTracerProvider{}, Meter: metrics.NopMeterProvider{},
			ResolveAuth: func(context.Context, string) ([]*smithyauth.Option, error) { return s.auth(), nil },
			AuthSchemes: []smithyhttp.AuthScheme{stack.SigV4}, Identities: s,
			OthersIdentities: func() smithyauth.IdentityResolverOptions { return s },
			LegacyEndpoint: middleware.SerializeMiddlewareFunc("ResolveEndpoint", func(
				ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler,
			) (middleware.SerializeOutput, middleware.Metadata, error) {
				return next.HandleSerialize(ctx, in)
			}),
		})
	}
	return transport.NewSettings(&options)
}

// auth returns how calls are signed.
func (s *service) auth() []*smithyauth.Option {
	option := &smithyauth.Option{SchemeID: smithyauth.SchemeIDSigV4}
	if s.options.Credentials == nil {
		option.SchemeID = smithyauth.SchemeIDAnonymous
	}
	smithyhttp.SetSigV4SigningName(&option.SignerProperties, s.options.SigningName)
	smithyhttp.SetSigV4SigningRegion(&option.SignerProperties, s.options.Region)
	return []*smithyauth.Option{option}
}

// GetIdentityResolver returns what finds the service's credentials.
func (s *service) GetIdentityResolver(scheme string) smithyauth.IdentityResolver {
	if scheme == smithyauth.SchemeIDAnonymous {
		return &smithyauth.AnonymousIdentityResolver{}
	}
	return stack.CredentialsResolver(s.options.Credentials)
}

// TestStartIsAnswered has a call end without a request, as with a middleware that answers.
func TestStartIsAnswered(t *testing.T) {
	if err := Start(t.Context(), func(context.Context) error { return nil }); !errors.Is(err, errNeverSent) {
		t.Errorf("got %v", err)
	}
}

// talk calls the service.
func (s *service) talk(ctx context.Context, op *transport.Operation[string, *talk]) (*talk, error) {
	out := &talk{}
	_, _, err := transport.Call(ctx, s.settings(), op, "", out)
	return out, err
}

// start calls the service without waiting for its response.
func (s *service) start(ctx context.Context, op *transport.Operation[string, *talk]) (*talk, error) {
	out := &talk{}
	err := Start(ctx, func(ctx context.Context) error {
		_, _, err := transport.Call(ctx, s.settings(), op, "", out)
		return err
	})
	return out, err
}

// operation returns an operation that receives events, and sends them too if it talks.
func operation(talks, initial bool) *transport.Operation[string, *talk] {
	return &transport.Operation[string, *talk]{
		Info:   transport.Info{Name: "Talk", Auth: []string{"aws.auth#sigv4"}, StreamOutput: true, EventOutput: true, EventInput: talks},
		Encode: func(_ string, r *rest.Request) { r.Start("POST", "/talk") },
		Decode: func(r *rest.Response, _ *talk) error { return r.Err() },
		Events: func(out *talk, s *transport.Settings) transport.EventStreams {
			out.stream = NewStream()
			out.reader = NewReader(decodeText, &textErrors)
			if initial {
				out.reader.Initial(func(m *Message) error {
					out.greeting = string(m.Payload)
					if out.greeting == "broken" {
						return io.ErrUnexpectedEOF
					}
					return nil
				})
			}
			if !talks {
				return Join(s, out.stream, out.Close, nil, out.reader)
			}
			out.writer = NewWriter(encodeText, false)
			return Join(s, out.stream, out.Close, out.writer, out.reader)
		},
	}
}

func encodeText(text string, m *Outgoing) error {
	if text == "" {
		return UnknownEvent(text)
	}
	m.Begin("text")
	m.SetPayload("text/plain", []byte(text))
	return nil
}

// answer writes frames and flushes each.
func answer(w http.ResponseWriter, frames ...[]byte) {
	w.Header().Set("Content-Type", contentType)
	for _, frame := range frames {
		if _, err := w.Write(frame); err != nil {
			return
		}
		w.(http.Flusher).Flush()
	}
}

// collect reads a stream to its end.
func collect(t *testing.T, out *talk) (list []string) {
	t.Helper()
	timeout := time.After(10 * time.Second)
	for {
		select {
		case event, ok := <-out.reader.Events():
			if !ok {
				return list
			}
			list = append(list, event)
		case <-timeout:
			t.Fatal("the stream does not end")
		}
	}
}

func TestReceive(t *testing.T) {
	unknown := eventOf(t, "picture", "?")
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		answer(w, eventOf(t, "text", "a"), eventOf(t, "TEXT", "b"), eventOf(t, "number", "1"), unknown, eventOf(t, "text", ""))
	})
	out, err := s.talk(t.Context(), operation(false, false))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"text:a", "text:b", "number:1", "picture:?", "text:"}, collect(t, out)); diff != "" {
		t.Error(diff)
	}
	if err := errors.Join(out.Err(), out.Close(), out.Close()); err != nil {
		t.Error(err)
	}
}

// Each stream ends with an error, behind one event.
func TestReceiveErrors(t *testing.T) {
	event := eventOf(t, "text", "a")
	damaged := slices.Clone(event)
	damaged[len(damaged)-1] ^= 1
	for name, tt := range map[string]struct {
		frame []byte
		want  string
	}{
		"known exception":     {frameOf(t, "oh", ":message-type", "exception", ":exception-type", "BROKENexception"), "api error Broken: oh"},
		"unknown exception":   {frameOf(t, `{"message":"oh"}`, ":message-type", "exception", ":exception-type", "Other"), "api error Other: oh"},
		"nameless exception":  {frameOf(t, `{"__type":"a#Kind"}`, ":message-type", "exception", ":exception-type", ""), "api error Kind: UnknownError"},
		"no exception type":   {frameOf(t, "", ":message-type", "exception"), ":exception-type event header not present"},
		"error":               {frameOf(t, "", ":message-type", "error", ":error-code", "C", ":error-message", "m"), "api error C: m"},
		"empty error":         {frameOf(t, "", ":message-type", "error"), "api error UnknownError: UnknownError"},
		"unknown message":     {frameOf(t, "x", ":message-type", "gossip"), "unknown event stream message type, gossip"},
		"message type number": {frameOf(t, "x", ":message-type", eventstream.Int8Value(7)), "unknown event stream message type, 0x07"},
		"no message type":     {frameOf(t, "x", ":event-type", "text"), ":message-type event header not present"},
		"no event type":       {frameOf(t, "x", ":message-type", "event"), ":event-type event header not present"},
		"undecodable":         {eventOf(t, "number", "x"), "deserialization failed, failed to decode response body, unexpected EOF"},
		"damaged":             {damaged, "message checksum mismatch"},
		"broken off":          {event[:len(event)-1], "unexpected EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) { answer(w, event, tt.frame) })
			out, err := s.talk(t.Context(), operation(false, false))
			if err != nil {
				t.Fatal(err)
			}
			if got := collect(t, out); len(got) != 1 {
				t.Errorf("%d events", len(got))
			}
			for _, err := range []error{out.Err(), out.Close(), out.reader.Err()} {
				if err == nil || err.Error() != tt.want {
					t.Errorf("got %v, want %s", err, tt.want)
				}
			}
		})
	}
}

func TestSnapshotOfSensitiveEvents(t *testing.T) {
	r := NewReader(decodeText, &Errors{Sensitive: true})
	r.message.Payload = []byte("secret")
	var failed *smithy.DeserializationError
	if err := r.undecodable(io.ErrUnexpectedEOF); !errors.As(err, &failed) || failed.Snapshot != nil {
		t.Errorf("got %#v", failed)
	}
}

func TestInitialResponse(t *testing.T) {
	greeting, event := eventOf(t, initialResponse, "hello"), eventOf(t, "text", "a")
	exception := frameOf(t, "oh", ":message-type", "exception", ":exception-type", "brokenException")
	for name, tt := range map[string]struct {
		frames   [][]byte
		greeting string
		events   []string
		err      string
	}{
		"usual":     {[][]byte{greeting, event}, "hello", []string{"text:a"}, ""},
		"none":      {[][]byte{event, event}, "", []string{"text:a", "text:a"}, ""},
		"alone":     {[][]byte{greeting}, "hello", nil, ""},
		"nothing":   {nil, "", nil, "the event stream ends before the initial response: unexpected EOF"},
		"exception": {[][]byte{exception}, "", nil, "api error Broken: oh"},
		"broken":    {[][]byte{eventOf(t, initialResponse, "broken")}, "broken", nil, "failed to decode response body, unexpected EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) { answer(w, tt.frames...) })
			out, err := s.talk(t.Context(), operation(false, true))
			if out.greeting != tt.greeting {
				t.Errorf("greeting %q", out.greeting)
			}
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.events, collect(t, out)); diff != "" || out.Close() != nil {
				t.Error(diff, out.Err())
			}
		})
	}
}

// A response that is an error is that of the call, which is tried again.
func TestReceiveAfterRetry(t *testing.T) {
	attempt := 0
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if attempt++; attempt < 3 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		answer(w, eventOf(t, "text", "a"))
	})
	for _, talks := range []bool{false, true} {
		attempt = 0
		out, err := s.talk(t.Context(), operation(talks, false))
		if err != nil {
			t.Fatal(err)
		}
		if got := collect(t, out); len(got) != 1 || out.Close() != nil {
			t.Error(got, out.Err())
		}
	}
}

// Close and cancel end a stream that goes on for ever, at any point.
//
//nolint:gocognit // all points, all ends
func TestEndAtAnyPoint(t *testing.T) {
	event := eventOf(t, "text", strings.Repeat("x", 100))
	gone := make(chan struct{}, 1)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		defer func() { gone <- struct{}{} }()
		for r.Context().Err() == nil {
			answer(w, event[:50], event[50:])
		}
	})
	for _, talks := range []bool{false, true} {
		for read := range 20 {
			for _, end := range []string{"close", "cancel", "both"} {
				ctx, cancel := context.WithCancel(t.Context())
				out, err := s.talk(ctx, operation(talks, false))
				if err != nil {
					t.Fatal(err)
				}
				for range read {
					<-out.reader.Events()
				}
				if end != "close" {
					cancel()
				}
				if end != "cancel" {
					if err := out.Close(); err != nil && end == "close" {
						t.Errorf("close: %v", err)
					}
				}
				for range out.reader.Events() { // what was on its way
				}
				if end == "cancel" && !errors.Is(out.Err(), context.Canceled) {
					t.Errorf("cancel: %v", out.Err())
				}
				<-gone
				cancel()
			}
		}
	}
}

// verifier checks the signatures of the events of a request, and returns the events.
type verifier struct {
	t        *testing.T
	r        *http.Request
	previous []byte
}

// next returns the next event's payload; false when the signed end has come.
func (v *verifier) next() (string, bool) {
	v.t.Helper()
	outer, err := eventstream.NewDecoder().Decode(v.r.Body, nil)
	if err != nil {
		v.t.Errorf("no end: %v", err)
		return "", false
	}
	at := outer.Headers.Get(":date").Get().(time.Time)
	signature := outer.Headers.Get(":chunk-signature").Get().([]byte)
	var date bytes.Buffer
	if err := eventstream.EncodeHeaders(&date, eventstream.Headers{{Name: ":date", Value: eventstream.TimestampValue(at)}}); err != nil {
		v.t.Error(err)
	}
	want, err := v4.NewStreamSigner(credentials, "talk", "us-east-1", v.previous).GetSignature(context.Background(), date.Bytes(), outer.Payload, at)
	if err != nil || !bytes.Equal(want, signature) {
		v.t.Errorf("signature %x, want %x, %v", signature, want, err)
	}
	v.previous = signature
	if len(outer.Payload) == 0 {
		return "", false
	}
	inner, err := eventstream.NewDecoder().Decode(bytes.NewReader(outer.Payload), nil)
	if err != nil {
		v.t.Error(err)
	}
	if kind := inner.Headers.Get(":event-type").String(); kind != "text" {
		v.t.Errorf("event type %s", kind)
	}
	return string(inner.Payload), true
}

func verify(t *testing.T, r *http.Request) *verifier {
	t.Helper()
	seed, err := v4.GetSignedRequestSignature(r)
	if err != nil {
		t.Error(err)
	}
	if got := r.Header.Get("X-Amz-Content-Sha256"); got != "STREAMING-AWS4-HMAC-SHA256-EVENTS" {
		t.Errorf("hash %q", got)
	}
	if got := r.Header.Get("Content-Type"); got != contentType {
		t.Errorf("content type %q", got)
	}
	return &verifier{t, r, seed}
}

// echo answers each event with one, and ends when the signed end has come.
func echo(t *testing.T, ended chan<- struct{}) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := verify(t, r)
		answer(w, eventOf(t, "text", "hello"))
		for text, ok := v.next(); ok; text, ok = v.next() {
			answer(w, eventOf(t, "text", "got "+text))
		}
		if rest, _ := io.ReadAll(r.Body); len(rest) > 0 { // the stream may be gone already
			t.Errorf("behind the end: %q", rest)
		}
		ended <- struct{}{}
	}
}

func TestTalk(t *testing.T) {
	for name, call := range map[string]func(*service) (*talk, error){
		"awaited": func(s *service) (*talk, error) { return s.talk(t.Context(), operation(true, false)) },
		"started": func(s *service) (*talk, error) { return s.start(t.Context(), operation(true, false)) },
	} {
		t.Run(name, func(t *testing.T) {
			ended := make(chan struct{}, 1)
			s := serve(t, echo(t, ended))
			out, err := call(s)
			if err != nil {
				t.Fatal(err)
			}
			if got := <-out.reader.Events(); got != "text:hello" {
				t.Errorf("got %s", got)
			}
			for i := range 50 {
				text := strings.Repeat("x", i*1000+1)
				if err := out.writer.Send(t.Context(), text); err != nil {
					t.Fatal(err)
				}
				if got := <-out.reader.Events(); got != "text:got "+text {
					t.Errorf("got %d bytes", len(got))
				}
			}
			if err := out.writer.Close(); err != nil {
				t.Error(err)
			}
			<-ended
			if got := collect(t, out); got != nil {
				t.Errorf("got %v", got)
			}
			if err := errors.Join(out.Close(), out.Err(), out.writer.Close()); err != nil {
				t.Error(err)
			}
			if err := out.writer.Send(t.Context(), "x"); !errors.Is(err, errClosed) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// Close alone ends both ways, and the service gets the signed end.
func TestCloseSendsTheEnd(t *testing.T) {
	ended := make(chan struct{}, 1)
	s := serve(t, echo(t, ended))
	out, err := s.talk(t.Context(), operation(true, false))
	if err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Error(err)
	}
	<-ended
}

// Events are sent before the service has answered.
func TestStartBeforeTheAnswer(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		v := verify(t, r)
		first, _ := v.next()
		second, _ := v.next()
		answer(w, eventOf(t, "text", first+second))
	})
	out, err := s.start(t.Context(), operation(true, false))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"a", "b"} {
		if err := out.writer.Send(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"text:ab"}, collect(t, out)); diff != "" || out.Close() != nil {
		t.Error(diff, out.Err())
	}
}

// A call that was started fails through its stream, or at once if nothing was sent.
func TestStartFails(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
	out, err := s.start(t.Context(), operation(true, false))
	if err != nil {
		t.Fatal(err)
	}
	if got := collect(t, out); got != nil {
		t.Errorf("got %v", got)
	}
	var failed *smithy.OperationError
	if err := out.Close(); !errors.As(err, &failed) {
		t.Errorf("got %v", err)
	}
	if err := out.writer.Send(t.Context(), "x"); err == nil {
		t.Error("an event was sent")
	}

	s.options.Credentials = aws.CredentialsProviderFunc(func(context.Context) (c aws.Credentials, err error) { return c, errors.New("none") })
	if _, err := s.start(t.Context(), operation(true, false)); err == nil || !strings.Contains(err.Error(), "none") {
		t.Errorf("got %v", err)
	}
}

// A call that was started ends with Close and with its context, before there is an answer.
func TestStartIsGivenUp(t *testing.T) {
	s := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	for _, end := range []string{"close", "cancel"} {
		ctx, cancel := context.WithCancel(t.Context())
		out, err := s.start(ctx, operation(true, false))
		if err != nil {
			t.Fatal(err)
		}
		if end == "cancel" {
			cancel()
			if got := collect(t, out); got != nil || !errors.Is(out.Err(), context.Canceled) {
				t.Error(got, out.Err())
			}
		} else if err := out.Close(); err != nil {
			t.Error(err)
		}
		collect(t, out)
		cancel()
	}
}

// What was sent to an attempt that failed can't be sent again.
func TestStartIsNotTriedAgainOnceUsed(t *testing.T) {
	attempts := 0
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		attempts++
		verify(t, r).next()
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	out, err := s.start(t.Context(), operation(true, false))
	if err != nil {
		t.Fatal(err)
	}
	_ = out.writer.Send(t.Context(), "x") // may fail already
	collect(t, out)
	if err := out.Close(); err == nil || !strings.Contains(err.Error(), "events of the stream were sent") || attempts != 1 {
		t.Errorf("%d attempts: %v", attempts, err)
	}
}

func TestSendFails(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		answer(w, eventOf(t, "text", "hello"))
		<-r.Context().Done()
	})
	out, err := s.talk(t.Context(), operation(true, false))
	if err != nil {
		t.Fatal(err)
	}
	want := "unexpected event message type: string"
	if err := out.writer.Send(t.Context(), ""); err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	collect(t, out) // the stream is closed
	for _, err := range []error{out.Err(), out.Close(), out.writer.Send(t.Context(), "x")} {
		if err == nil || err.Error() != want {
			t.Errorf("got %v", err)
		}
	}
}

// A service that reads nothing keeps nobody: Send waits as long as its context.
func TestSendWaitsForItsContext(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		answer(w, eventOf(t, "text", "hello"))
		<-r.Context().Done()
	})
	out, err := s.talk(t.Context(), operation(true, false))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	for err == nil { // until the windows are full
		err = out.writer.Send(ctx, strings.Repeat("x", 1<<20))
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	began := time.Now()
	if err := out.Close(); err != nil || time.Since(began) > 10*maxEnd {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}

// The service ends its part, and with it the whole.
func TestServiceEnds(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { answer(w, eventOf(t, "text", "bye")) })
	out, err := s.talk(t.Context(), operation(true, false))
	if err != nil {
		t.Fatal(err)
	}
	if got := collect(t, out); len(got) != 1 {
		t.Errorf("got %v", got)
	}
	for err == nil {
		err = out.writer.Send(t.Context(), "x") // until the end has arrived
	}
	if err := out.Close(); err != nil && !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("got %v", err)
	}
}

func TestTalkNeedsHTTP2(t *testing.T) {
	s := serve(t, nil)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if err := http.NewResponseController(w).EnableFullDuplex(); err != nil {
			t.Error(err)
		}
		answer(w, eventOf(t, "text", "a"))
	}))
	defer server.Close()
	target, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	s.options.HTTPClient = server.Client()
	s.options.ResolveEndpoint = func(context.Context, string, any) (*transport.Endpoint, error) {
		return &transport.Endpoint{URL: *target}, nil
	}
	var protocol *smithyhttp.MinimumProtocolError
	if _, err := s.talk(t.Context(), operation(true, false)); !errors.As(err, &protocol) {
		t.Errorf("got %v", err)
	}
	out, err := s.talk(t.Context(), operation(false, false))
	if err != nil || len(collect(t, out)) != 1 {
		t.Errorf("received over HTTP/1: %v", err)
	}
}

// Nobody signs: events travel as they are.
func TestTalkUnsigned(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		hash := sha256.Sum256(body)
		answer(w, eventOf(t, "text", hex.EncodeToString(hash[:])))
	})
	op := operation(true, false)
	op.Auth, s.options.Credentials = []string{"smithy.api#noAuth"}, nil
	out, err := s.start(t.Context(), op)
	if err != nil {
		t.Fatal(err)
	}
	if err := out.writer.Send(t.Context(), "x"); err != nil {
		t.Fatal(err)
	}
	if err := out.writer.Close(); err != nil {
		t.Fatal(err)
	}
	want := sha256.Sum256(frameOf(t, "x", ":event-type", "text", ":message-type", "event", ":content-type", "text/plain"))
	if diff := cmp.Diff([]string{"text:" + hex.EncodeToString(want[:])}, collect(t, out)); diff != "" || out.Close() != nil {
		t.Error(diff, out.Err())
	}
}

// The members of the input are the first message, where the protocol has them there.
func TestInitialRequest(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		v := verify(t, r)
		outer, err := eventstream.NewDecoder().Decode(r.Body, nil)
		if err != nil {
			t.Error(err)
		}
		inner, err := eventstream.NewDecoder().Decode(bytes.NewReader(outer.Payload), nil)
		if err != nil {
			t.Error(err)
		}
		v.previous = outer.Headers.Get(":chunk-signature").Get().([]byte)
		text, _ := v.next()
		answer(w, eventOf(t, "text", fmt.Sprintf("%s %s %s %s", inner.Headers.Get(":event-type"), inner.Headers.Get(":content-type"), inner.Payload, text)))
	})
	op := operation(true, false)
	op.Encode = func(_ string, r *rest.Request) {
		r.Start("POST", "/")
		r.SetBody("application/x-amz-json-1.1", []byte(`{"a":`), []byte(`1}`))
	}
	out, err := s.start(t.Context(), op)
	if err != nil {
		t.Fatal(err)
	}
	if err := out.writer.Send(t.Context(), "x"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{`text:initial-request application/x-amz-json-1.1 {"a":1} x`}, collect(t, out)); diff != "" {
		t.Error(diff)
	}
	if err := out.Close(); err != nil {
		t.Error(err)
	}
}

func TestLog(t *testing.T) {
	ended := make(chan struct{}, 1)
	s := serve(t, echo(t, ended))
	var log strings.Builder
	lines := make(chan string, 100)
	s.options.Logger = logging.LoggerFunc(func(_ logging.Classification, format string, args ...any) { lines <- fmt.Sprintf(format, args...) })
	s.options.LogMode = aws.LogRequestEventMessage | aws.LogResponseEventMessage
	out, err := s.talk(t.Context(), operation(true, false))
	if err != nil {
		t.Fatal(err)
	}
	if err := out.writer.Send(t.Context(), "x"); err != nil {
		t.Fatal(err)
	}
	<-out.reader.Events()
	<-out.reader.Events()
	if err := out.Close(); err != nil {
		t.Error(err)
	}
	<-ended
	for len(lines) > 0 {
		log.WriteString(<-lines)
	}
	for _, want := range []string{"Message to encode:", "Decoded message:", ":chunk-signature"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("%q is not logged", want)
		}
	}
}

// mockPart is a part of a stream that a test has made.
type mockPart struct {
	closed int
	wait   chan struct{}
	err    error
}

func (m *mockPart) Close() error {
	m.closed++
	if m.wait != nil {
		<-m.wait
	}
	return m.err
}
func (m *mockPart) Err() error { return m.err }

func TestStreamOfMocks(t *testing.T) {
	writer, reader := &mockPart{err: errors.New("writer")}, &mockPart{err: errors.New("reader")}
	s := NewStream()
	if err := s.Err(nil, reader); !errors.Is(err, reader.err) {
		t.Errorf("got %v", err)
	}
	if err := s.Close(writer, reader); !errors.Is(err, writer.err) {
		t.Errorf("got %v", err)
	}
	if err := s.Close(writer, reader); !errors.Is(err, writer.err) || writer.closed != 1 || reader.closed != 1 {
		t.Errorf("got %v, closed %d and %d times", err, writer.closed, reader.closed)
	}
	stuck := &mockPart{wait: make(chan struct{})}
	defer close(stuck.wait)
	if err := NewStream().Close(stuck, &mockPart{}); err != nil {
		t.Errorf("got %v", err)
	}
}
