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

// trailsKey is where it stands that a checksum follows the stream.
type trailsKey struct{}

// placeChecksum decides where the checksum of a stream goes: behind it where TLS protects
// it, else into a header.
func placeChecksum(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	out middleware.FinalizeOutput, metadata middleware.Metadata, err error,
) {
	late := serialized(ctx).Late()
	if late == nil {
		return next.HandleFinalize(ctx, in)
	}
	request, err := requestOf(in.Request)
	if err != nil {
		return out, metadata, err
	}
	switch {
	case hasChecksum(request):
	case request.IsHTTPS() && request.GetStream() != nil:
		ctx = middleware.WithStackValue(v4.SetPayloadHash(ctx, late.PayloadHash()), trailsKey{}, true)
	default:
		hash, err := setChecksum(request, late)
		if err != nil {
			return out, metadata, fmt.Errorf("compute input header checksum failed, %w", err)
		}
		ctx = v4.SetPayloadHash(ctx, hash)
	}
	return next.HandleFinalize(ctx, in)
}

// placeInHeader puts the checksum of a stream into a header, wherever the request goes.
func placeInHeader(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	out middleware.FinalizeOutput, metadata middleware.Metadata, err error,
) {
	request, err := requestOf(in.Request)
	if err != nil {
		return out, metadata, err
	}
	if late := serialized(ctx).Late(); late != nil && !hasChecksum(request) {
		if _, err := setChecksum(request, late); err != nil {
			return out, metadata, fmt.Errorf("compute input header checksum failed, %w", err)
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

// setChecksum puts the checksum of a stream into a header, and returns the hash for its
// signature.
func setChecksum(r *smithyhttp.Request, late rest.Late) (string, error) {
	name, sum := late.Header()
	both := sha256.New()
	if body := r.GetStream(); body != nil {
		if !r.IsStreamSeekable() {
			return "", errors.New("unseekable stream is not supported without TLS and trailing checksum")
		}
		if _, err := io.Copy(io.MultiWriter(sum, both), body); err != nil {
			return "", fmt.Errorf("failed to read the stream: %w", err)
		}
		if err := r.RewindStream(); err != nil {
			return "", fmt.Errorf("failed to rewind the stream: %w", err)
		}
	}
	r.Header.Set(name, base64.StdEncoding.EncodeToString(sum.Sum(nil)))
	return hex.EncodeToString(both.Sum(nil)), nil
}

// sendTrailer sends a stream with its checksum behind it.
func sendTrailer(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	out middleware.FinalizeOutput, metadata middleware.Metadata, err error,
) {
	if trails, _ := middleware.GetStackValue(ctx, trailsKey{}).(bool); !trails {
		return next.HandleFinalize(ctx, in)
	}
	late := serialized(ctx).Late()
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
