package services

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/template"

	"example.com/lathe"
	"example.com/lathe/runtime"
)

const (
	ourModule      = "example.com/lathe/interop/services"
	temporary      = "example.com/interop"
	officialModule = "github.com/aws/aws-sdk-go-v2/service/"
	models         = "../../../shared/models"
	// modelModule has the models of all services of its day in C2J, without documentation.
	modelModule = "github.com/aws/aws-sdk-go@v1.55.7"
	modelSum    = "h1:UJrkFq7es5CShfBwlWAC8DA077vp8PyVbQd3lqLiztE="
)

var slow = flag.Bool("slow", false, "compare packages that take a compiler minutes, too")

var (
	seed  = flag.Uint64("seed", 1, "the seed of random inputs and answers, and of the first random scenario")
	seeds = flag.Uint64("seeds", 1, "how many seeds services are compared with, from that one on")
)

var update = flag.Bool("update", false, "write the sums of the official packages into testdata")

// TestServices generates the clients of each set and runs the comparison beside them.
func TestServices(t *testing.T) {
	if _, err := os.Stat(models); err != nil {
		t.Skipf("no models in %s", models)
	}
	for _, s := range sets {
		if s.slow && !*slow {
			continue
		}
		t.Run(s.name, func(t *testing.T) { s.compare(t) })
	}
}

func (s set) compare(t *testing.T) {
	t.Helper()
	root := s.module(t)
	if err := os.CopyFS(root, harnessFiles); err != nil {
		t.Fatal(err)
	}
	for _, row := range s.services {
		generate(t, root, row)
	}
	for _, row := range s.services {
		writeFile(t, filepath.Join(root, "drive", row.name+"_test.go"), driver(t, root, s.kind, row))
	}
	out, err := goTest(root, "-v", "-timeout=2h", "./drive",
		"-args", "-seed", strconv.FormatUint(*seed, 10), "-seeds", strconv.FormatUint(*seeds, 10))
	if err != nil {
		t.Errorf("%v", err)
	}
	t.Logf("%s", out)
	s.checkSums(t, root)
}

// goTest runs tests in the module of the clients. Official packages are not optimized, which halves
// the time that they take to compile: how fast they are does not matter here. With -trimpath, what
// was compiled for another temporary module need not be again.
func goTest(root string, args ...string) ([]byte, error) {
	fixed := []string{"test", "-mod=mod", "-vet=off", "-count=1", "-trimpath", "-gcflags=" + officialModule + "...=-N -l"}
	return run(root, append(fixed, args...)...)
}

// run runs the go command in the module of the clients.
func run(root string, args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	return cmd.CombinedOutput()
}

// module makes a module that requires what this one does, and the official packages.
func (s set) module(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	data := readFile(t, "go.mod")
	data = bytes.Replace(data, []byte("module "+ourModule), []byte("module "+temporary), 1)
	data = regexp.MustCompile(`(?m)^.*example\.com/lathe[ \t].*$`).ReplaceAll(data, nil)
	for _, row := range s.services {
		data = fmt.Appendf(data, "\nrequire %s%s %s\n", officialModule, row.name, row.version)
	}
	if s.atFloor {
		data = fmt.Appendf(data, "\nreplace %s => %[1]s %s\nreplace %s => %[3]s %s\n",
			"github.com/aws/aws-sdk-go-v2", runtime.MinCore, "github.com/aws/smithy-go", runtime.MinSmithy)
	}
	writeFile(t, filepath.Join(root, "go.mod"), data)
	sums := readFile(t, "go.sum")
	if !*update {
		sums = readFile(t, s.sums())
	}
	writeFile(t, filepath.Join(root, "go.sum"), sums)
	return root
}

// sums is the go.sum of the module of the clients, which pins the official packages.
func (s set) sums() string { return filepath.Join("testdata", s.name+".sum") }

// checkSums sees that nothing was used but what the sums pin.
func (s set) checkSums(t *testing.T, root string) {
	t.Helper()
	got := readFile(t, filepath.Join(root, "go.sum"))
	if *update {
		writeFile(t, s.sums(), got)
	} else if !bytes.Equal(got, readFile(t, s.sums())) {
		t.Errorf("the official packages are not those of %s: review the versions, then go test -update", s.sums())
	}
}

// modelFile is a row's model: below the shared models, in the module that has others, or
// in testdata.
func modelFile(t *testing.T, row service) string {
	t.Helper()
	if strings.HasPrefix(row.model, "models/apis/") {
		return filepath.Join(otherModels(t), filepath.FromSlash(row.model))
	}
	folder := models
	if strings.HasPrefix(row.model, "testdata/") {
		folder = ""
	}
	file, err := filepath.Abs(filepath.Join(folder, filepath.FromSlash(row.model)))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// otherModels is the folder of the module of models that are not among the shared ones.
var otherModels = func() func(t *testing.T) string {
	once := sync.OnceValues(func() (dir string, err error) { return download(modelModule, modelSum) })
	return func(t *testing.T) string {
		t.Helper()
		dir, err := once()
		if err != nil {
			t.Fatal(err)
		}
		return dir
	}
}()

// download returns the folder of a module, path@version, that has a hash.
func download(module, sum string) (dir string, err error) {
	out, err := run(os.TempDir(), "mod", "download", "-json", module) // outside of every module
	var got struct{ Dir, Sum string }
	if err := cmp.Or(err, json.Unmarshal(out, &got)); err != nil {
		return "", fmt.Errorf("%s: %w\n%s", module, err, out)
	}
	if got.Sum != sum {
		return "", fmt.Errorf("%s has the hash %s, not %s", module, got.Sum, sum)
	}
	return got.Dir, nil
}

func generate(t *testing.T, root string, row service) {
	t.Helper()
	generateBelow(t, root, root, row, lathe.Config{})
}

// generateBelow generates a client in a folder of the module at root.
func generateBelow(t *testing.T, root, folder string, row service, cfg lathe.Config) {
	t.Helper()
	cfg.Spec, cfg.Operations, cfg.Package = modelFile(t, row), row.operations, row.name
	cfg.Protocol = row.protocol
	cfg.Out, cfg.Runtime = filepath.Join(folder, row.name), filepath.Join(folder, "internal")
	result, err := lathe.Generate(cfg)
	if err != nil {
		t.Fatalf("%s: %v", row.name, err)
	}
	for _, r := range result.Refused {
		t.Logf("%s: %s is refused: %v", row.name, r.Operation, r.Reasons)
	}
	for _, f := range result.Files {
		writeFile(t, filepath.Join(root, filepath.FromSlash(f.Path)), f.Data)
	}
}

// driverText is the test of a service, which hands both packages to the harness.
//
//go:embed testdata/driver.go.tmpl
var driverText string

// side is one of the two packages, as the driver names them.
type side struct {
	dir                string
	Field, Alias, Path string
	// Variants are the variants of unions.
	Variants []string
	// Helpers are the functions that make paginators and waiters.
	Helpers []string
	// Documents: there is a package of documents.
	Documents bool
}

func driver(t *testing.T, root, kind string, row service) []byte {
	t.Helper()
	var out bytes.Buffer
	err := template.Must(template.New("driver").Parse(driverText)).Execute(&out, map[string]any{
		"Harness": temporary + "/harness", "Test": strings.ToUpper(row.name[:1]) + row.name[1:],
		"Name": row.name, "Kind": kind, "Model": modelFile(t, row), "Exact": row.exact, "Protocol": row.protocol, "Operations": row.operations,
		"Sides": []side{
			newSide(t, root, "Official", officialModule+row.name),
			newSide(t, root, "Ours", temporary+"/"+row.name),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func newSide(t *testing.T, root, field, path string) side {
	t.Helper()
	out, err := run(root, "list", "-mod=mod", "-f", "{{.Dir}}", path)
	if err != nil {
		t.Fatalf("%s: %v\n%s", path, err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n") // downloads are reported before
	dir := lines[len(lines)-1]
	_, err = os.Stat(filepath.Join(dir, "document"))
	return side{dir, field, strings.ToLower(field), path, variants(t, filepath.Join(dir, "types")), helpers(t, dir), err == nil}
}

// helperName matches the functions that make paginators and waiters.
var helperName = regexp.MustCompile(`^New[A-Z].*(Paginator|Waiter)$`)

func helpers(t *testing.T, dir string) (out []string) {
	t.Helper()
	functions(t, dir, func(f *ast.FuncDecl) {
		if f.Recv == nil && helperName.MatchString(f.Name.Name) {
			out = append(out, f.Name.Name)
		}
	})
	slices.Sort(out)
	return out
}

// variants are the types of a package that have a marker method of a union: one
// named "is" and the union's name, with a pointer receiver.
func variants(t *testing.T, dir string) (out []string) {
	t.Helper()
	functions(t, dir, func(f *ast.FuncDecl) {
		if f.Recv != nil && len(f.Name.Name) > 2 && strings.HasPrefix(f.Name.Name, "is") && ast.IsExported(f.Name.Name[2:]) {
			if star, ok := f.Recv.List[0].Type.(*ast.StarExpr); ok {
				out = append(out, star.X.(*ast.Ident).Name)
			}
		}
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// functions visits the functions and methods of a package, without those of its tests.
func functions(t *testing.T, dir string, visit func(*ast.FuncDecl)) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok {
				visit(f)
			}
		}
	}
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func writeFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
