package main

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"testing"

	"example.com/lathe/docs"
)

// What a configuration says as a whole, seen through the program.
func TestConfigErrors(t *testing.T) {
	tests := []struct{ name, config, want string }{
		{
			"all places", "packages:\n  - spec: none.yaml\n    out: gen/a\n    package: Func\n    format: wsdl\n  - spec: .\n    out: gen/b\n    package: func\n",
			`lathe.yaml:2:11: there is no file none.yaml (at #/packages/0/spec)
	hint: paths are relative to the folder of lathe.yaml
lathe.yaml:4:14: "Func" is not a Go package name (at #/packages/0/package)
	hint: lower-case letters, digits and _ behind a letter; no keyword, no name that Go declares, not main
lathe.yaml:5:13: unknown format "wsdl" (at #/packages/0/format)
	hint: there are openapi, smithy
lathe.yaml:6:11: . is a folder (at #/packages/1/spec)
	hint: name the file of the spec
lathe.yaml:8:14: "func" is not a Go package name (at #/packages/1/package)
	hint: lower-case letters, digits and _ behind a letter; no keyword, no name that Go declares, not main
5 problems; nothing written
`,
		},
		{
			"one folder twice", "packages:\n  - {spec: api.yaml, out: gen/a}\n  - {spec: api.yaml, out: ./gen/x/../A/}\n",
			`lathe.yaml:3:27: out is the folder of the package at lathe.yaml:2:27 (at #/packages/1/out)
	hint: give each package a folder of its own
1 problem; nothing written
`,
		},
		{
			"folders in each other", "packages:\n  - {spec: api.yaml, out: gen/a}\n  - {spec: api.yaml, out: gen/a/types/x}\n  - {spec: api.yaml, out: gen/a/internal}\n",
			`lathe.yaml:3:27: out lies in the folder types of the package at lathe.yaml:2:27 (at #/packages/1/out)
	hint: give each package a folder of its own
lathe.yaml:4:27: out lies in the folder internal of the package at lathe.yaml:2:27 (at #/packages/2/out)
	hint: give each package a folder of its own
2 problems; nothing written
`,
		},
		{
			"folders that go ignores", "packages:\n  - {spec: api.yaml, out: vendor/a, package: main}\n  - {spec: api.yaml, out: gen/my gen}\nruntime: testdata/rt\n",
			`lathe.yaml:2:27: vendor/a: the go command takes a folder named vendor for copies of other modules (at #/packages/0/out)
	hint: choose another folder
lathe.yaml:2:46: "main" is not a Go package name (at #/packages/0/package)
	hint: lower-case letters, digits and _ behind a letter; no keyword, no name that Go declares, not main
lathe.yaml:3:27: gen/my gen: the folder cannot be part of an import path: invalid char ' ' (at #/packages/1/out)
	hint: choose another folder
lathe.yaml:4:10: testdata/rt: the go command ignores folders named testdata (at #/runtime)
	hint: choose another folder
4 problems; nothing written
`,
		},
		{
			"runtime in a package", "packages:\n  - {spec: api.yaml, out: gen/a}\nruntime: gen/a\n",
			`lathe.yaml:3:10: runtime lies in the folder of the package at lathe.yaml:2:27 (at #/runtime)
	hint: give the runtime a folder of its own
1 problem; nothing written
`,
		},
		{
			"runtime out of reach", "packages:\n  - {spec: api.yaml, out: gen/a}\n  - {spec: api.yaml, out: other/b}\nruntime: gen/internal/rt\n",
			`lathe.yaml:4:10: runtime lies in a folder called internal that is closed to the package at lathe.yaml:3:27 (at #/runtime)
	hint: move it: the parent of internal must be above all packages
1 problem; nothing written
`,
		},
		{
			"an unknown key", "package:\n  - {spec: api.yaml, out: gen/a}\n",
			`lathe.yaml:1:1: unknown key "package" (at #/package)
	hint: did you mean "packages"?
lathe.yaml:1:1: key "packages" is missing
2 problems; nothing written
`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := module(t, "lathe.yaml", tt.config, "api.yaml", "client.go")
			expect(t, program(t, dir), outcome{1, "", tt.want})
		})
	}
}

// The file is looked for up to the module's root and no further, and without a
// module in the working directory only.
func TestConfigIsFoundInTheModule(t *testing.T) {
	const config = "packages: [{spec: api.yaml, out: gen}]\n"
	const nowhere = "\n\thint: gen init writes one, gen --help shows one; for a single package, gen generate --spec FILE --out DIR\n1 problem; nothing written\n"
	top := module(t, "lathe.yaml", config, "api.yaml", "client.go", "nested/go.mod", "module n\n", "nested/a/b/x", "")
	expect(t, program(t, top+"/nested/a/b"), outcome{1, "",
		"there is no lathe.yaml in this folder or above it, up to the module's root " + top + "/nested" + nowhere})

	none := t.TempDir()
	put(t, none, "lathe.yaml", config, "sub/x", "")
	expect(t, program(t, none+"/sub"), outcome{1, "", "there is no lathe.yaml in this folder" + nowhere})
	put(t, none, "sub/lathe.yml", config)
	expect(t, program(t, none+"/sub"), outcome{1, "", "there is no lathe.yaml in this folder\n\thint: lathe.yml is there: call it lathe.yaml, or name it with --config\n1 problem; nothing written\n"})
}

// The help that lathe.yaml points to shows every key of it, of packages and of approvals.
func TestHelpShowsKeys(t *testing.T) {
	type object struct {
		Properties map[string]any `json:"properties"`
	}
	var schema struct {
		object

		Defs map[string]object `json:"$defs"`
	}
	if err := json.Unmarshal(docs.Schema, &schema); err != nil {
		t.Fatal(err)
	}
	keys := slices.Collect(maps.Keys(schema.Properties))
	for _, def := range []string{"package", "approval"} {
		keys = slices.AppendSeq(keys, maps.Keys(schema.Defs[def].Properties))
	}
	for _, key := range keys {
		if key == "fingerprint" { // instead of rule and place, as gen diff --help says
			continue
		}
		if !regexp.MustCompile(`[ {]` + key + `: ?`).MatchString(rootHelp) {
			t.Errorf("there is no %s in\n%s", key, rootHelp)
		}
	}
}
