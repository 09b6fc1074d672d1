package client

import (
	"context"
	//lathe:if presignExpires
	"fmt"
	//lathe:end
	"net/http"
	"slices"
	"time"

	//lathe:if hooks
	"example.com/lathe/runtime/stack"
	//lathe:end
	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// HTTPPresignerV4 presigns requests with Signature Version 4.
type HTTPPresignerV4 interface {
	PresignHTTP(
		ctx context.Context, credentials aws.Credentials, r *http.Request,
		payloadHash string, service string, region string, signingTime time.Time,
		optFns ...func(*v4.SignerOptions),
	) (url string, signedHeader http.Header, err error)
}

// PresignOptions are the settings of a [PresignClient], and of a single request.
type PresignOptions struct {
	// ClientOptions change the options of the client.
	ClientOptions []func(*Options)

	//lathe:if presignExpires
	// Expires is how long a request may be sent, in whole seconds; zero for 900 s.
	Expires time.Duration

	//lathe:end
	// Presigner presigns the requests; nil for a *v4.Signer.
	Presigner HTTPPresignerV4
}

func (o PresignOptions) copy() PresignOptions {
	o.ClientOptions = slices.Clone(o.ClientOptions)
	return o
}

// WithPresignClientFromClientOptions returns an option that adds to the ClientOptions.
func WithPresignClientFromClientOptions(optFns ...func(*Options)) func(*PresignOptions) {
	return func(o *PresignOptions) {
		o.ClientOptions = append(o.ClientOptions, optFns...)
	}
}

//lathe:if presignExpires

// defaultExpires is how long a request may be sent if nothing says otherwise, in nanoseconds:
// "gen diff" reads clients without what they import.
const defaultExpires = 15 * 60 * 1e9

// WithPresignExpires returns an option that sets how long a request may be sent.
func WithPresignExpires(dur time.Duration) func(*PresignOptions) {
	return func(o *PresignOptions) {
		o.Expires = dur
	}
}

//lathe:end

// PresignClient makes requests for others to send: they have a signature in their URL,
// which counts for the method and the signed headers that belong to it. Nothing is sent.
type PresignClient struct {
	client  *Client
	options PresignOptions
}

// NewPresignClient returns a client that presigns with the options of another.
func NewPresignClient(c *Client, optFns ...func(*PresignOptions)) *PresignClient {
	var options PresignOptions
	for _, fn := range optFns {
		fn(&options)
	}
	if len(options.ClientOptions) > 0 {
		c = New(c.options, options.ClientOptions...)
	}
	if options.Presigner == nil {
		options.Presigner = v4.NewSigner()
	}
	return &PresignClient{client: c, options: options}
}

// optionsFor are the options of a request.
func (c *PresignClient) optionsFor(optFns []func(*PresignOptions)) PresignOptions {
	options := c.options.copy()
	for _, fn := range optFns {
		fn(&options)
	}
	return options
}

// presign presigns a request of an operation.
func presign[In, Out any](
	ctx context.Context, c *PresignClient, op *transport.Operation[In, Out], in In,
	optFns []func(*PresignOptions), how transport.Presigning,
) (*v4.PresignedHTTPRequest, error) {
	options := c.optionsFor(optFns)
	//lathe:if presignExpires
	if options.Expires < 0 {
		return nil, fmt.Errorf("presign URL duration must be 0 or greater, %v", options.Expires)
	}
	how.Expires = options.Expires
	if how.Expires == 0 {
		how.Expires = defaultExpires
	}
	//lathe:end
	how.Presigner = options.Presigner
	//lathe:if hooks
	if how.Convert == nil {
		how.Convert = stack.Conversion(stack.Presign)
	}
	//lathe:end
	//lathe:if checksum
	// Nobody knows yet what will be sent.
	options.ClientOptions = append(options.ClientOptions, func(o *Options) {
		o.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
	})
	//lathe:end
	return transport.Presign(ctx, c.client.settingsFor(options.ClientOptions), op, in, &how)
}
