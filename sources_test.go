package lathe_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe"
)

// Sources tells before the work what Generate tells after it, whatever the format
// and whatever lies beside the spec.
func TestSources(t *testing.T) {
	models, err := filepath.Glob("../shared/models/c2j/[px]*/*/service-2.json")
	if err != nil {
		t.Fatal(err)
	}
	root := module(t)
	for _, file := range append(models, "spec/datazone.yaml", extras(t)) {
		want, err := lathe.Generate(lathe.Config{Spec: file, Out: filepath.Join(root, "out"), Package: "out"})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		got, err := lathe.Sources(file, "")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Sources, got); diff != "" {
			t.Errorf("%s (-Generate +Sources):\n%s", file, diff)
		}
	}
}

// extras is a C2J model with every file beside it that may be there, and one that
// is no business of it.
func extras(t *testing.T) string {
	t.Helper()
	const service = `{"metadata": {"protocol": "rest-json", "protocols": ["rest-json"], "serviceId": "Tiny", "endpointPrefix": "tiny",
		"serviceFullName": "Tiny", "uid": "tiny-1", "apiVersion": "1", "signatureVersion": "v4"},
		"operations": {"Get": {"name": "Get", "http": {"method": "GET", "requestUri": "/"}}}, "shapes": {}}`
	dir := t.TempDir()
	for name, data := range map[string]string{
		"service-2.json": service, "waiters-2.json": `{"version": 2, "waiters": {}}`, "paginators-1.json": `{"pagination": {}}`,
		"paginators-1.sdk-extras.json": `{"merge": {"pagination": {}}}`, "service-2.sdk-extras.json": `{"merge": {"metadata": {}}}`,
		"endpoint-rule-set-1.json": `{"version": "1.0", "parameters": {}, "rules": [{"conditions": [], "endpoint": {"url": "https://x"}, "type": "endpoint"}]}`,
		"examples-1.json":          "{}",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "service-2.json")
	if got, err := lathe.Sources(file, ""); err != nil || len(got) != 6 {
		t.Fatalf("got %v, %v, want 6 files", got, err)
	}
	return file
}
