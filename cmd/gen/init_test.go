package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/naming"
)

func TestInit(t *testing.T) {
	dir := module(t, "spec/api.yaml", "client.go")
	expect(t, program(t, dir, "init", "spec/api.yaml", "--operation", "GetRun,List*"), outcome{0, `created    lathe.yaml
created    lathe.schema.json
created    generate.go
created    .gitattributes
next: go generate ./... && go mod tidy
`, ""})
	want := `# yaml-language-server: $schema=lathe.schema.json
# What gen generates, and go generate with it. gen --help shows all keys.
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
	if got := read(t, dir, "generate.go"); !strings.HasSuffix(got, "\n\n//go:generate gen\n") || !strings.HasPrefix(got, "//go:build generate\n\npackage ") {
		t.Errorf("got %q", got)
	}
	if got := read(t, dir, ".gitattributes"); got != "/internal/runs/** text eol=lf linguist-generated\n" {
		t.Errorf("got %q", got)
	}
	expect(t, program(t, dir, "--quiet"), outcome{0, "", ""})
}

// A line of .gitattributes is there once, whatever ends it, and only for a folder that it can
// name.
func TestAttributes(t *testing.T) {
	const line = "/gen/** text eol=lf linguist-generated"
	for _, tt := range []struct{ old, folder, want string }{
		{"", "gen", line + "\n"},
		{"* text", "gen", "* text\n" + line + "\n"},
		{"* text\n" + line + "\n", "gen", "* text\n" + line + "\n"},
		{"* text\r\n" + line + "\r\n", "gen", "* text\r\n" + line + "\r\n"},
		{"* text\n", ".", "* text\n"},
		{"", "../gen", ""},
		{"", "..gen", "/..gen/** text eol=lf linguist-generated\n"},
	} {
		home := filepath.Join(t.TempDir(), "home")
		if got := string(withAttributes([]byte(tt.old), home, filepath.Join(home, tt.folder))); got != tt.want {
			t.Errorf("%q for %s: got %q, want %q", tt.old, tt.folder, got, tt.want)
		}
	}
}

// Permissions stay those of a file that is changed, and are what the umask gives a new one.
func TestInitKeepsModes(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell")
	}
	dir := module(t, "api.yaml", "client.go", ".gitattributes", "* text\n")
	if err := os.Chmod(filepath.Join(dir, ".gitattributes"), 0o664); err != nil {
		t.Fatal(err)
	}
	cmd := command(dir, "init", "api.yaml", "--operation", "GetRun")
	cmd.Path, cmd.Args = sh, append([]string{"sh", "-c", `umask 077; exec "$@"`, "sh"}, cmd.Args...)
	if got := runProgram(t, cmd); got.exit != 0 {
		t.Fatalf("got %+v", got)
	}
	for name, want := range map[string]os.FileMode{"lathe.yaml": 0o600, "generate.go": 0o600, ".gitattributes": 0o664} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v, want %v", name, info.Mode(), err, want)
		}
	}
}

// A link stays one: the file that it leads to is changed. What is no file is left alone, and
// not waited for.
func TestInitThroughLinks(t *testing.T) {
	dir := module(t, "api.yaml", "client.go", "conf/lathe.yaml", "packages:\n- spec: api.yaml\n  out: gen/a\n  package: a\n")
	if err := os.Symlink("conf/lathe.yaml", filepath.Join(dir, "lathe.yaml")); err != nil {
		t.Skip(err)
	}
	if got := program(t, dir, "init", "api.yaml", "--operation", "GetRun"); got.exit != 0 {
		t.Fatalf("got %+v", got)
	}
	if !strings.Contains(read(t, dir, "conf/lathe.yaml"), "out: internal/runs\n") {
		t.Errorf("got %s", read(t, dir, "conf/lathe.yaml"))
	}
	if info, err := os.Lstat(filepath.Join(dir, "lathe.yaml")); err != nil || info.Mode().IsRegular() {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
	put(t, dir, "runs.json", twoProtocols)
	if err := os.Symlink(os.DevNull, filepath.Join(dir, "null.json")); err != nil {
		t.Fatal(err)
	}
	expect(t, realProgram(t, dir, "models", "trim", "runs.json", "--operation", "*", "-o", "null.json"), outcome{1, "", "null.json: it is no file that could be replaced\n\thint: name another one\n1 problem; nothing written\n"})
}

// A second package goes into the lathe.yaml that is there, from whichever folder.
func TestInitAdds(t *testing.T) {
	const before = "# ours\npackages:\n- spec: a.yaml # the first\n  out: gen/a\n  operations: [GetRun]\n\n# shared by all\nruntime: gen/shared\n"
	dir := module(t, "lathe.yaml", before, "a.yaml", "client.go", "sub/b.yaml", "client.go", "main.go", "package main\n\n//go:generate go tool gen\n",
		".gitattributes", "* text")
	expect(t, program(t, filepath.Join(dir, "sub"), "init", "b.yaml", "--operation", "List*", "--out", "b", "--form", "run"), outcome{0, `updated    ../lathe.yaml
created    ../lathe.schema.json
updated    ../.gitattributes
note: ../main.go keeps its line, //go:generate go tool gen
  as it would be written now: //go:generate go run example.com/lathe/cmd/gen@latest
next: cd .. && go generate ./... && go mod tidy
`, ""})
	want := strings.Replace(before, "\n\n# shared", `
- spec: sub/b.yaml
  out: sub/b
  package: runs
  operations:
    - List*

# shared`, 1)
	if diff := cmp.Diff(want, read(t, dir, "lathe.yaml")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := read(t, dir, ".gitattributes"); got != "* text\n/sub/b/** text eol=lf linguist-generated\n" {
		t.Errorf("got %q", got)
	}
	if got := program(t, dir, "--quiet"); got.exit != 0 {
		t.Errorf("got %+v", got)
	}

	// What lathe.yaml does not allow is refused, and nothing is left of it.
	state := contents(t, dir)
	got := program(t, dir, "init", "a.yaml", "--operation", "GetRun", "--out", "gen/shared")
	if got.exit != 1 || !strings.Contains(got.stderr, "runtime lies in the folder of the package at") {
		t.Errorf("got %+v", got)
	}
	if diff := cmp.Diff(state, contents(t, dir)); diff != "" {
		t.Errorf("the disk changed:\n%s", diff)
	}
}

// A package is added whatever the file looks like, or nothing is written.
func TestAddTo(t *testing.T) {
	pkg := &newPackage{home: "/m", Config: lathe.Config{Spec: "/m/b.yaml", Out: "/m/b", Package: "b", Operations: []string{"*"}}}
	const item = "- spec: b.yaml\n  out: b\n  package: b\n  operations:\n    - '*'\n"
	indented := "  " + strings.TrimSuffix(strings.ReplaceAll(item, "\n", "\n  "), "  ")
	for _, tt := range []struct{ name, old, want string }{
		{"no last line break", "packages:\n- {spec: a, out: a}", "packages:\n- {spec: a, out: a}\n" + item},
		{"comments behind", "packages:\n  - spec: a\n    out: a\n    # of a\n# of none\n", "packages:\n  - spec: a\n    out: a\n    # of a\n" + indented + "# of none\n"},
		{"the runtime first", "runtime: r\npackages:\n  - spec: a\n    out: a\n", "runtime: r\npackages:\n  - spec: a\n    out: a\n" + indented},
		{"an end of the document", "packages:\n- spec: a\n  out: a\n...\n", "packages:\n- spec: a\n  out: a\n" + item + "...\n"},
		{"lines as on Windows", "packages:\r\n- {spec: a, out: a}", "packages:\r\n- {spec: a, out: a}\r\n" + strings.ReplaceAll(item, "\n", "\r\n")},
		{"a flow", "packages: [{spec: a, out: a}]\n", ""},
		{"nothing in it", "# soon\n", ""},
	} {
		got, err := pkg.addTo([]byte(tt.old))
		if (err != nil) != (tt.want == "") {
			t.Errorf("%s: got error %v", tt.name, err)
		}
		if diff := cmp.Diff(tt.want, string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// A spec outside of the module is copied with what belongs to it, or referred to.
func TestInitOutside(t *testing.T) {
	elsewhere, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	put(t, elsewhere, "runs/service-2.json", "client.go", "runs/paginators-1.json", "{}", "api.json", "client.go")
	dir := module(t)
	got := program(t, dir, "init", filepath.Join(elsewhere, "runs/service-2.json"), "--operation", "*")
	if got.exit != 0 || !strings.HasPrefix(got.stdout, "created    spec/runs/paginators-1.json\ncreated    spec/runs/service-2.json\ncreated    lathe.yaml\n") {
		t.Errorf("got %+v", got)
	}
	got = program(t, dir, "init", filepath.Join(elsewhere, "api.json"), "--operation", "*", "--out", "two")
	if got.exit != 0 || !strings.HasPrefix(got.stdout, "created    spec/api.json\nupdated    lathe.yaml\n") {
		t.Errorf("got %+v", got)
	}
	got = program(t, dir, "init", filepath.Join(elsewhere, "api.json"), "--operation", "*", "--out", "three", "--no-copy")
	if got.exit != 0 || !strings.Contains(read(t, dir, "lathe.yaml"), "spec: ../") {
		t.Errorf("got %+v\n%s", got, read(t, dir, "lathe.yaml"))
	}
	if got := program(t, dir, "--quiet"); got.exit != 0 {
		t.Errorf("got %+v", got)
	}
	put(t, elsewhere, "api.json", "other.go")
	got = program(t, dir, "init", filepath.Join(elsewhere, "api.json"), "--operation", "*", "--out", "four")
	if got.exit != 1 || !strings.Contains(got.stderr, "spec/api.json: the file would be copied here, where one with another content is\n\thint: name the one that is here, or move it\n") {
		t.Errorf("got %+v", got)
	}
}

// Of a model outside of the module only what the operations reach is copied, when that is
// asked for; otherwise the command that does it is printed. The client is the same, but for
// the hash of its source.
func TestInitTrims(t *testing.T) {
	shape := `, "a#Unused%d": {"type": "string", "traits": {"smithy.api#documentation": "` + strings.Repeat("x", 60_000) + `"}}`
	model := `{"smithy": "2.0", "shapes": {
		"a#Jobs": {"type": "service", "version": "1", "operations": [{"target": "a#Run"}, {"target": "a#Stop"}], "traits": {
			"aws.api#service": {"sdkId": "Jobs"}, "aws.auth#sigv4": {"name": "jobs"}, "aws.protocols#awsJson1_0": {}}},
		"a#Run": {"type": "operation"}, "a#Stop": {"type": "operation", "input": {"target": "a#StopInput"}},
		"a#StopInput": {"type": "structure", "members": {"a": {"target": "a#Unused1"}, "b": {"target": "a#Unused2"}}}` +
		fmt.Sprintf(shape, 1) + fmt.Sprintf(shape, 2) + `}}`
	clients := map[string]map[string]string{}
	for _, flag := range []string{"", "--trim"} {
		dir := module(t, "app/go.mod", "module example.com/app\n\ngo 1.24\n", "jobs.json", model)
		app := filepath.Join(dir, "app")
		got := realProgram(t, app, strings.Fields("init ../jobs.json --operation Run --out jobs "+flag)...)
		const note = "note: of the copy of the spec the operations do not need 120 kB; to keep the rest alone:\n" +
			"  gen models trim ../jobs.json --operation Run -o spec/jobs.json\n"
		if got.exit != 0 || strings.Contains(got.stdout, note) == (flag == "--trim") {
			t.Errorf("%q: %+v", flag, got)
		}
		if copied := read(t, app, "spec/jobs.json"); strings.Contains(copied, "Unused") == (flag == "--trim") {
			t.Errorf("%q: the copy has %d bytes", flag, len(copied))
		}
		if got := realProgram(t, app, "generate"); got.exit != 0 {
			t.Errorf("%q: %+v", flag, got)
		}
		clients[flag] = map[string]string{}
		for name, text := range contents(t, filepath.Join(app, "jobs")) {
			clients[flag][name] = sourceHash.ReplaceAllString(text, "")
		}
	}
	if diff := cmp.Diff(clients[""], clients["--trim"]); diff != "" {
		t.Errorf("(-whole +trimmed):\n%s", diff)
	}
}

// sourceHash is what a client says of its source.
var sourceHash = regexp.MustCompile(`(?m)^// Source: .*$|[0-9a-f]{64}`)

// What cannot be generated is not added.
func TestInitRefuses(t *testing.T) {
	dir := module(t, "api.yaml", "client.go bad:x")
	expect(t, program(t, dir, "init", "api.yaml", "--operation", "GetRun"), outcome{1, "", "api.yaml:2:1: x is bad (at #/paths)\n\thint: write it better\n1 problem; nothing written\n"})
	if len(contents(t, dir)) != 2 {
		t.Error("something was written")
	}
}

func TestInitJSON(t *testing.T) {
	dir := module(t, "api.yaml", "client.go")
	var report initReport
	got := program(t, dir, "init", "api.yaml", "--operation", "GetRun", "--form", "tool", "--json")
	if err := json.Unmarshal([]byte(got.stdout), &report); err != nil {
		t.Fatal(err)
	}
	if !report.OK || len(report.Files) != 4 || report.Next != "go get -tool example.com/lathe/cmd/gen@latest && go generate ./... && go mod tidy" {
		t.Errorf("got %+v", report)
	}
}

func TestInitFlags(t *testing.T) {
	dir := module(t, "it's a spec.yaml", "client.go", "main.go", "package main\n", "x_test.go", "package y\n")
	got := program(t, dir, "init", "./it's a spec.yaml", "--operation", "*", "--out", "gen/../a/x-y/", "--package", "batch", "--format", "smithy", "--protocol", "restJson1")
	if got.exit != 0 {
		t.Fatalf("got %+v", got)
	}
	if text := read(t, dir, "generate.go"); !strings.HasPrefix(text, "package main\n") {
		t.Errorf("got %q", text)
	}
	for _, line := range []string{"package: batch", "format: smithy", "protocol: restJson1", "out: a/x-y\n"} {
		if text := read(t, dir, "lathe.yaml"); !strings.Contains(text, line) {
			t.Errorf("there is no %q in\n%s", line, text)
		}
	}
	if got := program(t, dir); got.exit != 0 {
		t.Errorf("what init wrote is not understood: %+v", got)
	}
	if text := read(t, dir, ".gitattributes"); text != "/a/x-y/** text eol=lf linguist-generated\n" {
		t.Errorf("got %q", text)
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
			"the file of one spec is expected, not 0\n\thint: gen init --help shows what there is\n",
		},
		{
			"a missing spec", []string{"none.yaml", "--operation", "X"},
			"none.yaml: the spec can't be read: no such file or directory\n1 problem; nothing written\n",
		},
		{
			"no operation", []string{"api.yaml"},
			"--operation is missing\n\thint: name operations or globs, '*' for all; gen list --spec api.yaml prints them\n",
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
			"<standard input> cannot be read again later\n\thint: name the file of the spec\n1 problem; nothing written\n",
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

// Where nothing of a spec can be generated, leaving an operation out does not help.
func TestInitOfNothingSupported(t *testing.T) {
	infos := []lathe.OperationInfo{{Name: "A", Unsupported: "it speaks XML"}, {Name: "B", Unsupported: "it speaks XML"}}
	for hint, all := range map[string][]lathe.OperationInfo{
		"no client can be made of this spec yet": infos,
		"leave it out":                           append([]lathe.OperationInfo{{Name: "C"}}, infos...),
	} {
		problems := checkOperations(all, []string{"A"})
		if len(problems) != 1 || problems[0].Hint != hint || problems[0].Message != "A can't be generated: it speaks XML" {
			t.Errorf("got %v, want the hint %q", problems, hint)
		}
	}
}

// A second client in one folder is refused where lathe.yaml has the first, with what adds to
// that one.
func TestInitTwice(t *testing.T) {
	dir := module(t, "api.json", "client.go")
	elsewhere := t.TempDir()
	put(t, elsewhere, "whole.json", "client.go")
	if got := program(t, dir, "init", "api.json", "--operation", "*", "--out", "one"); got.exit != 0 {
		t.Fatalf("got %+v", got)
	}
	before := contents(t, dir)
	expect(t, program(t, dir, "init", "api.json", "--operation", "*", "--out", "one"), outcome{1, "", `lathe.yaml:4:5: one has a client already
	hint: name the operations there and run gen; --out is for one more client
1 problem; nothing written
`})
	whole := filepath.ToSlash(filepath.Join(elsewhere, "whole.json"))
	got := program(t, dir, "init", whole, "--operation", "Get*,ListRuns", "--out", "one")
	if !strings.Contains(got.stderr, "hint: gen models trim ") || !strings.Contains(got.stderr, "whole.json --add 'Get*,ListRuns' -o api.json adds to its spec; --out is") {
		t.Errorf("got %+v", got)
	}
	if diff := cmp.Diff(before, contents(t, dir)); diff != "" {
		t.Errorf("the disk changed:\n%s", diff)
	}
}

// The line runs gen as the module does already, or in the form that is asked for.
func TestGenerateLine(t *testing.T) {
	const tidy, lax = "go generate ./... && go mod tidy", "module m\n\nrequire example.com/lathe v1.0.0\n"
	const asTool, toolsMod = "tool example.com/lathe/cmd/gen\n", "module m/tools\n\ngo 1.24\n"
	const inTools = "//go:generate go tool -modfile=tools/go.mod gen"
	for _, tt := range []struct {
		mod, tools, form, version string
		want                      goGenerate
	}{
		{lax + asTool, "", "", "", goGenerate{text: "//go:generate go tool gen", next: tidy}},
		{lax, "", "", "", goGenerate{text: "//go:generate gen", next: tidy}},
		{lax, "", "modfile", "", goGenerate{text: inTools, next: "go get -modfile=tools/go.mod -tool example.com/lathe/cmd/gen@latest && " + tidy, modText: toolsMod}},
		{lax, "", "", "v1.2.3", goGenerate{text: inTools, next: "go get -modfile=tools/go.mod -tool example.com/lathe/cmd/gen@v1.2.3 && " + tidy, modText: toolsMod}},
		{lax, "module x\n", "", "v1.2.3", goGenerate{text: inTools, next: "go get -modfile=tools/go.mod -tool example.com/lathe/cmd/gen@v1.2.3 && " + tidy}},
		{lax, "", "path", "v1.2.3", goGenerate{text: "//go:generate gen", next: tidy}},
		{lax, "module x\n" + asTool, "", "", goGenerate{text: inTools, next: tidy}},
		{lax, "", "tool", "", goGenerate{text: "//go:generate go tool gen", next: "go get -tool example.com/lathe/cmd/gen@latest && " + tidy}},
		{lax + asTool, "", "run", "", goGenerate{text: "//go:generate go run example.com/lathe/cmd/gen@latest", next: tidy}},
		{"module example.com/lathe\n", "", "", "", goGenerate{text: "//go:generate go run example.com/lathe/cmd/gen", next: tidy}},
	} {
		dir := t.TempDir()
		put(t, dir, "go.mod", tt.mod)
		if tt.tools != "" {
			put(t, dir, "tools/go.mod", tt.tools)
		}
		t.Chdir(dir)
		got, err := generateLine(gomod.Module{Root: dir, Path: "m"}, dir, tt.form, tt.version)
		got.mod = ""
		if err != nil || got != tt.want {
			t.Errorf("%q, %q, %q, %q: got %+v, %v, want %+v", tt.mod, tt.tools, tt.form, tt.version, got, err, tt.want)
		}
	}
}

// The version that init names is one that the go command finds.
func TestPublished(t *testing.T) {
	const path = "example.com/lathe"
	for _, tt := range []struct{ path, version, sum, want string }{
		{path, "v1.2.3", "", "v1.2.3"},
		{path, "v1.2.3", "h1:x", "v1.2.3"},
		{path, "v1.2.4-0.20261128010203-0123456789ab", "h1:x", "v1.2.4-0.20261128010203-0123456789ab"},
		{path, "v1.2.4-0.20261128010203-0123456789ab", "", ""},
		{path, "v1.2.3+dirty", "", ""},
		{path, "(devel)", "", ""},
		{"example.org/fork", "v1.2.3", "h1:x", ""},
	} {
		if got := published(&debug.BuildInfo{Main: debug.Module{Path: tt.path, Version: tt.version, Sum: tt.sum}}); got != tt.want {
			t.Errorf("%+v: got %q", tt, got)
		}
	}
	if got := published(nil); got != "" {
		t.Errorf("got %q", got)
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
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "generated  internal/datazone: ") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestAskOperations(t *testing.T) {
	listing, err := fakeList(lathe.Config{Spec: "init_test.go"})
	if err != nil {
		t.Fatal(err)
	}
	infos := slices.Concat(listing.Operations, []lathe.OperationInfo{{Name: "Evil\x1b[2J"}})
	for _, tt := range []struct {
		name, typed string
		want        []string
		says        []string
	}{
		{"numbers", "1-2\n", []string{"GetRun", "ListRuns"}, []string{"    1  GetRun\n", "    3  Watch (can't be generated: event streams are not supported)\n", `"Evil\x1b[2J"`}},
		{"names", "GetRun, ListRuns\n", []string{"GetRun", "ListRuns"}, nil},
		{"a glob", "List*\n", []string{"List*"}, nil},
		{"all", "all\n", []string{"*"}, nil},
		{"a search", "/LIST\n\n2\n", []string{"ListRuns"}, []string{") " + "    2  ListRuns\nWhich"}},
		{"a mistake", "GetRan\n9\n2-1\n3\nGetRun\n", []string{"GetRun"}, []string{
			"no operation matches \"GetRan\"\n\thint: did you mean GetRun?\n", "9 is not between 1 and 4\n", "2-1 is not between 1 and 4\n", "Watch can't be generated",
		}},
		{"nothing but commas", ",\n , \nGetRun\n", []string{"GetRun"}, nil},
		{"nothing", "", nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			got, err := newQuestions(strings.NewReader(tt.typed), &out).operations(infos)
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
