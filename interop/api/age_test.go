package api

import (
	"slices"
	"testing"

	"example.com/lathe/interop/goapi"
	"example.com/lathe/spec"
)

// TestOfAnotherAge sees that only what follows from the age of models is left out.
func TestOfAnotherAge(t *testing.T) {
	text := &spec.Shape{Name: "Text", Kind: spec.String}
	colour := &spec.Shape{Name: "Colour", Kind: spec.Enum, EnumValues: []spec.EnumValue{{Name: "RED", Value: "red"}}}
	m := newModel(&spec.API{Operations: []*spec.Operation{{
		Name: "GetRun", Waiters: []spec.Waiter{{Name: "RunDone"}},
		Input: &spec.Shape{Name: "GetRunRequest", Kind: spec.Structure, Members: []*spec.Member{
			{Name: "runId", Target: text}, {Name: "colour", Target: colour},
		}},
	}}})
	// The first letter says whose the name is.
	for name, pkg := range map[string]string{
		"o Client.PutRun": "", "o PutRunInput": "", "o PutRunInput.Id": "", "o GetRunInput.New": "", "o GetRunPaginator": "",
		"o RunGoneWaiterOptions": "", "o NewRunGoneWaiter": "", "o Shape.Member": "types", "o Colour=blue": "types",
		"u Client.GetRun": "", "u GetRunInput.RunId": "", "u RunDoneWaiter": "", "u Colour=red": "types", "u GetRunAPIClient": "",
	} {
		if left, aged := ofAnotherAge(m, pkg, []goapi.Difference{difference(name)}); len(left) != 0 || len(aged) != 1 {
			t.Errorf("%s is not of another age", name)
		}
	}
	for name, pkg := range map[string]string{
		"o Client.GetRun": "", "o GetRunInput.RunId": "", "o RunDoneWaiter": "", "o Colour=red": "types", "o Options.Region": "", "o New": "",
		"u Client.PutRun": "", "u GetRunInput.New": "", "u GetRunPaginator": "", "u Colour=blue": "types", "u Options.Region": "", "u Interface": "document",
		"b GetRunInput.New": "",
	} {
		if left, aged := ofAnotherAge(m, pkg, []goapi.Difference{difference(name)}); len(left) != 1 || len(aged) != 0 {
			t.Errorf("%s is of another age", name)
		}
	}
	spelled := []goapi.Difference{difference("o Shape.RunID"), difference("u Shape.RunId")}
	if left, _ := ofAnotherAge(m, "types", spelled); !slices.Equal(left, spelled) {
		t.Errorf("of two spellings %v is left", left)
	}
}

// difference makes one of a name: "o" is the official package's, "u" ours, "b" both have.
func difference(name string) goapi.Difference {
	d := goapi.Difference{Name: name[2:]}
	text := "method"
	switch at := slices.Index([]byte(d.Name), '='); {
	case at >= 0:
		text = "const types." + d.Name[:at] + ` = "` + d.Name[at+1:] + `"`
		d.Name = "Any"
	case slices.Contains([]byte(d.Name), '.'):
		text = "field string"
	}
	if name[0] != 'u' {
		d.Official = text
	}
	switch name[0] {
	case 'u':
		d.Ours = text
	case 'b':
		d.Ours = "another " + text
	}
	return d
}
