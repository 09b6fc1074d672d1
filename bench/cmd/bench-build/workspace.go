package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/bench/internal/cut"
)

// client is one of the clients that are compared.
type client string

const (
	official client = "official"
	ours     client = "ours"
	lean     client = "ours, lean"
	reduced  client = "official, cut to one operation"
)

// clients are those that are compiled, and whose programs are built; of a lean one only the
// program counts.
var (
	clients  = []client{official, ours, reduced}
	inTables = append(slices.Clone(clients), lean)
)

// temporary is the module of the programs.
const temporary = "example.com/program"

// workspace is a temporary folder with what is built there: two modules, in one of
// which the official client is cut to one operation.
type workspace struct {
	root     string
	services []service
}

func newWorkspace(models string) (*workspace, error) {
	root, err := os.MkdirTemp("", "bench-build")
	if err != nil {
		return nil, err
	}
	w := &workspace{root, []service{datazone}}
	if isFolder(models) {
		w.services = append(w.services, lambda)
	}
	if err := w.fill(models); err != nil {
		return nil, errors.Join(err, w.remove())
	}
	return w, nil
}

func (w *workspace) remove() error { return os.RemoveAll(w.root) }

func (w *workspace) fill(models string) error {
	original, err := output(".", nil, "go", "list", "-f", "{{.Dir}}", datazone.official())
	if err != nil {
		return err
	}
	if err := cut.Client(original, filepath.Join(w.root, "official"), datazone.operation); err != nil {
		return err
	}
	for _, c := range []client{official, reduced} {
		if err := w.module(c); err != nil {
			return err
		}
	}
	for _, tool := range []string{"toolexec", "gen"} {
		from := map[string]string{"toolexec": ".", "gen": ".."}[tool]
		if _, err := output(from, nil, "go", "build", "-o", w.tool(tool), "./cmd/"+tool); err != nil {
			return err
		}
	}
	spec, err := filepath.Abs(filepath.Join("..", "spec", "datazone.yaml"))
	if err != nil {
		return err
	}
	if _, err := output(w.dir(lean), nil, w.tool("gen"), "generate", "--quiet", "--lean", "--spec", spec, "--out",
		"lean/datazone", "--package", datazone.name, "--operation", datazone.operation); err != nil {
		return err
	}
	for _, s := range w.services {
		if s.model == "" {
			continue
		}
		if err := w.makeClient(s, models); err != nil {
			return err
		}
	}
	return w.writePrograms()
}

func (w *workspace) makeClient(s service, models string) error {
	model, err := filepath.Abs(filepath.Join(models, filepath.FromSlash(s.model)))
	if err != nil {
		return err
	}
	args := []string{"generate", "--quiet", "--spec", model, "--out", s.name, "--package", s.name}
	for _, name := range append([]string{s.operation}, s.more...) {
		args = append(args, "--operation", name)
	}
	_, err = output(w.dir(ours), nil, w.tool("gen"), args...)
	return err
}

func (w *workspace) writePrograms() error {
	for _, p := range w.programs() {
		source, err := p.source(w.service(p.service))
		if err != nil {
			return err
		}
		if err := write(filepath.Join(w.dir(p.client), p.folder(), "main.go"), source); err != nil {
			return err
		}
	}
	return nil
}

// programs are all that are built: of the cut client only those of one service.
func (w *workspace) programs() (list []program) {
	for _, s := range w.services {
		all := []client{official, ours}
		if s.name == datazone.name {
			all = inTables
		}
		list = append(list, programs(s, all...)...)
	}
	return list
}

func (w *workspace) service(name string) service {
	return w.services[slices.IndexFunc(w.services, func(s service) bool { return s.name == name })]
}

// dir is the module in which a client is built.
func (w *workspace) dir(c client) string {
	if c == reduced {
		return filepath.Join(w.root, "reduced")
	}
	return filepath.Join(w.root, "plain")
}

func (w *workspace) tool(name string) string { return filepath.Join(w.root, "bin", name) }

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
	mod = bytes.Replace(mod, []byte("module example.com/lathe/bench"), []byte("module "+temporary), 1)
	mod = bytes.Replace(mod, []byte("=> ../"), []byte("=> "+lathe), 1)
	if c == reduced {
		mod = fmt.Appendf(mod, "\nreplace %s => ../official\n", datazone.official())
	}
	return errors.Join(
		write(filepath.Join(w.dir(c), "go.mod"), mod),
		write(filepath.Join(w.dir(c), "go.sum"), sum))
}

func write(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o600)
}

// output runs a command in a folder, with variables besides the environment's, and
// returns what it prints. Nothing is downloaded, but for what the modules need.
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
