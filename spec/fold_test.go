package spec

import (
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	var ps Problems
	for i := range 49 {
		ps.Add(Pos{File: "a.json", Line: i + 1, Column: 7, Pointer: "/x"}, "add it", "the same is missing")
	}
	ps.Add(Pos{File: "a.json", Line: 100}, "", "another")
	for i := range maxRepeated {
		ps.Add(Pos{File: "a.json", Line: 200 + i}, "", "few of a kind")
	}
	ps.Add(Pos{File: "b.json", Line: 1, Column: 2}, "add it", "the same is missing")
	ps.Add(Pos{File: "c.json"}, "another hint", "the same is missing")
	want := `a.json:1:7: the same is missing, here and in 49 more places: 2:7, 3:7, 4:7, 5:7, 6:7, … (at #/x)
	hint: add it
a.json:100: another
a.json:200: few of a kind
a.json:201: few of a kind
a.json:202: few of a kind
c.json: the same is missing
	hint: another hint`
	if got := ps.Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := ps[49:].Error(); strings.Contains(got, "places") {
		t.Errorf("folded what does not repeat: %s", got)
	}
	if ps[0].Message != "the same is missing" {
		t.Errorf("the problems themselves have changed: %v", ps[0])
	}
}
