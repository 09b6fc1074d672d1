package transport

import (
	"context"

	"example.com/lathe/runtime/rest"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"
)

// Answer is the response of an attempt.
type Answer struct {
	Response *rest.Response
	// Failed reports whether it is an error. The body is that of the error then.
	Failed bool
}

// Describe adds to the metadata of a call what is known from an answer.
type Describe func(*middleware.Metadata, *Answer)

// WrapError returns what takes the place of the error of a call.
type WrapError func(*awshttp.ResponseError, middleware.Metadata) error

// reconsider takes a response with the status of success for a failure of the service if
// its body describes an error: the service had begun to answer before it failed.
func (c *call) reconsider() {
	resp := c.response.Response
	if c.info.ErrorBodies && isSuccess(resp) && c.readErr == nil && c.settings.IsErrorBody(c.reply.Body) {
		resp.StatusCode = 500
	}
}

// describe adds to the metadata what the service's clients want to know of the answer, and
// logs what was noted of it.
func (c *call) describe(ctx context.Context, md *middleware.Metadata) {
	if len(c.settings.Describe) > 0 {
		answer := &Answer{Response: &c.reply, Failed: !isSuccess(c.response.Response)}
		for _, describe := range c.settings.Describe {
			describe(md, answer)
		}
	}
	if c.reply.Note != "" && !c.settings.OmitNotes {
		c.log(ctx, logging.Warn, "%s", c.reply.Note)
	}
}
