package jsoncodec

import (
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"example.com/lathe/runtime/scalar"
)

// Text reads a string; empty for null and after an error. It suits enums, whose
// unknown values are kept as they came.
func (d *Decoder) Text() string {
	v, _ := d.text()
	return v
}

// String reads a string; nil for null and after an error.
func (d *Decoder) String() *string {
	v, ok := d.text()
	if !ok {
		return nil
	}
	return d.slabs.String(v, d.left())
}

// text reads a string; ok is false for null and after an error.
func (d *Decoder) text() (v string, ok bool) {
	if d.peek() == '"' {
		start := d.pos + 1
		end := plainEnd(d.buf, start)
		if end < len(d.buf) && d.buf[end] == '"' {
			d.pos = end + 1
			return d.keep(d.buf[start:end]), true
		}
	}
	l, ok := d.stringLiteral("a string")
	return d.keepLiteral(l), ok
}

// stringLiteral reads a string; ok is false for null and after an error.
func (d *Decoder) stringLiteral(want string) (l literal, ok bool) {
	if d.peekPastSpace() != '"' {
		d.unexpected(want)
		return literal{}, false
	}
	l = d.literal()
	return l, d.err == nil
}

// Bool reads a boolean; nil for null and after an error.
func (d *Decoder) Bool() *bool {
	v, ok := d.boolean()
	if !ok {
		return nil
	}
	return d.slabs.Bool(v, d.left())
}

// BoolValue reads a boolean; false for null and after an error.
func (d *Decoder) BoolValue() bool {
	v, _ := d.boolean()
	return v
}

func (d *Decoder) boolean() (v, ok bool) {
	switch d.peek() {
	case 't':
		ok = d.word("true")
		return ok, ok
	case 'f':
		return false, d.word("false")
	default:
		d.unexpected("a boolean")
		return false, false
	}
}

// integer reads a number without fraction that fits the bits. It takes what is
// short and plain itself.
func (d *Decoder) integer(bits int) (int64, bool) {
	const most = 18 // as many digits fit an int64
	c := d.peek()
	start := d.pos
	if c == '-' {
		start++
	}
	var v int64
	end := start
	for end < len(d.buf) && isDigit(d.buf[end]) && end-start <= most {
		v = v*10 + int64(d.buf[end]-'0')
		end++
	}
	if c == '-' {
		v = -v
	}
	n := end - start
	if n == 0 || n > most || n > 1 && d.buf[start] == '0' || !fits(v, bits) || end < len(d.buf) && isNumeric(d.buf[end]) {
		return d.integerSlow(bits)
	}
	d.pos = end
	return v, true
}

func fits(v int64, bits int) bool { return v<<(64-bits)>>(64-bits) == v }

// isNumeric reports whether c continues a number that begins with an integer.
func isNumeric(c byte) bool { return c == '.' || c == 'e' || c == 'E' }

// integerSlow reads numbers that integer does not, and reports what is no integer.
func (d *Decoder) integerSlow(bits int) (int64, bool) {
	text, ok := d.numberText("an integer")
	if !ok {
		return 0, false
	}
	v, err := strconv.ParseInt(scalar.AsString(text), 10, bits)
	switch {
	case err == nil:
		return v, true
	case errors.Is(err, strconv.ErrRange):
		d.doesNotFit(bits, "integer")
	default:
		d.failWith("expected an integer, got a number with a fraction or an exponent")
	}
	return 0, false
}

// numberText reads a number; ok is false for null and after an error.
func (d *Decoder) numberText(want string) (text []byte, ok bool) {
	if c := d.peekPastSpace(); c != '-' && !isDigit(c) {
		d.unexpected(want)
		return nil, false
	}
	text = d.number()
	return text, text != nil
}

// number reads a number and returns its text; nil when there is none.
func (d *Decoder) number() []byte {
	end := numberEnd(d.buf, d.pos)
	if end < 0 {
		d.badNumber(^end)
		return nil
	}
	text := d.buf[d.pos:end]
	d.pos = end
	return text
}

// Digits reads a number of any size and has parse make a value of its digits, with their
// fraction and exponent. For null it does not.
func (d *Decoder) Digits(parse func(digits string) error) {
	text, ok := d.numberText("a number")
	if !ok {
		return
	}
	if err := parse(string(text)); err != nil {
		d.Fail(err)
	}
}

// Int8 reads a byte of the model; nil for null and after an error. A number that
// does not fit is an error.
func (d *Decoder) Int8() *int8 {
	v, ok := d.integer(8)
	if !ok {
		return nil
	}
	p := int8(v)
	return &p
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
	p := int16(v)
	return &p
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
	return d.slabs.Int32(int32(v), d.left())
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
	return d.slabs.Int64(v, d.left())
}

// Int64Value reads a long; zero for null and after an error.
func (d *Decoder) Int64Value() int64 {
	v, _ := d.integer(64)
	return v
}

// float reads a number, or one of the strings "NaN", "Infinity", "-Infinity", in any case.
func (d *Decoder) float(bits int) (float64, bool) {
	if d.peekPastSpace() == '"' {
		return d.specialFloat()
	}
	text, ok := d.numberText("a number")
	if !ok {
		return 0, false
	}
	v, err := strconv.ParseFloat(scalar.AsString(text), bits)
	if err != nil {
		d.doesNotFit(bits, "float")
		return 0, false
	}
	return v, true
}

func (d *Decoder) specialFloat() (float64, bool) {
	l := d.literal()
	if d.err != nil {
		return 0, false
	}
	switch text := scalar.AsString(l.value()); {
	case strings.EqualFold(text, "NaN"):
		return math.NaN(), true
	case strings.EqualFold(text, "Infinity"):
		return math.Inf(1), true
	case strings.EqualFold(text, "-Infinity"):
		return math.Inf(-1), true
	default:
		d.failWith("expected a number, got a string")
		return 0, false
	}
}

// Float32 reads a float; nil for null and after an error.
func (d *Decoder) Float32() *float32 {
	v, ok := d.float(32)
	if !ok {
		return nil
	}
	p := float32(v)
	return &p
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
	return d.slabs.Float64(v, d.left())
}

// Float64Value reads a double; zero for null and after an error.
func (d *Decoder) Float64Value() float64 {
	v, _ := d.float(64)
	return v
}

// Blob reads bytes in base64; nil for null and after an error, never nil
// otherwise.
func (d *Decoder) Blob() []byte {
	l, ok := d.stringLiteral("a string in base64")
	if !ok {
		return nil
	}
	text := l.value()
	out := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Decode(out, text)
	if err != nil {
		d.Fail(fmt.Errorf("expected a string in base64: %w", err))
		return nil
	}
	return out[:n]
}
