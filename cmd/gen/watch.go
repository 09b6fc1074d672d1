package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/lathe"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plural"
	"example.com/lathe/spec"
)

// quietTime is how long files must have been left alone before they are read: an
// editor may need several steps to save one.
const quietTime = 100 * time.Millisecond

const watchHelp = `Watch generates like generate, and then again whenever a spec, a file that belongs
to it, or lathe.yaml is saved. Problems are printed, and watching goes on, also when
files or folders are removed and come back. Ctrl-C ends it, with exit code 0.`

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

// watchAll generates, waits for a change, and starts over, until ctx ends.
func (a *app) watchAll(ctx context.Context) error {
	if a.flags.spec == input.Stdin {
		return spec.Problems{{Message: "standard input cannot be watched", Hint: "name the file of the spec"}}
	}
	w, err := newWatcher()
	if err != nil {
		return err
	}
	defer func() { _ = w.notify.Close() }() // nothing is left to lose
	if a.flags.spec == "" && a.flags.out == "" && a.flags.config == "" {
		if a.flags.config, err = config.Find(); err != nil {
			return err
		}
	}
	said := ""
	for {
		err := a.watchRound(ctx, w)
		if _, isReported := errors.AsType[exitCode](err); err != nil && !isReported {
			a.fail(err)
		}
		said = a.sayWatched(w, said)
		changed, err := w.wait(ctx)
		if err != nil {
			return ignoreEnd(err)
		}
		a.sayRound(changed)
	}
}

// sayWatched says which files are watched, unless it is what was said last.
func (a *app) sayWatched(w *watcher, last string) string {
	present, absent := w.names()
	text := "watching " + strings.Join(present, ", ")
	if len(present) == 0 {
		text = "watching for " + plural.Of(absent, "file") + " to come"
	}
	if text != last && !a.flags.quiet {
		fmt.Fprintln(a.stdout, text)
	}
	return text
}

// sayRound begins a round: a line between, the time, and what has changed.
func (a *app) sayRound(changed []string) {
	if a.flags.quiet {
		return
	}
	for i, name := range changed {
		changed[i] = paths.Show(name)
	}
	fmt.Fprintf(a.stdout, "\n-- %s  %s changed\n", time.Now().Format(time.TimeOnly), strings.Join(changed, ", "))
}

// ignoreEnd returns nil for the way in which a watch is meant to end.
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
		w.add(a.flags.config)
	}
	p, err := a.project()
	if err != nil {
		return err
	}
	for _, pkg := range p.packages {
		for _, file := range append(lathe.Companions(pkg.Spec), pkg.Spec) {
			w.add(file)
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
