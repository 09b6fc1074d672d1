package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// userProgram calls GetA of the client of tinySpec, and reads its member.
const userProgram = `package main

import "example.com/m/gen/tiny"

func main() {
	var c *tiny.Client
	println(c.GetA().A)
}
`

const fakeClient = `package tiny

type Client struct{}
type GetAOutput struct{ A *string }
type GetBOutput struct{ B *string }

func (*Client) GetA() GetAOutput { return GetAOutput{} }
func (*Client) GetB() GetBOutput { return GetBOutput{} }
`

// A change of what a program never touches ranks one step lower, and one of what it
// touches names the line; lathe.yaml may name the program, and other severities.
func TestDiffProgram(t *testing.T) {
	withoutA := strings.Replace(tinySpec, "{a: {type: string}}", "{}", 1)
	withoutB := strings.Replace(tinySpec, "{b: {type: string}}", "{}", 1)
	dir := module(t, "go.mod", "module example.com/m\n\ngo 1.25\n", "main.go", userProgram, "gen/tiny/client.go", fakeClient,
		"old.yaml", tinySpec, "a.yaml", withoutA, "b.yaml", withoutB)
	run := func(exit int, text string, args ...string) {
		t.Helper()
		got := realProgram(t, dir, append([]string{"diff"}, args...)...)
		if got.exit != exit || !strings.Contains(got.stdout+got.stderr, text) {
			t.Errorf("%q: want exit code %d and %q, got %+v", args, exit, text, got)
		}
	}
	run(2, "a of the output of GetA is gone", "old.yaml", "a.yaml")
	run(2, "the program uses it at main.go:7", "old.yaml", "a.yaml", "--program", "./...")
	run(2, "b of the output of GetB is gone", "old.yaml", "b.yaml")
	run(0, "the program does not use it", "old.yaml", "b.yaml", "--program", "./...")
	run(0, `"use": {
        "used": false,
        "lines": []
      }`, "old.yaml", "b.yaml", "--program", "./...", "--format", "json")
	run(2, "b of the output of GetB is gone", "old.yaml", "b.yaml", "--program", "./...", "--fail-on", "strict")
	run(1, "can't be loaded", "old.yaml", "b.yaml", "--program", "./nowhere")
	run(0, "the program ./gen/tiny uses nothing of the client", "old.yaml", "b.yaml", "--program", "./gen/tiny")
	put(t, dir, "lathe.yaml", "packages: [{spec: b.yaml, out: gen/tiny}]\nprogram: ./...\n")
	run(0, "the program does not use it", "old.yaml", "b.yaml")
	// The places count from here, also where lathe.yaml is elsewhere.
	for _, tt := range []struct{ program, want string }{
		{"./...", "the program uses it at ../main.go:7"}, {"./nowhere", "can't be loaded"}, {"./other", "../other: the program can't be loaded"},
	} {
		put(t, dir, "lathe.yaml", "packages: [{spec: a.yaml, out: gen/tiny}]\nprogram: "+tt.program+"\n", "sub/x", "",
			"other/go.mod", "module example.com/other\n")
		got := realProgram(t, filepath.Join(dir, "sub"), "diff", "../old.yaml", "../a.yaml")
		if !strings.Contains(got.stdout+got.stderr, tt.want) {
			t.Errorf("%s: want %q, got %+v", tt.program, tt.want, got)
		}
	}
	put(t, dir, "lathe.yaml", "packages: [{spec: b.yaml, out: gen/tiny}]\nseverity: {member-removed: notable}\n")
	run(0, "notable   b of the output of GetB is gone", "old.yaml", "b.yaml")
	put(t, dir, "lathe.yaml", "packages: [{spec: b.yaml, out: gen/tiny}]\nseverity: {member-remove: notable}\n")
	run(1, "lathe.yaml:2:12: there is no rule member-remove", "old.yaml", "b.yaml")
	put(t, dir, "lathe.yaml", "packages: [{spec: b.yaml, out: gen/tiny}]\nseverity: {member-removed: bad}\n")
	run(1, "lathe.yaml:2:12: unknown severity \"bad\"", "old.yaml", "b.yaml")
	run(1, "unknown severity \"none\"", "old.yaml", "b.yaml", "--fail-on", "none")
}

// The client may come to the program from elsewhere, as from a cache of modules: then
// its import path counts.
func TestDiffProgramElsewhere(t *testing.T) {
	withoutA := strings.Replace(tinySpec, "{a: {type: string}}", "{}", 1)
	dir := module(t, "go.mod", "module example.com/m\n\ngo 1.25\n", "old.yaml", tinySpec, "a.yaml", withoutA, "lathe.yaml", "packages: [{spec: a.yaml, out: gen/tiny}]\n")
	program := module(t, "go.mod", "module example.com/p\n\ngo 1.25\n\nrequire example.com/m v1.0.0\n\nreplace example.com/m => ./cached\n", "main.go", userProgram,
		"cached/go.mod", "module example.com/m\n\ngo 1.25\n", "cached/gen/tiny/client.go", fakeClient)
	got := realProgram(t, program, "diff", dir+"/old.yaml", dir+"/a.yaml", "--config", dir+"/lathe.yaml", "--program", "./...")
	if got.exit != 2 || !strings.Contains(got.stdout, "the program uses it at main.go:7") {
		t.Errorf("%+v", got)
	}
}

// An approval may name the fingerprint that the report has.
func TestDiffFingerprint(t *testing.T) {
	dir := module(t, "old.yaml", tinySpec, "new.yaml", otherA)
	got := realProgram(t, dir, "diff", "old.yaml", "new.yaml", "--format", "json")
	_, rest, _ := strings.Cut(got.stdout, `"fingerprint": "`)
	id, _, _ := strings.Cut(rest, `"`)
	put(t, dir, "lathe.yaml", "packages:\n  - spec: new.yaml\n    out: gen\n    approve:\n      - {fingerprint: '"+id+"', reason: nobody reads it, expires: 2999-12-31}\n")
	if got := realProgram(t, dir, "diff", "old.yaml", "new.yaml"); got.exit != 0 || !strings.Contains(got.stdout, "approved until 2999-12-31: nobody reads it") {
		t.Errorf("%s: %+v", id, got)
	}
	put(t, dir, "lathe.yaml", "packages:\n  - spec: new.yaml\n    out: gen\n    approve:\n      - {fingerprint: 'ffffffffffff', reason: nobody reads it, expires: 2999-12-31}\n")
	if got := realProgram(t, dir, "diff", "old.yaml", "new.yaml"); got.exit != 2 || !strings.Contains(got.stderr, "approval of ffffffffffff accepts nothing") {
		t.Errorf("a break beside a useless approval: %+v", got)
	}
}
