package report_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"example.com/lathe/internal/adopt/report"
	"example.com/lathe/internal/adopt/weigh"
)

func won() *report.Won {
	return &report.Won{
		Module: "example.com/<program>",
		Services: []report.Service{
			{Package: "s3", Version: "v1.97.3", Operations: 13, Of: 107},
			{Package: "sts", Version: "v1.41.5", Operations: 2, Of: 11},
		},
		Before: weigh.Figures{
			Packages: 24, Lines: 310221, CPU: 31200 * time.Millisecond, Memory: 1_250_000_000,
			Programs: []weigh.Binary{{ImportPath: "example.com/program/cmd/x", Bytes: 33_100_000, Stripped: 22_000_000}},
			Init:     weigh.Init{Packages: 4, Bytes: 18_400, Allocs: 310},
		},
		After: weigh.Figures{
			Packages: 9, Lines: 12001, CPU: 1900 * time.Millisecond, Memory: 120_000_000,
			Programs: []weigh.Binary{{ImportPath: "example.com/program/cmd/x", Bytes: 20_200_000, Stripped: 13_300_000}},
			Init:     weigh.Init{Packages: 1, Bytes: 700, Allocs: 310},
		},
	}
}

func written(t *testing.T, w *report.Won, name string) string {
	t.Helper()
	var text strings.Builder
	if err := w.Write(&text, name); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func TestText(t *testing.T) {
	const want = `example.com/<program>: 2 services, 15 of 118 operations

WHAT                            BEFORE   AFTER     LESS
packages of the SDK's services  24       9         62 %
their lines of Go               310,221  12,001    96 %
compiling them, processor time  31.20 s  1.90 s    94 %
compiling them, most memory     1.25 GB  120.0 MB  90 %
x, binary                       33.1 MB  20.2 MB   39 %
x, stripped                     22.0 MB  13.3 MB   40 %
before main, allocated          18.4 kB  0.7 kB    96 %
before main, allocations        310      310       -

SERVICE  OPERATIONS
s3       13 of 107
sts      2 of 11
`
	if diff := cmp.Diff(want, written(t, won(), "-")); diff != "" {
		t.Error(diff)
	}
}

// Commands that were not linked are counted.
func TestNote(t *testing.T) {
	w := won()
	w.Before.Others = 41
	for _, name := range []string{"", "won.html"} {
		if text := written(t, w, name); !strings.Contains(text, "Of 42 commands those with the most packages were linked.") {
			t.Error(text)
		}
	}
}

// What a system does not measure is not there.
func TestUnknown(t *testing.T) {
	w := won()
	w.Before.Memory, w.After.Memory = 0, 0
	if text := written(t, w, ""); strings.Contains(text, "memory") {
		t.Error(text)
	}
}

func TestJSON(t *testing.T) {
	w := won()
	var got report.Won
	if err := json.Unmarshal([]byte(written(t, w, "won.json")), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(w, &got); diff != "" {
		t.Error(diff)
	}
}

// The page shows each measure with its bars, and needs nothing else.
func TestHTML(t *testing.T) {
	text := written(t, won(), "won.HTML")
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	bars := 0
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "src" || a.Key == "href" {
				t.Errorf("the page needs %s", a.Val)
			}
			if a.Key == "style" {
				bars++
			}
		}
	}
	if want := 2 * (8 + 2); bars != want {
		t.Errorf("%d bars, want %d", bars, want)
	}
	for _, part := range []string{"example.com/&lt;program&gt;", "width: 61%", "width: 12%", "13 of 107", "1.25 GB"} {
		if !strings.Contains(text, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
}

// The longer one of two bars is whole, whichever that is.
func TestBars(t *testing.T) {
	for _, c := range []struct {
		before, after int
		bars          string
	}{
		{100, 61, `before" style="width: 100%"></div><div class="bar after" style="width: 61%"`},
		{13, 23, `before" style="width: 57%"></div><div class="bar after" style="width: 100%"`},
	} {
		w := &report.Won{Before: weigh.Figures{Packages: c.before}, After: weigh.Figures{Packages: c.after}}
		if text := written(t, w, "won.html"); !strings.Contains(text, c.bars) {
			t.Errorf("%d and %d: the page lacks %s:\n%s", c.before, c.after, c.bars, text)
		}
	}
}
