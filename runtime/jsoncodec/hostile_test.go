//go:build !race

package jsoncodec_test

import (
	"runtime"
	"strings"
	"testing"

	"example.com/lathe/runtime/jsoncodec"
)

// A hostile body costs memory in proportion to its length, and no more time either: no byte
// of it is read more often than a constant.

// size is how often a small thing comes: a million times.
func size() int {
	if testing.Short() {
		return 100_000
	}
	return 1_000_000
}

// hostile are bodies, with what reading them ends with; empty for no error. What is allocated
// is at most copies times the body beside the constant part.
var hostile = map[string]struct {
	body   func(million int) string
	want   string
	copies float64
}{
	"levels of arrays":            {func(million int) string { return strings.Repeat("[", million) }, "nested more than 10000 deep", 0},
	"levels of a member":          {func(million int) string { return strings.Repeat(`{"rec":`, million) }, "nested more than 10000 deep", 1},
	"levels of an unknown member": {func(million int) string { return strings.Repeat(`{"x":`, million) }, "nested more than 10000 deep", 0},
	"a level less":                {func(int) string { return `{"x":` + strings.Repeat("[", 9999) + strings.Repeat("]", 9999) + "}" }, "", 0},
	"a long number":               {func(million int) string { return `{"n":` + strings.Repeat("1", 10*million) + "}" }, "member n: the number does not fit", 3},
	"a long float":                {func(million int) string { return `{"f":0.` + strings.Repeat("1", 10*million) + "}" }, "", 2},
	"an exponent":                 {func(int) string { return `{"f":1e1000000000}` }, "member f: the number does not fit", 0},
	"a long exponent":             {func(million int) string { return `{"f":1e-` + strings.Repeat("9", 10*million) + "}" }, "", 2},
	"a long time":                 {func(million int) string { return `{"t":"` + strings.Repeat("1", 10*million) + `"}` }, "member t: expected a timestamp", 4},
	"a time with a long fraction": {func(million int) string {
		return `{"t":"2024-01-02T03:04:05.` + strings.Repeat("1", 10*million) + `Z"}`
	}, "member t: expected a timestamp", 4},
	"a long name":             {func(million int) string { return `{"` + strings.Repeat("x", 10*million) + `":tru}` }, "in the word true", 0},
	"a long name in a path":   {func(million int) string { return `{"rec":{"n":"` + strings.Repeat("x", 10*million) + `"}}` }, "member rec/n: expected an integer", 4},
	"escapes":                 {func(million int) string { return `{"s":"` + strings.Repeat(`\u0041`, million) + `"}` }, "", 3},
	"broken text":             {func(million int) string { return `{"s":"` + strings.Repeat("\xff", 10*million) + `"}` }, "", 16},
	"base64":                  {func(million int) string { return `{"blob":"` + strings.Repeat("AAAA", million) + `"}` }, "", 1},
	"wrong base64":            {func(million int) string { return `{"blob":"` + strings.Repeat("AAA!", million) + `"}` }, "member blob: expected a string in base64", 2},
	"empty records":           {func(million int) string { return `{"recs":[` + strings.Repeat("{},", million) + "{}]}" }, "", 400},
	"texts":                   {func(million int) string { return `{"list":[` + strings.Repeat(`"",`, million) + `""]}` }, "", 30},
	"entries":                 {func(million int) string { return `{"map":{` + strings.Repeat(`"k":"",`, million) + `"k":""}}` }, "", 2},
	"members that come again": {func(million int) string { return "{" + strings.Repeat(`"s":"",`, million) + `"s":""}` }, "", 4},
	"white space":             {func(million int) string { return strings.Repeat(" ", 10*million) }, "unexpected EOF", 0},
	"commas":                  {func(million int) string { return "[" + strings.Repeat(",", 10*million) }, "instead of a value", 0},
	"a text without end":      {func(million int) string { return `{"s":"` + strings.Repeat("x", 10*million) }, "unexpected EOF", 0},
	"an escape without end":   {func(million int) string { return `{"s":"` + strings.Repeat(`\\`, million) + `\` }, "unexpected EOF", 0},
	"an object without end":   {func(int) string { return strings.Repeat(`{"s":"","x":[`, 4000) }, "unexpected EOF", 0},
	"a number without end":    {func(million int) string { return `{"x":` + strings.Repeat("1", 10*million) + "e" }, "unexpected EOF", 0},
}

func TestHostile(t *testing.T) {
	const constant = 8 << 20 // the deepest answer, slabs, and the text of an error
	for name, tc := range hostile {
		body := []byte(tc.body(size()))
		var err error
		got := allocated(func() {
			d := jsoncodec.NewDecoder(body)
			decodeBag(d, &bag{})
			err = d.Err()
		})
		if err == nil != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
		if err != nil && len(err.Error()) > 1<<10 {
			t.Errorf("%s: the error has %d bytes", name, len(err.Error()))
		}
		if most := constant + uint64(tc.copies*float64(len(body))); got > most {
			t.Errorf("%s: %d bytes are allocated for %d, want at most %d", name, got, len(body), most)
		}
		t.Logf("%-32s %10d bytes, %10d allocated", name, len(body), got)
	}
}

// allocated is how many bytes a function allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
