package stack

import (
	"context"
	"errors"
	"fmt"

	"example.com/lathe/runtime/transport"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	"github.com/aws/smithy-go/tracing"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

type legacyStep struct{ run *run }

func (legacyStep) ID() string { return "legacyEndpointContextSetter" }

func (step legacyStep) HandleInitialize(
	ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
) (middleware.InitializeOutput, middleware.Metadata, error) {
	r := step.run
	if r.UsesLegacyEndpoint {
		ctx = awsmiddleware.SetRequiresLegacyEndpoints(ctx, true)
	}
	return next.HandleInitialize(ctx, in)
}

type fillStep struct{ run *run }

func (fillStep) ID() string { return "OperationIdempotencyTokenAutoFill" }

func (step fillStep) HandleInitialize(
	ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
) (out middleware.InitializeOutput, metadata middleware.Metadata, err error) {
	r := step.run
	if in.Parameters, err = r.Fill(in.Parameters); err != nil {
		return out, metadata, err
	}
	return next.HandleInitialize(ctx, in)
}

type validateStep struct{ run *run }

func (validateStep) ID() string { return "OperationInputValidation" }

func (step validateStep) HandleInitialize(
	ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
) (out middleware.InitializeOutput, metadata middleware.Metadata, err error) {
	r := step.run
	if err = r.Validate(in.Parameters); err != nil {
		return out, metadata, err
	}
	return next.HandleInitialize(ctx, in)
}

type checkStep struct{ run *run }

func (checkStep) ID() string { return "OperationOutputCheck" }

func (step checkStep) HandleInitialize(
	ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
) (middleware.InitializeOutput, middleware.Metadata, error) {
	r := step.run
	out, metadata, err := next.HandleInitialize(ctx, in)
	if err == nil {
		err = r.Check(in.Parameters, out.Result)
	}
	return out, metadata, err
}

// inputKey and serializedKey are where the steps find what earlier ones have made.
type (
	inputKey      struct{}
	serializedKey struct{}
)

// inputStep keeps the input for the steps to come.
type inputStep struct{}

func (inputStep) ID() string { return "setOperationInput" }

func (inputStep) HandleSerialize(ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler) (
	middleware.SerializeOutput, middleware.Metadata, error,
) {
	return next.HandleSerialize(middleware.WithStackValue(ctx, inputKey{}, in.Parameters), in)
}

type serializeStep struct{ run *run }

func (serializeStep) ID() string { return "OperationSerializer" }

func (step serializeStep) HandleSerialize(
	ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler,
) (out middleware.SerializeOutput, metadata middleware.Metadata, err error) {
	r := step.run
	_, span := tracing.StartSpan(ctx, "OperationSerializer")
	stop := r.startTimer(ctx, serializeDuration, nil)
	request, err := requestOf(in.Request)
	var written *transport.Serialized
	if err == nil {
		written, request, err = r.Serialize(ctx, in.Parameters, request)
	}
	stop()
	span.End()
	if err != nil {
		return out, metadata, err
	}
	if !r.Info.Checksum { // which has a step for it
		count(r.agent, written.Features())
	}
	in.Request = request
	return next.HandleSerialize(middleware.WithStackValue(ctx, serializedKey{}, written), in)
}

// serialized is what the serializer has left; nil if none ran.
func serialized(ctx context.Context) *transport.Serialized {
	written, _ := middleware.GetStackValue(ctx, serializedKey{}).(*transport.Serialized)
	return written
}

func requestOf(request any) (*smithyhttp.Request, error) {
	r, ok := request.(*smithyhttp.Request)
	if !ok {
		return nil, fmt.Errorf("unknown transport type %T", request)
	}
	return r, nil
}

// userAgent is the core's middleware for the header, which knows of the client what its
// settings would say.
func (r *run) userAgent() *awsmiddleware.RequestUserAgent {
	header, agent := awsmiddleware.NewRequestUserAgent(), r.Agent
	header.AddSDKAgentKeyValue(awsmiddleware.APIMetadata, agent.API, agent.Version)
	if agent.AppID != "" {
		header.AddSDKAgentKey(awsmiddleware.ApplicationIdentifier, agent.AppID)
	}
	count(header, agent.Features())
	return header
}

// count adds features to a header; empty ones are none.
func count(header *awsmiddleware.RequestUserAgent, features []string) {
	for _, feature := range features {
		if feature != "" {
			header.AddUserAgentFeature(awsmiddleware.UserAgentFeature(feature))
		}
	}
}

// encodingStep asks for responses in an encoding, so that the HTTP client does not ask for
// compressed ones. It is a step of its own because some stores change the header on its way,
// and whoever calls them removes it.
type encodingStep string

// ID is the name that the official clients have for the encoding.
func (encoding encodingStep) ID() string {
	if encoding == "gzip" {
		return "AcceptEncodingGzip"
	}
	return "DisableAcceptEncodingGzip"
}

func (encoding encodingStep) HandleFinalize(
	ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
) (out middleware.FinalizeOutput, metadata middleware.Metadata, err error) {
	request, err := requestOf(in.Request)
	if err != nil {
		return out, metadata, err
	}
	request.Header.Set("Accept-Encoding", string(encoding))
	return next.HandleFinalize(ctx, in)
}

// openEvents opens the body of each attempt, for one that sends events has no beginning to
// go back to.
func openEvents(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	out middleware.FinalizeOutput, metadata middleware.Metadata, err error,
) {
	request, err := requestOf(in.Request)
	if err == nil {
		err = serialized(ctx).OpenEvents(request.Request)
	}
	if err != nil {
		return out, metadata, err
	}
	return next.HandleFinalize(ctx, in)
}

type logStep struct{}

func (logStep) ID() string { return "RequestResponseLogger" }

func (logStep) HandleDeserialize(
	ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler,
) (middleware.DeserializeOutput, middleware.Metadata, error) {
	if request, ok := in.Request.(*smithyhttp.Request); ok {
		if written := serialized(ctx); written != nil {
			written.LogRequest(ctx, request)
		}
	}
	return next.HandleDeserialize(ctx, in)
}

type deserializeStep struct{ run *run }

func (deserializeStep) ID() string { return "OperationDeserializer" }

func (step deserializeStep) HandleDeserialize(
	ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler,
) (out middleware.DeserializeOutput, metadata middleware.Metadata, err error) {
	r := step.run
	written := serialized(ctx)
	request, err := requestOf(in.Request)
	if err == nil {
		err = written.BeginEvents(ctx, request.Request, r.eventKeys(ctx))
	}
	if err != nil {
		return out, metadata, err
	}
	out, metadata, err = next.HandleDeserialize(ctx, in)
	response, ok := out.RawResponse.(*smithyhttp.Response)
	if err != nil {
		written.EndEvents()
		if ok {
			r.Discard(ctx, response)
		}
		return out, metadata, withoutSecrets(ctx, in, err)
	}
	if !ok {
		return out, metadata, &smithy.DeserializationError{Err: fmt.Errorf("unknown transport type %T", out.RawResponse)}
	}
	_, span := tracing.StartSpan(ctx, "OperationDeserializer")
	defer span.End()
	defer r.startTimer(ctx, deserializeDuration, nil)()
	if out.Result, err = r.Deserialize(ctx, &metadata, written, request.Request, response); err != nil {
		written.EndEvents()
	}
	return out, metadata, err
}

// withoutSecrets hides in an error of the HTTP client what it quotes of sensitive members.
func withoutSecrets(ctx context.Context, in middleware.DeserializeInput, err error) error {
	var sending *smithyhttp.RequestSendError
	request, ok := in.Request.(*smithyhttp.Request)
	if written := serialized(ctx); ok && written != nil && errors.As(err, &sending) {
		sending.Err = written.Discreet(request, sending.Err)
	}
	return err
}

// wrapError puts what is known of the response into the error of an attempt.
func (r *run) wrapError(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (
	middleware.DeserializeOutput, middleware.Metadata, error,
) {
	out, metadata, err := next.HandleDeserialize(ctx, in)
	if response, ok := out.RawResponse.(*smithyhttp.Response); ok && err != nil {
		id, _ := awsmiddleware.GetRequestIDMetadata(metadata)
		answered := &smithyhttp.ResponseError{Response: response, Err: err}
		err = r.Settings.WrapError(&awshttp.ResponseError{ResponseError: answered, RequestID: id}, metadata)
	}
	return out, metadata, err
}

// passOn is a step that others are placed by.
func passOn(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (
	middleware.DeserializeOutput, middleware.Metadata, error,
) {
	return next.HandleDeserialize(ctx, in)
}
