package transport

import (
	"bytes"
	"fmt"
	"net/http"
	"runtime"
	"testing"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// found is what the official accessors find.
type found struct {
	response                         any
	requestID                        string
	serverTime, responseAt           time.Time
	skew                             time.Duration
	hasID, hasServer, hasAt, hasSkew bool
}

func tell(md middleware.Metadata) (t found) {
	t.response = awsmiddleware.GetRawResponse(md)
	t.requestID, t.hasID = awsmiddleware.GetRequestIDMetadata(md)
	t.serverTime, t.hasServer = awsmiddleware.GetServerTime(md)
	t.responseAt, t.hasAt = awsmiddleware.GetResponseAt(md)
	t.skew, t.hasSkew = awsmiddleware.GetAttemptSkew(md)
	return t
}

// TestMetadataIsOfficial compares what is recorded under the keys that were found
// with what the official middlewares record.
func TestMetadataIsOfficial(t *testing.T) {
	keys := learnKeys()
	if keys == nil {
		t.Fatal("the official middlewares' keys were not found")
	}
	leapDay, err := readDate("Thu, 29 Feb 2024 12:34:56 GMT")
	if err != nil {
		t.Fatal(err)
	}
	for name, e := range map[string]exchange{
		"all":     {requestID: "id", served: leapDay, skewed: true},
		"no skew": {requestID: "id", served: leapDay},
		"no id":   {served: leapDay, skewed: true},
		"no date": {requestID: "id"},
	} {
		header := http.Header{}
		if e.served != nil {
			header.Set("Date", e.served.text)
		}
		e.response = &smithyhttp.Response{Response: &http.Response{Header: header}}
		want := tell(e.tell(nil))
		want.hasSkew = want.hasSkew && e.skewed
		if !want.hasSkew {
			want.skew = 0
		}
		e.responseAt = want.responseAt
		if got := tell(e.tell(keys)); got != want {
			t.Errorf("%s: metadata tells %+v\nwant %+v", name, got, want)
		}
	}
}

// TestToldStays: metadata keep what they tell, whatever the collector does and comes
// after them.
func TestToldStays(t *testing.T) {
	const n = 2000
	keys, start := officialKeys(), time.Now()
	id := func(i int) string { return fmt.Sprint("request ", i) }
	list := make([]middleware.Metadata, n)
	for i := range list {
		e := exchange{
			requestID: id(i), responseAt: start.Add(time.Duration(i) * time.Hour),
			served: &date{at: start, value: start}, skewed: true,
		}
		list[i] = e.tell(keys)
		if i%(n/4) == 0 {
			runtime.GC()
		}
	}
	garbage := make([][]byte, 0, n)
	for i := range n {
		garbage = append(garbage, bytes.Repeat([]byte{0xa5}, 16+i%64))
	}
	runtime.GC()
	for i, md := range list {
		got, after := tell(md), time.Duration(i)*time.Hour
		if got.requestID != id(i) || !got.responseAt.Equal(start.Add(after)) || got.skew != -after || !got.serverTime.Equal(start) {
			t.Fatalf("metadata %d tells %+v", i, got)
		}
	}
	runtime.KeepAlive(garbage)
}
