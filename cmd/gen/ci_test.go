package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v4"

	"example.com/lathe/internal/config"
)

// block gives the code block of a kind of the page about CI.
func block(t *testing.T, kind string, n int) string {
	t.Helper()
	parts := strings.Split(read(t, "../../docs", "ci.md"), "\n```"+kind+"\n")
	if len(parts) <= n+1 {
		t.Fatalf("the page has no block %d of %s", n, kind)
	}
	text, _, _ := strings.Cut(parts[n+1], "\n```\n")
	return text + "\n"
}

// The script of the page does what the page says, in a repository with a branch.
func TestCIScript(t *testing.T) {
	for _, tool := range []string{"git", "sh"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("there is no %s", tool)
		}
	}
	script := block(t, "sh", 0)
	if !hasCommand("diff") {
		script = strings.Replace(script, "$gen diff", ": $gen diff", 1)
	}
	gen := filepath.Join(t.TempDir(), "gen")
	if err := os.WriteFile(gen, []byte("#!/bin/sh\n"+asProgram+"="+withReal+" exec '"+os.Args[0]+"' \"$@\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	dir := module(t, ".ci/specs", script, "spec/datazone.yaml", read(t, "../../spec", "datazone.yaml"),
		"lathe.yaml", "packages: [{spec: spec/datazone.yaml, out: gen, operations: [GetDataSourceRun]}]\n")
	sh := func(name string, args ...string) outcome {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GEN="+gen, "BASE=main", "GIT_CONFIG_GLOBAL="+filepath.Join(dir, "none"),
			"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
		return runProgram(t, cmd)
	}
	commit := func() {
		for _, args := range [][]string{{"add", "--all"}, {"commit", "--quiet", "--message", "x"}} {
			if got := sh("git", args...); got.exit != 0 {
				t.Fatalf("git %v: %+v", args, got)
			}
		}
	}
	sh("git", "init", "--quiet", "--initial-branch=main")
	sh(gen)
	commit()
	sh("git", "checkout", "--quiet", "-b", "change")
	if got := sh("sh", ".ci/specs"); got.exit != 0 {
		t.Errorf("nothing has changed: %+v", got)
	}
	edit(t, dir, "gen/client.go", "package datazone", "// By hand.\npackage datazone")
	edit(t, dir, "spec/datazone.yaml", "The ID of the run.", "The ID of the run, changed.")
	commit()
	got := sh("sh", ".ci/specs")
	for _, want := range []string{"edited     gen/client.go: ", "-// By hand.\n", "stale      gen/", "stale      lathe.lock: "} {
		if got.exit != exitDrift || !strings.Contains(got.stdout, want) {
			t.Errorf("drift: exit code %d, there is no %q in\n%s%s", got.exit, want, got.stdout, got.stderr)
		}
	}
	sh(gen)
	commit()
	if got := sh("sh", ".ci/specs"); got.exit != 0 {
		t.Errorf("generated anew: %+v", got)
	}
	put(t, dir, "spec/new.yaml", read(t, dir, "spec/datazone.yaml"))
	if got := sh("sh", ".ci/specs"); got.exit != 0 {
		t.Errorf("a spec that is new: %+v", got)
	}
	if got := sh("env", "SPECS=spec/datazine.yaml", "sh", ".ci/specs"); got.exit != exitFailed && hasCommand("diff") {
		t.Errorf("a spec that is nowhere: %+v", got)
	}
}

func hasCommand(name string) bool {
	a := &app{engine: lathes()}
	return slices.ContainsFunc(a.rootCommand().Commands(), func(c *cobra.Command) bool { return c.Name() == name })
}

// The workflow is YAML that runs the script, and the configuration is one.
func TestCIPageIsUnderstood(t *testing.T) {
	var workflow struct {
		Jobs map[string]struct {
			Steps []struct {
				Run string            `yaml:"run"`
				Env map[string]string `yaml:"env"`
			} `yaml:"steps"`
		} `yaml:"jobs"`
	}
	if err := yaml.Unmarshal([]byte(block(t, "yaml", 0)), &workflow); err != nil {
		t.Fatal(err)
	}
	script := block(t, "sh", 0)
	steps := workflow.Jobs["specs"].Steps
	last := steps[len(steps)-1]
	if last.Run != "sh .ci/specs" {
		t.Errorf("the workflow runs %q", last.Run)
	}
	for name := range last.Env {
		if !strings.Contains(script, "${"+name+":") {
			t.Errorf("the script knows no %s", name)
		}
	}
	dir := t.TempDir()
	put(t, dir, "lathe.yaml", block(t, "yaml", 1), "spec/datazone.yaml", "")
	file, err := config.Load(filepath.Join(dir, "lathe.yaml"), nil)
	if err != nil || len(file.Packages[0].Approvals) != 1 {
		t.Errorf("got %+v, %v", file, err)
	}
}
