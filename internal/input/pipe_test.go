//go:build unix

package input_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.com/lathe/internal/input"
)

func TestDevice(t *testing.T) {
	if _, err := input.ReadFile("/dev/zero", 1<<20); err == nil || !strings.HasSuffix(err.Error(), "it is a device; - reads standard input") {
		t.Errorf("got %v", err)
	}
}

// A pipe may be written to slowly and begin late, but neither wait for ever for a
// writer nor have no end.
func TestPipe(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		write func(w *os.File)
		want  string
	}{
		{"slow", func(w *os.File) {
			_, _ = w.WriteString("ab")
			time.Sleep(30 * time.Millisecond)
			_, _ = w.WriteString("cd")
		}, "abcd"},
		{"endless", func(w *os.File) {
			for {
				if _, err := w.WriteString(strings.Repeat("x", 1<<12)); err != nil {
					return
				}
			}
		}, "it has more than 8 bytes"},
		{"without a writer", nil, "nobody has written to the pipe for 5s"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			name := filepath.Join(t.TempDir(), "pipe")
			if err := syscall.Mkfifo(name, 0o600); err != nil {
				t.Fatal(err)
			}
			if tt.write != nil {
				go func() {
					time.Sleep(30 * time.Millisecond)
					w, err := os.OpenFile(name, os.O_WRONLY, 0)
					if err != nil {
						t.Error(err)
						return
					}
					tt.write(w)
					_ = w.Close()
				}()
			}
			got, err := input.ReadFile(name, 8)
			if string(got) != tt.want && (err == nil || !strings.HasSuffix(err.Error(), tt.want)) {
				t.Errorf("got %q, %v, want %s", got, err, tt.want)
			}
		})
	}
}
