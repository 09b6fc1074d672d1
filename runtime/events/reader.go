package events

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"example.com/lathe/runtime/rest"
	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream/eventstreamapi"
	"github.com/aws/smithy-go"
	smithysync "github.com/aws/smithy-go/sync"
)

// Errors are the errors that a stream may end with.
type Errors struct {
	// Known are those of the model, by the names that they have in the stream.
	Known []Error
	// Info finds the code and the message of any other.
	Info transport.ErrorInfo
	// Unknown returns the error of a message of a type that there is not.
	Unknown func(kind string, m *eventstream.Message) error
	// Sensitive keeps events out of logs and errors.
	Sensitive bool
}

// Error is an error of the model.
type Error struct {
	// Name is what the stream calls it, which is compared without regard to case.
	Name string
	// Error reads it as if it were a response.
	Error *transport.Error
}

// Reader reads the events of a stream, which are of the type E.
type Reader[E any] struct {
	input

	decode func(*Message) (E, error)
	events chan E
}

// NewReader returns a reader of a stream that is still to be opened. The function returns
// the event of a message.
func NewReader[E any](decode func(*Message) (E, error), known *Errors) *Reader[E] {
	return &Reader[E]{
		input:  input{errors: known, done: make(chan struct{}), failure: smithysync.NewOnceErr()},
		decode: decode, events: make(chan E),
	}
}

// Events returns the channel of the events. It is closed at the end of the stream, and
// when an error or Close ends it before.
func (r *Reader[E]) Events() <-chan E { return r.events }

// Initial sets the function that reads the initial response, which is the first message.
func (r *Reader[E]) Initial(decode func(*Message) error) { r.initial = decode }

// read reads the stream to its end.
func (r *Reader[E]) read() {
	defer r.end()
	defer close(r.events)
	for {
		event, ok, err := r.event()
		if err != nil {
			r.fail(err)
		}
		if !ok {
			return
		}
		select {
		case r.events <- event:
		case <-r.done:
			return
		}
	}
}

// event reads the next event; false at the end and after an error.
func (r *Reader[E]) event() (event E, ok bool, err error) {
	if ok, err = r.next(); !ok {
		return event, false, err
	}
	event, err = r.decode(&r.message)
	if err == nil {
		err = r.message.err
	}
	if err != nil {
		return event, false, r.undecodable(err)
	}
	return event, true, nil
}

// finish closes a stream that was never open.
func (r *Reader[E]) finish() { close(r.events) }

// input is what is the same in all readers.
type input struct {
	errors  *Errors
	initial func(*Message) error // reads the initial response; nil if the protocol has none
	failure *smithysync.OnceErr
	done    chan struct{} // closed by Close
	once    sync.Once
	ended   func() // called when the stream is over
	cancel  func() // ends the call; nil if that has returned

	mu        sync.Mutex
	body      io.Closer // nil until the stream is open
	stopWatch func() bool

	logger  func(*eventstream.DecoderOptions) // nil for none
	frames  frames
	message Message
	again   bool // the message was not used yet
}

// Close ends the stream. It may be called at any time, by several goroutines.
func (r *input) Close() error {
	r.once.Do(func() {
		close(r.done)
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.body != nil {
			_ = r.body.Close() // nobody wants the rest
		}
		if r.cancel != nil {
			r.cancel()
		}
	})
	return r.Err()
}

func (r *input) isClosed() bool {
	select {
	case <-r.done:
		return true
	default:
		return false
	}
}

// Err returns the error that ended the stream; nil if it was its end or Close.
func (r *input) Err() error { return r.failure.Err() }

// fail ends the stream with an error, unless it was closed.
func (r *input) fail(err error) {
	if !r.isClosed() {
		r.failure.SetError(err)
	}
}

// open makes the body of a response the stream, which ends with the context. It returns
// false if the stream was closed already.
func (r *input) open(ctx context.Context, body io.ReadCloser) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.isClosed() {
		_ = body.Close()
		return false
	}
	r.body, r.frames = body, frames{body: body}
	r.stopWatch = context.AfterFunc(ctx, func() {
		r.fail(ctx.Err())
		_ = r.Close()
	})
	return true
}

// leave forgets a body whose call is not over.
func (r *input) leave() {
	r.stopWatch()
	r.mu.Lock()
	defer r.mu.Unlock()
	_ = r.body.Close()
	r.body = nil
}

// end is called when nothing more is read.
func (r *input) end() {
	r.stopWatch()
	_ = r.Close()
	r.ended()
}

// readInitial reads the initial response, which is the first message. Where another event
// comes first, it is left to be read.
func (r *input) readInitial() error {
	if r.initial == nil {
		return nil
	}
	ok, err := r.next()
	switch {
	case err != nil:
		return err
	case !ok:
		return fmt.Errorf("the event stream ends before the initial response: %w", io.ErrUnexpectedEOF)
	case string(r.message.event) != initialResponse:
		r.again = true
		return nil
	}
	if err := r.initial(&r.message); err != nil {
		return r.undecodable(err)
	}
	return nil
}

// The types of initial messages:
// https://smithy.io/2.0/spec/streaming.html#initial-messages-protocol-definition.
const (
	initialRequest  = "initial-request"
	initialResponse = "initial-response"
)

// next reads the next event into r.message. It returns false at the end and after an
// error.
func (r *input) next() (bool, error) {
	if r.again {
		r.again = false
		return true, nil
	}
	frame, err := r.frames.next()
	if err == nil {
		err = r.message.parse(frame)
	} else if r.frames.isOver() {
		return false, nil
	}
	if err == nil {
		r.log(frame)
		err = r.classify()
	}
	return err == nil, err
}

func (r *input) log(frame []byte) {
	if r.logger != nil {
		_, _ = eventstream.NewDecoder(r.logger).Decode(bytes.NewReader(frame), nil)
	}
}

// classify finds out whether the message is an event, and returns the error that it is
// otherwise.
func (r *input) classify() error {
	m := &r.message
	kind := m.text(eventstreamapi.MessageTypeHeader)
	switch string(kind) {
	case eventstreamapi.EventMessageType:
		if m.event = m.text(eventstreamapi.EventTypeHeader); m.event == nil {
			return missing(eventstreamapi.EventTypeHeader)
		}
		return nil
	case eventstreamapi.ExceptionMessageType:
		return r.exception(m.text(eventstreamapi.ExceptionTypeHeader))
	case eventstreamapi.ErrorMessageType:
		return &smithy.GenericAPIError{
			Code:    cmp.Or(string(m.text(eventstreamapi.ErrorCodeHeader)), unknownError),
			Message: cmp.Or(string(m.text(eventstreamapi.ErrorMessageHeader)), unknownError),
		}
	}
	if kind == nil {
		return missing(eventstreamapi.MessageTypeHeader)
	}
	return r.errors.Unknown(string(kind), m.library())
}

// unknownError is the official client's word for a code or message that is not there.
const unknownError = "UnknownError"

func missing(header string) error { return fmt.Errorf("%s event header not present", header) }

// exception returns the error of a name.
func (r *input) exception(name []byte) error {
	if name == nil {
		return missing(eventstreamapi.ExceptionTypeHeader)
	}
	header := http.Header{}
	for _, e := range r.errors.Known {
		if strings.EqualFold(e.Name, string(name)) {
			return e.Error.Decode(&rest.Response{HTTP: &http.Response{Header: header}, Body: r.message.Payload})
		}
	}
	_, found, _ := r.errors.Info(header, r.message.Payload) // an unreadable payload says nothing
	return &smithy.GenericAPIError{
		Code:    cmp.Or(string(name), found.Code, unknownError),
		Message: cmp.Or(found.Message, unknownError),
	}
}

// maxSnapshot is how much of a message an error carries, in bytes.
const maxSnapshot = 1 << 10

func (r *input) undecodable(err error) error {
	out := &smithy.DeserializationError{Err: fmt.Errorf("failed to decode response body, %w", err)}
	if !r.errors.Sensitive {
		out.Snapshot = bytes.Clone(r.message.Payload[:min(len(r.message.Payload), maxSnapshot)])
	}
	return out
}
