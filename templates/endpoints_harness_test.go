package templates

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/plan"
	"example.com/lathe/internal/protocol"
	"example.com/lathe/runtime"
	"example.com/lathe/spec"
)

// corpusPath is the module that the corpus's packages are in. It uses the runtime
// packages as they stand here.
const corpusPath = "corpus.test"

// corpus is a set of emitted packages and their test cases.
type corpus struct {
	t   testing.TB
	dir string
	// overlay has files of the runtime packages that are replaced or added.
	overlay map[string]string
	cases   map[string][]corpusCase
	order   []string
	total   int
	// isolated are the cases in isolated regions, by the names that the runner
	// gives them.
	isolated map[string]bool
}

type corpusCase struct {
	Doc        string
	Params     map[string]any
	Error      string
	URL        string
	Headers    map[string][]string
	Properties map[string]any
}

func newCorpus(t testing.TB) *corpus {
	c := &corpus{t: t, dir: t.TempDir(), overlay: map[string]string{}, cases: map[string][]corpusCase{}, isolated: map[string]bool{}}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	mod := readFile(t, "../go.mod")
	mod = bytes.Replace(mod, []byte("module example.com/lathe"), []byte("module "+corpusPath), 1)
	c.write("go.mod", fmt.Appendf(mod, "\nrequire example.com/lathe v0.0.0\n\nreplace example.com/lathe => %q\n", root))
	c.write("go.sum", readFile(t, "../go.sum"))
	return c
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// command runs the go command in the corpus's module.
func (c *corpus) command(args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod -trimpath", "GOWORK=off")
	return cmd.CombinedOutput()
}

// add emits the endpoint rules of an API as a package of that name.
func (c *corpus) add(api *spec.API, name string, tests []spec.EndpointTest) *plan.Package {
	p, err := plan.Build(api, plan.Config{
		Protocol: protocol.All[0], Package: name, ImportPath: corpusPath + "/" + name, Runtime: strings.TrimSuffix(runtime.Home, "/"), Source: "corpus",
	})
	if err != nil {
		c.t.Fatal(err)
	}
	for _, constant := range constants {
		if constant.when != nil && !constant.when(p) {
			continue
		}
		data, err := constant.render(p)
		if err != nil {
			c.t.Fatal(err)
		}
		c.write(name+"/"+constant.name, data)
	}
	c.order = append(c.order, name)
	c.cases[name] = []corpusCase{}
	for _, test := range tests {
		c.cases[name] = append(c.cases[name], corpusCase{
			test.Documentation, test.Params, test.Error, test.URL, canonicalHeaders(test.Headers), test.Properties,
		})
	}
	c.total += len(tests)
	return p
}

// canonicalHeaders returns headers with their names as net/http has them.
func canonicalHeaders(headers map[string][]string) map[string][]string {
	same := map[string][]string{}
	for name, values := range headers {
		same[http.CanonicalHeaderKey(name)] = values
	}
	return same
}

func (c *corpus) render(path string, f *jen.File) {
	var buf bytes.Buffer
	if err := f.Render(&buf); err != nil {
		c.t.Fatalf("%s: %v", path, err)
	}
	c.write(path, buf.Bytes())
}

// write makes a file of the corpus's module.
func (c *corpus) write(path string, data []byte) {
	file := filepath.Join(c.dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o666); err != nil {
		c.t.Fatal(err)
	}
}

// addRunner adds the program and its table of resolvers.
func (c *corpus) addRunner() {
	c.write("runner/main.go", readFile(c.t, "testdata/endpoints/runner.go"))
	f := jen.NewFilePathName(corpusPath+"/runner", "main")
	f.Var().Id("resolvers").Op("=").Map(jen.String()).Id("resolve").Add(multilineValues(func() (items []jen.Code) {
		for _, name := range c.order {
			method := jen.Qual(corpusPath+"/"+name, "NewDefaultEndpointResolverV2").Call().Dot("ResolveEndpoint")
			items = append(items, jen.Lit(name).Op(":").Id("resolver").Call(method))
		}
		return items
	}()))
	c.render("runner/resolvers.go", f)
}

// run builds the runner with all packages, runs the cases with more variables of the environment
// and returns the names of those that fail.
func (c *corpus) run(t *testing.T, env ...string) []string {
	cases := filepath.Join(c.dir, "cases.json")
	c.writeJSON(cases, c.cases)
	program := filepath.Join(c.dir, "runner.exe")
	if out, err := c.command("build", "-overlay", c.overlayFile(), "-o", program, "./runner"); err != nil {
		t.Fatalf("the corpus does not build: %v\n%s", err, out)
	}
	cmd := exec.Command(program, cases)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("the runner fails: %v\n%s", err, out)
	}
	var failed []string
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	for _, line := range lines[:len(lines)-1] {
		name, _, _ := strings.Cut(strings.TrimPrefix(line, "FAIL "), " ")
		failed = append(failed, name)
		if !c.isolated[name] {
			t.Log(line)
		}
	}
	last := fmt.Sprintf("services %d passed %d failed %d", len(c.cases), c.total-len(failed), len(failed))
	if lines[len(lines)-1] != last {
		t.Errorf("the runner ends with %q, want %q", lines[len(lines)-1], last)
	}
	return failed
}

// overlayFile reports the go command where the files are.
func (c *corpus) overlayFile() string {
	file := filepath.Join(c.dir, "overlay.json")
	c.writeJSON(file, map[string]any{"Replace": c.overlay})
	return file
}

func (c *corpus) writeJSON(file string, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o666); err != nil {
		c.t.Fatal(err)
	}
}
