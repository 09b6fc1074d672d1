package goapi

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"reflect"
	"testing"
)

const official = `package p
type T struct { A *string; B int; hidden bool }
func (t *T) M(x int) string { return "" }
func (t T) N() {}
func New(a int, fs ...func(*T)) (*T, error) { return nil, nil }
type E string
const ( EA E = "a"; EB E = "b" )
type A = struct{ X int }
type Other struct{}
type I interface { Do(b []byte) (n int, err error) }
const C = 1
var V int`

const ours = `package p
type T struct { A *string; C string }
func (t T) M(y int) string { return "" }
func (t T) N() {}
func New(a int, fs ...func(*T)) (*T, error) { return nil, nil }
type E string
const EA E = "A"
type A struct{ X int }
type I interface { Do(p []byte) (int, error); More() }
const C = 2
var V int
func Extra() {}`

func TestCompare(t *testing.T) {
	want := []Difference{
		{"A", "alias struct", "type struct"},
		{"C", "const untyped int = 1", "const untyped int = 2"},
		{"EA", `const p.E = "a"`, `const p.E = "A"`},
		{"EB", `const p.E = "b"`, ""},
		{"Extra", "", "func()"},
		{"I.More", "", "method of I()"},
		{"T.B", "field int", ""},
		{"T.C", "", "field string"},
		{"T.M", "method of *T(int) string", "method of T(int) string"},
	}
	if got := Compare(check(t, official), check(t, ours)); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestLoadFails(t *testing.T) {
	if _, err := Load("example.com/lathe/interop/no/such"); err == nil {
		t.Error("a package that isn't there was loaded")
	}
}

func check(t *testing.T, source string) *types.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	cfg := types.Config{Importer: importer.Default()}
	pkg, err := cfg.Check("p", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}
