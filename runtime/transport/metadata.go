package transport

import (
	"context"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"example.com/lathe/runtime/rest"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// exchange is what is known from the head of a response, and when it came.
type exchange struct {
	response   *smithyhttp.Response
	requestID  string    // empty when there is none
	responseAt time.Time // by the local clock
	served     *date     // by the service's clock; nil when it is not known
	skewed     bool      // whether the difference of the clocks is known
}

// maxTrustedDuration is how long an exchange may take for its date to count as the
// service's time.
const maxTrustedDuration = 15 * time.Minute

// lead is how far the service's clock is ahead of ours, if that is known.
func (e *exchange) lead() time.Duration { return e.served.at.Sub(e.responseAt) }

// date is a header Date that was read.
type date struct {
	text  string
	at    time.Time
	value any // at, for metadata
}

// lastDate is the date of the last response: all that come in one second have the
// same.
var lastDate atomic.Pointer[date]

// readDate reads the header. Its result is shared and must not be changed.
func readDate(text string) (*date, error) {
	if last := lastDate.Load(); last != nil && last.text == text {
		return last, nil
	}
	at, err := rest.ParseHTTPDate(text)
	if err != nil {
		return nil, err
	}
	read := &date{text: strings.Clone(text), at: at, value: at}
	lastDate.Store(read)
	return read, nil
}

// record keeps what is in the response's head, for the call and in the metadata.
func (c *call) record(ctx context.Context) {
	took := time.Since(c.sentAt)
	c.responseAt = c.sentAt.Add(took)
	header := c.response.Header
	if c.requestID = firstValue(header, "X-Amzn-Requestid"); c.requestID == "" {
		c.requestID = firstValue(header, "X-Amz-Requestid")
	}
	if name := c.settings.RequestIDHeader; name != "" {
		c.requestID = firstValue(header, name)
	}
	if text := firstValue(header, "Date"); text != "" {
		var err error
		if c.served, err = readDate(text); err != nil {
			c.log(ctx, logging.Warn, "failed to parse response Date header value, got %q", text)
		}
	}
	// A response with an age comes from a cache, and its date from earlier.
	c.skewed = c.served != nil && !c.served.at.IsZero() && firstValue(header, "Age") == "" &&
		took <= maxTrustedDuration && !c.settings.DisableClockSkewCorrection
	c.metadata = c.exchange.metadata(officialKeys())
}

// firstValue is Header.Get for a name that is known to be canonical.
func firstValue(h http.Header, name string) string {
	if values := h[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// metadataKeys are the keys under which the official accessors look values up. Their
// types are not exported.
type metadataKeys struct{ rawResponse, responseAt, serverTime, attemptSkew, requestID any }

// metadata returns the metadata that the official middlewares make of the exchange.
// Without keys it runs these middlewares, which takes three times as long.
func (e *exchange) metadata(k *metadataKeys) (md middleware.Metadata) {
	if k == nil {
		return e.officialMetadata()
	}
	md.Set(k.rawResponse, e.response)
	md.Set(k.responseAt, e.responseAt)
	if e.requestID != "" {
		md.Set(k.requestID, e.requestID)
	}
	if e.served != nil {
		md.Set(k.serverTime, e.served.value)
	}
	if e.skewed {
		md.Set(k.attemptSkew, e.lead())
	}
	return md
}

// officialMetadata runs the official middlewares, which take the response for one that
// came just now. They record the difference of the clocks for any response with a date:
// the switch for it is newer than the oldest core that this compiles with.
func (e exchange) officialMetadata() middleware.Metadata {
	ctx, in := context.Background(), middleware.DeserializeInput{}
	answer := middleware.DeserializeHandlerFunc(func(context.Context, middleware.DeserializeInput) (
		out middleware.DeserializeOutput, md middleware.Metadata, err error,
	) {
		out.RawResponse = e.response
		return out, md, nil
	})
	kept := middleware.DeserializeHandlerFunc(func(context.Context, middleware.DeserializeInput) (
		middleware.DeserializeOutput, middleware.Metadata, error,
	) {
		return awsmiddleware.AddRawResponse{}.HandleDeserialize(ctx, in, answer)
	})
	_, md, _ := awsmiddleware.RecordResponseTiming{}.HandleDeserialize(ctx, in, kept)
	if e.requestID != "" {
		awsmiddleware.SetRequestIDMetadata(&md, e.requestID)
	}
	return md
}

// official are the keys, once they were looked for.
var official struct {
	once sync.Once
	keys *metadataKeys
}

// officialKeys returns the keys, which are looked for the first time; nil when they
// were not found.
func officialKeys() *metadataKeys {
	official.once.Do(func() { official.keys = findKeys() })
	return official.keys
}

// findKeys finds the keys in metadata that the official middlewares made; nil when
// they are not where they used to be. The keys are empty structs, so that the zero value
// of a key's type is the key.
func findKeys() *metadataKeys {
	e := exchange{requestID: "id", skewed: true}
	header := http.Header{"Date": {"Mon, 02 Jan 2006 15:04:05 GMT"}}
	e.response = &smithyhttp.Response{Response: &http.Response{Header: header}}
	md := reflect.ValueOf(e.officialMetadata())
	if md.NumField() != 1 || md.Field(0).Type() != reflect.TypeFor[map[any]any]() {
		return nil
	}
	var k metadataKeys
	for _, key := range md.Field(0).MapKeys() {
		k.assign(reflect.Zero(key.Elem().Type()).Interface())
	}
	if k.rawResponse == nil || k.responseAt == nil || k.serverTime == nil || k.attemptSkew == nil || k.requestID == nil {
		return nil
	}
	return &k
}

// assign makes the key that of the accessor which finds a value under it: the value that is
// of the accessor's type.
func (k *metadataKeys) assign(key any) {
	for _, value := range []any{time.Time{}, time.Duration(0), "id", key} {
		var md middleware.Metadata
		md.Set(key, value)
		if _, ok := awsmiddleware.GetResponseAt(md); ok {
			k.responseAt = key
		}
		if _, ok := awsmiddleware.GetServerTime(md); ok {
			k.serverTime = key
		}
		if _, ok := awsmiddleware.GetAttemptSkew(md); ok {
			k.attemptSkew = key
		}
		if _, ok := awsmiddleware.GetRequestIDMetadata(md); ok {
			k.requestID = key
		}
		if awsmiddleware.GetRawResponse(md) != nil {
			k.rawResponse = key
		}
	}
}
