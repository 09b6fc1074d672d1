package reach

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

var library = fstest.MapFS{
	"a/a.go": {Data: []byte(`// Package a is used.
package a

import (
	"fmt"
	smithy "strings"

	"home/b"
)

// Shape is a type.
type Shape struct{ inner }

// Area is called.
func (s *Shape) Area() int { return size(s) }

// Round is not.
func (s *Shape) Round() string { return fmt.Sprint(s) }

func (s *Shape) Close() error { return nil }

type inner struct{}

func (inner) Lone() { alone() }
func (inner) hidden() {}

func alone() {}

// size uses another package.
func size(s *Shape) int { return b.Size(limits) }

func unused() string { return smithy.ToUpper("") }

const (
	limits = 1
	others = 2
)

var _ fmt.Stringer = nil
`)},
	"a/second.go": {Data: []byte(`package a

// Sorter is an interface.
type Sorter interface{ Sort() }

type byName struct{}

func (b byName) Sort() { b.each() }

func (b byName) each() {}

// Sorted returns a sorter.
func Sorted() Sorter { return byName{} }

// Generic has a type parameter.
type Generic[T any] struct{}

func (g *Generic[T]) Get() T { var t T; return t }

func (g *Generic[T]) Set(T) {}
`)},
	"b/b.go":      {Data: []byte("package b\n\n// Size returns it.\nfunc Size(n int) int { return n }\n\nfunc Other() {}\n")},
	"b/b_test.go": {Data: []byte("package b\n\nfunc Size() {}\n")},
	"c/c.go":      {Data: []byte("package c\n\nfunc C() {}\n")},
}

func TestCut(t *testing.T) {
	tests := map[string]struct {
		user string
		has  []string
		not  []string
	}{
		"a method by its name, and what it uses": {
			`var s a.Shape; var _ = s.Area()`,
			[]string{"// Shape is a type.\ntype Shape", "Area()", "size(", "limits = 1\n\tothers = 2", "func Size(", "Close()", "type inner"},
			[]string{"Round", "smithy", "unused", "fmt", "Sorter", "Other", "hidden", "package c", "_ fmt"},
		},
		"a method whose selector is on the next line": {
			"var s a.Shape; var _ = s.\n\tRound()", []string{"Round()", `"fmt"`}, []string{"Area"},
		},
		"methods of an interface":   {`var _ = a.Sorted()`, []string{"func (b byName) Sort()", "each()", "type Sorter"}, []string{"Shape"}},
		"methods of a generic type": {`var g a.Generic[int]; var _ = g.Get()`, []string{"Get()"}, []string{"Set("}},
		"all that one can call of what is embedded": {
			"type mine struct {\n\t*a.Shape\n}", []string{"Area()", "Round()", "Lone()", "alone()"}, []string{"unused", "hidden"},
		},
		"all that one can call of what has another name": {`type mine = a.Shape`, []string{"Area()", "Round()"}, []string{"unused"}},
		"exported methods of what is not exported":       {`var _ a.Shape`, []string{"Lone() { alone() }"}, []string{"Area", "hidden"}},
		"nothing": {`const text = "a.Nothing"`, nil, []string{"package"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			user := "package mine\n\nimport (\n\t\"home/x/a\"\n\t\"other/c\"\n)\n\n" + test.user + "\n"
			all, err := NewTree(library, "home/").Cut("home/x/", [][]byte{[]byte(user)})
			if err != nil {
				t.Fatal(err)
			}
			got := text(all)
			for _, want := range test.has {
				if !strings.Contains(got, want) {
					t.Errorf("%q is missing in\n%s", want, got)
				}
			}
			for _, unwanted := range test.not {
				if strings.Contains(got, unwanted) {
					t.Errorf("%q is in\n%s", unwanted, got)
				}
			}
		})
	}
}

// text is what is left of packages.
func text(all []Package) string {
	var b strings.Builder
	for _, p := range all {
		b.WriteString("package " + p.Name + "\n")
		for _, i := range p.Imports {
			b.WriteString("import " + i.Name + " \"" + i.Path + "\"\n")
		}
		b.WriteString(p.Body + "\n")
	}
	return b.String()
}

// Declarations on lines that follow each other stay so, and the result is the same each time.
func TestCutText(t *testing.T) {
	const want = `package a
import  "b"
// Shape is a type.
type Shape struct{ inner }

// Area is called.
func (s *Shape) Area() int { return size(s) }

func (s *Shape) Close() error { return nil }

type inner struct{}

func (inner) Lone() { alone() }
func (inner) hidden() {}

func alone() {}

// size uses another package.
func size(s *Shape) int { return b.Size(limits) }

const (
	limits = 1
	others = 2
)
package b
// Size returns it.
func Size(n int) int { return n }
`
	for range 10 {
		all, err := NewTree(library, "home/").Cut("x/", [][]byte{[]byte("package mine\n\nimport \"x/a\"\n\nvar s a.Shape\n\nvar _, _ = s.Area(), s.hidden\n")})
		if err != nil {
			t.Fatal(err)
		}
		if got := text(all); got != want {
			t.Fatalf("got\n%s", got)
		}
	}
}

func TestWhole(t *testing.T) {
	all, err := NewTree(library, "home/").Whole("x/", [][]byte{[]byte("package mine\n\nimport \"x/a\"\n")})
	if err != nil {
		t.Fatal(err)
	}
	if names := []string{all[0].Name, all[1].Name}; len(all) != 2 || !slices.Equal(names, []string{"a", "b"}) {
		t.Fatalf("got %v", names)
	}
	for _, want := range []string{"Round", "unused", "Other", `import smithy "strings"`} {
		if got := text(all); !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	if all[0].Doc != "// Package a is used." {
		t.Errorf("the package's comment is %q", all[0].Doc)
	}
}

func TestErrors(t *testing.T) {
	user := [][]byte{[]byte("package mine\n\nimport \"x/a\"\n\nvar _ = a.A\n")}
	tests := map[string]fstest.MapFS{
		"a package that is not there": {},
		"a file that is no Go":        {"a/a.go": {Data: []byte("no Go")}},
		"two names of one import": {
			"a/a.go": {Data: []byte("package a\n\nimport x \"y\"\n\nvar A = x.A\n")},
			"a/b.go": {Data: []byte("package a\n\nimport x \"z\"\n\nvar B = x.B\n")},
		},
	}
	for name, files := range tests {
		tree := NewTree(files, "home/")
		if _, err := tree.Cut("x/", user); err == nil {
			t.Errorf("%s: no error", name)
		}
		if _, err := tree.Whole("x/", user); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
