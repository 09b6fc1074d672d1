package jsoncodec

import (
	"fmt"
	"math"
	"time"

	smithytime "github.com/aws/smithy-go/time"
)

// DateTime reads a timestamp in RFC 3339, with or without fraction and offset;
// nil for null and after an error, as for all the formats.
func (d *Decoder) DateTime() *time.Time { return d.timePointer(d.dateTime()) }

// DateTimeValue reads a timestamp as [Decoder.DateTime] does; the zero time for
// null and after an error, as for all the formats.
func (d *Decoder) DateTimeValue() time.Time { return timeValue(d.dateTime()) }

// HTTPDate reads a timestamp in the format of RFC 7231.
func (d *Decoder) HTTPDate() *time.Time { return d.timePointer(d.httpDate()) }

// HTTPDateValue reads a timestamp in the format of RFC 7231.
func (d *Decoder) HTTPDateValue() time.Time { return timeValue(d.httpDate()) }

// EpochSeconds reads a timestamp as seconds since 1970, with a fraction of which
// milliseconds count.
func (d *Decoder) EpochSeconds() *time.Time { return d.timePointer(d.epochTime()) }

// EpochSecondsValue reads a timestamp as [Decoder.EpochSeconds] does.
func (d *Decoder) EpochSecondsValue() time.Time { return timeValue(d.epochTime()) }

func (d *Decoder) timePointer(t time.Time, ok bool) *time.Time {
	if !ok {
		return nil
	}
	return d.times.add(t, d.left())
}

func timeValue(t time.Time, _ bool) time.Time { return t }

// dateTime takes the usual form itself, then whatever the standard library reads
// in RFC 3339, then a time without offset, as the official SDK does.
func (d *Decoder) dateTime() (time.Time, bool) {
	l, ok := d.stringLiteral("a timestamp as a string")
	if !ok {
		return time.Time{}, false
	}
	if t, ok := parseUTC(l.text); ok {
		return t, true
	}
	text := string(l.value())
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t, true
	}
	t, err := smithytime.ParseDateTime(text)
	return d.checked(t, err, text)
}

// parseUTC reads a time of the form 2006-01-02T15:04:05Z, with a fraction of up to
// nine digits or none.
func parseUTC(s []byte) (t time.Time, ok bool) {
	const short = len("2006-01-02T15:04:05Z")
	if len(s) < short || s[4] != '-' || s[7] != '-' || s[10] != 'T' || s[13] != ':' || s[16] != ':' || s[len(s)-1] != 'Z' {
		return t, false
	}
	century, year, month, day := twoDigits(s), twoDigits(s[2:]), twoDigits(s[5:]), twoDigits(s[8:])
	hour, minute, sec := twoDigits(s[11:]), twoDigits(s[14:]), twoDigits(s[17:])
	nsec, ok := nanoseconds(s[short-1 : len(s)-1])
	if !ok || century > 99 || year > 99 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || sec > 59 {
		return t, false
	}
	t = time.Date(century*100+year, time.Month(month), day, hour, minute, sec, nsec, time.UTC)
	return t, day <= 28 || t.Day() == day // a 30th of February has become another day
}

// notDigits is what twoDigits gives for other bytes.
const notDigits = 100

// twoDigits reads the two digits that s begins with.
func twoDigits(s []byte) int {
	tens, units := s[0]-'0', s[1]-'0'
	if tens > 9 || units > 9 {
		return notDigits
	}
	return int(tens)*10 + int(units)
}

// nanoseconds reads a fraction of a second: a point and one to nine digits, or
// nothing.
func nanoseconds(fraction []byte) (n int, ok bool) {
	if len(fraction) == 0 {
		return 0, true
	}
	if fraction[0] != '.' || len(fraction) == 1 || len(fraction) > 10 {
		return 0, false
	}
	unit := 1_000_000_000
	for _, c := range fraction[1:] {
		if !isDigit(c) {
			return 0, false
		}
		unit /= 10
		n += int(c-'0') * unit
	}
	return n, true
}

func (d *Decoder) httpDate() (time.Time, bool) {
	l, ok := d.stringLiteral("a timestamp as a string")
	if !ok {
		return time.Time{}, false
	}
	text := string(l.value())
	t, err := smithytime.ParseHTTPDate(text)
	return d.checked(t, err, text)
}

func (d *Decoder) checked(t time.Time, err error, text string) (time.Time, bool) {
	if err != nil {
		d.Fail(fmt.Errorf("%q is not a timestamp of the expected format", clip([]byte(text))))
		return time.Time{}, false
	}
	return t, true
}

func (d *Decoder) epochTime() (time.Time, bool) {
	v, ok := d.float(64)
	switch {
	case !ok:
		return time.Time{}, false
	case math.IsNaN(v) || math.Abs(v) > maxEpoch:
		d.Fail(fmt.Errorf("%v is not a time in seconds since 1970", v))
		return time.Time{}, false
	}
	// Rounded as the official SDK does it: a product in double precision, then cut.
	return time.Unix(0, int64(v*1e3)*1e6).UTC(), true
}

// maxEpoch is the largest number of seconds whose milliseconds an int64 of
// nanoseconds can hold: about the year 2262.
const maxEpoch = math.MaxInt64 / 1e9
