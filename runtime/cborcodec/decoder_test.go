package cborcodec

import (
	"encoding/hex"
	"errors"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"
)

func unhex(t *testing.T, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(text, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestNumbers: every form that a number may have.
func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		in   string
		want float64
	}{
		{"00", 0}, {"17", 23}, {"1818", 24}, {"190100", 256}, {"1a00010000", 65536}, {"1b0000000100000000", 1 << 32}, {"20", -1}, {"3863", -100},
		{"f93c00", 1}, {"f90001", math.Ldexp(1, -24)}, {"f97bff", 65504}, {"f9fc00", math.Inf(-1)}, {"fa47c35000", 100000}, {"fb3ff199999999999a", 1.1},
		{"c249010000000000000000", 18446744073709551616}, {"c349010000000000000000", -18446744073709551617}, {"c48221196ab3", 273.15}, {"d9d9f705", 5},
		{"c48200c24105", 5},
	} {
		d := NewDecoder(unhex(t, c.in))
		if got := d.Float64Value(); got != c.want || d.Err() != nil {
			t.Errorf("%s is %v, %v, want %v", c.in, got, d.Err(), c.want)
		}
	}
	for _, c := range []struct {
		in   string
		want int64
	}{
		{"1b7fffffffffffffff", math.MaxInt64}, {"3b7fffffffffffffff", math.MinInt64}, {"c2420100", 256}, {"c3420100", -257}, {"c248000000000000007f", 127}, {"c240", 0},
	} {
		d := NewDecoder(unhex(t, c.in))
		if got := d.Int64Value(); got != c.want || d.Err() != nil {
			t.Errorf("%s is %v, %v, want %v", c.in, got, d.Err(), c.want)
		}
	}
	// A null before a big integer in a map is asked for without losing its tag.
	d := NewDecoder(unhex(t, "a16161c2420100"))
	if !d.Object() || !d.NextMember() || d.Null() || d.Int64Value() != 256 || d.NextMember() || d.Err() != nil {
		t.Error(d.Err())
	}
}

func TestTimestamps(t *testing.T) {
	want := time.Date(2014, 4, 29, 18, 30, 38, 0, time.UTC)
	for _, in := range []string{"c1fb41d4d7fbf3800000", "c11a535fefce", "1a535fefce", "c074323031342d30342d32395431383a33303a33385a"} {
		d := NewDecoder(unhex(t, in))
		if got := d.EpochSeconds(); got == nil || !got.Equal(want) {
			t.Errorf("%s is %v, %v", in, got, d.Err())
		}
	}
}

// TestErrors: what is wrong, and where.
func TestErrors(t *testing.T) {
	str := func(d *Decoder) { d.String() }
	i8 := func(d *Decoder) { d.Int8() }
	when := func(d *Decoder) { d.EpochSeconds() }
	inMap := func(d *Decoder) { _ = d.Key(); d.Text() }
	for _, c := range []struct {
		in, want string
		read     func(*Decoder)
	}{
		{"a1 61 61 01", "member a: expected a string, got a number", str},
		{"a1 61 61 a0", "member a: expected a string, got an object", str},
		{"a1 61 61 1880", "member a: the number does not fit a 8-bit integer", i8},
		{"a1 61 61 c249010000000000000000", "member a: the number does not fit a 8-bit integer", i8},
		{"a1 61 61 f93c00", "member a: expected an integer, got a number", i8},
		{"a1 61 61 61 78", "member a: expected a timestamp, got a string of another format", when},
		{"a1 61 61 f97e00", "member a: expected a number of seconds since 1970", when},
		{"a1 66 7365637265", "invalid CBOR at byte 1: unexpected EOF", str},
		{"a1 61 61 01", "member *: expected a string, got a number", inMap},
		{"80", "expected an object, got an array", str},
		{"a1", "an object is longer than the input", str},
		{"bf", "invalid CBOR at byte 1: unexpected EOF", str},
		{"a1 01 02", "invalid CBOR at byte 1: the name of a member is no text", str},
		{"bf 61 61 61 62 61 63 ff", "invalid CBOR at byte 7: a break instead of a value", str},
		{"a1 61 61 7b7fffffffffffffff", "invalid CBOR at byte 3: unexpected EOF", str},
		{"a1 61 61 7f 41 61 ff", "invalid CBOR at byte 4: a piece of another kind", str},
		{"a1 61 61 1c", "invalid CBOR at byte 3: 0x1c begins nothing", str},
		{"7b", "invalid CBOR at byte 0: unexpected EOF", str},
	} {
		d := NewDecoder(unhex(t, c.in))
		for more := d.Object(); more && d.NextMember(); {
			c.read(d)
		}
		if d.Err() == nil || !strings.HasSuffix(d.Err().Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.in, d.Err(), c.want)
		}
	}
}

func TestErrorInfo(t *testing.T) {
	body := unhex(t, "a2 66 5f5f74797065 67 6e7323436f6465 67 6d657373616765 62 4869") // {"__type": "ns#Code", "message": "Hi"}
	codes, unknown, err := ErrorInfo(nil, body)
	if codes[0] != "Code" || unknown.Code != "Code" || unknown.Message != "Hi" || err != nil {
		t.Errorf("%v, %v, %v", codes, unknown, err)
	}
	_, unknown, err = QueryCompatibleErrorInfo(http.Header{"X-Amzn-Query-Error": {"Other;Sender"}}, body)
	if unknown.Code != "Other" || err != nil {
		t.Errorf("%v, %v", unknown, err)
	}
	if message := ErrorMessage(body); message == nil || *message != "Hi" {
		t.Error("no message")
	}
	if codes, _, err = ErrorInfo(nil, []byte("<html>")); codes[0] != "" || err == nil {
		t.Errorf("%v, %v", codes, err)
	}
}

// TestErrorsStick: the first error stays, and loops end.
func TestErrorsStick(t *testing.T) {
	d := NewDecoder(unhex(t, "a2 61 61 01 61 62 02"))
	members := 0
	for more := d.Object(); more && d.NextMember(); {
		members++
		d.Fail(errors.New("mine"))
		d.Fail(errors.New("another"))
		if d.Text() != "" || d.Null() || d.Raw() != nil || d.Object() || d.NextMember() || d.NextElement() || d.Key() != "" || d.Name() != nil {
			t.Error("something is read after an error")
		}
	}
	if members != 1 || d.Err().Error() != "member a: mine" {
		t.Errorf("%d members, %v", members, d.Err())
	}
}

// TestRoom: lists and maps grow to what the input says that they hold.
func TestRoom(t *testing.T) {
	d := NewDecoder(append([]byte{majorArray | info1Byte, 200}, make([]byte, 200)...))
	var list []int64
	for more := d.Array(); more && d.NextElement(); {
		list = Grow(d, list)
		list = append(list, d.Int64Value())
	}
	if len(list) != 200 || d.Err() != nil {
		t.Errorf("%d, %v", len(list), d.Err())
	}
	e := NewEncoder(nil)
	e.head(majorMap, 100)
	for i := range 100 {
		e.Key(strings.Repeat("k", i))
		e.Int(int64(i))
	}
	d = NewDecoder(e.Bytes())
	m := map[string]int64{}
	for more := d.Object(); more && d.NextMember(); {
		key := d.Key()
		m = GrowMap(d, m, key)
		m[key] = d.Int64Value()
	}
	if len(m) != 100 || d.Err() != nil {
		t.Errorf("%d, %v", len(m), d.Err())
	}
}
