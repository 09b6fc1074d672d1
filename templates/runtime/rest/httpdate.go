package rest

import (
	"strings"
	"time"

	smithytime "github.com/aws/smithy-go/time"
)

// ParseHTTPDate reads a timestamp in the format of RFC 7231, and in the others that
// the official SDK takes for it.
func ParseHTTPDate(s string) (time.Time, error) {
	if t, ok := parseFixdate(s); ok {
		return t, nil
	}
	return parseTime(s, smithytime.ParseHTTPDate)
}

const (
	days   = "SunMonTueWedThuFriSat"
	months = "JanFebMarAprMayJunJulAugSepOctNovDec"
)

// parseFixdate reads a timestamp as every service sends it, Mon, 02 Jan 2006
// 15:04:05 GMT: each response has one. It leaves what is odd to others.
func parseFixdate(s string) (t time.Time, ok bool) {
	if len(s) != len("Mon, 02 Jan 2006 15:04:05 GMT") || s[3:5] != ", " || s[7] != ' ' || s[11] != ' ' ||
		s[16] != ' ' || s[19] != ':' || s[22] != ':' || s[25:] != " GMT" || indexOfName(days, s[:3]) < 0 {
		return t, false
	}
	day, month := twoDigits(s[5:]), indexOfName(months, s[8:11])+1
	century, year := twoDigits(s[12:]), twoDigits(s[14:])
	hour, minute, sec := twoDigits(s[17:]), twoDigits(s[20:]), twoDigits(s[23:])
	if max(century, year) > 99 || month < 1 || day > 31 || hour > 23 || minute > 59 || sec > 59 {
		return t, false
	}
	t = time.Date(century*100+year, time.Month(month), day, hour, minute, sec, 0, time.UTC)
	return t, t.Day() == day // a 30th of February has become another day
}

// indexOfName finds a name in a list of names of three letters each; -1 when it is
// not there.
func indexOfName(names, name string) int {
	if i := strings.Index(names, name); i%3 == 0 {
		return i / 3
	}
	return -1
}

// notDigits is what twoDigits gives for other bytes.
const notDigits = 100

// twoDigits reads the two digits that s begins with.
func twoDigits(s string) int {
	tens, units := s[0]-'0', s[1]-'0'
	if tens > 9 || units > 9 {
		return notDigits
	}
	return int(tens)*10 + int(units)
}
