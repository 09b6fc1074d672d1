package diff_test

import (
	"testing"

	"example.com/lathe"
	"example.com/lathe/internal/diff"
	"example.com/lathe/spec"
)

// TestPredictionsAgree compares what the rules say of Go callers with what
// type-checking both clients says, for every change of the table, there and back.
func TestPredictionsAgree(t *testing.T) {
	for _, c := range allChanges() {
		t.Run(c.name, func(t *testing.T) {
			for _, format := range formats {
				pairs := c.edits()[format]
				if pairs == nil {
					continue
				}
				before, after := base[format].mustLoad(t), base[format].edit(t, pairs...).mustLoad(t)
				agree(t, format+" there", before, after)
				agree(t, format+" back", after, before)
				return // what the formats say is the same model
			}
		})
	}
}

// onlyCompiled are the breaks of Go that stand as changes of their own: no rule has
// their object, because what breaks them is a change of something else.
var onlyCompiled = map[string]bool{
	"go:Options.Stage":            true, // a parameter of endpoints has another type
	"go:types.UnknownUnionMember": true, // the last union is gone
	"go:types.TextGood":           true, // an enum has become a plain value
	"go:types.TextBad":            true,
}

func agree(t *testing.T, name string, before, after *spec.API) {
	t.Helper()
	type key struct{ rule, place string }
	predicted := map[key]diff.Severity{}
	for _, c := range diff.Compare(before, after).Changes {
		k := key{c.Rule, c.Place}
		predicted[k] = max(predicted[k], c.Go)
	}
	report, err := lathe.Compare(before, after)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	found := map[key]diff.Severity{}
	for _, c := range report.Changes {
		k := key{c.Rule, c.Place}
		found[k] = max(found[k], c.Go)
		if _, known := predicted[k]; !known && !onlyCompiled[c.Place] {
			t.Errorf("%s: only the compiler tells of %s %s: %s -> %s %+v", name, c.Rule, c.Place, c.Old, c.New, c.GoChanges)
		}
	}
	for k, want := range predicted {
		if found[k] != want {
			t.Errorf("%s: %s at %s is %s for Go, the rules say %s", name, k.rule, k.place, found[k], want)
		}
	}
}
