package main

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
)

// What exceeds the budget is named with what it is made of, and fails gen check.
func TestBudget(t *testing.T) {
	dir := newReplaced(t, true)
	gen := func(args ...string) outcome { return runProgram(t, commandOf(withReal, dir, args...)) }
	if got := gen(); got.exit != 0 {
		t.Fatal(got.stderr)
	}
	config := read(t, dir, "lathe.yaml")
	put(t, dir, "lathe.yaml", config+"budget: {lines: 100000, packages: 50, bytes: 100000000}\n")
	if got := gen("check"); got.exit != 0 {
		t.Errorf("within: %+v", got)
	}
	put(t, dir, "lathe.yaml", config+"budget: {lines: 100, packages: 5, bytes: 1000}\n")
	got := gen("check")
	for _, want := range []string{
		"too much   lathe.yaml:", " lines of Go: third_party/aws/lathe ", "; the budget is 100 (fix: call less, or raise the budget)\n",
		" packages of Go: third_party/aws/lathe ", ", third_party/aws/datazone 2; the budget is 5 ",
		" bytes of program: example.com/m ", "; the budget is 1000 ",
	} {
		if !strings.Contains(got.stdout, want) {
			t.Errorf("there is no %q in\n%s", want, got.stdout)
		}
	}
	if got.exit != 2 {
		t.Errorf("exit code %d: %s", got.exit, got.stderr)
	}
	var report checkReport
	put(t, dir, "lathe.yaml", config+"budget: {packages: 5}\n")
	got = gen("check", "--json")
	if err := json.Unmarshal([]byte(strings.ReplaceAll(got.stdout, `"ms": N`, `"ms": 1`)), &report); err != nil || len(report.Findings) != 1 || report.Findings[0].Kind != "too much" {
		t.Errorf("got %+v, %v", report, err)
	}
}

// What exceeds the budget is compared with the last lock that says something else: that on
// disk, and once it is brought up to date one of the repository's.
func TestBudgetGrown(t *testing.T) {
	dir := newReplaced(t, true)
	gen := func(args ...string) outcome { return runProgram(t, commandOf(withReal, dir, args...)) }
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=n", "-c", "user.email=e"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	edited := read(t, dir, "lathe.yaml")
	config := strings.Replace(edited, "    operations:", "    lean: true\n    operations:", 1)
	if edited == config {
		t.Fatalf("lathe.yaml is\n%s", config)
	}
	put(t, dir, "lathe.yaml", config)
	if got := gen(); got.exit != 0 {
		t.Fatal(got.stderr)
	}
	const budget = "budget: {lines: 100, packages: 2, bytes: 1000}\n"
	put(t, dir, "lathe.yaml", config+budget)
	if got := gen("check"); !strings.Contains(got.stdout, "too much") || strings.Contains(got.stdout, " came since ") {
		t.Errorf("there is no other lock: %s", got.stdout)
	}
	git("init", "-q")
	git("add", "-A")
	git("commit", "-qm", "one")
	put(t, dir, "lathe.yaml", edited+budget)
	grown := func(since string) {
		t.Helper()
		got := gen("check")
		for _, want := range []string{
			"; the budget is 100; ", " lines came since " + since, "third_party/aws/lathe/stack/", "; the budget is 1000; ",
			"; the budget is 2; 1 package came since " + since, ": third_party/aws/lathe/stack 1 (fix",
		} {
			if !strings.Contains(got.stdout, want) {
				t.Errorf("there is no %q in\n%s", want, got.stdout)
			}
		}
		if strings.Contains(got.stdout, "third_party/aws/lathe/sigv4/") {
			t.Errorf("what has not grown is named: %s", got.stdout)
		}
	}
	grown("lathe.lock: ")
	if got := gen(); got.exit != 0 {
		t.Fatal(got.stderr)
	}
	grown("commit ")
	git("add", "-A")
	git("commit", "-qm", "two")
	grown("commit ")
	// A checkout on Windows, with other line endings, is no other lock.
	put(t, dir, "lathe.lock", strings.ReplaceAll(read(t, dir, "lathe.lock"), "\n", "\r\n"))
	grown("commit ")
}
