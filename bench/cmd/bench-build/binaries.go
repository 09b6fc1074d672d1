package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// measureBinaries builds the programs, stripped, and starts those that look up no
// methods by name.
func (r *results) measureBinaries(w *workspace) error {
	r.sizes, r.inits = map[client]map[bool]float64{}, map[client][]string{}
	for _, c := range clients {
		r.sizes[c] = map[bool]float64{}
		for _, byName := range []bool{true, false} {
			binary := filepath.Join(w.root, "program")
			if _, err := output(w.dir(c), nil, "go", "build", "-mod=mod", "-trimpath", "-ldflags=-s -w", "-o", binary, "./"+w.program(c, byName)); err != nil {
				return err
			}
			info, err := os.Stat(binary)
			if err != nil {
				return err
			}
			r.sizes[c][byName] = float64(info.Size())
			if !byName {
				if r.inits[c], err = w.initialised(c, binary); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// initialised are the packages of a client, without those common to both clients,
// that do work when a program starts, each with what it takes. The program fails after that, for want of
// arguments.
func (w *workspace) initialised(c client, program string) (list []string, err error) {
	common, err := w.common()
	if err != nil {
		return nil, err
	}
	needs, err := w.needs(c)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	trace, err := cmd.CombinedOutput()
	if _, failed := errors.AsType[*exec.ExitError](err); !failed || !strings.Contains(string(trace), "init net/http @") {
		return nil, fmt.Errorf("there is no trace of initialisation: %w\n%s", err, trace)
	}
	for line := range strings.Lines(string(trace)) {
		text, _ := strings.CutPrefix(line, "init ")
		pkg, rest, _ := strings.Cut(text, " @")
		if slices.Contains(needs, pkg) && !slices.Contains(common, pkg) {
			_, took, _ := strings.Cut(strings.TrimSpace(rest), ", ")
			list = append(list, pkg+" ("+took+")")
		}
	}
	return list, nil
}
