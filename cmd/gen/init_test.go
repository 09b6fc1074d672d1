package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe"
	"example.com/lathe/internal/naming"
)

func TestInit(t *testing.T) {
	dir := module(t, "spec/api.yaml", "client.go")
	expect(t, program(t, dir, "init", "spec/api.yaml", "--operation", "GetRun,List*"), outcome{0, `created    lathe.yaml
created    generate.go
for .gitattributes: /internal/runs/** text eol=lf linguist-generated
next: go get -tool example.com/lathe/cmd/gen && go generate ./... && go mod tidy
`, ""})
	want := `# What gen generates, and go generate with it. gen --help shows all keys.
packages:
  - spec: spec/api.yaml
    out: internal/runs
    package: runs
    operations:
      - GetRun
      - List*
`
	if diff := cmp.Diff(want, read(t, dir, "lathe.yaml")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := read(t, dir, "generate.go"); !strings.HasSuffix(got, "\n\n//go:generate go tool gen\n") || !strings.HasPrefix(got, "package ") {
		t.Errorf("got %q", got)
	}
	expect(t, program(t, dir, "--quiet"), outcome{0, "", ""})

	before := contents(t, dir)
	const hint = "\n\thint: move it, or edit it by hand: gen --help shows what belongs in a lathe.yaml\n"
	expect(t, program(t, dir, "init", "spec/api.yaml", "--operation", "GetRun"), outcome{1, "",
		"generate.go: the file is there already" + hint + "lathe.yaml: the file is there already" + hint + "2 problems; nothing written\n"})
	if diff := cmp.Diff(before, contents(t, dir)); diff != "" {
		t.Errorf("the disk changed:\n%s", diff)
	}
}

func TestInitFlags(t *testing.T) {
	dir := module(t, "it's a spec.yaml", "client.go", "main.go", "package main\n", "x_test.go", "package y\n")
	got := program(t, dir, "init", "./it's a spec.yaml", "--operation", "*", "--out", "gen/../a/x-y/", "--package", "batch", "--format", "smithy")
	if got.exit != 0 {
		t.Fatalf("got %+v", got)
	}
	if text := read(t, dir, "generate.go"); !strings.HasPrefix(text, "package main\n") {
		t.Errorf("got %q", text)
	}
	for _, line := range []string{"package: batch", "format: smithy"} {
		if text := read(t, dir, "lathe.yaml"); !strings.Contains(text, line) {
			t.Errorf("there is no %q in\n%s", line, text)
		}
	}
	if got := program(t, dir); got.exit != 0 {
		t.Errorf("what init wrote is not understood: %+v", got)
	}
	remove(t, dir, "lathe.yaml")
	remove(t, dir, "generate.go")
	if !strings.Contains(got.stdout, "\nfor .gitattributes: /a/x-y/** text") {
		t.Errorf("got %s", got.stdout)
	}
	put(t, dir, ".gitattributes", "/a/x-y/** text eol=lf linguist-generated\n")
	got = program(t, dir, "init", "./it's a spec.yaml", "--operation", "*", "--out", "a/x-y", "--package", "batch")
	if got.exit != 0 || strings.Contains(got.stdout, ".gitattributes") {
		t.Errorf("got %+v", got)
	}
}

func TestInitFailures(t *testing.T) {
	dir := module(t, "api.yaml", "client.go")
	for _, tt := range []struct {
		name string
		args []string
		want string
	}{
		{
			"no spec", nil,
			"the file of one spec is expected, not 0\n\thint: gen init --help tells what there is\n1 problem; nothing written\n",
		},
		{
			"a missing spec", []string{"none.yaml", "--operation", "X"},
			"none.yaml: the spec can't be read: no such file or directory\n1 problem; nothing written\n",
		},
		{
			"no operation", []string{"api.yaml"},
			"--operation is missing\n\thint: name operations or globs, '*' for all; gen list --spec api.yaml prints them\n1 problem; nothing written\n",
		},
		{
			"unknown operations", []string{"api.yaml", "--operation", "GetRan,Watch"},
			"Watch can't be generated: event streams are not supported\n\thint: leave it out\n" +
				"no operation matches \"GetRan\"\n\thint: did you mean GetRun?\n2 problems; nothing written\n",
		},
		{
			"a folder that go ignores", []string{"api.yaml", "--operation", "GetRun", "--out", "gen/_x"},
			"gen/_x: the go command ignores folders whose name begins with _\n\thint: choose another folder\n1 problem; nothing written\n",
		},
		{
			"standard input", []string{"-", "--operation", "GetRun"},
			"standard input cannot be read again later\n\thint: name the file of the spec\n1 problem; nothing written\n",
		},
		{
			"no package name", []string{"api.yaml", "--operation", "*", "--package", "Func"},
			"\"Func\" is not a Go package name\n\thint: name one with --package: " + naming.PackageRule + "\n1 problem; nothing written\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			expect(t, program(t, dir, append([]string{"init"}, tt.args...)...), outcome{1, "", tt.want})
			if len(contents(t, dir)) != 2 {
				t.Error("something was written")
			}
		})
	}
}

// The line runs in a module that is Lathe's own or has it as its tool; any other has
// to make it one first.
func TestGenerateLine(t *testing.T) {
	for mod, want := range map[string]goGenerate{
		"module m\n\ntool example.com/lathe/cmd/gen\n\nrequire example.com/lathe v1.0.0\n": {"//go:generate go tool gen", "go generate ./... && go mod tidy"},
		"module m\n\nrequire example.com/lathe v1.0.0\n":                                   {"//go:generate go tool gen", "go get -tool example.com/lathe/cmd/gen && go generate ./... && go mod tidy"},
		"module example.com/lathe\n":                                                       {"//go:generate go run example.com/lathe/cmd/gen", "go generate ./... && go mod tidy"},
		"module m\n":                                                                       {"//go:generate go tool gen", "go get -tool example.com/lathe/cmd/gen && go generate ./... && go mod tidy"},
	} {
		dir := t.TempDir()
		put(t, dir, "go.mod", mod)
		got, err := generateLine(dir)
		if err != nil || got != want {
			t.Errorf("%q: got %+v, %v, want %+v", mod, got, err, want)
		}
	}
}

// In a module that has Lathe as its tool, go generate does what init promises.
func TestInitRuns(t *testing.T) {
	here, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	mod := strings.Replace(read(t, here, "go.mod"), "module example.com/lathe\n", "module example.com/user\n\ntool example.com/lathe/cmd/gen\n", 1)
	mod += "\nrequire example.com/lathe v0.0.0\n\nreplace example.com/lathe => " + here + "\n"
	dir := module(t, "go.mod", mod, "go.sum", read(t, here, "go.sum"), "spec/datazone.yaml", read(t, here, "spec/datazone.yaml"))
	got := runProgram(t, commandOf(withReal, dir, "init", "spec/datazone.yaml", "--operation", "GetDataSourceRun"))
	if got.exit != 0 || !strings.HasSuffix(got.stdout, "next: go generate ./... && go mod tidy\n") {
		t.Fatalf("got %+v", got)
	}
	cmd := exec.Command("go", "generate", "./...")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off")
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "created    internal/datazone/client.go") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestAskOperations(t *testing.T) {
	infos, err := fakeList("init_test.go", "")
	if err != nil {
		t.Fatal(err)
	}
	infos = append(infos, lathe.OperationInfo{Name: "Evil\x1b[2J"})
	for _, tt := range []struct {
		name, typed string
		want        []string
		says        []string
	}{
		{"numbers", "1-2\n", []string{"GetRun", "ListRuns"}, []string{"    1  GetRun\n", "    3  Watch (can't be generated: event streams are not supported)\n", `"Evil\x1b[2J"`}},
		{"names", "GetRun, ListRuns\n", []string{"GetRun", "ListRuns"}, nil},
		{"a glob", "List*\n", []string{"List*"}, nil},
		{"all", "all\n", []string{"*"}, nil},
		{"a search", "/LIST\n\n2\n", []string{"ListRuns"}, []string{": " + "    2  ListRuns\nWhich"}},
		{"a mistake", "GetRan\n9\n2-1\n3\nGetRun\n", []string{"GetRun"}, []string{
			"no operation matches \"GetRan\"\n\thint: did you mean GetRun?\n", "9 is not between 1 and 4\n", "2-1 is not between 1 and 4\n", "Watch can't be generated",
		}},
		{"nothing", "", nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			got, err := askOperations(strings.NewReader(tt.typed), &out, infos)
			if (err != nil) != (tt.want == nil) {
				t.Errorf("got error %v", err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, text := range tt.says {
				if !strings.Contains(out.String(), text) {
					t.Errorf("there is no %q in\n%s", text, out.String())
				}
			}
		})
	}
}
