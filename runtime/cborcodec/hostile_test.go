package cborcodec

import (
	"runtime"
	"strings"
	"testing"
	"time"
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

// record is what the bodies are read to, in the way of emitted code.
type record struct {
	text   string
	blob   []byte
	n      *int64
	f      *float64
	digits int
	time   *time.Time
	list   []string
	recs   []record
	byKey  map[string]string
	nested *record
}

func read(d *Decoder, out *record) {
	for more := d.Object(); more && d.NextMember(); {
		switch string(d.Name()) {
		case "s":
			out.text = d.Text()
		case "b":
			out.blob = d.Blob()
		case "n":
			out.n = d.Int64()
		case "f":
			out.f = d.Float64()
		case "d":
			d.Digits(func(digits string) error { out.digits = len(digits); return nil })
		case "t":
			out.time = d.EpochSeconds()
		case "l":
			for more := d.Array(); more && d.NextElement(); {
				out.list = append(Grow(d, out.list), d.Text())
			}
		case "a":
			for more := d.Array(); more && d.NextElement(); {
				out.recs = append(Grow(d, out.recs), record{})
				read(d, &out.recs[len(out.recs)-1])
			}
		case "m":
			for more := d.Object(); more && d.NextMember(); {
				key := d.Key()
				out.byKey = GrowMap(d, out.byKey, key)
				if out.byKey == nil {
					out.byKey = map[string]string{}
				}
				out.byKey[key] = d.Text()
			}
		case "r":
			out.nested = &record{}
			read(d, out.nested)
		default:
			d.Skip()
		}
	}
}

// member is an object with one member.
func member(name, value string) string { return "\xa1\x61" + name + value }

// hostile are bodies, with what reading them ends with; empty for no error. What is allocated
// is at most copies times the body beside the constant part.
var hostile = map[string]struct {
	body   func(million int) string
	want   string
	copies float64
}{
	"a length of 2^64-1": {func(int) string { return member("s", "\x7b\xff\xff\xff\xff\xff\xff\xff\xff") }, "unexpected EOF", 0},
	"a length of 2^63":   {func(int) string { return member("b", "\x5b\x80\x00\x00\x00\x00\x00\x00\x00") }, "unexpected EOF", 0},
	"a length of 2^32-1": {func(int) string { return member("b", "\x5a\xff\xff\xff\xffabc") }, "unexpected EOF", 0},
	"an array of 2^63":   {func(int) string { return member("l", "\x9b\x80\x00\x00\x00\x00\x00\x00\x00") }, "an array is longer than the input", 0},
	"an array of 2^31":   {func(int) string { return member("a", "\x9a\x7f\xff\xff\xff\xa0") }, "an array is longer than the input", 0},
	"a map of 2^64-1":    {func(int) string { return member("m", "\xbb\xff\xff\xff\xff\xff\xff\xff\xff\x60\x60") }, "an object is longer than the input", 0},
	"a map that says twice what is": {func(int) string {
		return member("m", "\xba\x00\x07\xa1\x20"+strings.Repeat("\x60\x60", 500_000))
	}, "", 8},
	"arrays that promise all": {func(int) string {
		return strings.Repeat("\xa1\x61a\x9a\x00\x00\x10\x00", 4000) + strings.Repeat("\xa0", 5000)
	}, "unexpected EOF", 200},
	"levels":                      {func(million int) string { return strings.Repeat("\x81", million) }, "nested more than 10000 deep", 0},
	"levels of an unknown member": {func(million int) string { return "\xa1\x60" + strings.Repeat("\x81", million) }, "nested more than 10000 deep", 0},
	"levels without length":       {func(million int) string { return "\xa1\x60" + strings.Repeat("\x9f", million) }, "nested more than 10000 deep", 0},
	"levels of a member":          {func(million int) string { return strings.Repeat("\xa1\x61r", million) }, "nested more than 10000 deep", 0},
	"tags":                        {func(million int) string { return member("n", strings.Repeat("\xc1", 10*million)+"\x01") }, "", 0},
	"tags without end":            {func(million int) string { return member("n", strings.Repeat("\xc1", 10*million)) }, "unexpected EOF", 0},
	"tags around members": {func(million int) string {
		return "\xbf" + strings.Repeat("\xc1\x61n\xc1\x01", million) + "\xff"
	}, "", 4}, // twice as much with the race detector
	"empty pieces":         {func(million int) string { return member("s", "\x7f"+strings.Repeat("\x60", 10*million)+"\xff") }, "", 0},
	"pieces":               {func(million int) string { return member("b", "\x5f"+strings.Repeat("\x41x", million)+"\xff") }, "", 5},
	"pieces without end":   {func(million int) string { return member("b", "\x5f"+strings.Repeat("\x41x", million)) }, "unexpected EOF", 5},
	"pieces within pieces": {func(million int) string { return member("b", strings.Repeat("\x5f", million)) }, "a piece of another kind", 0},
	"names in pieces":      {func(million int) string { return "\xbf" + strings.Repeat("\x7f\x60\xff\x01", million) + "\xff" }, "", 4},
	"a long name":          {func(int) string { return "\xa1\x7a\x00\x98\x96\x80" + strings.Repeat("x", 10_000_000) + "\x1c" }, "begins nothing", 0},
	"broken text": {func(int) string {
		return member("s", "\x7a\x00\x98\x96\x80"+strings.Repeat("\xff", 10_000_000))
	}, "", 3},
	"broken text, bit by bit": {func(million int) string { return member("s", "\x7f"+strings.Repeat("\x61\xff", million)+"\xff") }, "", 6},
	"a long text for a time":  {func(int) string { return member("t", "\x7a\x00\x98\x96\x80"+strings.Repeat("1", 10_000_000)) }, "expected a timestamp", 2},
	"a long big integer": {func(int) string {
		return member("n", "\xc2\x5a\x00\x98\x96\x80"+strings.Repeat("\xff", 10_000_000))
	}, "does not fit", 0},
	"a long big float": {func(int) string {
		return member("f", "\xc2\x5a\x00\x98\x96\x80"+strings.Repeat("\xff", 10_000_000))
	}, "", 0},
	"digits of a long integer": {func(int) string {
		return member("d", "\xc2\x5a\x00\x98\x96\x80"+strings.Repeat("\xff", 10_000_000))
	}, "more than 8192 bytes", 0},
	"an exponent":              {func(int) string { return member("f", "\xc4\x82\x1b\x7f\xff\xff\xff\xff\xff\xff\xff\x01") }, "", 0},
	"a negative exponent":      {func(int) string { return member("f", "\xc4\x82\x3b\x7f\xff\xff\xff\xff\xff\xff\xff\x01") }, "", 0},
	"a fraction of many parts": {func(million int) string { return member("f", "\xc4\x9f"+strings.Repeat("\x01", million)+"\xff") }, "more than two parts", 0},
	"a time beyond all years":  {func(int) string { return member("t", "\xc1\xfb\x7f\xef\xff\xff\xff\xff\xff\xff") }, "no time can hold", 0},
	"empty records":            {func(million int) string { return member("a", "\x9f"+strings.Repeat("\xa0", million)+"\xff") }, "", 600},
	"empty texts":              {func(million int) string { return member("l", "\x9f"+strings.Repeat("\x60", million)+"\xff") }, "", 60},
	"an array without end":     {func(million int) string { return member("l", "\x9f"+strings.Repeat("\x60", million)) }, "unexpected EOF", 60},
	"breaks":                   {func(million int) string { return strings.Repeat("\xff", million) }, "a break instead of a value", 0},
	"nulls":                    {func(million int) string { return member("l", "\x9f"+strings.Repeat("\xf6", million)+"\xff") }, "", 60},
}

func TestHostile(t *testing.T) {
	const constant = 4 << 20 // the deepest answer, a list of records, and the text of an error
	for name, tc := range hostile {
		body := []byte(tc.body(size()))
		var err error
		got := allocated(func() {
			d := NewDecoder(body)
			read(d, &record{})
			err = d.Err()
		})
		if err == nil != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
		if err != nil && len(err.Error()) > 2<<10 {
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
