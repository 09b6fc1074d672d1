package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"example.com/lathe"
	"example.com/lathe/internal/config"
	"example.com/lathe/spec"
)

// watched is a program that watches, and what it has said so far.
type watched struct {
	t     *testing.T
	lines chan string
}

func newWatched(t *testing.T, out io.Reader) *watched {
	w := &watched{t, make(chan string, 1000)}
	go func() {
		defer close(w.lines)
		for s := bufio.NewScanner(out); s.Scan(); {
			w.lines <- s.Text()
		}
	}()
	return w
}

// says waits for a line that contains the text.
func (w *watched) says(text string) {
	w.t.Helper()
	for deadline := time.After(time.Minute); ; {
		select {
		case line, ok := <-w.lines:
			if strings.Contains(line, text) {
				return
			}
			if !ok {
				w.t.Fatalf("the program ended without saying %q", text)
			}
		case <-deadline:
			w.t.Fatalf("the program never said %q", text)
		}
	}
}

// A watch generates when a spec is saved in whatever way, when lathe.yaml is, and
// when a file appears that belongs to the spec; problems do not end it, and Ctrl-C
// does so with exit code 0.
func TestWatch(t *testing.T) {
	dir := module(t, "lathe.yaml", "packages: [{spec: spec/api.yaml, out: gen}]\n", "spec/api.yaml", "client.go")
	cmd := command(dir, "watch", "-v")
	out, in := io.Pipe()
	cmd.Stdout, cmd.Stderr = in, in
	w := newWatched(t, out)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill() }()
	w.says("created    gen/client.go")
	w.says("3 files created")

	put(t, dir, "spec/api.yaml", "client.go errors.go")
	w.says("created    gen/errors.go")

	put(t, dir, "spec/.api.swp", "client.go") // as editors save that rename
	if err := os.Rename(filepath.Join(dir, "spec/.api.swp"), filepath.Join(dir, "spec/api.yaml")); err != nil {
		t.Fatal(err)
	}
	w.says("removed    gen/errors.go")

	put(t, dir, "spec/api.yaml", "bad:x")
	w.says("spec/api.yaml:1:1: x is bad (at #/paths)")
	w.says("1 problem; nothing written")
	put(t, dir, "spec/api.yaml", "client.go third.go")
	w.says("created    gen/third.go")

	put(t, dir, "lathe.yaml", "packages: [")
	w.says("lathe.yaml:1:11: not YAML")
	put(t, dir, "more/api.yaml", "client.go", "lathe.yaml", "packages: [{spec: more/api.yaml, out: gen}]\n")
	w.says("removed    gen/third.go")
	put(t, dir, "more/api.yaml", "client.go fourth.go")
	w.says("created    gen/fourth.go")
	put(t, dir, "more/waiters-2.json", "{}")
	w.says("1 package")

	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("Ctrl-C ends it with %v", err)
	}
	_ = in.Close()
}

// A watch goes on whatever becomes of its folders: removed and made again, moved away
// with another in its place, a branch without the spec and back, the project itself
// removed and made again, and moved. It says what it watches, and when a round begins.
func TestWatchSurvives(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "project")
	fill := func(files string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(dir, "spec"), 0o700); err != nil {
			t.Fatal(err)
		}
		put(t, dir, "go.mod", "module example.com/m\n", "lathe.yaml", "packages: [{spec: spec/api.yaml, out: gen}]\n", "spec/api.yaml", files)
	}
	remove := func(name string) {
		t.Helper()
		if err := os.RemoveAll(name); err != nil {
			t.Fatal(err)
		}
	}
	move := func(from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	fill("client.go")
	cmd := command(dir, "watch", "-v")
	out, in := io.Pipe()
	cmd.Stdout, cmd.Stderr = in, in
	w := newWatched(t, out)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill() }()
	w.says("watching lathe.yaml, spec/api.yaml")

	remove(filepath.Join(dir, "spec"))
	w.says("spec/api.yaml changed")
	w.says("1 problem")
	fill("client.go second.go")
	w.says("created    gen/second.go")

	move(filepath.Join(dir, "spec"), filepath.Join(dir, "away"))
	w.says("1 problem")
	fill("client.go third.go")
	w.says("created    gen/third.go")
	put(t, dir, "away/api.yaml", "client.go")
	put(t, dir, "spec/api.yaml", "client.go fourth.go")
	w.says("created    gen/fourth.go")

	remove(dir)
	w.says("1 problem")
	fill("client.go fifth.go")
	w.says("created    gen/fifth.go")
	put(t, dir, "spec/api.yaml", "client.go sixth.go")
	w.says("created    gen/sixth.go")

	if _, err := os.Readlink("/proc/self/cwd"); err == nil {
		move(dir, filepath.Join(parent, "elsewhere"))
		dir = filepath.Join(parent, "elsewhere")
		time.Sleep(2 * pollTime)
		put(t, dir, "spec/api.yaml", "client.go seventh.go")
		w.says("created    gen/seventh.go")
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("Ctrl-C ends it with %v", err)
	}
	_ = in.Close()
}

// What is written beside a spec without end, such as a log, does not keep its change from being
// noticed.
func TestWatchBesideLog(t *testing.T) {
	dir := t.TempDir()
	file, log := filepath.Join(dir, "api.yaml"), filepath.Join(dir, "app.log")
	put(t, dir, "api.yaml", "old")
	w, err := newWatcher()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.notify.Close() }()
	w.add(file)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	group.Go(func() {
		for ctx.Err() == nil {
			_ = os.WriteFile(log, []byte("line\n"), 0o600)
			time.Sleep(quietTime / 20)
		}
	})
	put(t, dir, "api.yaml", "a newer one")
	if changed, err := w.wait(ctx); err != nil || !slices.Equal(changed, []string{file}) {
		t.Errorf("got %v, %v", changed, err)
	}
}

// The models before and after a change are handed on to be compared.
func TestWatchCompares(t *testing.T) {
	old, now := &spec.API{Name: "old"}, &spec.API{Name: "new"}
	var said strings.Builder
	a := &app{stdout: &said, diff: func(out io.Writer, was, is *spec.API) error {
		_, err := fmt.Fprintf(out, "%s to %s\n", was.Name, is.Name)
		return err
	}}
	w := &watcher{models: map[string]*spec.API{}}
	for _, model := range []*spec.API{old, now} {
		m := made{Result: &lathe.Result{Model: model}, pkg: config.Package{Config: lathe.Config{Out: "gen"}}}
		if err := a.compare(&state{made: []made{m}}, w); err != nil {
			t.Fatal(err)
		}
	}
	if said.String() != "old to new\n" {
		t.Errorf("got %q", said.String())
	}
}

// What is taken back is compared as well: the files are those of before.
func TestWatchComparesBack(t *testing.T) {
	dir := module(t, "lathe.yaml", "packages: [{spec: spec/datazone.yaml, out: gen}]\n", "spec/datazone.yaml", read(t, "../../spec", "datazone.yaml"))
	cmd := commandOf(withReal, dir, "watch")
	out, in := io.Pipe()
	cmd.Stdout, cmd.Stderr = in, in
	w := newWatched(t, out)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill() }()
	w.says("files created")
	const was, is = "pattern: dzd[-_][a-zA-Z0-9_-]{1,36}", "pattern: dzd"
	edit(t, dir, "spec/datazone.yaml", was, is)
	w.says("DomainId must match dzd, which refuses some of dzd[-_]")
	edit(t, dir, "spec/datazone.yaml", is, was)
	w.says("1 package, 1 operation: ")
	w.says("DomainId must match dzd[-_][a-zA-Z0-9_-]{1,36}, which refuses some of dzd")
	w.says(filepath.FromSlash("            spec/datazone.yaml:"))
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	_ = in.Close()
}

// A short run says nothing of its progress, and a long one a line a package where
// there is no terminal.
func TestProgress(t *testing.T) {
	var out strings.Builder
	short := (&app{stderr: &out}).progress(2)
	short.done("a", nil)
	short.done("b", nil)
	short.end()
	short.open(newReporter(&out, 2)) // the timer was faster than its end
	if out.String() != "" {
		t.Errorf("got %q", out.String())
	}
	long := (&app{stderr: &out}).progress(3)
	long.done("a", errors.New("x"))
	long.open(newReporter(&out, 3))
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() { long.done("b", nil) })
	}
	group.Wait()
	long.end()
	if got, want := out.String(), "1 of 3 packages: a refused\n2 of 3 packages: b generated\n3 of 3 packages: b generated\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	out.Reset()
	compared := (&app{stderr: &out, reads: true}).progress(1)
	compared.open(newReporter(&out, 1))
	compared.done("a", nil)
	compared.end()
	if got, want := out.String(), "0 of 1 package\n1 of 1 package: a compared\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	out.Reset()
	many := (&app{stderr: &out}).progress(250)
	many.open(newReporter(&out, 250))
	for range 250 {
		many.done("a", nil)
	}
	many.end()
	if got := out.String(); strings.Count(got, "\n") > maxLines || !strings.HasSuffix(got, "\n250 of 250 packages: a generated\n") {
		t.Errorf("of many packages: got %s", got)
	}
	for _, f := range []flags{{quiet: true}, {json: true}} {
		silent := (&app{flags: f, stderr: &out}).progress(2)
		silent.done("a", nil)
		silent.end()
		if silent != nil {
			t.Errorf("%+v prints its progress", f)
		}
	}
}
