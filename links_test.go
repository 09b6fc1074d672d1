package lathe_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// callsOnly calls operations that have a paginator and waiters, and callsHelpers uses
// these.
const (
	callsOnly = `package main

import ("context"; "example.com/golden/pages"; "example.com/golden/waits")

func main() {
	_, _ = pages.New(pages.Options{}).ListThings(context.Background(), nil)
	_, _ = waits.New(waits.Options{}).GetThing(context.Background(), nil)
}
`
	callsHelpers = `package main

import ("context"; "time"; "example.com/golden/pages"; "example.com/golden/waits")

func main() {
	for range pages.NewListThingsPaginator(pages.New(pages.Options{}), nil).Pages(context.Background()) {}
	_ = waits.NewThingDoneWaiter(waits.New(waits.Options{})).Wait(context.Background(), nil, time.Second)
}
`
)

// TestHelpersAreNotLinked sees that a program has nothing of the paginators and waiters
// that it does not use.
func TestHelpersAreNotLinked(t *testing.T) {
	if testing.Short() {
		t.Skip("whole programs are built")
	}
	root := module(t)
	generateBehaviours(t, root)
	for program, linked := range map[string]bool{callsOnly: false, callsHelpers: true} {
		writeFile(t, filepath.Join(root, "program", "main.go"), []byte(program))
		binary := filepath.Join(t.TempDir(), "program.exe")
		goIn(t, root, "build", "-o", binary, "./program")
		symbols := goIn(t, root, "tool", "nm", binary)
		for _, of := range []string{"ListThingsPaginator", "internal/pages.", "ThingDoneWaiter", "internal/waiters.", "StateRetryable"} {
			if count := strings.Count(symbols, of); (count > 0) != linked {
				t.Errorf("%d symbols of %s, want some: %v", count, of, linked)
			}
		}
		for _, of := range []string{"ThingGoneWaiter", "ListNestedPaginator"} {
			if count := strings.Count(symbols, of); count > 0 {
				t.Errorf("%d symbols of %s, which no program uses", count, of)
			}
		}
	}
}

// goIn runs the go command in a folder and returns what it prints.
func goIn(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod -trimpath")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}
