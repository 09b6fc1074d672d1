package config

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/diff"
	"example.com/lathe/spec"
)

const approvedConfig = `packages:
  - spec: api.yaml
    out: gen
    approve:
      - rule: enum-value-removed
        place: shape:Status.OLD
        reason: nothing here reads it
        expires: 2026-12-31
      - {rule: uri-changed, place: GetRun, reason: "the old one stays, too", expires: "2027-02-28"}
`

func TestApprovals(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, Name)
	for file, data := range map[string]string{Name: approvedConfig, "api.yaml": ""} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file, err := Load(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []diff.Approval{
		{
			Rule: "enum-value-removed", Place: "shape:Status.OLD", Reason: "nothing here reads it",
			Expires: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC),
			Pos:     spec.Pos{File: name, Line: 5, Column: 9, Pointer: "/packages/0/approve/0"},
		},
		{
			Rule: "uri-changed", Place: "GetRun", Reason: "the old one stays, too",
			Expires: time.Date(2027, 2, 28, 0, 0, 0, 0, time.UTC),
			Pos:     spec.Pos{File: name, Line: 9, Column: 9, Pointer: "/packages/0/approve/1"},
		},
	}
	if changed := cmp.Diff(want, file.Packages[0].Approvals); changed != "" {
		t.Errorf("(-want +got):\n%s", changed)
	}
}

var approveErrors = []struct{ name, src, want string }{
	{
		"no list", "packages: [{spec: a, out: b, approve: enum-value-removed}]\n",
		"lathe.yaml:1:39: want a list, got a string (at #/packages/0/approve)",
	},
	{
		"an empty list", "packages: [{spec: a, out: b, approve: []}]\n",
		"lathe.yaml:1:39: the list is empty (at #/packages/0/approve)\n\thint: leave the key out",
	},
	{
		"all keys are needed", "packages:\n  - spec: a\n    out: b\n    approve:\n      - expire: 2026-12-31\n",
		`lathe.yaml:5:9: unknown key "expire" (at #/packages/0/approve/0/expire)` + "\n\thint: did you mean \"expires\"?\n" +
			`lathe.yaml:5:9: key "rule" is missing (at #/packages/0/approve/0)` + "\n" +
			`lathe.yaml:5:9: key "place" is missing (at #/packages/0/approve/0)` + "\n" +
			`lathe.yaml:5:9: key "reason" is missing (at #/packages/0/approve/0)` + "\n" +
			`lathe.yaml:5:9: key "expires" is missing (at #/packages/0/approve/0)`,
	},
	{
		"no dates",
		"packages:\n  - spec: a\n    out: b\n    approve:\n" +
			"      - {rule: r, place: p, reason: x, expires: 2026-02-30}\n" +
			"      - {rule: r, place: q, reason: x, expires: soon}\n" +
			"      - {rule: r, place: s, reason: x, expires: 2026-12-31T00:00:00Z}\n" +
			"      - {rule: r, place: t, reason: x, expires: 2026}\n" +
			"      - {rule: r, place: u, reason: '', expires: }\n",
		`lathe.yaml:5:49: "2026-02-30" is not a date (at #/packages/0/approve/0/expires)` + "\n\thint: write it like 2026-12-31\n" +
			`lathe.yaml:6:49: "soon" is not a date (at #/packages/0/approve/1/expires)` + "\n\thint: write it like 2026-12-31\n" +
			`lathe.yaml:7:49: "2026-12-31T00:00:00Z" is not a date (at #/packages/0/approve/2/expires)` + "\n\thint: write it like 2026-12-31\n" +
			"lathe.yaml:8:49: want a string, got a number (at #/packages/0/approve/3/expires)\n\thint: put it in quotes\n" +
			"lathe.yaml:9:37: a string is empty (at #/packages/0/approve/4/reason)\n" +
			"lathe.yaml:9:41: want a string, got nothing (at #/packages/0/approve/4/expires)",
	},
	{
		"one approval twice",
		"packages:\n  - spec: a\n    out: b\n    approve:\n" +
			"      - {rule: r, place: p, reason: x, expires: 2026-12-31}\n" +
			"      - {rule: r, place: p, reason: y, expires: 2027-12-31}\n",
		"lathe.yaml:6:9: r at p is approved twice, first at line 5 (at #/packages/0/approve/1)",
	},
}

func TestApproveErrors(t *testing.T) {
	for _, tt := range approveErrors {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parseConfig(Name, []byte(tt.src))
			if err == nil {
				t.Fatal("got no error")
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
