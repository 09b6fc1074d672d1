// Package events reads and writes event streams, in the format of
// application/vnd.amazon.eventstream
// (https://smithy.io/2.0/aws/amazon-eventstream.html), and is what is the same in the event
// streams of all operations: a [Reader] and a [Writer], behind the interfaces of a client's
// own package, a [Stream] that closes both, and [Streams], which opens them for a call.
//
// Frames are read in place, from a buffer that is used again: a message is only looked at,
// and what a caller gets of it is copied by the codec. A stream has one goroutine, which
// reads. It ends with the stream, with Close and with the call's context.
//
// Messages that are sent, and those that are logged or unknown, are made by the module
// github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream, which also has the errors of
// malformed frames.
package events

import (
	"context"
	"net/http"
	"sync"
	"time"

	"example.com/lathe/runtime/rest"
	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
	"github.com/aws/smithy-go/middleware"
	smithysync "github.com/aws/smithy-go/sync"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Part is a reader or writer of a stream, which may be that of a test.
type Part interface {
	// Close may be called several times.
	Close() error
	Err() error
}

// Stream ends the parts of an operation's event stream together.
type Stream struct {
	once    sync.Once
	failure *smithysync.OnceErr
}

// NewStream returns a stream that is open.
func NewStream() *Stream { return &Stream{failure: smithysync.NewOnceErr()} }

// Close closes the writer, for which it waits for a second at most, and then the reader.
// Each may be nil. It returns the stream's error.
func (s *Stream) Close(writer, reader Part) error {
	s.once.Do(func() {
		if writer != nil {
			s.closeWriter(writer)
		}
		if reader != nil {
			_ = reader.Close() // its error is its Err
		}
	})
	return s.Err(writer, reader)
}

func (s *Stream) closeWriter(writer Part) {
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		if err := writer.Close(); err != nil {
			s.failure.SetError(err)
		}
	}()
	timer := time.NewTimer(maxEnd)
	defer timer.Stop()
	select {
	case <-closed:
	case <-timer.C:
	}
}

// Err returns the error that ended the stream; nil if there was none. The writer and the
// reader may be nil.
func (s *Stream) Err(writer, reader Part) error {
	if err := s.failure.Err(); err != nil {
		return err
	}
	for _, part := range [...]Part{writer, reader} {
		if part == nil {
			continue
		}
		if err := part.Err(); err != nil {
			return err
		}
	}
	return nil
}

// Streams are the event streams of one call. They implement [transport.EventStreams].
type Streams struct {
	stream *Stream
	close  func() error // of the operation's event stream
	writer *output      // nil if no events are sent
	reader source
}

// sink is a writer and source a reader, of whatever events.
type (
	sink   interface{ part() *output }
	source interface {
		part() *input
		read()
		finish()
	}
)

func (w *output) part() *output { return w }
func (r *input) part() *input   { return r }

// Join makes of a writer, which may be nil, and a reader the event streams of a call. The
// function closes both, and is called when one of them is over.
func Join(s *transport.Settings, stream *Stream, closeBoth func() error, writer sink, reader source) *Streams {
	joined := &Streams{stream: stream, close: closeBoth, reader: reader}
	if writer != nil {
		w := writer.part()
		joined.writer = w
		w.ended = joined.over(func() error { return w.Err() })
		if s.LogMode.IsRequestEventMessage() && !w.sensitive {
			w.logger = func(o *eventstream.EncoderOptions) { o.Logger, o.LogMessages = s.Logger, true }
		}
	}
	r := reader.part()
	r.ended = joined.over(func() error { return r.Err() })
	if s.LogMode.IsResponseEventMessage() && !r.errors.Sensitive {
		r.logger = func(o *eventstream.DecoderOptions) { o.Logger, o.LogMessages = s.Logger, true }
	}
	return joined
}

// over returns what is done when a part is over: its error becomes that of the stream, and
// all is closed.
func (s *Streams) over(failure func() error) func() {
	return func() {
		if err := failure(); err != nil {
			s.stream.failure.SetError(err)
		}
		_ = s.close() // the error is the stream's
	}
}

// Prepare implements [transport.EventStreams]. A body that the request has already is that
// of the initial request, the first message.
func (s *Streams) Prepare(r *rest.Request) {
	if s.writer == nil {
		return
	}
	if body := r.Body(); body != nil {
		s.writer.initial = new(Outgoing)
		s.writer.initial.Begin(initialRequest)
		s.writer.initial.SetPayload(r.Header.Get("Content-Type"), body)
		r.Header.Set("Content-Type", contentType)
	}
	r.SetSource(contentType, s.writer)
}

// contentType is that of event streams.
const contentType = "application/vnd.amazon.eventstream"

// Begin implements [transport.EventStreams].
func (s *Streams) Begin(ctx context.Context, r *http.Request, keys *transport.EventKeys) error {
	if s.writer != nil && keys != nil {
		if err := s.writer.sign(r, keys); err != nil {
			return err
		}
	}
	if started, ok := ctx.Value(startKey{}).(*start); ok {
		started.begin(s)
	}
	return nil
}

// Receive implements [transport.EventStreams].
func (s *Streams) Receive(ctx context.Context, resp *smithyhttp.Response) error {
	if s.writer != nil {
		if err := requireHTTP2(ctx, resp); err != nil {
			_ = resp.Body.Close() // nobody wants it
			return err
		}
		defer s.writer.settle()
	}
	r := s.reader.part()
	if !r.open(ctx, resp.Body) {
		s.reader.finish()
		return nil
	}
	if err := r.readInitial(); err != nil {
		r.leave()
		return err
	}
	go s.reader.read()
	return nil
}

// requireHTTP2 returns the official error for a response over another protocol, on which
// events can't travel both ways at once.
func requireHTTP2(ctx context.Context, resp *smithyhttp.Response) error {
	check := smithyhttp.RequireMinimumProtocol{ProtoMajor: 2}
	_, _, err := check.HandleDeserialize(ctx, middleware.DeserializeInput{}, middleware.DeserializeHandlerFunc(
		func(context.Context, middleware.DeserializeInput) (
			out middleware.DeserializeOutput, _ middleware.Metadata, _ error,
		) {
			out.RawResponse = resp
			return out, middleware.Metadata{}, nil
		},
	))
	return err
}

// fail ends the streams of a call that failed, unless they were closed.
func (s *Streams) fail(err error) {
	r := s.reader.part()
	if !r.isClosed() {
		s.stream.failure.SetError(err)
	}
	if s.writer != nil {
		s.writer.stop()
	}
	s.reader.finish()
	_ = s.close() // the error is the stream's
}
