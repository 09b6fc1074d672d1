package goapi_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"example.com/lathe/internal/goapi"
)

var update = flag.Bool("update", false, "write the changes of the cases again")

// clientPath is the import path of the client in the cases.
const clientPath = "example.com/client"

// testCase is an archive of testdata/cases: two clients in the folders old and
// new, callers of them, and the changes from old to new and back.
type testCase struct {
	name     string
	file     string
	archive  *txtar.Archive
	old, new goapi.Package
	callers  map[string]string
}

func loadCases(t testing.TB) []testCase {
	t.Helper()
	files, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d cases: %v", len(files), err)
	}
	cases := make([]testCase, len(files))
	for i, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c := testCase{
			name: strings.TrimSuffix(filepath.Base(file), ".txtar"), file: file, archive: archive,
			old: goapi.Package{clientPath, map[string][]byte{}}, new: goapi.Package{clientPath, map[string][]byte{}}, callers: map[string]string{},
		}
		for _, f := range archive.Files {
			folder, name, _ := strings.Cut(f.Name, "/")
			switch folder {
			case "old":
				c.old.Files[name] = f.Data
			case "new":
				c.new.Files[name] = f.Data
			case "callers":
				c.callers[name] = string(f.Data)
			}
		}
		cases[i] = c
	}
	return cases
}

// TestCases compares what Compare says of each case with what is kept.
func TestCases(t *testing.T) {
	for _, c := range loadCases(t) {
		t.Run(c.name, func(t *testing.T) {
			want := string(txtar.Format(c.archive))
			c.set("changes", render(changes(t, c.old, c.new)))
			c.set("back", render(changes(t, c.new, c.old)))
			got := txtar.Format(c.archive)
			if *update {
				if err := os.WriteFile(c.file, got, 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, string(got)); diff != "" {
				t.Errorf("other changes (-want +got); review them with go test -update and git diff:\n%s", diff)
			}
		})
	}
}

// set replaces a file of the case's archive.
func (c *testCase) set(name, text string) {
	for i, f := range c.archive.Files {
		if f.Name == name {
			c.archive.Files[i].Data = []byte(text)
			return
		}
	}
	c.archive.Files = append(c.archive.Files, txtar.File{Name: name, Data: []byte(text)})
}

func changes(t testing.TB, before, after goapi.Package) []goapi.Change {
	t.Helper()
	all, err := goapi.Compare(before, after)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// render writes changes for people to review.
func render(all []goapi.Change) string {
	var b strings.Builder
	for _, c := range all {
		word := "fine"
		if c.Breaking {
			word = "BREAKING"
		}
		fmt.Fprintf(&b, "%s: %s: %s\n", c.Object, c.Kind, word)
		for _, side := range []struct {
			name, text string
			pos        token.Position
		}{{"old", c.Old, c.OldPos}, {"new", c.New, c.NewPos}} {
			if side.text != "" {
				fmt.Fprintf(&b, "\t%s %s (%s)\n", side.name, side.text, side.pos)
			}
		}
		fmt.Fprintf(&b, "\t%s\n", c.Why)
	}
	return b.String()
}

// TestEveryKind sees that the cases have every kind of change.
func TestEveryKind(t *testing.T) {
	missing := kinds(t)
	for _, c := range loadCases(t) {
		for _, change := range append(changes(t, c.old, c.new), changes(t, c.new, c.old)...) {
			delete(missing, change.Kind)
		}
	}
	for kind := range missing {
		t.Errorf("no case has a change of the kind %s", kind)
	}
}

// kinds reads the constants of kind.go.
func kinds(t *testing.T) map[goapi.Kind]bool {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "kind.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	all := map[goapi.Kind]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			all[goapi.Kind(text)] = true
		}
		return true
	})
	if len(all) < 20 {
		t.Fatalf("only %d kinds", len(all))
	}
	return all
}
