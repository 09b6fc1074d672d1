package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestReplace(t *testing.T) {
	for old, want := range map[string]string{
		"test.org/old":                          "corp.example/x/gen",
		`"test.org/old/spec"`:                   `"corp.example/x/gen/spec"`,
		"test.org/old test.org/old":             "corp.example/x/gen corp.example/x/gen",
		"See test.org/old.":                     "See corp.example/x/gen.",
		"test.org/older and my.test.org/old":    "test.org/older and my.test.org/old",
		"test.org/old-x":                        "test.org/old-x",
		"go run test.org/old/cmd/gen@v1":        "go run corp.example/x/gen/cmd/gen@v1",
		"nothing":                               "nothing",
		"https://pkg.go.dev/test.org/old, both": "https://pkg.go.dev/test.org/old, both",
	} {
		if got := string(replace([]byte(old), "test.org/old", "corp.example/x/gen")); got != want {
			t.Errorf("%q became %q", old, got)
		}
	}
	// The new path may begin with the old one.
	if got := string(replace([]byte("a test.org/old/x"), "test.org/old", "test.org/old/v2")); got != "a test.org/old/v2/x" {
		t.Errorf("got %q", got)
	}
}

func TestRefuses(t *testing.T) {
	for _, path := range []string{"", "no spaces", "UP", "https://example.com/x"} {
		if n, err := rename("../..", path); err == nil || n != 0 {
			t.Errorf("%q: changed %d, %v", path, n, err)
		}
	}
}

// A copy of this repository under another path has the old one nowhere, finds every package
// that its sources and tests import, and generates what is committed.
func TestRename(t *testing.T) {
	if testing.Short() {
		t.Skip("gen is built again")
	}
	root := copyRepository(t)
	// Under a prefix that sorts elsewhere than the old one.
	if n, err := rename(root, "zzz.example.org/tools/slim"); err != nil || n < 100 {
		t.Fatalf("changed %d, %v", n, err)
	}
	run(t, root, "go", "run", "./cmd/gen", "--quiet")
	run(t, root, "go", "run", "./cmd/gen", "check")
	for _, module := range []string{".", "interop", "bench", "examples", "tools"} {
		run(t, filepath.Join(root, module), "go", "list", "-deps", "-test", "./...")
	}
	cmd := exec.Command("git", "grep", "-nE", `example\.com/lathe`)
	cmd.Dir = root
	if out, err := cmd.Output(); err == nil {
		t.Errorf("the old path is left:\n%.2000s", out)
	}
}

// copyRepository makes a repository of what git tracks here.
func copyRepository(t *testing.T) string {
	t.Helper()
	list := exec.Command("git", "ls-files", "-z")
	list.Dir = "../.."
	names, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(t.TempDir(), "copy")
	for name := range strings.SplitSeq(strings.TrimSuffix(string(names), "\x00"), "\x00") {
		data, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			continue // it is about to be removed
		}
		to := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run(t, root, "git", "init", "-q")
	run(t, root, "git", "add", "-A")
	return root
}

func run(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%.4000s", name, strings.Join(args, " "), err, out)
	}
}
