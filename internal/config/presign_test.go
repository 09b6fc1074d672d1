package config

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestPresign(t *testing.T) {
	t.Chdir(t.TempDir())
	for file, data := range map[string]string{
		Name: "packages:\n  - spec: api.yaml\n    out: gen\n    presign: [GetThing, PutThing]\n", "api.yaml": "", "go.mod": "module example.com/m\n",
	} {
		if err := os.WriteFile(filepath.Join(".", file), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file, err := Load(Name, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := file.Packages[0]
	if !slices.Equal(p.Presign, []string{"GetThing", "PutThing"}) || len(p.PresignAt) != 2 || p.PresignAt[1].String() != "lathe.yaml:4:25" {
		t.Errorf("got %q at %v", p.Presign, p.PresignAt)
	}
}
