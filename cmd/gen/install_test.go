//go:build forms

package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"example.com/lathe/internal/try"
)

// In each form, what init prints as the next command generates, in a module of a user who
// has this version of Lathe from a proxy; and the next run finds nothing to do.
func TestInitForms(t *testing.T) {
	published, err := try.Publish(t.TempDir(), "../..")
	if err != nil {
		t.Fatal(err)
	}
	downloaded, err := try.Downloaded()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "env", "GOPROXY").Output()
	if err != nil {
		t.Fatal(err)
	}
	proxy := strings.TrimSpace(string(out))
	cache, bin := t.TempDir(), t.TempDir()
	if out, err := exec.Command("go", "build", "-o", bin+"/gen", ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, form := range forms {
		t.Run(form, func(t *testing.T) {
			dir := userModule(t)
			init := commandOf(withReal, dir, "init", "spec/datazone.yaml", "--operation", "GetDataSourceRun", "--form", form)
			got := runProgram(t, init)
			_, next, ok := strings.Cut(got.stdout, "next: ")
			if got.exit != 0 || !ok {
				t.Fatalf("got %+v", got)
			}
			// What this module requires is there as a rule, but not what the tests of that require,
			// which go mod tidy wants. What is built is found again, wherever its source lies.
			env := []string{
				"GOPROXY=" + strings.Join([]string{published, downloaded, proxy}, ","), "GOSUMDB=off",
				"GOFLAGS=-modcacherw -trimpath", "GOWORK=off", "GOMODCACHE=" + cache,
				"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH"),
			}
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
