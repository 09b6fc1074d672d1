package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"example.com/lathe/bench/internal/cut"
)

// client is one of the clients that are compared.
type client string

const (
	official client = "official"
	ours     client = "ours"
	reduced  client = "official, cut to one operation"
)

var clients = []client{official, ours, reduced}

const (
	officialPath = "github.com/aws/aws-sdk-go-v2/service/datazone"
	oursPath     = "example.com/lathe/generated/datazone"
	operation    = "GetDataSourceRun"
)

func (c client) path() string {
	if c == ours {
		return oursPath
	}
	return officialPath
}

// workspace is a temporary folder with what is built there: two modules, in one of
// which the official client is cut to one operation.
type workspace struct{ root string }

func newWorkspace() (*workspace, error) {
	root, err := os.MkdirTemp("", "bench-build")
	if err != nil {
		return nil, err
	}
	w := &workspace{root}
	if err := w.fill(); err != nil {
		return nil, errors.Join(err, w.remove())
	}
	return w, nil
}

func (w *workspace) remove() error { return os.RemoveAll(w.root) }

func (w *workspace) fill() error {
	original, err := output(".", nil, "go", "list", "-f", "{{.Dir}}", officialPath)
	if err != nil {
		return err
	}
	if err := cut.Client(original, filepath.Join(w.root, "official"), operation); err != nil {
		return err
	}
	for _, c := range []client{official, reduced} {
		if err := w.module(c); err != nil {
			return err
		}
	}
	for _, c := range clients {
		for _, byName := range []bool{false, true} {
			dir := filepath.Join(w.dir(c), w.program(c, byName))
			if err := write(filepath.Join(dir, "main.go"), program(c.path(), byName)); err != nil {
				return err
			}
		}
	}
	for _, tool := range []string{"toolexec", "gen"} {
		from := map[string]string{"toolexec": ".", "gen": ".."}[tool]
		if _, err := output(from, nil, "go", "build", "-o", w.tool(tool), "./cmd/"+tool); err != nil {
			return err
		}
	}
	return nil
}

// dir is the module in which a client is built.
func (w *workspace) dir(c client) string {
	if c == reduced {
		return filepath.Join(w.root, "reduced")
	}
	return filepath.Join(w.root, "plain")
}

func (w *workspace) tool(name string) string { return filepath.Join(w.root, "bin", name) }

// program is the folder of a program in its module.
func (w *workspace) program(c client, byName bool) string {
	name := "official"
	if c == ours {
		name = "ours"
	}
	if byName {
		return name + "-by-name"
	}
	return name
}

// module makes a module that requires what this one does.
func (w *workspace) module(c client) error {
	lathe, err := filepath.Abs("..")
	if err != nil {
		return err
	}
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		return err
	}
	sum, err := os.ReadFile("go.sum")
	if err != nil {
		return err
	}
	mod = bytes.Replace(mod, []byte("module example.com/lathe/bench"), []byte("module example.com/program"), 1)
	mod = bytes.Replace(mod, []byte("=> ../"), []byte("=> "+lathe), 1)
	if c == reduced {
		mod = fmt.Appendf(mod, "\nreplace %s => ../official\n", officialPath)
	}
	return errors.Join(
		write(filepath.Join(w.dir(c), "go.mod"), mod),
		write(filepath.Join(w.dir(c), "go.sum"), sum))
}

// program is a small one that makes one call. With byName it prints by text/template,
// which looks methods up by name and so makes the linker keep all exported ones.
func program(path string, byName bool) []byte {
	imports, show := "", `println(*run.Id, run.Status)`
	if byName {
		imports = "\t\"text/template\"\n"
		show = `err = template.Must(template.New("run").Parse("{{.Id}} {{.Status}}\n")).Execute(os.Stdout, run)
	if err != nil {
		panic(err)
	}`
	}
	return fmt.Appendf(nil, `package main

import (
	"context"
	"os"
%s
	"github.com/aws/aws-sdk-go-v2/credentials"
	"%s"
)

// client is an interface, as it is in programs whose tests use another one.
var client interface {
	GetDataSourceRun(context.Context, *datazone.GetDataSourceRunInput, ...func(*datazone.Options)) (*datazone.GetDataSourceRunOutput, error)
}

func main() {
	client = datazone.New(datazone.Options{
		Region: os.Args[1], Credentials: credentials.NewStaticCredentialsProvider(os.Args[2], os.Args[3], ""),
	})
	run, err := client.GetDataSourceRun(context.Background(), &datazone.GetDataSourceRunInput{DomainIdentifier: &os.Args[4], Identifier: &os.Args[5]})
	if err != nil {
		panic(err)
	}
	%s
}
`, imports, path, show)
}

func write(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o600)
}

// output runs a command in a folder, with variables besides the environment's, and
// gives what it prints. Nothing is downloaded, but for what the modules need.
func output(dir string, env []string, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), append(env, "GOWORK=off", "GOFLAGS=-buildvcs=false")...)
	var failure strings.Builder
	cmd.Stderr = &failure
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, failure.String())
	}
	return strings.TrimSpace(string(out)), nil
}
