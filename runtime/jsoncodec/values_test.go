package jsoncodec

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	smithyjson "github.com/aws/smithy-go/encoding/json"
	smithytime "github.com/aws/smithy-go/time"
)

// What the codec reads and writes by hand, against those who do it at leisure.

func FuzzDateTime(f *testing.F) {
	for _, seed := range []string{
		"2024-01-02T03:04:05Z", "2024-01-02T03:04:05.678Z", "2024-01-02T03:04:05.123456789Z", "2024-01-02T03:04:05.1234567891Z",
		"2024-02-29T00:00:00Z", "2023-02-29T00:00:00Z", "2024-04-31T00:00:00Z", "2024-13-01T00:00:00Z", "2024-00-01T00:00:00Z", "2024-01-00T00:00:00Z",
		"2024-01-02T24:00:00Z", "2024-01-02T23:60:00Z", "2024-01-02T23:59:60Z", "2024-01-02T03:04:05.Z", "2024-01-02T03:04:05,5Z", "2024-01-02T03:04:05.5",
		"2024-01-02T03:04:05+01:30", "2024-01-02t03:04:05z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2024-01-02T03:04:5Z", "2024-01-02 03:04:05Z", "20x4-01-02T03:04:05Z",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, size := parseUTC([]byte(text + `"`))
		ok := size == len(text)+1
		want, err := time.Parse(time.RFC3339Nano, text)
		if !ok && size != 0 && !strings.Contains(text, `"`) {
			t.Errorf("%d bytes of %q are read", size, text)
		}
		if ok && (err != nil || got != want) {
			t.Errorf("%q is %v, time.Parse says %v, %v", text, got, want, err)
		}
		if ok {
			checkWritten(t, want)
		}
	})
}

func TestDaysSince1970(t *testing.T) {
	for day := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 10_000; day = day.AddDate(0, 0, 1) {
		if got := daysSince1970(day.Year(), int(day.Month()), day.Day()); int64(got)*24*3600 != day.Unix() {
			t.Fatalf("%v is day %d", day, got)
		}
	}
}

func FuzzWrittenTimes(f *testing.F) {
	f.Add(int64(0), int64(0))
	f.Add(int64(1398796238), int64(500e6))
	f.Add(int64(-1), int64(999e6))
	f.Add(int64(-1), int64(1))
	f.Add(int64(253402300800), int64(0))
	f.Add(int64(-62135596801), int64(0))
	f.Fuzz(func(t *testing.T, sec, nsec int64) {
		checkWritten(t, time.Unix(sec, nsec))
	})
}

// checkWritten sees that times are written as the official SDK writes them.
func checkWritten(t *testing.T, at time.Time) {
	t.Helper()
	if got, want := string(appendUTC(nil, at)), smithytime.FormatDateTime(at); got != want {
		t.Errorf("%v is written as %s, officially as %s", at, got, want)
	}
}

// TestFarTimes writes times of all years in each format and reads them again.
func TestFarTimes(t *testing.T) {
	for _, year := range []int{0, 1, 100, 999, 1583, 1677, 1678, 1969, 1970, 2261, 2262, 2263, 3000, 9999} {
		for _, at := range []time.Time{
			time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(year, 7, 2, 12, 34, 56, 771e6, time.UTC), time.Date(year, 12, 31, 23, 59, 59, 999e6, time.UTC),
		} {
			for name, c := range map[string]struct {
				write func(*Encoder, time.Time)
				read  func(*Decoder) time.Time
				want  time.Time
			}{
				"date-time":     {(*Encoder).DateTime, (*Decoder).DateTimeValue, at},
				"epoch-seconds": {(*Encoder).EpochSeconds, (*Decoder).EpochSecondsValue, at},
				"http-date":     {(*Encoder).HTTPDate, (*Decoder).HTTPDateValue, at.Truncate(time.Second)},
			} {
				e := NewEncoder(nil)
				c.write(e, at)
				d := NewDecoder(e.Bytes())
				if got := c.read(d); d.Err() != nil || !got.Equal(c.want) {
					t.Errorf("%v in %s is %s and then %v (%v)", at, name, e.Bytes(), got, d.Err())
				}
			}
		}
	}
}

func FuzzInteger(f *testing.F) {
	for _, seed := range []string{"0", "-0", "7", "-128", "127", "128", "-129", "2147483647", "2147483648", "-2147483648", "-2147483649", "999999999999999999", "1000000000000000000", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "1.0", "1e2", "01", "-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		isNumber := numberEnd([]byte(text), 0) == len(text)
		for _, bits := range []int{8, 16, 32, 64} {
			d := NewDecoder([]byte(text))
			got, ok := d.integer(bits)
			want, err := strconv.ParseInt(text, 10, bits)
			if isNumber && (ok != (err == nil) || ok && got != want || ok == (d.Err() != nil)) {
				t.Errorf("%q of %d bits is %d, %v, %v; want %d, %v", text, bits, got, ok, d.Err(), want, err)
			}
		}
	})
}

func FuzzWrittenString(f *testing.F) {
	for _, seed := range []string{"", "plain", "1234567", "12345678", `quo"te`, `back\slash`, "\x00\x1f\x7f\b\f\n\r\t", "<é>&\u2028", "\xff", "12345678\xe4\xb8", "\xe4\xb8\xad文"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e := NewEncoder(nil)
		e.String(text)
		official := smithyjson.NewEncoder()
		official.Value.String(text)
		if got, want := string(e.Bytes()), official.String(); got != want {
			t.Errorf("%q is written as %s, by official clients as %s", text, got, want)
		}
	})
}

func FuzzWrittenFloat(f *testing.F) {
	for _, seed := range []float64{0, 1, -0.5, 0.1, 1e-6, 1e-7, -1e-7, 1e-10, 9.999999e-7, 1e20, 1e21, 1e22, -1e21, math.MaxFloat64, math.MaxFloat32, math.SmallestNonzeroFloat32} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, v float64) {
		if math.IsNaN(v) || math.IsInf(float64(float32(v)), 0) {
			return // JSON has no such number
		}
		for name, write := range map[string]func(*Encoder, smithyjson.Value){
			"float": func(e *Encoder, v32 smithyjson.Value) {
				e.Float32(float32(v))
				v32.Float(float32(v))
			},
			"double": func(e *Encoder, v64 smithyjson.Value) {
				e.Float64(v)
				v64.Double(v)
			},
		} {
			e, official := NewEncoder(nil), smithyjson.NewEncoder()
			write(e, official.Value)
			if got, want := string(e.Bytes()), official.String(); got != want {
				t.Errorf("the %s %g is written as %s, by official clients as %s", name, v, got, want)
			}
		}
	})
}

// TestParts writes messages that begin in memory of somebody's and go beyond it.
func TestParts(t *testing.T) {
	for _, n := range []int{1, 10, 1000, minPart, 10 * minPart} {
		memory := make([]byte, 0, 1<<10)
		e := NewEncoder(memory)
		e.BeginArray()
		for range 10 {
			e.BeginObject()
			e.Name("name")
			e.String(strings.Repeat("a", n))
			e.EndObject()
		}
		e.EndArray()
		parts := e.Parts()
		if n == minPart && len(parts) < 2 {
			t.Errorf("%d bytes are one part", 10*n)
		}
		if n == 1 && &parts[0][0] != &memory[:1][0] {
			t.Error("a short message is not in the memory given")
		}
		element := `{"name":"` + strings.Repeat("a", n) + `"}`
		want := "[" + strings.TrimSuffix(strings.Repeat(element+",", 10), ",") + "]"
		if got := string(slices.Concat(parts...)); got != want {
			t.Errorf("a message of %d bytes is another one", len(want))
		}
	}
}

// TestLongMessage writes more than fits one piece of memory.
func TestLongMessage(t *testing.T) {
	e := NewEncoder(nil)
	e.BeginArray()
	want := []byte("[")
	for i := range 100_000 {
		e.BeginObject()
		e.Name("i")
		e.Int(int64(i))
		e.Name("list")
		e.BeginArray()
		e.BeginArray()
		e.EndArray()
		e.Bool(true)
		e.EndArray()
		e.EndObject()
		want = append(strconv.AppendInt(append(want, `{"i":`...), int64(i), 10), `,"list":[[],true]},`...)
	}
	e.EndArray()
	want[len(want)-1] = ']'
	if got := e.Bytes(); string(got) != string(want) || string(e.Bytes()) != string(want) {
		t.Errorf("wrote %d bytes, want %d, or other ones", len(got), len(want))
	}
}
