package diff_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
)

// TestResolveGo adds to a report what a comparison of the Go APIs found: it goes to
// the changes that cause it, overrules predictions, and is reported alone when nothing
// explains it.
func TestResolveGo(t *testing.T) {
	before := base["openapi"].mustLoad(t)
	after := base["openapi"].edit(t,
		openStats, "        added: {$ref: '#/components/schemas/Size'}\n",
		"enum: [NEW, RUNNING, DONE]", "enum: [NEW, RUNNING, DONE, LOST]",
		"enum: [NEW, RUNNING, DONE, LOST]", "enum: [new, RUNNING, DONE, LOST], x-enum-varnames: [NEW, RUNNING, DONE, LOST]",
		"  /v1/uploads:\n    post:", "  /v1/uploads:\n    x-none:",
		"      description: Counts.\n", "      description: Counts.\n      deprecated: true\n",
	).mustLoad(t)
	r := diff.Compare(before, after)
	r.ResolveGo([]diff.GoChange{
		{Object: "types.Stats.Added", Kind: "type", Old: "*int32", New: "*int64", Severity: rules.Breaking},
		{Object: "types.StatusLost", Kind: "added"},
		{Object: "types.Stats.String", Kind: "removed", Old: "func() string", Severity: rules.Breaking},
		{Object: "types.StatusNew", Kind: "value", Old: `"NEW"`, New: `"new"`, Severity: rules.Breaking},
		{Object: "UploadRunInput.Body", Kind: "removed", Severity: rules.Breaking},
		{Object: "Options.Extra", Kind: "added", New: "bool"},
	})
	got := map[string]rules.Severity{}
	attached := map[string]int{}
	for _, c := range r.Changes {
		got[c.Rule.ID+" "+c.Place] = c.Go
		attached[c.Rule.ID+" "+c.Place] = len(c.GoChanges)
	}
	want := map[string]rules.Severity{
		"number-widened shape:Stats.added":     rules.Breaking,
		"range-tightened shape:Stats.added":    rules.None,
		"member-removed shape:Stats.failed":    rules.None, // predicted, and not found
		"enum-value-added shape:Status.LOST":   rules.None,
		"enum-value-changed shape:Status.NEW":  rules.Breaking,
		"operation-removed UploadRun":          rules.Breaking,
		"deprecated shape:Stats":               rules.Notable,
		"go-api-changed go:types.Stats.String": rules.Breaking,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("severities (-want +got):\n%s", diff)
	}
	if attached["number-widened shape:Stats.added"] != 1 || attached["enum-value-added shape:Status.LOST"] != 1 {
		t.Errorf("attached: %v", attached)
	}
}
