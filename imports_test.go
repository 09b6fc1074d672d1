package lathe_test

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"example.com/lathe/runtime"
)

// modulePath is the prefix of our own packages.
const modulePath = "example.com/lathe"

// importRule says what a package may import beside the standard library: names
// that begin with "./" are our own packages, all others are libraries with
// everything below them.
type importRule struct {
	// packages are folders; one that ends in "/..." stands for all below it.
	packages []string
	may      []string
}

// The libraries that emitted code may use. Of the SDK's core only the public
// packages: neither service clients nor what belongs to them.
var emittedLibraries = []string{"github.com/aws/aws-sdk-go-v2/aws", "github.com/aws/smithy-go"}

// importRules is the table of the house: who may know whom. A package that no
// rule names fails the test, and so does a rule that no package needs.
var importRules = []importRule{
	{[]string{"."}, []string{
		"./spec", "./spec/openapi", "./spec/smithy", "./spec/c2j",
		"./internal/naming", "./internal/plan", "./internal/protocol", "./internal/emit", "./diff", "./diff/rules", "./internal/goapi", "./templates", "./internal/trim", "golang.org/x/mod",
		"./internal/gomod", "./internal/input", "./internal/paths",
	}},
	{[]string{"cmd/gen"}, []string{
		".", "./spec", "./spec/snapshot", "./internal/config", "./internal/lock", "./internal/emit", "./internal/naming",
		"./diff", "./diff/report", "./diff/rules", "./internal/callers", "./internal/adopt/...", "./internal/adopt", "./internal/models",
		"./internal/gomod", "./internal/input", "./internal/paths", "./internal/plural", "./runtime", "./docs", "./spec/tree",
		"github.com/spf13/cobra", "github.com/spf13/pflag", "go.yaml.in/yaml/v4", "golang.org/x/mod", "github.com/fatih/color",
		"github.com/aymanbagabas/go-udiff", "github.com/fsnotify/fsnotify", "github.com/schollz/progressbar/v3", "golang.org/x/term", "github.com/rivo/uniseg",
	}},
	{[]string{"docs"}, nil},

	{[]string{"spec"}, nil},
	{[]string{"spec/snapshot"}, []string{"./spec", "github.com/go-json-experiment/json"}},
	{[]string{"spec/rules"}, []string{"./spec", "./spec/tree"}},
	{[]string{"spec/tree"}, []string{"./spec", "github.com/go-json-experiment/json", "go.yaml.in/yaml/v4"}},
	{[]string{"spec/openapi"}, []string{
		"./spec", "./spec/rules", "./spec/tree",
		"github.com/getkin/kin-openapi",
	}},
	{[]string{"spec/smithy", "spec/c2j"}, []string{"./spec", "./spec/rules", "./spec/tree", "github.com/go-json-experiment/json"}},

	{[]string{"internal/naming", "internal/plural"}, nil},
	{[]string{"internal/trim"}, []string{"./spec/c2j", "github.com/go-json-experiment/json"}},
	{[]string{"internal/paths", "internal/input"}, nil},
	{[]string{"internal/gomod"}, []string{"./spec", "./internal/input", "./internal/paths", "golang.org/x/mod"}},
	{[]string{"internal/config"}, []string{
		".", "./diff", "./spec", "./internal/gomod", "./internal/input", "./internal/naming", "./internal/paths", "./spec/tree",
	}},
	{[]string{"internal/lock"}, []string{"./spec", "./spec/tree", "./spec/snapshot", "./internal/input", "./internal/paths"}},
	{[]string{"internal/doctext"}, []string{"golang.org/x/net/html", "github.com/yuin/goldmark"}},
	{[]string{"internal/protocol"}, []string{"./spec"}},
	{[]string{"internal/jmespath"}, []string{"./spec", "github.com/jmespath-community/go-jmespath"}},
	{[]string{"internal/endpoints"}, []string{"./spec", "./internal/naming", "./internal/doctext"}},
	{[]string{"internal/plan"}, []string{"./spec", "./internal/jmespath", "./internal/endpoints", "./internal/protocol", "./internal/naming", "./internal/doctext"}},
	{[]string{"internal/gocode"}, []string{"./internal/plan", "./internal/doctext", "github.com/dave/jennifer"}},
	{[]string{"internal/emit"}, []string{"./spec", "./internal/gomod", "./internal/input", "./internal/paths"}},
	{[]string{"internal/goapi"}, []string{"golang.org/x/tools"}},
	{[]string{"diff"}, []string{"./spec", "./diff/internal/compare", "./diff/rules"}},
	{[]string{"diff/internal/compare"}, []string{"./spec", "./internal/endpoints", "./internal/naming", "./internal/plan", "./internal/protocol"}},
	{[]string{"diff/rules"}, []string{"./spec", "./diff/internal/compare", "./diff/internal/sets", "./internal/doctext"}},
	{[]string{"diff/internal/sets"}, nil},
	{[]string{"diff/report"}, []string{"./spec", "./diff", "./diff/rules", "./internal/plural"}},

	{[]string{"internal/models"}, []string{"./spec", "./internal/input", "github.com/go-json-experiment/json/jsontext"}},
	{[]string{"internal/adopt"}, []string{
		".", "./spec", "./internal/adopt/...", "./internal/callers", "./internal/config", "./internal/emit", "./internal/gomod", "./internal/input",
		"./internal/lock", "./internal/models", "./internal/paths", "./internal/plural", "go.yaml.in/yaml/v4",
	}},
	{[]string{"internal/adopt/journal"}, []string{"./spec", "./internal/input"}},
	{[]string{"internal/adopt/mods"}, []string{"./spec", "./internal/gomod", "./internal/paths", "golang.org/x/mod"}},
	{[]string{"internal/adopt/fit", "internal/adopt/prove"}, nil},
	{[]string{"internal/adopt/report"}, []string{"./internal/adopt/weigh"}},
	{[]string{"internal/adopt/weigh"}, []string{"./internal/adopt/prove"}},
	{[]string{"internal/adopt/weigh/relay"}, nil},
	{[]string{"internal/adopt/scan"}, []string{"./spec", "./internal/callers", "golang.org/x/tools"}},
	{[]string{"internal/callers"}, []string{"./spec", "golang.org/x/tools"}},
	{[]string{"internal/clienttest"}, nil}, // tests only
	{[]string{"internal/conformance"}, []string{"./internal/naming", "./internal/plan", "./internal/gocode", "github.com/dave/jennifer"}},
	{[]string{"internal/conformance/harness"}, append([]string{"github.com/fxamacker/cbor/v2"}, emittedLibraries...)},
	{[]string{"internal/try"}, []string{"github.com/yuin/goldmark", "golang.org/x/mod"}},
	{[]string{"internal/rename"}, []string{"golang.org/x/mod"}},
	{[]string{"internal/corpus"}, []string{".", "./runtime", "golang.org/x/tools"}},

	{[]string{"internal/reach"}, nil},
	{[]string{"templates"}, []string{"./internal/reach", "./internal/jmespath", "./internal/endpoints", "./internal/plan", "./internal/gocode", "./internal/emit", "./runtime", "github.com/dave/jennifer"}},
	{[]string{"runtime"}, nil},
	{[]string{"runtime/..."}, append([]string{"./runtime/..."}, emittedLibraries...)},
	{[]string{"generated"}, nil},
	{[]string{"generated/..."}, append([]string{"./generated/..."}, emittedLibraries...)},
}

func TestImportTable(t *testing.T) {
	loaded, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedImports}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if len(loaded) < 10 {
		t.Fatalf("only %d packages were found", len(loaded))
	}
	used := make([]bool, len(importRules))
	for _, p := range loaded {
		at := findRule(folder(p.PkgPath))
		if at < 0 {
			t.Errorf("no rule says what %s may import: add it to importRules and to ARCHITECTURE.md", p.PkgPath)
			continue
		}
		used[at] = true
		for name := range p.Imports {
			if !importRules[at].allows(name) {
				t.Errorf("%s must not import %s", p.PkgPath, name)
			}
		}
	}
	for i, ok := range used {
		if !ok {
			t.Errorf("the rule for %v names no package: remove it", importRules[i].packages)
		}
	}
}

// All that is unsafe in what clients run stands in one file.
func TestOneFileIsUnsafe(t *testing.T) {
	var found []string
	err := fs.WalkDir(runtime.Sources, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(name, "_test.go") {
			return err
		}
		data, err := runtime.Sources.ReadFile(name)
		if err == nil && bytes.Contains(data, []byte("\"unsafe\"\n")) {
			found = append(found, name)
		}
		return err
	})
	if err != nil || !slices.Equal(found, []string{"scalar/unsafe.go"}) {
		t.Errorf("package unsafe is imported by %q, %v", found, err)
	}
}

// The table itself is tested on what it must refuse.
func TestImportTableRefuses(t *testing.T) {
	tests := []struct {
		folder, imported string
		want             bool
	}{
		{"spec", "strings", true},
		{"spec", modulePath + "/internal/naming", false},
		{"spec", "github.com/getkin/kin-openapi/openapi3", false},
		{"templates", modulePath + "/spec", false},
		{"templates", modulePath + "/internal/plan", true},
		{"internal/plan", modulePath + "/templates", false},
		{"runtime/rest", modulePath + "/runtime/jsoncodec", true},
		{"runtime/rest", modulePath + "/templates", false},
		{"runtime/rest", "github.com/aws/aws-sdk-go-v2/aws/retry", true},
		{"runtime/rest", "github.com/aws/aws-sdk-go-v2/service/datazone", false},
		{"runtime/rest", "github.com/aws/aws-sdk-go-v2/awsextra", false},
		{"runtime/jsoncodec", "github.com/go-json-experiment/json/jsontext", false},
		{"generated/datazone/types", modulePath + "/generated/datazone/internal/rest", true},
		{"generated/datazone", modulePath, false},
		{"generated/datazone", modulePath + "/internal/emit", false},
	}
	for _, tt := range tests {
		at := findRule(tt.folder)
		if at < 0 {
			t.Errorf("no rule for %s", tt.folder)
			continue
		}
		if got := importRules[at].allows(tt.imported); got != tt.want {
			t.Errorf("%s imports %s: got %v, want %v", tt.folder, tt.imported, got, tt.want)
		}
	}
	for _, unknown := range []string{"spec/wsdl", "internal", "internal/emit/x", "cmd", "other"} {
		if at := findRule(unknown); at >= 0 {
			t.Errorf("%s is covered by the rule for %v", unknown, importRules[at].packages)
		}
	}
}

// folder is a package's path in the module, "." for its root.
func folder(pkgPath string) string {
	return path.Clean("./" + strings.TrimPrefix(strings.TrimPrefix(pkgPath, modulePath), "/"))
}

// findRule returns the index of the rule for a folder, or -1.
func findRule(folder string) int {
	return slices.IndexFunc(importRules, func(r importRule) bool {
		return slices.ContainsFunc(r.packages, func(pattern string) bool { return matches(pattern, folder) })
	})
}

// matches reports whether a folder is the pattern, or below one that ends in "/...".
func matches(pattern, folder string) bool {
	parent, isTree := strings.CutSuffix(pattern, "/...")
	if isTree {
		return strings.HasPrefix(folder, parent+"/")
	}
	return pattern == folder
}

func (r importRule) allows(imported string) bool {
	if !strings.Contains(strings.SplitN(imported, "/", 2)[0], ".") {
		return true // the standard library
	}
	return slices.ContainsFunc(r.may, func(allowed string) bool {
		if !strings.HasPrefix(allowed, ".") {
			return isBelow(allowed, imported)
		}
		return isBelow(modulePath, imported) && matches(path.Clean(allowed), folder(imported))
	})
}

// isBelow reports whether an import path is parent or below it.
func isBelow(parent, importPath string) bool {
	return importPath == parent || strings.HasPrefix(importPath, parent+"/")
}
