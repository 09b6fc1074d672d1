package jsoncodec

import (
	"cmp"
	"net/http"
	"strings"

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
	codes[0] = cleanCode(first(header, "X-Amzn-Errortype"))
	d := NewDecoder(body)
	for more := d.anObject(); more && d.NextMember(); {
		switch name := asString(d.Name()); {
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
// that they had when it spoke awsQuery. An error that the operation does not know has that
// code, and the fault that stands beside it.
func QueryCompatibleErrorInfo(header http.Header, body []byte) (codes [3]string, unknown smithy.GenericAPIError, err error) {
	codes, unknown, err = ErrorInfo(header, body)
	code, fault := queryError(header)
	unknown.Code = cmp.Or(code, unknown.Code)
	switch fault {
	case "Sender":
		unknown.Fault = smithy.FaultClient
	case "Receiver":
		unknown.Fault = smithy.FaultServer
	}
	return codes, unknown, err
}

// QueryErrorCode returns the code that an error had in awsQuery; nil when there is none.
func QueryErrorCode(header http.Header) *string {
	code, _ := queryError(header)
	if code == "" {
		return nil
	}
	return &code
}

// queryError reads the header X-Amzn-Query-Error, "<code>;<fault>", whose fault may be
// absent:
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait.
func queryError(header http.Header) (code, fault string) {
	code, fault, _ = strings.Cut(first(header, "X-Amzn-Query-Error"), ";")
	return code, fault
}

// first returns the first value of a header, whose name is in canonical form.
func first(header http.Header, name string) string {
	if values := header[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// cleanCode takes an error's name from the forms that it travels in:
// "namespace#Name:http://…".
func cleanCode(code string) string {
	code, _, _ = strings.Cut(code, ":")
	if _, name, ok := strings.Cut(code, "#"); ok {
		return name
	}
	return code
}

// code reads a value into code if it is text, and skips it otherwise.
func (d *Decoder) code(code *string) {
	if d.peek() != '"' {
		d.Skip()
		return
	}
	*code = cleanCode(d.Text())
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
