package jsoncodec

import (
	"net/http"
	"strings"
)

// ErrorInfo finds in the response of an error its codes, of which the first is
// preferred, and its message. The codes are the header X-Amzn-Errortype and the
// members "__type" and "code", in any case. Only text is a code, because some errors have
// a member "code" that is a number or an object; codes that are absent are empty. A
// message that is no string is its JSON text. What stands before a syntax error is
// returned with it.
//
// The official client reads them in this order, too
// (smithy-go, transport/http/protocol/internal/json/error.go).
func ErrorInfo(header http.Header, body []byte) (codes [4]string, message string, err error) {
	codes[1] = cleanCode(first(header, "X-Amzn-Errortype"))
	d := NewDecoder(body)
	for more := d.anObject(); more && d.NextMember(); {
		switch name := asString(d.Name()); {
		case strings.EqualFold(name, "__type"):
			d.code(&codes[2])
		case strings.EqualFold(name, "code"):
			d.code(&codes[3])
		case strings.EqualFold(name, "message"):
			message = d.anyText()
		default:
			d.Skip()
		}
	}
	return codes, message, d.Err()
}

// QueryCompatibleErrorInfo is [ErrorInfo] for a service whose errors also have the codes
// that it had when it spoke awsQuery; those are preferred.
func QueryCompatibleErrorInfo(header http.Header, body []byte) (codes [4]string, message string, err error) {
	codes, message, err = ErrorInfo(header, body)
	if code := QueryErrorCode(header); code != nil {
		codes[0] = *code
	}
	return codes, message, err
}

// QueryErrorCode returns the code that an error had in awsQuery, from the header
// X-Amzn-Query-Error, "<code>;<fault>"; nil when there is none:
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait.
func QueryErrorCode(header http.Header) *string {
	code, fault, ok := strings.Cut(first(header, "X-Amzn-Query-Error"), ";")
	if !ok || code == "" || strings.Contains(fault, ";") {
		return nil
	}
	return &code
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
