package input_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/lathe/internal/input"
)

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.yaml")
	if err := os.WriteFile(file, []byte("a\r\nb\rc\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := input.ReadFile(file, 7)
	if err != nil || string(got) != "a\nb\rc\n" {
		t.Errorf("got %q, %v", got, err)
	}
	for name, want := range map[string]string{
		file: "it has more than 6 bytes", dir: "it is a folder", filepath.Join(dir, "none"): "no such file or directory",
	} {
		_, err := input.ReadFile(name, 6)
		var at *fs.PathError
		if !errors.As(err, &at) || at.Path != name || at.Err.Error() != want {
			t.Errorf("%s: got %v, want %s", name, err, want)
		}
	}
}

// Standard input is read to its end, or to the limit.
func TestStdin(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"12345678", ""},
		{strings.Repeat("x", 100_000), "read <standard input>: it has more than 8 bytes"},
	} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		was := os.Stdin
		os.Stdin = r
		go func() {
			_, _ = w.WriteString(tt.text) // the reader may be gone
			_ = w.Close()
		}()
		got, err := input.ReadFile(input.Stdin, 8)
		os.Stdin = was
		_ = r.Close()
		if tt.want == "" && (err != nil || string(got) != tt.text) || tt.want != "" && (err == nil || err.Error() != tt.want) {
			t.Errorf("%.10s: got %q, %v, want %s", tt.text, got, err, tt.want)
		}
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.json"), []byte("{}\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	folder := input.Folder{Dir: dir}
	if got, err := fs.ReadFile(folder, "a.json"); err != nil || !bytes.Equal(got, []byte("{}\n")) {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := fs.ReadFile(folder, "b.json"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want ErrNotExist", err)
	}
	if _, err := fs.ReadFile(folder, "../a.json"); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("got %v, want ErrInvalid", err)
	}
	if _, err := fs.ReadFile(input.None{}, "a.json"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want ErrNotExist", err)
	}
}
