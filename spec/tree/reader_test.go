package tree_test

import (
	"slices"
	"testing"

	"example.com/lathe/spec/tree"
)

func TestReader(t *testing.T) {
	const text = "s: text\nn: 1.50\ni: 7\nb: true\nl: [a, b]\no: {k: v}\nempty:\n"
	root, _ := tree.ParseYAML("a", []byte(text), tree.Limits{})
	r := &tree.Reader{}
	if r.Text(root.Get("s")) != "text" || r.Number(root.Get("n")) != "1.5" || r.Integer(root.Get("i")) != 7 || !r.Flag(root.Get("b")) ||
		!slices.Equal(r.Texts(root.Get("l")), []string{"a", "b"}) || r.Object(root.Get("o")).Get("k").Text() != "v" || r.List(root.Get("l")).Len() != 2 {
		t.Error("a value is not what stands there")
	}
	absent := root.Get("nope")
	if r.Text(absent) != "" || r.Number(absent) != "" || r.Integer(absent) != 0 || r.Flag(absent) || r.Texts(absent) != nil || r.Object(absent).Exists() {
		t.Error("a value that is absent is something")
	}
	if len(r.Problems) > 0 {
		t.Error(r.Problems)
	}
	r.Text(root.Get("n"))
	r.Number(root.Get("s"))
	r.Integer(root.Get("n"))
	r.Flag(root.Get("l"))
	r.Texts(root.Get("o"))
	r.Object(root.Get("empty"))
	r.Texts(root)
	want := "a:1:1: the document must be an array, not an object\n" +
		"a:1:4: \"s\" must be a number, not a string (at #/s)\n" +
		"a:2:4: \"n\" must be a string, not a number (at #/n)\n" +
		"a:2:4: \"n\" must be an integer, not 1.50 (at #/n)\n" +
		"a:5:4: \"l\" must be a boolean, not an array (at #/l)\n" +
		"a:6:4: \"o\" must be an array, not an object (at #/o)\n" +
		"a:7:1: \"empty\" must be an object, not null (at #/empty)"
	if got := r.Problems.Err().Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	r = &tree.Reader{Mismatch: func(_ tree.Value, want tree.Kind) (string, string) { return "a hint", "not " + want.String() }}
	if r.Text(root.Get("n")); r.Problems[0].Error() != "a:2:4: not a string (at #/n)\n\thint: a hint" {
		t.Error(r.Problems)
	}
}
