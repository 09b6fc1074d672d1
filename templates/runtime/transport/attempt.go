package transport

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"example.com/lathe/templates/runtime/rest"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// runAttempt runs the steps of one attempt. From the moment that something was
// sent, errors carry the response.
func (c *call) runAttempt(ctx context.Context) error {
	c.resolveAuthScheme()
	if err := c.resolveIdentity(ctx); err != nil {
		return err
	}
	if err := c.resolveEndpoint(ctx); err != nil {
		return err
	}
	if err := c.build(ctx); err != nil {
		return err
	}
	if err := c.hashPayload(); err != nil {
		return err
	}
	if err := c.sign(ctx); err != nil {
		return err
	}
	c.logRequest(ctx)
	err := c.send(ctx)
	if err != nil {
		c.discard(ctx)
		return c.withResponse(err)
	}
	c.receive(ctx)
	c.logResponse(ctx)
	err = c.deserialize(ctx)
	c.releaseBody()
	return c.withResponse(err)
}

func (c *call) resolveEndpoint(ctx context.Context) (err error) {
	c.endpoint, err = c.settings.ResolveEndpoint(ctx, c.op)
	return err
}

// build makes the HTTP request of this attempt, to be sent to the endpoint.
func (c *call) build(ctx context.Context) (err error) {
	if c.message, err = c.request.NewAttempt(ctx, &c.endpoint.URL); err != nil {
		return err
	}
	c.http = &c.message.HTTP
	c.countAttempt(ctx)
	for name, values := range c.endpoint.Header {
		c.message.SetHeader(name, values[0])
	}
	if c.settings.DisableHTTPS {
		c.http.URL.Scheme = "http"
	}
	return nil
}

// countAttempt tells the service which attempt of which call this is, and until
// when the caller waits if the service's clock is known to be ahead.
func (c *call) countAttempt(ctx context.Context) {
	c.message.SetHeader("Amz-Sdk-Invocation-Id", c.message.Text(c.invocation[:]))
	var room [64]byte
	text := append(room[:0], "attempt="...)
	text = strconv.AppendInt(text, int64(c.attempt), 10)
	if c.maxAttempts != 0 {
		text = append(text, "; max="...)
		text = strconv.AppendInt(text, int64(c.maxAttempts), 10)
	}
	if deadline, ok := ctx.Deadline(); ok && c.skew > 0 {
		text = append(text, "; ttl="...)
		text = deadline.Add(c.skew).UTC().AppendFormat(text, "20060102T150405Z")
	}
	c.message.SetHeader("Amz-Sdk-Request", c.message.Text(text))
}

// send exchanges the request for a response, which it always leaves behind with
// a body, so that later steps need not ask. The request's body is detached from
// its stream before it returns.
func (c *call) send(ctx context.Context) error {
	body := c.http.Body
	sentAt := time.Now()
	resp, err := c.settings.HTTPClient.Do(c.http)
	if resp == nil {
		resp = &http.Response{Header: http.Header{}}
	}
	if resp.Body == nil {
		resp.Body = http.NoBody
	}
	c.response = &smithyhttp.Response{Response: resp}
	c.record(ctx, time.Since(sentAt))
	detach(ctx, body)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return &smithy.CanceledError{Err: ctx.Err()}
	default:
		return &smithyhttp.RequestSendError{Err: err}
	}
}

// detach takes the stream out of a request body that the HTTP client may not be
// done with. The body may be nil.
func detach(ctx context.Context, body io.ReadCloser) {
	if body == nil {
		return
	}
	_ = body.Close()
	if b, ok := body.(*rest.Body); ok {
		_ = b.Wait(ctx)
	}
}

// maxTrustedDuration is how long an exchange may take and still tell the
// service's time.
const maxTrustedDuration = 15 * time.Minute

// record notes what the response's head says in the metadata, under the official
// accessors' keys, which only the official middlewares can set.
func (c *call) record(ctx context.Context, took time.Duration) {
	timing := awsmiddleware.RecordResponseTiming{
		DisableClockSkewCorrection: c.settings.DisableClockSkewCorrection || took > maxTrustedDuration,
	}
	in := middleware.DeserializeInput{}
	_, c.metadata, _ = timing.HandleDeserialize(ctx, in, (*answered)(c))
	header := c.response.Header
	date := firstValue(header, "Date")
	if _, ok := awsmiddleware.GetServerTime(c.metadata); !ok && date != "" {
		c.log(ctx, logging.Warn, "failed to parse response Date header value, got %q", date)
	}
	if c.requestID = firstValue(header, "X-Amzn-Requestid"); c.requestID == "" {
		c.requestID = firstValue(header, "X-Amz-Requestid")
	}
	if c.requestID != "" {
		awsmiddleware.SetRequestIDMetadata(&c.metadata, c.requestID)
	}
}

// firstValue is Header.Get for a name that is known to be canonical.
func firstValue(h http.Header, name string) string {
	if values := h[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// answered is a call whose response is there: the end of the chain for the
// official middlewares that [call.record] runs.
type answered call

// HandleDeserialize returns the response that the call already has.
func (a *answered) HandleDeserialize(ctx context.Context, in middleware.DeserializeInput) (
	middleware.DeserializeOutput, middleware.Metadata, error,
) {
	return awsmiddleware.AddRawResponse{}.HandleDeserialize(ctx, in, (*received)(a))
}

// received is the innermost handler.
type received call

// HandleDeserialize returns the response and no metadata.
func (r *received) HandleDeserialize(context.Context, middleware.DeserializeInput) (
	out middleware.DeserializeOutput, md middleware.Metadata, err error,
) {
	out.RawResponse = r.response
	return out, md, nil
}

// withResponse wraps the error of an attempt that was sent.
func (c *call) withResponse(err error) error {
	if err == nil {
		return nil
	}
	return &awshttp.ResponseError{
		ResponseError: &smithyhttp.ResponseError{Response: c.response, Err: err},
		RequestID:     c.requestID,
	}
}
