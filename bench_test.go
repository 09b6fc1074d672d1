package lathe_test

import (
	"os"
	"testing"

	"example.com/lathe"
)

// BenchmarkGenerate measures everything but the start of the process and writing:
// one operation from each format, and a whole service of 190.
func BenchmarkGenerate(b *testing.B) {
	for _, format := range []string{"openapi", "smithy", "c2j"} {
		b.Run(format, func(b *testing.B) { benchmarkGenerate(b, datazone[format], "GetDataSourceRun") })
	}
	b.Run("service", func(b *testing.B) { benchmarkGenerate(b, datazone["c2j"]) })
}

func benchmarkGenerate(b *testing.B, file string, operations ...string) {
	if _, err := os.Stat(file); err != nil {
		b.Skipf("skipped: %s is not here", file)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := lathe.Generate(lathe.Config{Spec: file, Out: "generated/bench", Operations: operations}); err != nil {
			b.Fatal(err)
		}
	}
}
