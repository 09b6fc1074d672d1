//go:build !race

package jsoncodec_test

import (
	"testing"

	"example.com/lathe/templates/runtime/jsoncodec"
)

// The race detector makes pools forget, so that allocations can't be counted.

func TestAllocations(t *testing.T) {
	body := []byte(`{"str":"a","text":"b","i32":1,"i64":2,"date":"2024-01-02T03:04:05Z","nested":{"str":"c","i32":3}}`)
	var out record
	got := testing.AllocsPerRun(100, func() {
		d := jsoncodec.NewDecoder(body)
		out = record{}
		decodeRecord(d, &out)
		d.Free()
	})
	if want := 6.0; got != want {
		t.Errorf("%v allocations, want %v: text, strings, int32s, int64s, times, the nested record", got, want)
	}
}
