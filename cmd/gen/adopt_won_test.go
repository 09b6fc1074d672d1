//go:build adopt

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/lathe/internal/adopt/report"
)

// What is won is measured on request: as text among what is printed, and as a file.
func TestAdoptReport(t *testing.T) {
	w := newAdoptWorld(t)
	file := filepath.Join(t.TempDir(), "won.json")
	before := w.tree(t)
	put(t, w.dir, "plain", "")
	if got := w.gen(t, "adopt", "--models", w.models, "--report", "plain/won.json"); got.exit != 1 {
		t.Errorf("a report below a file: %+v", got)
	}
	if err := os.Remove(filepath.Join(w.dir, "plain")); err != nil {
		t.Fatal(err)
	}
	if name := same(before, w.tree(t)); name != "" {
		t.Errorf("the report can't be written, and %s differs", name)
	}
	got := w.adopt(t, "--models", w.models, "--report", file)
	if !strings.Contains(got.stdout, "compiling them, processor time") {
		t.Fatalf("%+v", got)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var won report.Won
	if err := json.Unmarshal(data, &won); err != nil {
		t.Fatal(err)
	}
	if len(won.Services) == 0 || won.Before.Packages == 0 || won.After.Lines == 0 || won.After.CPU == 0 || len(won.After.Programs) == 0 {
		t.Errorf("%s", data)
	}
	w.adopt(t, "--report", file) // what was won is measured after adoption, too
	if both := w.gen(t, "adopt", "--dry-run", "--report", file); both.exit == 0 {
		t.Error("what is not built can't be measured")
	}
}
