package calls

import (
	"context"
	"net/http"

	official "github.com/aws/aws-sdk-go-v2/service/datazone"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// capture is a middleware that keeps the context of a call.
type capture struct{ ctx context.Context }

func (*capture) ID() string { return "capture" }

func (c *capture) HandleDeserialize(
	ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler,
) (middleware.DeserializeOutput, middleware.Metadata, error) {
	c.ctx = ctx
	return next.HandleDeserialize(ctx, in)
}

// officialDeserializer calls the official deserializer of GetDataSourceRun by itself:
// the step is taken out of the stack of a call, and given the call's context, which
// it needs, and answers of the transport. Making the answer is part of the time.
func officialDeserializer(h *http.Client) Side {
	var step middleware.DeserializeMiddleware
	var seen capture
	c, in := officialClient(h), &official.GetDataSourceRunInput{DomainIdentifier: &domainID, Identifier: &runID}
	expect(c.GetDataSourceRun(ctx, in, func(o *official.Options) {
		o.APIOptions = append(o.APIOptions, func(s *middleware.Stack) error {
			step, _ = s.Deserialize.Get("OperationDeserializer")
			return s.Deserialize.Add(&seen, middleware.Before)
		})
	}))
	request := &http.Request{}
	answer := middleware.DeserializeHandlerFunc(func(context.Context, middleware.DeserializeInput) (
		out middleware.DeserializeOutput, md middleware.Metadata, err error,
	) {
		resp, err := h.Transport.RoundTrip(request)
		out.RawResponse = &smithyhttp.Response{Response: resp}
		return out, md, err
	})
	return Side{Official, func() any {
		out, _, err := step.HandleDeserialize(seen.ctx, middleware.DeserializeInput{}, answer)
		return expect(out.Result, err)
	}}
}
