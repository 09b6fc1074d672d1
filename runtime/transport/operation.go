package transport

import (
	"net/http"
	"strings"
	"time"

	"example.com/lathe/runtime/rest"
	"github.com/aws/smithy-go"
)

// Operation is one operation of a service: what is constant about it, and plain
// functions for what is particular to it. In and Out are pointers to its input and
// output. Encode and Decode must be set; every other function may be nil, and links
// nothing then.
type Operation[In, Out any] struct {
	Info
	// Fill returns the input with the defaults that a caller may leave out, such as an
	// idempotency token. It is called before Validate and must not change the caller's
	// input: what it fills it fills in a copy.
	Fill func(in In, s *Settings) (In, error)
	// Validate checks the input before anything is sent. It returns nil or a
	// smithy.InvalidParamsError.
	Validate func(in In) error
	// Encode writes the input into the request; errors stick there. It is called once a
	// call, also when there are several attempts.
	Encode func(in In, r *rest.Request)
	// Finish completes the request when its body is there: compression, checksums.
	// Errors stick in r.
	Finish func(in In, r *rest.Request, s *Settings)
	// Decode reads the output of a successful response. Its error becomes that of a
	// *smithy.DeserializationError. Nothing of r.Body may be kept: it is used again
	// after the call.
	Decode func(r *rest.Response, out Out) error
	// Check compares the output of a call that succeeded with its input. Its error
	// becomes the call's, which is not tried again.
	Check func(in In, out Out, s *Settings) error
	// Events returns the event streams of a call, which it puts into the output.
	Events func(out Out, s *Settings) EventStreams
}

// Info is what is constant about an operation, whatever its input and output are.
type Info struct {
	// Name identifies the operation in errors and logs.
	Name string
	// Auth holds the ids of the authentication schemes, preferred first:
	// "aws.auth#sigv4", "smithy.api#httpBearerAuth", "smithy.api#noAuth". Others
	// are passed over. A call that can use none of them is sent unsigned.
	Auth []string
	// Errors are the errors of the service that the operation knows. An error with
	// another code is a *smithy.GenericAPIError.
	Errors []*Error
	// UnsignedPayload leaves the body's hash out of the signature:
	// aws.auth#unsignedPayload.
	UnsignedPayload bool
	// UnsignedOverTLS leaves the body's hash out of the signature where TLS protects it.
	UnsignedOverTLS bool
	// Checksum: the request may have a checksum of its body.
	Checksum bool
	// Trailing has the checksum of a stream follow it where TLS protects both.
	Trailing bool
	// Continues has a large body wait until the service asks for it.
	Continues bool
	// ErrorBodies: a response with the status of success is looked at for an error.
	ErrorBodies bool
	// StreamOutput leaves the body of a successful response to Decode, unread and open.
	StreamOutput bool
	// EventOutput: the response is a stream of events.
	EventOutput bool
	// EventInput: the request's body is a stream of events.
	EventInput bool
	// Secrets are where members are that must not be logged, smithy.api#sensitive: a
	// *[Sensitive]; nil for nowhere.
	Secrets Secrets
	// Discovery reports whether the service itself finds the endpoint of calls.
	Discovery Discovery
	// ReadTimeout is how long the call may wait for more of a response's body, where the
	// client's settings have it looked at; zero for without limit.
	ReadTimeout time.Duration
	// LongPolling waits between attempts also when the retry quota is used up,
	// as the official client does for operations that hold a request open.
	LongPolling bool
}

// Discovery reports whether the service itself finds the endpoint of an operation.
type Discovery uint8

// The ways to find endpoints.
const (
	NoDiscovery       Discovery = iota
	OptionalDiscovery           // if the caller asks for it
	RequiredDiscovery           // unless the caller forbids it
)

// Error is an error that operations of a service know.
type Error struct {
	// Code is the code on the wire, which is compared without regard to case.
	Code string
	// Decode returns the error of a response, as far as its body can be read. Nothing
	// of the body may be kept.
	Decode func(r *rest.Response) error
}

// error returns the operation's own error for the code, or nil when it has none.
func (i *Info) error(code string, r *rest.Response) error {
	for _, e := range i.Errors {
		if strings.EqualFold(e.Code, code) {
			return e.Decode(r)
		}
	}
	return nil
}

// steps are an operation as the call runs it. The call is not generic: it would be
// compiled once for each operation.
type steps interface {
	// prepare returns the input to send.
	prepare(in any, s *Settings) (any, error)
	encode(in any, r *rest.Request, s *Settings)
	decode(r *rest.Response, out any) error
	check(in, out any, s *Settings) error
	// events returns nil for an operation without event streams.
	events(out any, s *Settings) EventStreams
}

func (o *Operation[In, Out]) prepare(in any, s *Settings) (any, error) {
	in, err := o.fill(in, s)
	if err != nil {
		return nil, err
	}
	return in, o.validate(in)
}

func (o *Operation[In, Out]) fill(in any, s *Settings) (any, error) {
	if o.Fill == nil {
		return in, nil
	}
	return o.Fill(in.(In), s)
}

func (o *Operation[In, Out]) validate(in any) error {
	if o.Validate == nil {
		return nil
	}
	return o.Validate(in.(In))
}

func (o *Operation[In, Out]) encode(in any, r *rest.Request, s *Settings) {
	o.Encode(in.(In), r)
	if o.Finish != nil {
		o.Finish(in.(In), r, s)
	}
}

func (o *Operation[In, Out]) decode(r *rest.Response, out any) error { return o.Decode(r, out.(Out)) }

func (o *Operation[In, Out]) check(in, out any, s *Settings) error {
	if o.Check == nil {
		return nil
	}
	return o.Check(in.(In), out.(Out), s)
}

func (o *Operation[In, Out]) events(out any, s *Settings) EventStreams {
	if o.Events == nil {
		return nil
	}
	return o.Events(out.(Out), s)
}

// IdempotencyTokens returns a new idempotency token a call.
type IdempotencyTokens interface{ GetIdempotencyToken() (string, error) }

// ErrorInfo finds the codes in the response of an error, as the protocol puts them, and
// describes the error if the operation knows none of them. The codes are in the order of
// preference, without namespaces. Any of them may be empty, and so may code and message
// of the description. They may be set along with an error, when the body is broken
// further on. The body must not be kept; it is nil when only the header is asked for.
type ErrorInfo func(header http.Header, body []byte) (codes [3]string, unknown smithy.GenericAPIError, err error)
