package client

import (
	"context"
	"net/http"
	//lathe:if tokenVariable
	"os"
	//lathe:end
	//lathe:if pages
	"reflect"
	//lathe:end
	"time"

	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	//lathe:if bearer
	"github.com/aws/smithy-go/auth/bearer"
	//lathe:end
	"github.com/aws/smithy-go/logging"
	//lathe:if hooks
	"github.com/aws/smithy-go/metrics"
	"github.com/aws/smithy-go/middleware"
	"github.com/aws/smithy-go/tracing"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	//lathe:end
)

// Options are the settings of a Client, and of a single call.
type Options struct {
	//lathe:if hooks
	// APIOptions change the middleware stack of each call; with any, calls run in one.
	APIOptions []func(*middleware.Stack) error

	//lathe:end
	//lathe:if account
	// AccountIDEndpointMode reports whether endpoints contain the account of the credentials.
	AccountIDEndpointMode aws.AccountIDEndpointMode

	//lathe:end
	// AppID names the application in the User-Agent header; it may be empty.
	AppID string

	// AuthSchemePreference names authentication schemes to prefer, without namespace
	// ("sigv4"), where an operation offers several; nil for the model's order.
	AuthSchemePreference []string

	//lathe:if hooks
	// AuthSchemeResolver returns the authentication schemes of an operation; nil for those of
	// the model.
	AuthSchemeResolver AuthSchemeResolver

	// AuthSchemes are those that the client can serve; nil for Signature Version 4 and what
	// else the model has.
	AuthSchemes []smithyhttp.AuthScheme

	//lathe:end
	// BaseEndpoint is the URL to send to in place of the service's own; nil for that. It
	// is passed to the EndpointResolverV2, which may build on it.
	BaseEndpoint *string

	//lathe:if bearer
	// BearerAuthSigner adds tokens to requests; nil for one that sends them over TLS only.
	BearerAuthSigner bearer.Signer

	// BearerAuthTokenProvider returns the tokens for operations with bearer authentication.
	BearerAuthTokenProvider bearer.TokenProvider

	//lathe:end
	// ClientLogMode says what is logged. Secrets and members that the model marks as
	// sensitive never are.
	ClientLogMode aws.ClientLogMode

	//lathe:if objects
	// ContinueHeaderThresholdBytes is the length from which on an upload waits until the
	// service asks for it (Expect: 100-continue); zero for 2 MB, -1 for never.
	ContinueHeaderThresholdBytes int64

	//lathe:end
	// Credentials sign the requests; nil sends them unsigned.
	Credentials aws.CredentialsProvider

	// DefaultsMode sets the timeouts of the default HTTP client and the default retry mode.
	DefaultsMode aws.DefaultsMode

	// DisableClockSkewCorrection signs with the local time, also when the service's clock is
	// known to differ, and tries no call again because of it.
	DisableClockSkewCorrection bool

	//lathe:if objects
	// DisableLogOutputChecksumValidationSkipped logs nothing of responses that could not be
	// compared with a checksum.
	DisableLogOutputChecksumValidationSkipped bool

	//lathe:end
	//lathe:if messages
	// DisableMessageChecksumValidation leaves messages that are sent and received uncompared
	// with their MD5 checksums.
	DisableMessageChecksumValidation bool

	//lathe:end
	//lathe:if compression
	// DisableRequestCompression sends request bodies as they are.
	DisableRequestCompression bool

	//lathe:end
	//lathe:if checkedBodies
	// DisableValidateResponseChecksum leaves responses uncompared with their CRC32 checksum.
	DisableValidateResponseChecksum bool

	// EnableAcceptEncodingGzip asks for responses that are compressed.
	EnableAcceptEncodingGzip bool

	//lathe:end
	//lathe:if discovery
	// EndpointDiscovery chooses whether the service is asked for the endpoints of its
	// operations.
	EndpointDiscovery EndpointDiscoveryOptions

	//lathe:end
	// EndpointOptions choose among the service's endpoints: FIPS, dual-stack, no TLS.
	EndpointOptions EndpointResolverOptions

	//lathe:if hooks
	// EndpointResolver finds the endpoint of each call in place of EndpointResolverV2, unless
	// its error is an *aws.EndpointNotFoundError; nil for none.
	//
	// Deprecated: resolvers of this kind don't know the rules of the service. Set
	// BaseEndpoint or EndpointResolverV2.
	EndpointResolver EndpointResolver

	//lathe:end
	// EndpointResolverV2 finds the endpoint of each call; nil for the service's own rules.
	EndpointResolverV2 EndpointResolverV2

	//lathe:if sessions
	// ExpressCredentials are those of sessions with directory buckets; nil for sessions that
	// the client makes itself.
	ExpressCredentials ExpressCredentialsProvider

	//lathe:end
	// HTTPClient sends the requests; nil for a client with the SDK's default timeouts. It
	// should not follow redirects.
	HTTPClient HTTPClient

	// HTTPSignerV4 signs with Signature Version 4; nil for the default signer.
	HTTPSignerV4 HTTPSignerV4

	// IdempotencyTokenProvider fills idempotency tokens that the caller left out; nil for
	// random UUIDs.
	IdempotencyTokenProvider IdempotencyTokenProvider

	//lathe:if hooks
	// Interceptors are called on the way of each call; with any, calls run in a middleware
	// stack.
	Interceptors smithyhttp.InterceptorRegistry

	//lathe:end
	// Logger takes what ClientLogMode asks for; nil logs nothing.
	Logger logging.Logger

	//lathe:if hooks
	// MeterProvider measures calls; nil for none. With one, calls run in a middleware stack.
	MeterProvider metrics.MeterProvider

	//lathe:end
	// Region is the region to call, which the default endpoints need.
	Region string

	//lathe:if checksum
	// RequestChecksumCalculation reports whether requests carry a checksum wherever the model
	// allows it, as configurations have it by default, or only where it must be.
	RequestChecksumCalculation aws.RequestChecksumCalculation

	//lathe:end
	//lathe:if compression
	// RequestMinCompressSizeBytes is the size from which on bodies are compressed.
	RequestMinCompressSizeBytes int64

	//lathe:end
	//lathe:if checksum
	// ResponseChecksumValidation reports whether responses are compared with their checksum
	// wherever the model allows it, as configurations have it by default, or only where the
	// input asks for it.
	ResponseChecksumValidation aws.ResponseChecksumValidation

	//lathe:end
	// RetryMaxAttempts limits the attempts of a call, the first one included; 0 leaves
	// that to the Retryer. In the options of a single call it limits that call.
	RetryMaxAttempts int

	// RetryMode chooses the default Retryer; without effect when Retryer is set.
	RetryMode aws.RetryMode

	// Retryer decides which failures are tried again and when; nil for that of RetryMode.
	Retryer aws.Retryer

	// RuntimeEnvironment is where the client runs, for the DefaultsMode "auto".
	RuntimeEnvironment aws.RuntimeEnvironment

	//lathe:if hooks
	// TracerProvider traces calls; nil for none. With one, calls run in a middleware stack.
	TracerProvider tracing.TracerProvider

	//lathe:end
	//lathe:insert EndpointOptions
	//lathe:if standIn
	standIn
	//lathe:end
	//lathe:if dualStack
	// UseDualstack asks for an endpoint that also speaks IPv6, where EndpointOptions leave
	// that open.
	//
	// Deprecated: set UseDualStackEndpoint of EndpointOptions.
	UseDualstack bool

	//lathe:end
	// defaultsMode is what DefaultsMode came to when the client was made.
	defaultsMode aws.DefaultsMode
	//lathe:if tokenVariable
	// tokenFromVariable reports whether the environment has a bearer token for the service.
	tokenFromVariable bool
	//lathe:end
	//lathe:if pages
	// paginates reports whether a paginator makes the call.
	paginates bool
	//lathe:end
	//lathe:if waiters
	// waits reports whether a waiter makes the call.
	waits bool
	//lathe:end
	//lathe:if !hooks
	// refused is what every call fails with, if the client's configuration asks for what
	// it does not do.
	refused error
	//lathe:end
}

// Copy returns a copy of the options.
func (o Options) Copy() Options {
	//lathe:if hooks
	o.APIOptions = append([]func(*middleware.Stack) error{}, o.APIOptions...)
	o.Interceptors = o.Interceptors.Copy()
	//lathe:end
	return o
}

//lathe:if tokenVariable

// findToken takes the bearer token that the environment has for the service, if there is one.
// It comes before what the configuration says, as the more specific of the two.
func (o *Options) findToken() {
	token := os.Getenv("lathe:TokenVariable")
	if token == "" {
		return
	}
	o.BearerAuthTokenProvider = bearer.StaticTokenProvider{Token: bearer.Token{Value: token}}
	o.AuthSchemePreference = []string{"httpBearerAuth"}
	o.tokenFromVariable = true
}

//lathe:end
//lathe:if pages

// addIsPaginatorUserAgent has the User-Agent header name a paginator.
func addIsPaginatorUserAgent(o *Options) {
	o.paginates = true
}

// isPaging reports whether an option is [addIsPaginatorUserAgent]: a function without
// variables of its own, so that the settings of such calls are always the same. Making
// them for each page takes a quarter of a call.
func isPaging(option func(*Options)) bool {
	return reflect.ValueOf(option).Pointer() == reflect.ValueOf(addIsPaginatorUserAgent).Pointer()
}

//lathe:end
//lathe:if waiters

// addIsWaiterUserAgent has the User-Agent header name a waiter.
func addIsWaiterUserAgent(o *Options) {
	o.waits = true
}

//lathe:end

// HTTPClient sends requests, as *http.Client does.
type HTTPClient interface {
	Do(*http.Request) (*http.Response, error)
}

// HTTPSignerV4 signs a request with Signature Version 4.
type HTTPSignerV4 interface {
	SignHTTP(ctx context.Context, credentials aws.Credentials, r *http.Request, payloadHash string, service string,
		region string, signingTime time.Time, optFns ...func(*v4.SignerOptions)) error
}

// IdempotencyTokenProvider returns a new idempotency token for each call.
type IdempotencyTokenProvider interface {
	GetIdempotencyToken() (string, error)
}

//lathe:if discovery

// EndpointDiscoveryOptions choose whether the service is asked for the endpoints of its
// operations.
type EndpointDiscoveryOptions struct {
	// EnableEndpointDiscovery has all operations ask that can when it is enabled, none when
	// it is disabled, and only those that must otherwise. None asks where BaseEndpoint is
	// set or EndpointResolverV2 is not the default one.
	EnableEndpointDiscovery aws.EndpointDiscoveryEnableState
}

func (o *EndpointDiscoveryOptions) setDefault() {
	if o.EnableEndpointDiscovery == aws.EndpointDiscoveryUnset {
		o.EnableEndpointDiscovery = aws.EndpointDiscoveryAuto
	}
}

//lathe:end

// EndpointResolverOptions choose among the service's endpoints.
type EndpointResolverOptions struct {
	// Logger is there for compatibility; endpoint resolution logs nothing.
	Logger logging.Logger

	// LogDeprecated is there for compatibility.
	LogDeprecated bool

	// ResolvedRegion replaces the region in endpoints. It is set for pseudo-regions
	// such as fips-us-east-1; applications should not set it.
	ResolvedRegion string

	// DisableHTTPS sends requests without TLS.
	DisableHTTPS bool

	// UseDualStackEndpoint asks for an endpoint that also speaks IPv6.
	UseDualStackEndpoint aws.DualStackEndpointState

	// UseFIPSEndpoint asks for an endpoint with validated cryptography.
	UseFIPSEndpoint aws.FIPSEndpointState
}

// GetResolvedRegion returns the field.
func (o EndpointResolverOptions) GetResolvedRegion() string {
	return o.ResolvedRegion
}

// GetDisableHTTPS returns the field.
func (o EndpointResolverOptions) GetDisableHTTPS() bool {
	return o.DisableHTTPS
}

//lathe:if dualStack

// setDualStack chooses dual-stack endpoints if nothing else is chosen.
func (o *EndpointResolverOptions) setDualStack(use bool) {
	if use && o.UseDualStackEndpoint == aws.DualStackEndpointStateUnset {
		o.UseDualStackEndpoint = aws.DualStackEndpointStateEnabled
	}
}

//lathe:end

// GetUseDualStackEndpoint returns the field.
func (o EndpointResolverOptions) GetUseDualStackEndpoint() aws.DualStackEndpointState {
	return o.UseDualStackEndpoint
}

// GetUseFIPSEndpoint returns the field.
func (o EndpointResolverOptions) GetUseFIPSEndpoint() aws.FIPSEndpointState {
	return o.UseFIPSEndpoint
}

// WithEndpointResolverV2 returns an option that sets the EndpointResolverV2.
func WithEndpointResolverV2(v EndpointResolverV2) func(*Options) {
	return func(o *Options) {
		o.EndpointResolverV2 = v
	}
}

// NewFromConfig returns a client with the settings of cfg, as far as it has them, and
// then those of cfg.ServiceOptions and the options given. If cfg has something that the
// client was generated without, every call returns an error that says so.
func NewFromConfig(cfg aws.Config, optFns ...func(*Options)) *Client {
	options := Options{
		//lathe:if account
		AccountIDEndpointMode: cfg.AccountIDEndpointMode,
		//lathe:end
		AppID:                cfg.AppID,
		AuthSchemePreference: cfg.AuthSchemePreference,
		//lathe:if bearer
		BearerAuthTokenProvider: cfg.BearerAuthTokenProvider,
		//lathe:end
		ClientLogMode:      cfg.ClientLogMode,
		Credentials:        cfg.Credentials,
		DefaultsMode:       cfg.DefaultsMode,
		HTTPClient:         cfg.HTTPClient,
		Logger:             cfg.Logger,
		Region:             cfg.Region,
		RetryMaxAttempts:   cfg.RetryMaxAttempts,
		RetryMode:          cfg.RetryMode,
		RuntimeEnvironment: cfg.RuntimeEnvironment,
		//lathe:if checksum
		RequestChecksumCalculation: cfg.RequestChecksumCalculation,
		ResponseChecksumValidation: cfg.ResponseChecksumValidation,
		//lathe:end
		//lathe:if compression
		DisableRequestCompression:   cfg.DisableRequestCompression,
		RequestMinCompressSizeBytes: cfg.RequestMinCompressSizeBytes,
		//lathe:end
		BaseEndpoint:               transport.BaseEndpoint(cfg, ServiceID),
		DisableClockSkewCorrection: transport.DisableClockSkewCorrection(cfg),
		//lathe:if hooks
		APIOptions:       cfg.APIOptions,
		Interceptors:     cfg.Interceptors,
		EndpointResolver: withEndpointResolver(cfg.EndpointResolver, cfg.EndpointResolverWithOptions),
		//lathe:end
		//lathe:if !hooks
		refused: transport.RefuseConfig(cfg),
		//lathe:end
	}
	if cfg.Retryer != nil {
		options.Retryer = cfg.Retryer()
	}
	//lathe:if discovery
	if state, ok := transport.EnableEndpointDiscovery(cfg); ok {
		options.EndpointDiscovery.EnableEndpointDiscovery = state
	}
	//lathe:end
	if state, ok := transport.UseDualStackEndpoint(cfg); ok {
		options.EndpointOptions.UseDualStackEndpoint = state
	}
	if state, ok := transport.UseFIPSEndpoint(cfg); ok {
		options.EndpointOptions.UseFIPSEndpoint = state
	}
	//lathe:if useARNRegion
	if use, ok := transport.UseARNRegion(cfg); ok {
		options.UseARNRegion = use
	}
	//lathe:end
	//lathe:if multiRegion
	if disable, ok := transport.DisableMultiRegionAccessPoints(cfg); ok {
		options.DisableMultiRegionAccessPoints = disable
	}
	//lathe:end
	//lathe:if sessionAuth
	options.DisableS3ExpressSessionAuth = transport.DisableSessionAuth(cfg)
	//lathe:end
	return New(options, func(o *Options) {
		for _, fn := range cfg.ServiceOptions {
			fn(ServiceID, o)
		}
		for _, fn := range optFns {
			fn(o)
		}
	})
}
