// Package hostid keeps the ids that Amazon S3 has for the hosts of its responses. Its support
// asks for them beside the ids of requests.
package hostid

import (
	"errors"
	"fmt"

	"example.com/lathe/runtime/transport"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go/middleware"
)

// ResponseError is an error of the service, or one that came after something was sent,
// with the host's id, which may be empty.
type ResponseError struct {
	*awshttp.ResponseError

	HostID string
}

// ServiceHostID returns the id of the host.
func (e *ResponseError) ServiceHostID() string { return e.HostID }

// Error returns the status, the ids and the cause.
func (e *ResponseError) Error() string {
	return fmt.Sprintf("https response error StatusCode: %d, RequestID: %s, HostID: %s, %v",
		e.Response.StatusCode, e.RequestID, e.HostID, e.Err)
}

// As finds the error that this one extends, and what that wraps.
func (e *ResponseError) As(target any) bool { return errors.As(e.ResponseError, target) }

// RequestHeader is the header that has the id of a request.
const RequestHeader = "X-Amz-Request-Id"

// hostIDKey is where metadata have the id.
type hostIDKey struct{}

// Get returns the host's id of a call, if its response had one.
func Get(md middleware.Metadata) (string, bool) {
	id, ok := md.Get(hostIDKey{}).(string)
	return id, ok
}

// Find returns what finds the ids of a response, by functions that find those of the host
// and of the request in the body of an error.
func Find(host, request func(body []byte) string) func(*middleware.Metadata, *transport.Answer) {
	return func(md *middleware.Metadata, a *transport.Answer) {
		if id := find(a, "X-Amz-Id-2", host); id != "" {
			md.Set(hostIDKey{}, id)
		}
		if id := find(a, RequestHeader, request); id != "" {
			awsmiddleware.SetRequestIDMetadata(md, id)
		}
	}
}

func find(a *transport.Answer, header string, inBody func(body []byte) string) string {
	id := a.Response.HTTP.Header.Get(header)
	if id == "" && a.Failed {
		id = inBody(a.Response.Body)
	}
	return id
}

// Wrap adds the host's id to the error of a call.
func Wrap(err *awshttp.ResponseError, md middleware.Metadata) error {
	id, _ := Get(md)
	return &ResponseError{ResponseError: err, HostID: id}
}
