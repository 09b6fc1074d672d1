package tree_test

import (
	"encoding/json"
	"testing"

	"example.com/lathe/spec/tree"
)

// FuzzParseYAML reads any text as YAML. What comes out is JSON, at places that the
// text has.
func FuzzParseYAML(f *testing.F) {
	for _, s := range []string{
		"a: 1\n", "a: &x [1, {b: |+\n", "? a\n", "- - 'x\n  y'\n", "a: \"\\u00e9\u2028\"\r\n", "%YAML 1.2\n---\n", "a: *x", "a: &a [*a]", "{a: [b", "\t", "\ufeffa: <<",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		root, problems := tree.ParseYAML("f", data, tree.Limits{Depth: 50})
		if root.Exists() && !json.Valid([]byte(root.Raw())) {
			t.Errorf("not JSON: %s", root.Raw())
		}
		walk(root)
		for _, p := range problems {
			if p.Pos.Line < 1 || p.Pos.Column < 1 || p.Message == "" {
				t.Errorf("no place: %v", p)
			}
		}
	})
}
