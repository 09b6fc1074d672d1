package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"
)

func TestFit(t *testing.T) {
	const row = "left out   gen/api: Watch, Follow: event streams are not supported\n"
	for _, tt := range []struct {
		name, text string
		width      int
		want       string
	}{
		{"no terminal", row, 0, row},
		{"room enough", row, 200, row},
		{"below the last column", row, 40, "left out   gen/api: Watch, Follow: event\n           streams are not supported\n"},
		{
			"a hint", "x.yaml:1:1: it is wrong\n\thint: write it as the other documents do\n", 30,
			"x.yaml:1:1: it is wrong\n    hint: write it as the\n        other documents do\n",
		},
		{"a hint with room", "it is wrong\n\thint: write it as\n", 30, "it is wrong\n    hint: write it as\n"},
		{"a word without room", "see internal/a/very/long/path.go now", 20, "see\n    internal/a/very/long/path.go\n    now"},
		{"no last line break", "one two three", 7, "one two\n    three"},
		{"wide letters", "日本語 日本語 日本語", 14, "日本語 日本語\n    日本語"},
		{"a column far right", "a-long-name-of-a-flag        what it does", 30, "a-long-name-of-a-flag\n    what it does"},
	} {
		if diff := cmp.Diff(tt.want, fit(tt.text, tt.width)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// Rows are in columns where a terminal has room for them; else the last column is broken,
// or each row becomes a few lines. No line is wider than the terminal.
func TestTable(t *testing.T) {
	rows := [][]string{
		{"OPERATION", "METHOD", "PATH", "SHAPES", "NOTES"},
		{"GetRun", "GET", "/v2/domains/{domainIdentifier}/runs/{identifier}", "12", "waiters RunDone, limited: it is not signed with SigV4A"},
		{"Watch", "-", "-", "3", "supported"},
	}
	const wide = `OPERATION  METHOD  PATH                                              SHAPES  NOTES
GetRun     GET     /v2/domains/{domainIdentifier}/runs/{identifier}  12      waiters RunDone, limited: it is not signed with SigV4A
Watch      -       -                                                 3       supported
`
	for width, want := range map[int]string{
		0: wide, 200: wide,
		100: `OPERATION  METHOD  PATH                                              SHAPES  NOTES
GetRun     GET     /v2/domains/{domainIdentifier}/runs/{identifier}  12      waiters RunDone,
                                                                             limited: it is not
                                                                             signed with SigV4A
Watch      -       -                                                 3       supported
`,
		80: `GetRun
  GET, /v2/domains/{domainIdentifier}/runs/{identifier}, 12 shapes, waiters
  RunDone, limited: it is not signed with SigV4A
Watch
  3 shapes, supported
`,
		40: `GetRun
  GET,
  /v2/domains/{domainIdentifier}/runs/
  {identifier}, 12 shapes, waiters
  RunDone, limited: it is not signed
  with SigV4A
Watch
  3 shapes, supported
`,
	} {
		got := table(rows, width)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d columns (-want +got):\n%s", width, diff)
		}
		for line := range strings.Lines(got) {
			if n := len(line) - 1; width > 0 && n > width {
				t.Errorf("%d columns: a line of %d", width, n)
			}
		}
	}
}

// Rows whose first cell is empty stay below the row that they belong to.
func TestTableBelow(t *testing.T) {
	rows := adoptReport{Services: []serviceReport{{Package: "sts", Of: 9, Operations: []useReport{{Name: "AssumeRole", Uses: []string{
		"github.com/aws/aws-sdk-go-v2/config@v1.33.18/resolve_credentials.go:581", "example.com/keys/v2@v2.1.0/keys.go:7",
	}}}}}}.rows()
	for width, want := range map[int]string{
		0: "SERVICE  OPERATION   CALLED FROM\n" +
			"sts      1 of 9\n" +
			"         AssumeRole  config@v1.33.18/resolve_credentials.go:581 keys/v2@v2.1.0/keys.go:7\n",
		30: "sts\n  1 of 9\n  AssumeRole, config@v1.33.18/\n  resolve_credentials.go:581\n  keys/ v2@v2.1.0/keys.go:7\n",
	} {
		if diff := cmp.Diff(want, table(rows, width)); diff != "" {
			t.Errorf("%d columns (-want +got):\n%s", width, diff)
		}
	}
}

// Several reasons stand below the service, the hint that all of them have once.
func TestStays(t *testing.T) {
	missing := func(name, hint string) problemReport {
		return problemReport{File: "example.com/keys@v1.0.0/keys.go", Line: 7, Message: name + " is not there", Hint: hint}
	}
	for _, tt := range []struct {
		reasons []problemReport
		want    string
	}{
		{nil, ""},
		{[]problemReport{missing("A", "newer")}, "sts stays official: example.com/keys@v1.0.0/keys.go:7: A is not there\n\thint: newer\n"},
		{
			[]problemReport{missing("A", "newer"), missing("B", "newer")},
			"sts stays official for 2 reasons:\n\tkeys@v1.0.0/keys.go:7: A is not there\n\tkeys@v1.0.0/keys.go:7: B is not there\n\thint: newer\n",
		},
		{
			[]problemReport{missing("A", "newer"), missing("B", "")},
			"sts stays official for 2 reasons:\n\tkeys@v1.0.0/keys.go:7: A is not there\n\thint: newer\n\tkeys@v1.0.0/keys.go:7: B is not there\n",
		},
		{
			slices.Repeat([]problemReport{missing("A", "")}, maxReasons+2),
			"sts stays official for 7 reasons:\n" + strings.Repeat("\tkeys@v1.0.0/keys.go:7: A is not there\n", maxReasons) + "\tand 2 more\n",
		},
	} {
		if diff := cmp.Diff(tt.want, stay([]serviceReport{{Package: "sts", Reasons: tt.reasons}})); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
}

// Services that stay for the same reason are one line, and those in between are not lost.
func TestStayTogether(t *testing.T) {
	none := []problemReport{{Message: "there is no model of the service in models", Hint: "newer"}}
	got := stay([]serviceReport{
		{Package: "kms", Reasons: none}, {Package: "s3"},
		{Package: "sns", Reasons: []problemReport{{Message: "go.mod replaces it already"}}},
		{Package: "sso", Reasons: none},
	})
	want := "kms, sso stay official: there is no model of the service in models\n\thint: newer\nsns stays official: go.mod replaces it already\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Whatever the text, no line is wider than the terminal unless it is a single word, and
// no word is lost.
func FuzzFit(f *testing.F) {
	f.Add("created    gen/a/client.go: one two three\n\thint: four five\n", 20)
	f.Add("", 1)
	f.Add("  \n\n a  b   c", 3)
	f.Fuzz(func(t *testing.T, text string, width int) {
		if width < 1 || width > 500 {
			t.Skip("no terminal has such a width")
		}
		got := fit(text, width)
		if diff := cmp.Diff(strings.Fields(text), strings.Fields(got)); diff != "" {
			t.Errorf("words changed:\n%s", diff)
		}
		for line := range strings.SplitSeq(got, "\n") {
			if expanded := strings.ReplaceAll(line, "\t", "        "); uniseg.StringWidth(expanded) > width && len(strings.Split(strings.TrimLeft(line, " "), " ")) > 1 && !strings.Contains(line, "  ") {
				t.Errorf("%d columns: %q", width, line)
			}
		}
	})
}
