package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// changes are two states of a project that differ in every way: files changed,
// added and removed, a package added and one dropped.
func changes() (before, after []string) {
	names := func(from, to int) string {
		var all []string
		for i := from; i < to; i++ {
			all = append(all, fmt.Sprintf("f%d.go d%d/x.go", i, i%3))
		}
		return strings.Join(all, " ")
	}
	const config = "packages:\n  - {spec: api.yaml, out: gen/api}\n  - {spec: %s, out: gen/%s}\nruntime: gen/internal\n"
	return []string{"lathe.yaml", fmt.Sprintf(config, "api.yaml", "old"), "api.yaml", names(0, 40)},
		[]string{"lathe.yaml", fmt.Sprintf(config, "new.yaml", "new"), "api.yaml", names(20, 60), "new.yaml", names(0, 20)}
}

// inside runs the program in this process, on the project in a folder.
func inside(dir string, args ...string) (exit int, out string) {
	var b bytes.Buffer
	exit = run(append(args, "--config", filepath.Join(dir, "lathe.yaml")), &b, &b, fake())
	return exit, b.String()
}

// generated is what of a project the program has written.
func generated(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := contents(t, dir)
	maps.DeleteFunc(files, func(name, _ string) bool { return !strings.HasPrefix(name, "gen/") && name != "lathe.lock" })
	return files
}

var kills = flag.Int("kills", 60, "how often gen generate is killed")

// Killed at any moment, the program leaves the old state whole, or the new one, or
// a state that check names; the next run fixes it.
func TestKilled(t *testing.T) {
	t.Parallel()
	before, after := changes()
	dir := inMemory(t)
	put(t, dir, append(before, "go.mod", "module example.com/m\n")...)
	state := func(files []string) map[string]string {
		put(t, dir, files...)
		if exit, out := inside(dir, "generate"); exit != exitDone {
			t.Fatal(out)
		}
		return generated(t, dir)
	}
	now, old := state(after), state(before)
	var whole [3]int // old, new, neither
	times := *kills
	if testing.Short() {
		times /= 2
	}
	for range times {
		put(t, dir, after...)
		killAtRandom(t, command(dir, "generate", "--force"))
		got := generated(t, dir)
		exit, out := inside(dir, "check")
		switch {
		case maps.Equal(got, old):
			whole[0]++
			wantExit(t, "old", exit, exitDrift, out)
		case maps.Equal(got, now):
			whole[1]++
			wantExit(t, "new", exit, exitDone, out)
		default:
			whole[2]++
			wantExit(t, "mixed", exit, exitDrift, out)
		}
		if exit, out := inside(dir, "generate"); exit != exitDone || !maps.Equal(generated(t, dir), now) {
			t.Fatalf("the next run does not fix it: %s", out)
		}
		restore(t, dir, old)
	}
	t.Logf("%d kills: %d left the old state, %d the new one, %d one that check names", times, whole[0], whole[1], whole[2])
	if whole[0] == 0 || whole[2] == 0 {
		t.Error("the kills hit nothing")
	}
}

// inMemory is a folder in memory where the system has such, else a temporary one: a
// process that is killed loses nothing that it has handed to the system, so that
// the test need not wait for a disk.
func inMemory(t *testing.T) string {
	t.Helper()
	dir := fmt.Sprintf("/dev/shm/lathe-%d-%d", os.Getpid(), rand.Uint32())
	if os.Mkdir(dir, 0o700) != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// restore puts a state in place without waiting for the disk.
func restore(t *testing.T, dir string, state map[string]string) {
	t.Helper()
	remove(t, dir, "gen")
	for name, data := range state {
		put(t, dir, name, data)
	}
}

func wantExit(t *testing.T, state string, got, want int, out string) {
	t.Helper()
	if got != want {
		t.Errorf("check of the %s state: exit code %d, want %d: %s", state, got, want, out)
	}
}

// killAtRandom starts the program and kills it at a random moment. To hit the short
// time in which files are replaced more often than not, it waits in most
// cases until the first temporary file is there.
func killAtRandom(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait() // it is killed
	}()
	if rand.IntN(4) == 0 {
		time.Sleep(time.Duration(rand.IntN(25_000)) * time.Microsecond)
	} else {
		waitForStaged(filepath.Join(cmd.Dir, "gen", "api"), ended)
		time.Sleep(time.Duration(rand.IntN(20_000)>>rand.IntN(6)) * time.Microsecond)
	}
	_ = cmd.Process.Kill() // it may have ended
	<-ended
}

// waitForStaged returns when there is a temporary file in a folder, however long a loaded
// machine takes for it, or when the program has ended.
func waitForStaged(dir string, ended <-chan struct{}) {
	for {
		select {
		case <-ended:
			return
		case <-time.After(100 * time.Microsecond):
		}
		if staged, _ := filepath.Glob(filepath.Join(dir, ".lathe-*.tmp")); len(staged) > 0 {
			return
		}
	}
}

// Programs that run at once on one lathe.yaml, while that goes back and forth, end
// with one state whole, the lock included.
func TestTwoProgramsAtOnce(t *testing.T) {
	t.Parallel()
	before, after := changes()
	dir := module(t, before...)
	stop := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() { // an editor that saves whole files
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(7 * time.Millisecond):
				files := [][]string{before, after}[i%2]
				for j := 0; j < len(files); j += 2 {
					replace(dir, files[j], files[j+1])
				}
			}
		}
	})
	var writers sync.WaitGroup
	for range 3 {
		writers.Go(func() {
			for range 8 {
				cmd := command(dir, "generate", "--quiet")
				cmd.Stderr = io.Discard
				_ = cmd.Run() // a spec may be missing at that moment
			}
		})
	}
	writers.Wait()
	close(stop)
	group.Wait()
	for _, files := range [][]string{before, after} {
		put(t, dir, files...)
		if exit, out := inside(dir, "generate"); exit != exitDone {
			t.Fatal(out)
		}
		if exit, out := inside(dir, "check"); exit != exitDone {
			t.Fatal(out)
		}
		fresh := module(t, files...)
		if exit, out := inside(fresh, "generate"); exit != exitDone {
			t.Fatal(out)
		}
		if got, want := generated(t, dir), generated(t, fresh); !maps.Equal(got, want) {
			t.Errorf("the state is mixed: got %d files, want %d", len(got), len(want))
		}
	}
}

// replace puts a file in place whole. A failure is that of a later step.
func replace(dir, name, data string) {
	_ = os.WriteFile(filepath.Join(dir, name+".new"), []byte(data), 0o600)
	_ = os.Rename(filepath.Join(dir, name+".new"), filepath.Join(dir, name))
}
