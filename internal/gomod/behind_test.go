package gomod

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/module"
)

func TestBehind(t *testing.T) {
	wanted := []module.Version{{Path: Go, Version: "1.23"}, {Path: "example.com/core", Version: "v1.38.0"}, {Path: "example.com/smithy", Version: "v1.22.5"}}
	for _, tt := range []struct {
		name, mod string
		want      map[string]string
	}{
		{"nothing", "", nil},
		{"newer", "go 1.26.1\nrequire (\n\texample.com/core v1.48.0\n\texample.com/smithy v1.28.9 // indirect\n)\n", nil},
		{"the same", "go 1.23\nrequire example.com/core v1.38.0\nrequire example.com/smithy v1.22.5\n", nil},
		{"older", "go 1.22.9\nrequire example.com/core v1.37.9\nrequire example.com/smithy v1.9.0\n", map[string]string{
			Go: "1.22.9", "example.com/core": "v1.37.9", "example.com/smithy": "v1.9.0",
		}},
		{"before the release", "go 1.23rc1\nrequire example.com/core v1.38.0-rc.1\n", map[string]string{Go: "1.23rc1", "example.com/core": "v1.38.0-rc.1"}},
		{"replaced by a folder", "require example.com/core v1.0.0\nreplace example.com/core => ../core\n", nil},
		{"replaced by an older version", "require example.com/core v1.48.0\nreplace example.com/core => example.com/fork v1.2.3\n", map[string]string{"example.com/core": "v1.2.3"}},
		{"replaced in another version", "require example.com/core v1.48.0\nreplace example.com/core v1.0.0 => ../core\n", nil},
		{
			"replaced in all versions, and in this one", "require example.com/core v1.48.0\n" +
				"replace example.com/core => example.com/fork v1.2.3\nreplace example.com/core v1.48.0 => ../core\n", nil,
		},
		{"from a newer Go", "frobnicate x\nrequire example.com/core v1.0.0\n", map[string]string{"example.com/core": "v1.0.0"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, dir, Name, "module example.com/m\n\n"+tt.mod)
			needs, err := Module{Root: dir}.Behind(wanted...)
			if err != nil {
				t.Fatal(err)
			}
			var got map[string]string
			for _, n := range needs {
				if got == nil {
					got = map[string]string{}
				}
				got[n.Path] = n.Has
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
