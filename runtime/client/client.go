package client

import (
	"context"
	"sync/atomic"

	//lathe:if checkedBodies
	"example.com/lathe/runtime/checkedbody"
	//lathe:end
	//lathe:if discovery
	"example.com/lathe/runtime/discovery"
	//lathe:end
	"example.com/lathe/runtime/jsoncodec"
	//lathe:if readTimeout
	"example.com/lathe/runtime/readtimeout"
	//lathe:end
	//lathe:if sessions
	"example.com/lathe/runtime/sessions"
	//lathe:end
	"example.com/lathe/runtime/sigv4"
	//lathe:if sigv4a
	"example.com/lathe/runtime/sigv4a"
	//lathe:end
	"example.com/lathe/runtime/transport"
	//lathe:if retryCode
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	//lathe:end
	smithydocument "github.com/aws/smithy-go/document"
	"github.com/aws/smithy-go/logging"
)

// ServiceID names the service in errors and in the configuration of endpoints.
const ServiceID = "lathe:ServiceID"

// ServiceAPIVersion is the version of the API that the client speaks.
const ServiceAPIVersion = "lathe:APIVersion"

// Client calls the service. It may be used by several goroutines at once.
type Client struct {
	options  Options
	settings *transport.Settings
	//lathe:if pages
	// paging are the settings of a paginator's calls that have no other options.
	paging *transport.Settings
	//lathe:end
	*clientState
}

// clientState is what calls change. Copies of a client share it: official clients can be
// copied, too.
type clientState struct {
	endpoints transport.EndpointCache
	//lathe:if discovery
	discovered discovery.Cache
	//lathe:end
	//lathe:if sigv4a
	signerV4A sigv4a.Signer
	//lathe:end
	// timeOffset is how far the service's clock is ahead of ours, in nanoseconds.
	timeOffset atomic.Int64
}

// New returns a client with the options, after the functions have changed them.
func New(options Options, optFns ...func(*Options)) *Client {
	options = options.Copy()
	options.setDefaults()
	for _, fn := range optFns {
		fn(&options)
	}
	options.Retryer = transport.LimitAttempts(options.Retryer, options.RetryMaxAttempts)
	//lathe:if retryCode
	options.Retryer = retry.AddWithErrorCodes(options.Retryer, "lathe:RetryCode")
	//lathe:end
	options.Credentials = transport.SigningCredentials(options.Credentials)
	//lathe:if dualStack
	options.EndpointOptions.setDualStack(options.UseDualstack)
	//lathe:end
	//lathe:if hooks
	options.completeHooks()
	//lathe:end
	c := &Client{options: options, clientState: new(clientState)}
	//lathe:if sessions
	c.options.useSessions(c)
	//lathe:end
	c.settings = c.newSettings(&c.options)
	//lathe:if pages
	paging := c.options.Copy()
	addIsPaginatorUserAgent(&paging)
	c.paging = c.newSettings(&paging)
	//lathe:end
	return c
}

// setDefaults sets the options that a client needs and the caller has left out.
func (o *Options) setDefaults() {
	o.defaultsMode = transport.ResolveDefaultsMode(o.DefaultsMode, o.Region, o.RuntimeEnvironment)
	if o.Retryer == nil {
		o.RetryMode = transport.ResolveRetryMode(o.RetryMode, o.defaultsMode)
		//lathe:if quickRetries
		o.Retryer = transport.NewRetryer(o.RetryMode, o.RetryMaxAttempts, transport.QuickRetries)
		//lathe:if !quickRetries
		o.Retryer = transport.NewRetryer(o.RetryMode, o.RetryMaxAttempts)
		//lathe:end
	}
	o.HTTPClient = transport.NewHTTPClient(o.HTTPClient, o.defaultsMode)
	if o.Logger == nil {
		o.Logger = logging.Nop{}
	}
	if o.HTTPSignerV4 == nil {
		o.HTTPSignerV4 = new(sigv4.Signer)
	}
	if o.IdempotencyTokenProvider == nil {
		o.IdempotencyTokenProvider = transport.NewIdempotencyTokens()
	}
	//lathe:if discovery
	o.EndpointDiscovery.setDefault()
	//lathe:end
	if o.EndpointResolverV2 == nil {
		o.EndpointResolverV2 = NewDefaultEndpointResolverV2()
	}
	//lathe:if tokenVariable
	o.findToken()
	//lathe:end
	//lathe:if hooks
	o.setHooks()
	//lathe:end
}

// Options returns a copy of the client's options.
func (c *Client) Options() Options {
	return c.options.Copy()
}

// settingsFor returns the client's settings, or those of a call with option functions.
func (c *Client) settingsFor(optFns []func(*Options)) *transport.Settings {
	if len(optFns) == 0 {
		return c.settings
	}
	//lathe:if pages
	if len(optFns) == 1 && isPaging(optFns[0]) {
		return c.paging
	}
	//lathe:end
	options := c.options.Copy()
	for _, fn := range optFns {
		fn(&options)
	}
	if options.RetryMaxAttempts != c.options.RetryMaxAttempts {
		options.Retryer = transport.LimitAttempts(options.Retryer, options.RetryMaxAttempts)
	}
	//lathe:if dualStack
	options.EndpointOptions.setDualStack(options.UseDualstack)
	//lathe:end
	//lathe:if hooks
	options.setHooks()
	options.completeHooks()
	//lathe:end
	//lathe:if sessions
	options.useSessions(c)
	//lathe:end
	return c.newSettings(&options)
}

// userAgent describes the client, for the User-Agent header of its calls.
func (o *Options) userAgent() transport.UserAgent {
	return transport.UserAgent{
		API:         "lathe:AgentName",
		Version:     ServiceAPIVersion,
		AppID:       o.AppID,
		Retryer:     o.Retryer,
		Credentials: o.Credentials,
		//lathe:if account
		AccountIDEndpointMode: o.AccountIDEndpointMode,
		//lathe:end
		//lathe:if tokenVariable
		TokenFromVariable: o.tokenFromVariable,
		//lathe:end
		//lathe:if cbor
		CBOR: true,
		//lathe:end
		//lathe:if pages
		Paginates: o.paginates,
		//lathe:end
		//lathe:if waiters
		Waits: o.waits,
		//lathe:end
	}
}

// newSettings returns the settings of calls with these options.
func (c *Client) newSettings(o *Options) *transport.Settings {
	agent := o.userAgent()
	settings := transport.NewSettings(&transport.Settings{
		//lathe:if !hooks
		Refused: c.options.refused,
		//lathe:end
		ServiceID:   ServiceID,
		SigningName: "lathe:SigningName",
		ErrorInfo:   jsoncodec.ErrorInfo,
		//lathe:if errorRequestID
		ErrorRequestID: errorRequestID,
		//lathe:end
		Region:     o.Region,
		HTTPClient: o.HTTPClient,
		ResolveEndpoint: func(ctx context.Context, account string, in any) (*transport.Endpoint, error) {
			return c.resolveEndpoint(ctx, o, account, in)
		},
		Credentials: o.Credentials,
		//lathe:if schemes
		Schemes: []transport.AuthScheme{
			//lathe:if bearer
			&transport.BearerScheme{Tokens: o.BearerAuthTokenProvider, Signer: o.BearerAuthSigner},
			//lathe:if sessions
			sessions.Scheme(o.identifySession, o.HTTPSignerV4),
			//lathe:if sigv4a
			c.signerV4A.Scheme(o.Credentials),
			//lathe:if schemes
		},
		//lathe:end
		//lathe:if endpointAuth
		ChooseScheme: transport.ByEndpoint,
		//lathe:end
		AuthPreference:    o.AuthSchemePreference,
		Signer:            o.HTTPSignerV4,
		Retryer:           o.Retryer,
		IdempotencyTokens: o.IdempotencyTokenProvider,
		Logger:            o.Logger,
		LogMode:           o.ClientLogMode,
		//lathe:if compression
		CompressFrom: transport.CompressFrom(o.DisableRequestCompression, o.RequestMinCompressSizeBytes),
		//lathe:end
		//lathe:if hashHeader
		SendPayloadHash: true,
		//lathe:end
		//lathe:if messages
		SkipMessageChecksums: o.DisableMessageChecksumValidation,
		//lathe:end
		TimeOffset:                 &c.timeOffset,
		DisableHTTPS:               o.EndpointOptions.DisableHTTPS,
		DisableClockSkewCorrection: o.DisableClockSkewCorrection,
	})
	//lathe:if checksum
	o.setChecksums(settings)
	//lathe:end
	//lathe:if hostIDs
	setHostIDs(settings, errorHostID, settings.ErrorRequestID)
	//lathe:end
	//lathe:if objects
	o.setObjects(settings, isErrorBody)
	//lathe:end
	//lathe:if checkedBodies
	bodies := checkedbody.Options{SkipChecksum: o.DisableValidateResponseChecksum, Gzip: o.EnableAcceptEncodingGzip}
	settings.AcceptEncoding, settings.Receive = bodies.AcceptEncoding(), bodies.Receive
	//lathe:end
	//lathe:if discovery
	settings.Discover = c.discover(o)
	//lathe:end
	//lathe:if readTimeout
	settings.Receive = readtimeout.Receive
	//lathe:end
	//lathe:if hooks
	if o.isHooked() { // the stack has a middleware for the User-Agent header
		settings.Hooked = o.newStack(agent)
		return settings
	}
	//lathe:end
	settings.UserAgent = agent.String()
	return settings
}

//lathe:if discovery

// discover returns what asks the service itself for the endpoints of calls.
func (c *Client) discover(o *Options) transport.Discover {
	_, usual := o.EndpointResolverV2.(*resolver)
	return c.discovered.Discover(discovery.Options{
		State:  o.EndpointDiscovery.EnableEndpointDiscovery,
		Custom: o.BaseEndpoint != nil || !usual,
		Region: o.Region,
		Find:   func(ctx context.Context) ([]discovery.Address, error) { return c.findAddresses(ctx, o) },
	})
}

//lathe:end

// noSmithyDocumentSerde marks types that no document may hold.
type noSmithyDocumentSerde = smithydocument.NoSerde
