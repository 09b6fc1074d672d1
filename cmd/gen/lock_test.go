package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A package that lathe.yaml no longer lists goes, as does a runtime that has moved;
// what somebody has edited stays, and all of it is reported.
func TestDroppedPackage(t *testing.T) {
	dir := module(t, "lathe.yaml", twoPackages, "spec/a.yaml", "client.go", "spec/b.yaml", "client.go types/types.go")
	expect(t, program(t, dir, "--quiet"), outcome{0, "", ""})
	put(t, dir, "gen/b/client.go", header, "gen/b/mine.txt", "mine\n",
		"lathe.yaml", "packages: [{spec: spec/a.yaml, out: gen/a, operations: [X]}]\nruntime: gen/shared\n")
	expect(t, program(t, dir), outcome{0, `dropped    gen/b: no longer in lathe.yaml
dropped    gen/internal: no longer in lathe.yaml
kept       gen/b/client.go
generated  gen/shared: 2 files created
updated    lathe.lock
1 package, 1 operation: 2 files created, 1 updated, 4 removed, 1 kept, 2 unchanged in N ms
`, ""})
	var left []string
	for name := range contents(t, filepath.Join(dir, "gen")) {
		if !strings.HasPrefix(name, "a/") && !strings.HasPrefix(name, "shared/") {
			left = append(left, name)
		}
	}
	if len(left) != 2 {
		t.Errorf("left over: %v", left)
	}
	expect(t, program(t, dir, "check"), outcome{0, "1 package, 5 files: clean in N ms\n", ""})
}

// The lock has a line of its own, also where a client lies beside it.
func TestLockBesideClient(t *testing.T) {
	const beside = "packages:\n- {spec: api.yaml, out: ., package: m}\n"
	dir := module(t, "lathe.yaml", beside+"- {spec: api.yaml, out: gen, package: b}\n", "api.yaml", "client.go")
	expect(t, program(t, dir), outcome{0, `generated  .: 2 files created
generated  gen: 2 files created
created    lathe.lock
2 packages, 0 operations: 5 files created in N ms
`, ""})
	put(t, dir, "lathe.yaml", strings.Replace(beside, ".,", "gen,", 1))
	expect(t, program(t, dir), outcome{0, `dropped    .: no longer in lathe.yaml
updated    lathe.lock
1 package, 0 operations: 1 file updated, 2 removed, 2 unchanged in N ms
`, ""})
}

// While a package can't be generated nothing is dropped: what lathe.yaml no longer lists
// may be its old place, and the program may still import it. It is once all can be.
func TestNothingIsDroppedAfterAFailure(t *testing.T) {
	dir := module(t, "lathe.yaml", twoPackages, "spec/a.yaml", "client.go", "spec/b.yaml", "client.go")
	expect(t, program(t, dir, "--quiet"), outcome{0, "", ""})
	before := contents(t, filepath.Join(dir, "gen"))
	lock := read(t, dir, "lathe.lock")
	put(t, dir, "lathe.yaml", strings.Replace(twoPackages, "gen/b", "gen/c", 1), "spec/b.yaml", "bad:x")
	const problems = "spec/b.yaml:1:1: x is bad (at #/paths)\n\thint: write it better\n"
	expect(t, program(t, dir), outcome{1, `left       gen/b: no longer in lathe.yaml, but nothing is dropped until all packages can be generated
1 of 2 packages, 2 operations: 5 files unchanged in N ms
not generated: gen/c
`, problems + "1 problem; not generated: gen/c\n"})
	expect(t, program(t, dir, "check"), outcome{1, `left over  gen/b: nothing is dropped until all packages can be generated (fix: gen generate)
1 of 2 packages, 5 files: 1 to fix in N ms
`, problems + "1 problem; not generated: gen/c\n"})
	if diff := cmp.Diff(lock, read(t, dir, "lathe.lock")); diff != "" {
		t.Errorf("the lock changed:\n%s", diff)
	}

	// What stays needs the runtime where it is.
	put(t, dir, "lathe.yaml", strings.NewReplacer("gen/b", "gen/c", "gen/internal", "gen/shared").Replace(twoPackages))
	expect(t, program(t, dir), outcome{1, "", `gen/internal: the runtime can't move while a package can't be generated
	hint: fix the packages, or put runtime back for this run
` + problems + "2 problems; nothing written\n"})
	if diff := cmp.Diff(before, contents(t, filepath.Join(dir, "gen"))); diff != "" {
		t.Errorf("the disk changed:\n%s", diff)
	}

	put(t, dir, "spec/b.yaml", "client.go")
	if got := program(t, dir); got.exit != 0 || !strings.Contains(got.stdout, "dropped    gen/b: no longer in lathe.yaml\ndropped    gen/internal: no longer") {
		t.Errorf("got %+v", got)
	}
	expect(t, program(t, dir, "check"), outcome{0, "2 packages, 7 files: clean in N ms\n", ""})
}

// After a merge with a conflict in the lock, the packages of both sides are known.
func TestDroppedAfterAMergeConflict(t *testing.T) {
	dir := module(t, "lathe.yaml", twoPackages, "spec/a.yaml", "client.go", "spec/b.yaml", "client.go")
	expect(t, program(t, dir, "--quiet"), outcome{0, "", ""})
	both := read(t, dir, "lathe.lock")
	put(t, dir, "lathe.yaml", "packages: [{spec: spec/a.yaml, out: gen/a}]\n", "lathe.lock", "<<<<<<< ours\n"+both+"=======\nnonsense\n>>>>>>> theirs\n")
	if got := program(t, dir); got.exit != 0 || !strings.Contains(got.stdout, "dropped    gen/b: no longer in lathe.yaml\n") {
		t.Errorf("got %+v", got)
	}
	if _, err := os.Lstat(filepath.Join(dir, "gen/b")); !os.IsNotExist(err) {
		t.Errorf("gen/b is still there: %v", err)
	}
}

// Two configurations that want one folder would remove each other's files.
func TestSharedRuntimeOfTwoConfigurations(t *testing.T) {
	const config = "packages: [{spec: ../api.yaml, out: ../gen/%}]\nruntime: ../gen/rt\n"
	dir := module(t, "api.yaml", "client.go", "a/lathe.yaml", strings.Replace(config, "%", "a", 1), "b/lathe.yaml", strings.Replace(config, "%", "b", 1))
	expect(t, program(t, dir, "--quiet", "--config", "a/lathe.yaml"), outcome{0, "", ""})
	before := contents(t, dir)
	expect(t, program(t, dir, "--config", "b/lathe.yaml"), outcome{1, "", `gen/rt: the folder belongs to $/a/lathe.lock
	hint: choose another folder, or take it out of that one and run gen there first
1 problem; nothing written
`})
	if diff := cmp.Diff(before, contents(t, dir)); diff != "" {
		t.Errorf("the disk changed:\n%s", diff)
	}
	put(t, dir, "b/lathe.yaml", "packages: [{spec: ../api.yaml, out: ../gen/b}]\n")
	expect(t, program(t, dir, "--quiet", "--config", "b/lathe.yaml"), outcome{0, "", ""})

	// The folder changes hands once the first has let go of it.
	put(t, dir, "a/lathe.yaml", "packages: [{spec: ../api.yaml, out: ../gen/a}]\n", "b/lathe.yaml", strings.Replace(config, "%", "b", 1))
	expect(t, program(t, dir, "--quiet", "--config", "a/lathe.yaml"), outcome{0, "", ""})
	expect(t, program(t, dir, "--quiet", "--config", "b/lathe.yaml"), outcome{0, "", ""})
	for _, config := range []string{"a/lathe.yaml", "b/lathe.yaml"} {
		if got := program(t, dir, "check", "--config", config); got.exit != 0 {
			t.Errorf("%s: %s", config, got.stdout)
		}
	}
}

// Configurations in one folder have locks of their own.
func TestTwoConfigurationsInOneFolder(t *testing.T) {
	dir := module(t, "api.yaml", "client.go", "lathe.yaml", "packages: [{spec: api.yaml, out: gen/a}]\n", "more.yaml", "packages: [{spec: api.yaml, out: gen/b}]\n")
	expect(t, program(t, dir, "--quiet"), outcome{0, "", ""})
	expect(t, program(t, dir, "--quiet", "--config", "more.yaml"), outcome{0, "", ""})
	expect(t, program(t, dir, "check"), outcome{0, "1 package, 3 files: clean in N ms\n", ""})
	expect(t, program(t, dir, "check", "--config", "more.yaml"), outcome{0, "1 package, 3 files: clean in N ms\n", ""})
}

// The lock is the same wherever the project lies and wherever the program runs in
// it, and says nothing of the machine.
func TestLockDependsOnNothingElse(t *testing.T) {
	files := []string{"lathe.yaml", twoPackages, "spec/a.yaml", "client.go", "spec/b.yaml", "client.go", "deep/x", ""}
	one, two := module(t, files...), module(t, files...)
	expect(t, program(t, one, "--quiet"), outcome{0, "", ""})
	expect(t, program(t, filepath.Join(two, "deep"), "--quiet", "--force"), outcome{0, "", ""})
	if diff := cmp.Diff(contents(t, one), contents(t, two)); diff != "" {
		t.Errorf("the projects differ:\n%s", diff)
	}
	if strings.Contains(read(t, one, "lathe.lock"), filepath.Dir(one)) {
		t.Error("the lock holds an absolute path")
	}
}

// A change of the spec that does not reach the selected model leaves the lock
// alone; approvals do not.
func TestLockFollowsWhatCounts(t *testing.T) {
	specFile, err := os.ReadFile("../../spec/datazone.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const config = "packages:\n  - spec: spec/datazone.yaml\n    out: gen\n    operations: [GetDataSourceRun]\n"
	dir := module(t, "lathe.yaml", config, "spec/datazone.yaml", string(specFile))
	gen := func(args ...string) outcome { return runProgram(t, commandOf(withReal, dir, args...)) }
	expect(t, gen("--quiet"), outcome{0, "", ""})
	before := read(t, dir, "lathe.lock")
	put(t, dir, "spec/datazone.yaml", "# A comment moves all lines.\n"+string(specFile))
	if got := gen("check"); got.exit != 0 {
		t.Errorf("check: %s", got.stdout)
	}
	expect(t, gen("--quiet"), outcome{0, "", ""})
	if diff := cmp.Diff(before, read(t, dir, "lathe.lock")); diff != "" {
		t.Errorf("the lock has changed:\n%s", diff)
	}
	put(t, dir, "lathe.yaml", config+"    approve: [{rule: uri-changed, place: GetRun, reason: fine, expires: 2026-12-31}]\n")
	if got := gen("check"); got.exit != 2 || !strings.Contains(got.stdout, "lathe.lock: it is not what the spec and the configuration give") {
		t.Errorf("check: %+v", got)
	}
	expect(t, gen("--quiet"), outcome{0, "", ""})
	if text := read(t, dir, "lathe.lock"); !strings.Contains(text, `"expires": "2026-12-31"`) {
		t.Errorf("the approval is not in the lock:\n%s", text)
	}
	put(t, dir, "spec/datazone.yaml", strings.Replace(string(specFile), "The ID of the run.", "The ID of the run, changed.", 1))
	if got := gen("check"); got.exit != 2 {
		t.Errorf("check sees no change of documentation: %s", got.stdout)
	}
}
