package snapshot_test

import (
	"testing"

	"example.com/lathe/spec/snapshot"
)

func BenchmarkEncode(b *testing.B) {
	api := load(b, models+"/smithy/datazone-2018-05-10.json")
	for b.Loop() {
		if _, err := snapshot.Encode(api, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHash(b *testing.B) {
	api := load(b, models+"/smithy/datazone-2018-05-10.json")
	for b.Loop() {
		if _, err := snapshot.Hash(api); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	data, err := snapshot.Encode(load(b, models+"/smithy/datazone-2018-05-10.json"), nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := snapshot.Decode(data, nil); err != nil {
			b.Fatal(err)
		}
	}
}
