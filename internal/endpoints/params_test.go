package endpoints

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"testing"
)

// TestClientOptions sees that all options of clients are known, so that no parameter of a rule
// set becomes a second one of the same name.
func TestClientOptions(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../../runtime/client/options.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	ast.Inspect(file, func(n ast.Node) bool {
		declared, ok := n.(*ast.TypeSpec)
		if !ok || declared.Name.Name != "Options" {
			return true
		}
		fields, _ := declared.Type.(*ast.StructType)
		for _, f := range fields.Fields.List {
			for _, name := range f.Names {
				if name.IsExported() {
					names = append(names, name.Name)
				}
			}
		}
		return false
	})
	slices.Sort(names)
	if !slices.Equal(names, clientOptions) {
		t.Errorf("the options of clients are %q", names)
	}
}
