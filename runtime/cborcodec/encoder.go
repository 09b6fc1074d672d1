package cborcodec

import (
	"encoding/binary"
	"math"
	"slices"
	"time"
)

// Encoder writes one value. Objects and arrays have no length in front but a break at
// their end, because how many members there are is known only then. The zero value is
// ready to use.
type Encoder struct {
	buf []byte
	err error
}

// minRoom is how many bytes an encoder begins with that was given none.
const minRoom = 512

// NewEncoder returns an encoder that appends to buf, which may be nil.
func NewEncoder(buf []byte) *Encoder {
	if buf == nil {
		buf = make([]byte, 0, minRoom)
	}
	return &Encoder{buf: buf}
}

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
func (e *Encoder) Name(name string) { e.String(name) }

// Key writes the key of a map. A value must follow.
func (e *Encoder) Key(key string) { e.String(key) }

// String writes a string, byte by byte as the official encoder does.
func (e *Encoder) String(v string) {
	if len(v) < info1Byte {
		b := e.room(1 + len(v))
		b[0] = majorText | byte(len(v))
		copy(b[1:], v)
		return
	}
	e.head(majorText, uint64(len(v)))
	copy(e.room(len(v)), v)
}

// Blob writes bytes; nil is an empty blob.
func (e *Encoder) Blob(v []byte) {
	e.head(majorBytes, uint64(len(v)))
	copy(e.room(len(v)), v)
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
	e.argument4(simpleFloat32, math.Float32bits(v))
}

// Float64 writes a double.
func (e *Encoder) Float64(v float64) {
	e.argument8(simpleFloat64, math.Float64bits(v))
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

// room appends n bytes and returns them, to be filled. The buffer doubles: by itself append
// lets one that is not small grow by a quarter only, and copies it each time. Where it has
// room, only its length is stored, as append stores it behind single bytes: storing a pointer
// costs a write barrier while the garbage collector runs.
func (e *Encoder) room(n int) []byte {
	start := len(e.buf)
	if cap(e.buf)-start < n {
		e.buf = slices.Grow(e.buf, max(n, start))
	}
	e.buf = e.buf[:start+n]
	return e.buf[start:]
}

// head writes a major type and its argument, in the shortest form.
func (e *Encoder) head(major byte, arg uint64) {
	switch {
	case arg < info1Byte:
		e.buf = append(e.buf, major|byte(arg))
	case arg <= math.MaxUint8:
		e.buf = append(e.buf, major|info1Byte, byte(arg))
	case arg <= math.MaxUint16:
		e.buf = append(e.buf, major|info2Bytes, byte(arg>>8), byte(arg))
	case arg <= math.MaxUint32:
		e.argument4(major|info4Bytes, uint32(arg))
	default:
		e.argument8(major|info8Bytes, arg)
	}
}

// argument4 writes a first byte and an argument of four bytes.
func (e *Encoder) argument4(first byte, arg uint32) {
	b := e.room(5)
	b[0] = first
	binary.BigEndian.PutUint32(b[1:], arg)
}

// argument8 writes a first byte and an argument of eight bytes.
func (e *Encoder) argument8(first byte, arg uint64) {
	b := e.room(9)
	b[0] = first
	binary.BigEndian.PutUint64(b[1:], arg)
}
