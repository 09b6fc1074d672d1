package openapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"

	"example.com/lathe/spec"
)

func tree(t testing.TB, name, text string) *node {
	t.Helper()
	var ps spec.Problems
	root := read(name, []byte(text), &ps)
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	return root
}

// TestPlaces checks where nodes and their keys stand.
func TestPlaces(t *testing.T) {
	for _, c := range []struct{ name, text, pointer, want string }{
		{"root of a block", "# é\n\na: 1\n", "", "3:1 3:1"},
		{"root after a marker", "---\na: 1\n", "", "2:1 2:1"},
		{"plain value", "a: 1\n", "/a", "1:4 1:1"},
		{"after multi-byte text", "é: {ü: [1, 'ö', \"ß\", z]}\n", "/é/ü/3", "1:26 1:26"},
		{"multi-byte key", "é: {ü: [1, 'ö', \"ß\", z]}\n", "/é/ü", "1:10 1:6"},
		{"wide character", "a: ['😀', b]\n", "/a/1", "1:13 1:13"},
		{"block mapping", "a:\n  b: 1\n", "/a", "2:3 1:1"},
		{"block list", "a:\n- b: 1\n  c: 2\n", "/a/0", "2:3 2:3"},
		{"second key in a list", "a:\n- b: 1\n  c: 2\n", "/a/0/c", "3:6 3:3"},
		{"list in a list", "- - x\n  - y\n", "/0/1", "2:5 2:5"},
		{"literal block", "a: |\n  x\n\n  y\n\nb: 1\n", "/a", "1:4 1:1"},
		{"after a literal block", "a: |\n  x\n\n  y\n\nb: 1\n", "/b", "6:4 6:1"},
		{"after a folded block", "a: >-\n  x\n  y\nb: 1\n", "/b", "4:4 4:1"},
		{"after long quotes", "a: \"x\n  y\"\nb: 1\n", "/b", "3:4 3:1"},
		{"after long plain text", "a: x\n  y\n\n  z\nb: 1\n", "/b", "5:4 5:1"},
		{"CRLF", "a: |\r\n  x\r\n\r\nb:\r\n  c: 2\r\n", "/b/c", "5:6 5:3"},
		{"CRLF in quotes", "a: 'x\r\n  y'\r\nb: 1\r\n", "/b", "3:4 3:1"},
		{"CR", "a: 1\rb: 2\r", "/b", "2:4 2:1"},
		{"tab before a value", "a:\t1\nb: {c:\t2}\n", "/b/c", "2:8 2:5"},
		{"byte order mark", "\ufeffa: 1\n", "/a", "1:4 1:1"},
		{"quoted key", "'a b': \"c\"\n", "/a b", "1:8 1:1"},
		{"flow over lines", "a: {\n  b: 1,\n  c: [\n    2,\n    3 ] }\n", "/a/c/1", "5:5 5:5"},
		{"alias", "a: &x {b: 1}\nc: *x\n", "/c", "2:4 2:1"},
		{"inside an alias", "a: &x {b: 1}\nc: *x\n", "/c/b", "1:11 1:8"},
		{"anchored block", "a: &x\n  b: 1\n", "/a/b", "2:6 2:3"},
		{"missing value", "a:\nb: 1\n", "/a", "1:3 1:1"},
		{"JSON", "{\n\t\"a\": {\"b\": [1,\r\n\t\t \"é\", true]}}\n", "/a/b/2", "3:10 3:10"},
		{"JSON key", "{\n\t\"a\": {\"b\": [1,\r\n\t\t \"é\", true]}}\n", "/a/b", "2:13 2:8"},
		{"JSON escapes", "{\"\\u00e9\\ud83d\\ude00\": \"x\"}", "/é😀", "1:24 1:2"},
	} {
		name := "a.yaml"
		if strings.HasPrefix(c.name, "JSON") {
			name = "a.json"
		}
		n := tree(t, name, c.text)
		if c.pointer != "" {
			n = n.at(c.pointer)
		}
		key := n.keyPos()
		got := fmt.Sprintf("%d:%d %d:%d", n.start.line, n.start.column, key.Line, key.Column)
		if got != c.want || n.pointer() != c.pointer {
			t.Errorf("%s: %s is at %s, want %s at %s", c.name, n.pointer(), got, c.pointer, c.want)
		}
	}
}

// TestScalars checks the types of plain scalars by the core schema of YAML 1.2.
func TestScalars(t *testing.T) {
	for text, want := range map[string]string{
		"~": "null", "null": "null", "Null": "null", "true": "true", "False": "false", "yes": `"yes"`, "on": `"on"`, "nULL": `"nULL"`,
		"0": "0", "-0": "-0", "+12": "12", "017": "17", "0o17": "15", "0x1F": "31", "0o8": `"0o8"`, "0x": `"0x"`, "-0x1": `"-0x1"`, "0b1": `"0b1"`,
		"1_000": `"1_000"`, "12345678901234567890123": "12345678901234567890123",
		"1.5": "1.5", ".5": "0.5", "1.": "1", "-.5e-3": "-0.5e-3", "1e3": "1e3", "1E+3": "1E+3", "e3": `"e3"`, "1e": `"1e"`, ".": `"."`, "1.2.3": `"1.2.3"`,
		"2018-05-10": `"2018-05-10"`, "3.1.0": `"3.1.0"`, "12:30": `"12:30"`, "'1'": `"1"`, `"true"`: `"true"`, `"a\tb\\\u00e9"`: `"a\u0009b\\é"`,
	} {
		got := string(tree(t, "a.yaml", "a: "+text+"\n").get("a").appendJSON(nil))
		if got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
		if !json.Valid([]byte(got)) {
			t.Errorf("%s is no JSON: %s", text, got)
		}
	}
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
		var ps spec.Problems
		root := read(name, text, &ps)
		theirs, err := openapi3.NewLoader().LoadFromData(text)
		if root == nil || len(ps) > 0 || err != nil {
			continue // not a document for both
		}
		ours, err := openapi3.NewLoader().LoadFromData(root.appendJSON(nil))
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
