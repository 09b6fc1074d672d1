package jsoncodec

import (
	"encoding/binary"
	"time"

	"example.com/lathe/runtime/scalar"
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
	return d.slabs.Time(t, d.left())
}

func timeValue(t time.Time, _ bool) time.Time { return t }

// dateTime takes the usual form itself, then whatever the standard library reads
// in RFC 3339, then a time without offset, as the official SDK does.
func (d *Decoder) dateTime() (time.Time, bool) {
	if d.peek() == '"' {
		if t, size := parseUTC(d.buf[d.pos+1:]); size > 0 {
			d.pos += 1 + size
			return t, true
		}
	}
	return d.timeText(scalar.ParseDateTime)
}

// parseUTC reads a time of the form 2006-01-02T15:04:05Z, with a fraction of up to
// nine digits or none, and the quote behind it. It returns the length of all that; 0
// when s begins with something else.
func parseUTC(s []byte) (t time.Time, size int) {
	if len(s) < len(`2006-01-02T15:04:05Z"`) {
		return t, 0
	}
	date, ok1 := pairs(s, 0x2d30302d30303030)        // 0000-00-
	dayTime, ok2 := pairs(s[8:], 0x30303a3030543030) // 00T00:00
	clock, ok3 := pairs(s[11:], 0x30303a30303a3030)  // 00:00:00
	nsec, n := nanoseconds(s[19:])
	size = 19 + n + len(`Z"`)
	if !ok1 || !ok2 || !ok3 || n < 0 || size > len(s) || s[size-2] != 'Z' || s[size-1] != '"' {
		return t, 0
	}
	month, day := pair(date, 5), pair(dayTime, 0)
	hour, minute, sec := pair(clock, 0), pair(clock, 3), pair(clock, 6)
	if month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || sec > 59 {
		return t, 0
	}
	days := daysSince1970(pair(date, 0)*100+pair(date, 2), month, day)
	t = time.Unix(int64(days)*24*3600+int64(hour*3600+minute*60+sec), int64(nsec)).UTC()
	if day > 28 && t.Day() != day { // a 30th of February has become another day
		return t, 0
	}
	return t, size
}

// daysSince1970 counts days in the Gregorian calendar. A year begins in March in
// it, so that its odd day comes last.
func daysSince1970(year, month, day int) int {
	const until1970 = 719_468 // from the first of March of the year 0
	month -= 3
	if month < 0 {
		month += 12
		year--
	}
	century := (year + 400) / 100 // the year may be -1
	leapDays := (year+400)/4 - century + century/4 - 97
	return 365*year + leapDays + (153*month+2)/5 + day - 1 - until1970
}

// pairs reads eight bytes that are digits where those of form are zeros, and as in
// form elsewhere; the first is the lowest. The value of two digits is in the result
// where the first of them was.
func pairs(s []byte, form uint64) (values uint64, ok bool) {
	digits := binary.LittleEndian.Uint64(s) ^ form
	most := 9 * (ones &^ (form>>2 | form>>3)) // '-', ':' and 'T' have one of these bits, '0' has none
	ok = (digits|^((most|highs)-digits))&highs == 0
	return 10*digits + digits>>8, ok
}

// pair is the value of the two digits at an index.
func pair(values uint64, at int) int { return int(byte(values >> (8 * at))) }

// nanoseconds reads the fraction of a second that s begins with: a point and one to
// nine digits, or nothing. It returns its length, which is negative when there are
// no digits.
func nanoseconds(s []byte) (nsec, size int) {
	if s[0] != '.' {
		return 0, 0
	}
	unit := 1_000_000_000
	for size = 1; size < min(len(s), 10) && isDigit(s[size]); size++ {
		unit /= 10
		nsec += int(s[size]-'0') * unit
	}
	if size == 1 {
		return 0, -1
	}
	return nsec, size
}

func (d *Decoder) httpDate() (time.Time, bool) { return d.timeText(scalar.ParseHTTPDate) }

// timeText reads a timestamp that is a string.
func (d *Decoder) timeText(parse func(string) (time.Time, error)) (time.Time, bool) {
	l, ok := d.stringLiteral("a timestamp as a string")
	if !ok {
		return time.Time{}, false
	}
	t, err := parse(string(l.value()))
	if err != nil {
		d.failWith("expected a timestamp, got a string of another format")
		return time.Time{}, false
	}
	return t, true
}

func (d *Decoder) epochTime() (time.Time, bool) {
	text, ok := d.numberText("a number of seconds since 1970")
	if !ok {
		return time.Time{}, false
	}
	t, err := scalar.ParseEpochSeconds(scalar.AsString(text))
	if err != nil {
		d.Fail(err)
		return time.Time{}, false
	}
	return t, true
}
