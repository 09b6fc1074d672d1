package tree_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

const sample = `{
  "b": [1, -2.50e1, true, null],
  "a/~": {"x\u0079": "q\"\né"},
  "e": {}
}`

func parse(t *testing.T, text string) tree.Value {
	t.Helper()
	v, problems := tree.Parse("f.json", []byte(text))
	if problems != nil {
		t.Fatal(problems)
	}
	return v
}

func TestValues(t *testing.T) {
	v := parse(t, sample)
	var names []string
	for m := range v.All() {
		names = append(names, m.Name()+" is "+m.Kind().String())
	}
	if want := []string{"b is an array", "a/~ is an object", "e is an object"}; !slices.Equal(names, want) {
		t.Errorf("members %q, want %q", names, want)
	}
	if got := v.Get("a/~").Get("xy").Text(); got != "q\"\né" {
		t.Errorf("text %q", got)
	}
	if got := v.Get("a/~").Raw(); got != `{"x\u0079": "q\"\né"}` {
		t.Errorf("raw %q", got)
	}
	if got := v.Get("b").Len(); got != 4 {
		t.Errorf("length %d", got)
	}
	want := map[string]any{
		"b":   []any{json.Number("1"), json.Number("-2.50e1"), true, nil},
		"a/~": map[string]any{"xy": "q\"\né"}, "e": map[string]any{},
	}
	if got := v.Decode(); !reflect.DeepEqual(got, want) {
		t.Errorf("decoded %#v", got)
	}
}

func TestAbsent(t *testing.T) {
	v := parse(t, sample).Get("nope").Get("more")
	if v.Exists() || v.Kind() != tree.Absent || v.Name() != "" || v.Text() != "" || v.Raw() != "" || v.IsTrue() || v.Len() != 0 ||
		v.Decode() != nil || v.Pos() != (spec.Pos{}) || v.NamePos() != (spec.Pos{}) || v.At("/x") != (spec.Pos{}) {
		t.Errorf("an absent value has something: %+v", v)
	}
	if _, ok := v.Int(); ok {
		t.Error("an absent value is an integer")
	}
}

func TestInt(t *testing.T) {
	for text, want := range map[string]int{"0": 0, "-5": -5, "2147483647": math.MaxInt32} {
		if got, ok := parse(t, text).Int(); got != want || !ok {
			t.Errorf("%s gives %d, %v", text, got, ok)
		}
	}
	for _, text := range []string{"1.5", "1e2", "2147483648", `"1"`, "true", "null"} {
		if got, ok := parse(t, text).Int(); ok {
			t.Errorf("%s gives %d", text, got)
		}
	}
}

func TestPositions(t *testing.T) {
	v := parse(t, sample)
	at := func(line, column int, pointer string) spec.Pos {
		return spec.Pos{File: "f.json", Line: line, Column: column, Pointer: pointer}
	}
	second := func(v tree.Value) (e tree.Value) {
		for e = range v.All() {
			if e.Raw() != "1" {
				break
			}
		}
		return e
	}
	for name, c := range map[string]struct{ got, want spec.Pos }{
		"root":           {v.Pos(), at(1, 1, "")},
		"root has no":    {v.NamePos(), at(1, 1, "")},
		"key":            {v.Get("b").NamePos(), at(2, 3, "/b")},
		"member":         {v.Get("b").Pos(), at(2, 8, "/b")},
		"element":        {second(v.Get("b")).Pos(), at(2, 12, "/b/1")},
		"escaped":        {v.Get("a/~").Get("xy").Pos(), at(3, 22, "/a~1~0/xy")},
		"pointer":        {v.At("/a~1~0/xy"), at(3, 11, "/a~1~0/xy")},
		"relative":       {v.Get("b").At("/2"), at(2, 21, "/b/2")},
		"nowhere":        {v.At("/b/9/x"), at(2, 3, "/b")},
		"not an index":   {v.At("/b/x"), at(2, 3, "/b")},
		"empty pointer":  {v.Get("e").At(""), at(4, 3, "/e")},
		"multibyte line": {v.Get("e").Pos(), at(4, 8, "/e")},
	} {
		if c.got != c.want {
			t.Errorf("%s is %+v, want %+v", name, c.got, c.want)
		}
	}
}

func TestLargeValues(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"list": [0`)
	const size = 20000
	for i := 1; i < size; i++ {
		fmt.Fprintf(&b, ",\n%d", i)
	}
	b.WriteString("]")
	for i := range size {
		fmt.Fprintf(&b, ",\n\"k%d\": %d", i, i)
	}
	b.WriteString("}")
	v := parse(t, b.String())
	for _, i := range []int{0, 1, 5, 4, size - 1, 31, 32, 33, size / 2} {
		n := strconv.Itoa(i)
		if got := v.At("/list/" + n); got.Line != i+1 || got.Pointer != "/list/"+n {
			t.Errorf("element %d is at %+v", i, got)
		}
		if got := v.Get("k" + n); got.Raw() != n || v.At("/k"+n) != got.NamePos() {
			t.Errorf("member %d is %s at %+v", i, got.Raw(), got.NamePos())
		}
	}
	if got := v.At("/list/20000"); got.Pointer != "/list" {
		t.Errorf("an element behind the last is at %+v", got)
	}
	if v.Get("nope").Exists() {
		t.Error("found what is not there")
	}
	for i := range size { // quadratic time would show
		v.At("/list/" + strconv.Itoa(i))
		v.Get("k" + strconv.Itoa(i))
	}
}

func TestByteOrderMark(t *testing.T) {
	v := parse(t, "\xef\xbb\xbf {\"a\": 1}")
	if got := v.Get("a").NamePos().String(); got != "f.json:1:3" {
		t.Errorf("position %s", got)
	}
}

func TestProblems(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty":     {"", "f.json:1:1: the document is empty"},
		"blank":     {" \n ", "f.json:1:1: the document is empty"},
		"truncated": {"{\n \"a\": [1,", "f.json:2:10: the document ends in the middle of an array that begins in line 2 (at #/a)"},
		"string":    {`"abc`, "f.json:1:5: the document ends in the middle of a value"},
		"trailing":  {"{}\n x", "f.json:2:2: invalid JSON: invalid character 'x' at start of value"},
		"second":    {"{} {}", "f.json:1:4: something follows the end of the document"},
		"scalars":   {"1 2", "f.json:1:4: something follows the end of the document"},
		"comma":     {"{\n\"a\": 1,\n}", "f.json:2:7: invalid JSON: a comma stands behind the last element"},
		"colon":     {`{"a" 1}`, "f.json:1:6: invalid JSON: invalid character '1' after object name (expecting ':') (at #/a)"},
		"quotes":    {"{'a': 1}", "f.json:1:2: invalid JSON: invalid character '\\'' at start of value"},
		"UTF-8":     {"[\"\xff\"]", "f.json:1:3: invalid JSON: invalid UTF-8 (at #/0)"},
		"mismatch":  {"[}", "f.json:1:2: invalid JSON: invalid character '}' at start of value (at #/0)"},
		"not JSON":  {"openapi: 3.0.0", "f.json:1:1: invalid JSON: invalid character 'o' at start of value"},
		"duplicates": {"{\"a\": 1, \"b\": {\"c\": 1,\n\"c\": 2},\n\"\\u0061\": 3}",
			"f.json:2:1: key \"c\" stands twice, first at f.json:1:16 (at #/b/c)\n\thint: keep one of them\n" +
				"f.json:3:1: key \"a\" stands twice, first at f.json:1:2 (at #/a)\n\thint: keep one of them"},
		"duplicate and truncated": {"{\"a\": {\"b\":1, \"b\":2},",
			"f.json:1:15: key \"b\" stands twice, first at f.json:1:8 (at #/a/b)\n\thint: keep one of them\n" +
				"f.json:1:22: the document ends in the middle of an object that begins in line 1"},
	} {
		_, problems := tree.Parse("f.json", []byte(c.text))
		if got := problems.Err().Error(); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

func TestManyDuplicates(t *testing.T) {
	var b strings.Builder
	b.WriteString("{\n")
	for range 500 {
		b.WriteString("\"key\": 1,\n")
	}
	b.WriteString("\"end\": 1}")
	_, problems := tree.Parse("f.json", []byte(b.String()))
	if len(problems) != 100 {
		t.Errorf("%d problems", len(problems))
	}
	if got, want := problems[0].Error(), "f.json:3:1: key \"key\" stands twice, first at f.json:2:1 (at #/key)\n\thint: keep one of them"; got != want {
		t.Errorf("first %s, want %s", got, want)
	}
}

func TestDeepNesting(t *testing.T) {
	if _, problems := tree.Parse("f.json", []byte(strings.Repeat("[", 9000)+strings.Repeat("]", 9000))); problems != nil {
		t.Error(problems)
	}
	_, problems := tree.Parse("f.json", []byte(strings.Repeat("[", 1<<20)))
	if len(problems) != 1 || !strings.Contains(problems[0].Message, "exceeded max depth") {
		t.Error(problems)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{sample, "", "[1,2,{}]", `{"a":{"a":1,"a":2}}`, "\xef\xbb\xbf1", `{"\u0061\/~":[[],[{}]]}`, "[", `"\ud800"`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		v, problems := tree.Parse("f", data)
		if problems == nil && !json.Valid(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))) {
			t.Error("it is not valid JSON")
		}
		walk(v)
	})
}

// walk asks for everything that a value can tell.
func walk(v tree.Value) {
	v.Pos()
	v.NamePos()
	v.Text()
	v.Int()
	for e := range v.All() {
		walk(e)
	}
}

func BenchmarkParse(b *testing.B) {
	data, err := os.ReadFile("../../../shared/models/smithy/datazone-2018-05-10.json")
	if err != nil {
		b.Skip("skipped: the models are not in ../shared")
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, problems := tree.Parse("x", data); problems != nil {
			b.Fatal(problems)
		}
	}
}
