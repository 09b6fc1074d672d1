package lathe_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe"
)

// What Generate reads are the spec and companions of it, and of a spec with all
// companions all.
func TestSources(t *testing.T) {
	models, err := filepath.Glob("../shared/models/c2j/[px]*/*/service-2.json")
	if err != nil {
		t.Fatal(err)
	}
	root := module(t)
	all := extras(t)
	for _, file := range append(models, "spec/datazone.yaml", all) {
		result, err := lathe.Generate(lathe.Config{Spec: file, Out: filepath.Join(root, "out"), Package: "out"})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		known := append(lathe.Companions(file), file)
		for _, source := range result.Sources {
			if !slices.Contains(known, source.File) {
				t.Errorf("%s is read and no companion of %s", source.File, file)
			}
		}
		if file == all && len(result.Sources) != 6 {
			t.Errorf("read %v, want 6 files", result.Sources)
		}
	}
}

// A checkout with the line endings of Windows gives the same client, whatever the
// format.
func TestLineEndings(t *testing.T) {
	root := module(t)
	for name, file := range map[string]string{"a/datazone.yaml": "spec/datazone.yaml", "b/service-2.json": extras(t)} {
		var results []*lathe.Result
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, end := range []string{"\n", "\r\n"} {
			written := filepath.Join(root, name)
			writeFile(t, written, bytes.ReplaceAll(data, []byte("\n"), []byte(end)))
			result, err := lathe.Generate(lathe.Config{Spec: written, Out: filepath.Join(root, "out"), Package: "out"})
			if err != nil {
				t.Fatal(err)
			}
			results = append(results, result)
		}
		if diff := cmp.Diff(results[0].Files, results[1].Files); diff != "" {
			t.Errorf("%s: the files differ:\n%s", name, diff)
		}
		if diff := cmp.Diff(results[0].Sources, results[1].Sources); diff != "" {
			t.Errorf("%s: the hashes differ:\n%s", name, diff)
		}
	}
}

// extras is a C2J model with every file beside it that may be there, and one that
// is no business of it.
func extras(t *testing.T) string {
	t.Helper()
	const service = `{"metadata": {"protocol": "rest-json", "protocols": ["rest-json"], "serviceId": "Tiny", "endpointPrefix": "tiny",
		"serviceFullName": "Tiny", "uid": "tiny-1", "apiVersion": "1", "signatureVersion": "v4"},
		"operations": {"Get": {"name": "Get", "http": {"method": "GET", "requestUri": "/"}}}, "shapes": {}}`
	dir := t.TempDir()
	for name, data := range map[string]string{
		"service-2.json": service, "waiters-2.json": `{"version": 2, "waiters": {}}`, "paginators-1.json": `{"pagination": {}}`,
		"paginators-1.sdk-extras.json": `{"merge": {"pagination": {}}}`, "service-2.sdk-extras.json": `{"merge": {"metadata": {}}}`,
		"endpoint-rule-set-1.json": `{"version": "1.0", "parameters": {}, "rules": [{"conditions": [], "endpoint": {"url": "https://x"}, "type": "endpoint"}]}`,
		"examples-1.json":          "{}",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "service-2.json")
}

// A model in Smithy's own language is refused with what to do instead, and one in JSON is
// read whatever its file is called.
func TestSmithyLanguage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "toys.smithy")
	list := func(text string) error {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := lathe.List(lathe.Config{Spec: file})
		return err
	}
	const refused = ":1:1: models in Smithy's own language are not read, only in JSON\n\thint: the Smithy CLI makes JSON of them: smithy ast"
	if err := list("$version: \"2\"\nnamespace toys\n"); err == nil || err.Error() != file+refused {
		t.Errorf("got %v", err)
	}
	if err := list(`{"smithy": "2.0", "shapes": {}}`); err == nil || strings.Contains(err.Error(), "own language") {
		t.Errorf("JSON: got %v", err)
	}
}
