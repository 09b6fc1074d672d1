package rules

import (
	"reflect"
	"strings"
	"testing"
)

func TestSplitTemplate(t *testing.T) {
	text := func(s string) piece { return piece{text: s} }
	ref := func(name, path string) piece { return piece{ref: name, path: path, isRef: true} }
	for s, want := range map[string][]piece{
		"":               nil,
		"a":              {text("a")},
		"{a}":            {ref("a", "")},
		"{a}{b#c}":       {ref("a", ""), ref("b", "c")},
		"x{a#b[0]}y":     {text("x"), ref("a", "b[0]"), text("y")},
		"{{a}}":          {text("{a}")},
		"{{{a}}}":        {text("{"), ref("a", ""), text("}")},
		"a}}b{{c":        {text("a}b{c")},
		"{a b}":          {ref("a b", "")},
		"{a#b#c}":        {ref("a", "b#c")},
		"é{x}":           {text("é"), ref("x", "")},
		"https://{a}.b/": {text("https://"), ref("a", ""), text(".b/")},
	} {
		if got, err := splitTemplate(s); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("splitTemplate(%q) = %+v, %v, want %+v", s, got, err, want)
		}
	}
	for s, want := range map[string]error{
		"{": errUnclosed, "a{b": errUnclosed, "{a{b}}": errUnclosed, "}": errClosed, "{a}}": errClosed, "{}": errEmpty, "{#a}": errEmpty, "{a#}": errEmpty,
	} {
		if got, err := splitTemplate(s); err != want || got != nil {
			t.Errorf("splitTemplate(%q) = %v, %v, want %v", s, got, err, want)
		}
	}
}

func FuzzSplitTemplate(f *testing.F) {
	for _, s := range []string{"{a}", "{{a}}", "x{a#b}y{{z}}", "{", "}}{", "{a#b[-1]}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		pieces, err := splitTemplate(s)
		if err != nil {
			return
		}
		var b strings.Builder
		for _, p := range pieces {
			switch {
			case !p.isRef:
				b.WriteString(strings.NewReplacer("{", "{{", "}", "}}").Replace(p.text))
			case p.path != "":
				b.WriteString("{" + p.ref + "#" + p.path + "}")
			default:
				b.WriteString("{" + p.ref + "}")
			}
		}
		if b.String() != s {
			t.Errorf("the pieces of %q make %q", s, b.String())
		}
	})
}
