package examples_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// An example is read in one go: with its tests it has at most 80 lines.
func TestSize(t *testing.T) {
	programs, err := filepath.Glob("*/main.go")
	if err != nil || len(programs) < 4 {
		t.Fatalf("%d programs, %v", len(programs), err)
	}
	for _, program := range programs {
		files, err := filepath.Glob(filepath.Join(filepath.Dir(program), "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		lines := 0
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			lines += bytes.Count(data, []byte("\n"))
		}
		if lines > 80 || len(files) < 2 {
			t.Errorf("%s has %d lines in %d files", filepath.Dir(program), lines, len(files))
		}
	}
}
