package main

import (
	"io"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// onTerminal runs the program on a terminal of so many columns and types the lines. What
// it returns is what is seen.
func onTerminal(t *testing.T, columns int, dir, typed string, args ...string) string {
	t.Helper()
	cmd := command(dir, args...)
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 50, Cols: uint16(columns)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tty.Close() }()
	if _, err := io.WriteString(tty, typed); err != nil {
		t.Fatal(err)
	}
	seen, _ := io.ReadAll(tty) // at its end Linux has an error of its own
	_ = cmd.Wait()             // its exit code is seen in what it prints
	return strings.ReplaceAll(string(seen), "\r\n", "\n")
}

// Nothing that the program prints on a terminal is wider than it.
func TestTerminalWidths(t *testing.T) {
	dir := module(t, "api.yaml", "client.go types/types.go refuse:Watch", "lathe.yaml", "packages: [{spec: api.yaml, out: gen/client, operations: [GetRun]}]\n")
	for _, columns := range []int{40, 80, 200} {
		for _, args := range [][]string{{"list"}, {"check"}, {"generate", "--help"}, {"list", "--help"}, {"help", "init"}, {"--help"}, {"nonsense"}, {"generate", "-v"}, {"list", "GetRan"}} {
			for line := range strings.SplitSeq(onTerminal(t, columns, dir, "", args...), "\n") {
				if len(line) > columns && strings.Contains(strings.TrimSpace(line), " ") {
					t.Errorf("gen %s: %d columns in a terminal of %d: %q", strings.Join(args, " "), len(line), columns, line)
				}
			}
		}
	}
	// What is meant for programs stays as it is.
	if got := onTerminal(t, 40, dir, "", "list", "--json"); !strings.Contains(got, `"unsupported": "event streams are not supported"`) {
		t.Errorf("got %s", got)
	}
}

// On a terminal init asks two questions, and asks again what it does not understand.
func TestInitOnTerminal(t *testing.T) {
	dir := module(t, "api.yaml", "client.go")
	seen := onTerminal(t, 80, dir, "GetRan\n1\ngen/_x\n\n", "init", "api.yaml")
	for _, want := range []string{
		"api.yaml, Runs, restJson1 (of restJson1, awsQuery), 3 operations\n",
		"    1  GetRun\n", "Which operations? ", "did you mean GetRun?\n",
		"Which folder? [internal/runs] ", "gen/_x: the go command ignores folders whose name begins with _\n",
		"created    lathe.yaml\n", "next: go generate ./... && go mod tidy",
	} {
		if !strings.Contains(seen, want) {
			t.Errorf("there is no %q in\n%s", want, seen)
		}
	}
	if got := read(t, dir, "lathe.yaml"); !strings.Contains(got, "out: internal/runs\n    package: runs\n    operations:\n      - GetRun\n") {
		t.Errorf("got\n%s", got)
	}
	// Flags answer questions; the one that is left is asked.
	if seen := onTerminal(t, 80, dir, "other\n", "init", "api.yaml", "--operation", "ListRuns"); strings.Contains(seen, "Which operations?") || !strings.Contains(seen, "updated    lathe.yaml\n") {
		t.Errorf("got\n%s", seen)
	}
}
