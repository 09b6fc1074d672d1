package tree_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"example.com/lathe/spec/tree"
)

// TestValidYAML reads what YAML allows and not every parser does. Each text is what
// the JSON behind it is.
func TestValidYAML(t *testing.T) {
	for text, want := range map[string]string{
		"a:\n  b: |+\n":                                    `{"a":{"b":""}}`,
		"a:\n  b: |+\n\n\n":                                `{"a":{"b":"\u000a\u000a"}}`,
		"a:\n  b: |-\nc: 1\n":                              `{"a":{"b":""},"c":1}`,
		"a:\n  b: >\nc: >+\n":                              `{"a":{"b":""},"c":""}`,
		"a:\n  b: |+\n\n   c\n\nd: 1\n":                    `{"a":{"b":"\u000ac\u000a\u000a"},"d":1}`,
		"a: |2+\n   b\n":                                   `{"a":" b\u000a"}`,
		"x: {e: [a:b, c:d]}\n":                             `{"x":{"e":["a:b","c:d"]}}`,
		"x: {e: [2020-01-01T00:00:00Z]}\n":                 `{"x":{"e":["2020-01-01T00:00:00Z"]}}`,
		"x: {e: [https://a.b/c, urn:d:e, ::1, a:]}\n":      `{"x":{"e":["https://a.b/c","urn:d:e","::1",{"a":null}]}}`,
		"x: {e: [{f: g:h}, \"i\":j]}\n":                    `{"x":{"e":[{"f":"g:h"},{"i":"j"}]}}`,
		"x: [a#b, 'it''s', \"#\"] # c\n":                   `{"x":["a#b","it's","#"]}`,
		"x: [a, b, ]\n":                                    `{"x":["a","b"]}`,
		"x: {\"a\":1,'b':2,c: 3}\n":                        `{"x":{"a":1,"b":2,"c":3}}`,
		"x: {a, b: }\n":                                    `{"x":{"a":null,"b":null}}`,
		"x: [\n  a b\n  c,\n  d\n]\n":                      `{"x":["a b c","d"]}`,
		"\"a b\": \"c \\\n  d\\u0041\"\n":                  `{"a b":"c dA"}`,
		"a: b: c\n":                                        "",
		"- a\n- - b\n  - c\n-\n  d: e\n-\n":                `["a",["b","c"],{"d":"e"},null]`,
		"a:\n- b\n-\n  c\n":                                `{"a":["b","c"]}`,
		"a: &x\n  - b\nc: *x\n":                            `{"a":["b"],"c":["b"]}`,
		"a: &x {b: *y}\n":                                  "",
		"a: x\u2028y\nb: \"\u0085\"\nc: \u2029z\ue000\n":   `{"a":"x` + "\u2028" + `y","b":"` + "\u0085" + `","c":"` + "\u2029z\ue000" + `"}`,
		"--- # first\na: 1\n...\n":                         `{"a":1}`,
		"a: - 1\n":                                         "",
		"a: -1\nb: - \n":                                   "",
		"a: -\n":                                           "",
		"a: -b\nc: ?d\ne: :f\n":                            `{"a":"-b","c":"?d","e":":f"}`,
		"a: 012\nb: 0o17\nc: 1_000\nd: 1e3\ne: 0x1F\n":     `{"a":12,"b":15,"c":"1_000","d":1e3,"e":31}`,
		"a: yes\nb: off\nc: 2001-01-01\nd: 1:30\ne: =\n":   `{"a":"yes","b":"off","c":"2001-01-01","d":"1:30","e":"="}`,
		"a:\n    - b:\n        - c\n    # d\n      e: f\n": `{"a":[{"b":["c"],"e":"f"}]}`,
	} {
		root, ps := tree.ParseYAML("a.yaml", []byte(text), tree.Limits{})
		got := ""
		if len(ps) == 0 {
			got = root.Raw()
		}
		if got != want {
			t.Errorf("%q is %s, want %s (%v)", text, got, want, ps)
		}
	}
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
		parse := tree.ParseYAML
		if strings.HasPrefix(c.name, "JSON") {
			parse = tree.ParseJSON
		}
		root, ps := parse("a", []byte(c.text), tree.Limits{})
		if ps != nil {
			t.Fatal(ps)
		}
		v := root.Follow(c.pointer)
		at, key := v.Pos(), v.NamePos()
		got := fmt.Sprintf("%d:%d %d:%d", at.Line, at.Column, key.Line, key.Column)
		if got != c.want || v.Pointer() != c.pointer {
			t.Errorf("%s: %s is at %s, want %s at %s", c.name, v.Pointer(), got, c.pointer, c.want)
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
		root, _ := tree.ParseYAML("a", []byte("a: "+text+"\n"), tree.Limits{})
		got := root.Get("a").Raw()
		if got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
		if !json.Valid([]byte(got)) {
			t.Errorf("%s is no JSON: %s", text, got)
		}
	}
}

// TestYAMLEndsEarly sees where documents are said to be wrong that end in the middle
// of something, with and without a line break behind them.
func TestYAMLEndsEarly(t *testing.T) {
	for text, want := range map[string]string{
		"p: [":          "a:1:4: not YAML: a bracket or brace is never closed",
		"p: [a":         "a:1:4: not YAML: a bracket or brace is never closed",
		"p: [a,":        "a:1:4: not YAML: a bracket or brace is never closed",
		"p: {b: [":      "a:1:8: not YAML: a bracket or brace is never closed",
		"p: {b: ":       "a:1:4: not YAML: a bracket or brace is never closed",
		"p: {b: [c], d": "a:1:4: not YAML: a bracket or brace is never closed",
		"p: \"a":        "a:1:4: not YAML: a quoted string is never closed",
		"p: 'a":         "a:1:4: not YAML: a quoted string is never closed",
		"p: [a,,b]":     "a:1:7: not YAML: a value is missing",
	} {
		for _, end := range []string{"", "\n", "\n\n"} {
			root, problems := tree.ParseYAML("a", []byte(text+end), tree.Limits{})
			if root.Exists() || len(problems) != 1 || !strings.HasPrefix(problems[0].Error(), want) {
				t.Errorf("%q: got %v, want %s", text+end, problems, want)
			}
		}
	}
}
