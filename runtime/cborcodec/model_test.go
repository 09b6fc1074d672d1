package cborcodec

import (
	"bytes"
	"encoding/hex"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// The model is fxamacker/cbor: whatever the input, the Decoder accepts what the model
// accepts, but for names that are no text, and returns the same values.
var model = func() cbor.DecMode {
	mode, err := cbor.DecOptions{
		MaxNestedLevels: 65535, UTF8: cbor.UTF8DecodeInvalid, MaxArrayElements: math.MaxInt32, MaxMapPairs: math.MaxInt32,
		DefaultMapType: reflect.TypeFor[map[string]any](), TimeTagToAny: cbor.TimeTagToRFC3339Nano,
	}.DecMode()
	if err != nil {
		panic(err)
	}
	return mode
}()

// walk reads a value of any kind with the Decoder; tagged and simple values are skipped.
func walk(d *Decoder) any {
	switch h := d.peek(); {
	case h.tag != noTag:
		d.Skip()
		return nil
	case h.major() == majorMap:
		object := map[string]any{}
		for more := d.Object(); more && d.NextMember(); {
			name := d.Key()
			object[name] = walk(d)
		}
		return object
	case h.major() == majorArray:
		array := []any{}
		for more := d.Array(); more && d.NextElement(); {
			array = append(array, walk(d))
		}
		return array
	case h.major() == majorText:
		return d.Text()
	case h.major() == majorBytes:
		return d.Blob()
	case h.first == simpleTrue || h.first == simpleFalse:
		return d.BoolValue()
	case h.major() == majorUnsigned && h.arg <= math.MaxInt64:
		return uint64(d.Int64Value())
	case h.major() == majorNegative && h.arg <= math.MaxInt64:
		return d.Int64Value()
	case h.first == simpleFloat16 || h.first == simpleFloat32 || h.first == simpleFloat64:
		return d.Float64Value()
	default:
		d.Skip()
		return nil
	}
}

// hasOneForm reports whether the model has the same form of a value: no tags and simple
// values, no integers beyond 64 bits, no NaN, no broken text, which it does not replace.
func hasOneForm(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		for name, e := range v {
			if !hasOneForm(name) || !hasOneForm(e) {
				return false
			}
		}
	case []any:
		for _, e := range v {
			if !hasOneForm(e) {
				return false
			}
		}
	case float64:
		return !math.IsNaN(v)
	case string:
		return strings.ToValidUTF8(v, "") == v
	case nil, bool, uint64, int64, []byte:
	default:
		return false
	}
	return true
}

var seeds = []string{
	"bf61610161629f0203ffff", "a26161f661629fff", "a16161c1fb41d4d7fbf3800000", "f97e00", "f93c00", "fa40f40000", "f6", "f7", "c249010000000000000000",
	"c349010000000000000000", "c48221196ab3", "7f61616162ff", "5f41004101ff", "a1616182c06a323032302d30312d3031", "1bffffffffffffffff", "3bffffffffffffffff",
	"9bffffffffffffffff", "bbffffffffffffffff", "7bffffffffffffffff", "ff", "1c", "f800", "f820", "d9d9f7a0", "a10102", "bf6161ff", "9f", "bf", "61", "a161618101",
	"c1c1c1c1c101", "61ff", "a161ff01", "e0", "5f6161ff", "df01",
}

func FuzzDecoder(f *testing.F) {
	for _, seed := range seeds {
		b, err := hex.DecodeString(seed)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		d := NewDecoder(b)
		got := walk(d)
		valid := Valid(b)
		if err := cbor.Wellformed(b); valid && err != nil && !strings.Contains(err.Error(), "exceeded max nested level") {
			t.Fatalf("%x is valid, but %v", b, err)
		}
		var want any
		if err := model.Unmarshal(b, &want); err != nil || !hasOneForm(want) {
			return
		}
		if d.err != nil && strings.Contains(d.err.Error(), "is no text") { // the model takes null for one
			return
		}
		if !valid || d.err != nil {
			t.Fatalf("%x: valid is %t, %v, but it holds %v", b, valid, d.err, want)
		}
		if !reflect.DeepEqual(got, want) && !bytes.ContainsAny(b, "\xe0\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf0\xf1\xf2\xf3\xf8\xf7\xc0\xc1") {
			t.Fatalf("%x: got %#v, want %#v", b, got, want)
		}
	})
}

// FuzzScalars calls every method on every input: none panics, and what it returns with an
// error is zero.
func FuzzScalars(f *testing.F) {
	for _, seed := range seeds {
		b, _ := hex.DecodeString(seed)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for name, read := range map[string]func(*Decoder) any{
			"Bool": func(d *Decoder) any { return d.BoolValue() }, "Int8": func(d *Decoder) any { return d.Int8Value() },
			"Int16": func(d *Decoder) any { return d.Int16Value() }, "Int32": func(d *Decoder) any { return d.Int32Value() },
			"Int64": func(d *Decoder) any { return d.Int64Value() }, "Float32": func(d *Decoder) any { return d.Float32Value() },
			"Float64": func(d *Decoder) any { return d.Float64Value() }, "Text": func(d *Decoder) any { return d.Text() },
			"EpochSeconds": func(d *Decoder) any { return d.EpochSecondsValue() }, "Blob": func(d *Decoder) any { return string(d.Blob()) },
			"Key": func(d *Decoder) any {
				if d.Object() && d.NextMember() {
					return d.Key()
				}
				return ""
			},
		} {
			d := NewDecoder(b)
			if v := read(d); d.Err() != nil && !reflect.ValueOf(v).IsZero() {
				t.Errorf("%s of %x returns %v with the error %v", name, b, v, d.Err())
			}
		}
		_, _, _ = ErrorInfo(nil, b)
		_ = ErrorMessage(b)
	})
}

// FuzzEncoder: what is written is read again, by the Decoder and by the model.
func FuzzEncoder(f *testing.F) {
	f.Add("text", int64(-5), 1.5, []byte("blob"), true)
	f.Add("\xff", int64(math.MinInt64), math.Inf(-1), []byte{}, false)
	f.Add(strings.Repeat("long", 100), int64(math.MaxInt64), math.NaN(), bytes.Repeat([]byte{0}, 70_000), false)
	f.Fuzz(func(t *testing.T, text string, n int64, float float64, blob []byte, yes bool) {
		e := NewEncoder(nil)
		e.BeginObject()
		e.Key(text)
		e.BeginArray()
		e.Int(n)
		e.Float64(float)
		e.Float32(float32(float))
		e.Blob(blob)
		e.Bool(yes)
		e.Null()
		e.EndArray()
		e.EndObject()
		d := NewDecoder(e.Bytes())
		if !d.Object() || !d.NextMember() || d.Key() != strings.ToValidUTF8(text, "\uFFFD") || !d.Array() {
			t.Fatalf("%x: %v", e.Bytes(), d.Err())
		}
		same := func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
		ok := d.NextElement() && d.Int64Value() == n && d.NextElement() && same(d.Float64Value(), float) &&
			d.NextElement() && same(float64(d.Float32Value()), float64(float32(float))) && d.NextElement() && bytes.Equal(d.Blob(), blob) &&
			d.NextElement() && d.BoolValue() == yes && d.NextElement() && d.Null() && !d.NextElement() && !d.NextMember()
		if !ok || d.Err() != nil {
			t.Fatalf("%x: %v", e.Bytes(), d.Err())
		}
		if err := cbor.Wellformed(e.Bytes()); err != nil {
			t.Fatal(err)
		}
	})
}

func TestTimes(t *testing.T) {
	for _, want := range []time.Time{
		time.Unix(0, 0), time.UnixMilli(1398796238123), time.UnixMilli(-1), time.Date(9999, 12, 31, 23, 59, 59, 999e6, time.UTC), time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		e := NewEncoder(nil)
		e.EpochSeconds(want)
		d := NewDecoder(e.Bytes())
		if got := d.EpochSecondsValue(); !got.Equal(want) || d.Err() != nil {
			t.Errorf("%v comes back as %v, %v", want, got, d.Err())
		}
	}
}
