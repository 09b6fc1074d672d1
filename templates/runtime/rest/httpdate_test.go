package rest_test

import (
	"testing"

	"example.com/lathe/templates/runtime/rest"
	smithytime "github.com/aws/smithy-go/time"
)

// FuzzParseHTTPDate compares with the official parser.
func FuzzParseHTTPDate(f *testing.F) {
	for _, seed := range []string{
		"", "Mon, 02 Jan 2006 15:04:05 GMT", "Thu, 29 Feb 2024 12:34:56 GMT", "Wed, 29 Feb 2023 12:34:56 GMT",
		"Fri, 31 Dec 1999 23:59:59 GMT", "Fri, 31 Dec 1999 23:59:60 GMT", "Sun, 00 Jan 0000 24:60:61 GMT",
		"unM, 02 Jan 2006 15:04:05 GMT", "Mon, 02 anF 2006 15:04:05 GMT", "mon, 02 jan 2006 15:04:05 GMT",
		"Mon, 2 Jan 2006 15:04:05 GMT", "Mon,  2 Jan 2006 15:04:05 GMT", "Mon, 2 Jan 06 15:04:05 GMT",
		"Mon, 02 Jan 2006 15:04:05 UTC", "Mon, 02 Jan 2006 15:04:05.5 GMT", "Monday, 02-Jan-06 15:04:05 GMT",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want, failure := smithytime.ParseHTTPDate(text)
		got, err := rest.ParseHTTPDate(text)
		if (err == nil) != (failure == nil) || !got.Equal(want) || got.Location().String() != want.Location().String() {
			t.Errorf("%q is %v, %v, want %v, %v", text, got, err, want, failure)
		}
	})
}
