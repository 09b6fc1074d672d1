package cborcodec

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"example.com/lathe/runtime/scalar"
)

func pointer[T any](v T, ok bool) *T {
	if !ok {
		return nil
	}
	return &v
}

func value[T any](v T, _ bool) T { return v }

// String reads a string; nil for null and after an error.
func (d *Decoder) String() *string { return pointer(d.text()) }

// Text reads a string; empty for null and after an error.
func (d *Decoder) Text() string { return value(d.text()) }

func (d *Decoder) text() (string, bool) {
	h, ok := d.want(majorText, "a string")
	if !ok {
		return "", false
	}
	text := d.chunks(h)
	return validText(text), d.err == nil
}

func validText(text []byte) string { return strings.ToValidUTF8(string(text), "\uFFFD") }

// Blob reads bytes; nil for null and after an error, never nil otherwise.
func (d *Decoder) Blob() []byte {
	h, ok := d.want(majorBytes, "bytes")
	if !ok {
		return nil
	}
	b := d.chunks(h)
	if d.err != nil {
		return nil
	}
	return append([]byte{}, b...)
}

// want returns the next item's head if it is of a major type; ok is false for null and
// after an error.
func (d *Decoder) want(major byte, kind string) (h head, ok bool) {
	if h = d.peek(); h.end > 0 && h.major() == major {
		return h, true
	}
	d.unexpected(kind)
	return h, false
}

// Bool reads a boolean; nil for null and after an error.
func (d *Decoder) Bool() *bool { return pointer(d.boolean()) }

// BoolValue reads a boolean; false for null and after an error.
func (d *Decoder) BoolValue() bool { return value(d.boolean()) }

func (d *Decoder) boolean() (v, ok bool) {
	switch h := d.peek(); h.first {
	case simpleTrue, simpleFalse:
		d.pos = h.end
		return h.first == simpleTrue, true
	default:
		d.unexpected("a boolean")
		return false, false
	}
}

// integer reads an integer, or a big one, that fits the bits.
func (d *Decoder) integer(bits int) (int64, bool) {
	h := d.peek()
	negative, arg, fits := h.major() == majorNegative, h.arg, true
	switch {
	case h.end == 0:
		return 0, false
	case h.major() == majorUnsigned || h.major() == majorNegative:
		d.pos = h.end
	case h.isBig():
		negative = h.tag == tagNegative
		arg, fits = bigInt(d.chunks(h))
	default:
		d.unexpected("an integer")
		return 0, false
	}
	if d.err != nil {
		return 0, false
	}
	if !fits || arg > math.MaxInt64>>(64-bits) {
		d.doesNotFit(bits, "integer")
		return 0, false
	}
	if negative {
		return ^int64(arg), true
	}
	return int64(arg), true
}

// Int8 reads a byte of the model; nil for null and after an error. A number that does not
// fit is an error.
func (d *Decoder) Int8() *int8 {
	v, ok := d.integer(8)
	return pointer(int8(v), ok)
}

// Int8Value reads a byte; zero for null and after an error.
func (d *Decoder) Int8Value() int8 { return int8(value(d.integer(8))) }

// Int16 reads a short of the model; nil for null and after an error. A number that does
// not fit is an error.
func (d *Decoder) Int16() *int16 {
	v, ok := d.integer(16)
	return pointer(int16(v), ok)
}

// Int16Value reads a short; zero for null and after an error.
func (d *Decoder) Int16Value() int16 { return int16(value(d.integer(16))) }

// Int32 reads an integer of the model; nil for null and after an error. A number that
// does not fit is an error.
func (d *Decoder) Int32() *int32 {
	v, ok := d.integer(32)
	return pointer(int32(v), ok)
}

// Int32Value reads an integer; zero for null and after an error.
func (d *Decoder) Int32Value() int32 { return int32(value(d.integer(32))) }

// Int64 reads a long of the model; nil for null and after an error. A number that does
// not fit is an error.
func (d *Decoder) Int64() *int64 { return pointer(d.integer(64)) }

// Int64Value reads a long; zero for null and after an error.
func (d *Decoder) Int64Value() int64 { return value(d.integer(64)) }

// Float32 reads a float, from a number of any kind and width; nil for null and after an
// error.
func (d *Decoder) Float32() *float32 {
	v, ok := d.float("a number")
	return pointer(float32(v), ok)
}

// Float32Value reads a float; zero for null and after an error.
func (d *Decoder) Float32Value() float32 { return float32(value(d.float("a number"))) }

// Float64 reads a double, as [Decoder.Float32] does a float.
func (d *Decoder) Float64() *float64 { return pointer(d.float("a number")) }

// Float64Value reads a double; zero for null and after an error.
func (d *Decoder) Float64Value() float64 { return value(d.float("a number")) }

// float reads a number of any kind; want is what it should be.
func (d *Decoder) float(want string) (float64, bool) {
	h := d.peek()
	switch {
	case h.end == 0:
		return 0, false
	case h.first == simpleFloat16:
		d.pos = h.end
		return float16(uint16(h.arg)), true
	case h.first == simpleFloat32:
		d.pos = h.end
		return float64(math.Float32frombits(uint32(h.arg))), true
	case h.first == simpleFloat64:
		d.pos = h.end
		return math.Float64frombits(h.arg), true
	case h.major() == majorUnsigned:
		d.pos = h.end
		return float64(h.arg), true
	case h.major() == majorNegative:
		d.pos = h.end
		return -1 - float64(h.arg), true
	case h.isBig():
		return d.bigFloat(h, h.tag == tagNegative)
	case h.major() == majorArray && h.tag == tagDecimal:
		return d.decimal()
	default:
		d.unexpected(want)
		return 0, false
	}
}

// bigFloat reads a big integer, of which h is the head, as the nearest float.
func (d *Decoder) bigFloat(h head, negative bool) (float64, bool) {
	v := 0.0
	for _, c := range d.chunks(h) {
		v = v*256 + float64(c)
	}
	if negative {
		v = -1 - v
	}
	if d.err != nil {
		return 0, false
	}
	return v, true
}

// decimal reads a decimal fraction as the nearest float.
func (d *Decoder) decimal() (float64, bool) {
	text, ok := d.fraction(func() string { return strconv.FormatInt(d.Int64Value(), 10) })
	// A number that is too large is infinite, as one that is written so.
	v, _ := strconv.ParseFloat(text, 64)
	return v, ok
}

// fraction reads an array of an exponent of ten and a mantissa, as a number with an exponent.
// The mantissa is what the function reads.
func (d *Decoder) fraction(mantissa func() string) (text string, ok bool) {
	if !d.Array() {
		return "", false
	}
	n, exponent := 0, ""
	for ; d.NextElement(); n++ {
		switch n {
		case 0:
			exponent = strconv.FormatInt(d.Int64Value(), 10)
		case 1:
			text = mantissa() + "e" + exponent
		default:
			d.Fail(errors.New("expected a decimal fraction, got more than two parts"))
		}
	}
	if d.err == nil && n < 2 {
		d.Fail(errors.New("expected a decimal fraction, got less than two parts"))
	}
	return text, d.err == nil
}

// float16 widens a float of half precision.
func float16(bits uint16) float64 {
	const fraction = 1 << 10
	exponent, mantissa := int(bits>>10&31), float64(bits&(fraction-1))
	var v float64
	switch exponent {
	case 0:
		v = math.Ldexp(mantissa, -24)
	case 31:
		if v = math.Inf(1); mantissa != 0 {
			return math.NaN()
		}
	default:
		v = math.Ldexp(fraction+mantissa, exponent-25)
	}
	if bits>>15 != 0 {
		return -v
	}
	return v
}

// EpochSeconds reads a timestamp: seconds since 1970, of whose fraction milliseconds
// count, or a text in RFC 3339; nil for null and after an error.
func (d *Decoder) EpochSeconds() *time.Time { return pointer(d.time()) }

// EpochSecondsValue reads a timestamp as [Decoder.EpochSeconds] does; the zero time for
// null and after an error.
func (d *Decoder) EpochSecondsValue() time.Time { return value(d.time()) }

// DateTime reads a timestamp as [Decoder.EpochSeconds] does: CBOR has one form, and the
// trait timestampFormat does not count.
func (d *Decoder) DateTime() *time.Time { return d.EpochSeconds() }

// DateTimeValue reads a timestamp as [Decoder.EpochSecondsValue] does.
func (d *Decoder) DateTimeValue() time.Time { return d.EpochSecondsValue() }

// HTTPDate reads a timestamp as [Decoder.EpochSeconds] does.
func (d *Decoder) HTTPDate() *time.Time { return d.EpochSeconds() }

// HTTPDateValue reads a timestamp as [Decoder.EpochSecondsValue] does.
func (d *Decoder) HTTPDateValue() time.Time { return d.EpochSecondsValue() }

func (d *Decoder) time() (time.Time, bool) {
	if h := d.peek(); h.end > 0 && h.major() == majorText {
		text, _ := d.text()
		t, err := scalar.ParseDateTime(text)
		if err != nil && d.err == nil {
			d.Fail(errors.New("expected a timestamp, got a string of another format"))
		}
		return t, d.err == nil
	}
	seconds, ok := d.float("a timestamp")
	if !ok {
		return time.Time{}, false
	}
	t, err := scalar.ParseEpochSeconds(strconv.FormatFloat(seconds, 'f', -1, 64))
	if err != nil {
		d.Fail(err)
		return time.Time{}, false
	}
	return t, true
}

// Errors name members, kinds and places. They never quote a value or the key of a map,
// because it may be a secret, and only who has the model knows.

// Fail makes err the decoder's error unless it already has one. The error's text is led
// by the path of the current member.
func (d *Decoder) Fail(err error) {
	if d.err != nil {
		return
	}
	if path := d.path(); path != "" {
		err = fmt.Errorf("member %s: %w", path, err)
	}
	d.stop(err)
}

// stop makes err the decoder's error. It leaves nothing to be read, which ends all loops.
func (d *Decoder) stop(err error) {
	if d.err == nil {
		d.err = err
	}
	d.pos = len(d.buf)
}

// malformed makes what is wrong with the next item the decoder's error.
func (d *Decoder) malformed(wrong error) {
	d.stop(fmt.Errorf("invalid CBOR at byte %d: %w", d.pos, wrong))
}

func (d *Decoder) doesNotFit(bits int, kind string) {
	d.Fail(fmt.Errorf("the number does not fit a %d-bit %s", bits, kind))
}

// unexpected reads a value that does not begin as it should. A null is absent; anything
// else is an error.
func (d *Decoder) unexpected(want string) {
	if d.Null() || d.err != nil {
		return
	}
	kind := kindName(d.peek())
	if d.Skip(); d.err == nil {
		d.Fail(errors.New("expected " + want + ", got " + kind))
	}
}

func kindName(h head) string {
	switch {
	case h.major() == majorMap:
		return "an object"
	case h.major() == majorArray:
		return "an array"
	case h.major() == majorText:
		return "a string"
	case h.major() == majorBytes:
		return "bytes"
	case h.first == simpleTrue || h.first == simpleFalse:
		return "a boolean"
	case h.major() == majorSimple && !h.isFloat():
		return "a simple value"
	default:
		return "a number"
	}
}

// maxPath is how many levels of a path an error shows.
const maxPath = 16

// path is where the current value stands: names, indices, and "*" for any key of a map.
func (d *Decoder) path() string {
	var names []string
	open := d.open
	if len(open) > maxPath {
		names, open = append(names, "…"), open[len(open)-maxPath:]
	}
	for _, l := range open {
		switch {
		case l.isMap:
			names = append(names, "*")
		case l.isArray && l.index >= 0:
			names = append(names, strconv.Itoa(l.index))
		case len(l.name) > maxName:
			names = append(names, validText(l.name[:maxName])+"…")
		case l.name != nil:
			names = append(names, validText(l.name))
		}
	}
	return strings.Join(names, "/")
}

// maxName is how many bytes of a name an error shows.
const maxName = 100
