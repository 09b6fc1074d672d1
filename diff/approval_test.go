package diff_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
	"example.com/lathe/spec"
)

func TestApply(t *testing.T) {
	before := base["openapi"].mustLoad(t)
	after := base["openapi"].edit(t, openStats, "        added: {$ref: '#/components/schemas/Integer'}\n", "enum: [NEW, RUNNING, DONE]", "enum: [NEW, RUNNING, DONE, LOST]").mustLoad(t)
	at := spec.Pos{File: "lathe.yaml", Line: 9, Column: 3}
	for _, c := range []struct {
		name, rule, place, expires string
		approved                   bool
		message, hint              string
	}{
		{"good", "member-removed", "shape:Stats.failed", "2026-06-01", true, "", ""},
		{"last day", "member-removed", "shape:Stats.failed", "2026-05-31", true, "", ""},
		{"expired", "member-removed", "shape:Stats.failed", "2026-05-30", false, "approval of member-removed at shape:Stats.failed expired on 2026-05-30", "fix what breaks, or give the approval a later date"},
		{"elsewhere", "member-removed", "shape:Stats.added", "2026-06-01", false, "approval of member-removed at shape:Stats.added accepts nothing: there is no such breaking change", "remove it"},
		{"not breaking", "enum-value-added", "shape:Status.LOST", "2026-06-01", false, "approval of enum-value-added at shape:Status.LOST accepts nothing: there is no such breaking change", "remove it"},
		{"expired and unused", "member-removed", "x", "2020-06-01", false, "approval of member-removed at x accepts nothing: there is no such breaking change", "remove it"},
		{"no rule", "member-remove", "shape:Stats.failed", "2026-06-01", false, "approval of shape:Stats.failed: there is no rule member-remove", "did you mean member-removed?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := diff.Compare(before, after)
			got := diff.Apply(r, []diff.Approval{{Rule: c.rule, Place: c.place, Reason: "reason", Expires: day(c.expires), Pos: at}}, day("2026-05-31"))
			var want spec.Problems
			if c.message != "" {
				want = spec.Problems{{Pos: at, Message: c.message, Hint: c.hint}}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if r.Fails(rules.Breaking) == c.approved {
				t.Errorf("breaking is %v", r.Fails(rules.Breaking))
			}
		})
	}
}
