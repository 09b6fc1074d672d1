package client

import (
	"context"
	"slices"

	"example.com/lathe/runtime/stack"
	"example.com/lathe/runtime/transport"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	smithyauth "github.com/aws/smithy-go/auth"
	"github.com/aws/smithy-go/metrics"
	"github.com/aws/smithy-go/middleware"
	"github.com/aws/smithy-go/tracing"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

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

// withSigning adds a middleware that changes the context of calls.
func withSigning(id string, set func(context.Context) context.Context) func(*Options) {
	change := middleware.InitializeMiddlewareFunc(id, func(
		ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
	) (middleware.InitializeOutput, middleware.Metadata, error) {
		return next.HandleInitialize(set(ctx), in)
	})
	return WithAPIOptions(func(s *middleware.Stack) error { return s.Initialize.Add(change, middleware.Before) })
}

// setHooks fills the hooks that were left out.
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

// completeHooks does what comes after the functions have changed the options.
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
		//lathe:if bearer
		stack.Bearer,
		//lathe:end
	}
}

// isHooked reports whether calls must run in a middleware stack: somebody may look at
// what happens in them.
func (o *Options) isHooked() bool {
	_, modelled := o.AuthSchemeResolver.(*defaultAuthSchemeResolver)
	return len(o.APIOptions) > 0 || stack.HasInterceptors(&o.Interceptors) || stack.Observes(o.TracerProvider, o.MeterProvider) ||
		o.EndpointResolver != nil || !modelled || !slices.Equal(o.AuthSchemes, defaultAuthSchemes())
}

// newStack returns what runs calls in a middleware stack.
func (o *Options) newStack(agent transport.UserAgent) transport.Hooked {
	return stack.New(stack.Options{
		APIOptions: o.APIOptions, Interceptors: o.Interceptors, Tracer: o.TracerProvider, Meter: o.MeterProvider,
		Agent: agent,
		ResolveAuth: func(ctx context.Context, operation string) ([]*smithyauth.Option, error) {
			return o.AuthSchemeResolver.ResolveAuthSchemes(ctx, &AuthResolverParameters{Operation: operation, Region: o.Region})
		},
		AuthSchemes: o.AuthSchemes, Identities: *o,
		LegacyEndpoint:     &ResolveEndpoint{Resolver: o.EndpointResolver, Options: o.legacyEndpointOptions()},
		UsesLegacyEndpoint: o.EndpointResolver != nil,
	})
}
