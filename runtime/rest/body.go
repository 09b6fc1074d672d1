package rest

import (
	"context"
	"io"
	"net/http"
	"sync"
)

// Body is the body of one attempt. An HTTP transport may still be reading it
// when it has already returned the response; closing the body detaches it from
// the stream below, so that the stream can be rewound for the next attempt or be
// given back to the caller. A Body may be used by several goroutines.
type Body struct {
	mu      sync.Mutex
	stream  io.Reader     // nil once the body is closed
	reading int           // reads of the stream under way
	idle    chan struct{} // made by who waits for the reads, closed by the last
}

func newBody(stream io.Reader) *Body { return &Body{stream: stream} }

// Read reads from the stream. After Close it fails with
// [http.ErrBodyReadAfterClose], and not with [io.EOF], which would make a
// shortened body look whole.
func (b *Body) Read(p []byte) (int, error) {
	stream := b.begin()
	if stream == nil {
		return 0, http.ErrBodyReadAfterClose
	}
	defer b.end()
	return stream.Read(p)
}

func (b *Body) begin() io.Reader {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stream != nil {
		b.reading++
	}
	return b.stream
}

func (b *Body) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reading--
	if b.reading == 0 && b.idle != nil {
		close(b.idle)
		b.idle = nil
	}
}

// Close detaches the body from its stream, which it leaves open: the stream is
// the caller's. It never blocks; a read under way goes on until the stream
// returns from it, see [Body.Wait].
func (b *Body) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stream = nil
	return nil
}

// isDone reports whether the body is closed and no read is under way, so that nothing touches
// the stream any more.
func (b *Body) isDone() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.stream == nil && b.reading == 0
}

// Wait returns when no read is under way, or with the context's error when that
// comes first. After Close and Wait nothing touches the stream any more.
func (b *Body) Wait(ctx context.Context) error {
	b.mu.Lock()
	if b.reading == 0 {
		b.mu.Unlock()
		return nil
	}
	if b.idle == nil {
		b.idle = make(chan struct{})
	}
	idle := b.idle
	b.mu.Unlock()
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
