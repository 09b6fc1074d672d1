package main

import (
	"strings"
	"testing"
)

const addedSpec = `openapi: 3.1.0
info: {title: Runs, version: "1"}
x-service: {id: Runs, endpointPrefix: runs, signingName: runs}
servers: [{url: "https://runs.example.com"}]
paths:
  /runs:
    get:
      operationId: ListRuns
      parameters: [{name: next, in: query, schema: {type: string}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {next: {type: string}, runs: {type: array, items: {type: string}}}}}}}}
  /run:
    get:
      operationId: GetRun
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {status: {type: string}}}}}}}
`

const addedConfig = `packages:
  - spec: api.yaml
    out: gen
    paginators:
      ListRuns: {inputToken: next, outputToken: next, items: runs}
    waiters:
      RunOver:
        operation: GetRun
        acceptors:
          - {state: success, matcher: {output: {path: status, comparator: stringEquals, expected: DONE}}}
`

// TestAdditions generates, lists, explains and compares what lathe.yaml adds to a spec.
func TestAdditions(t *testing.T) {
	dir := module(t, "api.yaml", addedSpec, "lathe.yaml", addedConfig)
	gitIn(t, dir, "init", "-q")
	in := func(code int, args ...string) string {
		t.Helper()
		got := realProgram(t, dir, args...)
		if got.exit != code {
			t.Errorf("gen %v: exit code %d, want %d\n%s%s", args, got.exit, code, got.stdout, got.stderr)
		}
		return got.stdout + got.stderr
	}
	has := func(text string, want ...string) {
		t.Helper()
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("it lacks %q:\n%s", w, text)
			}
		}
	}
	in(0, "generate")
	has(read(t, dir, "gen/api_op_ListRuns.go"), "func NewListRunsPaginator(", ") All(")
	has(read(t, dir, "gen/api_op_GetRun.go"), "func NewRunOverWaiter(", `== "DONE"`)
	has(in(0, "list"), "in lathe.yaml, waiters RunOver", "in lathe.yaml, paginated")
	has(in(0, "explain", "RunOverWaiter"), "waiter RunOver, lathe.yaml:7:7, is emitted\n  GetRun waiter success output status stringEquals DONE\n")
	has(in(0, "explain", "NewListRunsPaginator"), "paginator ListRuns, lathe.yaml:5:7, is emitted\n")
	gitIn(t, dir, "add", ".")
	gitIn(t, dir, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "one")

	put(t, dir, "lathe.yaml", strings.NewReplacer("DONE", "OVER", ", items: runs", "").Replace(addedConfig))
	in(2, "check")
	has(in(2, "diff", "--base", "HEAD"), "paginator-part-removed: Go breaking", "waiter RunOver changed", "  lathe.yaml:7:7\n")

	put(t, dir, "lathe.yaml", strings.NewReplacer("outputToken: next", "outputToken: nxt", "operation: GetRun", "operation: GetRan").Replace(addedConfig))
	has(in(1, "generate"), `lathe.yaml:5:49: ListRunsOutput has no member "nxt"`, "did you mean next?", `lathe.yaml:8:20: there is no operation "GetRan"`)
	put(t, dir, "lathe.yaml", strings.Replace(addedConfig, "path: status", "path: state", 1))
	has(in(1, "generate"), `lathe.yaml:10:13: there is no waiter RunOver of GetRun: structure GetRunOutput has no member "state"`, "nothing written")
}

const lackingConfig = `packages:
  - spec: api.yaml
    out: gen
    errors:
      TooBusy: {operations: [GetRun], fault: server, code: Busy, documentation: Try it later.}
    defaults:
      GetRun.output.count: 0
    renames:
      operations: {ListRuns: FindRuns}
      shapes: {Part: RunPart}
      members: {GetRun.output.status: State}
      values: {Tone.a.dark: Dark}
`

// TestErrorsDefaultsRenames does so for errors, defaults and names.
func TestErrorsDefaultsRenames(t *testing.T) {
	part := ", count: {type: integer, format: int32}, part: {$ref: '#/components/schemas/Part'}}}}}}}\ncomponents: {schemas: {Part: {type: object, properties: {text: {type: string}, tone: {$ref: '#/components/schemas/Tone'}}}, Tone: {type: string, enum: [a.dark, light]}}}\n"
	api := strings.Replace(addedSpec, "status: {type: string}}}}}}}\n", "status: {type: string}"+part, 1)
	dir := module(t, "api.yaml", api, "lathe.yaml", lackingConfig)
	gitIn(t, dir, "init", "-q")
	in := func(code int, args ...string) string {
		t.Helper()
		got := realProgram(t, dir, args...)
		if got.exit != code {
			t.Errorf("gen %v: exit code %d, want %d\n%s%s", args, got.exit, code, got.stdout, got.stderr)
		}
		return got.stdout + got.stderr
	}
	has := func(text string, want ...string) {
		t.Helper()
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("it lacks %q:\n%s", w, text)
			}
		}
	}
	in(0, "generate")
	has(read(t, dir, "gen/api_op_FindRuns.go"), "func (c *Client) FindRuns(", `r.Start("GET", "/runs")`)
	has(read(t, dir, "gen/api_op_GetRun.go"), "State *string", "Count int32", "Part *types.RunPart", `case "status":`)
	has(read(t, dir, "gen/types/errors.go"), "type TooBusy struct", `return "Busy"`, "FaultServer", "Try it later.")
	has(read(t, dir, "gen/types/enums.go"), `ToneDark  Tone = "a.dark"`, `ToneLight Tone = "light"`)
	has(in(0, "explain", "TooBusy"), "structure TooBusy, lathe.yaml:5:7, is emitted\n  GetRun error TooBusy\n")
	has(in(0, "explain", "RunPart"), "structure Part, api.yaml:")
	gitIn(t, dir, "add", ".")
	gitIn(t, dir, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "one")

	bare, _, _ := strings.Cut(lackingConfig, "    errors:")
	put(t, dir, "lathe.yaml", bare)
	in(2, "check")
	has(in(2, "diff", "--base", "HEAD"), "ListRuns is called ListRuns in Go instead of FindRuns", "Part is called Part in Go instead of RunPart",
		"status of the output of GetRun is called status in Go instead of State", `ToneDark`, "GetRun no longer fails with TooBusy", "count of the output of GetRun")

	put(t, dir, "lathe.yaml", strings.NewReplacer("GetRun.output.count: 0", "GetRun.output.cnt: 0", "{Part:", "{Prt:", "a.dark:", "a.drk:", "fault: server, code: Busy, documentation: Try it later.", "").Replace(lackingConfig))
	has(in(1, "generate"), `lathe.yaml:7:7: GetRunOutput has no member "cnt"`, `lathe.yaml:12:16: Tone has no value "a.drk"`, `lathe.yaml:10:16: there is no shape "Prt"`, `lathe.yaml:5:7: there is no shape "TooBusy"`)
	put(t, dir, "lathe.yaml", strings.Replace(lackingConfig, "RunPart}", "Run Part}", 1))
	has(in(1, "generate"), `lathe.yaml:10:22: "Run Part" cannot be a name in Go`)
}
