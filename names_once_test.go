package lathe_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestNamesAreMadeOnce sees that no renderer and no comparison joins strings to a Go
// name: names are fields of the plan, made there once.
func TestNamesAreMadeOnce(t *testing.T) {
	for _, pattern := range []string{"templates/*.go", "internal/gocode/*.go", "diff/*.go", "diff/*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") {
				checkNoJoinedNames(t, file)
			}
		}
	}
}

// nameTakers are the functions of jennifer that take an identifier, by the index of it.
var nameTakers = map[string]int{"Id": 0, "Qual": 1, "Dot": 0}

func checkNoJoinedNames(t *testing.T, name string) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if e, ok := n.(*ast.BinaryExpr); ok && e.Op == token.ADD && (isIdentifier(e.X) || isIdentifier(e.Y)) {
			t.Errorf("%s: an identifier is joined to something; make the whole name a field of the plan", fset.Position(e.Pos()))
		}
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		selector, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if at, ok := nameTakers[selector.Sel.Name]; ok && at < len(call.Args) && isJoined(call.Args[at]) {
			t.Errorf("%s: %s joins strings to a name; make it a field of the plan", fset.Position(call.Pos()), selector.Sel.Name)
		}
		return true
	})
}

// isIdentifier reports whether an expression is a literal that can stand in a Go name.
func isIdentifier(e ast.Expr) bool {
	literal, ok := e.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return false
	}
	text, err := strconv.Unquote(literal.Value)
	return err == nil && token.IsIdentifier(text)
}

// isJoined reports whether an expression adds two strings.
func isJoined(e ast.Expr) bool {
	binary, ok := e.(*ast.BinaryExpr)
	return ok && binary.Op == token.ADD
}
