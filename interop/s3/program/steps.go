package program

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

type change = func(*middleware.Stack) error

// removed are steps that published programs remove from the stacks of S3, by their ids.
var removed = []func(*middleware.Stack) (string, error){
	initialize("AWSChecksum:SetupInputContext"), initialize("OperationInputValidation"),
	build("AWSChecksum:RequestMetricsTracking"), build("UserAgent"), build("ClientRequestID"),
	finalize("AWSChecksum:ComputeInputPayloadChecksum"), finalize("addInputChecksumTrailer"),
	finalize("DisableAcceptEncodingGzip"), finalize("Retry"), finalize("ComputePayloadHash"),
}

func initialize(id string) func(*middleware.Stack) (string, error) {
	return func(s *middleware.Stack) (string, error) { _, err := s.Initialize.Remove(id); return id, err }
}

func build(id string) func(*middleware.Stack) (string, error) {
	return func(s *middleware.Stack) (string, error) { _, err := s.Build.Remove(id); return id, err }
}

func finalize(id string) func(*middleware.Stack) (string, error) {
	return func(s *middleware.Stack) (string, error) { _, err := s.Finalize.Remove(id); return id, err }
}

// changes are what programs do to stacks for stores that understand less than S3 does.
var changes = map[string]change{
	"MD5 alone": func(s *middleware.Stack) error {
		for _, remove := range removed[:1] {
			_, _ = remove(s)
		}
		_, _ = s.Build.Remove("AWSChecksum:RequestMetricsTracking")
		_, _ = s.Finalize.Remove("AWSChecksum:ComputeInputPayloadChecksum")
		_, _ = s.Finalize.Remove("addInputChecksumTrailer")
		return smithyhttp.AddContentChecksumMiddleware(s)
	},
	"unsigned": v4.SwapComputePayloadSHA256ForUnsignedPayloadMiddleware,
	"signed": func(s *middleware.Stack) error {
		_, err := s.Finalize.Swap("ComputePayloadHash", &v4.ComputePayloadSHA256{})
		return err
	},
	"another body": func(s *middleware.Stack) error {
		return s.Build.Add(middleware.BuildMiddlewareFunc(
			"body", func(ctx context.Context, in middleware.BuildInput, next middleware.BuildHandler) (
				out middleware.BuildOutput, md middleware.Metadata, err error,
			) {
				request, err := in.Request.(*smithyhttp.Request).SetStream(bytes.NewReader([]byte("another body")))
				if err != nil {
					return out, md, err
				}
				in.Request = request
				return next.HandleBuild(ctx, in)
			}), middleware.Before)
	},
}

func steps(p *play) {
	for _, remove := range removed {
		change := func(s *middleware.Stack) error {
			id, err := remove(s)
			fmt.Fprintf(&p.log, "removed %s: %v\n", id, err)
			return nil
		}
		id, _ := remove(middleware.NewStack("", smithyhttp.NewStackRequest))
		p.changed("without "+id, change)
	}
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		p.changed(name, changes[name])
	}
}

// changed calls operations with a checksum behind the body, in a header and without one.
func (p *play) changed(name string, change change) {
	for _, over := range []string{"none", "plain"} {
		p.say("%s, %s", name, over)
		c := p.client(nil, options[over], s3.WithAPIOptions(change), func(o *s3.Options) {
			o.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenSupported
		})
		bucket, key := aws.String("bucket"), aws.String("key")
		p.put(c, &s3.PutObjectInput{Bucket: bucket, Key: key, Body: strings.NewReader("hello world")})
		p.put(c, &s3.PutObjectInput{Bucket: bucket, Key: key})
		_, err := c.DeleteObjects(background,
			&s3.DeleteObjectsInput{Bucket: bucket, Delete: &types.Delete{Objects: []types.ObjectIdentifier{{Key: key}}}})
		p.result(nil, middleware.Metadata{}, err)
		p.get(c, &s3.GetObjectInput{Bucket: bucket, Key: key})
	}
}
