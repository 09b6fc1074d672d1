package emit

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"
)

// childRoot names the variable that turns the test binary into a child process,
// which writes the versions into that module in turn until it is killed or has
// done childRounds.
const (
	childRoot   = "LATHE_EMIT_CHILD"
	childRounds = 200
)

// pause is what a writer of these tests leaves to the others.
const pause = 3 * lockPoll

func TestMain(m *testing.M) {
	if root := os.Getenv(childRoot); root != "" {
		os.Exit(childMain(root))
	}
	os.Exit(m.Run())
}

func childMain(root string) int {
	before, after := versions()
	fmt.Println("ready")
	for range childRounds {
		for _, s := range []Set{after, before} {
			if _, err := Write(context.Background(), in(root, s)); err != nil {
				fmt.Println(err)
				return 1
			}
			time.Sleep(pause)
		}
	}
	return 0
}

// startChild starts a child and waits until it is about to write.
func startChild(t *testing.T, root string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childRoot+"="+root)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
		t.Fatalf("the child said %q, %v", line, err)
	}
	return cmd
}

// A process killed at a random moment leaves each file whole, and the next run
// leaves exactly what it wants.
func TestWriteKilledProcess(t *testing.T) {
	t.Parallel()
	before, after := versions()
	root := t.TempDir()
	random := rand.New(rand.NewPCG(1, uint64(time.Now().UnixNano())))
	torn := 0
	for range 20 {
		mustWrite(t, root, before)
		child := startChild(t, root)
		time.Sleep(time.Duration(random.IntN(60_000)) * time.Microsecond)
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait() // it was killed
		checkWhole(t, root, before, after)
		if torn += checkDetected(t, root, before, after); t.Failed() {
			return
		}
		mustWrite(t, root, after)
		mustWrite(t, root, before)
		checkNoFileLeft(t, root, before)
	}
	t.Logf("%d of 20 kills left work half done", torn)
}

// checkDetected asserts that Check finds one of the versions whole, or for each
// names what is wrong; then it returns 1.
func checkDetected(t *testing.T, root string, versions ...Set) int {
	t.Helper()
	for _, v := range versions {
		changes, err := Check(context.Background(), in(root, v))
		if err != nil {
			t.Fatal(err)
		}
		if !differs(changes) {
			checkNoFileLeft(t, root, v)
			return 0
		}
	}
	return 1
}

// checkNoFileLeft asserts that the module holds the files of the set and no
// other.
func checkNoFileLeft(t *testing.T, root string, s Set) {
	t.Helper()
	want := wantContents(s)
	got := contents(t, root)
	for name, data := range got {
		if want[name] != data {
			t.Errorf("%s should not be there so: %q", name, data)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %d files, want %d", len(got), len(want))
	}
}

// Processes and goroutines that write different versions at once take turns: a
// reader sees one version or the other, never a mix, and no staged file.
func TestWritersTakeTurns(t *testing.T) {
	t.Parallel()
	before, after := versions()
	root := t.TempDir()
	mustWrite(t, root, after)
	seen := map[string]int{check(t, root, before): 0}
	mustWrite(t, root, before)
	seen[check(t, root, before)] = 0

	children := []*exec.Cmd{startChild(t, root), startChild(t, root)}
	done := make(chan struct{})
	time.AfterFunc(time.Second, func() { close(done) })
	var writer sync.WaitGroup
	writer.Go(func() { writeUntil(t, done, root, before, after) })
	for !closed(done) {
		got := check(t, root, before)
		if _, known := seen[got]; !known {
			t.Errorf("a reader saw a mix: %s", got)
		}
		seen[got]++
	}
	writer.Wait()
	for _, child := range children {
		_ = child.Process.Kill()
		_ = child.Wait()
	}
	t.Logf("reads by what they saw: %v", seen)
}

// check returns what writing the set would do.
func check(t *testing.T, root string, s Set) string {
	t.Helper()
	changes, err := Check(context.Background(), in(root, s))
	if err != nil {
		t.Fatal(err)
	}
	return actions(changes)
}

func writeUntil(t *testing.T, done <-chan struct{}, root string, sets ...Set) {
	for !closed(done) {
		for _, s := range sets {
			if _, err := Write(context.Background(), in(root, s)); err != nil {
				t.Error(err)
				return
			}
			time.Sleep(pause)
		}
	}
}

func closed(done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}

// Whoever waits for a module that another holds is released by its context.
func TestLockWaitsForContext(t *testing.T) {
	root := t.TempDir()
	release, err := lock(context.Background(), root, true)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	if _, err := Write(ctx, in(root, set("out", "x.go"))); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the deadline", err)
	}
	release()
	mustWrite(t, root, set("out", "x.go"))
}
