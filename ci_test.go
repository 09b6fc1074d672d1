package lathe_test

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"

	"example.com/lathe/runtime"
)

// The workflow runs what must pass, at the oldest and the newest versions, by targets that
// the Makefile has; those take the versions that are promised.
func TestWorkflow(t *testing.T) {
	data, err := os.ReadFile(".github/workflows/ci.yml")
	if err != nil {
		t.Fatal(err)
	}
	var workflow struct {
		Jobs map[string]struct {
			Steps []struct {
				Uses, Run string
			}
		}
	}
	if err := yaml.Unmarshal(data, &workflow); err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	var commands []string
	for name, job := range workflow.Jobs {
		if len(job.Steps) < 3 || !strings.HasPrefix(job.Steps[0].Uses, "actions/checkout@") || !strings.HasPrefix(job.Steps[1].Uses, "actions/setup-go@") {
			t.Errorf("%s does not begin with the source and Go", name)
		}
		for _, step := range job.Steps[2:] {
			commands = append(commands, step.Run)
			for _, target := range regexp.MustCompile(`make ([a-z-]+)`).FindAllStringSubmatch(step.Run, -1) {
				if !strings.Contains(string(makefile), "\n"+target[1]+": ## ") {
					t.Errorf("%s makes %s, which is no target", name, target[1])
				}
			}
		}
	}
	all := "\n" + strings.Join(commands, "\n") + "\n"
	for _, want := range []string{".ci/run", "make floor", "make newest"} {
		if !strings.Contains(all, "\n"+want+"\n") {
			t.Errorf("nothing runs %s", want)
		}
	}
	if !strings.Contains(string(makefile), "\nFLOOR_GO ?= go"+runtime.MinGo+".") {
		t.Errorf("make floor does not compile with Go %s", runtime.MinGo)
	}
}

// The go line is the oldest that the code needs: what its requirements ask for.
func TestGoLine(t *testing.T) {
	data, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", data, nil)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "list", "-m", "-f", "{{if not .Main}}{{.GoVersion}}{{end}}", "all").Output()
	if err != nil {
		t.Fatal(err)
	}
	needed := ownGo
	for version := range strings.FieldsSeq(string(out)) {
		if semver.Compare("v"+version, "v"+needed) > 0 {
			needed = version
		}
	}
	if semver.Compare("v"+mod.Go.Version, "v"+needed) != 0 || mod.Toolchain != nil {
		t.Errorf("go.mod has go %s, the code and its requirements need %s", mod.Go.Version, needed)
	}
}

// ownGo is the Go that our own code needs: errors.AsType is of 1.26.
const ownGo = "1.26.0"
