package main

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"github.com/spf13/cobra"

	"example.com/lathe/internal/config"
	"example.com/lathe/internal/emit"
	"example.com/lathe/spec"
)

const generateHelp = `Generate writes the client of one spec, or the packages that lathe.yaml lists
when no spec is given. Everything is generated in memory first; when anything is
wrong with a package its problems are printed, and it stays as it was; the others
are written, and the exit code is 1. Files that are up to date keep their times,
files of earlier runs that are no longer generated are removed, and files that Lathe
did not generate are never touched; line endings do not count. Packages that
lathe.yaml no longer lists are removed, as far as nobody has edited them, from folders
in its own module whose lathe.manifest names its lock, and when no package failed.

The spec - is standard input.

It prints a line for each package in which something changed, and with -v one for
each file. With --json one object is printed, on success and on failure:

  ok        true when everything was written
  packages  package, importPath, out, operations, refused (operation, reason), warnings
  failed    the folders of packages that could not be generated
  dropped   the folders of packages that lathe.yaml no longer lists
  left      those that are not removed: a package failed, or they are in another module
            or another lock's
  files     path, action: created, updated, unchanged, removed or kept
  counts    the number of files by action
  goGet     folder, command, why: a go.mod there that requires older versions than
            the clients need
  ms        milliseconds taken
  problems  file, line, column, pointer, message, hint; empty when ok`

const generateExamples = `  gen generate
  gen generate --spec spec/datazone.yaml --out generated/datazone --operation GetDataSourceRun
  gen generate --spec batch.json --out internal/batch --operation 'Describe*,SubmitJob'
  gen generate --config tools/lathe.yaml --json
  curl https://example.com/api.yaml | gen generate --spec - --out internal/api`

func (a *app) generateCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "generate",
		Short:   "Write the client of a spec, or the packages of lathe.yaml",
		Long:    generateHelp,
		Example: generateExamples,
		Args:    noArguments,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.generateAll(cmd.Context()) },
	}
	a.addPackageFlags(cmd)
	addForceFlag(cmd)
	a.addOutputFlags(cmd)
	return cmd
}

// maxTries is how often a run starts over because another one was faster.
const maxTries = 20

// generateAll generates what the flags or lathe.yaml ask for, and writes it. A
// package that cannot be generated does not stop the others.
func (a *app) generateAll(ctx context.Context) error {
	s, changes, err := a.settle(ctx, emit.Write)
	if err != nil {
		return err
	}
	return a.reportAll(a.generated(s, changes), s.failed)
}

// settle works out what the project wants on disk and hands it to last, which
// writes or compares it. When another run has changed the lock in between, it
// starts over.
func (a *app) settle(
	ctx context.Context, last func(context.Context, []emit.Set) ([]emit.Change, error),
) (s *state, changes []emit.Change, err error) {
	for range maxTries {
		s, err = interruptible(ctx, func() (*state, error) { return a.prepare(ctx) })
		if err != nil {
			return nil, nil, err
		}
		if changes, err = last(ctx, s.sets); !errors.Is(err, emit.ErrMoved) {
			break
		}
	}
	return s, changes, err
}

// prepare generates the project in memory. The error is that of all packages when
// none can be generated.
func (a *app) prepare(ctx context.Context) (*state, error) {
	p, err := a.project()
	if err != nil {
		return nil, err
	}
	all, failed, err := a.makeEach(ctx, p)
	if err != nil {
		return nil, err
	}
	return newState(p, all, failed)
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

// failure is a package that cannot be generated.
type failure struct {
	out      string
	problems spec.Problems
}

// makeEach makes all packages, several at a time, and returns those that could not
// be made too. The error is all problems at once when no package is left.
func (a *app) makeEach(ctx context.Context, p *project) ([]made, []failure, error) {
	all := make([]made, len(p.packages))
	errs := make([]error, len(p.packages))
	steps := a.progress(len(p.packages))
	defer steps.end()
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	for i, pkg := range p.packages {
		slots <- struct{}{}
		if ctx.Err() != nil {
			group.Wait()
			return nil, nil, context.Cause(ctx)
		}
		group.Go(func() {
			defer func() { <-slots }()
			all[i], errs[i] = a.make(p, pkg)
			steps.done(pkg.Out, errs[i])
		})
	}
	group.Wait()
	return sift(p, all, errs)
}

// sift parts what was made from what was not.
func sift(p *project, all []made, errs []error) (ok []made, failed []failure, err error) {
	var problems spec.Problems
	for i, err := range errs {
		if err == nil {
			ok = append(ok, all[i])
			continue
		}
		f := failure{p.packages[i].Out, problemsOf(err)}
		failed, problems = append(failed, f), append(problems, f.problems...)
	}
	if len(ok) == 0 {
		return nil, nil, problems.Err()
	}
	return ok, failed, nil
}

// make generates a package.
func (a *app) make(p *project, pkg config.Package) (made, error) {
	r, err := a.generate(pkg.Config)
	if err != nil {
		return made{}, err
	}
	entry, err := p.entryOf(pkg.Config, r)
	return made{Result: r, pkg: pkg, entry: entry}, err
}
