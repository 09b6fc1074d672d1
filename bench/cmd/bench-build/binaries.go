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

// measureBinaries builds the programs, stripped, and starts those that call through an
// interface and look up no methods by name.
func (r *results) measureBinaries(w *workspace) error {
	r.sizes, r.starts = map[program]float64{}, map[program]start{}
	for _, p := range w.programs() {
		binary := filepath.Join(w.root, "program")
		if _, err := output(w.dir(p.client), nil, "go", "build", "-mod=mod", "-trimpath", "-ldflags=-s -w", "-o", binary,
			"./"+filepath.ToSlash(p.folder())); err != nil {
			return err
		}
		info, err := os.Stat(binary)
		if err != nil {
			return err
		}
		r.sizes[p] = float64(info.Size())
		if !p.byName && !p.values {
			if r.starts[p], err = w.start(p, binary); err != nil {
				return err
			}
		}
	}
	return nil
}

// start is the work at the start of a program for a client and what is not common to
// all clients of the service.
type start struct {
	// packages are those that do work, each with what it takes.
	packages []string
	allocs   float64
}

// start runs a program for its work at the start. It fails after that, for want of
// arguments.
func (w *workspace) start(p program, binary string) (s start, err error) {
	common, err := w.common(w.service(p.service))
	if err != nil {
		return s, err
	}
	needs, err := w.needs(w.service(p.service), p.client)
	if err != nil {
		return s, err
	}
	cmd := exec.Command(binary)
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	trace, err := cmd.CombinedOutput()
	if _, failed := errors.AsType[*exec.ExitError](err); !failed || !strings.Contains(string(trace), "init net/http @") {
		return s, fmt.Errorf("there is no trace of initialisation (%v):\n%s", err, trace)
	}
	for line := range strings.Lines(string(trace)) {
		text, _ := strings.CutPrefix(line, "init ")
		pkg, rest, _ := strings.Cut(text, " @")
		if !slices.Contains(needs, pkg) || slices.Contains(common, pkg) {
			continue
		}
		_, took, _ := strings.Cut(strings.TrimSpace(rest), ", ")
		s.packages = append(s.packages, pkg+" ("+took+")")
		var clock, bytes, allocs float64
		if _, err := fmt.Sscanf(took, "%f ms clock, %f bytes, %f allocs", &clock, &bytes, &allocs); err != nil {
			return s, fmt.Errorf("trace of initialisation: %q: %w", line, err)
		}
		s.allocs += allocs
	}
	return s, nil
}
