// Package readtimeout limits the wait for more of a response's body.
package readtimeout

import (
	"io"
	"net/http"
	"time"

	"example.com/lathe/runtime/transport"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
)

// Receive limits each read of a response's body, if its operation has a limit. A read
// that takes longer fails with an *awshttp.ResponseTimeoutError, which retryers know, and
// closes the body.
func Receive(op *transport.Info, resp *http.Response) error {
	if op.ReadTimeout != 0 {
		resp.Body = &body{ReadCloser: resp.Body, limit: op.ReadTimeout}
	}
	return nil
}

// body is a body whose reads are limited in time. A read goes into memory of its own,
// because one that was given up may go on for a while.
type body struct {
	io.ReadCloser
	limit  time.Duration
	memory []byte
	err    error
}

type result struct {
	n   int
	err error
}

// maxRead is how much is read at once.
const maxRead = 64 << 10

func (b *body) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	if size := min(len(p), maxRead); len(b.memory) < size {
		b.memory = make([]byte, size)
	}
	memory := b.memory[:min(len(p), len(b.memory))]
	read := make(chan result, 1)
	go func() {
		n, err := b.ReadCloser.Read(memory)
		read <- result{n, err}
	}()
	timer := time.NewTimer(b.limit)
	defer timer.Stop()
	select {
	case r := <-read:
		return copy(p, memory[:r.n]), r.err
	case <-timer.C:
		b.err = &awshttp.ResponseTimeoutError{TimeoutDur: b.limit}
		_ = b.Close() // ends the read
		return 0, b.err
	}
}
