package readtimeout

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// slow yields a byte each time after a while, until it is closed.
type slow struct {
	left   int
	pause  time.Duration
	closed chan struct{}
}

func (s *slow) Read(p []byte) (int, error) {
	if s.left == 0 {
		return 0, io.EOF
	}
	select {
	case <-time.After(s.pause):
		s.left--
		p[0] = 'x'
		return 1, nil
	case <-s.closed:
		return 0, errors.New("read of a closed body")
	}
}

func (s *slow) Close() error {
	close(s.closed)
	return nil
}

func receive(t *testing.T, limit time.Duration, body io.ReadCloser) io.ReadCloser {
	t.Helper()
	resp := &http.Response{Body: body}
	if err := Receive(&transport.Info{ReadTimeout: limit}, resp); err != nil {
		t.Fatal(err)
	}
	return resp.Body
}

// TestReads waits for each part of a body, as often as parts come in time.
func TestReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		body := receive(t, 5*time.Second, &slow{left: 10, pause: 4 * time.Second, closed: make(chan struct{})})
		got, err := io.ReadAll(body)
		if string(got) != strings.Repeat("x", 10) || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	})
}

func TestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := &slow{left: 10, pause: time.Minute, closed: make(chan struct{})}
		body := receive(t, 5*time.Second, source)
		start := time.Now()
		for range 2 { // once more, at once
			n, err := body.Read(make([]byte, 8))
			if n != 0 || err == nil || err.Error() != "read on body reach timeout limit, 5s" {
				t.Fatalf("%d, %v", n, err)
			}
			if took := time.Since(start); took != 5*time.Second {
				t.Errorf("after %v", took)
			}
			if got := (retry.RetryableConnectionError{}).IsErrorRetryable(err); got != aws.TrueTernary {
				t.Errorf("the SDK's retryer says %v", got)
			}
		}
		<-source.closed
	})
}

// TestWithoutLimit leaves bodies as they are.
func TestWithoutLimit(t *testing.T) {
	body := io.NopCloser(strings.NewReader("x"))
	if got := receive(t, 0, body); got != body {
		t.Errorf("it is a %T", got)
	}
}

// TestBytes reads what is there, whatever the sizes of reads are.
func TestBytes(t *testing.T) {
	text := strings.Repeat("0123456789", 20_000)
	for _, source := range []io.Reader{strings.NewReader(text), iotest.HalfReader(strings.NewReader(text))} {
		if err := iotest.TestReader(receive(t, 5*time.Second, io.NopCloser(source)), []byte(text)); err != nil {
			t.Error(err)
		}
	}
}
