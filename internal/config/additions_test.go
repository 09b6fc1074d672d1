package config

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.com/lathe/spec"
)

const addedConfig = `packages:
  - spec: api.yaml
    out: gen
    paginators:
      ListRuns: {inputToken: next, outputToken: page.next, items: page.runs, pageSize: limit, moreResults: page.more}
    waiters:
      RunOver:
        operation: GetRun
        documentation: |-
          Waits until a run
          is over.
        minDelay: 5
        maxDelay: 60
        acceptors:
          - {state: success, matcher: {output: {path: status, comparator: stringEquals, expected: DONE}}}
          - {state: failure, matcher: {inputOutput: {path: "input.id != output.id", comparator: booleanEquals, expected: "true"}}}
          - {state: retry, matcher: {errorType: NotFound}}
          - {state: failure, matcher: {success: false}}
`

func TestAdditions(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, Name)
	for file, data := range map[string]string{Name: addedConfig, "api.yaml": ""} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file, err := Load(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := spec.Additions{
		Paginations: []spec.AddedPagination{{
			Pagination: spec.Pagination{InputToken: "next", OutputToken: "page.next", Items: "page.runs", PageSize: "limit", MoreResults: "page.more"},
			Operation:  "ListRuns",
		}},
		Waiters: []spec.AddedWaiter{{
			Waiter: spec.Waiter{Name: "RunOver", Documentation: "Waits until a run\nis over.", MinDelay: 5, MaxDelay: 60, Acceptors: []spec.Acceptor{
				{State: "success", Matcher: "output", Path: "status", Comparator: "stringEquals", Expected: "DONE"},
				{State: "failure", Matcher: "inputOutput", Path: "input.id != output.id", Comparator: "booleanEquals", Expected: "true"},
				{State: "retry", Matcher: "errorType", Expected: "NotFound"},
				{State: "failure", Matcher: "success", Expected: "false"},
			}},
			Operation: "GetRun",
		}},
	}
	got := file.Packages[0].Additions
	nowhere := cmpopts.IgnoreTypes(spec.Pos{}, map[string]spec.Pos{})
	if diff := cmp.Diff(want, got, nowhere); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for what, at := range map[string]spec.Pos{
		":5:7":   got.Paginations[0].Pos,
		":5:67":  got.Paginations[0].At["items"],
		":7:7":   got.Waiters[0].Pos,
		":8:20":  got.Waiters[0].OperationPos,
		":17:13": got.Waiters[0].Acceptors[2].Pos,
	} {
		if at.String() != name+what {
			t.Errorf("a place is %s, want %s", at, what)
		}
	}
}

var additionErrors = []struct{ name, src, want string }{
	{
		"no paginators", "packages: [{spec: a, out: b, paginators: {}}]\n",
		"lathe.yaml:1:42: the mapping is empty (at #/packages/0/paginators)\n\thint: leave the key out",
	},
	{
		"a paginator without tokens", "packages: [{spec: a, out: b, paginators: {List: {pageSize: max}}}]\n",
		"lathe.yaml:1:49: key \"inputToken\" is missing (at #/packages/0/paginators/List)\n" +
			"lathe.yaml:1:49: key \"outputToken\" is missing (at #/packages/0/paginators/List)",
	},
	{
		"an odd key", "packages: [{spec: a, out: b, paginators: {List: {inputToken: a, outputToken: b, item: c}}}]\n",
		"lathe.yaml:1:81: unknown key \"item\" (at #/packages/0/paginators/List/item)\n\thint: did you mean \"items\"?",
	},
	{
		"an odd name", "packages: [{spec: a, out: b, waiters: {run-over: {operation: Get, acceptors: [{state: success, matcher: {success: true}}]}}}]\n",
		"lathe.yaml:1:40: \"run-over\" cannot be the name of a waiter (at #/packages/0/waiters/run-over)\n\thint: use letters and digits, and begin with a letter",
	},
	{
		"no acceptors", "packages: [{spec: a, out: b, waiters: {Over: {operation: Get, acceptors: []}}}]\n",
		"lathe.yaml:1:74: the list is empty (at #/packages/0/waiters/Over/acceptors)\n\thint: add some that say when it ends",
	},
	{
		"an odd state", "packages: [{spec: a, out: b, waiters: {Over: {operation: Get, acceptors: [{state: done, matcher: {success: true}}]}}}]\n",
		"lathe.yaml:1:83: there is no state \"done\" (at #/packages/0/waiters/Over/acceptors/0/state)\n\thint: use one of success, failure, retry",
	},
	{
		"two matchers", "packages: [{spec: a, out: b, waiters: {Over: {operation: Get, acceptors: [{state: success, matcher: {success: true, errorType: A}}]}}}]\n",
		"lathe.yaml:1:101: an acceptor has exactly one matcher (at #/packages/0/waiters/Over/acceptors/0/matcher)\n\thint: write output, inputOutput, success or errorType",
	},
	{
		"a delay as text", "packages: [{spec: a, out: b, waiters: {Over: {operation: Get, minDelay: 5s, acceptors: [{state: success, matcher: {success: true}}]}}}]\n",
		"lathe.yaml:1:73: want a number, got a string (at #/packages/0/waiters/Over/minDelay)",
	},
	{
		"no delay", "packages: [{spec: a, out: b, waiters: {Over: {operation: Get, minDelay: 0, acceptors: [{state: success, matcher: {success: true}}]}}}]\n",
		"lathe.yaml:1:73: 0 is no delay (at #/packages/0/waiters/Over/minDelay)\n\thint: write whole seconds",
	},
	{
		"delays swapped", "packages: [{spec: a, out: b, waiters: {Over: {operation: Get, minDelay: 5, maxDelay: 4, acceptors: [{state: success, matcher: {success: true}}]}}}]\n",
		"lathe.yaml:1:76: maxDelay is less than minDelay (at #/packages/0/waiters/Over/maxDelay)",
	},
	{
		"a path without comparator", "packages: [{spec: a, out: b, waiters: {Over: {operation: Get, acceptors: [{state: success, matcher: {output: {path: a, expected: b}}}]}}}]\n",
		"lathe.yaml:1:110: key \"comparator\" is missing (at #/packages/0/waiters/Over/acceptors/0/matcher/output)",
	},
}

func TestAdditionErrors(t *testing.T) {
	for _, tt := range additionErrors {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parseConfig("lathe.yaml", []byte(tt.src))
			if err == nil || err.Error() != tt.want {
				t.Errorf("got\n%v\nwant\n%s", err, tt.want)
			}
		})
	}
}
