package lathe_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"example.com/lathe"
	"example.com/lathe/spec"
)

// TestPublicDocuments lists documents as services publish them. What is supported
// generates and builds, whatever is wrong elsewhere; what is not is refused with its
// reasons when it is asked for.
func TestPublicDocuments(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/public.txtar")
	if err != nil {
		t.Fatal(err)
	}
	root := module(t)
	for i := 0; i+1 < len(archive.Files); i += 2 {
		document, listed := archive.Files[i], archive.Files[i+1]
		file := filepath.Join(root, "specs", document.Name)
		writeFile(t, file, document.Data)
		listing, err := lathe.List(lathe.Config{Spec: file})
		if err != nil {
			t.Errorf("%s is not listed: %v", document.Name, err)
			continue
		}
		var got strings.Builder
		var supported []string
		for _, info := range listing.Operations {
			fmt.Fprintf(&got, "%s: %s\n", info.Name, cmp.Or(info.Unsupported, "supported"))
			if info.Unsupported == "" {
				supported = append(supported, cmp.Or(info.SourceName, info.Name))
			} else {
				checkRefused(t, root, file, info.Name)
			}
		}
		if diff := gocmp.Diff(string(listed.Data), got.String()); diff != "" {
			t.Errorf("%s: %s", document.Name, diff)
		}
		generatePublic(t, root, file, strings.SplitN(document.Name, ".", 2)[0], supported)
	}
	build(t, root)
}

// checkRefused sees that an operation with problems is refused for them alone.
func checkRefused(t *testing.T, root, file, operation string) {
	t.Helper()
	_, err := lathe.Generate(lathe.Config{Spec: file, Out: filepath.Join(root, "refused"), Operations: []string{operation}})
	var problems spec.Problems
	if !errors.As(err, &problems) || len(problems) == 0 {
		t.Errorf("%s: got %v, want problems", operation, err)
	}
	for _, p := range problems {
		if p.Pos.Line == 0 || p.Pos.Pointer == "" {
			t.Errorf("%s: a problem without a place: %v", operation, p)
		}
	}
}

// generatePublic generates operations by the names that they have in the document.
func generatePublic(t *testing.T, root, file, name string, operations []string) {
	t.Helper()
	result, err := lathe.Generate(lathe.Config{
		Spec: file, Out: filepath.Join(root, name), Runtime: filepath.Join(root, "internal"), Operations: operations,
	})
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if len(result.Operations) != len(operations) {
		t.Errorf("%s: got %v, want %v", name, result.Operations, operations)
	}
	for _, f := range result.Files {
		writeFile(t, filepath.Join(root, filepath.FromSlash(f.Path)), f.Data)
	}
}

// TestHeadersOfAnyFormat sees that headers which can't be sent refuse an operation
// of Smithy too, and that alone.
func TestHeadersOfAnyFormat(t *testing.T) {
	root := module(t)
	for _, header := range []string{"Host", "Content-Length", "transfer-encoding", "X Y"} {
		bound := structure(object{"a": object{"target": str, "traits": object{"smithy.api#httpHeader": header}}})
		data, err := json.Marshal(hostileModel(object{"x#Op": operation("/", "x#Bound", "x#Bound"), "x#Bound": bound}))
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(root, "model.json")
		writeFile(t, file, data)
		_, err = lathe.Generate(lathe.Config{Spec: file, Out: filepath.Join(root, "client"), Operations: []string{"Op"}})
		if err == nil || !strings.Contains(err.Error(), "header") || !strings.Contains(err.Error(), "model.json:1:") {
			t.Errorf("%s: got %v", header, err)
		}
		if listing, err := lathe.List(lathe.Config{Spec: file}); err != nil || !strings.Contains(listing.Operations[0].Unsupported, "header") {
			t.Errorf("%s: got %+v, %v", header, listing, err)
		}
	}
}
