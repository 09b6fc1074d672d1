package goapi_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe"
	"example.com/lathe/internal/goapi"
)

// TestDataZone compares the clients of two real generations of a service's model.
func TestDataZone(t *testing.T) {
	const (
		older = "../../../shared/models/smithy/datazone-2018-05-10.json"
		newer = "../../../shared/models/c2j/datazone/2018-05-10/service-2.json"
	)
	if _, err := os.Stat(older); err != nil {
		t.Skip("the models are not beside the repository")
	}
	m := &realModule{t, t.TempDir()}
	m.write("go.mod", []byte("module "+realPath+"\n"))
	compare := func(operations ...string) []goapi.Change {
		var clients [2]goapi.Package
		for i, spec := range []string{older, newer} {
			clients[i] = m.generate("datazone", lathe.Config{Spec: filepath.FromSlash(spec), Package: "datazone", Operations: operations})
		}
		return changes(t, clients[0], clients[1])
	}
	if all := compare("GetDataSourceRun"); len(all) > 0 {
		t.Errorf("GetDataSourceRun has changed:\n%s", render(all))
	}
	got := map[string]int{}
	for _, c := range compare() {
		verdict := " fine"
		if c.Breaking {
			verdict = " breaking"
		}
		got[string(c.Kind)+verdict]++
		if c.Kind == goapi.BecameIncomparable && !strings.Contains(c.Why, " is a []") {
			t.Errorf("%s: %s", c.Object, c.Why)
		}
	}
	want := map[string]int{
		"added fine": 300, "field-added fine": 144, "method-added fine": 38, "conversion-lost fine": 2, "fields-reordered fine": 7,
		"became-incomparable breaking": 16,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
