package diff_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"example.com/lathe/diff"
	"example.com/lathe/spec"
	"example.com/lathe/spec/c2j"
	"example.com/lathe/spec/openapi"
	"example.com/lathe/spec/smithy"
)

// document is one service as a text of one format.
type document struct{ format, text string }

// The base service, the same in each format; of C2J the files beside it are part of
// the text.
var base = map[string]document{
	"openapi": {"openapi", readBase("testdata/runs.yaml")},
	"smithy":  {"smithy", readBase("testdata/runs.smithy.json")},
	"c2j":     {"c2j", readBase("testdata/runs.c2j.txtar")},
}

func readBase(file string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	return string(data)
}

var formats = []string{"openapi", "smithy", "c2j"}

// load reads the document.
func (d document) load() (*spec.API, error) {
	switch d.format {
	case "openapi":
		return openapi.Load("runs.yaml", []byte(d.text))
	case "smithy":
		return smithy.Load("runs.json", []byte(d.text), smithy.Options{})
	default:
		files := fstest.MapFS{}
		for _, f := range txtar.Parse([]byte(d.text)).Files {
			files[f.Name] = &fstest.MapFile{Data: f.Data}
		}
		return c2j.Load("service-2.json", files["service-2.json"].Data, c2j.Options{Siblings: files})
	}
}

func (d document) mustLoad(t testing.TB) *spec.API {
	t.Helper()
	api, err := d.load()
	if err != nil {
		t.Fatalf("%s: %v", d.format, err)
	}
	return api
}

// edit replaces texts, given as old and new in turn, the first of each, which must be there.
func (d document) edit(t *testing.T, pairs ...string) document {
	t.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		if !strings.Contains(d.text, pairs[i]) {
			t.Fatalf("%s has no %q", d.format, pairs[i])
		}
		d.text = strings.Replace(d.text, pairs[i], pairs[i+1], 1)
	}
	return d
}

// TestFormatsAgree sees that the service is the same in each format: neither the
// models nor anything that a comparison looks at differ.
func TestFormatsAgree(t *testing.T) {
	for _, from := range formats {
		for _, to := range formats {
			a, b := base[from].mustLoad(t), base[to].mustLoad(t)
			if diff := cmp.Diff(dump(t, a), dump(t, b)); diff != "" {
				t.Fatalf("%s and %s are not one service:\n%s", from, to, diff)
			}
			if got := lines(diff.Compare(a, b)); got != "" {
				t.Errorf("from %s to %s:\n%s", from, to, got)
			}
		}
	}
}

func dump(t *testing.T, api *spec.API) string {
	t.Helper()
	var text bytes.Buffer
	if err := spec.Dump(&text, api); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// lines writes a report without positions and sentences: what is the same in each
// format.
func lines(r *diff.Report) string {
	var b strings.Builder
	for i := range r.Changes {
		c := &r.Changes[i]
		fmt.Fprintf(&b, "%-8s  %s  %s  wire=%s go=%s behaviour=%s", c.Severity(), c.Rule.ID, c.Place, c.Wire, c.Go, c.Behaviour)
		if c.Old != "" || c.New != "" {
			fmt.Fprintf(&b, "  %q -> %q", c.Old, c.New)
		}
		if len(c.Operations) > 0 {
			fmt.Fprintf(&b, "  %s", strings.Join(c.Operations, ","))
		}
		if len(c.Directions) > 0 {
			fmt.Fprintf(&b, " %v", c.Directions)
		}
		b.WriteByte('\n')
	}
	return b.String()
}
