package sigv4

import "time"

// appendDate appends the time of a signature: 20060102T150405Z.
func appendDate(b []byte, t time.Time) []byte {
	t = t.UTC()
	year, month, day := t.Date()
	if year < 0 || year > 9999 {
		return t.AppendFormat(b, "20060102T150405Z")
	}
	hour, minute, second := t.Clock()
	b = appendTwoDigits(b, year/100)
	b = appendTwoDigits(b, year%100)
	b = appendTwoDigits(b, int(month))
	b = appendTwoDigits(b, day)
	b = append(b, 'T')
	b = appendTwoDigits(b, hour)
	b = appendTwoDigits(b, minute)
	b = appendTwoDigits(b, second)
	return append(b, 'Z')
}

func appendTwoDigits(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }
