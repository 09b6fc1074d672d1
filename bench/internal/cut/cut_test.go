package cut

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestClient cuts a small client, and compares every file.
func TestClient(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/client.txtar")
	if err != nil {
		t.Fatal(err)
	}
	from, to := t.TempDir(), t.TempDir()
	var want []txtar.File
	for _, f := range archive.Files {
		if name, after := filepath.Rel("want", f.Name); after == nil && filepath.IsLocal(name) {
			want = append(want, txtar.File{Name: name, Data: f.Data})
			continue
		}
		if err := os.WriteFile(filepath.Join(from, f.Name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := Client(from, to, "Get"); err != nil {
		t.Fatal(err)
	}
	for _, f := range want {
		got, err := os.ReadFile(filepath.Join(to, f.Name))
		if err != nil || string(got) != string(f.Data) {
			t.Errorf("%s is\n%s\nwant\n%s\n%v", f.Name, got, f.Data, err)
		}
	}
	entries, err := os.ReadDir(to)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.ContainsFunc(want, func(f txtar.File) bool { return f.Name == e.Name() }) {
			t.Errorf("%s was not to be there", e.Name())
		}
	}
}
