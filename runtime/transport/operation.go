package transport

import (
	"example.com/lathe/runtime/rest"
)

// Operation is what is particular to one call: an input, bound to its operation.
// Generated code implements it, with one small type an operation.
type Operation interface {
	// Validate checks what must hold before anything is sent. It returns nil or
	// a smithy.InvalidParamsError.
	Validate() error
	// Serialize writes the input into the request; errors stick there. It is
	// called once a call, also when the call is tried several times.
	Serialize(r *rest.Request)
	// Deserialize reads the output of a successful response. Its error becomes
	// that of a *smithy.DeserializationError. Nothing of r.Body may be kept: it is
	// used again after the call.
	Deserialize(r *rest.Response) error
	// DeserializeError reads the error that the code names, ignoring case, as far
	// as the body can be read. It returns nil when the operation does not know the
	// code.
	DeserializeError(code string, r *rest.Response) error
}

// IdempotentOperation is an [Operation] whose input has an idempotency token.
type IdempotentOperation interface {
	Operation
	// FillToken sets the token unless the caller has set it. It must not change
	// the caller's input.
	FillToken(tokens IdempotencyTokens) error
}

// IdempotencyTokens gives a new idempotency token a call.
type IdempotencyTokens interface{ GetIdempotencyToken() (string, error) }

// FinishingOperation is an [Operation] whose request is not complete when the
// input is written: it may be compressed, or get a checksum.
type FinishingOperation interface {
	Operation
	// Finish is called once, after Serialize; errors stick in r.
	Finish(r *rest.Request, s *Settings)
}

// ErrorInfo finds the code and the message in the body of an error response, as
// the protocol puts them. Both may be empty, and both may be set along with an
// error, when the body is broken further on. The body is never empty and must
// not be kept.
type ErrorInfo func(body []byte) (code, message string, err error)

// Info is what is constant about an operation.
type Info struct {
	// ServiceID and Name identify the operation in errors and logs.
	ServiceID, Name string
	// SigningName is the service name in a SigV4 credential scope.
	SigningName string
	// Auth holds the ids of the authentication schemes, preferred first:
	// "aws.auth#sigv4", "smithy.api#httpBearerAuth", "smithy.api#noAuth". Others
	// are passed over. A call that can use none of them is sent unsigned.
	Auth []string
	// ErrorInfo reads the protocol's error bodies; nil when they say nothing.
	ErrorInfo ErrorInfo
	// UnsignedPayload leaves the body's hash out of the signature:
	// aws.auth#unsignedPayload.
	UnsignedPayload bool
	// ContentSHA256 sends the body's hash in the header X-Amz-Content-Sha256,
	// which operations with an unsigned payload do in any case.
	ContentSHA256 bool
	// StreamOutput leaves the body of a successful response to Deserialize,
	// unread and open.
	StreamOutput bool
	// SensitiveInput and SensitiveOutput say that members must not be logged:
	// smithy.api#sensitive.
	SensitiveInput, SensitiveOutput bool
	// LongPolling waits between attempts also when the retry quota is used up,
	// as the official client does for operations that hold a request open.
	LongPolling bool
}
