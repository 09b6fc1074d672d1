package scan_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"example.com/lathe/internal/adopt/scan"
	"example.com/lathe/internal/callers"
	"example.com/lathe/spec"
)

// world writes the modules of testdata/world.txtar, and returns the program's folder.
func world(t *testing.T) string {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "world.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := txtar.FS(archive)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOFLAGS", "-mod=mod")
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOWORK", "off")
	return filepath.Join(dir, "program")
}

// look scans the world's program, on one platform whatever this machine is.
func look(t *testing.T, o scan.Options) *scan.Program {
	t.Helper()
	if o.Dir == "" {
		o.Dir = world(t)
	}
	if o.Builds == nil {
		o.Builds = []scan.Build{{GOOS: "linux", GOARCH: "amd64"}}
	}
	p, err := scan.Scan(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// byFile are the uses of operations as "Operation how" by file, in order.
func byFile(p *scan.Program) map[string][]string {
	all := map[string][]string{}
	for _, s := range p.Services {
		for _, op := range s.Operations {
			for _, use := range op.Uses {
				all[use.Pos.File] = append(all[use.Pos.File], fmt.Sprintf("%d %s %s", use.Pos.Line, op.Name, use.How))
			}
		}
	}
	for file := range all {
		slices.Sort(all[file])
	}
	return all
}

// The lines of an object are those that name it; of an operation also those that use it
// without its name. Any has all of them, each once.
func TestLines(t *testing.T) {
	has := func(lines []spec.Pos, file string, line int) bool {
		return slices.ContainsFunc(lines, func(p spec.Pos) bool { return p.File == file && p.Line == line })
	}
	for _, s := range look(t, scan.Options{}).Services {
		for _, op := range s.Operations {
			for _, use := range op.Uses {
				for _, object := range []string{callers.Method(op.Name), callers.Any} {
					if !has(s.Lines[object], use.Pos.File, use.Pos.Line) {
						t.Errorf("%s of %s has not got %s, a use by %s", object, s.Package, use.Pos, use.How)
					}
				}
			}
		}
		for _, name := range s.Names {
			if !has(s.Lines[name.Object], name.Uses[0].File, name.Uses[0].Line) {
				t.Errorf("%s of %s has not got %s", name.Object, s.Package, name.Uses[0])
			}
		}
		if len(s.Lines[callers.Any]) == 0 {
			t.Errorf("%s is used nowhere", s.Package)
		}
	}
}

func TestUses(t *testing.T) {
	found := byFile(look(t, scan.Options{}))
	for file, want := range map[string][]string{
		"called/called.go": {"11 GetItem call"},
		"value/value.go":   {"5 GetItem method value", "6 PutItem method expression"},
		"iface/iface.go": {
			"26 GetItem interface", "27 ListItems interface", "28 HeadItem interface", "29 DropItem interface", "30 TagItem interface",
			"31 CopyItem interface", "32 GetItem interface", "32 PutItem interface", "33 TagItem interface", "34 DropItem interface",
			"35 CopyItem interface", "36 ListItems interface", "37 HeadItem interface", "38 PutItem interface", "39 GetItem interface",
		},
		"constraint/constraint.go": {"14 ListItems constraint"},
		"embedded/embedded.go":     {"13 HeadItem call", "14 PutItem interface", "15 PutItem interface"},
		"helpers/helpers.go": {
			"10 HeadItem waiter", "5 ListItems paginator", "6 HeadItem waiter", "7 GetItem presign", "8 PutItem API client",
			"9 DropItem input or output",
		},
		"signer/signer.go":       {"11 PutItem presign"},
		"reflected/reflected.go": {"17 TagItem by name"},
		"kept/kept.go":           {"5 CopyItem kept", "5 Look kept"},
		"tests/tests_test.go":    {"9 Look call"},
		"tests/outer_test.go":    {"10 Find call"},
		"tagged/tagged.go":       {"7 Tagged call"},
		"far/far.go":             {"5 Far call"},
		"gone/gone.go":           {"6 Look input or output"},

		"example.com/lib@v1.0.0/lib.go": {"5 InLib call"},
	} {
		if diff := cmp.Diff(want, found[file]); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
		delete(found, file)
	}
	delete(found, "names/names.go")
	for file := range found {
		t.Errorf("uses in %s: %v", file, found[file])
	}
}

func TestServices(t *testing.T) {
	p := look(t, scan.Options{Keep: []string{"other.OnPlan9", "Store.GetItem"}})
	if len(p.Services) != 3 || p.Module != "example.com/program" {
		t.Fatalf("%s, %d services", p.Module, len(p.Services))
	}
	other, plain, store := p.Services[0], p.Services[1], p.Services[2]
	var kept []string
	for _, op := range other.Operations {
		kept = append(kept, op.Name)
	}
	if want := []string{"Far", "Find", "InLib", "Look", "OnPlan9", "Tagged"}; !slices.Equal(kept, want) {
		t.Errorf("operations %v, want %v", kept, want)
	}
	got := fmt.Sprint(other.ImportPath, " ", other.Package, " ", other.Module, " ", other.Version, " ", other.ServiceID, " ", other.APIVersion, " ", other.Total)
	const service = "github.com/aws/aws-sdk-go-v2/service/other"
	if want := service + " other " + service + " v1.1.0 Other Things 2020-01-01 7"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if filepath.Base(other.Dir) != "other" {
		t.Errorf("the service is in %s", other.Dir)
	}
	if diff := cmp.Diff([][]string{{"ListItems"}, {"ItemExists"}, {"GetItem", "PutItem"}}, [][]string{store.Paginators, store.Waiters, store.Presigned}); diff != "" {
		t.Error(diff)
	}
	if plain.Total != 1 || plain.ServiceID != "Plain" || plain.Version != "v1.3.0" || filepath.Base(plain.Dir) != "plain" || len(plain.Operations) != 0 {
		t.Errorf("of the service whose types are used: %+v", plain)
	}
	names, fields, constants := map[string]int{}, map[string]string{}, map[string]callers.Constant{}
	for _, name := range store.Names {
		names[name.Object] = len(name.Uses)
		if name.Type != "" {
			fields[name.Object] = name.Type
		}
		if name.Constant.Enum != "" {
			constants[name.Object] = name.Constant
		}
	}
	if fields["GetItemInput.Kind"] != "types.Kind" || fields["types.KindSmall"] != "" {
		t.Errorf("the types of fields are %v", fields)
	}
	if want := map[string]callers.Constant{"types.KindSmall": {Enum: "types.Kind", Value: "SMALL"}}; !maps.Equal(constants, want) {
		t.Errorf("the constants are %v", constants)
	}
	for _, object := range []string{"types.KindSmall", "GetItemInput.Kind", "(*Client).GetItem", "NewItemExistsWaiter", "PutItemAPIClient"} {
		if names[object] == 0 {
			t.Errorf("%s is not named; there are %v", object, slices.Sorted(maps.Keys(names)))
		}
	}
}

// What a service does not have is missing, and only that.
func TestMissing(t *testing.T) {
	var got []string
	p := look(t, scan.Options{})
	for _, m := range p.Missing {
		got = append(got, fmt.Sprintf("%s:%d %s", m.Pos.File, m.Pos.Line, m.Object))
	}
	slices.Sort(got)
	want := []string{
		"gone/gone.go:6 (*Client).Vanish", "gone/gone.go:6 LookInput.Depth",
		"gone/gone.go:7 NewNothing",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, s := range p.Services {
		for _, name := range s.Names {
			if slices.ContainsFunc(p.Missing, func(m scan.Missing) bool { return m.ImportPath == s.ImportPath && m.Object == name.Object }) {
				t.Errorf("%s of %s is missing, and named", name.Object, s.ImportPath)
			}
		}
	}
}

func TestWarnings(t *testing.T) {
	var got []string
	for _, w := range look(t, scan.Options{}).Warnings {
		got = append(got, fmt.Sprintf("%s:%d %s", w.Pos.File, w.Pos.Line, w.Message))
	}
	want := []string{
		"reflected/reflected.go:12 *store.Client becomes a value of type any, whose methods reflection can call",
		"reflected/reflected.go:18 reflection gets a method that is known only when the program runs",
		"reflected/reflected.go:19 reflection gets a method that is known only when the program runs",
		"reflected/reflected.go:20 reflection gets a method that is known only when the program runs",
		"tagged/tagged_plan9.go:0 the file uses a service, and no build that was looked at has it",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What the go command can't find is reported at its imports, all of it, with what the go
// command proposes; of a service, too, which is not taken for one of which nothing is used.
func TestUnloaded(t *testing.T) {
	dir := world(t)
	t.Setenv("GOFLAGS", "")
	lone := "package program\n\nimport (\n\t_ \"github.com/aws/aws-sdk-go-v2/service/absent\"\n\t_ \"example.com/program/nothing\"\n)\n"
	if err := os.WriteFile(filepath.Join(dir, "lone.go"), []byte(lone), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := scan.Scan(context.Background(), scan.Options{Dir: dir, Patterns: []string{"."}})
	want := `lone.go:4:2: the program can't be loaded: no required module provides package github.com/aws/aws-sdk-go-v2/service/absent
	hint: to add it: go get github.com/aws/aws-sdk-go-v2/service/absent
lone.go:5:2: the program can't be loaded: no required module provides package example.com/program/nothing
	hint: this module would have it: make first what is generated, perhaps by "go generate ./..."`
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}

// What go.sum lacks is one problem with one remedy, at all imports.
func TestUnloadedSums(t *testing.T) {
	dir := world(t)
	t.Setenv("GOFLAGS", "")
	file := "package program\n\nimport (\n\t_ \"example.com/one\"\n\t_ \"example.com/two\"\n\t_ \"example.com/three\"\n\t_ \"example.com/four\"\n)\n"
	mod := "module example.com/program\n\ngo 1.25\n\nrequire (\n" +
		"\texample.com/one v1.0.0\n\texample.com/two v1.0.0\n\texample.com/three v1.0.0\n\texample.com/four v1.0.0\n)\n"
	for name, text := range map[string]string{"alone/go.mod": mod, "alone/alone.go": file} {
		if err := os.MkdirAll(filepath.Join(dir, "alone"), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, err := scan.Scan(context.Background(), scan.Options{Dir: filepath.Join(dir, "alone"), Patterns: []string{"."}})
	want := `the program can't be loaded: go.sum has no entry for what is imported`
	problems, _ := errors.AsType[spec.Problems](err)
	if len(problems) == 0 {
		t.Fatalf("got %v", err)
	}
	for _, p := range problems {
		if p.Message != want || p.Hint != `run "go mod tidy" first` || p.Pos.File != "alone.go" {
			t.Errorf("got %v", p)
		}
	}
}

// A program builds without what its tests lack: mocks that are generated first, or that need a
// tag. What is not there is warned of; what there is with the tag is found.
func TestUnloadedTests(t *testing.T) {
	dir := world(t)
	t.Setenv("GOFLAGS", "")
	const uses = "import \"github.com/aws/aws-sdk-go-v2/service/store\"\n\nvar _ store.PutItemInput\n"
	for name, text := range map[string]string{
		"lone/lone.go":      "package lone\n",
		"lone/lone_test.go": "package lone\n\nimport (\n\t_ \"example.com/program/mocks\"\n\t_ \"example.com/program/nothing\"\n)\n\n",
		"mocks/mocks.go":    "//go:build mocks\n\npackage mocks\n\n" + uses,
	} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := look(t, scan.Options{Dir: dir})
	want := spec.Problem{
		Pos:     spec.Pos{File: "lone/lone_test.go", Line: 5, Column: 2},
		Message: "tests need what can't be loaded, and is not looked at: no required module provides package example.com/program/nothing",
		Hint:    `this module would have it: make first what is generated, perhaps by "go generate ./..."`,
	}
	if !slices.Contains(p.Warnings, want) || slices.ContainsFunc(p.Warnings, func(w spec.Problem) bool { return strings.Contains(w.Error(), "mocks") }) {
		t.Errorf("warnings: %v", p.Warnings)
	}
	if got := byFile(p)["mocks/mocks.go"]; !slices.Equal(got, []string{"7 PutItem input or output"}) {
		t.Errorf("with the tag: %v", got)
	}
	_, err := scan.Scan(context.Background(), scan.Options{Dir: dir, Patterns: []string{"./mocks"}})
	if err == nil || !strings.HasSuffix(err.Error(), "\n\thint: name with --tags what it is built with") {
		t.Errorf("without the tag: %v", err)
	}
}

// A go.work around the module is not looked at: clients are for the module, built alone.
func TestNoWorkspace(t *testing.T) {
	dir := world(t)
	work := filepath.Join(dir, "go.work")
	if err := os.WriteFile(work, []byte("go 1.25\n\nuse .\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOWORK", work) // with which the go command refuses -modfile
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, "other.mod")
	if err := os.WriteFile(other, mod, 0o600); err != nil {
		t.Fatal(err)
	}
	p := look(t, scan.Options{Dir: dir, Flags: []string{"-modfile=" + other}})
	if len(p.Services) == 0 {
		t.Error("no services are found")
	}
}

// Other platforms and tags have other files.
func TestBuilds(t *testing.T) {
	p := look(t, scan.Options{Builds: []scan.Build{{GOOS: "linux", GOARCH: "amd64"}, {GOOS: "plan9", GOARCH: "386"}}})
	if got := byFile(p)["tagged/tagged_plan9.go"]; !slices.Equal(got, []string{"5 OnPlan9 call"}) {
		t.Errorf("on Plan 9: %v", got)
	}
	for _, w := range p.Warnings {
		if strings.Contains(w.Pos.File, "plan9") {
			t.Error(w)
		}
	}
}

func TestErrors(t *testing.T) {
	dir := world(t)
	for _, tt := range []struct {
		o    scan.Options
		want string
	}{
		{scan.Options{Keep: []string{"store.Nothing"}}, "no service of the program has an operation store.Nothing to keep"},
		{scan.Options{Keep: []string{"store.GetItme"}}, "no service of the program has an operation store.GetItme to keep\n\thint: did you mean store.GetItem?"},
		{scan.Options{Keep: []string{"GetItem"}}, "no service of the program has an operation GetItem to keep\n\thint: write service.Operation, such as s3.GetObject"},
		{scan.Options{Patterns: []string{"./nowhere"}}, "nowhere"},
	} {
		tt.o.Dir = dir
		_, err := scan.Scan(context.Background(), tt.o)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v: %v", tt.o.Keep, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := scan.Scan(ctx, scan.Options{Dir: dir}); err == nil {
		t.Error("a scan that was stopped has a result")
	}
}
