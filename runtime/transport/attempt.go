package transport

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// runAttempt runs the steps of one attempt. From the moment that something was
// sent, errors carry the response.
func (c *call) runAttempt(ctx context.Context) error {
	if err := c.resolveAuth(ctx); err != nil {
		return err
	}
	if err := c.build(ctx); err != nil {
		return err
	}
	if err := c.hashPayload(); err != nil {
		return err
	}
	c.sentAt = time.Now()
	if err := c.sign(ctx); err != nil {
		return err
	}
	if err := c.beginEvents(ctx); err != nil {
		return err
	}
	c.logRequest(ctx)
	err := c.send(ctx)
	if err == nil {
		err = c.wrapBody()
	}
	if err != nil {
		c.discard(ctx)
	} else {
		c.receive(ctx)
		c.reconsider()
		c.logResponse(ctx)
		if err = c.deserialize(ctx); err == nil {
			err = c.receiveEvents(ctx)
		}
		c.describe(ctx, &c.metadata)
		c.request.DescribeSent(&c.metadata)
		c.releaseBody()
	}
	if err != nil {
		c.endEvents(c.http)
	}
	return c.withResponse(err)
}

// resolveAuth finds out how the call is signed, who signs it, and where it goes.
func (c *call) resolveAuth(ctx context.Context) error {
	if choose := c.settings.ChooseScheme; choose != nil {
		if err := c.resolveEndpoint(ctx); err != nil {
			return err
		}
		choose(c)
		if err := c.checkEndpoint(); err != nil {
			return err
		}
		return c.resolveIdentity(ctx)
	}
	c.resolveAuthScheme()
	if err := c.resolveIdentity(ctx); err != nil {
		return err
	}
	if err := c.resolveEndpoint(ctx); err != nil {
		return err
	}
	return c.checkEndpoint()
}

func (c *call) resolveEndpoint(ctx context.Context) (err error) {
	c.endpoint, err = c.settings.endpointOf(ctx, c.info, c.in, &c.credentials)
	return err
}

func (c *call) checkEndpoint() error {
	if c.signs != nil {
		return nil
	}
	return c.endpoint.check(c.scheme)
}

// endpointOf finds the endpoint of a call that is signed with the credentials. An error does not
// quote the rules of the service where sensitive members are parameters of the endpoint.
func (s *Settings) endpointOf(ctx context.Context, info *Info, in any, by *aws.Credentials) (*Endpoint, error) {
	found, err := s.ResolveEndpoint(ctx, by.AccountID, in)
	if err == nil && s.Discover != nil {
		found, err = s.Discover(ctx, info, by.AccessKeyID, found)
	}
	if err != nil && info.HidesEndpoint() {
		err = wrap("failed to resolve service endpoint, ", info.Secrets.withhold(err))
	}
	return found, err
}

// build makes the HTTP request of this attempt.
func (c *call) build(ctx context.Context) error {
	c.request.Settle(c.endpoint.URL.Scheme == "https" && !c.settings.DisableHTTPS)
	if err := c.newMessage(ctx); err != nil {
		return err
	}
	c.countAttempt(ctx)
	c.applyEndpoint()
	return nil
}

// newMessage makes an HTTP request to be sent to the endpoint.
func (c *call) newMessage(ctx context.Context) (err error) {
	if c.message, err = c.request.NewAttempt(ctx, &c.endpoint.URL, c.addedHeaders()); err != nil {
		return err
	}
	c.http = &c.message.HTTP
	return nil
}

// applyEndpoint sets what the endpoint has beside its URL. Its headers win over all others.
func (c *call) applyEndpoint() {
	for name, values := range c.endpoint.Header {
		c.message.SetHeader(name, values[0])
	}
	if c.settings.DisableHTTPS {
		c.http.URL.Scheme = "http"
	}
}

// addedHeaders is how many headers an attempt adds to those of the call as a rule: the
// call's id, its own number, the date, the signature, and a token if there is one. A map of
// more than eight takes three allocations more.
func (c *call) addedHeaders() int {
	if c.credentials.SessionToken != "" {
		return 5
	}
	return 4
}

// countAttempt sets the headers that identify the call and count its attempts, with the
// time until which the caller waits if the service's clock is known to be ahead.
func (c *call) countAttempt(ctx context.Context) {
	c.message.SetHeader("Amz-Sdk-Invocation-Id", c.message.Text(c.invocation[:]))
	var room [64]byte
	text := appendCount(room[:0], "attempt=", c.attempt)
	if c.maxAttempts != 0 {
		text = appendCount(text, "; max=", c.maxAttempts)
	}
	if deadline, ok := ctx.Deadline(); ok && c.skew > 0 {
		text = append(text, "; ttl="...)
		text = deadline.Add(c.skew).UTC().AppendFormat(text, "20060102T150405Z")
	}
	c.message.SetHeader("Amz-Sdk-Request", c.message.Text(text))
}

func appendCount(b []byte, name string, n int) []byte {
	return strconv.AppendInt(append(b, name...), int64(n), 10)
}

// send exchanges the request for a response, which it always leaves behind with
// a body, so that later steps need not ask. The request's body is detached from
// its stream before it returns.
func (c *call) send(ctx context.Context) error {
	body := c.http.Body
	var resp *http.Response
	var err error
	if client := plain(c.settings.HTTPClient); client != nil {
		resp, err = roundTrip(client, c.http)
	} else {
		resp, err = c.settings.HTTPClient.Do(c.http)
	}
	if resp == nil {
		resp = &http.Response{Header: http.Header{}}
	}
	if resp.Body == nil {
		resp.Body = http.NoBody
	}
	c.response = &c.message.Response
	c.response.Response = resp
	c.record(ctx)
	if err != nil || !c.info.EventInput {
		detach(ctx, body)
	}
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return &smithy.CanceledError{Err: ctx.Err()}
	default:
		return &smithyhttp.RequestSendError{Err: c.discreet(err)}
	}
}

// discreet returns an error of the HTTP client without what it quotes of sensitive members.
func (c *call) discreet(err error) error {
	if c.info.Secrets == nil {
		return err
	}
	return c.info.Secrets.discreet(c, err)
}

// wrapBody lets the client have a look at the response before its body is read.
func (c *call) wrapBody() error {
	if c.settings.Receive == nil {
		return nil
	}
	if err := c.settings.Receive(c.info, c.response.Response); err != nil {
		return &smithy.DeserializationError{Err: err}
	}
	return nil
}

// detach takes the stream out of a request body that the HTTP client may not be
// done with. The body may be nil.
func detach(ctx context.Context, body io.ReadCloser) {
	if body == nil {
		return
	}
	_ = body.Close()
	// A [rest.Body] waits. To ask for it by name would link it into every program.
	if b, ok := body.(interface{ Wait(context.Context) error }); ok {
		_ = b.Wait(ctx)
	}
}

// wrap puts before an error what failed.
func wrap(what string, err error) error { return fmt.Errorf("%s%w", what, err) }

// withResponse wraps the error of an attempt that was sent.
func (c *call) withResponse(err error) error {
	if err == nil {
		return nil
	}
	answered := &awshttp.ResponseError{
		ResponseError: &smithyhttp.ResponseError{Response: c.response, Err: err},
		RequestID:     c.requestID,
	}
	if wrapError := c.settings.WrapError; wrapError != nil {
		return wrapError(answered, c.metadata)
	}
	return answered
}
