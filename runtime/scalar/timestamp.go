// Package scalar has what codecs share: where the values of an answer live, and the timestamp
// formats of Smithy (https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait)
// to the millisecond, whatever the year: smithy-go goes by way of a float and of nanoseconds
// in an int64, which loses milliseconds, and all times before 1678 and after 2262.
package scalar

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	smithytime "github.com/aws/smithy-go/time"
)

// ParseDateTime reads a time in RFC 3339, with or without fraction and offset. Its errors,
// like those of [ParseHTTPDate], do not quote the text.
func ParseDateTime(text string) (time.Time, error) {
	return parse(text, func(text string) (time.Time, error) {
		if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
			return t, nil
		}
		return smithytime.ParseDateTime(text)
	})
}

// ParseHTTPDate reads a time in the format of RFC 7231, and in the others that the official
// client takes for it.
func ParseHTTPDate(text string) (time.Time, error) { return parse(text, smithytime.ParseHTTPDate) }

// maxText is longer than any text that is a time. Whatever is longer is not tried, because
// there are several forms, each of which copies it for its error.
const maxText = 128

func parse(text string, parse func(string) (time.Time, error)) (time.Time, error) {
	if len(text) > maxText {
		return time.Time{}, errNoTime
	}
	t, err := parse(text)
	if err != nil {
		return time.Time{}, errNoTime
	}
	return t, nil
}

// ParseEpochSeconds reads a number of seconds since 1970, with a fraction and an
// exponent or without. What is smaller than a millisecond is cut off. Its errors do
// not quote the number.
func ParseEpochSeconds(number string) (time.Time, error) {
	digits, negative := strings.CutPrefix(number, "-")
	if !negative {
		digits = strings.TrimPrefix(number, "+")
	}
	power := 3 // of ten, from seconds to milliseconds
	if at := strings.IndexAny(digits, "eE"); at >= 0 {
		exponent, err := strconv.Atoi(digits[at+1:])
		if err != nil && !errors.Is(err, strconv.ErrRange) {
			return time.Time{}, errNoNumber
		}
		power += min(max(exponent, -maxExponent), maxExponent)
		digits = digits[:at]
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	ms, err := scale(whole+fraction, len(whole)+power)
	if err != nil {
		return time.Time{}, err
	}
	if negative {
		ms = -ms
	}
	return time.UnixMilli(ms).UTC(), nil
}

// maxExponent bounds exponents. No number that is longer than this can be held. Half of what an
// int of 32 bits has leaves room for the digits that are added.
const maxExponent = math.MaxInt32 / 2

var (
	errNoTime   = errors.New("expected a timestamp in another format")
	errNoNumber = errors.New("expected a number of seconds since 1970")
	errTooFar   = errors.New("expected a number of seconds since 1970, got one that no time can hold")
)

// scale returns the number that the first n of the digits make, which zeros follow.
func scale(digits string, n int) (v int64, err error) {
	if digits == "" {
		return 0, errNoNumber
	}
	for i := range len(digits) {
		c := digits[i] - '0'
		switch {
		case c > 9:
			return 0, errNoNumber
		case i >= n:
		case v > (math.MaxInt64-int64(c))/10:
			err = errTooFar
		default:
			v = 10*v + int64(c)
		}
	}
	for i := len(digits); i < n && v != 0; i++ {
		if v > math.MaxInt64/10 {
			return 0, errTooFar
		}
		v *= 10
	}
	return v, err
}

// AppendEpochSeconds writes the seconds since 1970, with milliseconds as a fraction if
// there are any.
func AppendEpochSeconds(dst []byte, t time.Time) []byte {
	sec, nsec := t.Unix(), t.Nanosecond()
	if sec < 0 && nsec > 0 { // what is cut off brings it nearer to 1970
		sec, nsec = sec+1, nsec-1e9
	}
	ms := nsec / 1e6
	if sec < 0 || ms < 0 {
		dst, sec, ms = append(dst, '-'), -sec, -ms
	}
	return AppendMilliseconds(strconv.AppendUint(dst, uint64(sec), 10), ms)
}

// AppendMilliseconds writes milliseconds below 1000 as a fraction of a second, without
// the zeros at its end; nothing if there are none.
func AppendMilliseconds(dst []byte, ms int) []byte {
	if ms == 0 {
		return dst
	}
	dst = append(dst, '.', byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10))
	for dst[len(dst)-1] == '0' {
		dst = dst[:len(dst)-1]
	}
	return dst
}
