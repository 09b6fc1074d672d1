package main

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestDocuments sees that the documents have the tables of the results.
func TestDocuments(t *testing.T) {
	t.Chdir("..")
	rs, err := readResults(resultsFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range documents {
		text, err := os.ReadFile(d.file)
		if err != nil {
			t.Fatal(err)
		}
		want, err := between(string(text), d.text(rs))
		if err != nil {
			t.Errorf("%s: %v", d.file, err)
		} else if want != string(text) {
			t.Errorf("%s does not have the tables of %s; run go run ./programs -write", d.file, resultsFile)
		}
	}
}

// TestResults sees that the results are of the programs in the table, and that what they
// say is of use elsewhere: a reason names no place of a machine.
func TestResults(t *testing.T) {
	t.Chdir("..")
	rs, err := readResults(resultsFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(rs) == 0 {
		t.Fatal("there are none")
	}
	for _, r := range rs {
		if !slices.Contains(programs, r.program) {
			t.Errorf("%s is not in the table of programs as %s", r.Name, r.Version)
		}
		if len(r.Services) == 0 || r.After.Packages == 0 || r.Source == "" && r.Tests.Passed == 0 {
			t.Errorf("%s was not adopted and tested", r.Name)
		}
		for _, l := range r.Left {
			if strings.Contains(l.Why, " /") {
				t.Errorf("%s: %s", r.Name, l.Why)
			}
		}
	}
}

func TestBetween(t *testing.T) {
	got, err := between("a\n"+begin+"old\n"+end+"b\n", "new\n\n")
	if want := "a\n" + begin + "new\n" + end + "b\n"; err != nil || got != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	if _, err := between("a\n"+begin, "new"); err == nil {
		t.Error("a document without an end")
	}
}

func TestOutcomes(t *testing.T) {
	before, err := outcomesOf([]byte(`{"Action":"run","Package":"p","Test":"A"}
{"Action":"pass","Package":"p","Test":"A"}
{"Action":"skip","Package":"p","Test":"B/c"}
{"Action":"fail","Package":"p","Test":"C"}
{"Action":"fail","Package":"p"}
{"Action":"build-fail","ImportPath":"q"}
`))
	if err != nil {
		t.Fatal(err)
	}
	if before.count("pass") != 1 || before.count("skip") != 1 || before.count("fail") != 1 {
		t.Errorf("counted wrong: %v", before)
	}
	after := outcomes{"p A": "pass", "p B/c": "pass", "p C": "fail", "p": "fail", "p D": "pass"}
	if got, want := differences(before, after), []string{"p B/c", "p D"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if _, err := outcomesOf([]byte("no JSON\n")); err == nil {
		t.Error("what is no JSON was read")
	}
}

func TestCandidates(t *testing.T) {
	none, direct := listed{ImportPath: "none"}, listed{ImportPath: "direct", XTestImports: []string{services + "s3"}}
	linked := listed{ImportPath: "linked", Deps: []string{services + "s3/types"}}
	for _, tt := range []struct {
		all  []listed
		want [][]string
	}{
		{[]listed{none, direct, linked}, [][]string{{"direct"}, {"direct", "linked"}}},
		{[]listed{none, linked}, [][]string{{"linked"}}},
		{[]listed{direct, none}, [][]string{{"direct"}}},
		{[]listed{none}, nil},
	} {
		if got := candidates(tt.all); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("got %v, want %v", got, tt.want)
		}
	}
}

// Where no test of the packages beside a service passes, those of all that it is linked to
// are run.
func TestTested(t *testing.T) {
	p := place{dir: t.TempDir()}
	for name, text := range map[string]string{
		"go.mod":      "module example.com/m\n\ngo 1.26\n",
		"a/a_test.go": "package a\n\nimport (\n\t\"os\"\n\t\"testing\"\n)\n\nfunc TestMain(*testing.M) { os.Exit(1) }\n\nfunc TestA(*testing.T) {}\n",
		"b/b_test.go": "package b\n\nimport \"testing\"\n\nfunc TestB(*testing.T) {}\n",
	} {
		file := filepath.Join(p.dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	service := []string{services + "s3"}
	a, b := listed{ImportPath: "example.com/m/a", Imports: service}, listed{ImportPath: "example.com/m/b", Deps: service}
	packages, ended, err := p.tested(t.Context(), "", []listed{a, b})
	if err != nil || len(packages) != 2 || ended.count("pass") != 1 {
		t.Errorf("got %v, %v, %v", packages, ended, err)
	}
	b.Imports = service
	if packages, _, err = p.tested(t.Context(), "", []listed{b, {ImportPath: a.ImportPath, Deps: service}}); err != nil || len(packages) != 1 {
		t.Errorf("got %v, %v", packages, err)
	}
}

// A package that embeds what somebody has to make first is left out, and so are packages of
// tests alone when the others are built.
func TestPackages(t *testing.T) {
	p := place{dir: t.TempDir()}
	for name, text := range map[string]string{
		"go.mod":           "module example.com/m\n\ngo 1.26\n",
		"page/page.go":     "package page\n\nimport _ \"embed\"\n\n//go:embed page.html\nvar Page string\n",
		"serve/serve.go":   "package serve\n\nimport _ \"example.com/m/page\"\n",
		"good/good.go":     "package good\n",
		"test/all_test.go": "package test\n",
	} {
		file := filepath.Join(p.dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	all, err := p.packages(t.Context())
	if err != nil || len(all) != 2 || all[0].ImportPath != "example.com/m/good" || all[1].ImportPath != "example.com/m/test" {
		t.Fatalf("got %v, %v", all, err)
	}
	if err := p.build(t.Context(), all); err != nil {
		t.Error(err)
	}
}

func TestWeight(t *testing.T) {
	symbols := `  1000          0 t runtime.text
  1000        100 T github.com/aws/aws-sdk-go-v2/service/s3.New
  1064        900 T main.main
  13e8          0 t runtime.etext
  2000         30 R github.com/aws/aws-sdk-go-v2/service/s3/types.table
  2000         30 B github.com/aws/aws-sdk-go-v2/service/s3.zero
  3000          0 r runtime.pclntab
  3190          0 r runtime.epclntab
               U malloc
`
	if got, err := weightOf([]byte(symbols)); err != nil || got != 100+30+400/10 {
		t.Errorf("got %d, %v", got, err)
	}
	if _, err := weightOf(nil); err == nil {
		t.Error("nothing was weighed")
	}
}

// A result stands in the place of an earlier one, in the order of the table.
func TestWith(t *testing.T) {
	first, last := result{program: programs[0]}, result{program: programs[len(programs)-1]}
	again := last
	again.Tests.Passed = 1
	got := results{last, {program: program{Name: "gone"}}}.with(first).with(again)
	if len(got) != 2 || got[0].Name != first.Name || got[1].Tests.Passed != 1 {
		t.Errorf("got %+v", got)
	}
}

// TestKinds sees that each program comes from somewhere, and most from the public.
func TestKinds(t *testing.T) {
	const leastPublic = 8
	public := 0
	for _, p := range programs {
		if (p.Source == "") == (p.Module == "") {
			t.Errorf("%s has neither module nor source, or both", p.Name)
		}
		if p.Source == "" {
			public++
		}
	}
	if public < leastPublic {
		t.Errorf("%d public programs, want at least %d", public, leastPublic)
	}
}

// A program is brought whole, committed, and without replace lines that lead nowhere.
func TestFetch(t *testing.T) {
	source := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.25\n\nreplace example.com/in => ./in\n\nreplace example.com/out => ../out\n\n" +
			"replace example.com/other v1.0.0 => example.com/fork v1.1.0\n",
		"in/go.mod":  "module example.com/in\n",
		"main.go":    "package main\n",
		".gitignore": "ignored\n",
		"ignored":    "and yet a part of it\n",
	} {
		file := filepath.Join(source, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o400); err != nil {
			t.Fatal(err)
		}
	}
	w := workplace{dir: t.TempDir()}
	at, err := w.fetch(t.Context(), program{Name: "m", Source: source})
	if err != nil {
		t.Fatal(err)
	}
	files, err := at.run(t.Context(), "git", "ls-files")
	if want := ".gitignore\ngo.mod\nignored\nin/go.mod\nmain.go\n"; err != nil || string(files) != want {
		t.Errorf("got %s, %v; want %s", files, err, want)
	}
	mod, err := os.ReadFile(filepath.Join(at.dir, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{"=> ./in": true, "=> ../out": false, "=> example.com/fork": true} {
		if strings.Contains(string(mod), text) != want {
			t.Errorf("%q in it: %v, want %v\n%s", text, !want, want, mod)
		}
	}
	if err := os.WriteFile(filepath.Join(at.dir, "main.go"), nil, 0o600); err != nil {
		t.Errorf("files can't be changed: %v", err)
	}
}
