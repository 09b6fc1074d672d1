package tree_test

import (
	"fmt"
	"testing"

	"example.com/lathe/spec/tree"
)

func TestMembers(t *testing.T) {
	for text, want := range map[string]string{
		`{"a": 1, "b": {"c": []}, "a": "x", "d": null}`: "a a number, b an object, a a string, d null, ",
		` {"a": [1], "b": tru`:                          "a an array, b a boolean, ",
		`{"a": [1, "b": 2}`:                             "a an array, ",
		`{"a" "b": 1}`:                                  "a nothing, ",
		`{"a\u0062":`:                                   "ab nothing, ",
		"\ufeff" + `{"a": 1}`:                           "a a number, ",
		`{}`:                                            "",
		`["a"]`:                                         "",
		`a: 1`:                                          "",
		``:                                              "",
	} {
		got := ""
		for name, kind := range tree.Members([]byte(text)) {
			got += fmt.Sprintf("%s %s, ", name, kind)
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// Nothing is read behind the member at which the caller stops.
func TestMembersStops(t *testing.T) {
	for name := range tree.Members([]byte(`{"a": broken`)) {
		if name != "a" {
			t.Errorf("got %q", name)
		}
		break
	}
}
