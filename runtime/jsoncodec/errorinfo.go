package jsoncodec

import (
	"cmp"
	"net/http"
	"strings"

	"example.com/lathe/runtime/rest"
	"example.com/lathe/runtime/scalar"
	"github.com/aws/smithy-go"
)

// ErrorInfo finds in the response of an error its codes, of which the first is
// preferred, and its message. The codes are the header X-Amzn-Errortype and the
// members "__type" and "code", in any case. Only text is a code, because some errors have
// a member "code" that is a number or an object; codes that are absent are empty. A
// message that is no string is its JSON text. What stands before a syntax error is
// returned with it. The error is the one to return if the operation knows none of the
// codes.
//
// The official client reads them in this order, too
// (smithy-go, transport/http/protocol/internal/json/error.go).
func ErrorInfo(header http.Header, body []byte) (codes [3]string, unknown smithy.GenericAPIError, err error) {
	codes[0] = rest.ErrorCode(header.Get("X-Amzn-Errortype"))
	d := NewDecoder(body)
	for more := d.anObject(); more && d.NextMember(); {
		switch name := scalar.AsString(d.Name()); {
		case strings.EqualFold(name, "__type"):
			d.code(&codes[1])
		case strings.EqualFold(name, "code"):
			d.code(&codes[2])
		case strings.EqualFold(name, "message"):
			unknown.Message = d.anyText()
		default:
			d.Skip()
		}
	}
	unknown.Code = cmp.Or(codes[:]...)
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

// code reads a value into code if it is text, and skips it otherwise.
func (d *Decoder) code(code *string) {
	if d.peek() != '"' {
		d.Skip()
		return
	}
	*code = rest.ErrorCode(d.Text())
}

// anObject begins an object if there is a value.
func (d *Decoder) anObject() bool { return !d.IsEmpty() && d.open('{', "an object") }

// anyText reads a value of any kind as text; empty for null.
func (d *Decoder) anyText() string {
	if d.peekPastSpace() == '"' {
		return d.Text()
	}
	return string(d.Raw())
}

// ErrorMessage reads the member "message" or "Message" of an error that has no
// other; nil when there is none. A body that can't be read has none.
func ErrorMessage(body []byte) *string {
	d := NewDecoder(body)
	var message *string
	for more := d.anObject(); more && d.NextMember(); {
		switch string(d.Name()) {
		case "message", "Message":
			message = d.String()
		default:
			d.Skip()
		}
	}
	return message
}
