package lathe_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"example.com/lathe"
)

// TestDiffSources compares documents of several formats, on disk and in file
// systems, and sees that the problems of both come at once.
func TestDiffSources(t *testing.T) {
	const file = "spec/datazone.yaml"
	files := fstest.MapFS{
		"datazone.yaml": {Data: []byte(strings.Replace(readText(t, file), "enum: [PRIORITIZED, SCHEDULED]", "enum: [PRIORITIZED]", 1))},
		"broken.json":   {Data: []byte(`{"smithy": "2.0"}`)},
		"unknown":       {Data: []byte("openapi: 3.1.0\n")},
	}
	report, err := lathe.Diff(lathe.DiffConfig{Old: lathe.Document{File: file}, New: lathe.Document{File: "rev/datazone.yaml", FS: files}})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Changes) != 1 || report.Changes[0].Rule.ID != "enum-value-removed" || report.Changes[0].NewPos.File != "rev/datazone.yaml" {
		t.Errorf("got %+v", report.Changes)
	}
	for name, c := range map[string]struct {
		cfg  lathe.DiffConfig
		want []string
	}{
		"both broken": {
			lathe.DiffConfig{Old: lathe.Document{File: "old/broken.json", FS: files}, New: lathe.Document{File: "new/unknown", FS: files}},
			[]string{"new/unknown:1:1: ", "old/broken.json:1:1: "},
		},
		"no file": {
			lathe.DiffConfig{Old: lathe.Document{File: "old/none", FS: files}, New: lathe.Document{File: file}},
			[]string{"the spec can't be read: open none: file does not exist"},
		},
		"no format": {
			lathe.DiffConfig{Old: lathe.Document{File: file}, New: lathe.Document{File: file, Format: "wsdl"}},
			[]string{`unknown format "wsdl"`},
		},
		"no format in a file system": {
			lathe.DiffConfig{Old: lathe.Document{File: file}, New: lathe.Document{File: "rev/datazone.yaml", Format: "wsdl", FS: files}},
			[]string{`unknown format "wsdl"`},
		},
		"no operation": {
			lathe.DiffConfig{Old: lathe.Document{File: file}, New: lathe.Document{File: file}, Operations: []string{"GetDataSource"}},
			[]string{`no operation matches "GetDataSource", in spec/datazone.yaml neither`, "did you mean GetDataSourceRun?"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := lathe.Diff(c.cfg)
			for _, want := range c.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("the error is %v, without %q", err, want)
				}
			}
		})
	}
}

func readText(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
