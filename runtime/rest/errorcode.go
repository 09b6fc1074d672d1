package rest

import (
	"net/http"
	"strings"

	"github.com/aws/smithy-go"
)

// ErrorCode takes an error's name from the forms that it travels in:
// "namespace#Name:http://…".
func ErrorCode(code string) string {
	code, _, _ = strings.Cut(code, ":")
	if _, name, ok := strings.Cut(code, "#"); ok {
		return name
	}
	return code
}

// QueryErrorCode returns the code that an error had in awsQuery; nil when there is none.
func QueryErrorCode(header http.Header) *string {
	code, _ := queryError(header)
	if code == "" {
		return nil
	}
	return &code
}

// SetQueryError puts into an error that an operation does not know the code that it had in
// awsQuery, and the fault that stands beside it.
func SetQueryError(header http.Header, unknown *smithy.GenericAPIError) {
	code, fault := queryError(header)
	if code != "" {
		unknown.Code = code
	}
	switch fault {
	case "Sender":
		unknown.Fault = smithy.FaultClient
	case "Receiver":
		unknown.Fault = smithy.FaultServer
	}
}

// queryError reads the header X-Amzn-Query-Error, "<code>;<fault>", whose fault may be
// absent:
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait.
func queryError(header http.Header) (code, fault string) {
	code, fault, _ = strings.Cut(header.Get("X-Amzn-Query-Error"), ";")
	return code, fault
}
