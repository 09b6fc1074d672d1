//go:build houses

package lathe_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"

	"example.com/lathe"
)

// houseModels are services of different shapes, whole; they are looked for in ../shared.
var houseModels = []string{
	"lambda-2015-03-31", "dynamodb-2012-08-10", "sqs-2012-11-05", "eks-2017-11-01", "iot-data-plane-2015-05-28",
	"bedrock-runtime-2023-09-30", "verifiedpermissions-2021-12-01", "glacier-2012-06-01",
}

// housePlatforms are those that clients are type-checked for.
var housePlatforms = []string{"windows/amd64", "darwin/arm64", "linux/386", "linux/arm", "js/wasm", "wasip1/wasm"}

// staticcheckConf is the staticcheck.conf of docs/migrating.md, with all checks.
const staticcheckConf = "checks = [\"all\", \"-SA1019\"]\n"

// TestHouses: what is generated is clean in a user's module, under linters that are made to
// judge it, and fits all platforms that Go has.
func TestHouses(t *testing.T) {
	root := house(t)
	tools := t.TempDir()
	for _, tool := range []string{"github.com/golangci/golangci-lint/v2/cmd/golangci-lint", "honnef.co/go/tools/cmd/staticcheck"} {
		run(t, ".", []string{"GOFLAGS="}, "go", "build", "-modfile=tools/go.mod", "-o", tools+"/", tool)
	}
	t.Run("go.mod", func(t *testing.T) {
		before := required(t, root)
		run(t, root, nil, "go", "mod", "tidy")
		if after := required(t, root); !slices.Equal(before, after) {
			t.Errorf("tidy requires %q, want %q", after, before)
		}
	})
	t.Run("staticcheck", func(t *testing.T) {
		writeFile(t, filepath.Join(root, "staticcheck.conf"), []byte(staticcheckConf))
		run(t, root, nil, filepath.Join(tools, "staticcheck"), "./...")
	})
	for _, preset := range []string{"default", "strict"} {
		t.Run("golangci-lint "+preset, func(t *testing.T) {
			config, err := filepath.Abs("testdata/houses/" + preset + ".yml")
			if err != nil {
				t.Fatal(err)
			}
			run(t, root, nil, filepath.Join(tools, "golangci-lint"), "run", "--allow-parallel-runners", "-c", config, "./...")
		})
	}
	for _, platform := range housePlatforms {
		t.Run(platform, func(t *testing.T) {
			goos, goarch, _ := strings.Cut(platform, "/")
			typeCheck(t, root, "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0")
		})
	}
	t.Run("vet where int has 32 bits", func(t *testing.T) {
		run(t, root, []string{"GOARCH=386", "CGO_ENABLED=0"}, "go", "vet", "./...")
	})
}

// house is a user's module with the clients of all goldens, of services with behaviours of
// their own and of models. It requires what go.mod here requires of the SDK, the
// frames of event streams with it, and nothing else.
func house(t *testing.T) string {
	t.Helper()
	root := module(t)
	files, err := filepath.Glob(goldens + "/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		generateGolden(t, root, file)
	}
	generateBehaviours(t, root)
	for _, name := range houseModels {
		model := "../shared/models/smithy/" + name + ".json"
		if _, err := os.Stat(model); err != nil {
			t.Logf("without %s, which is not here", name)
			continue
		}
		name = "model" + regexp.MustCompile(`-20.*|-`).ReplaceAllString(name, "")
		result, err := lathe.Generate(lathe.Config{Spec: model, Out: filepath.Join(root, name), Package: name, Runtime: filepath.Join(root, "internal")})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range result.Files {
			writeFile(t, filepath.Join(root, filepath.FromSlash(f.Path)), f.Data)
		}
	}
	cutRuntime(t, root)
	own, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", own, nil)
	if err != nil {
		t.Fatal(err)
	}
	text := "module example.com/golden\n\ngo " + mod.Go.Version + "\n"
	for _, r := range mod.Require {
		if strings.HasPrefix(r.Mod.Path, "github.com/aws/") {
			text += "\nrequire " + r.Mod.String() + "\n"
		}
	}
	writeFile(t, filepath.Join(root, "go.mod"), []byte(strings.ReplaceAll(text, "@", " ")))
	sums, err := os.ReadFile("go.sum")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(root, "go.sum"), sums)
	return root
}

// required are the requirements of the module in a folder.
func required(t *testing.T, root string) (list []string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", data, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range mod.Require {
		list = append(list, r.Mod.String())
	}
	slices.Sort(list)
	return list
}

func command(dir string, env []string, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, append(append(os.Environ(), "GOWORK=off", "GOFLAGS=-trimpath"), env...)
	return cmd
}

func run(t *testing.T, dir string, env []string, name string, args ...string) {
	t.Helper()
	if out, err := command(dir, env, name, args...).CombinedOutput(); err != nil {
		t.Errorf("%s %s: %v\n%s", filepath.Base(name), strings.Join(args, " "), err, out)
	}
}
