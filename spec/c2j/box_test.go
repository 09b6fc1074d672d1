package c2j

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// TestKnownExceptions fails for an exception that no published model needs.
func TestKnownExceptions(t *testing.T) {
	files, err := filepath.Glob("../../../shared/models/c2j/*/*/service-2.json")
	if err != nil || len(files) == 0 {
		t.Skip("skipped: the models are not in ../shared")
	}
	shapes := map[string]map[string]bool{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var model struct {
			Metadata struct{ ServiceID string }
			Shapes   map[string]struct{ Type string }
		}
		if err := json.Unmarshal(data, &model); err != nil {
			t.Fatal(err)
		}
		numbers := map[string]bool{"": true}
		for name, s := range model.Shapes {
			switch s.Type {
			case "boolean", "integer", "long", "float", "double":
				numbers[name] = true
			}
		}
		shapes[model.Metadata.ServiceID] = numbers
	}
	for _, k := range known {
		if !shapes[k.service][k.shape] {
			t.Errorf("there is no number or boolean %q in service %q", k.shape, k.service)
		}
	}
}
