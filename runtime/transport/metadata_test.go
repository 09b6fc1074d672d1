package transport

import (
	"net/http"
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

func find(md middleware.Metadata) (t found) {
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
	keys := findKeys()
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
		want := find(e.metadata(nil))
		want.hasSkew = want.hasSkew && e.skewed
		if !want.hasSkew {
			want.skew = 0
		}
		e.responseAt = want.responseAt
		if got := find(e.metadata(keys)); got != want {
			t.Errorf("%s: metadata has %+v\nwant %+v", name, got, want)
		}
	}
}
