package client

import (
	"example.com/lathe/runtime/hostid"
	"example.com/lathe/runtime/transport"
	"github.com/aws/smithy-go/middleware"
)

// setHostIDs lets calls find the ids of requests and hosts, for their metadata and errors.
func setHostIDs(s *transport.Settings, host, request func(body []byte) string) {
	s.RequestIDHeader, s.StatusErrors, s.WrapError = hostid.RequestHeader, true, hostid.Wrap
	s.Describe = append(s.Describe, hostid.Find(host, request))
}

// ResponseError is an error that has the ids of the request and of the host which answered
// it.
type ResponseError interface {
	error

	ServiceHostID() string
	ServiceRequestID() string
}

var _ ResponseError = (*hostid.ResponseError)(nil)

// GetHostIDMetadata returns from the metadata of a result the id of the host that answered,
// if it has one.
func GetHostIDMetadata(metadata middleware.Metadata) (string, bool) {
	return hostid.Get(metadata)
}
