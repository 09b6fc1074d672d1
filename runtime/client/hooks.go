package client

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	//lathe:if sessions
	"example.com/lathe/runtime/sessions"
	//lathe:end
	"example.com/lathe/runtime/stack"
	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	smithyauth "github.com/aws/smithy-go/auth"
	"github.com/aws/smithy-go/metrics"
	"github.com/aws/smithy-go/middleware"
	"github.com/aws/smithy-go/tracing"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// This file is for calls that somebody hooks into. A lean client does not have it.

// WithAPIOptions returns an option that adds to the APIOptions.
func WithAPIOptions(optFns ...func(*middleware.Stack) error) func(*Options) {
	return func(o *Options) {
		o.APIOptions = append(o.APIOptions, optFns...)
	}
}

// WithSigV4SigningName returns an option that signs for a service of that name, whatever
// the authentication scheme and the endpoint say.
func WithSigV4SigningName(name string) func(*Options) {
	return withSigning("withSigV4SigningName", func(ctx context.Context) context.Context {
		return awsmiddleware.SetSigningName(ctx, name)
	})
}

// WithSigV4SigningRegion returns an option that signs for that region, whatever the
// authentication scheme and the endpoint say.
func WithSigV4SigningRegion(region string) func(*Options) {
	return withSigning("withSigV4SigningRegion", func(ctx context.Context) context.Context {
		return awsmiddleware.SetSigningRegion(ctx, region)
	})
}

//lathe:if sigv4a

// WithSigV4ASigningRegions returns an option that has signatures for several regions count
// in these.
func WithSigV4ASigningRegions(regions []string) func(*Options) {
	return WithAPIOptions(stack.SignForRegions(regions))
}

//lathe:end

// withSigning adds a middleware that changes the context of calls.
func withSigning(id string, set func(context.Context) context.Context) func(*Options) {
	change := middleware.InitializeMiddlewareFunc(id, func(
		ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
	) (middleware.InitializeOutput, middleware.Metadata, error) {
		return next.HandleInitialize(set(ctx), in)
	})
	return WithAPIOptions(func(s *middleware.Stack) error { return s.Initialize.Add(change, middleware.Before) })
}

// setHooks sets the hooks that the caller has left out.
func (o *Options) setHooks() {
	if o.TracerProvider == nil {
		o.TracerProvider = &tracing.NopTracerProvider{}
	}
	if o.MeterProvider == nil {
		o.MeterProvider = metrics.NopMeterProvider{}
	}
	if o.AuthSchemeResolver == nil {
		o.AuthSchemeResolver = &defaultAuthSchemeResolver{}
	}
}

// completeHooks completes the authentication schemes when all functions have changed the
// options.
func (o *Options) completeHooks() {
	if r, ok := o.AuthSchemeResolver.(*defaultAuthSchemeResolver); ok && !r.anonymous {
		o.AuthSchemeResolver = &defaultAuthSchemeResolver{anonymous: true}
	}
	if o.AuthSchemes == nil {
		o.AuthSchemes = defaultAuthSchemes()
	}
}

// defaultAuthSchemes are those that the operations take.
func defaultAuthSchemes() []smithyhttp.AuthScheme {
	return []smithyhttp.AuthScheme{
		stack.SigV4,
		//lathe:if sessions
		stack.Scheme(sessions.SchemeID),
		//lathe:end
		//lathe:if sigv4a
		stack.Scheme(smithyauth.SchemeIDSigV4A),
		//lathe:end
		//lathe:if bearer
		stack.Bearer,
		//lathe:end
	}
}

// isHooked reports whether calls must run in a middleware stack: somebody may look at
// what happens in them.
func (o *Options) isHooked() bool {
	_, modelled := o.AuthSchemeResolver.(*defaultAuthSchemeResolver)
	return len(o.APIOptions) > 0 || stack.HasInterceptors(&o.Interceptors) ||
		stack.Observes(o.TracerProvider, o.MeterProvider) ||
		o.EndpointResolver != nil || !modelled || !slices.Equal(o.AuthSchemes, defaultAuthSchemes())
}

// newStack returns what runs calls in a middleware stack.
func (o *Options) newStack(agent transport.UserAgent) transport.Hooked {
	//lathe:if endpointAuth
	_, modelled := o.AuthSchemeResolver.(*defaultAuthSchemeResolver)
	//lathe:end
	return stack.New(&stack.Options{
		APIOptions: o.APIOptions, Interceptors: o.Interceptors, Tracer: o.TracerProvider, Meter: o.MeterProvider,
		Agent: agent,
		ResolveAuth: func(ctx context.Context, operation string) ([]*smithyauth.Option, error) {
			return o.AuthSchemeResolver.ResolveAuthSchemes(ctx, &AuthResolverParameters{Operation: operation, Region: o.Region})
		},
		AuthSchemes: o.AuthSchemes, Identities: o,
		OthersIdentities: func() smithyauth.IdentityResolverOptions { return *o },
		//lathe:if endpointAuth
		EndpointAuth: modelled,
		//lathe:end
		LegacyEndpoint:     o.legacyEndpoint(),
		UsesLegacyEndpoint: o.EndpointResolver != nil,
	})
}

// AuthResolverParameters are what the authentication schemes of a call depend on.
type AuthResolverParameters struct {
	// Operation is the name of the operation.
	Operation string

	// Region is the region that the operation is called in.
	Region string
}

// AuthSchemeResolver returns the authentication schemes of an operation, preferred first.
type AuthSchemeResolver interface {
	ResolveAuthSchemes(context.Context, *AuthResolverParameters) ([]*smithyauth.Option, error)
}

// defaultAuthSchemeResolver returns the schemes of the model, and last, where it is the
// client's own, none.
type defaultAuthSchemeResolver struct{ anonymous bool }

// ResolveAuthSchemes returns the schemes.
func (r *defaultAuthSchemeResolver) ResolveAuthSchemes(
	_ context.Context, params *AuthResolverParameters,
) ([]*smithyauth.Option, error) {
	ids := operationAuth(params.Operation)
	options := make([]*smithyauth.Option, 0, len(ids)+1)
	for _, id := range ids {
		option := &smithyauth.Option{SchemeID: id}
		if id == smithyauth.SchemeIDSigV4 {
			smithyhttp.SetSigV4SigningName(&option.SignerProperties, "lathe:SigningName")
			smithyhttp.SetSigV4SigningRegion(&option.SignerProperties, params.Region)
		}
		//lathe:if sigv4a
		if id == smithyauth.SchemeIDSigV4A {
			smithyhttp.SetSigV4ASigningName(&option.SignerProperties, "lathe:SigningName")
			smithyhttp.SetSigV4ASigningRegions(&option.SignerProperties, []string{params.Region})
		}
		//lathe:end
		options = append(options, option)
	}
	if r.anonymous {
		options = append(options, &smithyauth.Option{SchemeID: smithyauth.SchemeIDAnonymous})
	}
	return options, nil
}

//lathe:insert OperationAuth

// GetIdentityResolver returns the resolver of the identity that signs by a scheme; nil if
// there is none.
func (o Options) GetIdentityResolver(schemeID string) smithyauth.IdentityResolver {
	switch schemeID {
	case smithyauth.SchemeIDSigV4:
		return stack.CredentialsResolver(o.Credentials)
	//lathe:if sessions
	case sessions.SchemeID:
		return stack.InputResolver(o.identifySession)
	//lathe:end
	//lathe:if sigv4a
	case smithyauth.SchemeIDSigV4A:
		return stack.CredentialsResolver(o.Credentials)
	//lathe:end
	//lathe:if bearer
	case smithyauth.SchemeIDHTTPBearer:
		return stack.TokenResolver(o.BearerAuthTokenProvider)
	//lathe:end
	case smithyauth.SchemeIDAnonymous:
		return &smithyauth.AnonymousIdentityResolver{}
	default:
		return nil
	}
}

// EndpointResolver finds the endpoint of a region, without the rules of the service. An
// *aws.EndpointNotFoundError leaves it to EndpointResolverV2.
type EndpointResolver interface {
	ResolveEndpoint(region string, options EndpointResolverOptions) (aws.Endpoint, error)
}

// EndpointResolverFunc is a function as an EndpointResolver.
type EndpointResolverFunc func(region string, options EndpointResolverOptions) (aws.Endpoint, error)

// ResolveEndpoint calls the function.
func (fn EndpointResolverFunc) ResolveEndpoint(region string, options EndpointResolverOptions) (aws.Endpoint, error) {
	return fn(region, options)
}

// EndpointResolverFromURL returns an EndpointResolver of one URL, for all regions. The
// functions may change what else it returns.
func EndpointResolverFromURL(url string, optFns ...func(*aws.Endpoint)) EndpointResolver {
	endpoint := aws.Endpoint{URL: url, Source: aws.EndpointSourceCustom}
	for _, fn := range optFns {
		fn(&endpoint)
	}
	return EndpointResolverFunc(func(region string, _ EndpointResolverOptions) (aws.Endpoint, error) {
		found := endpoint
		if found.SigningRegion == "" {
			found.SigningRegion = region
		}
		return found, nil
	})
}

// NewDefaultEndpointResolver returns an EndpointResolver that follows the rules of the
// service's model.
func NewDefaultEndpointResolver() EndpointResolver {
	return EndpointResolverFunc(func(region string, options EndpointResolverOptions) (aws.Endpoint, error) {
		if region == "" {
			return aws.Endpoint{}, &aws.MissingRegionError{}
		}
		if options.ResolvedRegion != "" {
			region = options.ResolvedRegion
		}
		found, err := findEndpoint(context.Background(), endpointCall{options: &Options{
			Region: region, EndpointOptions: options, EndpointResolverV2: NewDefaultEndpointResolverV2(),
		}})
		if err != nil {
			return aws.Endpoint{}, err
		}
		endpoint := aws.Endpoint{URL: found.URL.String(), SigningName: found.SigningName, SigningRegion: found.SigningRegion}
		if endpoint.SigningRegion == "" {
			endpoint.SigningRegion = region
		}
		if options.DisableHTTPS {
			endpoint.URL = "http" + strings.TrimPrefix(endpoint.URL, "https")
		}
		return endpoint, nil
	})
}

// WithEndpointResolver returns an option that sets the EndpointResolver.
//
// Deprecated: resolvers of this kind don't know the rules of the service. Set BaseEndpoint
// or use WithEndpointResolverV2.
func WithEndpointResolver(v EndpointResolver) func(*Options) {
	return func(o *Options) {
		o.EndpointResolver = v
	}
}

// withEndpointResolver returns the resolver of a configuration, of which the second kind
// goes first; nil for none.
func withEndpointResolver(first aws.EndpointResolver, second aws.EndpointResolverWithOptions) EndpointResolver {
	switch {
	case second != nil:
		return EndpointResolverFunc(func(region string, options EndpointResolverOptions) (aws.Endpoint, error) {
			return second.ResolveEndpoint(ServiceID, region, options)
		})
	case first != nil:
		return EndpointResolverFunc(func(region string, _ EndpointResolverOptions) (aws.Endpoint, error) {
			return first.ResolveEndpoint(ServiceID, region)
		})
	default:
		return nil
	}
}

// legacyEndpointOptions are the options as an EndpointResolver gets them: a pseudo-region
// such as fips-us-east-1 asks for FIPS.
func (o *Options) legacyEndpointOptions() EndpointResolverOptions {
	options := o.EndpointOptions
	options.LogDeprecated = o.ClientLogMode.IsDeprecatedUsage()
	if !strings.Contains(o.Region, "fips") {
		return options
	}
	region := strings.NewReplacer("-fips-", "-", "fips-", "", "-fips", "").Replace(o.Region)
	if options.ResolvedRegion == "" && region != o.Region {
		options.ResolvedRegion = region
		options.UseFIPSEndpoint = aws.FIPSEndpointStateEnabled
	}
	return options
}

// legacyEndpoint returns what asks an EndpointResolver for the endpoints of calls.
func (o *Options) legacyEndpoint() *ResolveEndpoint {
	return &ResolveEndpoint{
		Resolver: o.EndpointResolver,
		Options:  o.legacyEndpointOptions(),
		//lathe:if pathStyle
		pathStyle: o.UsePathStyle,
		//lathe:end
		//lathe:if accelerate
		accelerates: o.UseAccelerate,
		//lathe:end
	}
}

// ResolveEndpoint is the middleware that asks an EndpointResolver, where calls have one.
type ResolveEndpoint struct {
	Resolver EndpointResolver
	Options  EndpointResolverOptions
	//lathe:if objects
	// pathStyle puts buckets into paths.
	pathStyle bool
	//lathe:end
	//lathe:if accelerate
	// accelerates: calls go to endpoints that only the rules know.
	accelerates bool
	//lathe:end
}

// ID is the middleware's name.
func (*ResolveEndpoint) ID() string { return "ResolveEndpoint" }

// HandleSerialize sends the call to the endpoint that the resolver returns.
func (m *ResolveEndpoint) HandleSerialize(
	ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler,
) (out middleware.SerializeOutput, metadata middleware.Metadata, err error) {
	if !awsmiddleware.GetRequiresLegacyEndpoints(ctx) {
		return next.HandleSerialize(ctx, in)
	}
	request, ok := in.Request.(*smithyhttp.Request)
	if !ok {
		return out, metadata, fmt.Errorf("unknown transport type %T", in.Request)
	}
	if m.Resolver == nil {
		return out, metadata, errors.New("expected endpoint resolver to not be nil")
	}
	options := m.Options
	options.Logger = middleware.GetLogger(ctx)
	endpoint, err := m.Resolver.ResolveEndpoint(awsmiddleware.GetRegion(ctx), options)
	if unknown := new(aws.EndpointNotFoundError); errors.As(err, &unknown) {
		return next.HandleSerialize(awsmiddleware.SetRequiresLegacyEndpoints(ctx, false), in)
	}
	if err != nil {
		return out, metadata, fmt.Errorf("failed to resolve service endpoint, %w", err)
	}
	if request.URL, err = url.Parse(endpoint.URL); err != nil {
		return out, metadata, fmt.Errorf("failed to parse endpoint URL: %w", err)
	}
	//lathe:if accelerate
	if m.accelerates && bucketOf(in.Parameters) != "" {
		return out, metadata, errNeedsRules
	}
	//lathe:end
	//lathe:if rulesOnly
	if needsRules(in.Parameters) {
		return out, metadata, errNeedsRules
	}
	//lathe:end
	//lathe:if objects
	addBucket(request.URL, in.Parameters, m.pathStyle || endpoint.HostnameImmutable)
	//lathe:end
	return next.HandleSerialize(withLegacyEndpoint(ctx, endpoint), in)
}

// withLegacyEndpoint puts into the context what the endpoint has beside its URL.
func withLegacyEndpoint(ctx context.Context, endpoint aws.Endpoint) context.Context {
	if awsmiddleware.GetSigningName(ctx) == "" {
		name := endpoint.SigningName
		if name == "" {
			name = "lathe:SigningName"
		}
		ctx = awsmiddleware.SetSigningName(ctx, name)
	}
	ctx = awsmiddleware.SetEndpointSource(ctx, endpoint.Source)
	ctx = smithyhttp.SetHostnameImmutable(ctx, endpoint.HostnameImmutable)
	ctx = awsmiddleware.SetSigningRegion(ctx, endpoint.SigningRegion)
	return awsmiddleware.SetPartitionID(ctx, endpoint.PartitionID)
}
