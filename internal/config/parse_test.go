package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const goodConfig = `# two packages
packages:
  - spec: spec/datazone.yaml
    out: generated/datazone
    package: datazone
    operations: [GetDataSourceRun, 'List*']
  - {spec: "batch.json", out: generated/batch, format: smithy, protocol: awsJson1_1, lean: true, module: example.com/batch@v1.0.0}
runtime: generated/internal
models: ../api-models-aws
budget: {lines: 20000, packages: 30, bytes: 8000000}
adopt: {packages: [./...], keep: [lambda.Invoke], platforms: [linux/arm64], tags: [e2e]}
`

func TestParseConfig(t *testing.T) {
	c, err := parseConfig("lathe.yaml", []byte("\ufeff"+goodConfig))
	if err != nil {
		t.Fatal(err)
	}
	plain := func(texts ...text) []string {
		var all []string
		for _, s := range texts {
			all = append(all, s.string+" at "+s.pos.String()+" "+s.pos.Pointer)
		}
		return all
	}
	var got [][]string
	for _, p := range c.packages {
		got = append(got, plain(p.spec, p.out, p.pkg, p.format, p.protocol), plain(p.operations...))
	}
	got = append(got, plain(c.runtime))
	want := [][]string{
		{
			"spec/datazone.yaml at lathe.yaml:3:11 /packages/0/spec", "generated/datazone at lathe.yaml:4:10 /packages/0/out",
			"datazone at lathe.yaml:5:14 /packages/0/package", " at  ", " at  ",
		},
		{"GetDataSourceRun at lathe.yaml:6:18 /packages/0/operations/0", "List* at lathe.yaml:6:36 /packages/0/operations/1"},
		{
			"batch.json at lathe.yaml:7:12 /packages/1/spec", "generated/batch at lathe.yaml:7:31 /packages/1/out",
			" at  ", "smithy at lathe.yaml:7:56 /packages/1/format", "awsJson1_1 at lathe.yaml:7:74 /packages/1/protocol",
		},
		nil,
		{"generated/internal at lathe.yaml:8:10 /runtime"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if b := c.budget; b.Lines != 20_000 || b.Packages != 30 || b.Bytes != 8_000_000 || b.Pos.Line != 10 || c.models.string != "../api-models-aws" {
		t.Errorf("got the budget %+v and models %s", b, c.models.string)
	}
	if diff := cmp.Diff(Adopt{[]string{"./..."}, []string{"lambda.Invoke"}, []string{"linux/arm64"}, []string{"e2e"}}, c.adopt); diff != "" {
		t.Errorf("adopt (-want +got):\n%s", diff)
	}
	if m := c.packages[1].module; m.string != "example.com/batch@v1.0.0" || m.pos.Pointer != "/packages/1/module" {
		t.Errorf("got the module %+v", m)
	}
	if c.packages[0].lean || !c.packages[1].lean {
		t.Error("the second package is lean, and only it")
	}
}

var parseErrors = []struct{ name, src, want string }{
	{"nothing", "", "lathe.yaml:1:1: the file is empty\n\thint: gen --help shows what belongs in it"},
	{"a comment", "# soon\n", "lathe.yaml:1:1: the file is empty\n\thint: gen --help shows what belongs in it"},
	{"null", "~\n", "lathe.yaml:1:1: want a mapping, got nothing"},
	{"a list", "- spec: x\n", "lathe.yaml:1:1: want a mapping, got a list"},
	{"a word", "hello\n", "lathe.yaml:1:1: want a mapping, got a string"},
	{
		"no bound", "packages: [{spec: x, out: y}]\nbudget: {lines: 0}\n",
		"lathe.yaml:2:17: want a number of at least 1, got 0 (at #/budget/lines)",
	},
	{
		"no platform", "packages: [{spec: x, out: y}]\nadopt: {platforms: [linux], keep: [Invoke]}\n",
		"lathe.yaml:2:21: \"linux\" is not a platform (at #/adopt/platforms/0)\n\thint: platforms read like linux/arm64\n" +
			"lathe.yaml:2:36: \"Invoke\" is not an operation of a service (at #/adopt/keep/0)\n\thint: operations read like lambda.Invoke",
	},
	{
		"a bound in words", "packages: [{spec: x, out: y}]\nbudget: {bytes: 8 MB}\n",
		"lathe.yaml:2:17: want a number, got a string (at #/budget/bytes)",
	},
	{
		"no packages", "runtime: x\n",
		`lathe.yaml:1:1: key "packages" is missing`,
	},
	{
		"empty packages", "packages:\n",
		"lathe.yaml:1:1: want a list, got nothing (at #/packages)",
	},
	{
		"no package", "packages: []\n",
		"lathe.yaml:1:11: packages is empty (at #/packages)\n\thint: each package has at least spec and out",
	},
	{
		"empty lists", "packages: [{spec: x, out: y, errors: {E: {operations: []}}}]\nprogram: []\nadopt: {tags: []}\n",
		"lathe.yaml:1:55: the list is empty (at #/packages/0/errors/E/operations)\n\thint: name the operations that may end with it\n" +
			"lathe.yaml:2:10: the list is empty (at #/program)\n\thint: leave the key out\n" +
			"lathe.yaml:3:15: the list is empty (at #/adopt/tags)\n\thint: leave the key out",
	},
	{
		"packages as a mapping", "packages:\n  datazone:\n    spec: x\n",
		"lathe.yaml:2:3: want a list, got a mapping (at #/packages)",
	},
	{
		"a package as a string", "packages:\n  - datazone\n",
		"lathe.yaml:2:5: want a mapping, got a string (at #/packages/0)",
	},
	{
		"an empty package", "packages:\n  - {}\n",
		`lathe.yaml:2:5: key "spec" is missing (at #/packages/0)` + "\n" + `lathe.yaml:2:5: key "out" is missing (at #/packages/0)`,
	},
	{
		"everything at once",
		"packages:\n" +
			"  - spec: a.yaml\n" +
			"    output: gen\n" +
			"    operation: [X]\n" +
			"    colour: red\n" +
			"    package: 12\n" +
			"    spec: b.yaml\n" +
			"  - out: ''\n" +
			"    spec: true\n" +
			"    operations: all\n" +
			"  - out: [x]\n" +
			"    spec:\n" +
			"    operations: []\n" +
			"  - out: x\n" +
			"    spec: |\n" +
			"      a\n" +
			"    operations: [1, {a: b}, '']\n" +
			"run-time: x\n",
		strings.Join([]string{
			`lathe.yaml:2:5: key "out" is missing (at #/packages/0)`,
			`lathe.yaml:3:5: unknown key "output" (at #/packages/0/output)`, "\thint: the keys here are spec, out, package, operations, format, protocol, module, lean, examples, presign, paginators, waiters, errors, defaults, renames, approve",
			`lathe.yaml:4:5: unknown key "operation" (at #/packages/0/operation)`, "\t" + `hint: did you mean "operations"?`,
			`lathe.yaml:5:5: unknown key "colour" (at #/packages/0/colour)`, "\thint: the keys here are spec, out, package, operations, format, protocol, module, lean, examples, presign, paginators, waiters, errors, defaults, renames, approve",
			`lathe.yaml:6:14: want a string, got a number (at #/packages/0/package)`, "\thint: put it in quotes",
			`lathe.yaml:7:5: key "spec" stands twice, first at lathe.yaml:2:5 (at #/packages/0/spec)`, "\thint: keep one of them",
			`lathe.yaml:8:10: a string is empty (at #/packages/1/out)`,
			`lathe.yaml:9:11: want a string, got a boolean (at #/packages/1/spec)`, "\thint: put it in quotes",
			`lathe.yaml:10:17: want a list, got a string (at #/packages/1/operations)`,
			`lathe.yaml:11:10: want a string, got a list (at #/packages/2/out)`,
			`lathe.yaml:12:5: want a string, got nothing (at #/packages/2/spec)`,
			`lathe.yaml:13:17: the list is empty (at #/packages/2/operations)`, "\thint: leave the key out to take all",
			`lathe.yaml:15:11: a string contains a line break or control character (at #/packages/3/spec)`,
			`lathe.yaml:17:18: want a string, got a number (at #/packages/3/operations/0)`, "\thint: put it in quotes",
			`lathe.yaml:17:21: want a string, got a mapping (at #/packages/3/operations/1)`,
			`lathe.yaml:17:29: a string is empty (at #/packages/3/operations/2)`,
			`lathe.yaml:18:1: unknown key "run-time" (at #/run-time)`, "\t" + `hint: did you mean "runtime"?`,
		}, "\n"),
	},
	{
		"columns in bytes", "packages: [{spec: äöü, out: 1}]\n",
		"lathe.yaml:1:32: want a string, got a number (at #/packages/0/out)\n\thint: put it in quotes",
	},
	{
		"a pointer with a slash", "packages: []\na/b~: 1\n",
		"lathe.yaml:1:11: packages is empty (at #/packages)\n\thint: each package has at least spec and out\n" +
			`lathe.yaml:2:1: unknown key "a/b~" (at #/a~1b~0)` + "\n\thint: the keys here are packages, runtime, severity, program, models, budget, adopt",
	},
	{"a number as key", "1: x\npackages: [{spec: x, out: y}]\n", `lathe.yaml:1:1: a key must be a string, not "1"`},
	{
		"indentation", "packages:\n  - spec: x\n   out: y\n",
		"lathe.yaml:3:4: not YAML: there is text where the next item of a list should be\n\thint: indent it like the text above it, or begin it with a dash",
	},
	{
		"a tab", "packages:\n\t- spec: x\n",
		"lathe.yaml:2:1: not YAML: a tab is used for indentation\n\thint: indent with spaces",
	},
	{
		"a bracket", "packages: [\n",
		"lathe.yaml:1:11: not YAML: a bracket or brace is never closed\n\thint: close it",
	},
	{"an anchor", "packages: &x [{spec: a, out: b}]\n", "lathe.yaml:1:11: anchors (&) and aliases (*) are not supported here\n\thint: write the value out"},
	{"an alias", "packages: *x\n", "lathe.yaml:1:11: there is no anchor &x before the alias *x\n\thint: write the value out"},
	{"a merge", "<<: {}\n", "lathe.yaml:1:1: YAML merge keys (<<) are not supported\n\thint: repeat the keys, or refer to a whole value with an alias"},
	{"a tag", "packages: !!seq [{spec: a, out: b}]\n", "lathe.yaml:1:11: YAML tags (!) are not supported\n\thint: quote the value to make it a string"},
	{"a complex key", "? packages\n: []\n", "lathe.yaml:1:1: YAML's complex keys (?) are not supported\n\thint: write the key before a colon"},
	{"two documents", "packages: []\n---\npackages: []\n", "lathe.yaml:2:1: a second document begins here\n\thint: write one document a file"},
	{"deep", strings.Repeat("[", 60000), "lathe.yaml:1:17: the document is nested deeper than 16 levels"},
	{"large", strings.Repeat("#", 5<<20), "lathe.yaml:1:1: the YAML document has 5242880 bytes, more than 4194304"},
	{"not UTF-8", "packages:\n  - spec: \xff\n", "lathe.yaml:2:11: byte 0xff is not UTF-8\n\thint: save the document as UTF-8"},
}

func TestParseConfigErrors(t *testing.T) {
	for _, tt := range parseErrors {
		t.Run(tt.name, func(t *testing.T) {
			c, err := parseConfig("lathe.yaml", []byte(tt.src))
			if err == nil {
				t.Fatalf("got %+v, want an error", c)
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
