package smithy_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"example.com/lathe/spec"
	"example.com/lathe/spec/smithy"
)

// TestSharedModels loads every published model that is at hand, and compares what
// came out with what a plain JSON decoder sees.
func TestSharedModels(t *testing.T) {
	files, err := filepath.Glob("../../../shared/models/smithy/*.json")
	if err != nil || len(files) == 0 {
		t.Skip("skipped: the models are not in ../shared")
	}
	if testing.Short() {
		files = files[:20]
	}
	var operations, shapes, tests int
	protocols := map[spec.Protocol]int{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		api, err := smithy.Load(file, data, smithy.Options{EndpointTests: true})
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		checkAgainstSource(t, file, data, api)
		operations += len(api.Operations)
		shapes += len(api.Shapes)
		tests += len(api.EndpointTests)
		protocols[api.Protocols[0]]++
	}
	t.Logf("%d files, %d operations, %d shapes, %d endpoint tests; first protocols %v", len(files), operations, shapes, tests, protocols)
}

// document is as much of the AST as counting needs.
type document struct {
	Shapes map[string]struct {
		Type    string
		Members map[string]struct{ Target string }
	}
}

// checkAgainstSource counts the operations of a model and the members of its
// structures, unions and enums.
func checkAgainstSource(t *testing.T, file string, data []byte, api *spec.API) {
	t.Helper()
	var doc document
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	operations := 0
	byName := map[string]int{}
	for id, s := range doc.Shapes {
		if s.Type == "operation" {
			operations++
		}
		byName[id] = len(s.Members)
	}
	if len(api.Operations) != operations {
		t.Errorf("%s: %d operations, the source has %d", file, len(api.Operations), operations)
	}
	if api.ID == "" || api.Version == "" || len(api.Protocols) == 0 || len(api.Auth) == 0 || api.Endpoint == nil {
		t.Errorf("%s: something is missing: id %q, version %q, protocols %q, auth %q", file, api.ID, api.Version, api.Protocols, api.Auth)
	}
	for _, s := range api.Shapes {
		_, id, _ := cutLast(s.Pos.Pointer)
		if got := len(s.Members); (s.Kind == spec.Structure || s.Kind == spec.Union) && id != "" && got != byName[id] {
			t.Errorf("%s: %s has %d members, the source has %d", file, id, got, byName[id])
		}
	}
}

func cutLast(pointer string) (before, last string, ok bool) {
	for i := len(pointer) - 1; i >= 0; i-- {
		if pointer[i] == '/' {
			return pointer[:i], pointer[i+1:], true
		}
	}
	return "", pointer, false
}

func BenchmarkLoad(b *testing.B) {
	const file = "../../../shared/models/smithy/datazone-2018-05-10.json"
	data, err := os.ReadFile(file)
	if err != nil {
		b.Skip("skipped: the models are not in ../shared")
	}
	for name, opts := range map[string]smithy.Options{"model": {}, "with endpoint tests": {EndpointTests: true}} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := smithy.Load(file, data, opts); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
