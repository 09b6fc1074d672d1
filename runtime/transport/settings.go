package transport

import (
	"context"
	"net/http"
	"os"
	"strings"
	"sync/atomic"

	"example.com/lathe/runtime/sigv4"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go/logging"
)

// ResolveEndpoint finds the endpoint of a call, whose input may set parameters. The
// account is that of the credentials which sign the call; empty for none. Its error
// becomes the call's as it stands, so that its text should begin with what failed
// ("failed to resolve service endpoint, …").
type ResolveEndpoint func(ctx context.Context, account string, in any) (*Endpoint, error)

// Discover returns the endpoint that a call goes to in place of the one that was
// resolved, or that one. The access key is that of the credentials which sign the call;
// empty for none. The endpoint must not be changed. Its error becomes the call's.
type Discover func(ctx context.Context, op *Info, accessKeyID string, resolved *Endpoint) (*Endpoint, error)

// Settings are the options of a client as the calls need them. They are computed
// once per client by [NewSettings], again only for calls with options of their
// own, and not changed afterwards.
type Settings struct {
	// ServiceID identifies the service in errors and logs.
	ServiceID string
	// SigningName is the service's name in the scope of SigV4 signatures.
	SigningName string
	// ErrorInfo reads the protocol's error bodies; nil when there is nothing in them.
	ErrorInfo ErrorInfo
	// RequestIDHeader names the header that has the id of a request, in canonical form, in
	// place of those of other services; empty for these.
	RequestIDHeader string
	// ErrorRequestID finds the id of a request in the body of an error, where no header has
	// it; nil when it is not there, and empty when it is absent.
	ErrorRequestID func(body []byte) string
	// Refused makes every call fail with it; nil for none. See [RefuseConfig].
	Refused error
	// Region is the region that requests are signed for.
	Region string
	// HTTPClient sends the requests. It must not be nil.
	HTTPClient aws.HTTPClient
	// ResolveEndpoint must not be nil. It is called for every attempt.
	ResolveEndpoint ResolveEndpoint
	// Discover is called after ResolveEndpoint; nil for nothing.
	Discover Discover
	// Credentials sign with SigV4; nil means that this scheme can't be used.
	Credentials aws.CredentialsProvider
	// Schemes are ways to sign that only some services or endpoints ask for.
	Schemes []AuthScheme
	// ChooseScheme chooses by the endpoint of a call how it is signed, before it is known who
	// signs it: [ByEndpoint]. Nil leaves the choice to the operation.
	ChooseScheme func(c *call)
	// AuthPreference names schemes to be preferred, without their namespace
	// ("sigv4", "httpBearerAuth"). It may be nil.
	AuthPreference []string
	// Signer signs with SigV4; nil means a new [sigv4.Signer].
	Signer v4.HTTPSigner
	// Retryer decides on retries. It must not be nil.
	Retryer aws.Retryer
	// IdempotencyTokens fill the tokens of inputs that have one; nil leaves them to
	// the caller.
	IdempotencyTokens IdempotencyTokens
	// Logger may be nil: nothing is logged.
	Logger logging.Logger
	// LogMode selects what is logged.
	LogMode aws.ClientLogMode
	// CompressFrom is the size in bytes from which on request bodies are
	// compressed, where an operation allows it; negative for never.
	CompressFrom int64
	// RequestChecksums and ResponseChecksums say whether checksums are sent, and asked for,
	// also where neither the model nor the input wants them.
	RequestChecksums  aws.RequestChecksumCalculation
	ResponseChecksums aws.ResponseChecksumValidation
	// OmitNotes leaves out of the log what was noted of responses.
	OmitNotes bool
	// PlainPaths are signed as they travel where no endpoint says how.
	PlainPaths bool
	// SendPayloadHash has each request carry the hash of its body, signed or not.
	SendPayloadHash bool
	// ContinueFrom is the length in bytes from which on bodies wait until the service asks
	// for them, where an operation allows it; negative for never.
	ContinueFrom int64
	// StatusErrors names errors that have neither code nor message after their status.
	StatusErrors bool
	// IsErrorBody reports whether the body of a response describes an error; nil where no
	// operation has ErrorBodies.
	IsErrorBody func(body []byte) bool
	// Describe are called for the answer to each attempt, in order.
	Describe []Describe
	// WrapError is called for the errors of calls that were sent; nil leaves them.
	WrapError WrapError
	// AcceptEncoding is the header's value; empty leaves it to the HTTP client, which then
	// decompresses by itself.
	AcceptEncoding string
	// Hooked runs calls in place of the flat loop; nil for that.
	Hooked Runner
	// Receive is called for each response before its body is read, which it may replace;
	// nil for nothing. Its error becomes that of a *smithy.DeserializationError.
	Receive func(op *Info, resp *http.Response) error
	// SkipMessageChecksums leaves messages uncompared with their checksums.
	SkipMessageChecksums bool
	// UserAgent is the header's value, see [UserAgent].
	UserAgent string
	// Feature returns the code of what a call with the input makes use of, or ""; nil for
	// nothing.
	Feature func(in any) string
	// TimeOffset is how far the service's clock is ahead of ours, in nanoseconds.
	// It belongs to the client and is shared by all its settings; nil means a
	// new one.
	TimeOffset *atomic.Int64
	// DisableHTTPS sends requests over plain HTTP, whatever the endpoint's scheme is.
	DisableHTTPS bool
	// DisableClockSkewCorrection signs with the local time and takes no error
	// for one of the clock.
	DisableClockSkewCorrection bool

	ownSigner *sigv4.Signer // the Signer if it is one of these and does not log
	// firstToken is the Retryer's for first attempts if it has but one, and nil otherwise.
	firstToken func(error) error
	retries    retryRules
	inLambda   bool
	// withoutHostPrefix sends all requests to the endpoints' own hosts.
	withoutHostPrefix bool
	bodyLimit         int64
}

// NewSettings completes s, which is the calls' from then on, and returns it.
func NewSettings(s *Settings) *Settings {
	if s.Logger == nil {
		s.Logger = logging.Nop{}
	}
	if s.Signer == nil {
		s.Signer = new(sigv4.Signer)
	}
	if !s.LogMode.IsSigning() {
		s.ownSigner, _ = s.Signer.(*sigv4.Signer)
	}
	if standard, ok := s.Retryer.(*retry.Standard); ok {
		s.firstToken, _ = standard.GetAttemptToken(context.Background())
	}
	s.retries = retryRulesOf(aws.SDKVersion, os.Getenv(newRetries2026))
	if s.TimeOffset == nil {
		s.TimeOffset = new(atomic.Int64)
	}
	s.withoutHostPrefix = strings.EqualFold(os.Getenv("AWS_DISABLE_HOST_PREFIX_INJECTION"), "true")
	_, s.inLambda = os.LookupEnv("AWS_LAMBDA_FUNCTION_NAME")
	s.bodyLimit = maxBody
	return s
}
