package lathe_test

import (
	"os"
	"path/filepath"
	"testing"

	"example.com/lathe"
)

// TestSecrets generates a client whose members are sensitive wherever one can be bound,
// and runs the tests in testdata/secrets with it: whatever goes wrong, no error and no
// log has the secret.
func TestSecrets(t *testing.T) {
	root := module(t)
	result, err := lathe.Generate(lathe.Config{Spec: "testdata/secrets/model.json", Out: filepath.Join(root, "svc"), Package: "svc"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range result.Files {
		writeFile(t, filepath.Join(root, filepath.FromSlash(f.Path)), f.Data)
	}
	runSecrets(t, root, "svc", "testdata/secrets/client.go.txt")
}

// TestRedaction runs tests with the client of a golden whose types reach sensitive members
// in every way: however a value is printed or logged, no secret is.
func TestRedaction(t *testing.T) {
	root := module(t)
	generateGolden(t, root, goldens+"/redact.txtar")
	cutRuntime(t, root)
	runSecrets(t, root, "redact", "testdata/secrets/values.go.txt")
}

// runSecrets runs tests in the package of a client.
func runSecrets(t *testing.T, root, name, file string) {
	t.Helper()
	tests, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(root, name, "secrets_test.go"), tests)
	cmd := goCommand(t, root, "test", "-vet=off", "-mod=mod", "./"+name)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
