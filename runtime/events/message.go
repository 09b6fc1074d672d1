package events

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream/eventstreamapi"
)

// Message is a message of a stream. It is valid until the next one is read: whatever is
// kept of it must be copied.
type Message struct {
	// Payload is what is not headers.
	Payload []byte

	frame   []byte
	headers []byte
	event   []byte // the header :event-type, without which there is no event; nil for none
	err     error
}

// parse takes a frame apart and checks its headers.
func (m *Message) parse(frame []byte) error {
	length := binary.BigEndian.Uint32(frame[4:])
	*m = Message{
		frame:   frame,
		headers: frame[preludeLength : preludeLength+length],
		Payload: frame[preludeLength+length : len(frame)-checksumLength],
	}
	for rest := m.headers; len(rest) > 0; {
		var err error
		if _, _, rest, err = nextHeader(rest); err != nil {
			return err
		}
	}
	return nil
}

// Value is the value of a header.
type Value struct {
	kind byte
	data []byte
}

// The kinds of values.
const (
	isTrue byte = iota
	isFalse
	isInt8
	isInt16
	isInt32
	isInt64
	isBytes
	isString
	isTimestamp
	isUUID
)

// sizes are those of values, by kind; -1 where the size stands before the value.
var sizes = [...]int{
	isTrue: 0, isFalse: 0, isInt8: 1, isInt16: 2, isInt32: 4, isInt64: 8, isBytes: -1, isString: -1,
	isTimestamp: 8, isUUID: 16,
}

// nextHeader splits the first header off. It fails if the header goes beyond the end.
func nextHeader(b []byte) (name []byte, v Value, rest []byte, err error) {
	if len(b) < 2 || len(b) < 2+int(b[0]) {
		return nil, v, nil, errHeader
	}
	end := 1 + int(b[0])
	name, v.kind, rest = b[1:end], b[end], b[end+1:]
	if int(v.kind) >= len(sizes) {
		return nil, v, nil, fmt.Errorf("event header of the unknown type %d", v.kind)
	}
	size := sizes[v.kind]
	if size < 0 {
		if len(rest) < 2 {
			return nil, v, nil, errHeader
		}
		size, rest = int(binary.BigEndian.Uint16(rest)), rest[2:]
	}
	if len(rest) < size {
		return nil, v, nil, errHeader
	}
	v.data = rest[:size]
	return name, v, rest[size:], nil
}

var errHeader = fmt.Errorf("event header: %w", io.ErrUnexpectedEOF)

// header returns the last header of that name, which is the one that counts.
func (m *Message) header(name string) (v Value, ok bool) {
	for rest := m.headers; len(rest) > 0; {
		key, value, next, err := nextHeader(rest)
		if err != nil {
			break // parse would have failed
		}
		if string(key) == name {
			v, ok = value, true
		}
		rest = next
	}
	return v, ok
}

// text returns a header as text, nil if there is none. What is no string is written as the
// official clients write it.
func (m *Message) text(name string) []byte {
	v, ok := m.header(name)
	switch {
	case !ok:
		return nil
	case v.kind == isString:
		return v.data
	}
	return []byte(m.library().Headers.Get(name).String())
}

// library returns the message as the SDK's module has it, in memory of its own.
func (m *Message) library() *eventstream.Message {
	decoded, _ := eventstream.NewDecoder().Decode(bytes.NewReader(m.frame), nil) // the frame was checked
	return &decoded
}

// Kind returns the event's type: one of those that are known, with which it is compared
// without regard to case, or another as it came.
func (m *Message) Kind(known ...string) string {
	for _, name := range known {
		if string(m.event) == name {
			return name
		}
	}
	for _, name := range known {
		if strings.EqualFold(string(m.event), name) {
			return name
		}
	}
	return string(m.event)
}

// Raw returns a copy of the whole message as it came.
func (m *Message) Raw() []byte { return bytes.Clone(m.frame) }

// Err returns the first error that a header had, or nil.
func (m *Message) Err() error { return m.err }

// Fail makes err the message's error unless it is nil or there is one already.
func (m *Message) Fail(err error) {
	if m.err == nil {
		m.err = err
	}
}

// Blob returns a copy of the payload; nil if it is empty.
func (m *Message) Blob() []byte {
	if len(m.Payload) == 0 {
		return nil
	}
	return bytes.Clone(m.Payload)
}

// Text returns the payload as text; nil if it is empty.
func (m *Message) Text() *string {
	if len(m.Payload) == 0 {
		return nil
	}
	text := string(m.Payload)
	return &text
}

// Header reads a header with a parser; nil when it is absent.
func Header[T any](m *Message, name string, parse func(Value) (T, bool)) *T {
	value, ok := m.header(name)
	if !ok || m.err != nil {
		return nil
	}
	v, ok := parse(value)
	if !ok {
		m.Fail(fmt.Errorf("event header %s is of another type than expected", name))
		return nil
	}
	return &v
}

// HeaderValue reads a header with a parser; the zero value when it is absent.
func HeaderValue[T any](m *Message, name string, parse func(Value) (T, bool)) T {
	if v := Header(m, name, parse); v != nil {
		return *v
	}
	var zero T
	return zero
}

// ParseBool reads a boolean.
func ParseBool(v Value) (bool, bool) { return v.kind == isTrue, v.kind == isTrue || v.kind == isFalse }

// ParseInt8 reads a byte.
func ParseInt8(v Value) (int8, bool) {
	if v.kind != isInt8 {
		return 0, false
	}
	return int8(v.data[0]), true
}

// ParseInt16 reads a short.
func ParseInt16(v Value) (int16, bool) {
	if v.kind != isInt16 {
		return 0, false
	}
	return int16(binary.BigEndian.Uint16(v.data)), true
}

// ParseInt32 reads an integer.
func ParseInt32(v Value) (int32, bool) {
	if v.kind != isInt32 {
		return 0, false
	}
	return int32(binary.BigEndian.Uint32(v.data)), true
}

// ParseInt64 reads a long.
func ParseInt64(v Value) (int64, bool) {
	if v.kind != isInt64 {
		return 0, false
	}
	return int64(binary.BigEndian.Uint64(v.data)), true
}

// ParseTime reads a timestamp, which has milliseconds.
func ParseTime(v Value) (time.Time, bool) {
	if v.kind != isTimestamp {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(binary.BigEndian.Uint64(v.data))).UTC(), true
}

// ParseText reads a string.
func ParseText[T ~string](v Value) (T, bool) { return T(v.data), v.kind == isString }

// ParseBlob reads bytes.
func ParseBlob(v Value) ([]byte, bool) { return bytes.Clone(v.data), v.kind == isBytes }

// Outgoing is a message to be sent.
type Outgoing struct{ message eventstream.Message }

// Begin makes the message an event of a type.
func (o *Outgoing) Begin(kind string) {
	o.SetText(eventstreamapi.EventTypeHeader, kind)
	o.SetText(eventstreamapi.MessageTypeHeader, eventstreamapi.EventMessageType)
}

// SetPayload makes the parts, one after the other, the payload.
func (o *Outgoing) SetPayload(contentType string, parts ...[]byte) {
	o.SetText(eventstreamapi.ContentTypeHeader, contentType)
	o.message.Payload = bytes.Join(parts, nil)
}

// SetText sets a header to a string.
func (o *Outgoing) SetText(name, v string) { o.message.Headers.Set(name, eventstream.StringValue(v)) }

// SetBool sets a header to a boolean.
func (o *Outgoing) SetBool(name string, v bool) {
	o.message.Headers.Set(name, eventstream.BoolValue(v))
}

// SetInt8 sets a header to a byte.
func (o *Outgoing) SetInt8(name string, v int8) {
	o.message.Headers.Set(name, eventstream.Int8Value(v))
}

// SetInt16 sets a header to a short.
func (o *Outgoing) SetInt16(name string, v int16) {
	o.message.Headers.Set(name, eventstream.Int16Value(v))
}

// SetInt32 sets a header to an integer.
func (o *Outgoing) SetInt32(name string, v int32) {
	o.message.Headers.Set(name, eventstream.Int32Value(v))
}

// SetInt64 sets a header to a long.
func (o *Outgoing) SetInt64(name string, v int64) {
	o.message.Headers.Set(name, eventstream.Int64Value(v))
}

// SetTime sets a header to a timestamp.
func (o *Outgoing) SetTime(name string, v time.Time) {
	o.message.Headers.Set(name, eventstream.TimestampValue(v))
}

// SetBlob sets a header to bytes.
func (o *Outgoing) SetBlob(name string, v []byte) {
	o.message.Headers.Set(name, eventstream.BytesValue(v))
}

// UnknownEvent is the error of an event that can't be sent, for this client does not know
// its type.
func UnknownEvent(event any) error { return fmt.Errorf("unexpected event message type: %T", event) }
