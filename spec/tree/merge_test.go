package tree

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"testing"
)

// merge is the rule by which botocore merges, in Go's own values.
func merge(base, extra map[string]any) {
	for key, value := range extra {
		to, isObject := base[key].(map[string]any)
		if from, ok := value.(map[string]any); ok && isObject {
			merge(to, from)
		} else {
			base[key] = value
		}
	}
}

// parsed reads a document without problems; ok is false for others and for what is no
// object.
func parsed(file, text string) (v Value, ok bool) {
	v, problems := Parse(file, []byte(text))
	return v, len(problems) == 0 && v.Kind() == Object
}

func FuzzMerge(f *testing.F) {
	f.Add(`{"a":{"b":1,"c":[1,{"x":2}]},"d":"e"}`, `{"a":{"c":[3],"n":{"o":null}},"d":{"p":true},"q":"r"}`)
	f.Add(`{"a":1}`, `{"a":{"b":1},"a\u0062":2}`)
	f.Add(`{"l":[{"a":1}],"o":{}}`, `{"l":{},"o":[]}`)
	f.Fuzz(func(t *testing.T, a, b string) {
		base, ok := parsed("a", a)
		extra, ok2 := parsed("b", b)
		if !ok || !ok2 {
			return
		}
		want := base.Decode().(map[string]any)
		merge(want, extra.Decode().(map[string]any))
		base.Merge(extra)
		if got := base.Decode(); !reflect.DeepEqual(got, any(want)) {
			t.Errorf("merged %v, want %v", got, want)
		}
		again, ok := parsed("c", base.Raw())
		if !ok || !reflect.DeepEqual(again.Decode(), any(want)) {
			t.Errorf("the text is %s, want that of %v", base.Raw(), want)
		}
		var names []string
		for m := range base.All() {
			names = append(names, m.Name())
			if got := base.Get(m.Name()); got != m {
				t.Errorf("member %q is %v and %v", m.Name(), got.Raw(), m.Raw())
			}
		}
		if slices.Sort(names); !slices.Equal(names, slices.Sorted(maps.Keys(want))) || base.Len() != len(want) {
			t.Errorf("names %q", names)
		}
	})
}

// TestMergePositions sees that values keep their places, and that large objects find
// what was merged into them.
func TestMergePositions(t *testing.T) {
	large := map[string]int{}
	for i := range 3 * largeObject {
		large[string(rune('A'+i%26))+string(rune('a'+i/26))] = i
	}
	text, err := json.Marshal(map[string]any{"o": large})
	if err != nil {
		t.Fatal(err)
	}
	base, _ := parsed("base", string(text))
	object := base.Get("o")
	object.Get("Zc") // makes the index
	extra, _ := parsed("extra", "{\n\"merge\":{\"o\":{\"Aa\":\"new\",\"zz\":true}}}")
	base.Merge(extra.Get("merge"))
	for name, want := range map[string]string{"Aa": "extra:2:15: /merge/o/Aa", "zz": "extra:2:26: /merge/o/zz"} {
		pos := object.Get(name).NamePos()
		if got := pos.String() + ": " + pos.Pointer; got != want {
			t.Errorf("%s stands at %s, want %s", name, got, want)
		}
	}
	if pos := object.At("/Ba"); pos.File != "base" {
		t.Errorf("Ba stands at %v", pos)
	}
	if got := object.Len(); got != len(large)+1 {
		t.Errorf("%d members", got)
	}
}

// TestMergedWithout leaves values out of a document into which another one was merged.
func TestMergedWithout(t *testing.T) {
	base, _ := parsed("a", `{"long name":{"x":1},"b":[2]}`)
	extra, _ := parsed("b", `{"long name":{"y":3},"\u0063":{"z":4,"w":5}}`)
	base.Merge(extra)
	left := map[Value]bool{base.Get("long name", "x"): true, base.Get("c", "z"): true}
	if got, want := string(base.Without(left)), `{"long name":{"y":3},"b":[2],"\u0063":{"w":5}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
