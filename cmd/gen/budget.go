package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/internal/adopt/prove"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/paths"
)

// weight is an amount by its parts: lines, packages or bytes.
type weight struct {
	of, unit string
	parts    map[string]int64
}

func (w weight) total() (n int64) {
	for _, part := range w.parts {
		n += part
	}
	return n
}

// maxParts bounds how many parts are named.
const maxParts = 3

// String names the total and the largest parts.
func (w weight) String() string {
	return fmt.Sprintf("%d %s of %s: %s", w.total(), w.unit, w.of, w.largest())
}

// largest names the largest parts.
func (w weight) largest() string {
	names := slices.SortedFunc(maps.Keys(w.parts), func(a, b string) int {
		return cmp.Or(cmp.Compare(w.parts[b], w.parts[a]), cmp.Compare(a, b))
	})
	var largest []string
	for _, name := range names[:min(len(names), maxParts)] {
		largest = append(largest, fmt.Sprintf("%s %d", name, w.parts[name]))
	}
	return strings.Join(largest, ", ")
}

// checkBudget compares what is generated with the budget of lathe.yaml.
func (a *app) checkBudget(ctx context.Context, s *state) ([]finding, error) {
	budget := s.file.Budget
	lines, packages := s.weigh()
	bounds := []bound{{lines, budget.Lines}, {packages, budget.Packages}}
	if budget.Bytes > 0 {
		programs, err := s.weighPrograms(ctx)
		if err != nil {
			return nil, err
		}
		for _, p := range programs {
			bounds = append(bounds, bound{p, budget.Bytes})
		}
	}
	bounds = slices.DeleteFunc(bounds, func(b bound) bool { return b.most == 0 || b.total() <= b.most })
	if len(bounds) == 0 {
		return nil, nil
	}
	grown, err := s.grown(ctx)
	if err != nil {
		return nil, err
	}
	var findings []finding
	for _, b := range bounds {
		findings = append(findings, finding{
			Path: budget.Pos.String(), Kind: "too much", Command: "call less, or raise the budget",
			Message: fmt.Sprintf("%s; the budget is %d%s", b.weight, b.most, grown.text(b.unit)),
		})
	}
	return findings, nil
}

// bound is a weight, and the most that it may be.
type bound struct {
	weight

	most int64
}

// weigh counts the lines and the packages of all clients and their runtime, by folder.
func (s *state) weigh() (lines, packages weight) {
	lines, packages = weight{"Go", "lines", map[string]int64{}}, weight{"Go", "packages", map[string]int64{}}
	seen := map[string]bool{}
	for name, f := range s.goFiles() {
		if folder := filepath.Dir(name); !seen[folder] {
			seen[folder] = true
			packages.parts[f.part]++
		}
		lines.parts[f.part] += linesOf(f.data)
	}
	return lines, packages
}

// goFile is a file that was generated, and the client or runtime that it is a part of.
type goFile struct {
	data []byte
	part string
}

// goFiles are the Go files of all clients and their runtime, by their names.
func (s *state) goFiles() map[string]goFile {
	all := map[string]goFile{}
	for _, m := range s.made {
		for _, f := range m.Files {
			if path.Ext(f.Path) == ".go" {
				dir, _ := folderOf(m.Dirs, f.Path)
				name := filepath.Join(m.ModuleRoot, filepath.FromSlash(f.Path))
				all[name] = goFile{f.Data, filepath.ToSlash(paths.Show(filepath.Join(m.ModuleRoot, filepath.FromSlash(dir))))}
			}
		}
	}
	return all
}

func linesOf(data []byte) int64 { return int64(bytes.Count(data, []byte("\n"))) }

// weighPrograms builds the programs of lathe.yaml without symbols, and returns the size of
// each.
func (s *state) weighPrograms(ctx context.Context) (all []weight, err error) {
	mod, err := gomod.Find(filepath.Dir(s.lock))
	if err != nil {
		return nil, err
	}
	patterns := s.file.Program
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	program := prove.Program{Root: mod.Root}
	out, err := program.Run(ctx,
		append([]string{"list", "-f", `{{if eq .Name "main"}}{{.ImportPath}}{{end}}`}, patterns...)...)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "lathe-budget-*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // the system's to clean up
	for name := range strings.FieldsSeq(out) {
		file := filepath.Join(dir, "program")
		if _, err := program.Run(ctx, "build", "-trimpath", "-ldflags=-s -w", "-o", file, name); err != nil {
			return nil, err
		}
		all = append(all, weight{"program", "bytes", map[string]int64{name: fileSize(file)}})
	}
	return all, nil
}
