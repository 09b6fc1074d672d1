package bench

import (
	"bytes"
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"github.com/go-faster/jx"
	"github.com/go-json-experiment/json/jsontext"

	"example.com/lathe/runtime/jsoncodec"
)

// The choice of the JSON library: one flat decoder a library, written the same
// way, of the answer to GetDataSourceRun with every member. What they allocate
// themselves is equal; the rest is the library's.

var answer = []byte(`{"domainId":"dzd_abcdefgh12345","dataSourceId":"abcdefgh","id":"run12345678","projectId":"proj1234567",` +
	`"status":"SUCCESS","type":"SCHEDULED","dataSourceConfigurationSnapshot":"{\"a\":1}",` +
	`"runStatisticsForAssets":{"added":1,"updated":22,"unchanged":333,"skipped":4444,"failed":55555},` +
	`"lineageSummary":{"importStatus":"SUCCESS"},` +
	`"errorMessage":{"errorType":"VALIDATION_EXCEPTION","errorDetail":"something went wrong here"},` +
	`"createdAt":"2024-01-02T03:04:05.678Z","updatedAt":"2024-01-02T03:04:05.678Z","startedAt":"2024-01-02T03:04:05.678Z","stoppedAt":"2024-01-02T03:04:05.678Z"}`)

// run is the answer as the decoders see it: texts, numbers and times by name, with
// objects flattened.
type run struct {
	texts   [11]string
	numbers [5]int32
	times   [4]time.Time
	t, n, d int
}

func (r *run) text(s string)    { r.texts[r.t] = s; r.t++ }
func (r *run) number(n int32)   { r.numbers[r.n] = n; r.n++ }
func (r *run) time(t time.Time) { r.times[r.d] = t; r.d++ }

func isTime(name []byte) bool { return len(name) > 2 && string(name[len(name)-2:]) == "At" }

func decodeJX(d *jx.Decoder, r *run) error {
	it, err := d.ObjIter()
	if err != nil {
		return err
	}
	for it.Next() {
		switch name := it.Key(); d.Next() {
		case jx.Object:
			err = decodeJX(d, r)
		case jx.Number:
			var n int32
			n, err = d.Int32()
			r.number(n)
		default:
			var s []byte
			s, err = d.StrBytes()
			if isTime(name) {
				t, _ := time.Parse(time.RFC3339Nano, string(s))
				r.time(t)
			} else {
				r.text(string(s))
			}
		}
		if err != nil {
			return err
		}
	}
	return it.Err()
}

func decodeJSONText(d *jsontext.Decoder, r *run) error {
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	for d.PeekKind() != jsontext.KindEndObject {
		name, err := d.ReadValue()
		if err != nil {
			return err
		}
		timed := isTime(name[1 : len(name)-1])
		if d.PeekKind() == jsontext.KindBeginObject {
			if err := decodeJSONText(d, r); err != nil {
				return err
			}
			continue
		}
		v, err := d.ReadValue()
		if err != nil {
			return err
		}
		switch {
		case v.Kind() == jsontext.KindNumber:
			n, _ := strconv.ParseInt(string(v), 10, 32)
			r.number(int32(n))
		case timed:
			t, _ := time.Parse(time.RFC3339Nano, string(v[1:len(v)-1]))
			r.time(t)
		case bytes.IndexByte(v, '\\') < 0:
			r.text(string(v[1 : len(v)-1]))
		default:
			s, _ := jsontext.AppendUnquote(nil, v)
			r.text(string(s))
		}
	}
	_, err := d.ReadToken()
	return err
}

// decodeCodec does it with the codec of the emitted code, whose callers know the types.
func decodeCodec(d *jsoncodec.Decoder, r *run) {
	if !d.Object() {
		return
	}
	for d.NextMember() {
		switch string(d.Name()) {
		case "runStatisticsForAssets", "lineageSummary", "errorMessage":
			decodeCodec(d, r)
		case "added", "updated", "unchanged", "skipped", "failed":
			r.number(d.Int32Value())
		case "createdAt", "updatedAt", "startedAt", "stoppedAt":
			r.time(d.DateTimeValue())
		default:
			r.text(d.Text())
		}
	}
}

func TestDecodersAgree(t *testing.T) {
	var a, b, c run
	var d jx.Decoder
	d.ResetBytes(answer)
	if err := decodeJX(&d, &a); err != nil {
		t.Fatal(err)
	}
	if err := decodeJSONText(jsontext.NewDecoder(bytes.NewBuffer(answer)), &b); err != nil {
		t.Fatal(err)
	}
	codec := jsoncodec.NewDecoder(answer)
	if decodeCodec(codec, &c); codec.Err() != nil {
		t.Fatal(codec.Err())
	}
	if a != b || a != c || a.t != 10 || a.n != 5 || a.d != 4 {
		t.Errorf("jx %+v\njsontext %+v\njsoncodec %+v", a, b, c)
	}
}

func BenchmarkJSONLibrary(b *testing.B) {
	b.Run("jsoncodec", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var r run
			d := jsoncodec.NewDecoder(answer)
			if decodeCodec(d, &r); d.Err() != nil {
				b.Fatal(d.Err())
			}
		}
	})
	b.Run("jx", func(b *testing.B) {
		var d jx.Decoder
		b.ReportAllocs()
		for b.Loop() {
			var r run
			d.ResetBytes(answer)
			if err := decodeJX(&d, &r); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("jsontext", func(b *testing.B) {
		var d jsontext.Decoder
		var in bytes.Buffer
		b.ReportAllocs()
		for b.Loop() {
			var r run
			in = *bytes.NewBuffer(answer)
			d.Reset(&in, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
			if err := decodeJSONText(&d, &r); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var v map[string]any
			if err := json.Unmarshal(answer, &v); err != nil {
				b.Fatal(err)
			}
		}
	})
}
