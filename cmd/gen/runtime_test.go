package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A runtime that clients share has what they reach: also what one reaches that can't be
// generated again, and stays as it is, and no more when that has gone.
func TestSharedRuntime(t *testing.T) {
	if testing.Short() {
		t.Skip("clients are built")
	}
	const (
		one   = "packages:\n  - {spec: datazone.yaml, out: gen/a, package: a, lean: true}\n"
		two   = "  - {spec: b.yaml, out: gen/b, package: b}\n"
		where = "runtime: gen/internal\n"
	)
	dir := newReplaced(t, false)
	if err := os.Remove(filepath.Join(dir, "main.go")); err != nil {
		t.Fatal(err)
	}
	gen := func(exit int) {
		t.Helper()
		if got := runProgram(t, commandOf(withReal, dir)); got.exit != exit {
			t.Fatalf("exit code %d: %s%s", got.exit, got.stdout, got.stderr)
		}
		goCommand(t, dir, "vet", "./...")
	}
	size := func(name string) int {
		data, err := os.ReadFile(filepath.Join(dir, "gen/internal", name, name+".go"))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		return len(data)
	}
	spec := read(t, dir, "datazone.yaml")
	put(t, dir, "lathe.yaml", one+two+where, "b.yaml", spec, "go.mod", withoutReplace(read(t, dir, "go.mod")))
	gen(0)
	stack, transport := size("stack"), size("transport")
	if stack == 0 || transport == 0 {
		t.Fatal("there is no runtime")
	}
	put(t, dir, "b.yaml", "openapi: 3.0.0\n")
	gen(1)
	if got := size("stack"); got != stack {
		t.Errorf("a client that stays lost its runtime: %d of %d bytes", got, stack)
	}
	put(t, dir, "lathe.yaml", one+strings.ReplaceAll(two, "gen/b", "gen/c")+where)
	gen(1)
	if got := size("stack"); got != stack {
		t.Errorf("a client that may have been moved lost its runtime: %d of %d bytes", got, stack)
	}
	put(t, dir, "lathe.yaml", one+where)
	gen(0)
	if got := size("stack"); got != 0 {
		t.Errorf("nobody reaches the stack: %d bytes", got)
	}
	if got := size("transport"); got == 0 || got >= transport {
		t.Errorf("transport has %d bytes, and %d where two clients reach it", got, transport)
	}
}

// withoutReplace is a go.mod without what puts a client in the place of an official package.
func withoutReplace(mod string) string {
	var kept []string
	for line := range strings.Lines(mod) {
		if !strings.Contains(line, "service/datazone") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}
