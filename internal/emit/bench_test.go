package emit

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

func BenchmarkFormat(b *testing.B) {
	src := benchmarkSource()
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Format("p.go", src); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSortImports(b *testing.B) {
	src := benchmarkSource()
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := SortImports("p.go", src); err != nil {
			b.Fatal(err)
		}
	}
}

// benchmarkSource is a file of some 30 KB as renderers write it.
func benchmarkSource() []byte {
	var src strings.Builder
	src.WriteString(Header + "\n\npackage p\nimport (\n\"context\"\n\"example.com/x\"\n\"fmt\"\n)\n")
	for i := range 200 {
		fmt.Fprintf(&src, "// F%d does one thing.\nfunc F%d(ctx context.Context)(string,error){\nif ctx.Err()!=nil{\nreturn \"\",ctx.Err()}\nreturn fmt.Sprint(x.Y,%d),nil\n}\n", i, i, i)
	}
	return []byte(src.String())
}

// BenchmarkWrite writes 50 files into an empty module, and over themselves.
func BenchmarkWrite(b *testing.B) {
	var names []string
	for i := range 50 {
		names = append(names, fmt.Sprintf("p%d/file%d.go", i%5, i))
	}
	files := set("out", names...)
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			benchmarkWrite(b, b.TempDir(), files)
		}
	})
	b.Run("again", func(b *testing.B) {
		root := b.TempDir()
		for b.Loop() {
			benchmarkWrite(b, root, files)
		}
	})
}

func benchmarkWrite(b *testing.B, root string, s Set) {
	b.Helper()
	if _, err := Write(context.Background(), in(root, s)); err != nil {
		b.Fatal(err)
	}
}
