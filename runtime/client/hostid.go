package client

import (
	"example.com/lathe/runtime/hostid"
	"github.com/aws/smithy-go/middleware"
)

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
