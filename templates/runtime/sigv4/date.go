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
	text := [len("20060102T150405Z")]byte{8: 'T', 15: 'Z'}
	putTwoDigits(text[0:], year/100)
	putTwoDigits(text[2:], year%100)
	putTwoDigits(text[4:], int(month))
	putTwoDigits(text[6:], day)
	putTwoDigits(text[9:], hour)
	putTwoDigits(text[11:], minute)
	putTwoDigits(text[13:], second)
	return append(b, text[:]...)
}

func putTwoDigits(b []byte, n int) { b[0], b[1] = byte('0'+n/10), byte('0'+n%10) }
