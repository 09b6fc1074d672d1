package main

import (
	"strings"
	"testing"
)

// TestDiffLocked follows a spec that changes: the lock remembers what was
// generated, an approval accepts what breaks, and is settled by generating.
func TestDiffLocked(t *testing.T) {
	const config = "packages:\n  - spec: spec.yaml\n    out: gen\n"
	approve := func(place, expires string) string {
		return config + "    approve:\n      - {rule: type-changed, place: " + place + ", reason: nobody reads it, expires: " + expires + "}\n"
	}
	dir := module(t, "lathe.yaml", config, "spec.yaml", tinySpec)
	run := func(want int, part string, args ...string) {
		t.Helper()
		got := realProgram(t, dir, args...)
		if got.exit != want || !strings.Contains(got.stdout+got.stderr, part) {
			t.Errorf("%q: want exit code %d and %q, got %+v", args, want, part, got)
		}
	}
	run(1, "there is no lock to compare with", "diff")
	run(0, "", "generate")
	run(0, "no changes", "diff")
	put(t, dir, "spec.yaml", "# A line more.\n"+otherA)
	run(2, "spec.yaml:9:45 (as it was) -> spec.yaml:10:45\n            Go: GetAOutput.A type-changed: A *string -> A *bool", "diff")
	put(t, dir, "lathe.yaml", approve("GetA.output.a", "2999-12-31"))
	run(0, "approved until 2999-12-31: nobody reads it", "diff")
	run(0, `"approved": 1`, "diff", "--format", "json")
	run(0, "", "generate")
	run(0, "no changes", "diff")
	put(t, dir, "lathe.yaml", approve("GetA.output.a", "2001-12-31"))
	run(1, "lathe.yaml:5:9: approval of type-changed at GetA.output.a expired on 2001-12-31", "diff")
	put(t, dir, "lathe.yaml", approve("GetA.output.b", "2999-12-31"))
	run(1, "approval of type-changed at GetA.output.b accepts nothing", "diff")
	run(1, "--operation needs OLD and NEW", "diff", "--operation", "GetA")
	put(t, dir, "lathe.yaml", config+"  - {spec: spec.yaml, out: more}\n")
	run(1, "lathe.yaml:4:5: the lock knows nothing of this package", "diff")
	put(t, dir, "spec.yaml", tinySpec)
	run(2, "GetAOutput.A type-changed: A *bool -> A *string", "diff") // the other package is compared nevertheless
}

// In a clone without history the base is not there, and it is said why.
func TestDiffBaseShallow(t *testing.T) {
	r := newRepo(t, "a.yaml", tinySpec, "lathe.yaml", "packages: [{spec: a.yaml, out: gen/a}]\n")
	r.commit("one")
	put(t, r.dir, "a.yaml", otherA)
	r.commit("two")
	dir := t.TempDir()
	if got := r.sh("git", "clone", "--quiet", "--depth", "1", "file://"+r.dir, dir+"/clone"); got.exit != 0 {
		t.Fatalf("%+v", got)
	}
	if got := realProgram(t, dir+"/clone", "diff", "--base", "HEAD~1"); got.exit != 1 || !strings.Contains(got.stderr, "fetch-depth: 0") {
		t.Errorf("%+v", got)
	}
	if got := realProgram(t, dir+"/clone", "diff", "--base", ""); got.exit != 1 || !strings.Contains(got.stderr, "--base is empty\n\thint: name a revision, such as origin/main;") {
		t.Errorf("%+v", got)
	}
}
