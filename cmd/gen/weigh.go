package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
	"example.com/lathe/internal/callers"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// weigh returns changes the severities that lathe.yaml has for their rules, and looks
// at what the program uses of the clients in the output folders; without any, of all
// packages that a client of theirs could be. A file that is nil says nothing.
func (a *app) weigh(ctx context.Context, f diffFlags, file *config.File, r *diff.Report, outs []string) error {
	patterns := f.program
	dir := "."
	if file != nil {
		severities, err := severitiesOf(file.Severities)
		if err != nil {
			return err
		}
		r.Override(severities)
		if len(patterns) == 0 {
			patterns, dir = file.Program, filepath.Dir(file.Name)
		}
	}
	if len(patterns) == 0 {
		return nil
	}
	dir = paths.Abs(dir)
	uses, err := interruptible(ctx, func() (callers.Uses, error) {
		return callers.Load(dir, patterns, clientOf(outs, r))
	})
	if problems, ok := errors.AsType[spec.Problems](err); ok {
		err = placesIn(dir, problems)
	}
	if err != nil {
		return err
	}
	for _, lines := range uses {
		for i := range lines {
			lines[i] = placeIn(dir, lines[i])
		}
	}
	if len(uses) == 0 {
		fmt.Fprintf(a.stderr, "the program %s uses nothing of %s\n", strings.Join(patterns, " "), clientName(outs))
	}
	r.Weigh(uses)
	return nil
}

// clientOf recognises a client: by its folder, or by its import path where a program
// of another module has it from elsewhere. Where no folder is known it is the name of
// its package, as those of the official SDK have it.
func clientOf(outs []string, r *diff.Report) callers.Client {
	var known []string // import paths
	for _, out := range outs {
		if mod, err := gomod.Find(out); err == nil {
			if folder, err := mod.Folder(out); err == nil {
				known = append(known, mod.ImportPath(folder))
			}
		}
	}
	return func(importPath, dir string) bool {
		if len(outs) > 0 {
			return slices.Contains(known, importPath) ||
				slices.ContainsFunc(outs, func(out string) bool { return paths.Same(out, dir) })
		}
		return slices.Contains(r.PackageNames, importPath[strings.LastIndexByte(importPath, '/')+1:])
	}
}

// clientName is what a person calls the clients in folders.
func clientName(outs []string) string {
	names := make([]string, len(outs))
	for i, out := range outs {
		names[i] = filepath.ToSlash(paths.Show(out))
	}
	return cmp.Or(strings.Join(names, ", "), "the client")
}

// severitiesOf checks the severities of lathe.yaml.
func severitiesOf(all []config.Severity) (map[string]rules.Severity, error) {
	found := map[string]rules.Severity{}
	var problems spec.Problems
	for _, s := range all {
		rule, near := rules.Find(s.Rule)
		severity, ok := rules.ParseSeverity(s.Name)
		switch {
		case rule == nil:
			problems.Add(s.Pos, nearHint(near, "gen diff --explain all lists the rules"), "there is no rule %s", s.Rule)
		case !ok:
			problems.Add(s.Pos, "there are "+strings.Join(rules.SeverityNames(), ", "), "unknown severity %q", s.Name)
		}
		found[s.Rule] = severity
	}
	return found, problems.Err()
}

func nearHint(near, otherwise string) string {
	if near == "" {
		return otherwise
	}
	return "did you mean " + near + "?"
}
