package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// process is a process that has ended: its times in nanoseconds, its largest resident
// set in bytes, and the package that it compiled, if that is what it did.
type process struct {
	wall, cpu, peak float64
	pkg             string
}

// measured runs a command and returns the processes in it that ran below toolexec.
func (w *workspace) measured(dir string, env []string, name string, args ...string) ([]process, error) {
	log := filepath.Join(w.root, "processes.log")
	if err := os.WriteFile(log, nil, 0o600); err != nil {
		return nil, err
	}
	if _, err := output(dir, append(env, "TOOLEXEC_LOG="+log), name, args...); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(log)
	if err != nil {
		return nil, err
	}
	return parseLog(string(text))
}

// parseLog reads what toolexec writes.
func parseLog(text string) (list []process, err error) {
	for line := range strings.Lines(text) {
		var p process
		var tool string
		if _, err := fmt.Sscan(line, &p.cpu, &p.wall, &p.peak, &tool); err != nil {
			return nil, fmt.Errorf("log of the processes: %q: %w", line, err)
		}
		if f := strings.Fields(line); len(f) > 4 {
			p.pkg = f[4]
		}
		list = append(list, p)
	}
	return list, nil
}
