// Package bignum reads and writes numbers of any size: Smithy's bigInteger and bigDecimal,
// which are *big.Int and *big.Float in Go. They travel by their digits and never through a
// float of fixed width.
//
// A *big.Float has as many bits as its digits need: what was read is written with the same
// digits, but for zeros at the end.
package bignum

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

const (
	// maxDigits is how many digits a number has at most when it is written without an
	// exponent. A few bytes stand for any amount of memory otherwise: 1e1000000000.
	maxDigits = 10_000
	// maxBits is how many bits so many digits need.
	maxBits = maxDigits * bitsOf1000 / 1000
	// bitsOf1000 is how many bits 1,000 digits need.
	bitsOf1000 = 3322
	// minBits is how many bits of precision a *big.Float has at least, as those have that
	// package math/big parses.
	minBits = 64
)

var (
	errNoInteger = errors.New("expected an integer")
	errNoNumber  = errors.New("expected a number")
	errTooLong   = fmt.Errorf("the number has more than %d digits", maxDigits)
	errNil       = errors.New("there is no number")
	errInfinite  = errors.New("the number is infinite")
)

// Writer is the encoder of a message. Digits have a point or an exponent at most if they
// are those of a decimal.
type Writer interface {
	Integer(digits string)
	Decimal(digits string)
	Fail(err error)
}

// EncodeInt writes an integer as part of a message.
func EncodeInt(w Writer, v *big.Int) {
	if digits, err := digitsOfInt(v); err != nil {
		w.Fail(fmt.Errorf("failed to encode an integer: %w", err))
	} else {
		w.Integer(digits)
	}
}

// EncodeFloat writes a decimal as part of a message.
func EncodeFloat(w Writer, v *big.Float) {
	if digits, err := digitsOfFloat(v); err != nil {
		w.Fail(fmt.Errorf("failed to encode a decimal: %w", err))
	} else {
		w.Decimal(digits)
	}
}

// Reader is the decoder of a message. Digits reads a number, if there is one, and has parse
// make a value of it; an error of parse is one of the number.
type Reader interface {
	Digits(parse func(digits string) error)
}

// DecodeInt reads an integer from a message; nil for null and after an error.
func DecodeInt(r Reader) *big.Int { return decode(r, ParseInt) }

// DecodeFloat reads a decimal from a message; nil for null and after an error.
func DecodeFloat(r Reader) *big.Float { return decode(r, ParseFloat) }

func decode[T any](r Reader, parse func(string) (*T, error)) (v *T) {
	r.Digits(func(digits string) (err error) {
		v, err = parse(digits)
		return err
	})
	return v
}

// Request is what numbers outside of a body are part of.
type Request interface {
	Fail(err error)
}

// FormatInt returns the function that formats integers for a request; "" for nil.
func FormatInt(r Request) func(*big.Int) string { return format(r, digitsOfInt) }

// FormatFloat returns the function that formats decimals for a request; "" for nil.
func FormatFloat(r Request) func(*big.Float) string { return format(r, digitsOfFloat) }

func format[T any](r Request, digitsOf func(*T) (string, error)) func(*T) string {
	return func(v *T) string {
		if v == nil {
			return ""
		}
		digits, err := digitsOf(v)
		if err != nil {
			r.Fail(fmt.Errorf("failed to format a number: %w", err))
		}
		return digits
	}
}

// ParseInt reads an integer. The error does not quote it, as for [ParseFloat].
func ParseInt(text string) (*big.Int, error) {
	if len(text) > maxDigits {
		return nil, errTooLong
	}
	v, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return nil, errNoInteger
	}
	return v, nil
}

// ParseFloat reads a decimal, with or without a fraction and an exponent.
func ParseFloat(text string) (*big.Float, error) {
	digits, err := count(text)
	if err != nil {
		return nil, err
	}
	// That the decimals of so many digits are further apart than these floats makes each
	// the shortest decimal that is its float.
	precision := max(minBits, digits*bitsOf1000/1000+3)
	v, _, err := big.ParseFloat(text, 10, uint(precision), big.ToNearestEven)
	if err != nil {
		return nil, errNoNumber
	}
	return v, nil
}

// count returns how many digits a decimal is written with. One that is none, or too long
// without its exponent, is an error.
func count(text string) (int, error) {
	exponent := 0
	if at := strings.IndexAny(text, "eE"); at >= 0 {
		var err error
		exponent, err = strconv.Atoi(text[at+1:])
		switch {
		case errors.Is(err, strconv.ErrRange):
			return 0, errTooLong
		case err != nil:
			return 0, errNoNumber
		}
		text = text[:at]
	}
	if text != "" && (text[0] == '-' || text[0] == '+') {
		text = text[1:]
	}
	whole, fraction, _ := strings.Cut(text, ".")
	digits := len(whole) + len(fraction)
	switch {
	case digits == 0 || strings.ContainsFunc(whole, isNoDigit) || strings.ContainsFunc(fraction, isNoDigit):
		return 0, errNoNumber
	case digits > maxDigits || exponent < digits-maxDigits || exponent > maxDigits-digits:
		return 0, errTooLong
	default:
		return digits, nil
	}
}

func isNoDigit(r rune) bool { return r < '0' || r > '9' }

func digitsOfInt(v *big.Int) (string, error) {
	switch {
	case v == nil:
		return "", errNil
	case v.BitLen() > maxBits:
		return "", errTooLong
	default:
		return v.String(), nil
	}
}

// digitsOfFloat returns the fewest digits that are the number, with an exponent only if it
// is very small or very large.
func digitsOfFloat(v *big.Float) (string, error) {
	// Powers of two near a millionth, and near 10 to the 21st.
	const small, large = -20, 70
	switch {
	case v == nil:
		return "", errNil
	case v.IsInf():
		return "", errInfinite
	}
	switch exponent := v.MantExp(nil); {
	case exponent < -maxBits || exponent > maxBits:
		return "", errTooLong
	case exponent < small || exponent > large:
		return strings.Replace(v.Text('e', -1), "e+", "e", 1), nil
	default:
		return v.Text('f', -1), nil
	}
}
