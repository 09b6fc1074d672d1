package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"

	"example.com/lathe/diff"
	"example.com/lathe/diff/report"
	"example.com/lathe/diff/rules"
	"example.com/lathe/spec"
	"example.com/lathe/spec/openapi"
)

var update = flag.Bool("update", false, "write testdata/forms.txtar, to be reviewed")

// sampleSpecs are two versions of a service; between them is a change of each
// severity.
const sampleSpecs = "testdata/sample.txtar"

// sample is a report with a change of each severity, one of them approved.
func sample(t *testing.T) *diff.Report {
	t.Helper()
	archive, err := txtar.ParseFile(sampleSpecs)
	if err != nil {
		t.Fatal(err)
	}
	var sides []*spec.API
	for _, f := range archive.Files {
		api, err := openapi.Load(f.Name, f.Data)
		if err != nil {
			t.Fatal(err)
		}
		sides = append(sides, api)
	}
	r := diff.Compare(sides[0], sides[1])
	expires := time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)
	problems := diff.Apply(r, []diff.Approval{{
		Rule: "member-removed", Place: "shape:Stats.failed", Reason: "nobody reads it", Expires: expires, Pos: spec.Pos{File: "lathe.yaml", Line: 7, Column: 5},
	}}, expires)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return r
}

// forms holds the sample in each form.
const forms = "testdata/forms.txtar"

func TestForms(t *testing.T) {
	got := &txtar.Archive{}
	for _, form := range []struct {
		name, format string
		options      report.Options
	}{
		{"text", "text", report.Options{}},
		{"text, all, 60 columns", "text", report.Options{All: true, Width: 60}},
		{"text, strict", "text", report.Options{FailOn: rules.Strict}},
		{"markdown", "markdown", report.Options{}},
		{"github", "github", report.Options{Problems: spec.Problems{{Pos: spec.Pos{File: "lathe.yaml", Line: 3}, Message: "it accepts nothing", Hint: "remove it"}}}},
		{"changelog", "changelog", report.Options{}},
		{"junit", "junit", report.Options{}},
		{"sarif", "sarif", report.Options{Path: func(file string) string { return "below/" + file }}},
		{"json", "json", report.Options{}},
	} {
		got.Files = append(got.Files, txtar.File{Name: form.name, Data: []byte(write(t, form.format, sample(t), form.options))})
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

func write(t *testing.T, format string, r *diff.Report, o report.Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := report.Write(&out, format, r, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// many is a report of n changes in each of several rules and packages.
// manyRules is how many rules the changes of many are of.
const manyRules = 15

func many(t *testing.T, n int) *diff.Report {
	t.Helper()
	r := &diff.Report{}
	for _, id := range []string{"member-removed", "enum-value-removed", "go-comparability-lost", "enum-value-added", "error-added", "deprecated", "member-added", "member-required", "pattern-tightened", "length-tightened", "union-member-added", "member-optional", "length-loosened", "pattern-loosened", "sensitive-removed"} {
		rule, _ := rules.Find(id)
		for i := range n {
			c := diff.Change{
				Rule: rule, Place: fmt.Sprintf("shape:Shape%d.member", i), Text: fmt.Sprintf("member of Shape%d changed in a way that takes some words to say", i),
				Wire: rule.Wire.Of(nil), Go: rule.Go.Of(nil), Behaviour: rule.Behaviour.Of(nil), Hint: rule.Do,
				OldPos: spec.Pos{File: "old.yaml", Line: i + 1}, NewPos: spec.Pos{File: "new.yaml", Line: i + 1}, Operations: []string{fmt.Sprintf("GetTheDescriptionOfEnvironment%d", i)}, Directions: []rules.Direction{rules.Input},
			}
			r.Changes = append(r.Changes, c)
		}
	}
	return r
}

// A report stays short, however much changed, loses nothing with --all and in JSON,
// and fits what GitHub takes.
func TestLimits(t *testing.T) {
	for _, n := range []int{1, 4, 20, 400} {
		r := many(t, n)
		text := write(t, "text", r, report.Options{Width: 100})
		if lines := strings.Count(text, "\n"); lines > 60 {
			t.Errorf("%d changes: %d lines of text", n, lines)
		}
		if lines := strings.Count(write(t, "text", r, report.Options{Width: 58}), "\n"); n > 1 && lines > 60 {
			t.Errorf("%d changes: %d narrow lines of text", n, lines)
		}
		if n > 20 && !strings.Contains(text, "--all lists every change") {
			t.Errorf("%d changes: nothing says how to unfold\n%s", n, text)
		}
		for line := range strings.SplitSeq(text, "\n") {
			if len(line) > 100 {
				t.Errorf("%d columns: %s", len(line), line)
			}
		}
		if all := write(t, "text", r, report.Options{All: true}); strings.Count(all, "in a way that takes") != manyRules*n {
			t.Errorf("%d changes: not all are listed", n)
		}
		if got := strings.Count(write(t, "json", r, report.Options{}), `"fingerprint"`); got != manyRules*n {
			t.Errorf("%d of %d changes in JSON", got, manyRules*n)
		}
		if got := len(write(t, "markdown", r, report.Options{})); got > 65_536 {
			t.Errorf("%d changes: %d bytes of Markdown", n, got)
		}
		github := write(t, "github", r, report.Options{})
		for _, level := range []string{"::error ", "::warning "} {
			if got := strings.Count(github, level); got > 10 {
				t.Errorf("%d changes: %d of %s", n, got, level)
			}
		}
		if n > 1 && !strings.HasPrefix(github, "::error ") {
			t.Errorf("errors do not come first:\n%.200s", github)
		}
	}
}

// TestGoText says nothing of both sides where they read the same, and leaves no
// empty line for a change that stands in neither document.
func TestGoText(t *testing.T) {
	rule, _ := rules.Find("go-api-changed")
	r := &diff.Report{Changes: []diff.Change{{
		Rule: rule, Place: "go:T", Go: rules.Breaking, Text: "T changed", Hint: "Adapt callers.",
		GoChanges: []diff.GoChange{{Object: "T", Kind: "became-incomparable", Old: "type T struct", New: "type T struct", Severity: rules.Breaking}},
	}}}
	const want = `1 of 1 change breaks callers or calls: 1 breaking

  breaking  T changed
            go:T  go-api-changed: Go breaking
            Go: T became-incomparable
            Adapt callers.
`
	if diff := cmp.Diff(want, write(t, "text", r, report.Options{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNoChanges(t *testing.T) {
	for format, want := range map[string]string{
		"text": "no changes\n", "markdown": "**no changes**\n", "github": "no changes\n", "changelog": "No changes that a user of the client notices.\n",
	} {
		if got := write(t, format, &diff.Report{}, report.Options{}); got != want {
			t.Errorf("%s: %q", format, got)
		}
	}
	if got := write(t, "text", &diff.Report{Unrelated: true}, report.Options{}); !strings.Contains(got, "no operation in common") {
		t.Errorf("unrelated: %q", got)
	}
}

func TestPalette(t *testing.T) {
	red := report.Palette{Breaking: func(text string) string { return "<red>" + text + "</red>" }}
	if out := write(t, "text", sample(t), report.Options{Palette: red}); !strings.Contains(out, "  <red>breaking</red>  RunId") {
		t.Errorf("no red in %q", out)
	}
}

// Fingerprints stay when a document is moved and when other changes come and go.
func TestFingerprint(t *testing.T) {
	a, b := sample(t), sample(t)
	seen := map[string]bool{}
	for i := range a.Changes {
		b.Changes[i].NewPos.Line += 7
		b.Changes[i].Go = rules.None
		b.Changes[i].Package = "gen/x"
		if x, y := a.Changes[i].Fingerprint(), b.Changes[i].Fingerprint(); x != y || seen[x] || len(x) != 12 {
			t.Errorf("%s and %s", x, y)
		}
		seen[a.Changes[i].Fingerprint()] = true
	}
}

// TestHostileText puts into a document what would control a terminal, end a cell,
// or begin a command, and sees that no form lets it through.
func TestHostileText(t *testing.T) {
	const hostile = "x\x1b[31m\r\n::error::boo\u202e|<b>`@everyone`\u0085"
	rule, _ := rules.Find("member-removed")
	r := &diff.Report{Changes: []diff.Change{{
		Rule: rule, Place: "shape:" + hostile, Text: hostile, Old: hostile, New: hostile, Wire: rules.Breaking, Hint: "See to it.",
		OldPos: spec.Pos{File: hostile, Line: 1}, NewPos: spec.Pos{File: hostile, Line: 1}, Operations: []string{hostile}, Directions: []rules.Direction{rules.Input},
		GoChanges: []diff.GoChange{{Object: hostile, Kind: "removed", Old: hostile, Severity: rules.Breaking}},
		Use:       &diff.Use{Lines: []spec.Pos{{File: hostile, Line: 3}}},
	}}}
	for _, format := range report.Formats() {
		out := write(t, format, r, report.Options{Old: hostile, New: hostile})
		for _, c := range out {
			if format != "json" && format != "sarif" && c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Cf, c)) {
				t.Errorf("%s has the control character %q", format, c)
			}
		}
		if strings.Contains(out, "\n::error::boo") {
			t.Errorf("%s has a command: %s", format, out)
		}
		if format == "html" && strings.Contains(out, "<b>") {
			t.Errorf("markup in %s", out)
		}
	}
	outside := regexp.MustCompile("(^|[^\\\\])`[^`]*[^\\\\]`").ReplaceAllString(write(t, "markdown", r, report.Options{}), "")
	if strings.ContainsAny(regexp.MustCompile(`</?(br|details|summary)>`).ReplaceAllString(outside, ""), "<@") {
		t.Errorf("in Markdown %s", outside)
	}
	if out := write(t, "github", r, report.Options{}); strings.Count(out, "\n") != 2 {
		t.Errorf("not one annotation and a verdict: %q", out)
	}
}

// The JSON form is what its schema says, also on failure, and has all keys.
func TestSchema(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	schema, err := compiler.Compile("../../docs/diff.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	used := sample(t)
	used.Weigh(map[string][]spec.Pos{"types.Stats.Failed": {{File: "main.go", Line: 3}}})
	used.ResolveGo([]diff.GoChange{{Object: "types.Stats.Failed", Kind: "removed", Old: "*int32", Severity: rules.Breaking}})
	problems := spec.Problems{{Pos: spec.Pos{File: "lathe.yaml", Line: 3}, Message: "unused", Hint: "remove it"}}
	for name, write := range map[string]func(io.Writer) error{
		"a report": func(w io.Writer) error { return report.JSON(w, used, report.Options{Problems: problems}) },
		"nothing":  func(w io.Writer) error { return report.JSON(w, &diff.Report{}, report.Options{}) },
		"failure":  func(w io.Writer) error { return report.Failed(w, problems) },
	} {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Fatal(err)
		}
		var value any
		if err := json.Unmarshal(out.Bytes(), &value); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out.String())
		}
	}
}

// JUnit is XML whose counts are right.
func TestJUnit(t *testing.T) {
	var got struct {
		Suite struct {
			Tests    int `xml:"tests,attr"`
			Failures int `xml:"failures,attr"`
			Skipped  int `xml:"skipped,attr"`
			Cases    []struct {
				Failure *struct{} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(write(t, "junit", sample(t), report.Options{})), &got); err != nil {
		t.Fatal(err)
	}
	if s := got.Suite; s.Tests != len(s.Cases) || s.Failures != 1 || s.Skipped != 1 {
		t.Errorf("%+v", s)
	}
}
