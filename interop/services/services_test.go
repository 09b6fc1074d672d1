package services

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/lathe"
)

const (
	ourModule      = "example.com/lathe/interop/services"
	temporary      = "example.com/interop"
	officialModule = "github.com/aws/aws-sdk-go-v2/service/"
	models         = "../../../shared/models"
)

var names = []string{"batch", "eks", "lambda", "apigateway", "glacier"}

// TestServices generates the clients and runs the comparison beside them.
func TestServices(t *testing.T) {
	if _, err := os.Stat(models); err != nil {
		t.Skipf("no models in %s", models)
	}
	root := module(t)
	if err := os.CopyFS(root, harnessFiles); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		file := modelFile(t, name)
		generate(t, root, name, file)
		writeFile(t, filepath.Join(root, "drive", name+"_test.go"), driver(t, root, name, file))
	}
	cmd := exec.Command("go", "test", "-mod=mod", "-vet=off", "-count=1", "-v", "./drive")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v", err)
	}
	t.Logf("%s", out)
}

// module makes a module that requires what this one does.
func module(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		data = bytes.Replace(data, []byte("module "+ourModule), []byte("module "+temporary), 1)
		data = regexp.MustCompile(`(?m)^.*example\.com/lathe[ \t].*$`).ReplaceAll(data, nil)
		writeFile(t, filepath.Join(root, name), data)
	}
	return root
}

// modelFile finds a service's C2J file; there is one version of each service.
func modelFile(t *testing.T, name string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(models, "c2j", name, "*", "service-2.json"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %d models, %v", name, len(found), err)
	}
	file, err := filepath.Abs(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func generate(t *testing.T, root, name, file string) {
	t.Helper()
	result, err := lathe.Generate(lathe.Config{
		Spec: file, Out: filepath.Join(root, name), Package: name, Runtime: filepath.Join(root, "internal"),
	})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, r := range result.Refused {
		t.Logf("%s: %s is refused: %v", name, r.Operation, r.Reasons)
	}
	for _, f := range result.Files {
		writeFile(t, filepath.Join(root, filepath.FromSlash(f.Path)), f.Data)
	}
}

// driver is the test of a service: it hands both packages to the harness.
func driver(t *testing.T, root, name, file string) []byte {
	t.Helper()
	ours := variants(t, filepath.Join(root, name, "types"))
	official := variants(t, filepath.Join(packageDir(t, officialModule+name), "types"))
	var out bytes.Buffer
	fmt.Fprintf(&out, "package drive\n\nimport (\n\t\"testing\"\n\n\t%q\n", temporary+"/harness")
	for alias, path := range map[string]string{"official": officialModule, "ours": temporary + "/"} {
		fmt.Fprintf(&out, "\t%s %q\n", alias, path+name)
	}
	for alias, list := range map[string][]string{"official": official, "ours": ours} {
		if len(list) > 0 {
			path := map[string]string{"official": officialModule, "ours": temporary + "/"}[alias]
			fmt.Fprintf(&out, "\t%stypes %q\n", alias, path+name+"/types")
		}
	}
	fmt.Fprintf(&out, ")\n\nfunc Test%s(t *testing.T) {\n\tharness.Run(t, &harness.Service{\n\t\tName: %q, Model: %q,\n", name, name, file)
	writeSide(&out, "Official", "official", official)
	writeSide(&out, "Ours", "ours", ours)
	out.WriteString("\t}, harness.Rows)\n}\n")
	return bytes.Replace(out.Bytes(), []byte("func Test"+name), []byte("func Test"+strings.ToUpper(name[:1])+name[1:]), 1)
}

func writeSide(out *bytes.Buffer, field, alias string, variants []string) {
	fmt.Fprintf(out, "\t\t%s: harness.Side{\n", field)
	fmt.Fprintf(out, "\t\t\tNew: func(set func(any)) any { return %s.New(%s.Options{}, func(o *%s.Options) { set(o) }) },\n", alias, alias, alias)
	out.WriteString("\t\t\tVariants: []any{")
	for _, v := range variants {
		fmt.Fprintf(out, "(*%stypes.%s)(nil), ", alias, v)
	}
	out.WriteString("},\n\t\t},\n")
}

// packageDir is where a package of the official SDK lies.
func packageDir(t *testing.T, path string) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", path).Output()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return strings.TrimSpace(string(out))
}

// variants are the types of a package that have a marker method of a union: one
// named "is" and the union's name, with a pointer receiver.
func variants(t *testing.T, dir string) (out []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv != nil && len(f.Name.Name) > 2 && strings.HasPrefix(f.Name.Name, "is") && ast.IsExported(f.Name.Name[2:]) {
				if star, ok := f.Recv.List[0].Type.(*ast.StarExpr); ok {
					out = append(out, star.X.(*ast.Ident).Name)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
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
