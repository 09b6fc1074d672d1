package jsoncodec_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"example.com/lathe/runtime/jsoncodec"
)

// record has a member of every scalar kind.
type record struct {
	Str    *string
	Text   string
	Bool   *bool
	I8     *int8
	I16    *int16
	I32    *int32
	I64    *int64
	F32    *float32
	F64    *float64
	Blob   []byte
	Date   *time.Time
	HTTP   *time.Time
	Epoch  *time.Time
	List   []string
	Map    map[string]int32
	Nested *record
}

func decodeRecord(d *jsoncodec.Decoder, out *record) {
	if !d.Object() {
		return
	}
	for d.NextMember() {
		switch string(d.Name()) {
		case "str":
			out.Str = d.String()
		case "text":
			out.Text = d.Text()
		case "bool":
			out.Bool = d.Bool()
		case "i8":
			out.I8 = d.Int8()
		case "i16":
			out.I16 = d.Int16()
		case "i32":
			out.I32 = d.Int32()
		case "i64":
			out.I64 = d.Int64()
		case "f32":
			out.F32 = d.Float32()
		case "f64":
			out.F64 = d.Float64()
		case "blob":
			out.Blob = d.Blob()
		case "date":
			out.Date = d.DateTime()
		case "http":
			out.HTTP = d.HTTPDate()
		case "epoch":
			out.Epoch = d.EpochSeconds()
		case "list":
			out.List = decodeStrings(d)
		case "map":
			out.Map = decodeMap(d)
		case "nested":
			if !d.Null() {
				out.Nested = &record{}
				decodeRecord(d, out.Nested)
			}
		default:
			d.Skip()
		}
	}
}

func decodeStrings(d *jsoncodec.Decoder) []string {
	if !d.Array() {
		return nil
	}
	out := []string{}
	for d.NextElement() {
		out = append(jsoncodec.Grow(d, out), d.Text())
	}
	return out
}

func decodeRecords(d *jsoncodec.Decoder) []record {
	if !d.Array() {
		return nil
	}
	out := []record{}
	for d.NextElement() {
		out = append(jsoncodec.Grow(d, out), record{})
		decodeRecord(d, &out[len(out)-1])
	}
	return out
}

func decodeMap(d *jsoncodec.Decoder) map[string]int32 {
	if !d.Object() {
		return nil
	}
	out := map[string]int32{}
	for d.NextMember() {
		key := d.Key()
		if d.Null() {
			continue
		}
		out[key] = d.Int32Value()
	}
	return out
}

func decode(body string) (record, error) {
	d := jsoncodec.NewDecoder([]byte(body))
	var out record
	if !d.IsEmpty() {
		decodeRecord(d, &out)
	}
	return out, d.Err()
}

func TestDecode(t *testing.T) {
	utc := func(sec int64, nsec int64) *time.Time { return new(time.Unix(sec, nsec).UTC()) }
	for name, c := range map[string]struct {
		body string
		want record
	}{
		"empty body":           {"", record{}},
		"white space":          {" \n\t", record{}},
		"null":                 {"null", record{}},
		"empty object":         {"{}", record{}},
		"unknown members":      {`{"x":{"y":[1,{"z":null}]},"i32":1,"w":"\u00e9"}`, record{I32: new(int32(1))}},
		"nulls are absent":     {`{"str":null,"text":null,"bool":null,"i32":null,"f64":null,"blob":null,"date":null,"list":null,"map":null,"nested":null}`, record{}},
		"the last one counts":  {`{"i32":1,"i32":2}`, record{I32: new(int32(2))}},
		"null takes back":      {`{"i32":1,"i32":null}`, record{}},
		"strings":              {`{"str":"a\u0062\n\ud83d\ude00é","text":""}`, record{Str: new("ab\n😀é")}},
		"invalid UTF-8":        {"{\"str\":\"a\xffb\",\"map\":{\"\xff\":1}}", record{Str: new("a\ufffdb"), Map: map[string]int32{"\ufffd": 1}}},
		"long strings":         {`{"str":"` + strings.Repeat(`long\\`, 1000) + `","text":"` + strings.Repeat("long", 1000) + `"}`, record{Str: new(strings.Repeat(`long\`, 1000)), Text: strings.Repeat("long", 1000)}},
		"escaped name":         {`{"\u0073tr":"x"}`, record{Str: new("x")}},
		"booleans":             {`{"bool":false}`, record{Bool: new(false)}},
		"limits":               {`{"i8":-128,"i16":32767,"i32":-2147483648,"i64":9223372036854775807}`, record{I8: new(int8(-128)), I16: new(int16(32767)), I32: new(int32(math.MinInt32)), I64: new(int64(math.MaxInt64))}},
		"floats":               {`{"f32":1.5e3,"f64":-0.25}`, record{F32: new(float32(1500)), F64: new(-0.25)}},
		"infinite":             {`{"f32":"-Infinity","f64":"Infinity"}`, record{F32: new(float32(math.Inf(-1))), F64: new(math.Inf(1))}},
		"blobs":                {`{"blob":"aGVsbG8="}`, record{Blob: []byte("hello")}},
		"empty blob":           {`{"blob":""}`, record{Blob: []byte{}}},
		"escaped blob":         {`{"blob":"\/\/8="}`, record{Blob: []byte{0xff, 0xff}}},
		"date-time":            {`{"date":"2024-01-02T03:04:05.678Z"}`, record{Date: utc(1704164645, 678e6)}},
		"date-time, offset":    {`{"date":"2024-01-02T03:04:05+01:30"}`, record{Date: new(time.Date(2024, 1, 2, 3, 4, 5, 0, time.FixedZone("", 5400)))}},
		"date-time, no offset": {`{"date":"2024-01-02T03:04:05"}`, record{Date: utc(1704164645, 0)}},
		"http-date":            {`{"http":"Tue, 29 Apr 2014 18:30:38 GMT"}`, record{HTTP: utc(1398796238, 0)}},
		"epoch":                {`{"epoch":1398796238.5}`, record{Epoch: utc(1398796238, 500e6)}},
		"lists and maps":       {`{"list":["a",null,""],"map":{"x":1,"y":null}}`, record{List: []string{"a", "", ""}, Map: map[string]int32{"x": 1}}},
		"empty list and map":   {`{"list":[],"map":{}}`, record{List: []string{}, Map: map[string]int32{}}},
		"nested":               {`{"nested":{"nested":{"i32":7}}}`, record{Nested: &record{Nested: &record{I32: new(int32(7))}}}},
		"something behind":     {`{"i32":1} trailing`, record{I32: new(int32(1))}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := decode(c.body)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %s\nwant %s", dump(got), dump(c.want))
			}
		})
	}
	for _, text := range []string{"NaN", "nan", `\u004eaN`} {
		if got, err := decode(`{"f64":"` + text + `"}`); err != nil || !math.IsNaN(*got.F64) {
			t.Errorf("%s gave %v, %v", text, got.F64, err)
		}
	}
	for _, text := range []string{"-Infinity", "-INFINITY", `-\u0049nfinit\u0079`} {
		if got, err := decode(`{"f64":"` + text + `"}`); err != nil || !math.IsInf(*got.F64, -1) {
			t.Errorf("%s gave %v, %v", text, got.F64, err)
		}
	}
}

func dump(r record) string {
	if r.F32 != nil && math.IsInf(float64(*r.F32), 0) {
		return fmt.Sprintf("%+v", r)
	}
	text, err := json.Marshal(r)
	return fmt.Sprintf("%s %v", text, err)
}

func TestDecodeErrors(t *testing.T) {
	for body, want := range map[string]string{
		`[]`:                                 "expected an object, got an array",
		`"x"`:                                "expected an object, got a string",
		`{"str":5}`:                          "member str: expected a string, got a number",
		`{"nested":{"i32":"5"}}`:             "member nested/i32: expected an integer, got a string",
		`{"i32":5000000000}`:                 "member i32: the number does not fit a 32-bit integer",
		`{"i8":128}`:                         "member i8: the number does not fit a 8-bit integer",
		`{"i64":9223372036854775808}`:        "member i64: the number does not fit a 64-bit integer",
		`{"i32":1.5}`:                        "member i32: expected an integer, got a number with a fraction or an exponent",
		`{"i32":1e3}`:                        "member i32: expected an integer, got a number with a fraction or an exponent",
		`{"f64":1e999}`:                      "member f64: the number does not fit a 64-bit float",
		`{"f64":"none"}`:                     "member f64: expected a number, got a string",
		`{"bool":0}`:                         "member bool: expected a boolean, got a number",
		`{"blob":"*"}`:                       "member blob: expected a string in base64: illegal base64 data at input byte 0",
		`{"date":"yesterday"}`:               "member date: expected a timestamp, got a string of another format",
		`{"date":1}`:                         "member date: expected a timestamp as a string, got a number",
		`{"epoch":1e300}`:                    "member epoch: expected a number of seconds since 1970, got one that no time can hold",
		`{"epoch":"NaN"}`:                    "member epoch: expected a number of seconds since 1970, got a string",
		`{"list":{}}`:                        "member list: expected an array, got an object",
		`{"list":["a",1]}`:                   "member list/1: expected a string, got a number",
		`{"map":{"k":true}}`:                 "member map/*: expected an integer, got a boolean",
		`{"nested":7}`:                       "member nested: expected an object, got a number",
		`{`:                                  "invalid JSON at byte 1: unexpected EOF",
		`{"str":"abc`:                        "invalid JSON at byte 11: unexpected EOF",
		`{"str":"a\u00`:                      "invalid JSON at byte 13: unexpected EOF",
		`{"i32":-`:                           "invalid JSON at byte 8: unexpected EOF",
		`{"i32":1,}`:                         "invalid JSON at byte 8: invalid character ',' behind the last member or element",
		`{"list":["a", ]}`:                   "invalid JSON at byte 12: invalid character ',' behind the last member or element",
		`{"i32":]`:                           "invalid JSON at byte 7: invalid character ']' instead of a value",
		`{"i32":1;`:                          "invalid JSON at byte 8: invalid character ';' after a member (expecting ',' or '}')",
		`{"i32"=1}`:                          "invalid JSON at byte 6: invalid character '=' after a member's name (expecting ':')",
		`{i32:1}`:                            "invalid JSON at byte 1: invalid character 'i' instead of a value",
		`{32:1}`:                             "invalid JSON at byte 1: invalid character '3' instead of a member's name",
		`{"list":["a" "b"]}`:                 "invalid JSON at byte 13: invalid character '\"' after an element (expecting ',' or ']')",
		`{"bool":nul}`:                       "invalid JSON at byte 11: invalid character '}' in the word null",
		`{"f64":1.e5}`:                       "invalid JSON at byte 9: invalid character 'e' in a number (expecting a digit)",
		"{\"str\":\"a\nb\"}":                 `invalid JSON at byte 9: invalid character '\n' in a string`,
		`{"str":"a\x"}`:                      `invalid JSON at byte 9: invalid escape: 'x' behind \`,
		`{"str":"a\u00g0"}`:                  `invalid JSON at byte 9: invalid escape: 'g' behind \u00`,
		"\xff":                               `invalid JSON at byte 0: invalid character '\xff' instead of a value`,
		"\ufeff{}":                           `invalid JSON at byte 0: invalid character '\ufeff' instead of a value`,
		`<html>`:                             "invalid JSON at byte 0: invalid character '<' instead of a value",
		`{"x":` + strings.Repeat("[", 20000): "invalid JSON at byte 10004: nested more than 10000 deep",
	} {
		_, err := decode(body)
		if err == nil || err.Error() != want {
			t.Errorf("%.40s: got error %v, want %s", body, err, want)
		}
		if cutOff := strings.HasSuffix(want, "unexpected EOF"); cutOff != errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%.40s: %v is io.ErrUnexpectedEOF: %v", body, err, !cutOff)
		}
	}
}

// TestNoSharing sees that nothing of what is decoded changes when the body does,
// or when other messages are decoded and encoded.
func TestNoSharing(t *testing.T) {
	long := strings.Repeat("long", 2000)
	body := []byte(`{"str":"hello","text":"wor\nld","blob":"aGVsbG8=","map":{"key":1,"\u0061":2},"list":["x","yy"],"date":"2024-01-02T03:04:05+01:00",` +
		`"nested":{"str":"` + long + `","text":"` + long + `\n","blob":"AA\/\/"}}`)
	d := jsoncodec.NewDecoder(body)
	var out record
	decodeRecord(d, &out)
	raw := jsoncodec.NewDecoder(body).Raw()
	if d.Err() != nil {
		t.Fatal(d.Err())
	}
	before, rawBefore := dump(out), string(raw)
	for i := range body {
		body[i] = '#'
	}
	for range 10 {
		_, _ = decode(`{"str":"#####","text":"######","list":["#","##"],"map":{"###":1}}`)
		e := jsoncodec.NewEncoder(nil)
		e.BeginArray()
		e.String(strings.Repeat("#", 4000))
		e.EndArray()
		_ = e.Bytes()
	}
	if after := dump(out); after != before || string(raw) != rawBefore {
		t.Errorf("changed from %.200s to %.200s", before, after)
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`{}`, `{"str":"a\u00e9","i32":1,"list":["x"],"map":{"a":1},"nested":{"blob":"AA=="}}`, `{"date":"2024-01-02T03:04:05Z","epoch":1.5}`, `[`, "\xff", `{"f64":1e308}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		got, err := decode(body)
		if err != nil {
			return
		}
		var generic map[string]any
		if json.Valid([]byte(body)) && json.Unmarshal([]byte(body), &generic) == nil {
			if s, ok := generic["str"].(string); ok && got.Str != nil && *got.Str != s && !strings.Contains(s, "\ufffd") {
				t.Errorf("str is %q, encoding/json says %q", *got.Str, s)
			}
		}
	})
}
