//go:build try

package try

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

var (
	update = flag.Bool("update", false, "write what commands print into the pages")
	only   = flag.String("page", "", "try this page alone, a path below the repository")
)

// root is the folder of the repository.
const root = "../.."

// TestPages tries README and the documents as they are written.
func TestPages(t *testing.T) {
	models, err := filepath.Abs(filepath.Join(root, "../shared/models"))
	if err != nil {
		t.Fatal(err)
	}
	w, end, err := NewWorld(t.TempDir(), root, models)
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	for _, name := range pages(t) {
		if *only != "" && name != *only {
			continue
		}
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(root, name)
			page, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			now, wrong := w.Run(name, page)
			for _, d := range wrong {
				t.Error(d)
			}
			if *update {
				if err := os.WriteFile(file, now, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// pages are README and all documents but those that another test goes through.
func pages(t *testing.T) []string {
	t.Helper()
	all := []string{"README.md"}
	entries, err := os.ReadDir(filepath.Join(root, "docs"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".md" {
			all = append(all, "docs/"+e.Name())
		}
	}
	return slices.DeleteFunc(all, func(name string) bool { return slices.Contains(triedElsewhere, name) })
}

// triedElsewhere are pages whose changes are commits: cmd/gen, TestStory.
var triedElsewhere = []string{"docs/spec-changes.md"}
