package cborcodec

import (
	"net/http"
	"strings"

	"example.com/lathe/runtime/rest"
	"github.com/aws/smithy-go"
)

// ErrorInfo finds in the response of an error its code, the member "__type", and its
// message. What stands before a syntax error is returned with it. The error is the one to
// return if the operation does not know the code.
func ErrorInfo(_ http.Header, body []byte) (codes [3]string, unknown smithy.GenericAPIError, err error) {
	d := NewDecoder(body)
	for more := !d.IsEmpty() && d.Object(); more && d.NextMember(); {
		switch name := string(d.Name()); {
		case name == "__type":
			codes[0] = rest.ErrorCode(d.anyText())
		case strings.EqualFold(name, "message"):
			unknown.Message = d.anyText()
		default:
			d.Skip()
		}
	}
	unknown.Code = codes[0]
	return codes, unknown, d.Err()
}

// QueryCompatibleErrorInfo is [ErrorInfo] for a service whose errors also have the codes
// that they had when it spoke awsQuery.
func QueryCompatibleErrorInfo(
	header http.Header, body []byte,
) (codes [3]string, unknown smithy.GenericAPIError, err error) {
	codes, unknown, err = ErrorInfo(header, body)
	rest.SetQueryError(header, &unknown)
	return codes, unknown, err
}

// anyText reads a text; empty for a value of another kind.
func (d *Decoder) anyText() string {
	if h := d.peek(); h.end == 0 || h.major() != majorText {
		d.Skip()
		return ""
	}
	return d.Text()
}

// ErrorMessage reads the member "message" or "Message" of an error that has no other; nil
// when there is none. A body that can't be read has none.
func ErrorMessage(body []byte) *string {
	d := NewDecoder(body)
	var message *string
	for more := !d.IsEmpty() && d.Object(); more && d.NextMember(); {
		switch string(d.Name()) {
		case "message", "Message":
			message = d.String()
		default:
			d.Skip()
		}
	}
	return message
}
