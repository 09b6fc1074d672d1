package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	models := flag.String("models", "../../shared/models", "`folder` with the models that AWS publishes")
	only := flag.String("only", "", "adopt only the programs of these `names`, with commas between")
	write := flag.Bool("write", false, "adopt none, write the tables of what is known")
	flag.Parse()
	work := func() error { return run(*models, chosen(*only)) }
	if *write {
		work = func() error { return keep() }
	}
	if err := work(); err != nil {
		fmt.Fprintln(os.Stderr, "programs:", err)
		os.Exit(1)
	}
}

// chosen are the programs of some names, or all.
func chosen(names string) []program {
	if names == "" {
		return programs
	}
	wanted := strings.Split(names, ",")
	return slices.DeleteFunc(slices.Clone(programs), func(p program) bool { return !slices.Contains(wanted, p.Name) })
}

// run works in the folder of the module, on one program after the other, because each
// takes all cores.
func run(models string, programs []program) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	dir, err := os.MkdirTemp("", "programs-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	w := workplace{dir: dir, gen: filepath.Join(dir, "gen")}
	if w.models, err = filepath.Abs(models); err != nil {
		return err
	}
	if _, err := (place{dir: ".."}).run(ctx, "go", "build", "-o", w.gen, "./cmd/gen"); err != nil {
		return err
	}
	var failed []error
	for _, p := range programs {
		fmt.Println(p.Name)
		r, err := w.adopt(ctx, p)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", p.Name, err))
			continue
		}
		if err := keep(r); err != nil {
			return err
		}
	}
	return errors.Join(failed...)
}

// keep adds results to those that are known, and writes the tables of all.
func keep(more ...result) error {
	known, err := readResults(resultsFile)
	if err != nil {
		return err
	}
	for _, r := range more {
		known = known.with(r)
	}
	return errors.Join(known.write(resultsFile), writeTables(known))
}
