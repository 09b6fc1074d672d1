// Package stack runs the calls of a client inside a smithy middleware stack, for callers
// who hook into them: with middlewares of their own, interceptors, tracers, meters or
// authentication schemes.
//
// The stack has the steps, the order and the ids of the official clients' stacks, so that
// published middlewares find their place in it. Where the SDK's core has a middleware for
// a step it is that one; the others here run the functions of package transport that a
// call without hooks runs flat.
package stack

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"example.com/lathe/runtime/transport"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go"
	smithyauth "github.com/aws/smithy-go/auth"
	"github.com/aws/smithy-go/metrics"
	"github.com/aws/smithy-go/middleware"
	"github.com/aws/smithy-go/tracing"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Options are what a client's options add to its settings where calls run in a stack.
type Options struct {
	// APIOptions change the stack of each call.
	APIOptions []func(*middleware.Stack) error
	// Interceptors are called on the way of a call.
	Interceptors smithyhttp.InterceptorRegistry
	// Tracer and Meter must not be nil.
	Tracer tracing.TracerProvider
	Meter  metrics.MeterProvider
	// Agent describes the client in the User-Agent header.
	Agent transport.UserAgent
	// ResolveAuth returns the authentication schemes of an operation, preferred first.
	ResolveAuth func(ctx context.Context, operation string) ([]*smithyauth.Option, error)
	// AuthSchemes are those that the client can serve.
	AuthSchemes []smithyhttp.AuthScheme
	// EndpointAuth lets the endpoint of a call choose among the schemes.
	EndpointAuth bool
	// Identities are what schemes sign with: those of the client, and, as the official
	// client hands them over, all others.
	Identities       smithyauth.IdentityResolverOptions
	OthersIdentities func() smithyauth.IdentityResolverOptions
	// LegacyEndpoint takes the URL of each call from an endpoint resolver of the first
	// kind, if UsesLegacyEndpoint is set.
	LegacyEndpoint     middleware.SerializeMiddleware
	UsesLegacyEndpoint bool
}

// New returns what runs calls inside a stack, for [transport.Settings].
func New(o *Options) transport.Hooked {
	scope := "github.com/aws/aws-sdk-go-v2/service/" + o.Agent.API
	return func(ctx context.Context, steps *transport.Steps) (any, middleware.Metadata, error) {
		r := &run{Options: o, Steps: steps, scope: scope}
		if !steps.Settings.DisableClockSkewCorrection {
			r.skew.Store(steps.Settings.TimeOffset.Load())
		}
		return r.call(ctx)
	}
}

// run is one call. Its middlewares are types that hold it in a field: each that embedded it
// would have all its methods once more, which takes a compiler as long as the rest of the
// package.
type run struct {
	*Options
	*transport.Steps

	// scope is the name by which tracers and meters know the client: that of the official
	// package.
	scope string
	// instruments measure the call; nil for nobody.
	instruments *instruments
	// agent writes the header that describes the client.
	agent *awsmiddleware.RequestUserAgent
	// skew is what the signing time of the next attempt is corrected by, in nanoseconds.
	skew atomic.Int64
	// attempts counts those that were made.
	attempts atomic.Int32
	// cause is the last one's error.
	cause atomic.Pointer[error]
}

// call builds the stack and sends the input through it. An error of the stack's making is
// the caller's as it stands; one of the call names the operation.
func (r *run) call(ctx context.Context) (any, middleware.Metadata, error) {
	stack := middleware.NewStack(r.Info.Name, smithyhttp.NewStackRequest)
	if err := r.build(stack); err != nil {
		return nil, middleware.Metadata{}, err
	}
	if r.Presigning != nil {
		if err := r.convert(stack); err != nil {
			return nil, middleware.Metadata{}, err
		}
	}
	for _, change := range r.APIOptions {
		if err := change(stack); err != nil {
			return nil, middleware.Metadata{}, err
		}
	}
	ctx = middleware.ClearStackValues(ctx)
	ctx = middleware.WithServiceID(ctx, r.Settings.ServiceID)
	ctx = middleware.WithOperationName(ctx, r.Info.Name)
	if err := r.makeInstruments(); err != nil {
		return nil, middleware.Metadata{}, err
	}
	tracer := r.Tracer.Tracer(r.scope)
	ctx, span := tracer.StartSpan(
		tracing.WithOperationTracer(ctx, tracer), r.Settings.ServiceID+"."+r.Info.Name, r.describeSpan)
	defer span.End()
	defer r.startTimer(ctx, callDuration, nil)()
	handler := smithyhttp.NewClientHandlerWithOptions(r.Settings.HTTPClient, func(o *smithyhttp.ClientHandler) {
		o.Meter = r.Meter.Meter(r.scope)
	})
	out, metadata, err := middleware.DecorateHandler(handler, stack).Handle(ctx, r.In)
	endSpan(span, err)
	if err != nil {
		return nil, metadata, r.Error(err)
	}
	return out, metadata, nil
}

// Observes reports whether a tracer or a meter looks at calls.
func Observes(tracer tracing.TracerProvider, meter metrics.MeterProvider) bool {
	_, untraced := tracer.(*tracing.NopTracerProvider)
	_, unmetered := meter.(metrics.NopMeterProvider)
	return !untraced || !unmetered
}

func (r *run) describeSpan(o *tracing.SpanOptions) {
	o.Kind = tracing.SpanKindClient
	o.Properties.Set("rpc.system", "aws-api")
	o.Properties.Set("rpc.method", r.Info.Name)
	o.Properties.Set("rpc.service", r.Settings.ServiceID)
}

// endSpan records how the call ended, in the order of the official clients.
func endSpan(span tracing.Span, err error) {
	status := tracing.SpanStatusOK
	if err != nil {
		status = tracing.SpanStatusError
		describeFailure(span, err)
	}
	span.SetProperty("error", err != nil)
	span.SetStatus(status)
}

func describeFailure(span tracing.Span, err error) {
	span.SetProperty("exception.type", fmt.Sprintf("%T", err))
	span.SetProperty("exception.message", err.Error())
	if failure := smithy.APIError(nil); errors.As(err, &failure) {
		span.SetProperty("api.error_code", failure.ErrorCode())
		span.SetProperty("api.error_message", failure.ErrorMessage())
		span.SetProperty("api.error_fault", failure.ErrorFault().String())
	}
}
