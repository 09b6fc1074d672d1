package transport

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/aws/smithy-go/logging"
)

const (
	// maxBody is the longest body of a successful response that is read, in
	// bytes. It only keeps a broken service from filling the memory: no answer
	// that is not a stream comes near it.
	maxBody = 512 << 20
	// maxErrorBody is how much of an error body is read, in bytes; the rest is
	// dropped.
	maxErrorBody = 1 << 20
	// maxDrain is how much of an unwanted body is read, in bytes, to keep the
	// connection; with more to come it is cheaper to open a new one.
	maxDrain = 256 << 10
	// maxDrainTime is how long that may take: less than a new connection would.
	maxDrainTime = 100 * time.Millisecond
	// minBuffer is the size that a buffer starts with when a body's length is
	// not known.
	minBuffer = 4 << 10
	// maxTrustedLength is how much memory is allocated on the word of a
	// Content-Length alone. For more, that many bytes must have arrived.
	maxTrustedLength = 16 << 20
	// maxChunk is how much is allocated at once for a body of unknown length.
	maxChunk = 1 << 20
	// maxIdleReads is how often in a row a body may yield neither bytes nor an
	// error.
	maxIdleReads = 100
	// maxPooled is the largest buffer that is kept for other calls.
	maxPooled = 1 << 20
)

// buffer is what a body is read into. It is used again after the call.
type buffer struct{ bytes []byte }

// reset empties the buffer, and forgets its memory if there is much.
func (b *buffer) reset() {
	if b.bytes = b.bytes[:0]; cap(b.bytes) > maxPooled {
		b.bytes = nil
	}
}

// bodyTooLongError is the error of a body that is longer than limit bytes.
type bodyTooLongError struct{ limit int64 }

func (e *bodyTooLongError) Error() string {
	return fmt.Sprintf("response body is longer than %d bytes", e.limit)
}

// readFrom fills the buffer with all of r, up to limit bytes. The length is what
// r should have, zero or less when that is not known. On an error the buffer
// holds what came before it; of a very long body only the beginning, for there must
// not be another copy of it.
func (b *buffer) readFrom(ctx context.Context, r io.Reader, length, limit int64) error {
	b.bytes = b.bytes[:0]
	if length >= int64(cap(b.bytes)) {
		b.grow(length, limit)
	}
	var full chunks
	err := b.fill(ctx, r, &full, length, limit)
	if err != nil && full.size > maxErrorBody {
		full.cut(maxErrorBody)
		b.bytes = nil
	}
	b.bytes = full.join(b.bytes)
	return err
}

// fill reads all of r into the buffer, and what the buffer can't take before that
// into chunks.
func (b *buffer) fill(ctx context.Context, r io.Reader, full *chunks, length, limit int64) error {
	for idle := 0; idle < maxIdleReads; idle++ { // idle counts from the last byte
		if len(b.bytes) == cap(b.bytes) {
			b.makeRoom(full, length, limit)
		}
		n, err := r.Read(b.bytes[len(b.bytes):cap(b.bytes)])
		b.bytes = b.bytes[:len(b.bytes)+n]
		if over := full.size + int64(len(b.bytes)) - limit; over > 0 {
			b.bytes = b.bytes[:int64(len(b.bytes))-over]
			return &bodyTooLongError{limit: limit}
		}
		switch {
		case err == io.EOF: // a wrapped one is a failure: the body did not end, it was cut off
			return nil
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case n > 0:
			idle = -1
		}
	}
	return io.ErrNoProgress
}

// makeRoom lets a full buffer take more: in its place when it is known how much
// will come, else in another chunk, because copying at each step would need twice
// the memory.
func (b *buffer) makeRoom(full *chunks, length, limit int64) {
	if have := int64(len(b.bytes)); full.list == nil && (have == 0 || length >= have) {
		b.grow(length, limit)
		return
	}
	full.list = append(full.list, b.bytes)
	full.size += int64(len(b.bytes))
	b.bytes = make([]byte, 0, min(full.size, maxChunk, limit+1-full.size))
}

// grow makes room for what is still to come: for all of it if the length is known
// and can be trusted.
func (b *buffer) grow(length, limit int64) {
	have := int64(len(b.bytes))
	want := int64(minBuffer)
	switch {
	case length <= 0: // not known
	case length < maxTrustedLength || have >= maxTrustedLength:
		want = length + 1 // one more, so that the end is seen without growing
	default:
		want = maxTrustedLength
	}
	grown := make([]byte, have, min(want, limit+1))
	copy(grown, b.bytes)
	b.bytes = grown
}

// chunks are the beginning of a body of unknown length. Codecs read one piece, so that such
// a body takes twice its length in memory while its chunks are joined; a body whose length is
// known, or that a pooled buffer has room for, takes it once.
type chunks struct {
	list [][]byte
	size int64 // of all
}

// cut leaves as many chunks as hold the first n bytes.
func (c *chunks) cut(n int64) {
	all := c.list
	c.list, c.size = nil, 0
	for _, chunk := range all {
		if c.size < n {
			c.list = append(c.list, chunk)
			c.size += int64(len(chunk))
		}
	}
}

// join returns the chunks and the last one in one piece.
func (c *chunks) join(last []byte) []byte {
	if c.list == nil {
		return last
	}
	whole := make([]byte, 0, c.size+int64(len(last))+1) // one more, as in grow
	for _, chunk := range c.list {
		whole = append(whole, chunk...)
	}
	return append(whole, last...)
}

// discard reads a bounded rest of the response's body in a bounded time, so that its
// connection can be used again, and closes it. Nobody waits for the rest when the call
// is canceled.
func (c *call) discard(ctx context.Context) {
	c.drain(ctx)
	c.closeBody(ctx)
}

func (c *call) drain(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, maxDrainTime)
	defer cancel()
	if ctx.Err() != nil {
		return
	}
	body, drained := c.response.Body, make(chan struct{})
	rest := readFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return body.Read(p)
	})
	go func() { // to close the body ends a read that takes too long
		defer close(drained)
		_, _ = io.CopyN(io.Discard, rest, maxDrain)
	}()
	select {
	case <-drained:
	case <-ctx.Done():
	}
}

// readFunc is a reader.
type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

func (c *call) closeBody(ctx context.Context) {
	if err := c.response.Body.Close(); err != nil {
		c.log(ctx, logging.Warn, "failed to close HTTP response body, this may affect connection reuse: %v", err)
	}
}
