package openapi

import (
	"bytes"
	"errors"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// pairs reads an archive in which each document is followed by what is expected
// of it.
func pairs(t testing.TB, archive, suffix string) (documents, expected []txtar.File) {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", archive))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(a.Files); i += 2 {
		if a.Files[i+1].Name != a.Files[i].Name+suffix {
			t.Fatalf("%s: %s is followed by %s", archive, a.Files[i].Name, a.Files[i+1].Name)
		}
		documents, expected = append(documents, a.Files[i]), append(expected, a.Files[i+1])
	}
	return documents, expected
}

// TestProblems checks the exact text of everything that is reported about documents
// that are wrong.
func TestProblems(t *testing.T) {
	documents, expected := pairs(t, "problems.txtar", ": problems")
	for i, d := range documents {
		t.Run(d.Name, func(t *testing.T) {
			_, err := Load(d.Name, d.Data)
			if err == nil {
				t.Fatal("there is no error")
			}
			if diff := cmp.Diff(string(expected[i].Data), err.Error()+"\n"); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestProblemsInText checks documents that an archive of text cannot hold.
func TestProblemsInText(t *testing.T) {
	const head = "openapi: 3.1.0\ninfo: {title: Toy, version: \"1\"}\n"
	for name, c := range map[string]struct{ text, want string }{
		"not UTF-8":           {head + "x-a: b\xffc\n", "a.yaml:3:7: byte 0xff is not UTF-8\n\thint: save the document as UTF-8"},
		"UTF-16":              {"\xff\xfeo\x00p\x00", "a.yaml:1:1: byte 0xff is not UTF-8\n\thint: save the document as UTF-8"},
		"control character":   {head + "x-a: \"\x01\"\n", "a.yaml:3:7: there is a control character, U+0001\n\thint: remove it, or write it as an escape in double quotes"},
		"only blanks":         {" \n\n", "a.yaml:1:1: the document is empty\n\thint: begin it with openapi: 3.1.0"},
		"CRLF":                {strings.ReplaceAll(head, "\n", "\r\n") + "\r\npaths:\r\n  a: {}\r\n  b: {}\r\n  a: {}\r\n", "a.yaml:7:3: key \"a\" stands twice, first at a.yaml:5:3 (at #/paths/a)\n\thint: keep one of them"},
		"CR":                  {strings.ReplaceAll(head, "\n", "\r") + "paths:\r  a: {}\r  a: {}\r", "a.yaml:5:3: key \"a\" stands twice, first at a.yaml:4:3 (at #/paths/a)\n\thint: keep one of them"},
		"byte order mark":     {"\ufeff" + head + "openapi: 3.0.0\n", "a.yaml:3:1: key \"openapi\" stands twice, first at a.yaml:1:1 (at #/openapi)\n\thint: keep one of them"},
		"tab before a value":  {head + "info:\t{}\n", "a.yaml:3:1: key \"info\" stands twice, first at a.yaml:2:1 (at #/info)\n\thint: keep one of them"},
		"syntax error, CRLF":  {"openapi: 3.1.0\r\ninfo:\r\n  title: Toy\r\n version: 1\r\n", "a.yaml:4:2: not YAML: the indentation fits nothing above it\n\thint: indent it like what stands beside it"},
		"indentation, CRLF":   {"openapi: 3.1.0\r\ninfo:\r\n  title: Toy\r\n    version: 1\r\n", "a.yaml:4:5: not YAML: a key does not fit the indentation above it\n\thint: indent it like the keys beside it"},
		"multi-byte before":   {head + "x-ä: {ß: 'ö', ß: 1}\n", "a.yaml:3:18: key \"ß\" stands twice, first at a.yaml:3:8 (at #/x-ä/ß)\n\thint: keep one of them"},
		"after a block":       {head + "x-a: |\n  one\n\n  two\n\nx-b: >-\n  three\n  four\nx-a: 5\n", "a.yaml:11:1: key \"x-a\" stands twice, first at a.yaml:3:1 (at #/x-a)\n\thint: keep one of them"},
		"after long quotes":   {head + "x-a: \"one\n  two\n\n  three\"\nx-b: plain\n  more\nx-a: 5\n", "a.yaml:9:1: key \"x-a\" stands twice, first at a.yaml:3:1 (at #/x-a)\n\thint: keep one of them"},
		"pointer with escape": {head + "x-a~b/c: 1\nx-a~b/c: 2\n", "a.yaml:4:1: key \"x-a~b/c\" stands twice, first at a.yaml:3:1 (at #/x-a~0b~1c)\n\thint: keep one of them"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Load("a.yaml", []byte(c.text))
			if err == nil {
				t.Fatal("no problem")
			}
			got := firstProblem(err)
			if got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// firstProblem leaves out that the documents of a test are short of operations.
func firstProblem(err error) string {
	var problems spec.Problems
	errors.As(err, &problems)
	return problems[0].Error()
}

var firstAt = regexp.MustCompile(`at [a-z0-9-]+\.(yaml|json|spec):\d+:\d+`)

// facts are what is said of a document whatever its syntax: pointers, messages and
// hints, without lines.
func facts(problems spec.Problems) []string {
	var all []string
	for _, p := range problems {
		all = append(all, "#"+p.Pos.Pointer+" "+firstAt.ReplaceAllString(p.Message, "at …")+" — "+p.Hint)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// TestProblemsInJSON sees that a document in JSON has the problems that it has
// in YAML, each at the place in the JSON that its pointer names.
func TestProblemsInJSON(t *testing.T) {
	documents, _ := pairs(t, "problems.txtar", ": problems")
	compared := 0
	for _, d := range documents {
		root, ps := read(d.Name, d.Data)
		if !root.Exists() || len(ps) > 0 {
			continue // a matter of syntax
		}
		text := []byte(draftOf(root).String())
		_, asJSON := Load("a.json", text)
		_, asYAML := Load(d.Name, d.Data)
		var j, y spec.Problems
		if !errors.As(asJSON, &j) || !errors.As(asYAML, &y) {
			t.Errorf("%s: %v in YAML, %v in JSON", d.Name, asYAML, asJSON)
			continue
		}
		compared++
		if d.Name == "keys-not-strings.yaml" {
			continue // JSON has no such keys
		}
		if diff := cmp.Diff(facts(y), facts(j)); diff != "" {
			t.Errorf("%s: YAML and JSON differ: %s", d.Name, diff)
		}
		for _, p := range j {
			checkJSONPlace(t, d.Name, text, root, p)
		}
	}
	if compared < 50 {
		t.Errorf("only %d documents have been compared", compared)
	}
}

// checkJSONPlace sees that a problem stands at the key or at the value that its
// pointer names.
func checkJSONPlace(t *testing.T, name string, text []byte, root tree.Value, p spec.Problem) {
	t.Helper()
	n := root
	if p.Pos.Pointer != "" {
		n = root.Follow(p.Pos.Pointer)
	}
	if n.Pointer() != p.Pos.Pointer || p.Pos.Line != 1 {
		t.Errorf("%s: no such place: %v", name, p)
		return
	}
	there := text[p.Pos.Column-1:]
	key, value := tree.Quote(n.Token()), draftOf(n).String()
	if !bytes.HasPrefix(there, []byte(key+":")) && !bytes.HasPrefix(there, []byte(value)) {
		t.Errorf("%s: %v, but there stands %.40s", name, p, there)
	}
}

// TestProblemsInOrder sees that all problems of a run are reported at once and in
// the order of the text.
func TestProblemsInOrder(t *testing.T) {
	documents, _ := pairs(t, "problems.txtar", ": problems")
	for _, d := range documents {
		_, err := Load(d.Name, d.Data)
		var problems spec.Problems
		if !errors.As(err, &problems) {
			t.Fatalf("%s: %v", d.Name, err)
		}
		if !slices.IsSortedFunc(problems, func(a, b spec.Problem) int {
			return (a.Pos.Line-b.Pos.Line)*10000 + a.Pos.Column - b.Pos.Column
		}) {
			t.Errorf("%s: %v", d.Name, problems)
		}
	}
}
