package jsoncodec_test

import (
	"bytes"
	"testing"

	"example.com/lathe/templates/runtime/jsoncodec"
)

const small = `{"str":"dzd_abcdefgh","text":"SUCCESS","i32":4444,"i64":55555,"date":"2024-01-02T03:04:05.678Z","list":["a","b"],"nested":{"str":"x\"y\"","i32":3}}`

// big is a list of about 10 MB.
func big() []byte {
	const n = 10 << 20 / len(small)
	return append(append([]byte{'['}, bytes.Repeat([]byte(small+","), n)...), small+"]"...)
}

func BenchmarkDecodeSmall(b *testing.B) {
	body := []byte(small)
	b.ReportAllocs()
	for b.Loop() {
		var out record
		decodeRecord(jsoncodec.NewDecoder(body), &out)
	}
}

func BenchmarkDecodeBig(b *testing.B) {
	body := big()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		d := jsoncodec.NewDecoder(body)
		decodeRecords(d)
		if d.Err() != nil {
			b.Fatal(d.Err())
		}
	}
}

func BenchmarkSkipBig(b *testing.B) {
	body := big()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		jsoncodec.NewDecoder(body).Skip()
	}
}

func BenchmarkEncodeBig(b *testing.B) {
	records := decodeRecords(jsoncodec.NewDecoder(big()))
	b.ReportAllocs()
	for b.Loop() {
		e := jsoncodec.NewEncoder(nil)
		e.BeginArray()
		for i := range records {
			encodeRecord(e, &records[i])
		}
		e.EndArray()
		b.SetBytes(int64(len(e.Bytes())))
	}
}

func encodeRecord(e *jsoncodec.Encoder, v *record) {
	e.BeginObject()
	e.Name("str")
	e.String(*v.Str)
	e.Name("text")
	e.String(v.Text)
	e.Name("i32")
	e.Int(int64(*v.I32))
	if v.I64 != nil {
		e.Name("i64")
		e.Int(*v.I64)
		e.Name("date")
		e.DateTime(*v.Date)
		e.Name("list")
		e.BeginArray()
		for _, s := range v.List {
			e.String(s)
		}
		e.EndArray()
	}
	if v.Nested != nil {
		e.Name("nested")
		encodeRecord(e, v.Nested)
	}
	e.EndObject()
}
