//go:build !race

package jsoncodec_test

import (
	"bytes"
	"runtime"
	"testing"
	"time"
	"unsafe"

	"example.com/lathe/runtime/jsoncodec"
)

// The race detector changes what is allocated and makes pools forget.

func TestAllocations(t *testing.T) {
	var out record
	for _, c := range []struct {
		name, body string
		want       float64
	}{
		{"nothing", `{"unknown":{"a":[1,"two",true,null]}}`, 0},
		{"one of each kind", `{"str":"a","text":"b","i32":1,"i64":2,"date":"2024-01-02T03:04:05Z","nested":{"str":"c","i32":3}}`, 6}, // bytes, strings, times, int32s, int64s, the nested record
		{"escapes", `{"str":"a\n\u00e9","text":"\ud83d\ude00","nested":{"str":"\"quoted\""}}`, 3},                                    // bytes, strings, the nested record
		{"a list of one", `{"list":["a"]}`, 2},                                                                                       // bytes, the list
		{"a list", `{"list":["a","b","c","d"]}`, 3},                                                                                  // bytes, the list that grew once
		{"all scalars", `{"bool":true,"i8":1,"i16":2,"i32":3,"i64":4,"f32":5.5,"f64":6.5}`, 7},
		{"scalars of a kind", `{"i32":1,"nested":{"i32":2,"nested":{"i32":3,"nested":{"i32":4}}}}`, 4}, // int32s, the nested records
		{"epoch", `{"epoch":1398796238.5}`, 1},
	} {
		body := []byte(c.body)
		got := testing.AllocsPerRun(100, func() {
			d := jsoncodec.NewDecoder(body)
			out = record{}
			decodeRecord(d, &out)
		})
		if got != c.want {
			t.Errorf("%s: %v allocations, want %v", c.name, got, c.want)
		}
	}
}

func TestErrorAllocations(t *testing.T) {
	body := []byte(`{"__type":"x#NotFound","message":"there is none"}`)
	if got := testing.AllocsPerRun(100, func() { _, _, _ = jsoncodec.ErrorInfo(nil, body) }); got > 1 {
		t.Errorf("%v allocations for code and message, want 1", got)
	}
	if got := testing.AllocsPerRun(100, func() { _ = jsoncodec.ErrorMessage(body) }); got > 2 {
		t.Errorf("%v allocations for the message, want 2", got)
	}
}

func TestEncoderAllocations(t *testing.T) {
	at, memory := time.Now(), make([]byte, 0, 16<<10)
	got := testing.AllocsPerRun(100, func() {
		e := jsoncodec.NewEncoder(memory)
		e.BeginObject()
		for range 100 {
			e.Name("name")
			e.String("value with an escape\n")
			e.Key("at")
			e.DateTime(at)
		}
		e.EndObject()
		_ = e.Bytes()
	})
	if got != 0 {
		t.Errorf("%v allocations, want none beside the memory given", got)
	}
}

// TestSmallResult sees that little is allocated for what is nearly the whole answer: a
// full slab of strings has 256 bytes.
func TestSmallResult(t *testing.T) {
	body := []byte(`{"str":"table","f64":0.5}`)
	var before, after runtime.MemStats
	const n = 1000
	runtime.ReadMemStats(&before)
	for range n {
		var out record
		decodeRecord(jsoncodec.NewDecoder(body), &out)
		if out.Str == nil || *out.Str != "table" {
			t.Fatal(out.Str)
		}
	}
	runtime.ReadMemStats(&after)
	if got := (after.TotalAlloc - before.TotalAlloc) / n; got > 128 {
		t.Errorf("%d bytes for an answer of %d, want at most 128", got, len(body))
	}
}

// TestBigResult sees that little more is allocated for a long list than its
// elements need.
func TestBigResult(t *testing.T) {
	const n = 10_000
	const element = `{"str":"dzd_abcdefgh","text":"SUCCESS","i32":4444,"i64":55555,"date":"2024-01-02T03:04:05.678Z","blob":"aGVsbG8="}`
	body := []byte(`[` + string(bytes.Repeat([]byte(element+`,`), n-1)) + element + `]`)
	const blob = 8 // bytes of the size class that five bytes fall into
	needed := n * (unsafe.Sizeof(record{}) + uintptr(len("dzd_abcdefgh")+len("SUCCESS")) +
		unsafe.Sizeof("") + 4 + 8 + unsafe.Sizeof(time.Time{}) + blob)

	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	d := jsoncodec.NewDecoder(body)
	out := decodeRecords(d)
	runtime.ReadMemStats(&after)
	if len(out) != n || d.Err() != nil {
		t.Fatal(len(out), d.Err())
	}
	lists := uint64(n*unsafe.Sizeof(record{})) * 6 / 10 // shorter ones that were moved
	if got, most := after.TotalAlloc-before.TotalAlloc, uint64(needed)*110/100+lists; got > most {
		t.Errorf("%d bytes allocated for a result of %d, want at most %d", got, needed, most)
	}
	if most := n + n/20; cap(out) > most {
		t.Errorf("a list of %d has room for %d", n, cap(out))
	}
}
