package xmlcodec

import (
	"bytes"
	"encoding/base64"
	"errors"
	"math"
	"strconv"
	"time"

	"example.com/lathe/runtime/scalar"
)

// The methods here read the current element or attribute as a value of a type, to its end.
// Those that return a pointer return nil after an error only: what is absent is not there
// to be read. White space around what is no text does not count.

// Text reads text; empty after an error. It suits enums, whose unknown values are kept as
// they came.
func (d *Decoder) Text() string {
	v, _ := d.text()
	return v
}

// String reads text.
func (d *Decoder) String() *string {
	v, ok := d.text()
	if !ok {
		return nil
	}
	return d.slabs.String(v, d.left())
}

func (d *Decoder) text() (v string, ok bool) {
	text, _, ok := d.content()
	if !ok {
		return "", false
	}
	return d.slabs.Text(text, d.left()), true
}

// token reads text without the white space around it. The element is for errors.
func (d *Decoder) token() (text []byte, at element, ok bool) {
	text, at, ok = d.content()
	return bytes.TrimSpace(text), at, ok
}

// Bool reads a boolean, in the forms that [strconv.ParseBool] knows.
func (d *Decoder) Bool() *bool {
	v, ok := d.boolean()
	if !ok {
		return nil
	}
	return d.slabs.Bool(v, d.left())
}

// BoolValue reads a boolean; false after an error.
func (d *Decoder) BoolValue() bool {
	v, _ := d.boolean()
	return v
}

func (d *Decoder) boolean() (v, ok bool) {
	text, at, ok := d.token()
	if !ok {
		return false, false
	}
	v, err := strconv.ParseBool(string(text))
	if err != nil {
		d.failWith(at, "expected a boolean")
	}
	return v, err == nil
}

// integer reads a number without fraction that fits the bits.
func (d *Decoder) integer(bits int) (int64, bool) {
	text, at, ok := d.token()
	if !ok {
		return 0, false
	}
	v, err := strconv.ParseInt(string(text), 10, bits)
	switch {
	case err == nil:
		return v, true
	case errors.Is(err, strconv.ErrRange):
		d.failWith(at, "the number does not fit a ", strconv.Itoa(bits), "-bit integer")
	default:
		d.failWith(at, "expected an integer")
	}
	return 0, false
}

// Int8 reads a byte of the model. A number that does not fit is an error.
func (d *Decoder) Int8() *int8 {
	v, ok := d.integer(8)
	if !ok {
		return nil
	}
	p := int8(v)
	return &p
}

// Int8Value reads a byte; zero after an error.
func (d *Decoder) Int8Value() int8 {
	v, _ := d.integer(8)
	return int8(v)
}

// Int16 reads a short of the model. A number that does not fit is an error.
func (d *Decoder) Int16() *int16 {
	v, ok := d.integer(16)
	if !ok {
		return nil
	}
	p := int16(v)
	return &p
}

// Int16Value reads a short; zero after an error.
func (d *Decoder) Int16Value() int16 {
	v, _ := d.integer(16)
	return int16(v)
}

// Int32 reads an integer of the model. A number that does not fit is an error.
func (d *Decoder) Int32() *int32 {
	v, ok := d.integer(32)
	if !ok {
		return nil
	}
	return d.slabs.Int32(int32(v), d.left())
}

// Int32Value reads an integer; zero after an error.
func (d *Decoder) Int32Value() int32 {
	v, _ := d.integer(32)
	return int32(v)
}

// Int64 reads a long of the model. A number that does not fit is an error.
func (d *Decoder) Int64() *int64 {
	v, ok := d.integer(64)
	if !ok {
		return nil
	}
	return d.slabs.Int64(v, d.left())
}

// Int64Value reads a long; zero after an error.
func (d *Decoder) Int64Value() int64 {
	v, _ := d.integer(64)
	return v
}

// Digits reads a number of any size and has parse make a value of its digits, with their
// fraction and exponent.
func (d *Decoder) Digits(parse func(digits string) error) {
	text, at, ok := d.token()
	if !ok {
		return
	}
	if err := parse(string(text)); err != nil {
		d.failWith(at, err.Error())
	}
}

// float reads a number, or one of NaN, Infinity and -Infinity.
func (d *Decoder) float(bits int) (float64, bool) {
	text, at, ok := d.token()
	switch {
	case !ok:
		return 0, false
	case bytes.EqualFold(text, []byte("nan")):
		return math.NaN(), true
	case bytes.EqualFold(text, []byte("infinity")):
		return math.Inf(1), true
	case bytes.EqualFold(text, []byte("-infinity")):
		return math.Inf(-1), true
	}
	v, err := strconv.ParseFloat(string(text), bits)
	switch {
	case err == nil:
		return v, true
	case errors.Is(err, strconv.ErrRange):
		d.failWith(at, "the number does not fit a ", strconv.Itoa(bits), "-bit float")
	default:
		d.failWith(at, "expected a number")
	}
	return 0, false
}

// Float32 reads a float.
func (d *Decoder) Float32() *float32 {
	v, ok := d.float(32)
	if !ok {
		return nil
	}
	p := float32(v)
	return &p
}

// Float32Value reads a float; zero after an error.
func (d *Decoder) Float32Value() float32 {
	v, _ := d.float(32)
	return float32(v)
}

// Float64 reads a double.
func (d *Decoder) Float64() *float64 {
	v, ok := d.float(64)
	if !ok {
		return nil
	}
	return d.slabs.Float64(v, d.left())
}

// Float64Value reads a double; zero after an error.
func (d *Decoder) Float64Value() float64 {
	v, _ := d.float(64)
	return v
}

// Blob reads bytes in base64; nil after an error, never nil otherwise.
func (d *Decoder) Blob() []byte {
	text, at, ok := d.content()
	if !ok {
		return nil
	}
	out := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Decode(out, text)
	if err != nil {
		d.failWith(at, "expected bytes in base64")
		return nil
	}
	return out[:n]
}

// DateTime reads a timestamp in RFC 3339, with or without fraction and offset.
func (d *Decoder) DateTime() *time.Time { return d.timePointer(d.dateTime()) }

// DateTimeValue reads a timestamp as [Decoder.DateTime] does; the zero time after an error,
// as for all the formats.
func (d *Decoder) DateTimeValue() time.Time { return timeValue(d.dateTime()) }

// HTTPDate reads a timestamp in the format of RFC 7231.
func (d *Decoder) HTTPDate() *time.Time { return d.timePointer(d.timeIn(scalar.ParseHTTPDate)) }

// HTTPDateValue reads a timestamp in the format of RFC 7231.
func (d *Decoder) HTTPDateValue() time.Time { return timeValue(d.timeIn(scalar.ParseHTTPDate)) }

// EpochSeconds reads a timestamp as seconds since 1970, with a fraction of which
// milliseconds count.
func (d *Decoder) EpochSeconds() *time.Time {
	return d.timePointer(d.timeIn(scalar.ParseEpochSeconds))
}

// EpochSecondsValue reads a timestamp as [Decoder.EpochSeconds] does.
func (d *Decoder) EpochSecondsValue() time.Time {
	return timeValue(d.timeIn(scalar.ParseEpochSeconds))
}

func (d *Decoder) timePointer(t time.Time, ok bool) *time.Time {
	if !ok {
		return nil
	}
	return d.slabs.Time(t, d.left())
}

func timeValue(t time.Time, _ bool) time.Time { return t }

func (d *Decoder) dateTime() (time.Time, bool) { return d.timeIn(scalar.ParseDateTime) }

func (d *Decoder) timeIn(parse func(string) (time.Time, error)) (time.Time, bool) {
	text, at, ok := d.token()
	if !ok {
		return time.Time{}, false
	}
	t, err := parse(string(text))
	if err != nil {
		d.failWith(at, "expected a timestamp in another format")
	}
	return t, err == nil
}
