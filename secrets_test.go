package lathe_test

import (
	"os"
	"os/exec"
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
	tests, err := os.ReadFile("testdata/secrets/client.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(root, "svc", "secrets_test.go"), tests)
	cmd := exec.CommandContext(t.Context(), "go", "test", "-mod=mod", "./svc")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
