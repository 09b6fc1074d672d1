package jsoncodec

import "strings"

// ErrorInfo finds the code and the message of an error in its body: the code is
// "code", else "__type", and the message "message", all in any case, as the
// official SDK reads them. Their values may be of any type: of one that is not a
// string the JSON text is taken, but an object or array names no code. What stands
// before a syntax error is returned with it.
func ErrorInfo(body []byte) (code, message string, err error) {
	d := NewDecoder(body)
	var kind string
	for more := d.anObject(); more && d.NextMember(); {
		switch name := asString(d.Name()); {
		case strings.EqualFold(name, "code"):
			code = d.scalarText()
		case strings.EqualFold(name, "__type"):
			kind = d.scalarText()
		case strings.EqualFold(name, "message"):
			message = d.anyText()
		default:
			d.Skip()
		}
	}
	if code == "" {
		code = kind
	}
	return code, message, d.Err()
}

// anObject begins an object if there is a value.
func (d *Decoder) anObject() bool { return !d.IsEmpty() && d.open('{', "an object") }

// scalarText reads a value of any kind as text; empty for null, objects and arrays.
func (d *Decoder) scalarText() string {
	if c := d.seldomPeek(); c == '{' || c == '[' {
		d.Skip()
		return ""
	}
	return d.anyText()
}

// anyText reads a value of any kind as text; empty for null.
func (d *Decoder) anyText() string {
	if d.seldomPeek() == '"' {
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
