package main

import (
	"strings"
	"testing"

	"example.com/lathe"
)

// twoProtocols is a service that speaks two protocols with bodies in JSON, and one with
// forms.
const twoProtocols = `{
  "smithy": "2.0",
  "shapes": {
    "com.example#Runs": {
      "type": "service", "version": "2024-01-01", "operations": [{"target": "com.example#GetRun"}],
      "traits": {
        "aws.api#service": {"sdkId": "Runs"}, "aws.auth#sigv4": {"name": "runs"},
        "aws.protocols#awsJson1_0": {}, "aws.protocols#restJson1": {}, "aws.protocols#awsQuery": {}, "smithy.api#xmlNamespace": {"uri": "urn:runs"}
      }
    },
    "com.example#GetRun": {
      "type": "operation", "input": {"target": "com.example#GetRunInput"}, "output": {"target": "com.example#GetRunOutput"},
      "traits": {"smithy.api#http": {"method": "GET", "uri": "/runs/{id}"}}
    },
    "com.example#GetRunInput": {
      "type": "structure", "members": {"id": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}, "smithy.api#httpLabel": {}}}}
    },
    "com.example#GetRunOutput": {"type": "structure", "members": {"name": {"target": "smithy.api#String"}}}
  }
}
`

// The protocol that a client speaks is the preferred one of the service's, or the one that
// a flag or lathe.yaml names. The lock knows it, and a change of it is one to gen diff.
func TestProtocol(t *testing.T) {
	dir := module(t, "runs.json", twoProtocols, "lathe.yaml", "packages:\n  - spec: runs.json\n    out: gen\n")
	gen := func(args ...string) outcome { return runProgram(t, commandOf(withReal, dir, args...)) }
	lists := func(want string, args ...string) {
		t.Helper()
		if got := gen(append([]string{"list"}, args...)...); got.exit != 0 || !strings.Contains(got.stdout, want) {
			t.Errorf("list %v: got %+v", args, got)
		}
	}
	speaks := func(want string) {
		t.Helper()
		if got := strings.Contains(read(t, dir, "gen/api_op_GetRun.go"), "/runs/"); got != (want == "restJson1") {
			t.Errorf("the client does not speak %s", want)
		}
	}
	lists("gen: runs.json, Runs, awsJson1_0 (of awsJson1_0, restJson1, awsQuery), 1 operation\n")
	lists("runs.json, Runs, restJson1 (of ", "--spec", "runs.json", "--protocol", "restJson1")
	expect(t, gen("--quiet"), outcome{0, "", ""})
	speaks("awsJson1_0")

	put(t, dir, "lathe.yaml", "packages:\n  - spec: runs.json\n    out: gen\n    protocol: restJson1\n")
	lists("gen: runs.json, Runs, restJson1 (of ")
	if got := gen("check"); got.exit != exitDrift || !strings.Contains(got.stdout, "lathe.lock") {
		t.Errorf("check: got %+v", got)
	}
	got := gen("diff")
	if got.exit != 0 || !strings.Contains(got.stdout, "restJson1 instead of awsJson1_0") {
		t.Errorf("diff: got %+v", got)
	}
	expect(t, gen("--quiet"), outcome{0, "", ""})
	speaks("restJson1")
	expect(t, gen("diff"), outcome{0, "no changes\n", ""})

	// Protocols that the client does not speak are nothing to it.
	put(t, dir, "old.json", strings.Replace(twoProtocols, `"aws.protocols#awsJson1_0": {}, `, "", 1))
	if got := gen("diff", "old.json", "runs.json", "--protocol", "restJson1"); got.exit != 0 || got.stdout != "no changes\n" {
		t.Errorf("diff: got %+v", got)
	}
	if got := gen("diff", "old.json", "runs.json", "--config", "lathe.yaml"); !strings.Contains(got.stdout, "no changes") {
		t.Errorf("diff with lathe.yaml: got %+v", got)
	}
	edit(t, dir, "runs.json", `"aws.protocols#restJson1": {}, `, "")
	if got := gen("check"); got.exit != 1 || !strings.HasPrefix(got.stderr, "lathe.yaml:4:15: service Runs speaks awsJson1_0, awsQuery, not restJson1") {
		t.Errorf("check: got %+v", got)
	}
	expect(t, gen("generate", "--spec", "runs.json", "--out", "x", "--protocol", "awsSoap"), outcome{1, "", "unknown protocol \"awsSoap\"\n\thint: there are " + strings.Join(lathe.Protocols(), ", ") + "\n"})
}
