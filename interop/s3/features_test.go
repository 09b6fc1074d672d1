//go:build features

package s3

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"example.com/lathe"
)

// managerVersion is that of the manager of uploads which belongs to the official package.
const managerVersion = "v1.17.71"

// TestManager runs the tests of feature/s3/manager over our client, which a replace line
// puts in the place of the official package.
func TestManager(t *testing.T) {
	root := t.TempDir()
	run := func(dir string, args ...string) []byte {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "go", args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("go %v: %v\n%s", args, err, out)
		}
		return out
	}
	var downloaded struct{ Dir string }
	if err := json.Unmarshal(run(root, "mod", "download", "-json", "github.com/aws/aws-sdk-go-v2/feature/s3/manager@"+managerVersion), &downloaded); err != nil {
		t.Fatal(err)
	}
	manager := filepath.Join(root, "manager")
	if err := os.CopyFS(manager, os.DirFS(downloaded.Dir)); err != nil {
		t.Fatal(err)
	}
	mod := filepath.Join(manager, "go.mod")
	text := regexp.MustCompile(`(?m)^replace .*$`).ReplaceAll(read(t, mod), nil)
	text = append(text, "\nreplace "+official+" => ../s3\n"...)
	for _, name := range []string{"go.mod", "go.sum"} { // what is copied can't be written
		if err := os.Chmod(filepath.Join(manager, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(t, mod, text)
	write(t, filepath.Join(root, "go.mod"), []byte("module example.com/interop\n\ngo 1.26\n"))
	result, err := lathe.Generate(lathe.Config{Spec: model, Out: filepath.Join(root, "s3"), Package: "s3", Module: official + "@" + version})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range result.Files {
		write(t, filepath.Join(root, filepath.FromSlash(f.Path)), f.Data)
	}
	t.Logf("%s", run(manager, "test", "."))
}
