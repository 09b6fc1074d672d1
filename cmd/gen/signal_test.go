package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.com/lathe"
)

// A signal while packages are generated ends the program at once, cleanly.
func TestInterrupt(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(sig.String(), func(t *testing.T) {
			dir := module(t, "api.yaml", "client.go hang")
			cmd := command(dir, "generate", "--spec", "api.yaml", "--out", "gen")
			stdout, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			var stderr strings.Builder
			cmd.Stderr = &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			untilLine(t, stdout, "hanging")
			if err := cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			timer := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
			_ = cmd.Wait() // the exit code is asserted
			timer.Stop()
			expect(t, outcome{cmd.ProcessState.ExitCode(), "", stderr.String()}, outcome{1, "", "interrupted\n1 problem; nothing written\n"})
			if _, err := os.Lstat(filepath.Join(dir, "gen")); !os.IsNotExist(err) {
				t.Errorf("something was written: %v", err)
			}
		})
	}
}

// late is a context that ends when nobody waits for it any more.
type late struct{ context.Context }

func (late) Done() <-chan struct{} { return nil }
func (late) Err() error            { return errInterrupted }

// A signal that comes when a spec has just been read ends the program with an error, too.
func TestInterruptAfterReading(t *testing.T) {
	a := &app{engine: fake(), stdout: io.Discard, stderr: io.Discard, flags: flags{spec: "api.yaml"}}
	a.list = func(lathe.Config) (*lathe.Listing, error) { return &lathe.Listing{}, nil }
	a.explain = func(lathe.Config, string) (*lathe.Explanation, error) { return &lathe.Explanation{}, nil }
	ctx := late{t.Context()}
	if err := a.listOperations(ctx, nil); !errors.Is(err, errInterrupted) {
		t.Errorf("list: the error is %v", err)
	}
	if err := a.explainShape(ctx, "Run"); !errors.Is(err, errInterrupted) {
		t.Errorf("explain: the error is %v", err)
	}
}

// A signal at any moment of the writing leaves all files old, and says that
// nothing was written, or all files new.
func TestInterruptWhileWriting(t *testing.T) {
	var names []string
	for i := range 60 {
		names = append(names, fmt.Sprintf("f%d.go", i))
	}
	list := strings.Join(names, " ")
	dir := module(t, "old.yaml", list, "new.yaml", list)
	gen := func(spec string) []string { return []string{"generate", "--quiet", "--out", "gen", "--spec", spec} }
	stopped := 0
	for range 20 {
		expect(t, program(t, dir, gen("old.yaml")...), outcome{0, "", ""})
		cmd := command(dir, gen("new.yaml")...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.IntN(40_000)) * time.Microsecond)
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		_ = cmd.Wait() // the exit code is asserted
		want := "// new.yaml\n"
		switch code := cmd.ProcessState.ExitCode(); code {
		case 0:
		case 1:
			stopped++
			want = "// old.yaml\n"
			if stderr.String() != "interrupted\n1 problem; nothing written\n" {
				t.Errorf("stderr: %s", stderr.String())
			}
		case -1: // the signal came before the program could catch it
			want = "// old.yaml\n"
		default:
			t.Errorf("exit code %d", code)
		}
		expectFiles(t, filepath.Join(dir, "gen"), len(names), want)
	}
	t.Logf("%d of 20 runs were stopped", stopped)
}

// expectFiles asserts that a folder holds n files with a text in them, the
// manifest, and nothing else.
func expectFiles(t *testing.T, dir string, n int, text string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != n+1 {
		t.Errorf("got %d files, want %d and the manifest", len(entries), n)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(e.Name(), ".go") && !strings.Contains(string(data), text) {
			t.Errorf("%s: want %q in %q", e.Name(), text, data)
		}
	}
}
