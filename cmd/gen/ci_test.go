package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"example.com/lathe/internal/config"
)

// block returns the code block of a kind of the page about CI.
func block(t *testing.T, kind string, n int) string {
	t.Helper()
	parts := strings.Split(read(t, "../../docs", "ci.md"), "\n```"+kind+"\n")
	if len(parts) <= n+1 {
		t.Fatalf("the page has no block %d of %s", n, kind)
	}
	text, _, _ := strings.Cut(parts[n+1], "\n```\n")
	return text + "\n"
}

// repo is a repository in which the script of the page runs.
type repo struct {
	t   *testing.T
	dir string
	gen string
}

// newRepo makes a repository with a branch beside main, and the script.
func newRepo(t *testing.T, files ...string) *repo {
	t.Helper()
	for _, tool := range []string{"git", "sh"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("there is no %s", tool)
		}
	}
	r := &repo{t: t, gen: filepath.Join(t.TempDir(), "gen")}
	if err := os.WriteFile(r.gen, []byte("#!/bin/sh\n"+asProgram+"="+withReal+" exec '"+os.Args[0]+"' \"$@\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	r.dir = module(t, append([]string{".ci/specs", block(t, "sh", 0)}, files...)...)
	r.sh("git", "init", "--quiet", "--initial-branch=main")
	r.commit("generated")
	r.sh("git", "checkout", "--quiet", "-b", "change")
	return r
}

func (r *repo) sh(name string, args ...string) outcome {
	r.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "GEN="+r.gen, "BASE=main", "GIT_CONFIG_GLOBAL="+filepath.Join(r.dir, "none"),
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	return runProgram(r.t, cmd)
}

// commit generates and commits everything.
func (r *repo) commit(message string) {
	r.t.Helper()
	if got := r.sh(r.gen, "generate"); got.exit != 0 {
		r.t.Fatalf("%s: %+v", message, got)
	}
	for _, args := range [][]string{{"add", "--all"}, {"commit", "--quiet", "--allow-empty", "--message", message}} {
		if got := r.sh("git", args...); got.exit != 0 {
			r.t.Fatalf("git %v: %+v", args, got)
		}
	}
}

// script runs the script of the page, and expects an exit code and a text.
func (r *repo) script(what string, exit int, text string) {
	r.t.Helper()
	if got := r.sh("sh", ".ci/specs"); got.exit != exit || !strings.Contains(got.stdout+got.stderr, text) {
		r.t.Errorf("%s: exit code %d, want %d and %q in\n%s%s", what, got.exit, exit, text, got.stdout, got.stderr)
	}
}

// The script of the page does what the page says.
func TestCIScript(t *testing.T) {
	r := newRepo(t, "spec/datazone.yaml", read(t, "../../spec", "datazone.yaml"),
		"lathe.yaml", "packages: [{spec: spec/datazone.yaml, out: gen, operations: [GetDataSourceRun]}]\n")
	r.script("nothing has changed", 0, "no changes")
	edit(t, r.dir, "gen/client.go", "package datazone", "// By hand.\npackage datazone")
	edit(t, r.dir, "spec/datazone.yaml", "The ID of the run.", "The ID of the run, changed.")
	r.sh("git", "commit", "--quiet", "--all", "--message", "x")
	got := r.sh("sh", ".ci/specs")
	for _, want := range []string{"edited     gen/client.go: ", "-// By hand.\n", "stale      gen/", "stale      lathe.lock: "} {
		if got.exit != exitDrift || !strings.Contains(got.stdout, want) {
			t.Errorf("drift: exit code %d, there is no %q in\n%s%s", got.exit, want, got.stdout, got.stderr)
		}
	}
	r.sh("git", "checkout", "--quiet", "main", "--", "gen/client.go")
	r.commit("generated again")
	r.script("generated again", 0, "documentation changed in 1 place")
	put(t, r.dir, "spec/new.yaml", read(t, r.dir, "spec/datazone.yaml"))
	r.script("a spec that is new", 0, "")
	if got := r.sh("env", "BASE=nowhere", "sh", ".ci/specs"); got.exit != exitFailed || !strings.Contains(got.stderr, "--base is empty") {
		t.Errorf("a branch that is nowhere: %+v", got)
	}
}

// The ways around a comparison of files: none of them goes unnoticed.
func TestCIScriptIsNotFooled(t *testing.T) {
	if testing.Short() {
		t.Skip("the program is started dozens of times")
	}
	const config = "packages:\n  - {spec: spec/a.yaml, out: gen/a}\n  - {spec: spec/b.yaml, out: gen/b}\n"
	removed := strings.Replace(tinySpec, "{a: {type: string}}", "{}", 1)
	for name, c := range map[string]struct {
		change func(r *repo)
		exit   int
		text   string
	}{
		"the spec is renamed with a change": {func(r *repo) {
			r.sh("git", "mv", "spec/a.yaml", "spec/c.yaml")
			put(r.t, r.dir, "spec/c.yaml", removed, "lathe.yaml", strings.Replace(config, "a.yaml", "c.yaml", 1))
		}, 2, "a of the output of GetA is gone"},
		"the spec is renamed": {func(r *repo) {
			r.sh("git", "mv", "spec/a.yaml", "spec/c.yaml")
			put(r.t, r.dir, "lathe.yaml", strings.Replace(config, "a.yaml", "c.yaml", 1))
		}, 0, "no changes"},
		"operations are no longer listed": {func(r *repo) {
			put(r.t, r.dir, "lathe.yaml", strings.Replace(config, "out: gen/a", "out: gen/a, operations: [GetB]", 1))
		}, 2, "operation GetA is gone"},
		"a package is removed with its spec": {func(r *repo) {
			r.sh("git", "rm", "--quiet", "spec/a.yaml")
			put(r.t, r.dir, "lathe.yaml", "packages:\n  - {spec: spec/b.yaml, out: gen/b}\n")
		}, 2, "the package gen/a is generated no more"},
		"a package moves": {func(r *repo) {
			put(r.t, r.dir, "lathe.yaml", strings.Replace(config, "gen/a", "gen/c", 1))
		}, 2, "the package gen/a is generated no more"},
		"a package is renamed": {func(r *repo) {
			put(r.t, r.dir, "lathe.yaml", strings.Replace(config, "out: gen/a", "out: gen/a, package: other", 1))
		}, 2, "the Go package tiny is called other now"},
		"a client becomes lean": {func(r *repo) {
			put(r.t, r.dir, "lathe.yaml", strings.Replace(config, "out: gen/a", "out: gen/a, lean: true", 1))
		}, 2, "the client is lean instead of whole"},
		"a client becomes a module": {func(r *repo) {
			put(r.t, r.dir, "lathe.yaml", strings.Replace(config, "out: gen/a", "out: gen/a, module: example.com/a@v1.2.0", 1))
		}, 2, "the client is the module example.com/a instead of a package of the module around it"},
		"another format": {func(r *repo) {
			put(r.t, r.dir, "spec/a.json", diffC2J, "lathe.yaml", strings.Replace(config, "a.yaml", "a.json", 1))
		}, 2, "operation GetA is gone"},
		"lathe.yaml moves": {func(r *repo) {
			r.sh("git", "rm", "--quiet", "lathe.yaml", "lathe.lock")
			put(r.t, r.dir, "cfg/lathe.yaml", strings.NewReplacer("spec/", "../spec/", "gen/", "../gen/", "operations", "operations").Replace(config))
			put(r.t, r.dir, "spec/a.yaml", removed)
			put(r.t, r.dir, ".ci/specs", strings.NewReplacer("check --diff", "check --diff --config cfg/lathe.yaml", "diff --base", "diff --config cfg/lathe.yaml --base").Replace(block(r.t, "sh", 0)))
			r.gen += " --config cfg/lathe.yaml"
		}, 2, "a of the output of GetA is gone"},
		"a package is new": {func(r *repo) {
			put(r.t, r.dir, "lathe.yaml", config+"  - {spec: spec/b.yaml, out: gen/c}\n")
		}, 0, "no changes"},
		"the branch behind main": {func(r *repo) {
			r.sh("git", "checkout", "--quiet", "main")
			put(r.t, r.dir, "spec/a.yaml", strings.Replace(tinySpec, "{a: {type: string}}", "{a: {type: string}, z: {type: string}}", 1))
			r.commit("main went on")
			r.sh("git", "checkout", "--quiet", "change")
		}, 0, "no changes"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRepo(t, "spec/a.yaml", tinySpec, "spec/b.yaml", tinySpec, "lathe.yaml", config)
			r.t = t
			c.change(r)
			if strings.Contains(r.gen, "--config") {
				r.gen = strings.TrimSuffix(r.gen, " --config cfg/lathe.yaml")
				if got := r.sh(r.gen, "generate", "--config", "cfg/lathe.yaml"); got.exit != 0 {
					t.Fatalf("%+v", got)
				}
				r.sh("git", "add", "--all")
				r.sh("git", "commit", "--quiet", "--message", "moved")
			} else {
				r.commit("changed")
			}
			r.script(name, c.exit, c.text)
		})
	}
}

// An approved break is merged, and later pull requests are green until the approval
// expires; a useless approval beside a break does not hide the break.
func TestCIScriptApprovals(t *testing.T) {
	if testing.Short() {
		t.Skip("the program is started dozens of times")
	}
	config := func(approve string) string {
		return "packages:\n  - spec: spec/a.yaml\n    out: gen/a\n" + approve
	}
	approve := func(rule, place, expires string) string {
		return "    approve:\n      - {rule: " + rule + ", place: " + place + ", reason: nobody reads it, expires: " + expires + "}\n"
	}
	removed := strings.Replace(tinySpec, "{a: {type: string}}", "{}", 1)
	r := newRepo(t, "spec/a.yaml", tinySpec, "lathe.yaml", config(""))
	put(t, r.dir, "spec/a.yaml", removed)
	r.commit("a break")
	r.script("a break", 2, "a of the output of GetA is gone")
	put(t, r.dir, "lathe.yaml", config(approve("member-removed", "GetA.output.a", "2999-12-31")))
	r.commit("an approved break")
	r.script("an approved break", 0, "approved until 2999-12-31: nobody reads it")
	r.sh("git", "checkout", "--quiet", "main")
	r.sh("git", "merge", "--quiet", "--ff-only", "change")
	r.sh("git", "checkout", "--quiet", "-b", "later")
	put(t, r.dir, "spec/a.yaml", strings.Replace(removed, "{b: {type: string}}", "{b: {type: string}, c: {type: string}}", 1))
	r.commit("a later change")
	r.script("a later change", 0, "1 change that matters to nobody")
	put(t, r.dir, "spec/a.yaml", strings.Replace(removed, "{b: {type: string}}", "{}", 1))
	r.commit("a later break")
	r.script("a later break", 2, "b of the output of GetB is gone")
	put(t, r.dir, "spec/a.yaml", removed, "lathe.yaml", config(approve("member-removed", "GetA.output.a", "2001-12-31")))
	r.commit("an approval that has expired")
	r.script("an approval that has expired", 1, "expired on 2001-12-31")
	put(t, r.dir, "spec/a.yaml", removed, "lathe.yaml", config(approve("member-removed", "GetZ.output.a", "2999-12-31")))
	r.commit("an approval of nothing")
	// The lock has it since it was generated: it counts as used.
	r.script("an approval of nothing", 0, "no changes")
	put(t, r.dir, "lathe.yaml", config(approve("member-removed", "GetY.output.a", "2999-12-31")), "spec/a.yaml", strings.Replace(removed, "{b: {type: string}}", "{}", 1))
	got := r.sh(r.gen, "diff", "--format", "github")
	if got.exit != 2 || !strings.Contains(got.stdout, "::error file=lathe.yaml,line=5,col=9,title=approval::") || !strings.Contains(got.stdout, "title=member-removed::") {
		t.Errorf("a useless approval beside a break: %+v", got)
	}
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
	for n, check := range map[int]func(*config.File) bool{
		2: func(f *config.File) bool { return len(f.Packages[0].Approvals) == 1 },
		3: func(f *config.File) bool { s, err := severitiesOf(f.Severities); return err == nil && len(s) == 2 },
	} {
		put(t, dir, "lathe.yaml", block(t, "yaml", n), "spec/datazone.yaml", "")
		file, err := config.Load(filepath.Join(dir, "lathe.yaml"), nil)
		if err != nil || !check(file) {
			t.Errorf("block %d: got %+v, %v", n, file, err)
		}
	}
}
