package events

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream/eventstreamapi"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	smithysync "github.com/aws/smithy-go/sync"
)

// Writer sends the events of a stream, which are of the type E. It has no goroutine of its
// own: the HTTP client reads what is sent from the request's body.
type Writer[E any] struct {
	output

	encode func(E, *Outgoing) error
}

// NewWriter returns a writer of a stream that is still to be opened. The function writes an
// event into a message. Sensitive keeps events out of logs.
func NewWriter[E any](encode func(E, *Outgoing) error, sensitive bool) *Writer[E] {
	return &Writer[E]{
		output: output{
			sensitive: sensitive,
			waiting:   make(chan *sending), done: make(chan struct{}), gone: make(chan struct{}), sent: make(chan struct{}),
			failure: smithysync.NewOnceErr(),
		},
		encode: encode,
	}
}

// Send sends an event and waits until the HTTP client has taken it. It returns the
// context's error if that ends first; the event may be sent all the same.
func (w *Writer[E]) Send(ctx context.Context, event E) error {
	if err := w.Err(); err != nil {
		return err
	}
	var out Outgoing
	if err := w.encode(event, &out); err != nil {
		w.fail(err)
		return err
	}
	return w.send(ctx, &out)
}

// output is what is the same in all writers.
type output struct {
	waiting chan *sending // for the body to be read
	done    chan struct{} // closed by Close
	gone    chan struct{} // closed when no body is read any more
	sent    chan struct{} // closed when the end of the stream was read
	failure *smithysync.OnceErr
	ended   func()                            // called when writing failed
	logger  func(*eventstream.EncoderOptions) // nil for none

	sensitive            bool
	closing, going, ends sync.Once

	mu      sync.Mutex
	initial *Outgoing // the initial request; nil if there is none
	body    *body     // of the attempt under way
	settled bool      // there will be no other
	used    bool      // some of the events were read
}

// sending is an event that waits for being read.
type sending struct {
	frame  []byte
	result chan error // has room for the result
}

var errClosed = errors.New("stream closed, unable to send event")

func (w *output) send(ctx context.Context, out *Outgoing) error {
	frame, err := w.frame(&out.message)
	if err != nil {
		w.fail(err)
		return err
	}
	s := &sending{frame, make(chan error, 1)}
	select {
	case w.waiting <- s:
	case <-ctx.Done():
		return ctx.Err()
	case <-w.done:
		return errClosed
	case <-w.gone:
		return w.lost()
	}
	select {
	case err = <-s.result:
		return w.taken(err)
	case <-ctx.Done():
		return ctx.Err()
	case <-w.gone:
	}
	select {
	case err = <-s.result: // it was read before
		return w.taken(err)
	default:
		return w.lost()
	}
}

// taken returns the error of an event that the HTTP client has taken.
func (w *output) taken(err error) error {
	if err != nil {
		return w.lost()
	}
	return nil
}

// lost fails the stream whose body is not read any more.
func (w *output) lost() error {
	select {
	case <-w.done:
		return errClosed
	default:
	}
	w.fail(io.ErrClosedPipe)
	return w.Err()
}

// frame returns a message as it travels, but for its signature.
func (w *output) frame(m *eventstream.Message) ([]byte, error) {
	var b bytes.Buffer
	var options []func(*eventstream.EncoderOptions)
	if w.logger != nil {
		options = append(options, w.logger)
	}
	err := eventstream.NewEncoder(options...).Encode(&b, *m)
	return b.Bytes(), err
}

// maxEnd is how long Close waits for the end of the stream to be read.
const maxEnd = time.Second

// Close ends the stream: what was sent is complete. It waits for up to a second until the
// HTTP client has taken that. It may be called at any time, by several goroutines.
func (w *output) Close() error {
	w.closing.Do(func() { close(w.done) })
	timer := time.NewTimer(maxEnd)
	defer timer.Stop()
	select {
	case <-w.sent:
	case <-w.gone:
	case <-timer.C:
	}
	return w.Err()
}

// Err returns the error that ended the stream; nil if it was Close.
func (w *output) Err() error { return w.failure.Err() }

// fail ends the stream with an error.
func (w *output) fail(err error) {
	w.failure.SetError(err)
	w.stop()
	go w.ended() // which waits for who called this, if that is the HTTP client
}

// stop lets nobody wait for a body to be read.
func (w *output) stop() { w.going.Do(func() { close(w.gone) }) }

// settle makes the body under way the last one.
func (w *output) settle() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.settled = true
	if w.body == nil || w.body.isClosed() {
		w.stop()
	}
}

// Open returns the body of an attempt.
func (w *output) Open() io.ReadCloser {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.body = &body{output: w, closed: make(chan struct{}), initial: w.initial}
	return w.body
}

// Rewind returns an error if some of the events were sent, for they are not kept.
func (w *output) Rewind() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.used {
		return errors.New("events of the stream were sent")
	}
	return nil
}

// sign has the events of the body under way signed with the keys of its request, whose
// signature is the first of the chain.
func (w *output) sign(r *http.Request, keys *transport.EventKeys) error {
	seed, err := v4.GetSignedRequestSignature(r)
	if err != nil {
		return fmt.Errorf("failed to get event stream seed signature: %w", err)
	}
	w.body.skew = keys.Skew
	w.body.signer = v4.NewStreamSigner(keys.Credentials, keys.Service, keys.Region, seed)
	return nil
}

// body is the body of a request: the events that are sent while it is read.
type body struct {
	output *output
	signer *v4.StreamSigner // nil for unsigned events
	skew   time.Duration

	initial *Outgoing
	rest    []byte // of the frame under way
	isEnd   bool   // nothing comes behind it

	mu      sync.Mutex
	current *sending // whose frame is under way
	closed  chan struct{}
	once    sync.Once
}

// Read reads from the frame under way, or waits for the next event.
func (b *body) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(b.rest) == 0 {
		if err := b.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, b.rest)
	if b.rest = b.rest[n:]; len(b.rest) == 0 {
		b.report(nil)
	}
	return n, nil
}

// next waits for what is to be read next.
func (b *body) next() (err error) {
	if first := b.initial; first != nil {
		b.initial = nil
		return b.setMessage(first)
	}
	if b.isEnd {
		b.output.ends.Do(func() { close(b.output.sent) })
		return io.EOF
	}
	select {
	case <-b.closed:
		return io.ErrClosedPipe
	case s := <-b.output.waiting:
		b.take(s)
		b.rest, err = b.signed(s.frame)
	case <-b.output.done:
		b.isEnd = true
		if b.signer != nil { // a signed message without payload is the end
			b.rest, err = b.signed(nil)
		}
	}
	if err != nil {
		b.report(err)
		b.output.fail(err)
	}
	return err
}

func (b *body) setMessage(out *Outgoing) error {
	frame, err := b.output.frame(&out.message)
	if err == nil {
		b.rest, err = b.signed(frame)
	}
	return err
}

// take makes an event the current one.
func (b *body) take(s *sending) {
	b.mu.Lock()
	b.current = s
	b.mu.Unlock()
	b.output.mu.Lock()
	b.output.used = true
	b.output.mu.Unlock()
}

// report ends the wait for the current event.
func (b *body) report(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.current != nil {
		b.current.result <- err
		b.current = nil
	}
}

// signed returns a frame within another, which has its date and its signature:
// https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html#streaming-event-stream.
func (b *body) signed(frame []byte) ([]byte, error) {
	if b.signer == nil {
		return frame, nil
	}
	at := time.Now().Add(b.skew).UTC()
	m := eventstream.Message{Payload: frame}
	m.Headers.Set(eventstreamapi.DateHeader, eventstream.TimestampValue(at))
	var headers bytes.Buffer
	if err := eventstream.EncodeHeaders(&headers, m.Headers); err != nil {
		return nil, err
	}
	signature, err := b.signer.GetSignature(context.Background(), headers.Bytes(), frame, at)
	if err != nil {
		return nil, fmt.Errorf("failed to sign an event: %w", err)
	}
	m.Headers.Set(eventstreamapi.ChunkSignatureHeader, eventstream.BytesValue(signature))
	return b.output.frame(&m)
}

// Close is called by the HTTP client, which reads no more.
func (b *body) Close() error {
	b.once.Do(func() {
		close(b.closed)
		b.report(io.ErrClosedPipe)
		b.output.mu.Lock()
		defer b.output.mu.Unlock()
		if b.output.settled && b.output.body == b {
			b.output.stop()
		}
	})
	return nil
}

func (b *body) isClosed() bool {
	select {
	case <-b.closed:
		return true
	default:
		return false
	}
}
