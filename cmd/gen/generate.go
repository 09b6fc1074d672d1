package main

import (
	"context"
	"runtime"
	"strings"
	"sync"

	"example.com/lathe"
	"example.com/lathe/internal/emit"
	"example.com/lathe/spec"
)

// generateAll generates what the flags or lathe.yaml ask for, and writes it when
// all of it succeeded.
func (a *app) generateAll(ctx context.Context) error {
	configs, err := a.configs()
	if err != nil {
		return err
	}
	results, err := interruptible(ctx, func() ([]*lathe.Result, error) { return a.generateEach(ctx, configs) })
	if err != nil {
		return err
	}
	var sets []emit.Set
	for _, r := range results {
		sets = append(sets, emit.Set{Root: r.ModuleRoot, Dirs: r.Dirs, Files: r.Files})
	}
	changes, err := emit.Write(ctx, sets)
	if err != nil {
		return err
	}
	return a.report(a.generated(configs, results, changes))
}

// configs gives the packages to generate: the one of the flags, else those of
// lathe.yaml.
func (a *app) configs() ([]lathe.Config, error) {
	f := &a.flags
	if f.spec == "" && f.out == "" {
		if err := a.checkNoPackageFlags(); err != nil {
			return nil, err
		}
		return loadConfig(f.config, a.formats())
	}
	var problems spec.Problems
	const help = "gen generate --help shows how"
	if f.spec == "" {
		problems.Add(spec.Pos{}, help, "--spec is missing")
	}
	if f.out == "" {
		problems.Add(spec.Pos{}, help, "--out is missing")
	}
	if f.config != "" {
		problems.Add(spec.Pos{}, "give one or the other", "--config excludes --spec and --out")
	}
	return []lathe.Config{{
		Spec: f.spec, Format: f.format, Out: f.out, Package: f.pkg, Operations: splitNames(f.operations),
	}}, problems.Err()
}

// checkNoPackageFlags refuses flags that would silently do nothing beside
// lathe.yaml.
func (a *app) checkNoPackageFlags() error {
	var problems spec.Problems
	for _, flag := range []struct {
		name string
		set  bool
	}{
		{"--package", a.flags.pkg != ""},
		{"--operation", len(a.flags.operations) > 0},
		{"--format", a.flags.format != ""},
	} {
		if flag.set {
			problems.Add(spec.Pos{}, "name --spec and --out too, or say it in lathe.yaml", "%s belongs to a --spec", flag.name)
		}
	}
	return problems.Err()
}

// splitNames takes lists with commas apart.
func splitNames(lists []string) []string {
	var names []string
	for _, list := range lists {
		for name := range strings.SplitSeq(list, ",") {
			if name = strings.TrimSpace(name); name != "" {
				names = append(names, name)
			}
		}
	}
	return names
}

// interruptible runs f, and stops waiting for it when ctx ends. Whatever f does
// must not matter then: the program is about to end.
func interruptible[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := f()
		done <- outcome{value, err}
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		var zero T
		return zero, context.Cause(ctx)
	}
}

// generateEach generates all packages, several at a time, and gives all their
// problems at once.
func (a *app) generateEach(ctx context.Context, configs []lathe.Config) ([]*lathe.Result, error) {
	results := make([]*lathe.Result, len(configs))
	errs := make([]error, len(configs))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	for i, cfg := range configs {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		group.Go(func() {
			defer func() { <-slots }()
			results[i], errs[i] = a.generate(cfg)
		})
	}
	group.Wait()
	var problems spec.Problems
	for _, err := range errs {
		problems = append(problems, problemsOf(err)...)
	}
	return results, problems.Err()
}
