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

// weight is how much there is of something, by what it is made of.
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
	names := slices.SortedFunc(maps.Keys(w.parts), func(a, b string) int {
		return cmp.Or(cmp.Compare(w.parts[b], w.parts[a]), cmp.Compare(a, b))
	})
	var largest []string
	for _, name := range names[:min(len(names), maxParts)] {
		largest = append(largest, fmt.Sprintf("%s %d", name, w.parts[name]))
	}
	return fmt.Sprintf("%d %s of %s: %s", w.total(), w.unit, w.of, strings.Join(largest, ", "))
}

// checkBudget compares what is generated with the budget of lathe.yaml.
func (a *app) checkBudget(ctx context.Context, s *state) ([]finding, error) {
	budget := s.file.Budget
	lines, packages := s.weigh()
	bounds := []struct {
		weight

		most int64
	}{{lines, budget.Lines}, {packages, budget.Packages}}
	if budget.Bytes > 0 {
		programs, err := s.weighPrograms(ctx)
		if err != nil {
			return nil, err
		}
		for _, p := range programs {
			bounds = append(bounds, struct {
				weight

				most int64
			}{p, budget.Bytes})
		}
	}
	var findings []finding
	for _, b := range bounds {
		if b.most > 0 && b.total() > b.most {
			findings = append(findings, finding{
				Path: budget.Pos.String(), Kind: "too much", Command: "call less, or raise the budget",
				Message: fmt.Sprintf("%s; the budget is %d", b.weight, b.most),
			})
		}
	}
	return findings, nil
}

// weigh counts the lines and the packages of all clients and their runtime, by folder.
func (s *state) weigh() (lines, packages weight) {
	lines, packages = weight{"Go", "lines", map[string]int64{}}, weight{"Go", "packages", map[string]int64{}}
	seen := map[string]bool{}
	for _, m := range s.made {
		for _, f := range m.Files {
			name := filepath.Join(m.ModuleRoot, filepath.FromSlash(f.Path))
			if path.Ext(f.Path) != ".go" || seen[name] {
				continue
			}
			dir, _ := folderOf(m.Dirs, f.Path)
			part := filepath.ToSlash(paths.Show(filepath.Join(m.ModuleRoot, filepath.FromSlash(dir))))
			if folder := filepath.Dir(name); !seen[folder] {
				seen[folder] = true
				packages.parts[part]++
			}
			seen[name] = true
			lines.parts[part] += int64(bytes.Count(f.Data, []byte("\n")))
		}
	}
	return lines, packages
}

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
	out, err := program.Run(ctx, append([]string{"list", "-f", `{{if eq .Name "main"}}{{.ImportPath}}{{end}}`}, patterns...)...)
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
