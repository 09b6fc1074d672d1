package jsoncodec

import (
	"encoding/base64"
	"math"
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	smithytime "github.com/aws/smithy-go/time"
)

// Encoder writes one JSON value. Commas come by themselves. The zero value is
// ready to use.
type Encoder struct {
	buf []byte
	err error
}

// NewEncoder returns an encoder that appends to buf, which may be nil.
func NewEncoder(buf []byte) *Encoder { return &Encoder{buf: buf} }

// Bytes returns what was written.
func (e *Encoder) Bytes() []byte { return e.buf }

// Err returns the first error, or nil.
func (e *Encoder) Err() error { return e.err }

// Fail makes err the encoder's error unless it already has one.
func (e *Encoder) Fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

// value makes room for a value: it writes the comma that separates it from the
// one before.
func (e *Encoder) value() {
	if n := len(e.buf); n > 0 {
		switch e.buf[n-1] {
		case '{', '[', ':':
		default:
			e.buf = append(e.buf, ',')
		}
	}
}

// BeginObject begins an object.
func (e *Encoder) BeginObject() {
	e.value()
	e.buf = append(e.buf, '{')
}

// EndObject ends an object.
func (e *Encoder) EndObject() { e.buf = append(e.buf, '}') }

// BeginArray begins an array.
func (e *Encoder) BeginArray() {
	e.value()
	e.buf = append(e.buf, '[')
}

// EndArray ends an array.
func (e *Encoder) EndArray() { e.buf = append(e.buf, ']') }

// Name writes the name of a member, whose value must follow.
func (e *Encoder) Name(name string) {
	e.String(name)
	e.buf = append(e.buf, ':')
}

// String writes a string; invalid UTF-8 is replaced by U+FFFD.
func (e *Encoder) String(v string) {
	e.value()
	e.buf, _ = jsontext.AppendQuote(e.buf, v)
}

// Bool writes a boolean.
func (e *Encoder) Bool(v bool) {
	e.value()
	e.buf = strconv.AppendBool(e.buf, v)
}

// Int writes an integer.
func (e *Encoder) Int(v int64) {
	e.value()
	e.buf = strconv.AppendInt(e.buf, v, 10)
}

// Float32 writes a float; what JSON has no number for is written as the strings
// "NaN", "Infinity" and "-Infinity".
func (e *Encoder) Float32(v float32) { e.float(float64(v), 32) }

// Float64 writes a double, as [Encoder.Float32] does a float.
func (e *Encoder) Float64(v float64) { e.float(v, 64) }

func (e *Encoder) float(v float64, bits int) {
	e.value()
	switch {
	case math.IsNaN(v):
		e.buf = append(e.buf, `"NaN"`...)
	case math.IsInf(v, 1):
		e.buf = append(e.buf, `"Infinity"`...)
	case math.IsInf(v, -1):
		e.buf = append(e.buf, `"-Infinity"`...)
	default:
		e.buf = appendFloat(e.buf, v, bits)
	}
}

// appendFloat writes a finite number in the shortest form that reads back as the
// same value, with an exponent only for very small and very large ones.
func appendFloat(dst []byte, v float64, bits int) []byte {
	format := byte('f')
	if abs := math.Abs(v); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(dst, v, format, -1, bits)
}

// Blob writes bytes in base64.
func (e *Encoder) Blob(v []byte) {
	e.value()
	e.buf = append(e.buf, '"')
	e.buf = base64.StdEncoding.AppendEncode(e.buf, v)
	e.buf = append(e.buf, '"')
}

// DateTime writes a timestamp in RFC 3339, in UTC, with milliseconds if there are
// any.
func (e *Encoder) DateTime(v time.Time) { e.String(smithytime.FormatDateTime(v)) }

// HTTPDate writes a timestamp in the format of RFC 7231; fractions are lost.
func (e *Encoder) HTTPDate(v time.Time) { e.String(smithytime.FormatHTTPDate(v)) }

// EpochSeconds writes a timestamp as seconds since 1970, with milliseconds as a
// fraction if there are any.
func (e *Encoder) EpochSeconds(v time.Time) { e.Float64(smithytime.FormatEpochSeconds(v)) }

// Null writes a null.
func (e *Encoder) Null() {
	e.value()
	e.buf = append(e.buf, "null"...)
}

// Raw writes JSON text as it stands.
func (e *Encoder) Raw(v []byte) {
	e.value()
	e.buf = append(e.buf, v...)
}
