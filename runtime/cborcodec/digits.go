package cborcodec

import (
	"errors"
	"math/big"
	"strconv"
	"strings"
)

// maxBig is the longest big integer whose digits are made, in bytes: that takes more than
// proportionally long.
const maxBig = 8 << 10

// Digits reads a number of any size and has parse make a value of its digits, with their
// exponent if it is a decimal fraction. For null it does not.
func (d *Decoder) Digits(parse func(digits string) error) {
	digits, ok := d.digits()
	if !ok {
		return
	}
	if err := parse(digits); err != nil {
		d.Fail(err)
	}
}

func (d *Decoder) digits() (string, bool) {
	switch h := d.peek(); {
	case h.major() == majorArray && h.tag == tagDecimal:
		return d.fraction(d.integerDigits)
	case h.isFloat():
		v, ok := d.float("a number")
		return strconv.FormatFloat(v, 'g', -1, 64), ok
	default:
		digits := d.integerDigits()
		return digits, digits != ""
	}
}

// integerDigits reads an integer of any size; empty for null and after an error.
func (d *Decoder) integerDigits() string {
	v := new(big.Int)
	h := d.peek()
	isNegative := h.major() == majorNegative
	switch {
	case h.end == 0:
		return ""
	case h.major() == majorUnsigned || isNegative:
		d.pos = h.end
		v.SetUint64(h.arg)
	case h.isBig():
		isNegative = h.tag == tagNegative
		magnitude := d.chunks(h)
		if len(magnitude) > maxBig {
			d.Fail(errors.New("the number has more than " + strconv.Itoa(maxBig) + " bytes"))
		}
		if d.err != nil {
			return ""
		}
		v.SetBytes(magnitude)
	default:
		d.unexpected("a number")
		return ""
	}
	if isNegative {
		v.Not(v) // -1 - v
	}
	return v.String()
}

// Integer writes an integer of any size, which is given by its digits, in the shortest form.
func (e *Encoder) Integer(digits string) {
	v, ok := new(big.Int).SetString(digits, 10)
	if !ok {
		e.Fail(errors.New("expected the digits of an integer"))
		return
	}
	major, tag := byte(majorUnsigned), uint64(tagPositive)
	if v.Sign() < 0 {
		major, tag = majorNegative, tagNegative
		v.Not(v)
	}
	if v.IsUint64() {
		e.head(major, v.Uint64())
		return
	}
	e.head(majorTag, tag)
	e.Blob(v.Bytes())
}

// Decimal writes a decimal, which is given by its digits, as a decimal fraction.
func (e *Encoder) Decimal(digits string) {
	mantissa, power, _ := strings.Cut(digits, "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	exponent, _ := strconv.Atoi(power) // 0 for none
	e.head(majorTag, tagDecimal)
	e.head(majorArray, 2)
	e.Int(int64(exponent - len(fraction)))
	e.Integer(whole + fraction)
}
