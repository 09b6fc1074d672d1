package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/spf13/cobra"

	"example.com/lathe"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// quietTime is how long files must have been left alone before they are read: an
// editor may need several steps to save one.
const quietTime = 100 * time.Millisecond

const watchHelp = `Watch generates like generate, and then again whenever a spec, a file that belongs
to it, or lathe.yaml is saved. Problems are printed, and watching goes on. Ctrl-C
ends it, with exit code 0.`

func (a *app) watchCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "watch",
		Short:   "Generate whenever a spec is saved",
		Long:    watchHelp,
		Example: "  gen watch\n  gen watch --spec spec/datazone.yaml --out generated/datazone",
		Args:    noArguments,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.watchAll(cmd.Context()) },
	}
	a.addPackageFlags(cmd)
	cmd.Flags().BoolVar(&a.flags.quiet, "quiet", false, "print nothing but problems")
	return cmd
}

// watcher is what a watch knows from one round to the next.
type watcher struct {
	*fsnotify.Watcher

	// files are the absolute paths that matter.
	files map[string]bool
	// models are those that the packages were last made of, by output folder.
	models map[string]*spec.API
}

// watchAll generates, waits for a change, and starts over, until ctx ends.
func (a *app) watchAll(ctx context.Context) error {
	if a.flags.spec == input.Stdin {
		return spec.Problems{{Message: "standard input cannot be watched", Hint: "name the file of the spec"}}
	}
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	defer func() { _ = notify.Close() }() // nothing is left to lose
	w := &watcher{notify, map[string]bool{}, map[string]*spec.API{}}
	if a.flags.spec == "" && a.flags.out == "" && a.flags.config == "" {
		if a.flags.config, err = config.Find(); err != nil {
			return err
		}
	}
	for {
		err := a.watchRound(ctx, w)
		if _, isReported := errors.AsType[exitCode](err); err != nil && !isReported {
			a.fail(err)
		}
		if err := w.wait(ctx); err != nil {
			return ignoreEnd(err)
		}
	}
}

// ignoreEnd gives nil for the way in which a watch is meant to end.
func ignoreEnd(err error) error {
	if errors.Is(err, errInterrupted) || errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// watchRound looks at what is to be watched, before it is read, and generates.
func (a *app) watchRound(ctx context.Context, w *watcher) error {
	a.start = time.Now()
	if a.flags.config != "" {
		if err := w.add(a.flags.config); err != nil {
			return err
		}
	}
	p, err := a.project()
	if err != nil {
		return err
	}
	for _, pkg := range p.packages {
		for _, file := range append(lathe.Companions(pkg.Spec), pkg.Spec) {
			if err := w.add(file); err != nil {
				return err
			}
		}
	}
	s, changes, err := a.settle(ctx, emit.Write)
	if err != nil {
		return err
	}
	reported := a.reportAll(a.generated(s, changes), s.failed)
	if err := a.compare(s, w); err != nil {
		return err
	}
	return reported
}

// compare shows how the models of the packages have changed since the last round.
func (a *app) compare(s *state, w *watcher) error {
	for _, now := range s.made {
		out := paths.Abs(now.pkg.Out)
		old, known := w.models[out]
		w.models[out] = now.Model
		if !known || a.diff == nil || a.flags.quiet {
			continue
		}
		if err := a.diff(a.stdout, old, now.Model); err != nil {
			return err
		}
	}
	return nil
}

// add watches a file, by its folder: editors put new files in the place of old
// ones.
func (w *watcher) add(name string) error {
	name = paths.Abs(name)
	if w.files[name] {
		return nil
	}
	if err := w.Add(filepath.Dir(name)); err != nil {
		return fmt.Errorf("%s can't be watched: %w", paths.Show(filepath.Dir(name)), err)
	}
	w.files[name] = true
	return nil
}

// wait returns when a file that matters has changed and all have been left alone
// for a while, with an error when ctx ends.
func (w *watcher) wait(ctx context.Context) error {
	var quiet <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-quiet:
			return nil
		case event := <-w.Events:
			if w.files[event.Name] && !event.Op.Has(fsnotify.Chmod) {
				quiet = time.After(quietTime)
			}
		case err := <-w.Errors:
			if err != nil { // events may have been lost
				quiet = time.After(quietTime)
			}
		}
	}
}
