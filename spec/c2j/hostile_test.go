package c2j_test

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example.com/lathe/spec"
	"example.com/lathe/spec/c2j"
)

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

// repeat joins n strings with commas and newlines.
func repeat(n int, line func(i int) string) string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = line(i)
	}
	return strings.Join(lines, ",\n")
}

// hostileModels are large or twisted; an empty problem means that they load.
var hostileModels = map[string]struct {
	model string
	// problem is in the error.
	problem string
}{
	"structure in itself": {model(structure(`{"shape": "In"}`)), ""},
	"union in itself":     {model(structure(`{"shape": "U"}`), `"U": {"type": "structure", "union": true, "members": {"u": {"shape": "U"}}}`), ""},
	"list of structures":  {model(structure(`{"shape": "L"}`), `"L": {"type": "list", "member": {"shape": "In"}}`), ""},
	"map of structures":   {model(structure(`{"shape": "M"}`), `"M": {"type": "map", "key": {"shape": "T"}, "value": {"shape": "In"}}`, `"T": {"type": "string"}`), ""},
	"lists in a circle":   {model(structure(`{"shape": "L"}`), `"L": {"type": "list", "member": {"shape": "M"}}`, `"M": {"type": "list", "member": {"shape": "L"}}`), "L holds nothing but itself"},
	"map keys":            {model(structure(`{"shape": "M"}`), `"M": {"type": "map", "key": {"shape": "In"}, "value": {"shape": "In"}}`), "the keys of map M are of type structure"},
	"structures 1,000 deep": {model(structure(`{"shape": "N0"}`), repeat(1000, func(i int) string {
		return fmt.Sprintf(`"N%d": {"type": "structure", "members": {"m": {"shape": "N%d"}}}`, i, i+1)
	}), `"N1000": {"type": "string"}`), ""},
	"lists 100,000 deep": {model(structure(`{"shape": "N0"}`), repeat(100_000, func(i int) string {
		return fmt.Sprintf(`"N%d": {"type": "list", "member": {"shape": "N%d"}}`, i, i+1)
	}), `"N100000": {"type": "string"}`), ""},
	"JSON 1,000,000 deep": {strings.Repeat(`{"a":`, 1_000_000), "exceeded max depth"},
	"enum of 10,000":      {model(structure(`{"shape": "E"}`), `"E": {"type": "string", "enum": [`+repeat(10_000, func(i int) string { return fmt.Sprintf(`"v-%d"`, i) })+`]}`), ""},
	"structure of 50,000": {model(`"In": {"type": "structure", "required": [` + repeat(50_000, func(i int) string { return fmt.Sprintf(`"m%d"`, i) }) +
		`], "members": {` + repeat(50_000, func(i int) string { return fmt.Sprintf(`"m%d": {"shape": "In"}`, i) }) + `}}`), ""},
	"100,000 dangling":          {model(`"In": {"type": "structure", "members": {` + repeat(100_000, func(i int) string { return fmt.Sprintf(`"m%d": {"shape": "X%d"}`, i, i) }) + `}}`), "shape X99999 is not defined"},
	"50,000 required":           {model(`"In": {"type": "structure", "required": [` + repeat(50_000, func(i int) string { return fmt.Sprintf(`"n%d"`, i) }) + `], "members": {}}`), `In requires "n49999"`},
	"name of 1 MB":              {model(in, `"`+strings.Repeat("x", 1<<20)+`": {"type": "string"}`), `" is not a name`},
	"names of 200":              {model(structure(`{"shape": "`+strings.Repeat("x", 200)+`"}`), `"`+strings.Repeat("x", 200)+`": {"type": "string"}`), ""},
	"names that differ in case": {model(structure(`{"shape": "foo"}`), `"foo": {"type": "list", "member": {"shape": "FOO"}}`, `"FOO": {"type": "string"}`), ""},
	"Unicode names":             {model(in, `"名前": {"type": "string"}`), `"名前" is not a name`},
	"streams":                   {model(`"In": {"type": "structure", "members": {"a": {"shape": "B", "streaming": true}, "b": {"shape": "B", "streaming": true}}}`, `"B": {"type": "blob"}`, `"StreamingB": {"type": "string"}`), ""},
	"timestamps":                {model(structure(`{"shape": "SyntheticTimestamp_x"}`), `"SyntheticTimestamp_x": {"type": "timestamp"}`, `"Timestamp": {"type": "string"}`), ""},
	"labels":                    {operation(`{"http": {"method": "GET", "requestUri": "/{a}/}{b{c}/{"}, "input": {"shape": "X"}}`, `"X": {"type": "structure", "members": {"A": {"shape": "In", "location": "uri", "locationName": "a"}}}`), "is wrong"},
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
		api, err := c2j.Load("m.json", []byte(c.model), c2j.Options{})
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

func FuzzLoad(f *testing.F) {
	read := func(name string) []byte {
		data, err := os.ReadFile("testdata/garden/" + name)
		if err != nil {
			f.Fatal(err)
		}
		return data
	}
	f.Add(read("service-2.json"), read("paginators-1.json"), read("waiters-2.json"))
	f.Add([]byte(twinC2J), []byte(twinPaginators), []byte(twinWaiters))
	for _, c := range badModels {
		f.Add([]byte(c.model), []byte(`{"pagination": {"Op": {}}}`), []byte(`{"waiters": {"W": {"operation": "Op"}}}`))
	}
	for _, c := range hostileModels {
		if len(c.model) < 10_000 {
			f.Add([]byte(c.model), []byte(`{}`), []byte(`{}`))
		}
	}
	f.Fuzz(func(t *testing.T, data, paginators, waiters []byte) {
		siblings := fstest.MapFS{"paginators-1.json": {Data: paginators}, "waiters-2.json": {Data: waiters}}
		api, err := c2j.Load("f.json", data, c2j.Options{Siblings: siblings})
		if err != nil {
			if err.Error() == "" {
				t.Error("an error that says nothing")
			}
			return
		}
		checkAPI(t, api)
	})
}
