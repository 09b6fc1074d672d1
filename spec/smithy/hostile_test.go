package smithy_test

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"example.com/lathe/spec"
	"example.com/lathe/spec/smithy"
)

// repeat joins n strings with commas and newlines.
func repeat(n int, line func(i int) string) string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = line(i)
	}
	return strings.Join(lines, ",\n")
}

const long = "Looooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo" +
	"ooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooong"

// hostileModels are large or twisted; an empty problem means that they load.
var hostileModels = map[string]struct {
	model string
	// problem is in the error.
	problem string
}{
	"structure in itself":    {model(structure(`{"target": "a#In"}`)), ""},
	"structures in a circle": {model(structure(`{"target": "a#B", "traits": {"smithy.api#required": {}}}`), `"a#B": {"type": "structure", "members": {"y": {"target": "a#In", "traits": {"smithy.api#required": {}}}}}`), ""},
	"union in itself":        {model(structure(`{"target": "a#U"}`), `"a#U": {"type": "union", "members": {"u": {"target": "a#U"}}}`), ""},
	"list of structures":     {model(structure(`{"target": "a#L"}`), `"a#L": {"type": "list", "member": {"target": "a#In"}}`), ""},
	"map of structures":      {model(structure(`{"target": "a#M"}`), `"a#M": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "a#In"}}`), ""},
	"lists in a circle":      {model(structure(`{"target": "a#L"}`), `"a#L": {"type": "list", "member": {"target": "a#M"}}`, `"a#M": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "a#L"}}`), "L holds nothing but itself"},
	"maps as keys":           {model(structure(`{"target": "a#M"}`), `"a#M": {"type": "map", "key": {"target": "a#M"}, "value": {"target": "smithy.api#String"}}`), "the keys of map M are of type map"},
	"mixin of itself":        {model(`"a#In": {"type": "structure", "members": {}, "mixins": [{"target": "a#In"}], "traits": {"smithy.api#mixin": {}}}`), "the mixins of In lead back to itself"},
	"structures 1,000 deep":  {model(structure(`{"target": "a#N0"}`), repeat(1000, nested), `"a#N1000": {"type": "string"}`), ""},
	"chain 100,000 deep":     {model(structure(`{"target": "a#N0"}`), repeat(100_000, nested), `"a#N100000": {"type": "string"}`), ""},
	"lists 1,000 deep": {model(structure(`{"target": "a#N0"}`), repeat(1000, func(i int) string {
		return fmt.Sprintf(`"a#N%d": {"type": "list", "member": {"target": "a#N%d"}}`, i, i+1)
	}), `"a#N1000": {"type": "string"}`), ""},
	"resources in a circle":     {`{"smithy": "2.0", "shapes": {"a#S": {"type": "service", "version": "1", "resources": [{"target": "a#R"}]}, "a#R": {"type": "resource", "resources": [{"target": "a#Q"}, {"target": "a#R"}]}, "a#Q": {"type": "resource", "resources": [{"target": "a#R"}]}}}`, ""},
	"default 9,000 deep":        {model(structure(`{"target": "smithy.api#Document", "traits": {"smithy.api#default": ` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + `}}`)), ""},
	"JSON 1,000,000 deep":       {strings.Repeat(`{"a":`, 1_000_000), "exceeded max depth"},
	"enum of 10,000":            {model(structure(`{"target": "a#E"}`), `"a#E": {"type": "enum", "members": {`+repeat(10_000, func(i int) string { return fmt.Sprintf(`"V%d": {"target": "smithy.api#Unit"}`, i) })+`}}`), ""},
	"enum trait of 10,000":      {model(structure(`{"target": "a#E"}`), `"a#E": {"type": "string", "traits": {"smithy.api#enum": [`+repeat(10_000, func(i int) string { return fmt.Sprintf(`{"value": "v %d"}`, i) })+`]}}`), ""},
	"structure of 20,000":       {model(`"a#In": {"type": "structure", "members": {` + repeat(20_000, func(i int) string { return fmt.Sprintf(`"m%d": {"target": "a#In"}`, i) }) + `}}`), ""},
	"names of 200":              {model(structure(`{"target": "a#`+long+`"}`), structureOf("a#"+long, "a#"+long)), ""},
	"names that differ in case": {model(structure(`{"target": "a#foo"}`), structureOf("a#foo", "a#FOO"), structureOf("a#FOO", "a#Foo"), structureOf("a#Foo", "a#In")), ""},
	"predeclared names": {model(`"a#In": {"type": "structure", "members": {` + repeat(5, func(i int) string {
		return fmt.Sprintf(`"%s": {"target": "smithy.api#String"}`, [...]string{"init", "String", "Error", "type", "nil"}[i])
	}) + `}}`), ""},
	"Unicode names":    {model(in, `"a#名前": {"type": "string"}`), `"a#名前" is not a shape ID`},
	"Unicode member":   {model(`"a#In": {"type": "structure", "members": {"é": {"target": "smithy.api#String"}}}`), `In has a member with the name "é"`},
	"member of 1 MB":   {model(`"a#In": {"type": "structure", "members": {"` + strings.Repeat("x", 1<<20) + `": {"target": "smithy.api#String"}}}`), `In has a member with the name "xxxx`},
	"100,000 dangling": {model(`"a#In": {"type": "structure", "members": {` + repeat(100_000, func(i int) string { return fmt.Sprintf(`"m%d": {"target": "a#X%d"}`, i, i) }) + `}}`), "shape a#X99999 is not defined"},
	"mixins in a chain": {model(in, repeat(3000, func(i int) string {
		return fmt.Sprintf(`"a#M%d": {"type": "structure", "members": {"m%d": {"target": "smithy.api#String", "traits": {"x#y": {}}}}, "mixins": [{"target": "a#M%d"}], "traits": {"smithy.api#mixin": {}}}`, i, i, i+1)
	}), `"a#M3000": {"type": "structure", "members": {}, "traits": {"smithy.api#mixin": {}}}`), "mixins copy more than 262144 members and traits"},
	"many mixins": {model(in, `"a#M": {"type": "structure", "members": {`+repeat(2000, func(i int) string { return fmt.Sprintf(`"m%d": {"target": "smithy.api#String"}`, i) })+`}, "traits": {"smithy.api#mixin": {}}}`, repeat(2000, func(i int) string {
		return fmt.Sprintf(`"a#N%d": {"type": "structure", "members": {}, "mixins": [{"target": "a#M"}]}`, i)
	})), "mixins copy more than 262144 members and traits"},
	"local traits": {model(`"a#In": {"type": "structure", "members": {}, "mixins": [{"target": "a#M"}]}`, `"a#M": {"type": "structure", "members": {}, "traits": {"smithy.api#mixin": {"localTraits": [`+repeat(100_000, func(i int) string { return fmt.Sprintf(`"x#t%d"`, i) })+`]}}}`), ""},
	"common errors": {`{"smithy": "2.0", "shapes": {"a#S": {"type": "service", "version": "1", "operations": [` + repeat(3000, func(i int) string { return fmt.Sprintf(`{"target": "a#O%d"}`, i) }) +
		`], "errors": [` + repeat(3000, func(int) string { return `{"target": "a#E"}` }) + `]}, "a#E": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}},` +
		repeat(3000, func(i int) string { return fmt.Sprintf(`"a#O%d": {"type": "operation"}`, i) }) + `}}`, "which are too many"},
	"operation of 100 labels": {operation(`{"type": "operation", "traits": {"smithy.api#http": {"method": "GET", "uri": "/` + strings.Repeat("{a}/", 100) + `"}}}`), `label "a" stands twice`},
}

func nested(i int) string { return structureOf(fmt.Sprintf("a#N%d", i), fmt.Sprintf("a#N%d", i+1)) }

func structureOf(id, target string) string {
	return `"` + id + `": {"type": "structure", "members": {"m": {"target": "` + target + `"}}}`
}

// patience is how long a hostile model may take on a busy machine with the race
// detector. On an idle one none takes half a second; what is quadratic takes
// minutes.
const patience = time.Minute

// TestHostileModels sees that no model takes long or much memory.
func TestHostileModels(t *testing.T) {
	for name, c := range hostileModels {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		api, err := smithy.Load("m.json", []byte(c.model), smithy.Options{})
		elapsed := time.Since(start)
		runtime.ReadMemStats(&after)
		if took := (after.TotalAlloc - before.TotalAlloc) >> 20; elapsed > patience || took > 1000 {
			t.Errorf("%s took %v and %d MB", name, elapsed, took)
		}
		switch {
		case c.problem == "" && err != nil:
			t.Errorf("%s: %.500v", name, err)
		case c.problem != "" && (err == nil || !strings.Contains(err.Error(), c.problem)):
			t.Errorf("%s: got %.500v\nwant %s", name, err, c.problem)
		case err == nil:
			checkAPI(t, api)
		}
	}
}

// checkAPI sees that a model holds together.
func checkAPI(t *testing.T, api *spec.API) {
	t.Helper()
	for name, s := range api.Shapes {
		if s.Name != name || s.Kind == spec.Invalid || s.Kind == spec.List && s.Element == nil || s.Kind == spec.Map && (s.Key == nil || s.Value == nil) {
			t.Errorf("shape %s is broken: %+v", name, s)
		}
		for m := range s.Edges {
			if m.Target == nil || api.Shapes[m.Target.Name] != m.Target {
				t.Errorf("member %s of %s has a target that the API has not", m.Name, name)
			}
		}
	}
	for _, op := range api.Operations {
		for _, s := range op.Roots(api) {
			if api.Shapes[s.Name] != s {
				t.Errorf("operation %s has a shape that the API has not", op.Name)
			}
		}
	}
	if problems := spec.Validate(api); problems != nil {
		t.Error(problems)
	}
}

func FuzzLoad(f *testing.F) {
	for _, name := range []string{"garden.json"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, c := range badModels {
		f.Add([]byte(c.model))
	}
	for _, c := range hostileModels {
		if len(c.model) < 10_000 {
			f.Add([]byte(c.model))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		api, err := smithy.Load("f.json", data, smithy.Options{EndpointTests: true})
		if err != nil {
			if err.Error() == "" {
				t.Error("an error that says nothing")
			}
			return
		}
		checkAPI(t, api)
		if !smithy.Sniff(data) {
			t.Error("a model that loads is not recognised")
		}
	})
}
