package cborcodec

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"time"
)

// Encoder writes one value. Objects and arrays have no length in front but a break at
// their end, because how many members there are is known only then. The zero value is
// ready to use.
type Encoder struct {
	buf []byte
	err error
}

// NewEncoder returns an encoder that appends to buf, which may be nil.
func NewEncoder(buf []byte) *Encoder { return &Encoder{buf: buf} }

// Bytes returns what was written.
func (e *Encoder) Bytes() []byte { return e.buf }

// Parts returns what was written, as one piece.
func (e *Encoder) Parts() [][]byte { return [][]byte{e.buf} }

// Err returns the first error, or nil.
func (e *Encoder) Err() error { return e.err }

// Fail makes err the encoder's error unless it already has one.
func (e *Encoder) Fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

// BeginObject begins an object.
func (e *Encoder) BeginObject() { e.buf = append(e.buf, majorMap|indefinite) }

// EndObject ends an object.
func (e *Encoder) EndObject() { e.buf = append(e.buf, breakByte) }

// BeginArray begins an array.
func (e *Encoder) BeginArray() { e.buf = append(e.buf, majorArray|indefinite) }

// EndArray ends an array.
func (e *Encoder) EndArray() { e.buf = append(e.buf, breakByte) }

// Name writes the name of a member, which is plain text. Its value must follow.
func (e *Encoder) Name(name string) { e.text(name) }

// Key writes the key of a map. A value must follow.
func (e *Encoder) Key(key string) { e.String(key) }

// String writes a string; invalid UTF-8 is replaced by U+FFFD.
func (e *Encoder) String(v string) { e.text(strings.ToValidUTF8(v, "\uFFFD")) }

func (e *Encoder) text(v string) {
	e.grow(len(v))
	e.head(majorText, uint64(len(v)))
	e.buf = append(e.buf, v...)
}

// Blob writes bytes; nil is an empty blob.
func (e *Encoder) Blob(v []byte) {
	e.grow(len(v))
	e.head(majorBytes, uint64(len(v)))
	e.buf = append(e.buf, v...)
}

// Bool writes a boolean.
func (e *Encoder) Bool(v bool) {
	b := byte(simpleFalse)
	if v {
		b = simpleTrue
	}
	e.buf = append(e.buf, b)
}

// Int writes an integer, in the shortest form.
func (e *Encoder) Int(v int64) {
	if v < 0 {
		e.head(majorNegative, ^uint64(v))
		return
	}
	e.head(majorUnsigned, uint64(v))
}

// Float32 writes a float.
func (e *Encoder) Float32(v float32) {
	e.buf = binary.BigEndian.AppendUint32(append(e.buf, simpleFloat32), math.Float32bits(v))
}

// Float64 writes a double.
func (e *Encoder) Float64(v float64) {
	e.buf = binary.BigEndian.AppendUint64(append(e.buf, simpleFloat64), math.Float64bits(v))
}

// EpochSeconds writes a timestamp as seconds since 1970, to the millisecond.
func (e *Encoder) EpochSeconds(v time.Time) {
	e.head(majorTag, tagEpoch)
	e.Float64(float64(v.UnixMilli()) / 1e3)
}

// DateTime writes a timestamp as [Encoder.EpochSeconds] does: CBOR has one form, and the
// trait timestampFormat does not count.
func (e *Encoder) DateTime(v time.Time) { e.EpochSeconds(v) }

// HTTPDate writes a timestamp as [Encoder.EpochSeconds] does.
func (e *Encoder) HTTPDate(v time.Time) { e.EpochSeconds(v) }

// Null writes a null.
func (e *Encoder) Null() { e.buf = append(e.buf, simpleNull) }

// grow makes room for n bytes and what stands in front of them. The buffer doubles: by itself
// append lets one that is not small grow by a quarter only, and copies it each time.
func (e *Encoder) grow(n int) {
	if n += 9; cap(e.buf)-len(e.buf) < n {
		e.buf = slices.Grow(e.buf, max(n, len(e.buf)))
	}
}

// head writes a major type and its argument, in the shortest form.
func (e *Encoder) head(major byte, arg uint64) {
	switch {
	case arg < info1Byte:
		e.buf = append(e.buf, major|byte(arg))
	case arg <= math.MaxUint8:
		e.buf = append(e.buf, major|info1Byte, byte(arg))
	case arg <= math.MaxUint16:
		e.buf = binary.BigEndian.AppendUint16(append(e.buf, major|info2Bytes), uint16(arg))
	case arg <= math.MaxUint32:
		e.buf = binary.BigEndian.AppendUint32(append(e.buf, major|info4Bytes), uint32(arg))
	default:
		e.buf = binary.BigEndian.AppendUint64(append(e.buf, major|info8Bytes), arg)
	}
}
