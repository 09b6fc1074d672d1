//go:build forms

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	xmodule "golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// In each form, what init prints as the next command generates, in a module of a user who
// has this version of Lathe from a proxy; and the next run finds nothing to do.
func TestInitForms(t *testing.T) {
	proxy := "file://" + publish(t) + ",file://" + filepath.Join(goEnv(t, "GOMODCACHE"), "cache", "download")
	cache := t.TempDir()
	for _, form := range forms {
		t.Run(form, func(t *testing.T) {
			dir := userModule(t)
			init := commandOf(withReal, dir, "init", "spec/datazone.yaml", "--operation", "GetDataSourceRun", "--form", form)
			got := runProgram(t, init)
			_, next, ok := strings.Cut(got.stdout, "next: ")
			if got.exit != 0 || !ok {
				t.Fatalf("got %+v", got)
			}
			// A machine without a network, which has what this module requires. What is built
			// is found again, wherever its source lies.
			env := []string{"GOPROXY=" + proxy, "GOSUMDB=off", "GOFLAGS=-modcacherw -trimpath", "GOWORK=off", "GOMODCACHE=" + cache}
			if out := shell(t, dir, env, next); !strings.Contains(out, "generated  internal/datazone: ") {
				t.Errorf("%s\n%s", next, out)
			}
			if out := shell(t, dir, env, "go generate ./... && go vet ./..."); !strings.Contains(out, " files unchanged in ") {
				t.Errorf("again:\n%s", out)
			}
			mod := read(t, dir, "go.mod")
			if wants := form == formTool; strings.Contains(mod, "spf13/cobra") != wants {
				t.Errorf("the form %s leaves this go.mod:\n%s", form, mod)
			}
		})
	}
}

// userModule is a module with a spec, which uses what is generated.
func userModule(t *testing.T) string {
	t.Helper()
	return module(t, "go.mod", "module example.com/user\n\ngo 1.24\n", "spec/datazone.yaml", read(t, "../../spec", "datazone.yaml"),
		"use/use.go", "package use\n\nimport _ \"example.com/user/internal/datazone\"\n")
}

// publish makes a proxy that has this module, as it is, in a version.
func publish(t *testing.T) string {
	t.Helper()
	path := strings.TrimSuffix(programPath, "/cmd/gen")
	const version = "v0.9.9"
	root := t.TempDir()
	dir := filepath.Join(root, filepath.FromSlash(path), "@v")
	put(t, dir, "list", version+"\n", version+".info", fmt.Sprintf("{%q: %q}\n", "Version", version), version+".mod", read(t, "../..", "go.mod"))
	f, err := os.Create(filepath.Join(dir, version+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	if err := zip.CreateFromDir(f, xmodule.Version{Path: path, Version: version}, "../.."); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return root
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// shell runs a line as a user does who copies it.
func shell(t *testing.T, dir string, env []string, line string) string {
	t.Helper()
	cmd := exec.Command("sh", "-c", line)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s\n%v\n%s", line, err, out)
	}
	return string(out)
}
