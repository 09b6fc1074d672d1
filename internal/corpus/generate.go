package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"time"

	"example.com/lathe"
)

// row is what came of one model.
type row struct {
	name     string
	dir      string // of the client in the workspace; empty when there is none
	millis   int64
	files    int
	lines    int
	emitted  int
	refused  []string
	problems []string
}

func (r *row) wrong(text string, args ...any) {
	r.problems = append(r.problems, fmt.Sprintf(text, args...))
}

func (r *row) add(other *row) {
	r.millis += other.millis
	r.files += other.files
	r.lines += other.lines
	r.emitted += other.emitted
	r.refused = append(r.refused, other.refused...)
}

// workspace is a module in a temporary folder that requires the oldest versions that
// clients work with, the language included.
type workspace struct{ root string }

const module = "example.com/corpus"

// floor has the go.mod and go.sum of the oldest versions.
const floor = "testdata/floor"

func newWorkspace() (*workspace, error) {
	root, err := os.MkdirTemp("", "corpus")
	if err != nil {
		return nil, err
	}
	ws := &workspace{root}
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(floor, name))
		if err != nil {
			return nil, errors.Join(err, os.RemoveAll(root))
		}
		data = bytes.Replace(data, []byte("module example.com/golden"), []byte("module "+module), 1)
		if err := os.WriteFile(filepath.Join(root, name), data, 0o600); err != nil {
			return nil, errors.Join(err, os.RemoveAll(root))
		}
	}
	return ws, nil
}

func (ws *workspace) remove() { _ = os.RemoveAll(ws.root) }

// generate makes the client of a model, checks its bytes and writes it; one of a single
// operation is checked alone.
func (ws *workspace) generate(model string, alone *smalls) *row {
	name := packageName(model)
	r := &row{name: name}
	cfg := lathe.Config{
		Spec: model, Out: filepath.Join(ws.root, name), Package: name, Runtime: filepath.Join(ws.root, "internal"),
		Examples: true,
	}
	start := time.Now()
	result, err := lathe.Generate(cfg)
	r.millis = time.Since(start).Milliseconds()
	if err != nil {
		r.wrong("%v", err)
		return r
	}
	r.dir = name
	r.emitted = len(result.Operations)
	for _, refused := range result.Refused {
		r.refused = append(r.refused, refused.Reasons[0].Message)
	}
	r.compare(result, cfg)
	alone.check(r, model, result.Operations)
	for _, f := range result.Files {
		r.file(f)
		if err := ws.write(f); err != nil {
			r.wrong("%v", err)
		}
	}
	return r
}

// packageName makes a package name of a model's file: that of smithy/lambda-2015-03-31.json is
// smithylambda20150331, of c2j/lambda/2015-03-31/… c2jlambda20150331.
func packageName(model string) string {
	base := filepath.Base(model)
	if base == "service-2.json" {
		version := filepath.Dir(model)
		return "c2j" + letters(filepath.Base(filepath.Dir(version))+filepath.Base(version))
	}
	return "smithy" + letters(strings.TrimSuffix(base, ".json"))
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}

// compare generates once more and compares the bytes.
func (r *row) compare(first *lathe.Result, cfg lathe.Config) {
	second, err := lathe.Generate(cfg)
	if err != nil || len(second.Files) != len(first.Files) {
		r.wrong("a second run differs: %v", err)
		return
	}
	for i, f := range second.Files {
		if f.Path != first.Files[i].Path || !bytes.Equal(f.Data, first.Files[i].Data) {
			r.wrong("a second run differs in %s", f.Path)
		}
	}
}

// file counts a file and sees that it is formatted. The shared runtime is no
// service's own.
func (r *row) file(f lathe.File) {
	if strings.HasPrefix(f.Path, "internal/") {
		return
	}
	r.files++
	r.lines += bytes.Count(f.Data, []byte("\n"))
	formatted, err := format.Source(f.Data)
	if err != nil || !bytes.Equal(formatted, f.Data) {
		r.wrong("%s is not formatted: %v", f.Path, err)
	}
}

func (ws *workspace) write(f lathe.File) error {
	name := filepath.Join(ws.root, filepath.FromSlash(f.Path))
	if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
		return err
	}
	return os.WriteFile(name, f.Data, 0o600)
}
