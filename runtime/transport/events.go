package transport

import (
	"context"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"example.com/lathe/runtime/rest"
	"github.com/aws/aws-sdk-go-v2/aws"
	smithyauth "github.com/aws/smithy-go/auth"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// EventStreams are the event streams of one call. That they are behind an interface keeps
// them out of programs whose operations have none; package events has them.
type EventStreams interface {
	// Prepare makes the stream of events that are sent the request's body, if there is one.
	Prepare(r *rest.Request)
	// Begin is called when an attempt's request is about to be sent. The keys are nil if
	// nothing is signed.
	Begin(ctx context.Context, r *http.Request, keys *EventKeys) error
	// Receive opens the stream of a successful response. The body is its own then, also when
	// it returns an error.
	Receive(ctx context.Context, resp *smithyhttp.Response) error
}

// EventKeys are what events that are sent are signed with: the same as the request, whose
// signature is the first of the chain.
type EventKeys struct {
	Credentials     aws.Credentials
	Service, Region string
	// Skew is how far the service's clock is ahead.
	Skew time.Duration
}

// signedEvents takes the place of the body's hash where each event has a signature:
// https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html#streaming-http2.
const signedEvents = "STREAMING-AWS4-HMAC-SHA256-EVENTS"

// beginEvents lets the event streams know the request.
func (c *call) beginEvents(ctx context.Context) error {
	if c.events == nil {
		return nil
	}
	if c.scheme != smithyauth.SchemeIDSigV4 {
		return c.events.Begin(ctx, c.http, nil)
	}
	name, region := c.scope()
	return c.events.Begin(ctx, c.http, &EventKeys{c.credentials, name, region, c.skew})
}

// scope returns the name of the service and the region that a signature counts for.
func (c *call) scope() (name, region string) {
	if name = c.endpoint.SigningName; name == "" {
		name = c.settings.SigningName
	}
	if region = c.endpoint.SigningRegion; region == "" {
		region = c.settings.Region
	}
	return name, region
}

// receiveEvents opens the event stream of a successful response.
func (c *call) receiveEvents(ctx context.Context) error {
	if c.events == nil {
		return nil
	}
	return c.events.Receive(ctx, c.response)
}

// endEvents closes the body of a request whose attempt has failed, for an HTTP client may
// still wait for events.
func (c *call) endEvents(r *http.Request) {
	if c.info.EventInput && r.Body != nil {
		_ = r.Body.Close()
	}
}

// closedTwice is the body of a request in a middleware stack, where the core's handler
// closes it as soon as there is a response. The second time it is the HTTP client, which
// reads no more.
type closedTwice struct {
	io.ReadCloser

	once atomic.Bool
}

func (c *closedTwice) Close() error {
	if c.once.CompareAndSwap(false, true) {
		return nil
	}
	return c.ReadCloser.Close()
}
