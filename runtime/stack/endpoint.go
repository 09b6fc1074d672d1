package stack

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
	"github.com/aws/smithy-go/tracing"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

type endpointStep struct{ run *run }

func (endpointStep) ID() string { return "ResolveEndpointV2" }

func (step endpointStep) HandleFinalize(
	ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
) (out middleware.FinalizeOutput, metadata middleware.Metadata, err error) {
	r := step.run
	_, span := tracing.StartSpan(ctx, "ResolveEndpoint")
	defer span.End()
	if awsmiddleware.GetRequiresLegacyEndpoints(ctx) {
		return next.HandleFinalize(ctx, in)
	}
	request, err := requestOf(in.Request)
	if err != nil {
		return out, metadata, err
	}
	by, err := schemeOf(ctx)
	if err != nil {
		return out, metadata, err
	}
	who := new(aws.Credentials)
	if c, ok := by.identity.(*credentials); ok {
		who = &c.Credentials
	}
	var id string
	switch by.scheme.(type) {
	case *scheme, Scheme:
		id = by.scheme.SchemeID()
	}
	stop := r.startTimer(ctx, endpointDuration, nil)
	found, err := r.ResolveEndpoint(ctx, middleware.GetStackValue(ctx, inputKey{}), who, id)
	stop()
	if err != nil {
		return out, metadata, err
	}
	if !r.Info.HidesEndpoint() {
		span.SetProperty("client.call.resolved_endpoint", found.URL.String())
	}
	found.Apply(request)
	serialized(ctx).EndPath(request.URL)
	for _, option := range found.AuthOptions {
		by.forSign.SetAll(&option.SignerProperties)
	}
	span.End()
	return next.HandleFinalize(ctx, in)
}

// prefixStep puts the operation's labels before the endpoint's host.
type prefixStep struct{}

func (prefixStep) ID() string { return "EndpointHostPrefix" }

func (prefixStep) HandleFinalize(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	out middleware.FinalizeOutput, metadata middleware.Metadata, err error,
) {
	written := serialized(ctx)
	if !written.HostPrefixed() || smithyhttp.GetHostnameImmutable(ctx) || smithyhttp.IsEndpointHostPrefixDisabled(ctx) {
		return next.HandleFinalize(ctx, in)
	}
	request, err := requestOf(in.Request)
	if err != nil {
		return out, metadata, err
	}
	request.URL.Host = written.PrefixHost(request.URL.Host)
	return next.HandleFinalize(ctx, in)
}

type plainStep struct{ run *run }

func (plainStep) ID() string { return "disableHTTPS" }

func (step plainStep) HandleFinalize(
	ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
) (out middleware.FinalizeOutput, metadata middleware.Metadata, err error) {
	r := step.run
	request, ok := in.Request.(*smithyhttp.Request)
	if !ok {
		return out, metadata, fmt.Errorf("unknown transport type %T", in.Request)
	}
	if r.Settings.DisableHTTPS && !smithyhttp.GetHostnameImmutable(ctx) {
		request.URL.Scheme = "http"
	}
	return next.HandleFinalize(ctx, in)
}
