package spec_test

import (
	"slices"
	"testing"

	"example.com/lathe/spec"
)

func TestEnumNames(t *testing.T) {
	for _, c := range []struct{ values, want []string }{
		{nil, []string{}},
		{[]string{"RUNNING", "in-progress", "a:b/c.d e"}, []string{"RUNNING", "in_progress", "a_b_c_d_e"}},
		{[]string{"t2.micro", "x--y", "-z-"}, []string{"t2_micro", "x_y", "_z_"}},
		{[]string{"a", "1.5"}, []string{"a", "1.5"}},
		{[]string{"a-b", "a_b"}, []string{"a-b", "a_b"}},
		{[]string{"a", ""}, []string{"a", ""}},
		{[]string{"é", "x"}, []string{"é", "x"}},
		{[]string{"a+b"}, []string{"a+b"}},
	} {
		if got := spec.EnumNames(c.values); !slices.Equal(got, c.want) {
			t.Errorf("EnumNames(%q) = %q, want %q", c.values, got, c.want)
		}
	}
}

func TestPlainPattern(t *testing.T) {
	for pattern, want := range map[string]string{
		"": "", "a": "a", "^a$": "a", "a$": "a", `^\$$`: `\$`, `a\$`: `a\$`, `a\\$`: `a\\`, "^$": "", "^a|b$": "a|b",
	} {
		if got := spec.PlainPattern(pattern); got != want {
			t.Errorf("PlainPattern(%q) = %q, want %q", pattern, got, want)
		}
	}
}

func TestPlainNumber(t *testing.T) {
	for literal, want := range map[string]string{
		"0": "0", "10": "10", "1.50": "1.5", "2.0": "2", "-0.0": "0", "-0": "0", "1.0e5": "1.0e5", "100": "100",
	} {
		if got := spec.PlainNumber(literal); got != want {
			t.Errorf("PlainNumber(%q) = %q, want %q", literal, got, want)
		}
	}
}

func TestSortProtocols(t *testing.T) {
	got := []spec.Protocol{"mine", spec.AWSQuery, spec.RestJSON1, "other", spec.AWSJSON10, spec.RPCv2CBOR, spec.AWSJSON11}
	spec.SortProtocols(got)
	want := []spec.Protocol{spec.RPCv2CBOR, spec.AWSJSON10, spec.AWSJSON11, spec.RestJSON1, spec.AWSQuery, "mine", "other"}
	if !slices.Equal(got, want) {
		t.Errorf("sorted %q, want %q", got, want)
	}
}

func TestSortErrors(t *testing.T) {
	a, b := &spec.Shape{Name: "A"}, &spec.Shape{Name: "B"}
	if got := spec.SortErrors([]*spec.Shape{b, a, b}); !slices.Equal(got, []*spec.Shape{a, b}) {
		t.Errorf("sorted %v", got)
	}
}

func TestNearestCandidate(t *testing.T) {
	candidates := []string{"GetRun", "GetRuns", "ListRuns", "Domain"}
	for name, want := range map[string]string{
		"GetRnu": "GetRun", "getrun": "GetRun", "GetRunz": "GetRun", "GetRunsz": "GetRuns", "Dmain": "Domain", "Xyz": "", "": "", "ab": "",
		"eGtRun": "GetRun", "LsitRnus": "ListRuns", "GteRnus": "GetRuns", "niamoD": "", "oDmain": "Domain",
	} {
		if got := spec.Nearest(name, slices.Values(candidates)); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestCollectionsThatHoldThemselves(t *testing.T) {
	text := &spec.Shape{Name: "Text", Kind: spec.String}
	number := &spec.Shape{Name: "Number", Kind: spec.Integer}
	list := func(name string) *spec.Shape {
		return &spec.Shape{Name: name, Kind: spec.List, Element: &spec.Member{}, Pos: spec.Pos{File: name}}
	}
	a, b, c, ok, self := list("A"), list("B"), list("C"), list("Ok"), list("Self")
	a.Element.Target, b.Element.Target, self.Element.Target, ok.Element.Target = b, a, self, text
	c.Element.Target = b // leads into the circle without being part of it
	m := &spec.Shape{Name: "M", Kind: spec.Map, Key: &spec.Member{Target: number, Pos: spec.Pos{File: "M"}}, Value: &spec.Member{Target: text}}
	api := &spec.API{Shapes: map[string]*spec.Shape{}}
	for _, s := range []*spec.Shape{a, b, c, ok, self, m, text, number} {
		api.Shapes[s.Name] = s
	}
	const want = "A: A holds nothing but itself\n\thint: put a structure in between\n" +
		"M: the keys of map M are of type integer\n\thint: target a string\n" +
		"Self: Self holds nothing but itself\n\thint: put a structure in between"
	for range 20 {
		if got := spec.Validate(api).Err(); got == nil || got.Error() != want {
			t.Fatalf("got %v\nwant %s", got, want)
		}
	}
}
