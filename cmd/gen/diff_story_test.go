package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the outputs in docs/spec-changes.md again")

// story is a page whose blocks of the language diff are changes of a spec, and
// whose blocks of the language console are commands with their output. Between two
// commands without a change in between the working tree stays; before a change what
// is there is committed.
const story = "../../docs/spec-changes.md"

var codeBlock = regexp.MustCompile("(?s)```(diff|console)\n(.*?)```\n")

// TestStory makes the changes of the page, runs its commands and compares what they
// print with what stands there.
func TestStory(t *testing.T) {
	page := string(content(t, story))
	dir := t.TempDir()
	file := filepath.Join(dir, "spec", "datazone.yaml")
	text := string(content(t, "../../spec/datazone.yaml"))
	blocks := codeBlock.FindAllStringSubmatch(page, -1)
	if len(blocks) < 12 {
		t.Fatalf("the page has only %d blocks", len(blocks))
	}
	first := blocks[0][2]
	text = patch(t, text, first, '+', '-') // the spec has the first change already
	put(t, dir, "spec/datazone.yaml", text)
	gitIn(t, dir, "init", "-q")
	changed, i := false, -1
	got := codeBlock.ReplaceAllStringFunc(page, func(whole string) string {
		i++
		if blocks[i][1] == "diff" {
			if !changed {
				gitIn(t, dir, "add", ".")
				gitIn(t, dir, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "one")
			}
			changed = true
			text = patch(t, text, blocks[i][2], '-', '+')
			put(t, dir, "spec/datazone.yaml", text)
			return whole
		}
		changed = false
		command, _, _ := strings.Cut(blocks[i][2], "\n")
		return "```console\n" + command + "\n" + console(t, dir, command) + "```\n"
	})
	if *update {
		if err := os.WriteFile(story, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(page, got); diff != "" {
		t.Errorf("%s is not what the commands print; go test -run TestStory ./cmd/gen -update writes it (-page +got):\n%s", story, diff)
	}
	if _, err := os.Stat(file); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// patch makes a change: the lines of one mark and those without any become those of
// the other and those without any.
func patch(t *testing.T, text, change string, from, to byte) string {
	t.Helper()
	var before, after strings.Builder
	for line := range strings.Lines(change) {
		if line[0] != to {
			before.WriteString(line[1:])
		}
		if line[0] != from {
			after.WriteString(line[1:])
		}
	}
	if strings.Count(text, before.String()) != 1 {
		t.Fatalf("the spec has not, or not once:\n%s", before.String())
	}
	return strings.Replace(text, before.String(), after.String(), 1)
}

// console runs a command of the page and returns what it prints.
func console(t *testing.T, dir, line string) string {
	t.Helper()
	args, ok := strings.CutPrefix(line, "$ gen ")
	if !ok {
		t.Fatalf("not a command: %s", line)
	}
	got := realProgram(t, dir, strings.Fields(args)...)
	switch got.exit {
	case exitDone:
		return got.stdout + got.stderr
	case exitBreaking:
		return got.stdout + got.stderr + "exit status 2\n"
	default:
		t.Fatalf("%s: %+v", line, got)
		return ""
	}
}

// realProgram runs the program with the real generator.
func realProgram(t *testing.T, dir string, args ...string) outcome {
	t.Helper()
	cmd := command(dir, args...)
	cmd.Env = append(cmd.Env, asProgram+"="+withReal)
	return runProgram(t, cmd)
}

func gitIn(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}
