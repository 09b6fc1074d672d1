package reach

import (
	"os"
	"path/filepath"
	"testing"

	"example.com/lathe/runtime"
)

// BenchmarkCut cuts the runtime for the committed client.
func BenchmarkCut(b *testing.B) {
	names, err := filepath.Glob("../../generated/datazone/*.go")
	if err != nil || len(names) == 0 {
		b.Fatal(err)
	}
	var client [][]byte
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		client = append(client, data)
	}
	for b.Loop() {
		if _, err := NewTree(runtime.Sources, runtime.Home).Cut("example.com/lathe/generated/datazone/internal/", client); err != nil {
			b.Fatal(err)
		}
	}
}
