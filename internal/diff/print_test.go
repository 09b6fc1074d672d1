package diff_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"example.com/lathe/internal/diff"
	"example.com/lathe/spec"
)

// sample is a report with a change of each severity, one of them approved.
func sample(t *testing.T) *diff.Report {
	t.Helper()
	before := base["openapi"].mustLoad(t)
	after := base["openapi"].edit(t,
		openStats, "        added: {$ref: '#/components/schemas/Integer'}\n",
		"enum: [NEW, RUNNING, DONE]", "enum: [NEW, RUNNING, DONE, LOST]",
		"'[a-z0-9-]{1,36}'", "'[a-z0-9]{1,20}'",
		"        secret: {", "        owner: {$ref: '#/components/schemas/String'}\n        secret: {",
		"What happened.", "What went on.",
	).mustLoad(t)
	r := diff.Compare(before, after)
	problems := diff.Apply(r, []diff.Approval{{
		Rule: "member-removed", Place: "shape:Stats.failed", Reason: "nobody reads it", Expires: day("2026-12-31"), Pos: spec.Pos{File: "lathe.yaml", Line: 7, Column: 5},
	}}, day("2026-12-31"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return r
}

func day(text string) time.Time {
	d, err := time.Parse("2006-01-02", text)
	if err != nil {
		panic(err)
	}
	return d
}

// forms holds a report in each form for people.
const forms = "testdata/forms.txtar"

func TestForms(t *testing.T) {
	got := &txtar.Archive{}
	for _, form := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"text", func(w io.Writer) error { return sample(t).Text(w, diff.Palette{}) }},
		{"markdown", func(w io.Writer) error { return sample(t).Markdown(w) }},
		{"github", func(w io.Writer) error { return sample(t).GitHub(w, nil) }},
	} {
		var out bytes.Buffer
		if err := form.write(&out); err != nil {
			t.Fatal(err)
		}
		got.Files = append(got.Files, txtar.File{Name: form.name, Data: out.Bytes()})
	}
	if *update {
		if err := os.WriteFile(forms, txtar.Format(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(forms)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(txtar.Format(got))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestGoText says nothing of both sides where they read the same, and leaves no
// empty line for a change that stands in neither document.
func TestGoText(t *testing.T) {
	r := &diff.Report{Changes: []diff.Change{{
		Rule: "go-api-changed", Place: "go:T", Go: diff.Breaking, Text: "T changed", Hint: "Adapt callers.",
		GoChanges: []diff.GoChange{{Object: "T", Kind: "became-incomparable", Old: "type T struct", New: "type T struct", Breaking: true}},
	}}}
	var b strings.Builder
	if err := r.Text(&b, diff.Palette{}); err != nil {
		t.Fatal(err)
	}
	const want = `1 change: 1 breaking, 0 notable, 0 none

The service
  breaking  T changed
            go:T  go-api-changed: Go breaking
            Go: T became-incomparable
            Adapt callers.
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNoChanges(t *testing.T) {
	var out bytes.Buffer
	if err := (&diff.Report{}).Text(&out, diff.Palette{}); err != nil || out.String() != "no changes\n" {
		t.Errorf("%v, %q", err, out.String())
	}
}

func TestPalette(t *testing.T) {
	var out bytes.Buffer
	red := diff.Palette{Breaking: func(text string) string { return "<red>" + text + "</red>" }}
	if err := sample(t).Text(&out, red); err != nil || !strings.Contains(out.String(), "  <red>breaking</red>  RunId") {
		t.Errorf("%v, no red in %q", err, out.String())
	}
}

// TestHostileText puts into a document what would control a terminal, end a cell,
// or begin a command, and sees that no form lets it through.
func TestHostileText(t *testing.T) {
	const hostile = "x\x1b[31m\r\n::error::boo\u202e|<b>`@everyone`\u0085"
	r := &diff.Report{Changes: []diff.Change{{
		Rule: "member-removed", Place: "shape:" + hostile, Text: hostile, Old: hostile, New: hostile, Wire: diff.Breaking, Hint: "See to it.",
		OldPos: spec.Pos{File: hostile, Line: 1}, NewPos: spec.Pos{File: hostile, Line: 1}, Operations: []string{hostile}, Directions: []diff.Direction{diff.Input},
		GoChanges: []diff.GoChange{{Object: hostile, Kind: "removed", Old: hostile, Breaking: true}},
	}}}
	checkPrinting(t, r)
	var out bytes.Buffer
	err := r.Markdown(&out)
	outside := regexp.MustCompile("(^|[^\\\\])`[^`]*[^\\\\]`").ReplaceAllString(out.String(), "")
	if err != nil || strings.ContainsAny(strings.ReplaceAll(outside, "<br>", ""), "<@") {
		t.Errorf("%v, in Markdown %s", err, outside)
	}
	out.Reset()
	if err := r.GitHub(&out, nil); err != nil || strings.Count(out.String(), "\n") != 2 {
		t.Errorf("%v, not one annotation and a summary: %q", err, out.String())
	}
}

// checkPrinting sees that no form has control characters, and that the JSON is
// some.
func checkPrinting(t *testing.T, r *diff.Report) {
	t.Helper()
	var text, markdown, github, object bytes.Buffer
	for _, err := range []error{r.Text(&text, diff.Palette{}), r.Markdown(&markdown), r.GitHub(&github, nil), r.JSON(&object, nil)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, out := range map[string]string{"text": text.String(), "markdown": markdown.String(), "github": github.String()} {
		for _, c := range out {
			if c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Cf, c)) {
				t.Errorf("%s has the control character %q", name, c)
			}
		}
	}
	if !json.Valid(object.Bytes()) {
		t.Errorf("not JSON: %s", object.String())
	}
}

func TestJSON(t *testing.T) {
	var out bytes.Buffer
	if err := sample(t).JSON(&out, spec.Problems{{Pos: spec.Pos{File: "lathe.yaml", Line: 3}, Message: "unused", Hint: "remove it"}}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		OK      bool
		Counts  map[string]int
		Changes []map[string]any
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"breaking": 2, "notable": 1, "none": 2, "approved": 1}, got.Counts); diff != "" || got.OK || len(got.Changes) != 5 {
		t.Errorf("ok %v, %d changes, counts %s", got.OK, len(got.Changes), diff)
	}
	want := map[string]any{
		"rule": "member-removed", "place": "shape:Stats.failed", "severity": "breaking", "wire": "notable", "go": "breaking", "behaviour": "none",
		"text": "failed of Stats is gone", "hint": "Remove the field from callers before the client is made anew.", "old": "an integer", "new": "",
		"oldPos":     map[string]any{"file": "runs.yaml", "line": 111.0, "column": 9.0, "pointer": "/components/schemas/Stats/properties/failed"},
		"newPos":     map[string]any{"file": "runs.yaml", "line": 107.0, "column": 5.0, "pointer": "/components/schemas/Stats"},
		"operations": []any{"GetRun", "ListRuns", "PutRun"}, "directions": []any{"input", "output"}, "goChanges": []any{},
		"approval": map[string]any{
			"reason": "nobody reads it", "expires": "2026-12-31",
			"pos": map[string]any{"file": "lathe.yaml", "line": 7.0, "column": 5.0, "pointer": ""},
		},
	}
	for _, c := range got.Changes {
		if c["rule"] == "member-removed" {
			if diff := cmp.Diff(want, c); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		}
	}
}
