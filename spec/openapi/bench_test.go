package openapi

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkDataZone reads the spec that the first generated client comes from. The
// whole generation of that client may take 40 ms.
func BenchmarkDataZone(b *testing.B) {
	data := datazone(b)
	b.Run("YAML", func(b *testing.B) { benchmarkLoad(b, "datazone.yaml", data) })
	b.Run("JSON", func(b *testing.B) {
		root, _ := read("datazone.yaml", data)
		benchmarkLoad(b, "datazone.json", []byte(root.Raw()))
	})
}

// BenchmarkLarge reads a document of a megabyte.
func BenchmarkLarge(b *testing.B) {
	var text strings.Builder
	text.WriteString(toy + "components:\n  schemas:\n")
	for i := range 2000 {
		fmt.Fprintf(&text, "    Schema%d:\n      type: object\n      required: [name]\n      properties:\n", i)
		for j := range 8 {
			fmt.Fprintf(&text, "        name%d:\n          type: string\n          description: Some words about it.\n", j)
		}
		text.WriteString("        name: {$ref: '#/components/schemas/Schema0'}\n")
	}
	benchmarkLoad(b, "large.yaml", []byte(text.String()))
}

func benchmarkLoad(b *testing.B, name string, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(name, data); err != nil {
			b.Fatal(err)
		}
	}
}
