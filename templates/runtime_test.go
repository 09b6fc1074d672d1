package templates

import (
	"bytes"
	"testing"

	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/plan"
	"example.com/lathe/internal/protocol"
)

// The files of the runtime are not formatted again: wherever the copies live,
// putting their imports in order is all that they need.
func TestRuntimeFilesAreFormatted(t *testing.T) {
	for _, runtime := range []string{"aaa.example/internal", "zzz.example/client/internal", "m/internal", "m"} {
		p := &plan.Package{Runtime: runtime, Codec: protocol.All[0].Codec, Requests: protocol.All[0].Sender(), Needs: plan.Needs{Document: true, Checksum: true, TreeHash: true, Compression: true}}
		files, err := runtimeFiles(p)
		if err != nil || len(files) < 8 {
			t.Fatalf("got %d files, %v", len(files), err)
		}
		for _, f := range files {
			src, err := f.Render()
			if err != nil {
				t.Fatal(err)
			}
			sorted, err := emit.SortImports(f.Path, src)
			if err != nil {
				t.Fatal(err)
			}
			formatted, err := emit.Format(f.Path, src)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(sorted, formatted) {
				t.Errorf("%s for %s is not formatted:\n%s", f.Path, runtime, sorted)
			}
		}
	}
}
