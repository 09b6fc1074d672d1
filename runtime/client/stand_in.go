package client

import (
	"context"

	"example.com/lathe/runtime/discovery"
	"example.com/lathe/runtime/endpointrules"
	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
)

// EndpointParameters stand for those of a service.
type EndpointParameters struct{ Region, Bucket, EndpointId, OutpostId, AccessPointName *string }

// WithDefaults returns the parameters.
func (p EndpointParameters) WithDefaults() EndpointParameters { return p }

// ValidateRequired returns nil.
func (p EndpointParameters) ValidateRequired() error { return nil }

func resolveRules(*EndpointParameters) *endpointrules.Result {
	return endpointrules.Resolve("https://service.example.com")
}

// errorRequestID stands for a codec's function.
func errorRequestID([]byte) string { return "" }

// standIn has the options that come of a service's endpoint rules.
type standIn struct {
	UseARNRegion, DisableMultiRegionAccessPoints, UsePathStyle, UseAccelerate bool
	DisableS3ExpressSessionAuth                                               *bool
}

// CreateSessionInput is the input of CreateSession.
type CreateSessionInput struct{ Bucket *string }

// CreateSessionOutput is its output.
type CreateSessionOutput struct{}

// sessionOf returns the credentials in an output.
func sessionOf(*CreateSessionOutput) (aws.Credentials, error) { return aws.Credentials{}, nil }

// CreateSession stands for an operation.
func (c *Client) CreateSession(context.Context, *CreateSessionInput, ...func(*Options)) (*CreateSessionOutput, error) {
	return &CreateSessionOutput{}, nil
}

// errorHostID and isErrorBody stand for a codec's functions, too.
func errorHostID([]byte) string { return "" }
func isErrorBody([]byte) bool   { return false }

// bindEndpointParams returns the parameters of a call.
func bindEndpointParams(call endpointCall) (*EndpointParameters, error) {
	params := &EndpointParameters{Region: &call.options.Region}
	if b, ok := call.in.(endpointParamsBinder); ok {
		b.bindEndpointParams(params)
	}
	return params, nil
}

// endpointKey is what the default resolver's endpoint for a call depends on.
type endpointKey struct{ region, account string }

func newEndpointKey(call endpointCall) endpointKey {
	return endpointKey{region: call.options.Region, account: call.account}
}

// ownText has the key share no memory with the input.
func (k *endpointKey) ownText() {}

// findAddresses asks the service for the endpoints of its operations.
func (c *Client) findAddresses(context.Context, *Options) ([]discovery.Address, error) {
	return nil, nil
}

// operationAuth returns the ids of an operation's authentication schemes.
func operationAuth(string) []string { return []string{"aws.auth#sigv4"} }

// PutObjectInput and opPutObject stand for those of a service that stores objects.
type PutObjectInput struct{ Bucket, Key *string }

var opPutObject transport.Operation[*PutObjectInput, *PutObjectInput]
