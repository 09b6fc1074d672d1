package diff_test

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"example.com/lathe/internal/diff"
)

var update = flag.Bool("update", false, "write testdata/changes.txtar anew, to be reviewed line by line")

// golden holds the report of each change, and behind the line "swapped" that of
// the way back.
const golden = "testdata/changes.txtar"

const swapped = "swapped\n"

func allChanges() []specChange {
	return slices.Concat(serviceChanges, operationChanges, errorChanges, memberChanges, shapeChanges, limitChanges)
}

func (c specChange) edits() map[string]edits {
	return map[string]edits{"openapi": c.openapi, "smithy": c.smithy, "c2j": c.c2j}
}

// TestChanges makes each change in each format that can say it and compares the
// whole report, there and back.
func TestChanges(t *testing.T) {
	archive, err := txtar.ParseFile(golden)
	if err != nil && !*update {
		t.Fatal(err)
	}
	want := map[string]string{}
	if archive != nil {
		for _, f := range archive.Files {
			want[f.Name] = string(f.Data)
		}
	}
	var written []txtar.File
	seen := map[string]bool{}
	for _, c := range allChanges() {
		if seen[c.name] {
			t.Errorf("two changes are called %q", c.name)
		}
		seen[c.name] = true
		t.Run(c.name, func(t *testing.T) {
			for _, format := range formats {
				pairs := c.edits()[format]
				if pairs == nil {
					continue
				}
				before, after := base[format].mustLoad(t), base[format].edit(t, pairs...).mustLoad(t)
				got := lines(diff.Compare(before, after)) + swapped + lines(diff.Compare(after, before))
				if *update && !slices.ContainsFunc(written, func(f txtar.File) bool { return f.Name == c.name }) {
					written = append(written, txtar.File{Name: c.name, Data: []byte(got)})
					want[c.name] = got
				}
				if diff := cmp.Diff(want[c.name], got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", format, diff)
				}
			}
		})
	}
	for name := range want {
		if !seen[name] {
			t.Errorf("%s has %q, which is no change here", golden, name)
		}
	}
	if *update {
		if err := os.WriteFile(golden, txtar.Format(&txtar.Archive{Files: written}), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestEnoughChanges holds the table to its size: at least 80 changes, and each in
// every format that can say it counts as one.
func TestEnoughChanges(t *testing.T) {
	if n := len(allChanges()); n < 80 {
		t.Errorf("there are only %d changes", n)
	}
}

// TestEveryRuleIsHit sees that some change brings up each rule.
func TestEveryRuleIsHit(t *testing.T) {
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	hit := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if words := strings.Fields(line); len(words) > 2 {
			hit[words[1]] = true
		}
	}
	for _, r := range diff.Rules() {
		if !hit[r.ID] && !hitElsewhere[r.ID] {
			t.Errorf("no change brings up %s", r.ID)
		}
		if hit[r.ID] && hitElsewhere[r.ID] {
			t.Errorf("the table brings up %s now: it needs no place elsewhere", r.ID)
		}
	}
}

// hitElsewhere are the rules that need models which no document gives, or a
// comparison of Go; the tests of those are TestModelChanges and TestResolveGo.
var hitElsewhere = map[string]bool{
	"go-api-changed": true, "go-constant-changed": true, "error-trait-changed": true, "xml-binding-changed": true,
}
