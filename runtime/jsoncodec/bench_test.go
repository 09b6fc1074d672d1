package jsoncodec_test

import (
	"bytes"
	"testing"
	"time"

	"example.com/lathe/runtime/jsoncodec"
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

// whole is an answer with members of all usual kinds.
const whole = `{"domainId":"dzd_abcdefgh12345","dataSourceId":"abcdefgh","id":"run12345678","projectId":"proj1234567",` +
	`"status":"SUCCESS","type":"SCHEDULED","dataSourceConfigurationSnapshot":"{\"a\":1}",` +
	`"runStatisticsForAssets":{"added":1,"updated":22,"unchanged":333,"skipped":4444,"failed":55555},` +
	`"lineageSummary":{"importStatus":"SUCCESS"},` +
	`"errorMessage":{"errorType":"VALIDATION_EXCEPTION","errorDetail":"something went wrong here"},` +
	`"createdAt":"2024-01-02T03:04:05.678Z","updatedAt":"2024-01-02T03:04:05.678Z",` +
	`"startedAt":"2024-01-02T03:04:05.678Z","stoppedAt":"2024-01-02T03:04:05.678Z"}`

// answer is what whole is decoded to, as emitted code does it.
type answer struct {
	Texts   [6]*string
	Enums   [4]string
	Numbers [5]*int32
	Times   [4]*time.Time
	t, e, n int
	at      int
}

func decodeAnswer(d *jsoncodec.Decoder, out *answer) {
	if !d.Object() {
		return
	}
	for d.NextMember() {
		switch string(d.Name()) {
		case "domainId", "dataSourceId", "id", "projectId", "dataSourceConfigurationSnapshot", "errorDetail":
			out.Texts[out.t] = d.String()
			out.t++
		case "status", "type", "importStatus", "errorType":
			out.Enums[out.e] = d.Text()
			out.e++
		case "added", "updated", "unchanged", "skipped", "failed":
			out.Numbers[out.n] = d.Int32()
			out.n++
		case "createdAt", "updatedAt", "startedAt", "stoppedAt":
			out.Times[out.at] = d.DateTime()
			out.at++
		default:
			decodeAnswer(d, out)
		}
	}
}

func BenchmarkDecodeWhole(b *testing.B) {
	body := []byte(whole)
	b.ReportAllocs()
	for b.Loop() {
		var out answer
		d := jsoncodec.NewDecoder(body)
		if decodeAnswer(d, &out); d.Err() != nil || out.at != len(out.Times) {
			b.Fatal(d.Err(), out)
		}
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
