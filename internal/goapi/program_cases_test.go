package goapi_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"example.com/lathe"
	"example.com/lathe/internal/callers"
	"example.com/lathe/internal/goapi"
	"example.com/lathe/spec"
	"example.com/lathe/spec/openapi"
)

// TestPrograms judges changes of the service of testdata/service by programs. A case
// has the change, as texts that replace others, and two programs with what gen diff
// --program says of each: touches.go uses what changes, rest.go does not.
func TestPrograms(t *testing.T) {
	base, err := os.ReadFile("testdata/service/spec.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/programs/*.txtar")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d cases: %v", len(files), err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			before, after := loadOpenAPI(t, string(base)), loadOpenAPI(t, changed(t, string(base), archive))
			kept := &txtar.Archive{Comment: archive.Comment}
			for _, f := range archive.Files {
				if strings.HasSuffix(f.Name, ".report") {
					continue
				}
				kept.Files = append(kept.Files, f)
				if program, ok := strings.CutSuffix(f.Name, ".go"); ok {
					got := judged(t, before, after, f.Data)
					kept.Files = append(kept.Files, txtar.File{Name: program + ".report", Data: []byte(got)})
					if diff := cmp.Diff(fileOf(archive, program+".report"), got); diff != "" && !*update {
						t.Errorf("%s (-want +got):\n%s", f.Name, diff)
					}
				}
			}
			if *update {
				put(t, name, txtar.Format(kept))
			}
		})
	}
}

// judged is what a report with a program says, a line a change that matters.
func judged(t *testing.T, before, after *spec.API, program []byte) string {
	t.Helper()
	_, client := renderClient(t, before)
	checked, err := goapi.CheckProgram(client, program)
	if err != nil {
		t.Fatalf("%v\n%s", err, program)
	}
	report, err := lathe.Compare(before, after)
	if err != nil {
		t.Fatal(err)
	}
	report.Weigh(callers.Of(checked, "", client.Path))
	var b strings.Builder
	for i := range report.Changes {
		c := &report.Changes[i]
		used := "not used"
		for _, at := range c.Use.Lines {
			used = strings.Replace(used, "not used", "used at", 1) + fmt.Sprintf(" line %d", at.Line)
		}
		fmt.Fprintf(&b, "%-8s  %s  %s  %s\n", c.Severity(), c.Rule.ID, c.Place, used)
	}
	return b.String()
}

// changed makes the changes of a case.
func changed(t *testing.T, text string, archive *txtar.Archive) string {
	t.Helper()
	for _, f := range archive.Files {
		if f.Name != "change" {
			continue
		}
		before, after, _ := strings.Cut("\n"+string(f.Data), "\n=>\n")
		before = strings.TrimPrefix(before, "\n")
		if !strings.Contains(text, before) {
			t.Fatalf("the service has no\n%s", before)
		}
		text = strings.ReplaceAll(text, before, strings.TrimSuffix(after, "\n"))
	}
	return text
}

func fileOf(archive *txtar.Archive, name string) string {
	for _, f := range archive.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func loadOpenAPI(t *testing.T, text string) *spec.API {
	t.Helper()
	api, err := openapi.Load("spec.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func put(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
