package stack

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/lathe/runtime/transport"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/protocol/query"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	smithyauth "github.com/aws/smithy-go/auth"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Conversion makes of the stack of a call one that does something else.
type Conversion func(*middleware.Stack, *transport.Steps) error

// convert makes of the stack what presigning wants.
func (r *run) convert(s *middleware.Stack) error {
	convert, ok := r.Presigning.Convert.(Conversion)
	if !ok {
		return fmt.Errorf("%T converts no middleware stack", r.Presigning.Convert)
	}
	return convert(s, r.Steps)
}

// Presign makes of the stack of a call one that presigns its request: nothing names the
// client or counts attempts, and nothing is sent.
func Presign(s *middleware.Stack, steps *transport.Steps) error {
	for _, id := range []string{"Retry", "RetryMetricsHeader", "RetryCause", "spanRetryLoop", "AddTimeOffsetMiddleware"} {
		if _, ok := s.Finalize.Get(id); ok {
			_, _ = s.Finalize.Remove(id)
		}
	}
	s.Deserialize.Clear()
	p := &presigner{steps}
	_, swapErr := s.Finalize.Swap("Signing", middleware.FinalizeMiddlewareFunc("PresignHTTPRequest", p.presign))
	_, idErr := s.Build.Remove((*awsmiddleware.ClientRequestID)(nil).ID())
	_, agentErr := s.Build.Remove("UserAgent")
	return errors.Join(
		idErr, agentErr, swapErr,
		s.Finalize.Insert(middleware.FinalizeMiddlewareFunc("presignContextPolyfill", nameSigning),
			"PresignHTTPRequest", before),
		p.convertRequest(s),
	)
}

type presigner struct{ *transport.Steps }

// convertRequest adds what changes the request before it is presigned.
func (p *presigner) convertRequest(s *middleware.Stack) error {
	err := errors.Join(
		s.Build.Add(middleware.BuildMiddlewareFunc("PresignParameters", p.addParameters), after),
		awshttp.RemoveContentTypeHeader(s),
	)
	if p.Presigning.Form {
		err = errors.Join(err, query.AddAsGetRequestMiddleware(s))
	}
	if _, ok := s.Finalize.Get(inputChecksum); ok {
		_, swapErr := s.Finalize.Swap(inputChecksum, middleware.FinalizeMiddlewareFunc(inputChecksum, placeInHeader))
		err = errors.Join(err, swapErr)
	}
	if p.Presigning.UnsignedPayload {
		_ = v4.RemoveContentSHA256HeaderMiddleware(s) // which is not always there
		err = errors.Join(err, v4.RemoveComputePayloadSHA256Middleware(s), v4.AddUnsignedPayloadMiddleware(s))
	}
	return err
}

// addParameters adds to the query what presigning wants there.
func (p *presigner) addParameters(ctx context.Context, in middleware.BuildInput, next middleware.BuildHandler) (
	out middleware.BuildOutput, metadata middleware.Metadata, err error,
) {
	request, err := requestOf(in.Request)
	if err != nil {
		return out, metadata, err
	}
	request.URL.RawQuery = p.Presigning.Query(request.URL.RawQuery)
	return next.HandleBuild(ctx, in)
}

// nameSigning puts into the context what the request is signed for, where published
// middlewares look for it.
func nameSigning(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	out middleware.FinalizeOutput, metadata middleware.Metadata, err error,
) {
	by, err := schemeOf(ctx)
	if err != nil {
		return out, metadata, err
	}
	if name, ok := smithyhttp.GetSigV4SigningName(&by.forSign); ok {
		ctx = awsmiddleware.SetSigningName(ctx, name)
	}
	if region, ok := smithyhttp.GetSigV4SigningRegion(&by.forSign); ok {
		ctx = awsmiddleware.SetSigningRegion(ctx, region)
	}
	return next.HandleFinalize(ctx, in)
}

func (p *presigner) presign(ctx context.Context, in middleware.FinalizeInput, _ middleware.FinalizeHandler) (
	out middleware.FinalizeOutput, metadata middleware.Metadata, err error,
) {
	request, err := requestOf(in.Request)
	if err != nil {
		return out, metadata, err
	}
	by, err := schemeOf(ctx)
	if err != nil {
		return out, metadata, err
	}
	id := by.scheme.SchemeID()
	who, ok := by.identity.(*credentials)
	if !ok {
		id, who = smithyauth.SchemeIDAnonymous, &credentials{} // as official clients have it
	}
	with := &transport.Signature{Credentials: who.Credentials, PayloadHash: v4.GetPayloadHash(ctx), At: time.Now()}
	with.Take(&by.forSign)
	with.Name, with.Region = awsmiddleware.GetSigningName(ctx), awsmiddleware.GetSigningRegion(ctx)
	out.Result, err = p.Presign(ctx, id, request.Build(ctx), with)
	return out, metadata, err
}
