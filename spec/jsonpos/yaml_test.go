package jsonpos_test

import (
	"testing"

	"example.com/lathe/spec/jsonpos"
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
		root, ps := jsonpos.ParseYAML("a.yaml", []byte(text), jsonpos.Limits{})
		got := ""
		if len(ps) == 0 {
			got = root.Raw()
		}
		if got != want {
			t.Errorf("%q is %s, want %s (%v)", text, got, want, ps)
		}
	}
}
