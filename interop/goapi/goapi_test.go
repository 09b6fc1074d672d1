package goapi

import (
	"bytes"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
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

func TestCompareAll(t *testing.T) {
	all := CompareAll(check(t, official), check(t, ours))
	if at := slices.IndexFunc(all, func(d Difference) bool { return d.Name == "Other" }); at < 0 || all[at] != (Difference{"Other", "type struct", ""}) {
		t.Errorf("got %q", all)
	}
	if some := Compare(check(t, official), check(t, ours)); len(all) != len(some)+1 {
		t.Errorf("%d differences, and %d of what ours has", len(all), len(some))
	}
}

func TestOrders(t *testing.T) {
	a := check(t, "package p; type T struct { C, A, old, B int }; type Same struct { A, Gone, B int }; type N int; type Gone struct { B, A int }")
	b := check(t, "package p; type T struct { A, new, B, C int }; type Same struct { A, B int }; type N int; type New struct { A, B int }")
	if got, want := Orders(a, b), []Difference{{"T", "C A B", "A B C"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestSource(t *testing.T) {
	files := fstest.MapFS{
		"p.go":         {Data: []byte("package p\nimport \"example.com/p/below\"\nfunc F(x below.T) { not checked at all }\n")},
		"p_test.go":    {Data: []byte("package p\nthis is no Go")},
		"below/b.go":   {Data: []byte("package below\nimport \"strings\"\ntype T struct { strings.Builder }\n")},
		"below/win.go": {Data: []byte("//go:build never\n\npackage below\ntype T int\n")},
	}
	files["p.go"].Data = bytes.Replace(files["p.go"].Data, []byte("not checked at all"), []byte("undefined()"), 1)
	s := &Source{Roots: map[string]fs.FS{"example.com/p": files}}
	p, err := s.Import("example.com/p")
	if err != nil {
		t.Fatal(err)
	}
	below, err := s.Import("example.com/p/below")
	if err != nil || p.Imports()[0] != below {
		t.Errorf("got another package, %v", err)
	}
	if _, err := s.Import("example.com/p/nothing"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	files["below/b.go"].Data = []byte("package below\ntype T = Unknown\n")
	broken := &Source{Roots: map[string]fs.FS{"example.com/p": files}}
	if _, err := broken.Import("example.com/p"); err == nil || !strings.Contains(err.Error(), "undefined: Unknown") {
		t.Errorf("got %v", err)
	}
}
