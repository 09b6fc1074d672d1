package client

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"example.com/lathe/runtime/transport"
	smithy "github.com/aws/smithy-go"
)

// presignElsewhere presigns an operation for the region that a copy is made from. A form
// without a member for it gets the region that the copy is made in as destination.
func presignElsewhere[In, Out any](
	ctx context.Context, c *Client, op *transport.Operation[In, Out], in In, source string, optFns []func(*Options),
) (*string, error) {
	how := transport.Presigning{Form: true, Parameters: "DestinationRegion=" + url.QueryEscape(c.regionFor(optFns))}
	at := append(slices.Clone(optFns), func(o *Options) { o.Region = source })
	options := []func(*PresignOptions){WithPresignClientFromClientOptions(at...)}
	presigned, err := presign(ctx, NewPresignClient(c), op, in, options, how)
	if err != nil {
		err = fmt.Errorf("unable to create presigned URL, %w", err)
		return nil, &smithy.OperationError{ServiceID: ServiceID, OperationName: op.Name, Err: err}
	}
	return &presigned.URL, nil
}

// regionFor is the region of a call with such options.
func (c *Client) regionFor(optFns []func(*Options)) string {
	options := c.options.Copy()
	for _, fn := range optFns {
		fn(&options)
	}
	return options.Region
}
