package transport

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"example.com/lathe/runtime/rest"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/auth/bearer"
	"github.com/aws/smithy-go/middleware"
)

// outgoing is what a call sends.
type outgoing struct {
	settings *Settings
	info     *Info
	op       steps
	in       any          // a pointer, of the operation's type
	events   EventStreams // of the call; nil for none
	request  rest.Request
}

// call is the state of one call. Its methods are the steps; each reads what
// earlier ones left here and leaves its own result, and none calls another.
type call struct {
	outgoing

	out any // a pointer, of the operation's type
	// invocation is the id that the call's attempts share.
	invocation [36]byte
	// payloadHash is computed by the first attempt that needs it.
	payloadHash string

	attempt      int
	maxAttempts  int   // 0 means without limit
	cause        error // the failure that made the attempt necessary; nil for the first
	releaseRetry func(error) error
	// skew is what the signing time is corrected by in this attempt.
	skew time.Duration

	// The following belong to the attempt under way.
	scheme      string
	signs       *smithy.Properties // of the endpoint for the scheme; nil for none
	credentials aws.Credentials
	token       bearer.Token
	endpoint    *Endpoint
	message     *rest.Attempt
	http        *http.Request // of the message
	sentAt      time.Time     // when it was about to be signed and sent
	exchange                  // zero until something was sent
	metadata    middleware.Metadata
	readErr     error
	reply       rest.Response

	// buffer is what responses are read into, and written what bodies are written to; calls
	// hand both on.
	buffer  buffer
	written []byte
}

// Call runs one call of an operation from its input to its output, which it fills and
// returns. The metadata is that of the last response and empty when there is an error,
// which always is a *smithy.OperationError.
func Call[In, Out any](
	ctx context.Context, s *Settings, op *Operation[In, Out], in In, out Out,
) (Out, middleware.Metadata, error) {
	if s.Hooked != nil {
		result, metadata, err := s.Hooked.run(ctx, s, &op.Info, op, in, out)
		return result.(Out), metadata, err
	}
	metadata, err := run(ctx, s, &op.Info, op, in, out)
	return out, metadata, err
}

func run(ctx context.Context, s *Settings, info *Info, op steps, in, out any) (middleware.Metadata, error) {
	c := newCall()
	c.settings, c.info, c.op, c.in, c.out = s, info, op, in, out
	c.request.Reuse(c.written)
	err := c.prepare(ctx)
	for again := err == nil; again; {
		again, err = c.try(ctx)
	}
	if err == nil {
		err = op.check(c.in, out, s)
	}
	c.keepTimeOffset()
	metadata := c.metadata
	c.written = c.request.Reclaim()
	c.release()
	if err != nil {
		return middleware.Metadata{}, s.operationError(info, err)
	}
	return metadata, nil
}

// calls holds the memory of calls that have ended. That of one that panics is left
// to the collector.
var calls sync.Pool

func newCall() *call {
	if c, ok := calls.Get().(*call); ok {
		return c
	}
	return new(call)
}

// release returns the call's memory, blank but for what it hands on: it held
// credentials, and what the caller may want collected. Nothing may refer to it any
// more.
func (c *call) release() {
	c.buffer.reset()
	*c = call{buffer: c.buffer, written: c.written}
	calls.Put(c)
}

// prepare runs the steps that come once a call, before the retry loop.
func (c *call) prepare(ctx context.Context) error {
	err := c.settings.Refused
	if err != nil {
		return err
	}
	if c.in, err = c.op.prepare(c.in, c.settings); err != nil {
		return err
	}
	c.events = c.op.events(c.out, c.settings)
	if err := c.serialize(ctx); err != nil {
		return err
	}
	c.addClientHeaders()
	c.addTraceHeader()
	c.beginRetries()
	return nil
}

func (c *outgoing) serialize(ctx context.Context) error {
	c.op.encode(c.in, &c.request, c.settings)
	if feature := c.settings.Feature; feature != nil {
		c.request.Use(feature(c.in))
	}
	if c.events != nil {
		c.events.Prepare(&c.request)
	}
	c.request.DropHostPrefix(ctx, c.settings.withoutHostPrefix)
	if err := c.request.Err(); err != nil {
		return &smithy.SerializationError{Err: err}
	}
	return nil
}

// addClientHeaders sets the headers that name the client and the call. They are
// the same for all attempts.
func (c *call) addClientHeaders() {
	agent := addFeatures(c.settings.UserAgent, c.request.Features())
	if own := c.request.Header.Get("User-Agent"); own != "" {
		agent += " " + own
	}
	c.request.Header.Set("User-Agent", agent)
	c.expectContinue()
	if encoding := c.settings.AcceptEncoding; encoding != "" {
		c.request.Header.Set("Accept-Encoding", encoding)
	}
	c.invocation = newInvocationID()
}

// expectContinue has a large body wait until the service asks for it, so that one which
// the service refuses is not sent.
func (c *outgoing) expectContinue() {
	if !c.info.Continues || c.settings.ContinueFrom < 0 {
		return
	}
	if n := c.request.Length(); n < 0 || n >= c.settings.ContinueFrom {
		c.request.Header.Set("Expect", "100-continue")
	}
}

// newInvocationID returns a random UUID, version 4. It only has to differ from others:
// cryptographic randomness would take a system call on most kernels.
func newInvocationID() (text [36]byte) {
	var id [16]byte
	binary.NativeEndian.PutUint64(id[:8], mathrand.Uint64())
	binary.NativeEndian.PutUint64(id[8:], mathrand.Uint64())
	id[6] = id[6]&0x0f | 0x40 // the version
	id[8] = id[8]&0x3f | 0x80 // the variant
	hex.Encode(text[:8], id[:4])
	hex.Encode(text[9:13], id[4:6])
	hex.Encode(text[14:18], id[6:8])
	hex.Encode(text[19:23], id[8:10])
	hex.Encode(text[24:], id[10:])
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
	return text
}

// addTraceHeader passes on the trace of a Lambda function, so that the service
// can detect that the function calls itself. The trace changes with every
// invocation of the function.
func (c *call) addTraceHeader() {
	if !c.settings.inLambda || c.request.Header.Get("X-Amzn-Trace-Id") != "" {
		return
	}
	if trace, ok := os.LookupEnv("_X_AMZN_TRACE_ID"); ok {
		c.request.Header.Set("X-Amzn-Trace-Id", escapeTrace(trace))
	}
}

// escapeTrace percent-escapes what the trace header's rules do not allow.
func escapeTrace(s string) string {
	const allowed = "-=;:+&[]{}\"',0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	var out []byte
	for _, c := range []byte(s) {
		if strings.IndexByte(allowed, c) >= 0 {
			out = append(out, c)
		} else {
			out = fmt.Appendf(out, "%%%02X", c)
		}
	}
	return string(out)
}
