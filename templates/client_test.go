package templates

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/internal/plan"
	"example.com/lathe/internal/protocol"
	"example.com/lathe/runtime"
	"example.com/lathe/spec"
)

// TestConstantFiles copies the files that hardly vary with all pairs of parts: what is
// left parses, uses each of its imports, and has no mark of the source.
func TestConstantFiles(t *testing.T) {
	p := &plan.Package{Name: "x", Source: "x", Runtime: "x.test/internal", Codec: protocol.All[0].Codec, Errors: protocol.All[0].Errors(&spec.API{}), Endpoint: &endpoints.Resolver{}, Auth: []plan.AuthGroup{{}}}
	all := slices.Sorted(maps.Keys(clientParts(p)))
	for _, file := range constants {
		source, err := runtime.Sources.ReadFile("client/" + file.name)
		if err != nil {
			t.Fatal(err)
		}
		names := slices.DeleteFunc(slices.Clone(all), func(name string) bool { return !bytes.Contains(source, []byte(name+"\n")) })
		for _, parts := range pairwise(names) {
			parts["schemes"] = parts["bearer"] || parts["sessions"] || parts["sigv4a"]
			c := copier{p: p, parts: parts, values: map[string]string{"ServiceID": `a"b`}}
			got, err := c.copy(string(source))
			if err != nil {
				t.Fatal(err)
			}
			checkCopy(t, file.name, got)
		}
	}
}

// pairwise returns sets in which each two of the names occur with, without and beside each
// other: all sets would be too many.
func pairwise(names []string) (sets []map[string]bool) {
	for _, given := range []bool{false, true} {
		for i := range names {
			for j := range i + 1 {
				set := map[string]bool{}
				for k, name := range names {
					set[name] = given != (k == i || k == j)
				}
				sets = append(sets, set)
			}
		}
		rest := map[string]bool{}
		for _, name := range names {
			rest[name] = given
		}
		sets = append(sets, rest)
	}
	return sets
}

func checkCopy(t *testing.T, name string, source []byte) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ParseComments)
	if err != nil {
		t.Fatalf("%v\n%s", err, source)
	}
	if bytes.Contains(source, []byte("//lathe:")) || file.Name.Name != "x" {
		t.Fatalf("%s keeps what belongs to its source:\n%s", name, source)
	}
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				used[x.Name] = true
			}
		}
		return true
	})
	for _, spec := range file.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		local := path.Base(imported)
		if spec.Name != nil {
			local = spec.Name.Name
		}
		if !used[local] {
			t.Errorf("%s imports %s without need:\n%s", name, imported, source)
		}
	}
}

func TestUnknownPart(t *testing.T) {
	c := copier{p: &plan.Package{}, parts: map[string]bool{}}
	if _, err := c.copy("package client\n//lathe:if nothing\n"); err == nil || !strings.Contains(err.Error(), `"nothing"`) {
		t.Errorf("got %v", err)
	}
}
