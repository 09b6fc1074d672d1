package lathe_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe"
	"example.com/lathe/spec"
	"example.com/lathe/spec/c2j"
	"example.com/lathe/spec/openapi"
	"example.com/lathe/spec/smithy"
)

// datazone are the documents of the one service, by format.
var datazone = map[string]string{
	"openapi": "spec/datazone.yaml",
	"smithy":  "../shared/models/smithy/datazone-2018-05-10.json",
	"c2j":     "../shared/models/c2j/datazone/2018-05-10/service-2.json",
}

func loadModel(t *testing.T, format, file string) *spec.API {
	t.Helper()
	data, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		t.Skipf("skipped: %s is not here", file)
	}
	if err != nil {
		t.Fatal(err)
	}
	var api *spec.API
	switch format {
	case "openapi":
		api, err = openapi.Load(file, data)
	case "smithy":
		api, err = smithy.Load(file, data, smithy.Options{})
	default:
		api, err = c2j.Load(file, data, c2j.Options{Siblings: os.DirFS(filepath.Dir(file))})
	}
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func dump(t *testing.T, api *spec.API, operations ...string) string {
	t.Helper()
	selected, unmatched := spec.Select(api, operations)
	if len(unmatched) > 0 {
		t.Fatalf("no operations %v", unmatched)
	}
	var text bytes.Buffer
	if err := spec.Dump(&text, selected); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// additions are what our own document has beside the other models: a waiter.
func additions(t *testing.T) spec.Additions {
	t.Helper()
	var added spec.Additions
	for _, op := range loadModel(t, "openapi", datazone["openapi"]).Operations {
		for _, w := range op.Waiters {
			added.Waiters = append(added.Waiters, spec.AddedWaiter{Waiter: w, Operation: op.Name})
		}
	}
	if len(added.Waiters) == 0 {
		t.Fatal("the document has no waiters")
	}
	return added
}

// TestOneModel sees that GetDataSourceRun is the same model whichever format it is
// read from.
func TestOneModel(t *testing.T) {
	want := dump(t, loadModel(t, "openapi", datazone["openapi"]), "GetDataSourceRun")
	for _, format := range []string{"smithy", "c2j"} {
		file := datazone[format]
		t.Run(format, func(t *testing.T) {
			api, problems := additions(t).Apply(loadModel(t, format, file))
			if err := problems.Err(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, dump(t, api, "GetDataSourceRun")); diff != "" {
				t.Errorf("the model differs:\n%s", diff)
			}
		})
	}
}

// TestOneClient sees that the Go is the same too, documentation aside.
func TestOneClient(t *testing.T) {
	want := withoutComments(t, datazone["openapi"], spec.Additions{})
	for _, format := range []string{"smithy", "c2j"} {
		t.Run(format, func(t *testing.T) {
			if _, err := os.Stat(datazone[format]); err != nil {
				t.Skipf("skipped: %s is not here", datazone[format])
			}
			if diff := cmp.Diff(want, withoutComments(t, datazone[format], additions(t))); diff != "" {
				t.Errorf("the client differs:\n%s", diff)
			}
		})
	}
}

// withoutComments generates a client and returns its files without comments.
func withoutComments(t *testing.T, file string, added spec.Additions) map[string]string {
	t.Helper()
	result, err := lathe.Generate(lathe.Config{
		Spec: file, Out: filepath.Join(module(t), "datazone"), Operations: []string{"GetDataSourceRun"}, Additions: added,
	})
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range result.Files {
		if strings.Contains(f.Path, "/internal/") {
			continue
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, f.Path, f.Data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		if err := printer.Fprint(&text, token.NewFileSet(), strip(parsed)); err != nil {
			t.Fatal(err)
		}
		files[f.Path] = text.String()
	}
	return files
}

// strip removes what documentation a syntax tree still holds.
func strip(f *ast.File) *ast.File {
	f.Doc, f.Comments = nil, nil
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			n.Doc = nil
		case *ast.FuncDecl:
			n.Doc = nil
		case *ast.Field:
			n.Doc, n.Comment = nil, nil
		case *ast.ValueSpec:
			n.Doc, n.Comment = nil, nil
		case *ast.TypeSpec:
			n.Doc, n.Comment = nil, nil
		}
		return true
	})
	return f
}
