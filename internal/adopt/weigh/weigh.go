// Package weigh measures what some packages cost a program: lines, compiling, the size
// of what is linked, and what runs before main.
package weigh

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.com/lathe/internal/adopt/prove"
)

// Figures are what packages cost a program.
type Figures struct {
	// Packages are how many there are, and Lines how many lines of Go they have.
	Packages int `json:"packages"`
	Lines    int `json:"lines"`
	// CPU is the processor time that compiling just them takes, all else being compiled
	// already, and Memory the most that the compiler needs for one of them; zero where the
	// system does not say.
	CPU    time.Duration `json:"compileNanoseconds"`
	Memory int64         `json:"compileBytes"`
	// Programs are the commands of the module that have some of them linked: at most eight,
	// those that link the most packages. Others is how many more there are.
	Programs []Binary `json:"programs"`
	Others   int      `json:"otherPrograms"`
	// Init is what they do before main.
	Init Init `json:"init"`
}

// Binary is a command and how large it becomes.
type Binary struct {
	ImportPath string `json:"importPath"`
	Bytes      int64  `json:"bytes"`
	// Stripped is without symbols and debug information.
	Stripped int64 `json:"strippedBytes"`
}

// Init is work before main.
type Init struct {
	Packages int   `json:"packages"`
	Bytes    int64 `json:"bytes"`
	Allocs   int64 `json:"allocs"`
}

// pkg is a package as the go command lists it.
type pkg struct {
	ImportPath string            `json:"ImportPath"`
	Name       string            `json:"Name"`
	Dir        string            `json:"Dir"`
	Export     string            `json:"Export"`
	Target     string            `json:"Target"`
	GoFiles    []string          `json:"GoFiles"`
	Deps       []string          `json:"Deps"`
	ImportMap  map[string]string `json:"ImportMap"`
	Module     *module           `json:"Module"`
}

type module struct {
	Main      bool   `json:"Main"`
	GoVersion string `json:"GoVersion"`
}

// Of measures the packages of some import paths, and those below them, in the packages of
// a program that the patterns match. They are built for it, if they are not yet.
func Of(ctx context.Context, p prove.Program, patterns, paths []string) (f Figures, err error) {
	all, err := list(ctx, p, patterns)
	if err != nil {
		return f, err
	}
	dir, err := os.MkdirTemp("", "lathe-weigh-")
	if err != nil {
		return f, fmt.Errorf("measuring: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	m := meter{program: p, dir: dir, all: all, ours: func(importPath string) bool { return isBelowAny(importPath, paths) }}
	for _, step := range []func(context.Context, *Figures) error{m.compile, m.link, m.start} {
		if err := step(ctx, &f); err != nil {
			return f, err
		}
	}
	return f, nil
}

func isBelowAny(importPath string, paths []string) bool {
	return slices.ContainsFunc(
		paths, func(path string) bool { return importPath == path || strings.HasPrefix(importPath, path+"/") })
}

// list returns packages of a program and all that they import, compiled.
func list(ctx context.Context, p prove.Program, patterns []string) ([]pkg, error) {
	const fields = "-json=ImportPath,Name,Dir,Export,Target,GoFiles,Deps,ImportMap,Module"
	out, err := p.Run(ctx, append([]string{"list", "-deps", "-export", fields}, patterns...)...)
	if err != nil {
		return nil, err
	}
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(out)); ; {
		var one pkg
		switch err := d.Decode(&one); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("what go list prints: %w", err)
		}
		all = append(all, one)
	}
}

// meter measures, with files in a folder of its own.
type meter struct {
	program prove.Program
	dir     string
	relay   string
	all     []pkg
	ours    func(importPath string) bool
}

// compile compiles each of the packages once more, by itself.
func (m *meter) compile(ctx context.Context, f *Figures) error {
	tool, err := m.program.Run(ctx, "tool", "-n", "compile")
	if err == nil {
		err = m.buildRelay(ctx)
	}
	if err != nil {
		return err
	}
	for _, p := range m.all {
		if !m.ours(p.ImportPath) {
			continue
		}
		f.Packages++
		for _, name := range p.GoFiles {
			data, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				return fmt.Errorf("measuring %s: %w", p.ImportPath, err)
			}
			f.Lines += bytes.Count(data, []byte("\n"))
		}
		used, err := m.compiled(ctx, strings.TrimSpace(tool), p)
		if err != nil {
			return err
		}
		f.CPU += used.cpu
		f.Memory = max(f.Memory, used.memory)
	}
	return nil
}
