package transport

import (
	"context"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"example.com/lathe/runtime/rest"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// exchange is what the head of a response tells, and when it came.
type exchange struct {
	response   *smithyhttp.Response
	requestID  string    // empty when there is none
	responseAt time.Time // by the local clock
	served     *date     // by the service's clock; nil when it is not told
	skewed     bool      // whether the two tell the difference of the clocks
}

// maxTrustedDuration is how long an exchange may take and still tell the
// service's time.
const maxTrustedDuration = 15 * time.Minute

// lead is what the service's clock is ahead of ours, if the two are skewed.
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

// record notes what the response's head tells, for the call and in the metadata.
func (c *call) record(ctx context.Context) {
	took := time.Since(c.sentAt)
	c.responseAt = c.sentAt.Add(took)
	header := c.response.Header
	if c.requestID = firstValue(header, "X-Amzn-Requestid"); c.requestID == "" {
		c.requestID = firstValue(header, "X-Amz-Requestid")
	}
	if text := firstValue(header, "Date"); text != "" {
		var err error
		if c.served, err = readDate(text); err != nil {
			c.log(ctx, logging.Warn, "failed to parse response Date header value, got %q", text)
		}
	}
	// A response that tells its age comes from a cache, and its date from earlier.
	c.skewed = c.served != nil && !c.served.at.IsZero() && firstValue(header, "Age") == "" &&
		took <= maxTrustedDuration && !c.settings.DisableClockSkewCorrection
	c.metadata = c.tell(officialKeys())
}

// firstValue is Header.Get for a name that is known to be canonical.
func firstValue(h http.Header, name string) string {
	if values := h[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// metadataKeys are those under which the official accessors look things up. Their
// types are not exported.
type metadataKeys struct{ rawResponse, responseAt, serverTime, attemptSkew, requestID any }

// tell returns the metadata that the official middlewares make of the exchange. Nil
// keys leave that to them, which takes three times as long.
func (e *exchange) tell(k *metadataKeys) (md middleware.Metadata) {
	if k == nil {
		return e.tellOfficially()
	}
	t := &told{responseAt: e.responseAt, requestID: e.requestID}
	set(&md, k.rawResponse, e.response)
	set(&md, k.responseAt, inPlace(anyTime, unsafe.Pointer(&t.responseAt)))
	if e.requestID != "" {
		set(&md, k.requestID, inPlace(anyString, unsafe.Pointer(&t.requestID)))
	}
	if e.served != nil {
		set(&md, k.serverTime, e.served.value)
	}
	if e.skewed {
		t.lead = e.lead()
		set(&md, k.attemptSkew, inPlace(anyDuration, unsafe.Pointer(&t.lead)))
	}
	return md
}

// told is what metadata tells, in one piece of memory: as many allocations as there
// are values would be a fortieth of a call.
type told struct {
	responseAt time.Time
	requestID  string
	lead       time.Duration
}

// Values of the types that are told in place.
var anyTime, anyString, anyDuration any = time.Time{}, "", time.Duration(0)

// inPlace returns an interface of the type that v has, whose value is what p points
// to, a value of this type that does not change any more. An interface is two words:
// the type, and the address of a value that is no pointer itself.
func inPlace(v any, p unsafe.Pointer) any {
	(*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1] = p
	return v
}

func set(md *middleware.Metadata, key, value any) { md.Set(key, value) }

// tellOfficially runs the official middlewares, which take the response for one that
// came just now. They tell the difference of the clocks of any response with a date:
// the switch for it is newer than the oldest core that this compiles with.
func (e exchange) tellOfficially() middleware.Metadata {
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

// learned are the keys once they were looked for.
var learned struct {
	once sync.Once
	keys *metadataKeys
}

// officialKeys returns the keys, which are looked for the first time; nil when they
// were not found.
func officialKeys() *metadataKeys {
	learned.once.Do(func() { learned.keys = learnKeys() })
	return learned.keys
}

// learnKeys finds the keys in metadata that the official middlewares made; nil
// when they are not where they used to be.
func learnKeys() *metadataKeys {
	e := exchange{requestID: "id", skewed: true}
	e.response = &smithyhttp.Response{Response: &http.Response{Header: http.Header{"Date": {"Mon, 02 Jan 2006 15:04:05 GMT"}}}}
	md := e.tellOfficially()
	values := reflect.ValueOf(md)
	if values.NumField() != 1 || values.Field(0).Type() != reflect.TypeFor[map[any]any]() {
		return nil
	}
	var k metadataKeys
	for key, value := range *(*map[any]any)(unsafe.Pointer(&md)) { // that one field
		k.assign(key, value)
	}
	if k.rawResponse == nil || k.responseAt == nil || k.serverTime == nil || k.attemptSkew == nil || k.requestID == nil {
		return nil
	}
	return &k
}

// assign makes the key the one of the accessor that finds its value.
func (k *metadataKeys) assign(key, value any) {
	var only middleware.Metadata
	set(&only, key, value)
	if awsmiddleware.GetRawResponse(only) != nil {
		k.rawResponse = key
	}
	if _, ok := awsmiddleware.GetResponseAt(only); ok {
		k.responseAt = key
	}
	if _, ok := awsmiddleware.GetServerTime(only); ok {
		k.serverTime = key
	}
	if _, ok := awsmiddleware.GetAttemptSkew(only); ok {
		k.attemptSkew = key
	}
	if _, ok := awsmiddleware.GetRequestIDMetadata(only); ok {
		k.requestID = key
	}
}
