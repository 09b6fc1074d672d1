package diff_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
)

var update = flag.Bool("update", false, "write the reports in testdata/cases, to be reviewed line by line")

// testCase is an archive of testdata/cases: a change, as a patch of the base service
// in each format that can say it, or as two documents, with the report of it and that
// of the way back. A format whose reports differ has its own.
type testCase struct {
	name, file string
	archive    *txtar.Archive
	files      map[string]string
}

func loadCases(t testing.TB) []testCase {
	t.Helper()
	files, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d cases: %v", len(files), err)
	}
	var all []testCase
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c := testCase{strings.TrimSuffix(filepath.Base(file), ".txtar"), file, archive, map[string]string{}}
		for _, f := range archive.Files {
			c.files[f.Name] = string(f.Data)
		}
		all = append(all, c)
	}
	return all
}

// sides are the two documents of a case in a format; ok is false when the format
// can't say it.
func (c testCase) sides(t testing.TB, format string) (before, after document, ok bool) {
	t.Helper()
	if text, whole := c.files["old."+format]; whole {
		return document{format, text}, document{format, c.files["new."+format]}, true
	}
	patch, ok := c.files[format+".patch"]
	if !ok {
		return document{}, document{}, false
	}
	return base[format], base[format].patched(t, patch), true
}

// first is the first format that can say the change.
func (c testCase) first(t testing.TB) (before, after document) {
	t.Helper()
	for _, format := range formats {
		if before, after, ok := c.sides(t, format); ok {
			return before, after
		}
	}
	t.Fatalf("%s has no documents", c.file)
	return document{}, document{}
}

// patched makes the changes of a patch: lines behind "-" are replaced by those behind
// "+", where both stand among lines that stay.
func (d document) patched(t testing.TB, patch string) document {
	t.Helper()
	done, rest := "", d.text
	for hunk := range strings.SplitSeq(strings.TrimPrefix(patch, "@@\n"), "\n@@\n") {
		var before, after strings.Builder
		for line := range strings.Lines(strings.TrimSuffix(hunk, "\n") + "\n") {
			if line[0] != '+' {
				before.WriteString(line[1:])
			}
			if line[0] != '-' {
				after.WriteString(line[1:])
			}
		}
		at := strings.Index(rest, before.String())
		if at < 0 {
			t.Fatalf("%s has no\n%s", d.format, before.String())
		}
		done += rest[:at] + after.String()
		rest = rest[at+before.Len():]
	}
	return document{d.format, done + rest}
}

// TestCases compares the whole report of each case in each format, there and back.
func TestCases(t *testing.T) {
	for _, c := range loadCases(t) {
		t.Run(c.name, func(t *testing.T) {
			for _, format := range formats {
				before, after, ok := c.sides(t, format)
				if !ok {
					continue
				}
				x, y := before.mustLoad(t), after.mustLoad(t)
				c.expect(t, format, "report", lines(diff.Compare(x, y)))
				c.expect(t, format, "back", lines(diff.Compare(y, x)))
			}
			if *update {
				c.write(t)
			}
		})
	}
}

// expect compares a report with the one of the case, or takes it.
func (c testCase) expect(t *testing.T, format, name, got string) {
	t.Helper()
	if _, own := c.files[format+"."+name]; own {
		name = format + "." + name
	}
	if _, known := c.files[name]; *update && !known {
		c.files[name] = got
	}
	if diff := cmp.Diff(c.files[name], got); diff != "" {
		if *update {
			c.files[name] = got
			return
		}
		t.Errorf("%s (-want +got):\n%s", format, diff)
	}
}

func (c testCase) write(t *testing.T) {
	t.Helper()
	var all []txtar.File
	for _, f := range c.archive.Files {
		if !strings.HasSuffix(f.Name, "report") && !strings.HasSuffix(f.Name, "back") {
			all = append(all, f)
		}
	}
	for _, prefix := range []string{"", "openapi.", "smithy.", "c2j."} {
		for _, name := range []string{"report", "back"} {
			if text, ok := c.files[prefix+name]; ok {
				all = append(all, txtar.File{Name: prefix + name, Data: []byte(text)})
			}
		}
	}
	if err := os.WriteFile(c.file, txtar.Format(&txtar.Archive{Comment: c.archive.Comment, Files: all}), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestEveryRuleIsHit sees that some case brings up each rule.
func TestEveryRuleIsHit(t *testing.T) {
	hit := map[string]bool{}
	for _, c := range loadCases(t) {
		for name, text := range c.files {
			if !strings.HasSuffix(name, "report") && !strings.HasSuffix(name, "back") {
				continue
			}
			for line := range strings.Lines(text) {
				hit[strings.Fields(line)[1]] = true
			}
		}
	}
	for _, r := range rules.All() {
		if !hit[r.ID] && !slices.Contains(hitElsewhere, r.ID) {
			t.Errorf("no case brings up %s", r.ID)
		}
		if hit[r.ID] && slices.Contains(hitElsewhere, r.ID) {
			t.Errorf("a case brings up %s now: it needs no place elsewhere", r.ID)
		}
	}
}

// hitElsewhere are the rules that need models which no document gives, a comparison of
// Go, of packages or of options; the tests of those are TestModelChanges, TestResolveGo,
// TestCompareClients and those of the command.
var hitElsewhere = []string{"go-type-guessed", "go-api-changed", "error-trait-changed", "go-name-changed", "package-removed", "package-renamed",
	"lean-changed", "presign-changed", "module-changed", "protocol-chosen-changed"}
