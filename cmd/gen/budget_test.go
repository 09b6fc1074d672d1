package main

import (
	"encoding/json"
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
