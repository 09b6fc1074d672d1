package openapi

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"

	"example.com/lathe/spec/tree"
)

func readTree(t testing.TB, name, text string) tree.Value {
	t.Helper()
	root, ps := read(name, []byte(text))
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	return root
}

// TestTreeIsWhatKinReads holds our reading of YAML against that of kin-openapi,
// which has a parser of its own.
func TestTreeIsWhatKinReads(t *testing.T) {
	texts := map[string][]byte{"datazone.yaml": datazone(t)}
	for _, archive := range [...][2]string{{"models.txtar", ": model"}, {"problems.txtar", ": problems"}} {
		documents, _ := pairs(t, archive[0], archive[1])
		for _, d := range documents {
			texts[d.Name] = d.Data
		}
	}
	compared := 0
	for name, text := range texts {
		root, ps := read(name, text)
		theirs, err := openapi3.NewLoader().LoadFromData(text)
		if !root.Exists() || len(ps) > 0 || err != nil {
			continue // not a document for both
		}
		ours, err := openapi3.NewLoader().LoadFromData([]byte(root.Raw()))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		compared++
		a, errA := json.Marshal(theirs)
		b, errB := json.Marshal(ours)
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		if diff := cmp.Diff(string(a), string(b)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if compared < 30 {
		t.Errorf("only %d documents have been compared", compared)
	}
}

func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		"openapi: 3.1.0\n":                        true,
		"# about\n---\n\"openapi\" : 3.1.0\n":     true,
		"info: {}\r\nopenapi:\r\n":                true,
		"\ufeffopenapi: 3.0.0":                    true,
		"{\"openapi\": \"3.1.0\"}":                true,
		" {\"info\": {\"a\": [1]}, \"openapi\":":  true,
		"{openapi: 3.1.0}":                        true,
		"info:\n  openapi: 3.1.0\n":               false,
		"openapis: 1\n":                           false,
		"{\"info\": {\"openapi\": 1}}":            false,
		"{\"smithy\": \"2.0\", \"shapes\": {}}":   false,
		"{\"metadata\": {}, \"operations\": {} }": false,
		"":         false,
		"{":        false,
		"\xff\xfe": false,
	} {
		if got := Sniff([]byte(text)); got != want {
			t.Errorf("Sniff(%q) = %v", text, got)
		}
	}
}

// TestExtensionsAreDocumented holds the package comment against the vocabulary:
// each extension is described, and none that does not exist.
func TestExtensionsAreDocumented(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for line := range bytes.Lines(doc) {
		for _, word := range strings.FieldsFunc(strings.TrimPrefix(string(line), "//"), func(r rune) bool { return strings.ContainsRune(" ,\t\n", r) }) {
			if !bytes.HasPrefix(line, []byte("//\tx-")) || !strings.HasPrefix(word, "x-") {
				break
			}
			described[word] = true
		}
	}
	for _, name := range extensions() {
		if !described[name] {
			t.Errorf("%s is not described", name)
		}
		delete(described, name)
	}
	for name := range described {
		t.Errorf("%s is described but does not exist", name)
	}
}

// TestHandWrittenSpecsLoad loads every hand-written spec of the project.
func TestHandWrittenSpecsLoad(t *testing.T) {
	files, err := filepath.Glob("../*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if load(t, file, data); !Sniff(data) {
			t.Errorf("%s is not recognised", file)
		}
	}
}
