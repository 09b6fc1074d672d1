package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tinySpec is a service with two operations; the output of each holds a member of
// a type of its own.
const tinySpec = `openapi: 3.1.0
info: {title: Tiny, version: "1"}
x-service: {id: Tiny}
paths:
  /a: {get: {operationId: GetA, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/GetAOutput'}}}}}}}
  /b: {get: {operationId: GetB, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/GetBOutput'}}}}}}}
components:
  schemas:
    GetAOutput: {type: object, properties: {a: {type: string}}}
    GetBOutput: {type: object, properties: {b: {type: string}}}
`

var (
	otherA = strings.Replace(tinySpec, "{a: {type: string}}", "{a: {type: boolean}}", 1)
	newB   = strings.Replace(tinySpec, "{b: {type: string}}", "{b: {type: string}, c: {type: string}}", 1)
)

const changedA = `1 of 1 change breaks callers or calls: 1 breaking

  breaking  a of the output of GetA is a boolean instead of a string
            GetA.output.a  type-changed: wire breaking, Go breaking
            old.yaml:9:45 -> new.yaml:9:45
            Go: GetAOutput.A type-changed: A *string -> A *bool
            Roll the new client out together with the service.
`

func TestDiff(t *testing.T) {
	dir := module(t, "old.yaml", tinySpec, "new.yaml", otherA, "b.yaml", newB, "bad.yaml", "openapi: 3.1.0\n", "folder/x", "")
	for name, c := range map[string]struct {
		args []string
		want outcome
	}{
		"breaking":       {[]string{"old.yaml", "new.yaml"}, outcome{2, changedA, ""}},
		"same":           {[]string{"old.yaml", "old.yaml"}, outcome{0, "no changes\n", ""}},
		"nothing breaks": {[]string{"old.yaml", "b.yaml"}, outcome{0, "Nothing breaks in 1 change: 1 none\n\n1 change that matters to nobody\n", ""}},
		"one operation":  {[]string{"old.yaml", "new.yaml", "--operation", "GetB"}, outcome{0, "no changes\n", ""}},
		"globs":          {[]string{"old.yaml", "new.yaml", "--operation", "*A,GetB"}, outcome{2, changedA, ""}},
		"no arguments":   {nil, outcome{1, "", "there is no lathe.yaml in this folder\n\thint: gen init writes one, gen --help shows one; for a single package, gen generate --spec FILE --out DIR\n1 problem\n"}},
		"one argument":   {[]string{"old.yaml"}, outcome{1, "", "OLD and NEW are expected, not 1 argument\n\thint: gen diff --help shows what there is\n"}},
		"no operation":   {[]string{"old.yaml", "new.yaml", "--operation", "GetC"}, outcome{1, "", "new.yaml: no operation matches \"GetC\", in old.yaml neither\n\thint: did you mean GetA?\n1 problem\n"}},
		"no file":        {[]string{"none.yaml", "new.yaml"}, outcome{1, "", "none.yaml: the spec can't be read: no such file or directory\n1 problem\n"}},
		"unknown form":   {[]string{"old.yaml", "new.yaml", "--format", "jsn"}, outcome{1, "", "unknown format \"jsn\"\n\thint: did you mean json?\n"}},
		"unknown rule":   {[]string{"--explain", "member-remove"}, outcome{1, "", "there is no rule \"member-remove\"\n\thint: did you mean member-removed?\n"}},
		"no path":        {[]string{"git:HEAD", "git:"}, outcome{1, "", "git:: a revision and a path are missing\n\thint: write git:REV:path\ngit:HEAD: a revision and a path are missing\n\thint: write git:REV:path\n2 problems\n"}},
	} {
		t.Run(name, func(t *testing.T) { expect(t, realProgram(t, dir, append([]string{"diff"}, c.args...)...), c.want) })
	}
}

func TestDiffOutsideOfARepository(t *testing.T) {
	got := realProgram(t, module(t, "new.yaml", tinySpec), "diff", "git:HEAD:old.yaml", "new.yaml")
	if got.exit != 1 || !strings.HasPrefix(got.stderr, "git:HEAD:old.yaml: HEAD is no revision of a repository here: fatal: not a git repository") {
		t.Errorf("%+v", got)
	}
}

func TestDiffExplainAll(t *testing.T) {
	got := realProgram(t, t.TempDir(), "diff", "--explain", "all")
	if got.exit != 0 || !strings.Contains(got.stdout, "\nmember-removed ") || strings.Count(got.stdout, "\n") < 80 {
		t.Errorf("%+v", got)
	}
}

func TestDiffJSON(t *testing.T) {
	dir := module(t, "old.yaml", tinySpec, "new.yaml", otherA)
	got := realProgram(t, dir, "diff", "old.yaml", "new.yaml", "--format", "json")
	if got.exit != 2 || !strings.HasPrefix(got.stdout, "{\n  \"ok\": false,\n  \"verdict\": \"1 of 1 change breaks callers or calls: 1 breaking\",\n  \"counts\": {\n    \"breaking\": 1,") || got.stderr != "" {
		t.Errorf("%+v", got)
	}
	got = realProgram(t, dir, "diff", "old.yaml", "none.yaml", "--format", "json")
	if got.exit != 1 || !strings.Contains(got.stdout, "\"changes\": [],\n  \"problems\": [\n    {\n      \"file\": \"none.yaml\"") {
		t.Errorf("%+v", got)
	}
}

// Whatever fails, the object has all its keys.
func TestDiffJSONOfFailures(t *testing.T) {
	dir := module(t, "old.yaml", tinySpec)
	for _, args := range [][]string{{"old.yaml", "none.yaml"}, {"old.yaml"}, {"--base", ""}, {"--base", "nowhere"}, {"old.yaml", "old.yaml", "--fail-on", "x"}} {
		got := realProgram(t, dir, append([]string{"diff", "--format", "json"}, args...)...)
		for _, key := range []string{"ok", "verdict", "counts", "changes", "problems"} {
			if got.exit != 1 || got.stderr != "" || !strings.Contains(got.stdout, "\n  \""+key+"\": ") {
				t.Errorf("%q: no %s in %+v", args, key, got)
			}
		}
	}
}

// TestDiffSelects sees that the operations are those that lathe.yaml selects for
// either spec, and all where it names neither.
func TestDiffSelects(t *testing.T) {
	const config = "packages:\n  - {spec: new.yaml, out: gen, operations: [GetB]}\n"
	dir := module(t, "lathe.yaml", config, "old.yaml", tinySpec, "new.yaml", otherA, "third.yaml", otherA)
	for _, c := range []struct {
		old, new string
		exit     int
	}{{"old.yaml", "new.yaml", 0}, {"new.yaml", "old.yaml", 0}, {"old.yaml", "third.yaml", 2}} {
		if got := realProgram(t, dir, "diff", c.old, c.new); got.exit != c.exit {
			t.Errorf("%s %s: %+v", c.old, c.new, got)
		}
	}
	if got := realProgram(t, dir, "diff", "old.yaml", "new.yaml", "--operation", "GetA"); got.exit != 2 {
		t.Errorf("--operation does not come before lathe.yaml: %+v", got)
	}
	put(t, dir, "lathe.yaml", "packages: [\n")
	if got := realProgram(t, dir, "diff", "old.yaml", "new.yaml"); got.exit != 1 || !strings.HasPrefix(got.stderr, "lathe.yaml:") {
		t.Errorf("a wrong lathe.yaml: %+v", got)
	}
}

// TestDiffGit compares with revisions: from the root, from here, from below, and
// with files beside the spec.
func TestDiffGit(t *testing.T) {
	dir := module(t, "api/spec.yaml", tinySpec, "root.yaml", tinySpec, "api/below/x", "",
		"c2j/service-2.json", diffC2J, "c2j/paginators-1.json", tinyPages, "lathe.yaml", "packages:\n  - {spec: root.yaml, out: gen, operations: [GetB]}\n")
	gitIn(t, dir, "init", "-q")
	gitIn(t, dir, "add", ".")
	gitIn(t, dir, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "one")
	put(t, dir, "api/spec.yaml", otherA, "root.yaml", otherA)
	if err := os.Remove(filepath.Join(dir, "c2j", "paginators-1.json")); err != nil {
		t.Fatal(err)
	}
	changed := strings.NewReplacer("old.yaml", "git:HEAD:api/spec.yaml", "new.yaml", "api/spec.yaml").Replace(changedA)
	for _, c := range []struct {
		name, dir string
		args      []string
		want      outcome
	}{
		{"from the root", dir, []string{"git:HEAD:api/spec.yaml", "api/spec.yaml"}, outcome{2, changed, ""}},
		{"lathe.yaml selects", dir, []string{"git:HEAD:root.yaml", "root.yaml"}, outcome{0, "no changes\n", ""}},
		{"from below", filepath.Join(dir, "api", "below"), []string{"git:HEAD:api/spec.yaml", "../spec.yaml"}, outcome{2, strings.Replace(changed, "-> api/spec.yaml", "-> ../spec.yaml", 1), ""}},
		{"from here", filepath.Join(dir, "api"), []string{"git:HEAD:./spec.yaml", "git:HEAD:api/spec.yaml"}, outcome{0, "no changes\n", ""}},
		{"from above", filepath.Join(dir, "api", "below"), []string{"git:HEAD:../spec.yaml", "git:HEAD:api/spec.yaml"}, outcome{0, "no changes\n", ""}},
		{"two revisions", dir, []string{"git:HEAD:root.yaml", "git:HEAD:api/spec.yaml"}, outcome{0, "no changes\n", ""}},
		{"files beside it", dir, []string{"git:HEAD:c2j/service-2.json", "c2j/service-2.json"}, outcome{2, `1 of 1 change breaks callers or calls: 1 breaking

  breaking  List no longer has pages
            List  pagination-removed: Go breaking, behaviour notable
            git:HEAD:c2j/service-2.json:2:16 -> c2j/service-2.json:2:16
            Go: ListAPIClient removed: type ListAPIClient interface -> nothing
            Go: ListPaginator removed: type ListPaginator struct -> nothing
            Go: ListPaginatorOptions removed: type ListPaginatorOptions struct -> nothing
            Go: NewListPaginator removed: func NewListPaginator(client ListAPIClient, params *ListInput, optFns
            ...func(*ListPaginatorOptions)) *ListPaginator -> nothing
            Find out whether one answer holds everything now.
`, ""}},
		{"no revision", dir, []string{"git:nope:root.yaml", "root.yaml"}, outcome{1, "", "git:nope:root.yaml: nope is no revision of a repository here\n\thint: git log shows what there is\n1 problem\n"}},
		{"an option for a revision", dir, []string{"git:--help:root.yaml", "root.yaml"}, outcome{1, "", "git:--help:root.yaml: --help is no revision of a repository here\n\thint: git log shows what there is\n1 problem\n"}},
		{"no such file", dir, []string{"git:HEAD:none.yaml", "root.yaml"}, outcome{1, "", "git:HEAD:none.yaml: there is no file none.yaml in HEAD\n\thint: the path counts from the root of the repository; begin it with \"./\" to count from here\n1 problem\n"}},
		{"a folder", dir, []string{"git:HEAD:api", "root.yaml"}, outcome{1, "", "git:HEAD:api: api is a folder\n1 problem\n"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := realProgram(t, c.dir, append([]string{"diff"}, c.args...)...)
			expect(t, got, c.want)
		})
	}
	for name, from := range map[string]string{
		"api/spec.yaml": dir, filepath.Join(dir, "api", "spec.yaml"): dir, "../spec.yaml": filepath.Join(dir, "api", "below"),
	} {
		got := realProgram(t, from, "diff", "--format", "github", "git:HEAD:api/spec.yaml", name)
		if !strings.HasPrefix(got.stdout, "::error file=api/spec.yaml,line=") {
			t.Errorf("%s: not annotated as from the root of the repository: %+v", name, got)
		}
	}
	t.Run("no git command", func(t *testing.T) {
		cmd := command(dir, "diff", "git:HEAD:root.yaml", "root.yaml")
		cmd.Env = append(cmd.Env, asProgram+"="+withReal, "PATH="+t.TempDir())
		expect(t, runProgram(t, cmd), outcome{1, "", "git:HEAD:root.yaml: there is no git command\n\thint: install git, or write the old file to disk and name it\n1 problem\n"})
	})
}

func TestRepositoryPath(t *testing.T) {
	dir := module(t, "a/b/x", "")
	t.Chdir(filepath.Join(dir, "a"))
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(dir)) // wherever temporary folders are
	if repositoryPath(t.Context()) != nil {
		t.Error("there is no repository")
	}
	gitIn(t, dir, "init", "-q")
	in := repositoryPath(t.Context())
	for name, want := range map[string]string{
		"s.yaml": "a/s.yaml", "./b/s.yaml": "a/b/s.yaml", "../s.yaml": "s.yaml", "../../s.yaml": "../../s.yaml",
		filepath.Join(dir, "b", "s.yaml"): "b/s.yaml", filepath.Join(dir, "..", "s.yaml"): filepath.Join(dir, "..", "s.yaml"),
		"git:HEAD:s.yaml": "s.yaml", "git:HEAD:./s.yaml": "a/s.yaml", "git:HEAD:../s.yaml": "s.yaml",
	} {
		if got := in(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

const (
	diffC2J = `{"metadata": {"apiVersion": "1", "endpointPrefix": "tiny", "protocol": "rest-json", "serviceId": "Tiny", "serviceFullName": "Tiny", "signatureVersion": "v4"},
"operations": {"List": {"name": "List", "http": {"method": "GET", "requestUri": "/"}, "input": {"shape": "In"}, "output": {"shape": "Out"}}},
"shapes": {"In": {"type": "structure", "members": {"next": {"shape": "S", "location": "querystring", "locationName": "next"}}},
"Out": {"type": "structure", "members": {"next": {"shape": "S"}}}, "S": {"type": "string"}}}
`
	tinyPages = `{"pagination": {"List": {"input_token": "next", "output_token": "next"}}}`
)

func TestPalette(t *testing.T) {
	if got := palette(true).Breaking("x"); !strings.HasPrefix(got, "\x1b[31;1mx\x1b[") {
		t.Errorf("not red: %q", got)
	}
	if palette(false).Breaking != nil || isColoured(&strings.Builder{}) {
		t.Error("coloured where it should not be")
	}
}
