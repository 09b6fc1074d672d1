package snapshot_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"example.com/lathe/spec"
	"example.com/lathe/spec/c2j"
	"example.com/lathe/spec/openapi"
	"example.com/lathe/spec/smithy"
	"example.com/lathe/spec/snapshot"
)

const models = "../../../shared/models"

// Every published model (with -short, some) comes back as it was, in every field and so in its dump.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob(models + "/smithy/*.json")
	if err != nil {
		t.Fatal(err)
	}
	services, err := filepath.Glob(models + "/c2j/*/*/service-2.json")
	if err != nil {
		t.Fatal(err)
	}
	if files = append(files, services...); len(files) == 0 {
		t.Skip("there are no models in " + models)
	}
	loaded, every := 0, 1
	if testing.Short() {
		every = 10
	}
	for i, file := range append([]string{"../datazone.yaml"}, files...) {
		if i%every != 0 {
			continue
		}
		api := load(t, file)
		if api == nil {
			continue // says the loader's own tests what it refuses
		}
		loaded++
		got := roundTrip(t, api)
		if dump(t, api) != dump(t, got) {
			t.Errorf("%s: the dump differs", file)
		}
		api.EndpointTests, api.Warnings = nil, nil
		if !reflect.DeepEqual(api, got) {
			t.Errorf("%s: the model differs", file)
		}
	}
	t.Logf("%d of %d models, every %d", loaded, len(files)+1, every)
}

// DataZone whole is the largest model that a lock is likely to hold.
func TestSize(t *testing.T) {
	api := load(t, models+"/smithy/datazone-2018-05-10.json")
	data, err := snapshot.Encode(api, nil)
	if err != nil {
		t.Fatal(err)
	}
	base64 := (len(data) + 2) / 3 * 4
	t.Logf("%d operations, %d shapes: %d bytes, %d in base64", len(api.Operations), len(api.Shapes), len(data), base64)
	if base64 > 170_000 {
		t.Errorf("the snapshot takes %d bytes in base64", base64)
	}
}

func load(t testing.TB, file string) *spec.API {
	t.Helper()
	data, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		t.Skip("there is no " + file)
	}
	if err != nil {
		t.Fatal(err)
	}
	var api *spec.API
	switch {
	case strings.HasSuffix(file, ".yaml"):
		api, err = openapi.Load(file, data)
	case strings.Contains(file, "/c2j/"):
		api, err = c2j.Load(file, data, c2j.Options{Siblings: os.DirFS(filepath.Dir(file))})
	default:
		api, err = smithy.Load(file, data, smithy.Options{})
	}
	if err != nil {
		t.Logf("%s: %.200v", file, err)
	}
	return api
}

func roundTrip(t *testing.T, api *spec.API) *spec.API {
	t.Helper()
	data, err := snapshot.Encode(api, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := snapshot.Decode(data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func dump(t *testing.T, api *spec.API) string {
	t.Helper()
	var b bytes.Buffer
	if err := spec.Dump(&b, api); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
