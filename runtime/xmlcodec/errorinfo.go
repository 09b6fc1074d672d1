package xmlcodec

import (
	"net/http"
	"slices"

	"example.com/lathe/runtime/scalar"
	"github.com/aws/smithy-go"
)

// ErrorElement is the element that describes an error, whatever stands around it: an
// ErrorResponse, a Response with Errors, or nothing.
const ErrorElement = "Error"

// ErrorInfo finds in the response of an error its code and its message. The error is that of
// a body that has none of both; one that is empty is no error. Where no element describes an
// error, the root may be called like one.
func ErrorInfo(_ http.Header, body []byte) (codes [3]string, unknown smithy.GenericAPIError, err error) {
	d := NewDecoder(body)
	if d.Find(ErrorElement) {
		for d.NextElement() {
			switch string(d.Name()) {
			case "Code":
				codes[0] = d.Text()
			case "Message", "message":
				unknown.Message = d.Text()
			default:
				d.Skip()
			}
		}
	}
	unknown.Code = codes[0]
	if d.Err() != nil && codes[0] == "" {
		if root := NewDecoder(body); root.Root() {
			codes[1] = string(root.Name())
		}
	}
	return codes, unknown, d.Err()
}

// BareError reads an error that is the root of its body and has nothing but a list of texts.
// A body with another root is none.
func BareError(body []byte, root, list, item string) (texts []string, ok bool) {
	d := NewDecoder(body)
	if !d.Root() || string(d.Name()) != root {
		return nil, false
	}
	for d.NextElement() {
		if string(d.Name()) != list {
			d.Skip()
			continue
		}
		for d.NextElement() {
			if string(d.Name()) == item {
				texts = append(texts, d.Text())
			} else {
				d.Skip()
			}
		}
	}
	return texts, true
}

// ErrorMessage reads the message of an error that has no other member; nil when there is
// none. A body that can't be read has none.
func ErrorMessage(body []byte) *string {
	d := NewDecoder(body)
	var message *string
	if d.Find(ErrorElement) {
		for d.NextElement() {
			switch string(d.Name()) {
			case "Message", "message":
				message = d.String()
			default:
				d.Skip()
			}
		}
	}
	return message
}

// ErrorRequestID returns the id of the request that an error names beside its description;
// empty when there is none.
func ErrorRequestID(body []byte) string { return besideError(body, "RequestId", "RequestID") }

// ErrorHostID returns the id of the host that an error names beside its description; empty
// when there is none.
func ErrorHostID(body []byte) string { return besideError(body, "HostId") }

// besideError returns the text of the first element of the root that has one of the names.
func besideError(body []byte, names ...string) string {
	d := NewDecoder(body)
	if d.Root() {
		for d.NextElement() {
			if slices.Contains(names, scalar.AsString(d.Name())) {
				return d.Text()
			}
			d.Skip()
		}
	}
	return ""
}

// IsError reports whether a body is the description of an error.
func IsError(body []byte) bool {
	d := NewDecoder(body)
	return d.Root() && string(d.Name()) == ErrorElement
}
