package lathe_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"example.com/lathe"
)

// The client that comes of a trimmed model is that of the whole, to the byte, whichever
// model and operations. Of each model a third of the operations that can be generated are
// taken, spread over the list.
func TestTrim(t *testing.T) {
	files := models(t)
	if testing.Short() {
		files = files[:10]
	}
	tried := 0
	for _, file := range files {
		listing, err := lathe.List(lathe.Config{Spec: file})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		var operations []string
		for i, o := range listing.Operations {
			if o.Unsupported == "" && i%3 == 0 {
				operations = append(operations, o.Name)
			}
		}
		if operations == nil {
			continue
		}
		tried++
		t.Run(filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file), func(t *testing.T) { checkTrim(t, file, operations) })
	}
	if tried < len(files)/4 {
		t.Errorf("only %d models were tried", tried)
	}
}

// models are some of the published ones of both formats: each of those in C2J, and every
// eighth of those in Smithy.
func models(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../shared/models/c2j/*/*/service-2.json")
	if err != nil {
		t.Fatal(err)
	}
	inSmithy, err := filepath.Glob("../shared/models/smithy/*.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(inSmithy) == 0 {
		t.Skip("../shared/models is not here")
	}
	for i, file := range inSmithy {
		if i%8 == 0 {
			files = append(files, file)
		}
	}
	return files
}

func checkTrim(t *testing.T, file string, operations []string) {
	t.Helper()
	trimmed, err := lathe.Trim(lathe.Config{Spec: file, Operations: operations})
	if err != nil {
		t.Fatal(err)
	}
	// Both lie in folders of one name, which headers show.
	root := module(t)
	part := filepath.Join(root, "part", filepath.Base(filepath.Dir(file)), trimmed.Main)
	for name, data := range trimmed.Files {
		writeFile(t, filepath.Join(filepath.Dir(part), name), data)
	}
	of := func(spec string) string {
		r, err := lathe.Generate(lathe.Config{Spec: spec, Out: filepath.Join(root, "client"), Operations: operations})
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, f := range r.Files {
			fmt.Fprintf(&text, "-- %s --\n%s", f.Path, withoutSource(f.Data))
		}
		return text.String()
	}
	whole, cut := of(file), of(part)
	if whole != cut {
		t.Errorf("the clients differ:\n%s", gocmp.Diff(strings.Split(whole, "\n"), strings.Split(cut, "\n")))
	}
	listing, err := lathe.List(lathe.Config{Spec: file})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range listing.Operations {
		if isWithout := slices.Contains(trimmed.Without, o.Name); isWithout == slices.Contains(trimmed.Operations, o.Name) {
			t.Errorf("without %s: %v", o.Name, isWithout)
		}
	}
	before, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if after := len(trimmed.Files[trimmed.Main]); int64(after) > before.Size() {
		t.Errorf("%d bytes have become %d", before.Size(), after)
	}
}

// withoutSource leaves out the line that names the file of the spec.
func withoutSource(data []byte) []byte {
	head, rest, ok := bytes.Cut(data, []byte("\n// Source: "))
	if !ok {
		return data
	}
	_, rest, _ = bytes.Cut(rest, []byte("\n"))
	return append(head, rest...)
}

func TestTrimRefuses(t *testing.T) {
	_, err := lathe.Trim(lathe.Config{Spec: "spec/datazone.yaml"})
	if err == nil || !strings.Contains(err.Error(), "only models in Smithy's and boto3's formats can be trimmed") {
		t.Errorf("got %v", err)
	}
	_, err = lathe.Trim(lathe.Config{Spec: "spec/datazone.yaml", Operations: []string{"GetDataSourceRan"}})
	if err == nil || !strings.Contains(err.Error(), "did you mean GetDataSourceRun?") {
		t.Errorf("got %v", err)
	}
}
