package sigv4

import "time"

// splitTime tells the day of t by when it began, and the seconds since.
func splitTime(t time.Time) (midnight int64, seconds int) {
	hour, minute, second := t.Clock()
	seconds = hour*3600 + minute*60 + second
	return t.Unix() - int64(seconds), seconds
}

// appendDate appends the time of a signature, some seconds into a day:
// 20060102T150405Z.
func appendDate(b []byte, day string, seconds int) []byte {
	hour, minute, second := seconds/3600, seconds/60%60, seconds%60
	b = append(b, day...)
	return append(b, 'T',
		byte('0'+hour/10), byte('0'+hour%10),
		byte('0'+minute/10), byte('0'+minute%10),
		byte('0'+second/10), byte('0'+second%10), 'Z')
}
