package jsoncodec

import (
	"encoding/base64"
	"math"
	"slices"
	"strconv"
	"time"

	"example.com/lathe/runtime/scalar"
	smithytime "github.com/aws/smithy-go/time"
)

// Encoder writes one JSON value. Commas come by themselves: one is written behind
// every value, and taken back where no other value follows. The zero value is
// ready to use.
type Encoder struct {
	full [][]byte // what of a long message does not fit buf
	part int      // from this length on buf is full
	buf  []byte
	err  error
}

// NewEncoder returns an encoder that appends to buf, which may be nil.
func NewEncoder(buf []byte) *Encoder {
	if buf == nil {
		buf = make([]byte, 0, minRoom)
	}
	return &Encoder{buf: buf}
}

const (
	// minRoom is how many bytes an encoder begins with that was given none.
	minRoom = 512
	// minPart is how long the first part of a long message becomes, in bytes, and maxPart how
	// long the last ones do.
	minPart = 64 << 10
	maxPart = 256 << 10
	// slack is the room for the last value of a part, which goes beyond its length.
	slack = 4 << 10
)

// Bytes returns what was written in one piece; nothing can be written after it.
func (e *Encoder) Bytes() []byte {
	if e.finish(); e.full != nil {
		return slices.Concat(append(e.full, e.buf)...)
	}
	return e.buf
}

// Parts returns what was written, in several pieces when it is long; nothing can be
// written after it.
func (e *Encoder) Parts() [][]byte {
	e.finish()
	return append(e.full, e.buf)
}

// finish takes the last comma back.
func (e *Encoder) finish() {
	if n := len(e.buf); n > 0 && e.buf[n-1] == ',' {
		e.buf = e.buf[:n-1]
	}
}

// turn begins another part. The last byte stays in sight, for the next one may depend on it.
func (e *Encoder) turn() {
	n := len(e.buf)
	e.full = append(e.full, e.buf[:n-1])
	if e.part = max(e.part, minPart); len(e.full) > 1 {
		e.part = min(2*e.part, maxPart)
	}
	e.buf = append(make([]byte, 0, e.part+slack), e.buf[n-1])
}

// Err returns the first error, or nil.
func (e *Encoder) Err() error { return e.err }

// Fail makes err the encoder's error unless it already has one.
func (e *Encoder) Fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

// BeginObject begins an object.
func (e *Encoder) BeginObject() { e.begin('{') }

// EndObject ends an object.
func (e *Encoder) EndObject() { e.end('}') }

// BeginArray begins an array.
func (e *Encoder) BeginArray() { e.begin('[') }

// EndArray ends an array.
func (e *Encoder) EndArray() { e.end(']') }

// begin is not inlined, and neither is end: a client with many shapes would have a fifth more code,
// one of five operations of DynamoDB 37 kB.
//
//go:noinline
func (e *Encoder) begin(bracket byte) {
	if len(e.buf) > max(e.part, minPart) {
		e.turn()
	}
	e.buf = append(e.buf, bracket)
}

// end is not inlined, see begin.
//
//go:noinline
func (e *Encoder) end(bracket byte) {
	if last := len(e.buf) - 1; e.buf[last] == ',' {
		e.buf[last] = bracket
	} else {
		e.buf = append(e.buf, bracket)
	}
	e.buf = append(e.buf, ',')
}

// room adds n bytes to what is written, to be filled by the caller.
func (e *Encoder) room(n int) []byte {
	start := len(e.buf)
	if cap(e.buf)-start < n {
		e.buf = slices.Grow(e.buf, n)
	}
	e.buf = e.buf[:start+n]
	return e.buf[start:]
}

// quoted writes text that needs no escapes, and behind it what comes next.
func (e *Encoder) quoted(text string, next byte) {
	b := e.room(len(text) + 3)
	b[0] = '"'
	n := 1 + copy(b[1:], text)
	b[n] = '"'
	b[n+1] = next
}

// Name writes the name of a member, whose value must follow. It must not need
// escapes; names that come from elsewhere are for [Encoder.Key].
func (e *Encoder) Name(name string) { e.quoted(name, ':') }

// Key writes the key of a map, or any other name, as [Encoder.String] does a
// string. A value must follow.
func (e *Encoder) Key(key string) { e.text(key, ':') }

// String writes a string; invalid UTF-8 is replaced by U+FFFD.
func (e *Encoder) String(v string) { e.text(v, ',') }

func (e *Encoder) text(v string, next byte) {
	if plainEnd(scalar.AsBytes(v), 0) == len(v) {
		e.quoted(v, next)
		return
	}
	e.buf = append(appendEscaped(e.buf, v), next)
}

// Bool writes a boolean.
func (e *Encoder) Bool(v bool) {
	e.buf = append(strconv.AppendBool(e.buf, v), ',')
}

// Int writes an integer.
func (e *Encoder) Int(v int64) {
	e.buf = append(strconv.AppendInt(e.buf, v, 10), ',')
}

// Integer writes an integer of any size, which is given by its digits.
func (e *Encoder) Integer(digits string) { e.buf = append(append(e.buf, digits...), ',') }

// Decimal writes a decimal as [Encoder.Integer] does an integer.
func (e *Encoder) Decimal(digits string) { e.Integer(digits) }

// Float32 writes a float; what JSON has no number for is written as the strings
// "NaN", "Infinity" and "-Infinity".
func (e *Encoder) Float32(v float32) { e.float(float64(v), 32) }

// Float64 writes a double, as [Encoder.Float32] does a float.
func (e *Encoder) Float64(v float64) { e.float(v, 64) }

func (e *Encoder) float(v float64, bits int) {
	switch {
	case math.IsNaN(v):
		e.quoted("NaN", ',')
	case math.IsInf(v, 1):
		e.quoted("Infinity", ',')
	case math.IsInf(v, -1):
		e.quoted("-Infinity", ',')
	default:
		e.buf = append(scalar.AppendFloat(e.buf, v, bits), ',')
	}
}

// Blob writes bytes in base64; nil is an empty blob.
func (e *Encoder) Blob(v []byte) {
	n := base64.StdEncoding.EncodedLen(len(v))
	b := e.room(n + 3)
	b[0] = '"'
	base64.StdEncoding.Encode(b[1:], v)
	b[n+1] = '"'
	b[n+2] = ','
}

// DateTime writes a timestamp in RFC 3339, in UTC, with milliseconds if there are
// any.
func (e *Encoder) DateTime(v time.Time) {
	e.buf = append(appendUTC(append(e.buf, '"'), v), '"', ',')
}

// HTTPDate writes a timestamp in the format of RFC 7231; fractions are lost.
func (e *Encoder) HTTPDate(v time.Time) { e.quoted(smithytime.FormatHTTPDate(v), ',') }

// EpochSeconds writes a timestamp as seconds since 1970, with milliseconds as a
// fraction if there are any.
func (e *Encoder) EpochSeconds(v time.Time) {
	e.buf = append(scalar.AppendEpochSeconds(e.buf, v), ',')
}

// Null writes a null.
func (e *Encoder) Null() { e.buf = append(e.buf, "null,"...) }

// Raw writes JSON text as it stands.
func (e *Encoder) Raw(v []byte) {
	e.buf = append(append(e.buf, v...), ',')
}
