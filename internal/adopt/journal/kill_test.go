//go:build unix

package journal

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// asProcess names the variable that has the test binary do one step in a folder.
const asProcess = "LATHE_JOURNAL_STEP"

func TestMain(m *testing.M) {
	flag.Parse()
	step, root, ok := strings.Cut(os.Getenv(asProcess), " ")
	if !ok {
		os.Exit(m.Run())
	}
	var err error
	switch step {
	case "apply":
		err = Apply(root, "third_party/aws", many(), nil)
	case "undo":
		_, err = Undo(root, Undoing{nil, nobody, noMerge})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// many are changes that take a while.
func many() []Change {
	changes := adoption()
	for i := range 150 {
		changes = append(changes, Change{Path: fmt.Sprintf("third_party/aws/s%d/f%d.go", i%15, i), Data: []byte(strings.Repeat("x", 4<<10))})
	}
	return append(changes[5:], changes[:5]...) // go.mod last
}

// kills is how often a process is killed in each direction.
var kills = flag.Int("kills", 20, "how often a process is killed on its way there, and on its way back")

// A process that is killed at any point, on its way there or back, leaves the old state, or
// the new one, or one that is known for half done and is taken back by the next run.
func TestKill(t *testing.T) {
	times := *kills
	root, before := project(t)
	whole := map[string]time.Duration{"apply": run(t, root, "apply", 0)}
	after := tree(t, root)
	whole["undo"] = run(t, root, "undo", 0)
	halfDone := 0
	for i := range times {
		for _, step := range []struct {
			name     string
			old, now map[string]string
		}{{"apply", before, after}, {"undo", after, before}} {
			took := run(t, root, step.name, rand.N(whole[step.name]))
			unclear := !cmp.Equal(tree(t, root), step.old) && !cmp.Equal(tree(t, root), step.now)
			if unclear != IsInterrupted(root) {
				t.Fatalf("%s %d, killed after %v: is it between old and new: %v; is it known as interrupted: %v", step.name, i, took, unclear, !unclear)
			}
			wasPending, err := Recover(root)
			if err != nil {
				t.Fatalf("%s %d, killed after %v: %v", step.name, i, took, err)
			}
			if wasPending {
				halfDone++
			}
			got := tree(t, root)
			if cmp.Equal(got, step.now) {
				continue
			}
			if diff := cmp.Diff(step.old, got); diff != "" {
				t.Fatalf("%s %d, killed after %v, is neither old nor new (-old +got):\n%.2000s", step.name, i, took, diff)
			}
			run(t, root, step.name, 0)
			if diff := cmp.Diff(step.now, tree(t, root)); diff != "" {
				t.Fatalf("%s %d, killed after %v and run again (-want +got):\n%.2000s", step.name, i, took, diff)
			}
		}
	}
	t.Logf("%d of %d were half done", halfDone, 2*times)
	if halfDone == 0 {
		t.Error("no process was killed in the middle")
	}
}

// run does a step in a process, which is killed after a while unless that is zero, and
// returns how long the process lived.
func run(t *testing.T, root, step string, killed time.Duration) time.Duration {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), asProcess+"="+step+" "+root)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	start := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if killed > 0 {
		timer := time.AfterFunc(killed, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
	}
	if err := cmd.Wait(); err != nil && cmd.ProcessState.ExitCode() >= 0 {
		t.Fatalf("%s: %v\n%s", step, err, stderr.String())
	}
	return time.Since(start)
}
