package openapi

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"example.com/lathe/spec"
)

// FuzzLoad feeds arbitrary text to the loader: it must give either a model or
// problems, each at a place in the text, and never break down.
func FuzzLoad(f *testing.F) {
	for _, archive := range []string{"problems.txtar", "models.txtar"} {
		a, err := txtar.ParseFile(filepath.Join("testdata", archive))
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			f.Add(file.Data, strings.HasSuffix(file.Name, ".json"))
		}
	}
	datazone, err := os.ReadFile("../datazone.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(datazone, false)
	for _, text := range []string{"\ufeffopenapi: 3.1.0\r\n", "a: &a [*a, *b]\n", "? {a: b}\n: c\n", "{", "\xff", "a: !!binary |\n", "- - - - a\n"} {
		f.Add([]byte(text), false)
	}
	f.Fuzz(func(t *testing.T, data []byte, isJSON bool) {
		name := map[bool]string{true: "fuzz.json", false: "fuzz.yaml"}[isJSON]
		api, err := Load(name, data)
		Sniff(data)
		var problems spec.Problems
		switch {
		case err == nil && api == nil:
			t.Fatal("neither a model nor a problem")
		case err == nil:
			checkModel(t, api)
		case !errors.As(err, &problems) || len(problems) == 0:
			t.Fatalf("not a list of problems: %v", err)
		case api != nil:
			checkSound(t, api)
		}
		for _, p := range problems {
			checkPlace(t, name, data, p)
		}
	})
}

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// checkPlace sees that a problem names a place in the text.
func checkPlace(t *testing.T, name string, data []byte, p spec.Problem) {
	text := strings.TrimPrefix(string(data), "\ufeff")
	lines := strings.Split(lineBreaks.Replace(text), "\n")
	if p.Pos.File != name || p.Message == "" || p.Pos.Line < 1 || p.Pos.Line > len(lines) || p.Pos.Column < 1 {
		t.Fatalf("no place: %v", p)
	}
	if p.Pos.Column > len(lines[p.Pos.Line-1])+2 {
		t.Fatalf("beyond the end of the line: %v", p)
	}
}

// checkModel sees that a model is whole: every member has a target of a kind.
func checkModel(t testing.TB, api *spec.API) {
	var roots []*spec.Shape
	for _, s := range api.Shapes {
		roots = append(roots, s)
	}
	for _, op := range api.Operations {
		roots = append(roots, op.Roots(api)...)
	}
	checkShapes(t, spec.Closure(roots...))
}

// checkSound sees that an operation is whole that knows of no problems, whatever is
// wrong elsewhere.
func checkSound(t testing.TB, api *spec.API) {
	for _, op := range api.Operations {
		if op.Part == nil {
			checkShapes(t, spec.Reached(api, op))
		}
	}
}

func checkShapes(t testing.TB, shapes []*spec.Shape) {
	for _, s := range shapes {
		if s.Kind == spec.Invalid || s.Name == "" {
			t.Fatalf("shape %q of kind %s", s.Name, s.Kind)
		}
		for m := range s.Edges {
			if m.Name == "" || m.Pos.Line == 0 {
				t.Fatalf("member %q of %s at %s", m.Name, s.Name, m.Pos)
			}
		}
	}
}
