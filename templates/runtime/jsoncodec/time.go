package jsoncodec

import (
	"fmt"
	"math"
	"time"

	"github.com/go-json-experiment/json/jsontext"

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
	return d.times.add(t)
}

func timeValue(t time.Time, _ bool) time.Time { return t }

// dateTime takes the standard library's fast way first, which allocates nothing;
// the second also accepts a time without offset, as the official SDK does.
func (d *Decoder) dateTime() (time.Time, bool) {
	text, ok := d.timeText()
	if !ok {
		return time.Time{}, false
	}
	if t, err := time.Parse(time.RFC3339Nano, string(text)); err == nil {
		return t, true
	}
	t, err := smithytime.ParseDateTime(string(text))
	return d.checked(t, err, text)
}

func (d *Decoder) httpDate() (time.Time, bool) {
	text, ok := d.timeText()
	if !ok {
		return time.Time{}, false
	}
	t, err := smithytime.ParseHTTPDate(string(text))
	return d.checked(t, err, text)
}

// timeText reads the string of a timestamp; it is valid until the next read.
func (d *Decoder) timeText() ([]byte, bool) {
	quoted, ok := d.scalar(jsontext.KindString, "a timestamp as a string")
	if !ok {
		return nil, false
	}
	if text := quoted[1 : len(quoted)-1]; isPlain(text) {
		return text, true
	}
	d.tmp, _ = jsontext.AppendUnquote(d.tmp[:0], quoted)
	return d.tmp, true
}

func (d *Decoder) checked(t time.Time, err error, text []byte) (time.Time, bool) {
	if err != nil {
		d.Fail(fmt.Errorf("%q is not a timestamp of the expected format", clip(text)))
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
	return smithytime.ParseEpochSeconds(v), true
}

// maxEpoch is the largest number of seconds whose milliseconds an int64 of
// nanoseconds can hold: about the year 2262.
const maxEpoch = math.MaxInt64 / 1e9
