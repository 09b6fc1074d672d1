package hostid_test

import (
	"errors"
	"net/http"
	"testing"

	"example.com/lathe/runtime/hostid"
	"example.com/lathe/runtime/rest"
	"example.com/lathe/runtime/transport"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

func find(header http.Header, failed bool) (md middleware.Metadata) {
	inBody := func(body []byte) string { return string(body) }
	hostid.Find(inBody, inBody)(&md, &transport.Answer{
		Response: &rest.Response{HTTP: &http.Response{Header: header}, Body: []byte("in the body")}, Failed: failed,
	})
	return md
}

func TestFind(t *testing.T) {
	both := http.Header{"X-Amz-Id-2": {"host"}, "X-Amz-Request-Id": {"request"}}
	for _, c := range []struct {
		header        http.Header
		failed        bool
		host, request string
	}{
		{both, false, "host", "request"},
		{both, true, "host", "request"},
		{http.Header{}, true, "in the body", "in the body"},
		{http.Header{}, false, "", ""},
	} {
		md := find(c.header, c.failed)
		if id, ok := hostid.Get(md); id != c.host || ok != (c.host != "") {
			t.Errorf("%v, failed %t: %q", c.header, c.failed, id)
		}
		if id, _ := awsmiddleware.GetRequestIDMetadata(md); id != c.request {
			t.Errorf("request %q, want %q", id, c.request)
		}
	}
}

func TestWrap(t *testing.T) {
	cause := errors.New("cause")
	response := &smithyhttp.Response{Response: &http.Response{StatusCode: 404}}
	err := hostid.Wrap(&awshttp.ResponseError{
		ResponseError: &smithyhttp.ResponseError{Response: response, Err: cause}, RequestID: "request",
	}, find(http.Header{"X-Amz-Id-2": {"host"}}, true))
	const want = "https response error StatusCode: 404, RequestID: request, HostID: host, cause"
	if err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	var answered *awshttp.ResponseError
	var plain *smithyhttp.ResponseError
	var ids interface {
		ServiceHostID() string
		ServiceRequestID() string
	}
	if !errors.As(err, &answered) || !errors.As(err, &plain) || !errors.Is(err, cause) || !errors.As(err, &ids) {
		t.Fatalf("%#v", err)
	}
	if ids.ServiceHostID() != "host" || ids.ServiceRequestID() != "request" {
		t.Errorf("ids %s, %s", ids.ServiceHostID(), ids.ServiceRequestID())
	}
}
