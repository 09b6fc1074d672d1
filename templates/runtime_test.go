package templates

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"example.com/lathe/internal/emit"
	"example.com/lathe/runtime"
)

// The files of the runtime are not formatted again: wherever the copies live, and whatever was
// left out, putting their imports in order is all that they need.
func TestRuntimeFilesAreFormatted(t *testing.T) {
	copies := map[string]func(string, [][]byte) ([]File, error){"whole": WholeRuntime, "cut": CutRuntime}
	for _, home := range []string{"aaa.example/internal", "zzz.example/client/internal", "m/internal", "m"} {
		var client strings.Builder
		client.WriteString("package client\n\nimport (\n")
		for _, name := range runtime.Packages() {
			fmt.Fprintf(&client, "\t%q\n", home+"/"+name)
		}
		client.WriteString(")\n\nvar _ = transport.Call\nvar _ = stack.Presign\nvar _ = jsoncodec.NewDecoder\n")
		for name, copied := range copies {
			files, err := copied(home, [][]byte{[]byte(client.String())})
			if err != nil || len(files) < 4 {
				t.Fatalf("%s: got %d files, %v", name, len(files), err)
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
					t.Errorf("%s for %s, %s, is not formatted:\n%s", f.Path, home, name, sorted)
				}
			}
		}
	}
}
