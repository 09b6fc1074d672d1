package lathe_test

import (
	"errors"
	"fmt"
	gobuild "go/build"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"example.com/lathe"
	"example.com/lathe/spec"
)

// toy is an OpenAPI document of operations without input or output.
func toy(operations ...string) []byte {
	var b strings.Builder
	b.WriteString("openapi: 3.1.0\ninfo: {title: Toy, version: \"1\"}\npaths:\n")
	for i, name := range operations {
		fmt.Fprintf(&b, "  /%d:\n    get: {operationId: %q, responses: {\"200\": {description: ok}}}\n", i, name)
	}
	return []byte(b.String())
}

// generateToy generates the client of a document into a folder of a module.
func generateToy(t *testing.T, root string, document []byte, operations ...string) (*lathe.Result, error) {
	t.Helper()
	file := filepath.Join(root, "api.yaml")
	writeFile(t, file, document)
	return lathe.Generate(lathe.Config{Spec: file, Out: filepath.Join(root, "toy"), Operations: operations})
}

// platforms are names of systems and architectures: those of today, some that
// are in no toolchain, and what else ends the name of a file with a meaning.
var platforms = []string{
	"windows", "linux", "js", "wasip1", "plan9", "amd64", "386", "wasm", "loong64", "riscv64", "sparc64", "unix",
	"test", "windows_amd64", "linux_test", "haiku", "z80", "8086",
}

// TestFileNames sees that the go command builds every file that is emitted,
// whatever operations are called and whatever the platform is.
func TestFileNames(t *testing.T) {
	root := module(t)
	var operations []string
	for _, platform := range platforms {
		operations = append(operations, "Run_"+platform, "x"+platform[:1]+"_"+platform)
	}
	operations = append(operations, strings.Repeat("long", 100), strings.Repeat("long", 101))
	result, err := generateToy(t, root, toy(operations...))
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	for _, f := range result.Files {
		if path.Ext(f.Path) != ".go" {
			continue
		}
		files++
		if size := len(path.Base(f.Path)); size > 255 {
			t.Errorf("%s has a name of %d bytes", f.Path, size)
		}
		base := strings.TrimSuffix(path.Base(f.Path), ".go")
		if _, last, found := cutLast(base, "_"); found && last != "" && (last[0] < 'A' || last[0] > 'Z') {
			t.Errorf("%s ends in _%s, which may name a platform", f.Path, last)
		}
		name := filepath.Join(root, filepath.FromSlash(f.Path))
		writeFile(t, name, f.Data)
		elsewhere := gobuild.Context{GOOS: "elsewhere", GOARCH: "other", Compiler: "gc"}
		if ok, err := elsewhere.MatchFile(filepath.Dir(name), filepath.Base(name)); err != nil || !ok {
			t.Errorf("%s is not built everywhere: %v", f.Path, err)
		}
	}
	if files < len(operations) {
		t.Errorf("only %d files for %d operations", files, len(operations))
	}
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// TestOneNameOfTwoOperations sees that operations of one Go name are a problem at
// both places, unless only one of them is generated.
func TestOneNameOfTwoOperations(t *testing.T) {
	for _, pair := range [][2]string{{"getRun", "GetRun"}, {"_GetRun", "GetRun"}, {"__getRun", "getRun"}} {
		root := module(t)
		_, err := generateToy(t, root, toy(pair[0], "Other", pair[1]))
		var problems spec.Problems
		if !errors.As(err, &problems) || len(problems) != 1 {
			t.Fatalf("%v: got %v, want one problem", pair, err)
		}
		file := filepath.Join(root, "api.yaml")
		want := fmt.Sprintf("%s:9:5: operation %s has the Go name GetRun, like the operation %s at %s:5:5", file, pair[1], pair[0], file)
		if !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v: got %v, want %s", pair, err, want)
		}
		for _, one := range pair {
			if _, err := generateToy(t, root, toy(pair[0], "Other", pair[1]), one, "Other"); err != nil {
				t.Errorf("%s alone: %v", one, err)
			}
		}
	}
}

// TestNamesThatFold generates operations and shapes whose names are one where case
// is ignored, or where a suffix of ours is put behind them.
func TestNamesThatFold(t *testing.T) {
	root := module(t)
	document := append(toy("GetURL", "GetUrl", "GetURL_", "get_run", "GetRun", "Options", "Options_", "Client", "GetRunInput"), `
  /list: {get: {operationId: List, x-paginated: &pages {inputToken: next, outputToken: next, pageSize: limit}, parameters: &in [{name: next, in: query, schema: &text {type: string}}, {name: limit, in: query, schema: &size {type: integer, format: int32}}], responses: &out {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {next: *text}}}}}}}}
  /new: {get: {operationId: NewList, x-paginated: *pages, parameters: *in, responses: *out}}
  /wait: {get: {operationId: Wait, x-waiters: {List: {acceptors: &done [{state: success, matcher: {success: true}}]}, NewList: {acceptors: *done}, ListWaiter: {acceptors: *done}}, parameters: *in, responses: *out}}
  /pages: {get: {operationId: ListPaginator, x-paginated: *pages, parameters: *in, responses: *out}}
  /body:
    post:
      operationId: Fail
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Out"}}}}
        "400": {description: bad, content: {application/json: {schema: {$ref: "#/components/schemas/Foo"}}}}
components:
  schemas:
    Out: {type: object, properties: {body: {$ref: "#/components/schemas/FooBody"}, other: {$ref: "#/components/schemas/DeserializeFoo"}}}
    Foo: {type: object, x-error: {}, properties: {message: {type: string}, body: {$ref: "#/components/schemas/FooBody"}}}
    FooBody: {type: object, properties: {a: {type: string}}}
    DeserializeFoo: {type: object, properties: {a: {type: string}}}
`...)
	result, err := generateToy(t, root, document)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, f := range result.Files {
		if other, ok := seen[strings.ToLower(f.Path)]; ok {
			t.Errorf("%s and %s are one file where case is ignored", other, f.Path)
		}
		seen[strings.ToLower(f.Path)] = f.Path
		writeFile(t, filepath.Join(root, filepath.FromSlash(f.Path)), f.Data)
	}
	if err := os.Remove(filepath.Join(root, "api.yaml")); err != nil {
		t.Fatal(err)
	}
	build(t, root)
}
