package main

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"example.com/lathe"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/emit"
	"example.com/lathe/spec"
)

// maxTries is how often a run begins anew because another one was faster.
const maxTries = 20

// generateAll generates what the flags or lathe.yaml ask for, and writes it when
// all of it succeeded.
func (a *app) generateAll(ctx context.Context) error {
	s, changes, err := a.settle(ctx, a.flags.force, emit.Write)
	if err != nil {
		return err
	}
	return a.report(a.generated(s, changes))
}

// settle works out what the project wants on disk and hands it to last, which
// writes or compares it. When another run has changed the lock in between, it
// begins anew.
func (a *app) settle(
	ctx context.Context, force bool, last func(context.Context, []emit.Set) ([]emit.Change, error),
) (s *state, changes []emit.Change, err error) {
	for range maxTries {
		s, err = interruptible(ctx, func() (*state, error) { return a.prepare(ctx, force) })
		if err != nil {
			return nil, nil, err
		}
		if changes, err = last(ctx, s.sets); !errors.Is(err, emit.ErrMoved) {
			break
		}
	}
	return s, changes, err
}

// prepare generates the project in memory. Packages that are known to be up to
// date are skipped, unless force is set.
func (a *app) prepare(ctx context.Context, force bool) (*state, error) {
	p, err := a.project()
	if err != nil {
		return nil, err
	}
	all, err := a.makeEach(ctx, p, force)
	if err != nil {
		return nil, err
	}
	return newState(p, all)
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

// makeEach makes all packages, several at a time, and gives all their problems at
// once.
func (a *app) makeEach(ctx context.Context, p *project, force bool) ([]made, error) {
	all := make([]made, len(p.packages))
	errs := make([]error, len(p.packages))
	steps := a.progress(len(p.packages))
	defer steps.end()
	store := openCache()
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	for i, pkg := range p.packages {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		group.Go(func() {
			defer func() { <-slots }()
			all[i], errs[i] = a.make(p, pkg, store, force)
			steps.done(pkg.Out)
		})
	}
	group.Wait()
	var problems spec.Problems
	for _, err := range errs {
		problems = append(problems, problemsOf(err)...)
	}
	return all, problems.Err()
}

// make generates a package, or finds it up to date.
func (a *app) make(p *project, pkg config.Package, store *cache, force bool) (made, error) {
	if store == nil {
		return a.makeNew(p, pkg.Config)
	}
	in, err := a.inputsOf(p, pkg.Config)
	if err != nil {
		return a.makeNew(p, pkg.Config)
	}
	if m, ok := store.lookUp(in); ok && !force {
		return m, nil
	}
	m, err := a.makeNew(p, pkg.Config)
	if err == nil && in.sameSources(m.Sources) {
		store.store(in, &m)
	}
	return m, err
}

func (a *app) makeNew(p *project, cfg lathe.Config) (made, error) {
	r, err := a.generate(cfg)
	if err != nil {
		return made{}, err
	}
	entry, err := p.entryOf(cfg, r)
	return made{Result: r, entry: entry}, err
}
