package stack

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"example.com/lathe/runtime/rest"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// inputChecksum is the id of what places the checksum of a request's body.
const inputChecksum = "AWSChecksum:ComputeInputPayloadChecksum"

// addChecksum adds the steps that a checksum of the request takes. Callers remove them by
// their ids where a service does not understand what is sent.
func (r *run) addChecksum(stack *middleware.Stack) error {
	if !r.Info.Checksum {
		return nil
	}
	s := stack.Finalize
	err := errors.Join(
		stack.Initialize.Add(middleware.InitializeMiddlewareFunc("AWSChecksum:SetupInputContext", wantChecksum), before),
		stack.Build.Insert(featureStep{r}, "UserAgent", before),
		s.Insert(middleware.FinalizeMiddlewareFunc(inputChecksum, placeChecksum), "ResolveEndpointV2", after),
	)
	if r.Info.Trailing {
		err = errors.Join(err, s.Insert(
			middleware.FinalizeMiddlewareFunc("addInputChecksumTrailer", sendTrailer), inputChecksum, after))
	}
	return err
}

// sumsKey and trailsKey are where it stands that a checksum is computed, and that it
// follows the stream.
type (
	sumsKey   struct{}
	trailsKey struct{}
)

// wantChecksum has the checksum computed.
func wantChecksum(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (
	middleware.InitializeOutput, middleware.Metadata, error,
) {
	return next.HandleInitialize(middleware.WithStackValue(ctx, sumsKey{}, true), in)
}

// featureStep counts what the request makes use of.
type featureStep struct{ run *run }

func (featureStep) ID() string { return "AWSChecksum:RequestMetricsTracking" }

func (step featureStep) HandleBuild(ctx context.Context, in middleware.BuildInput, next middleware.BuildHandler) (
	middleware.BuildOutput, middleware.Metadata, error,
) {
	if written := serialized(ctx); written != nil {
		count(step.run.agent, written.Features())
	}
	return next.HandleBuild(ctx, in)
}

// sumOf returns the checksum that a request lacks; nil for none.
func sumOf(ctx context.Context, r *smithyhttp.Request) rest.Sum {
	if wanted, _ := middleware.GetStackValue(ctx, sumsKey{}).(bool); !wanted || hasChecksum(r) {
		return nil
	}
	return serialized(ctx).Sum()
}

// placeChecksum sends the checksum in a header, or decides that it follows the stream where
// TLS protects it.
func placeChecksum(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	out middleware.FinalizeOutput, metadata middleware.Metadata, err error,
) {
	request, err := requestOf(in.Request)
	if err != nil {
		return out, metadata, err
	}
	sum := sumOf(ctx, request)
	if sum == nil {
		return next.HandleFinalize(ctx, in)
	}
	length, err := streamLength(request)
	if err != nil {
		return out, metadata, err
	}
	if late, ok := sum.(rest.Late); ok && request.IsHTTPS() && length != 0 {
		ctx = middleware.WithStackValue(v4.SetPayloadHash(ctx, late.PayloadHash()), trailsKey{}, late)
		return next.HandleFinalize(ctx, in)
	}
	hash, err := setChecksum(request, sum)
	if err != nil {
		return out, metadata, err
	}
	if !request.IsHTTPS() {
		ctx = v4.SetPayloadHash(ctx, hash)
	}
	return next.HandleFinalize(ctx, in)
}

// placeInHeader puts the checksum into a header, wherever the request goes.
func placeInHeader(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	out middleware.FinalizeOutput, metadata middleware.Metadata, err error,
) {
	request, err := requestOf(in.Request)
	if err != nil {
		return out, metadata, err
	}
	if sum := sumOf(ctx, request); sum != nil {
		if _, err := setChecksum(request, sum); err != nil {
			return out, metadata, err
		}
	}
	return next.HandleFinalize(ctx, in)
}

// hasChecksum reports whether somebody has put a checksum into the headers.
func hasChecksum(r *smithyhttp.Request) bool {
	for name := range r.Header {
		if strings.HasPrefix(strings.ToLower(name), "x-amz-checksum-") {
			return true
		}
	}
	return false
}

// setChecksum puts the checksum of a body into a header, and returns the hash for its
// signature.
func setChecksum(r *smithyhttp.Request, of rest.Sum) (string, error) {
	name, sum := of.Header()
	both := sha256.New()
	if err := readThrough(r, io.MultiWriter(sum, both)); err != nil {
		return "", fmt.Errorf("compute input header checksum failed, %w", err)
	}
	r.Header.Set(name, base64.StdEncoding.EncodeToString(sum.Sum(nil)))
	return hex.EncodeToString(both.Sum(nil)), nil
}

// readThrough writes the body somewhere, and rewinds it.
func readThrough(r *smithyhttp.Request, to io.Writer) error {
	switch length, err := streamLength(r); {
	case err != nil:
		return err
	case length == 0:
		return nil
	case !r.IsStreamSeekable():
		return errors.New("unseekable stream is not supported without TLS and trailing checksum")
	}
	if _, err := io.Copy(to, r.GetStream()); err != nil {
		return fmt.Errorf("failed to read the stream: %w", err)
	}
	if err := r.RewindStream(); err != nil {
		return fmt.Errorf("failed to rewind the stream: %w", err)
	}
	return nil
}

// sendTrailer sends a stream with its checksum behind it.
func sendTrailer(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	out middleware.FinalizeOutput, metadata middleware.Metadata, err error,
) {
	late, trails := middleware.GetStackValue(ctx, trailsKey{}).(rest.Late)
	if !trails {
		return next.HandleFinalize(ctx, in)
	}
	request, err := requestOf(in.Request)
	if err != nil {
		return out, metadata, err
	}
	length, err := streamLength(request)
	if err != nil {
		return out, metadata, err
	}
	body, encodedLength := late.Encode(request.GetStream(), length)
	for name, value := range late.EncodedHeaders(request.Header.Get("Content-Encoding"), length) {
		request.Header.Set(name, value)
	}
	if request, err = request.SetStream(body); err != nil {
		return out, metadata, fmt.Errorf("compute input trailing checksum failed, %w", err)
	}
	request.ContentLength = encodedLength
	in.Request = request
	out, metadata, err = next.HandleFinalize(ctx, in)
	if err == nil {
		late.Describe(&metadata, body)
	}
	return out, metadata, err
}

// streamLength is the length of a stream; -1 if it is not known.
func streamLength(r *smithyhttp.Request) (int64, error) {
	if r.ContentLength > 0 {
		return r.ContentLength, nil
	}
	length, ok, err := r.StreamLength()
	if err != nil {
		return 0, fmt.Errorf("failed to find the length of the stream: %w", err)
	}
	if !ok {
		return -1, nil
	}
	return length, nil
}
