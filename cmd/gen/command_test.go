package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/lathe/internal/input"

	"github.com/google/go-cmp/cmp"
)

var equalOutcome = cmp.AllowUnexported(outcome{})

func expect(t *testing.T, got, want outcome) {
	t.Helper()
	if diff := cmp.Diff(want, got, equalOutcome); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestGenerate(t *testing.T) {
	dir := module(t, "api.yaml", "client.go types/types.go refuse:Watch")
	args := []string{"generate", "--spec", "api.yaml", "--out", "gen/api", "--package", "api", "--operation", "GetRun,ListRuns", "--operation", "Get*"}
	expect(t, program(t, dir, args...), outcome{0, `left out   Watch: event streams are not supported
generated  gen/api: 3 files created
1 package, 3 operations: 3 files created in N ms
`, ""})
	expect(t, program(t, dir, args...), outcome{0, `left out   Watch: event streams are not supported
1 package, 3 operations: 3 files unchanged in N ms
`, ""})
	put(t, dir, "api.yaml", "client.go errors.go")
	expect(t, program(t, dir, args...), outcome{0, `generated  gen/api: 1 file created, 1 updated, 1 removed
1 package, 3 operations: 1 file created, 1 updated, 1 removed, 1 unchanged in N ms
`, ""})
	expect(t, program(t, dir, append(args, "--quiet")...), outcome{0, "", ""})

	t.Setenv("GOFILE", "generate.go")
	put(t, dir, "api.yaml", "client.go")
	expect(t, program(t, dir, args...), outcome{0, `generated  gen/api: 1 file updated, 1 removed
1 package, 3 operations: 1 file updated, 1 removed, 1 unchanged in N ms
go generate had listed its files before: should it fail to open one that was removed, run it again
`, ""})
}

// With -v there is a line for each file, and for each operation that was left out.
func TestGenerateVerbose(t *testing.T) {
	dir := module(t, "api.yaml", "client.go types/types.go refuse:A refuse:B refuse:C refuse:D refuse:E refuse:F")
	args := []string{"generate", "--spec", "api.yaml", "--out", "gen/api", "--package", "api"}
	expect(t, program(t, dir, args...), outcome{0, `left out   A, B, C, D, E and 1 more: event streams are not supported
generated  gen/api: 3 files created
1 package, 0 operations: 3 files created in N ms
`, ""})
	put(t, dir, "api.yaml", "client.go refuse:A refuse:B")
	expect(t, program(t, dir, append(args, "-v")...), outcome{0, `left out   A: event streams are not supported
left out   B: event streams are not supported
updated    gen/api/lathe.manifest
removed    gen/api/types/types.go
1 package, 0 operations: 1 file updated, 1 removed, 1 unchanged in N ms
`, ""})
}

// TestWarnings sees that a warning is printed once, and not again while the files are
// up to date.
func TestWarnings(t *testing.T) {
	dir := module(t, "api.yaml", "warn:it client.go warn:it warn:that")
	args := []string{"generate", "--spec", "api.yaml", "--out", "gen/api", "--package", "api", "--operation", "GetRun"}
	expect(t, program(t, dir, args...), outcome{0, `warning    api.yaml:1:1: it is odd
	hint: look here
warning    api.yaml:4:1: that is odd
	hint: look here
generated  gen/api: 2 files created
1 package, 1 operation: 2 files created in N ms
`, ""})
	expect(t, program(t, dir, args...), outcome{0, "1 package, 1 operation: 2 files unchanged in N ms\n", ""})
	got := program(t, dir, append(args, "--json")...)
	if !strings.Contains(got.stdout, `"warnings": [
        {
          "file": "api.yaml",
          "line": 1,
          "column": 1,
          "pointer": "",
          "message": "it is odd",
          "hint": "look here"
        },`) || got.exit != 0 {
		t.Errorf("got %d\n%s", got.exit, got.stdout)
	}
}

func TestGenerateJSON(t *testing.T) {
	dir := module(t, "api.yaml", "client.go refuse:Watch", "bad.yaml", "bad:x bad:<y>")
	args := []string{"generate", "--json", "--out", "gen", "--package", "api", "--operation", "GetRun", "--spec"}
	expect(t, program(t, dir, append(args, "api.yaml")...), outcome{0, `{
  "ok": true,
  "packages": [
    {
      "package": "api",
      "importPath": "example.com/m/gen",
      "out": "gen",
      "operations": [
        "GetRun"
      ],
      "refused": [
        {
          "operation": "Watch",
          "reason": "event streams are not supported"
        }
      ],
      "warnings": []
    }
  ],
  "failed": [],
  "dropped": [],
  "left": [],
  "files": [
    {
      "path": "gen/client.go",
      "action": "created"
    },
    {
      "path": "gen/lathe.manifest",
      "action": "created"
    }
  ],
  "counts": {
    "created": 2,
    "updated": 0,
    "removed": 0,
    "unchanged": 0,
    "kept": 0
  },
  "goGet": [],
  "ms": N,
  "problems": []
}
`, ""})
	expect(t, program(t, dir, append(args, "bad.yaml")...), outcome{1, `{
  "ok": false,
  "problems": [
    {
      "file": "bad.yaml",
      "line": 1,
      "column": 1,
      "pointer": "/paths",
      "message": "x is bad",
      "hint": "write it better"
    },
    {
      "file": "bad.yaml",
      "line": 2,
      "column": 1,
      "pointer": "/paths",
      "message": "<y> is bad",
      "hint": "write it better"
    }
  ]
}
`, ""})
}

const twoPackages = `packages:
  - {spec: spec/a.yaml, out: gen/a, package: a, operations: [X, Y]}
  - {spec: spec/b.yaml, out: gen/b}
runtime: gen/internal
`

func TestGenerateFromConfig(t *testing.T) {
	dir := module(t, "lathe.yaml", twoPackages, "spec/a.yaml", "client.go", "spec/b.yaml", "client.go", "deep/below/x", "")
	below := filepath.Join(dir, "deep", "below")
	got := program(t, below)
	want := outcome{0, strings.ReplaceAll(`generated  ../../gen/a: 2 files created
generated  ../../gen/b: 2 files created
generated  ../../gen/internal: 2 files created
created    ../../lathe.lock
2 packages, 2 operations: 7 files created in N ms
`, "/", string(filepath.Separator)), ""}
	expect(t, got, want)
	expect(t, program(t, dir, "generate"), outcome{0, "2 packages, 2 operations: 7 files unchanged in N ms\n", ""})
	expect(t, program(t, os.TempDir(), "--config", filepath.Join(dir, "lathe.yaml"), "--quiet"), outcome{0, "", ""})
}

// A package that cannot be generated does not stop the others, and stays as it was.
func TestGenerateAllButOne(t *testing.T) {
	dir := module(t, "lathe.yaml", twoPackages, "spec/a.yaml", "client.go", "spec/b.yaml", "bad:x bad:y client.go")
	const problems = `spec/b.yaml:1:1: x is bad (at #/paths)
	hint: write it better
spec/b.yaml:2:1: y is bad (at #/paths)
	hint: write it better
2 problems; not generated: gen/b
`
	expect(t, program(t, dir), outcome{1, `generated  gen/a: 2 files created
generated  gen/internal: 2 files created
created    lathe.lock
1 of 2 packages, 2 operations: 5 files created in N ms
not generated: gen/b
`, problems})
	expect(t, program(t, dir, "check"), outcome{1, "1 of 2 packages, 5 files: clean in N ms\n", problems})

	// What there is of a package stays, its part of the lock and of the runtime included.
	put(t, dir, "spec/b.yaml", "client.go")
	expect(t, program(t, dir, "--quiet"), outcome{0, "", ""})
	header, sum := header+"\n// older\n", input.Sum([]byte(header+"\n// older\n"))
	put(t, dir, "gen/internal/old/old.go", header, "gen/internal/lathe.manifest",
		strings.Replace(read(t, dir, "gen/internal/lathe.manifest"), "lathe.lock\n", "lathe.lock\n"+sum+"  old/old.go\n", 1))
	edit(t, dir, "lathe.lock", `"rest/rest.go":`, `"old/old.go": "`+sum+"\",\n      \"rest/rest.go\":")
	before := contents(t, dir)
	put(t, dir, "spec/b.yaml", "bad:x bad:y")
	expect(t, program(t, dir), outcome{1, "1 of 2 packages, 2 operations: 5 files unchanged in N ms\nnot generated: gen/b\n", problems})
	put(t, dir, "spec/b.yaml", "client.go")
	if diff := cmp.Diff(before, contents(t, dir)); diff != "" {
		t.Errorf("the disk changed:\n%s", diff)
	}
	expect(t, program(t, dir, "--quiet"), outcome{0, "", ""})
	if _, err := os.Lstat(filepath.Join(dir, "gen/internal/old")); !os.IsNotExist(err) {
		t.Errorf("what no package needs is left: %v", err)
	}
}

func TestGenerateAllButOneJSON(t *testing.T) {
	dir := module(t, "lathe.yaml", twoPackages, "spec/a.yaml", "client.go", "spec/b.yaml", "bad:x")
	var report generatedReport
	got := program(t, dir, "--json")
	if err := json.Unmarshal([]byte(strings.ReplaceAll(got.stdout, `"ms": N`, `"ms": 1`)), &report); err != nil {
		t.Fatal(err)
	}
	if report.OK || len(report.Packages) != 1 || len(report.Problems) != 1 || !slices.Equal(report.Failed, []string{"gen/b"}) || got.exit != 1 || got.stderr != "" {
		t.Errorf("got %+v", got)
	}
}

// When no package can be generated nothing is written, and all problems come at once.
func TestGenerateNothing(t *testing.T) {
	dir := module(t, "lathe.yaml", twoPackages, "spec/a.yaml", "bad:z", "spec/b.yaml", "bad:x bad:y client.go")
	expect(t, program(t, dir), outcome{1, "", `spec/a.yaml:1:1: z is bad (at #/paths)
	hint: write it better
spec/b.yaml:1:1: x is bad (at #/paths)
	hint: write it better
spec/b.yaml:2:1: y is bad (at #/paths)
	hint: write it better
3 problems; nothing written
`})
	if _, err := os.Lstat(filepath.Join(dir, "gen")); !os.IsNotExist(err) {
		t.Errorf("something was written: %v", err)
	}
}

func TestGenerateFailures(t *testing.T) {
	dir := module(t, "api.yaml", "client.go", "taken/client.go", "package taken\n")
	outside, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		args []string
		want string
	}{
		{
			"no configuration", nil,
			"there is no lathe.yaml in this folder\n\thint: gen init writes one, gen --help shows one; for a single package, gen generate --spec FILE --out DIR\n1 problem; nothing written\n",
		},
		{
			"no configuration there", []string{"--config", "other.yaml"},
			"other.yaml: cannot open: no such file or directory\n1 problem; nothing written\n",
		},
		{
			"no spec", []string{"generate", "--out", "gen"},
			"--spec is missing\n\thint: gen generate --help shows how\n",
		},
		{
			"no out", []string{"generate", "--spec", "api.yaml", "--config", "x"},
			"--out is missing\n\thint: gen generate --help shows how\n--config excludes --spec and --out\n\thint: name one or the other\n",
		},
		{
			"flags without a spec", []string{"generate", "--operation", "X", "--package", "p"},
			"--package belongs to a --spec\n\thint: name --spec and --out too, or say it in lathe.yaml\n" +
				"--operation belongs to a --spec\n\thint: name --spec and --out too, or say it in lathe.yaml\n",
		},
		{
			"missing spec", []string{"generate", "--spec", "none.yaml", "--out", "gen"},
			"none.yaml: the spec can't be read: no such file or directory\n1 problem; nothing written\n",
		},
		{
			"outside any module", []string{"generate", "--spec", "api.yaml", "--out", outside},
			"../" + filepath.Base(outside) + ": the folder is outside any Go module: there is no go.mod in it or above\n" +
				"\thint: choose a folder inside a module, or make one with \"go mod init\"\n1 problem; nothing written\n",
		},
		{
			"a file in the way", []string{"generate", "--spec", "api.yaml", "--out", "taken"},
			"taken/client.go: a file that Lathe did not generate is in the way\n\thint: move it, or choose another output folder\n1 problem; nothing written\n",
		},
		{
			"unknown command", []string{"genrate"},
			"unknown command \"genrate\"\n\thint: did you mean generate?\n",
		},
		{
			"unknown flag", []string{"generate", "--operations", "X"},
			"unknown flag: --operations\n\thint: did you mean --operation?\n",
		},
		{
			"flag without value", []string{"generate", "--spec"},
			"flag needs an argument: --spec\n\thint: gen generate --help shows what there is\n",
		},
		{
			"argument", []string{"generate", "api.yaml"},
			"unexpected argument \"api.yaml\"\n\thint: gen generate --help shows what there is\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			expect(t, program(t, dir, tt.args...), outcome{1, "", tt.want})
		})
	}
}

func TestFailureOfFlagsAsJSON(t *testing.T) {
	expect(t, program(t, module(t), "generate", "--nope", "--json"), outcome{1, `{
  "ok": false,
  "problems": [
    {
      "file": "",
      "line": 0,
      "column": 0,
      "pointer": "",
      "message": "unknown flag: --nope",
      "hint": "gen generate --help shows what there is"
    }
  ]
}
`, ""})
}

func TestList(t *testing.T) {
	dir := module(t, "api.yaml", "", "bad.yaml", "bad")
	const head = "OPERATION  METHOD  PATH        SHAPES  NOTES\n"
	expect(t, program(t, dir, "list", "--spec", "api.yaml"), outcome{0, "api.yaml, Runs, restJson1 (of restJson1, awsQuery), 3 operations\n" + head +
		`GetRun     GET     /runs/{id}  12      waiters RunDone
ListRuns   GET     /runs       7       paginated, deprecated, limited: it is not signed with SigV4A
Watch      -       -           3       unsupported: event streams are not supported
`, ""})
	expect(t, program(t, dir, "list", "--spec", "api.yaml", "Get*", "Nothing*", "--json"), outcome{1, `{
  "ok": false,
  "specs": [
    {
      "spec": "api.yaml",
      "out": "",
      "service": "Runs",
      "package": "runs",
      "protocol": "restJson1",
      "protocols": [
        "restJson1",
        "awsQuery"
      ],
      "operations": 3
    }
  ],
  "operations": [
    {
      "spec": "api.yaml",
      "name": "GetRun",
      "method": "GET",
      "path": "/runs/{id}",
      "shapes": 12,
      "paginated": false,
      "waiters": [
        "RunDone"
      ],
      "deprecated": false,
      "selected": false,
      "unsupported": "",
      "limits": []
    }
  ],
  "problems": [
    {
      "file": "",
      "line": 0,
      "column": 0,
      "pointer": "",
      "message": "no operation matches \"Nothing*\"",
      "hint": "without it all operations are printed; globs need quotes in a shell"
    }
  ]
}
`, ""})
	expect(t, program(t, dir, "list"), outcome{1, "", "--spec is missing, and there is no lathe.yaml here or above\n\thint: name the file of a spec with --spec\n"})
	expect(t, program(t, dir, "list", "--spec", "bad.yaml"), outcome{1, "", "bad.yaml:1:1: not a spec\n1 problem\n"})
	expect(t, program(t, dir, "list", "--spec", "api.yaml", "GetRan"), outcome{1, "", "no operation matches \"GetRan\"\n\thint: did you mean GetRun?\n1 problem\n"})
	expect(t, program(t, dir, "list", "--spec", "api.yaml", "--config", "x"), outcome{1, "", "--config excludes --spec\n\thint: name one of them\n"})
}

// Without --spec the specs of lathe.yaml are listed, those that can be read.
func TestListOfConfig(t *testing.T) {
	dir := module(t, "lathe.yaml", twoPackages, "spec/a.yaml", "", "spec/b.yaml", "", "deep/x", "")
	const head = "OPERATION  METHOD  PATH        SHAPES  NOTES\n"
	edit(t, dir, "lathe.yaml", "[X, Y]", "['Get*', ListRuns]")
	expect(t, program(t, filepath.Join(dir, "deep"), "list", "*Run"), outcome{0, "../gen/a: ../spec/a.yaml, Runs, restJson1 (of restJson1, awsQuery), 1 of 3 operations\n" + head +
		"GetRun     GET     /runs/{id}  12      in lathe.yaml, waiters RunDone\n\n" +
		"../gen/b: ../spec/b.yaml, Runs, restJson1 (of restJson1, awsQuery), 1 of 3 operations\n" + head +
		"GetRun     GET     /runs/{id}  12      in lathe.yaml, waiters RunDone\n", ""})
	put(t, dir, "spec/a.yaml", "bad")
	got := program(t, dir, "list", "Watch")
	if got.exit != 1 || !strings.Contains(got.stdout, "\nWatch      -       -     3       in lathe.yaml, unsupported") || got.stderr != "spec/a.yaml:1:1: not a spec\n1 problem\n" {
		t.Errorf("got %+v", got)
	}
	expect(t, program(t, dir, "list", "spec/b.yaml"), outcome{1, "", "no operation matches \"spec/b.yaml\"\n\thint: name the file of a spec with --spec spec/b.yaml\nspec/a.yaml:1:1: not a spec\n2 problems\n"})
}

// A command line that means nothing is refused with what is nearest to it, and there is
// nothing to sum up.
func TestWrongUsage(t *testing.T) {
	dir := module(t)
	for _, tt := range []struct{ args, want string }{
		{"help frob", "unknown command \"frob\"\n\thint: gen --help shows what there is\n"},
		{"help lst", "unknown command \"lst\"\n\thint: did you mean list?\n"},
		{"help models trm", "unknown command \"trm\"\n\thint: did you mean trim?\n"},
		{"hlep", "unknown command \"hlep\"\n\thint: did you mean help?\n"},
		{"models shwo", "unknown command \"shwo\"\n\thint: did you mean show?\n"},
		{"completion bsh", "unknown command \"bsh\"\n\thint: did you mean bash?\n"},
		{"completion", "a command is missing\n\thint: gen completion --help shows what there is\n"},
		{"models frob", "unknown command \"frob\"\n\thint: gen models --help shows what there is\n"},
		{"models", "a command is missing\n\thint: gen models --help shows what there is\n"},
		{"models list", "a folder is expected, or models in lathe.yaml\n\thint: gen models list --help shows what there is\n"},
		{"models trim x -o x --operation y", "the model itself would be replaced\n\thint: name another file to write with -o FILE\n"},
		{"--spec x", "unknown flag: --spec\n\thint: did you mean gen generate --spec?\n"},
		{"diff --operation x", "--operation needs OLD and NEW\n\thint: without them lathe.yaml says which operations count\n"},
		{"list --frob", "unknown flag: --frob\n\thint: gen list --help shows what there is\n"},
		{"list --oper x", "unknown flag: --oper\n\thint: gen list --help shows what there is\n"},
		{"generate --oper x", "unknown flag: --oper\n\thint: did you mean --operation?\n"},
		{"generate -out x", "unknown flag: -out\n\thint: did you mean --out?\n"},
		{"generate -x", "unknown shorthand flag: 'x' in -x\n\thint: gen generate --help shows what there is\n"},
		{"check --quite", "unknown flag: --quite\n\thint: did you mean --quiet?\n"},
		{"list --protocol restjson", "unknown protocol \"restjson\"\n\thint: did you mean restJson1?\n"},
		{"diff --json --format markdown a b", ""},
		{"diff --explain all a b", "unexpected argument \"a\"\n\thint: gen diff --help shows what there is\n"},
		{"init a b", "the file of one spec is expected, not 2\n\thint: gen init --help shows what there is\n"},
		{"init a --form modflie", "unknown form \"modflie\"\n\thint: did you mean modfile?\n"},
	} {
		got := program(t, dir, strings.Fields(tt.args)...)
		if got.exit != 1 || got.stderr != tt.want {
			t.Errorf("%s: exit code %d, printed\n%s", tt.args, got.exit, got.stderr)
		}
	}
}

// What has no form as JSON is refused with --json, as JSON.
func TestTextOnly(t *testing.T) {
	dir := module(t, "api.yaml", "client.go")
	for args, what := range map[string]string{
		"explain --spec api.yaml --format mermaid --json": "--format mermaid",
		"explain --spec api.yaml --format dot --json":     "--format dot",
		"diff --explain all --json":                       "--explain",
		"diff api.yaml api.yaml --format sarif --json":    "--format sarif",
	} {
		got := program(t, dir, strings.Fields(args)...)
		if got.exit != 1 || !strings.Contains(got.stdout, "\n      \"message\": \"--json excludes "+what+"\",\n") {
			t.Errorf("%s: got %+v", args, got)
		}
	}
}

// A variable that is not set must not choose all operations, or another run.
func TestEmptyFlags(t *testing.T) {
	dir := module(t, "api.yaml", "client.go", "lathe.yaml", "packages: [{spec: api.yaml, out: gen/a, package: a}]")
	const hint = "\n\thint: give it a value, or leave it out\n"
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"generate", "--spec", "api.yaml", "--out", "gen/api", "--operation", ""}, "--operation is empty" + hint},
		{[]string{"check", "--spec", "api.yaml", "--out", "gen/api", "--operation", ",", "--operation", " "},
			"--operation is empty" + hint},
		{[]string{"generate", "--spec", "", "--out", ""}, "--spec is empty" + hint + "--out is empty" + hint},
		{[]string{"--config", ""}, "--config is empty" + hint},
		{[]string{"init", "api.yaml", "--operation", ""}, "--operation is empty" + hint},
		{[]string{"diff", "api.yaml", "api.yaml", "--operation", ""}, "--operation is empty" + hint},
		{[]string{"models", "trim", "api.yaml", "-o", "x.json", "--add", ""}, "--add is empty" + hint},
	} {
		expect(t, program(t, dir, tt.args...), outcome{1, "", tt.want})
	}
	got := program(t, dir, "diff", "api.yaml", "api.yaml", "--operation", "", "--json")
	if !strings.Contains(got.stdout, `"message": "--operation is empty"`) || got.exit != 1 {
		t.Errorf("got %+v", got)
	}
}

// A URL is no file, wherever a spec is named.
func TestURLs(t *testing.T) {
	const url = "https://example.com/a/../api.yaml"
	dir := module(t)
	const text = url + " is not a file: nothing is read from the network\n\thint: fetch it with \"curl -o FILE URL\" and name the file, so that the next run reads the same\n"
	for _, args := range [][]string{{"generate", "--out", "x", "--spec", url}, {"list", "--spec", url}, {"explain", "A", "--spec", url}, {"init", url, "--operation", "*"}, {"diff", url, "go.mod"}} {
		if got := runProgram(t, commandOf(withReal, dir, args...)); got.exit != 1 || !strings.Contains(got.stderr, text) {
			t.Errorf("%v: exit code %d, printed\n%s", args, got.exit, got.stderr)
		}
	}
	put(t, dir, "lathe.yaml", "packages:\n  - spec: "+url+"\n    out: gen\n")
	if got := program(t, dir); got.exit != 1 || !strings.HasPrefix(got.stderr, "lathe.yaml:2:11: "+strings.Replace(text, "\n\thint", " (at #/packages/0/spec)\n\thint", 1)) {
		t.Errorf("exit code %d, printed\n%s", got.exit, got.stderr)
	}
}

func TestHelpAndCompletion(t *testing.T) {
	dir := module(t, "api.yaml", "", "lathe.yaml", "")
	tests := []struct {
		args []string
		want []string
	}{
		{[]string{"--help"}, []string{"packages:", "Exit codes: 0 done, 1 failed, 2 what is there", "gen [command]", "completion", "--json"}},
		{[]string{"generate", "--help"}, []string{"--operation name", "gen generate --spec spec/datazone.yaml", "(default: by content)", "openapi, smithy"}},
		{[]string{"list", "--help"}, []string{"--spec file", "gen list --spec spec/datazone.yaml"}},
		{[]string{"--version"}, []string{"gen version "}},
		{[]string{"completion", "bash"}, []string{"__start_gen"}},
		{[]string{"__complete", "generate", "--spec", "api.yaml", "--operation", ""}, []string{"GetRun\nListRuns\nWatch\n:4\n"}},
		{[]string{"__complete", "generate", "--spec", "api.yaml", "--operation", "GetRun,L"}, []string{"GetRun,ListRuns\n:4\n"}},
		{[]string{"__complete", "generate", "--spec", "none.yaml", "--operation", ""}, []string{":4\n"}},
		{[]string{"__complete", "generate", "--spec", ""}, []string{"yaml\nyml\njson\n:8\n"}},
		{[]string{"__complete", "generate", "--format", ""}, []string{"openapi\nsmithy\n:4\n"}},
		{[]string{"__complete", "generate", "--out", ""}, []string{":16\n"}},
		{[]string{"__complete", "list", "--spec", "api.yaml", "G"}, []string{"GetRun\n:4\n"}},
		{[]string{"__complete", "explain", "--spec", "api.yaml", ""}, []string{"Run\nRunId\n:4\n"}},
		{[]string{"__complete", "explain", "--spec", "api.yaml", "Run", ""}, []string{":4\n"}},
		{[]string{"__complete", "list", "--protocol", ""}, []string{"restJson1\n"}},
		{[]string{"__complete", "init", "--form", ""}, []string{"tool\nmodfile\nrun\npath\n:4\n"}},
		{[]string{"__complete", "diff", "--explain", "member-r"}, []string{"member-removed\n"}},
		{[]string{"__complete", "help", "li"}, []string{"list\t"}},
	}
	for _, tt := range tests {
		got := program(t, dir, tt.args...)
		if got.exit != 0 {
			t.Errorf("%q: exit code %d, %s", tt.args, got.exit, got.stderr)
		}
		for _, want := range tt.want {
			if !strings.Contains(got.stdout, want) {
				t.Errorf("%q: there is no %q in\n%s", tt.args, want, got.stdout)
			}
		}
	}
}
