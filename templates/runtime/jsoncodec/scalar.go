package jsoncodec

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Text reads a string; empty for null and after an error. It suits enums, whose
// unknown values are kept as they came.
func (d *Decoder) Text() string {
	quoted, ok := d.scalar(jsontext.KindString, "a string")
	if !ok {
		return ""
	}
	return d.unquote(quoted)
}

// unquote copies a string literal's value.
func (d *Decoder) unquote(quoted []byte) string {
	if text := quoted[1 : len(quoted)-1]; isPlain(text) {
		return d.keep(text)
	}
	d.tmp, _ = jsontext.AppendUnquote(d.tmp[:0], quoted)
	return d.keep(d.tmp)
}

// isPlain says whether the text of a string literal is its value: ASCII without
// escapes. Other text may hold invalid UTF-8, which is replaced by U+FFFD.
func isPlain(text []byte) bool {
	for _, c := range text {
		if c == '\\' || c >= 0x80 {
			return false
		}
	}
	return true
}

// String reads a string; nil for null and after an error.
func (d *Decoder) String() *string {
	quoted, ok := d.scalar(jsontext.KindString, "a string")
	if !ok {
		return nil
	}
	return d.strings.add(d.unquote(quoted))
}

// Bool reads a boolean; nil for null and after an error.
func (d *Decoder) Bool() *bool {
	v, ok := d.boolean()
	if !ok {
		return nil
	}
	return d.bools.add(v)
}

// BoolValue reads a boolean; false for null and after an error.
func (d *Decoder) BoolValue() bool {
	v, _ := d.boolean()
	return v
}

func (d *Decoder) boolean() (v, ok bool) {
	if d.err != nil || d.Null() {
		return false, false
	}
	if k := d.dec.PeekKind(); k != jsontext.KindTrue && k != jsontext.KindFalse {
		d.mismatch("a boolean")
		return false, false
	}
	token, err := d.dec.ReadToken()
	if err != nil {
		d.syntax(err)
		return false, false
	}
	return token.Kind() == jsontext.KindTrue, true
}

// integer reads a number without fraction that fits the bits.
func (d *Decoder) integer(bits int) (int64, bool) {
	text, ok := d.scalar(jsontext.KindNumber, "an integer")
	if !ok {
		return 0, false
	}
	v, err := strconv.ParseInt(string(text), 10, bits)
	switch {
	case err == nil:
		return v, true
	case errors.Is(err, strconv.ErrRange):
		d.Fail(fmt.Errorf("%s does not fit a %d-bit integer", clip(text), bits))
	default:
		d.Fail(fmt.Errorf("expected an integer, got %s", clip(text)))
	}
	return 0, false
}

// clip bounds what an error quotes of the input.
func clip(text []byte) string {
	const most = 40
	if len(text) > most {
		return string(text[:most]) + "…"
	}
	return string(text)
}

// Int8 reads a byte of the model; nil for null and after an error. A number that
// does not fit is an error.
func (d *Decoder) Int8() *int8 {
	v, ok := d.integer(8)
	if !ok {
		return nil
	}
	return new(int8(v))
}

// Int8Value reads a byte; zero for null and after an error.
func (d *Decoder) Int8Value() int8 {
	v, _ := d.integer(8)
	return int8(v)
}

// Int16 reads a short of the model; nil for null and after an error. A number that
// does not fit is an error.
func (d *Decoder) Int16() *int16 {
	v, ok := d.integer(16)
	if !ok {
		return nil
	}
	return new(int16(v))
}

// Int16Value reads a short; zero for null and after an error.
func (d *Decoder) Int16Value() int16 {
	v, _ := d.integer(16)
	return int16(v)
}

// Int32 reads an integer of the model; nil for null and after an error. A number that
// does not fit is an error.
func (d *Decoder) Int32() *int32 {
	v, ok := d.integer(32)
	if !ok {
		return nil
	}
	return d.int32s.add(int32(v))
}

// Int32Value reads an integer; zero for null and after an error.
func (d *Decoder) Int32Value() int32 {
	v, _ := d.integer(32)
	return int32(v)
}

// Int64 reads a long of the model; nil for null and after an error. A number that
// does not fit is an error.
func (d *Decoder) Int64() *int64 {
	v, ok := d.integer(64)
	if !ok {
		return nil
	}
	return d.int64s.add(v)
}

// Int64Value reads a long; zero for null and after an error.
func (d *Decoder) Int64Value() int64 {
	v, _ := d.integer(64)
	return v
}

// float reads a number, or one of the strings "NaN", "Infinity", "-Infinity".
func (d *Decoder) float(bits int) (float64, bool) {
	if d.err == nil && d.dec.PeekKind() == jsontext.KindString {
		return d.specialFloat()
	}
	text, ok := d.scalar(jsontext.KindNumber, "a number")
	if !ok {
		return 0, false
	}
	v, err := strconv.ParseFloat(string(text), bits)
	if err != nil {
		d.Fail(fmt.Errorf("%s does not fit a %d-bit float", clip(text), bits))
		return 0, false
	}
	return v, true
}

func (d *Decoder) specialFloat() (float64, bool) {
	quoted, ok := d.scalar(jsontext.KindString, "a number")
	if !ok {
		return 0, false
	}
	switch text := quoted[1 : len(quoted)-1]; string(text) {
	case "NaN":
		return math.NaN(), true
	case "Infinity":
		return math.Inf(1), true
	case "-Infinity":
		return math.Inf(-1), true
	default:
		d.Fail(fmt.Errorf("expected a number, got the string %s", clip(quoted)))
		return 0, false
	}
}

// Float32 reads a float; nil for null and after an error.
func (d *Decoder) Float32() *float32 {
	v, ok := d.float(32)
	if !ok {
		return nil
	}
	return new(float32(v))
}

// Float32Value reads a float; zero for null and after an error.
func (d *Decoder) Float32Value() float32 {
	v, _ := d.float(32)
	return float32(v)
}

// Float64 reads a double; nil for null and after an error.
func (d *Decoder) Float64() *float64 {
	v, ok := d.float(64)
	if !ok {
		return nil
	}
	return d.floats.add(v)
}

// Float64Value reads a double; zero for null and after an error.
func (d *Decoder) Float64Value() float64 {
	v, _ := d.float(64)
	return v
}

// Blob reads bytes in base64; nil for null and after an error, never nil
// otherwise.
func (d *Decoder) Blob() []byte {
	quoted, ok := d.scalar(jsontext.KindString, "a string in base64")
	if !ok {
		return nil
	}
	text := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(text, '\\') >= 0 {
		d.tmp, _ = jsontext.AppendUnquote(d.tmp[:0], quoted)
		text = d.tmp
	}
	out := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Decode(out, text)
	if err != nil {
		d.Fail(fmt.Errorf("expected a string in base64: %w", err))
		return nil
	}
	return out[:n]
}
