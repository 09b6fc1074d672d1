package diff_test

import (
	"testing"

	"example.com/lathe"
	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
	"example.com/lathe/spec"
)

// TestPredictionsAgree compares what the rules say of Go callers with what
// type-checking both clients says, for every case, there and back.
func TestPredictionsAgree(t *testing.T) {
	for _, c := range loadCases(t) {
		t.Run(c.name, func(t *testing.T) {
			for _, format := range formats {
				before, after, ok := c.sides(t, format)
				if !ok {
					continue
				}
				agree(t, format+" there", before.mustLoad(t), after.mustLoad(t))
				agree(t, format+" back", after.mustLoad(t), before.mustLoad(t))
				if c.files[format+".report"] == "" {
					return // what the formats say is the same model
				}
			}
		})
	}
}

// TestSideEffectsAgree does so for what a change does to Go types that it does not
// name: a variant that holds a structure can be compared as long as the structure
// can, and a client has some types only as long as something needs them.
func TestSideEffectsAgree(t *testing.T) {
	for name, change := range map[string]struct{ before, after func(*spec.API) }{
		"variant can't be compared": {func(*spec.API) {}, func(api *spec.API) {
			stats := api.Shapes["Stats"]
			stats.Members = append(stats.Members, &spec.Member{Name: "notes", Target: api.Shapes["Tags"]})
		}},
		"names in Go": {func(*spec.API) {}, func(api *spec.API) {
			api.Shapes["Stats"].Alias = "RunStats"
			api.Shapes["GetRunOutput"].Member("message").Alias = "Note"
		}},
		"operation in Go": {func(*spec.API) {}, func(api *spec.API) { operationNamed(api, "GetRun").Alias = "FetchRun" }},
		"last document": {
			func(api *spec.API) {
				api.Shapes["GetRunOutput"].Member("message").Target = &spec.Shape{Name: "Any", Kind: spec.Document}
			},
			func(*spec.API) {},
		},
	} {
		t.Run(name, func(t *testing.T) {
			before, after := base["smithy"].mustLoad(t), base["smithy"].mustLoad(t)
			for _, api := range []*spec.API{before, after} {
				choice := api.Shapes["Choice"]
				choice.Members = append(choice.Members, &spec.Member{Name: "stats", Target: api.Shapes["Stats"]})
			}
			change.before(before)
			change.after(after)
			agree(t, name, before, after)
		})
	}
}

// onlyCompiled are the breaks of Go that stand as changes of their own: no rule has
// their object, because what breaks them is a change of something else.
var onlyCompiled = map[string]bool{
	"go:Options.Stage": true, // a parameter of endpoints has another type
}

func agree(t *testing.T, name string, before, after *spec.API) {
	t.Helper()
	type key struct{ rule, place string }
	predicted := map[key]rules.Severity{}
	for _, c := range diff.Compare(before, after).Changes {
		k := key{c.Rule.ID, c.Place}
		predicted[k] = max(predicted[k], c.Go)
	}
	report, err := lathe.Compare(before, after)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	found := map[key]rules.Severity{}
	for _, c := range report.Changes {
		k := key{c.Rule.ID, c.Place}
		found[k] = max(found[k], c.Go)
		if _, known := predicted[k]; !known && !onlyCompiled[c.Place] {
			t.Errorf("%s: only the compiler sees %s %s: %s -> %s %+v", name, c.Rule.ID, c.Place, c.Old, c.New, c.GoChanges)
		}
	}
	for k, want := range predicted {
		if found[k] != want {
			t.Errorf("%s: %s at %s is %s for Go, the rules say %s", name, k.rule, k.place, found[k], want)
		}
	}
}
