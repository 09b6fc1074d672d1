package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// build is one build of a client: the time of the whole go command by the clock, and
// of the tools that it ran the processor time, also by package, and the largest
// resident set.
type build struct {
	wall, cpu, peak float64
	packages        map[string]float64
}

// measureCompiling builds the clients in turn, each time with a cache in which all
// lies built that the official client and ours have in common: the standard library,
// the core of the SDK.
func (r *results) measureCompiling(w *workspace, rounds int) error {
	common, err := w.common(datazone)
	if err != nil {
		return err
	}
	warm := filepath.Join(w.root, "warm")
	for _, c := range []client{official, reduced} {
		if _, err := w.compile(c, warm, common...); err != nil {
			return err
		}
	}
	r.builds = map[client][]build{}
	for range rounds {
		for _, c := range clients {
			b, err := w.compileCold(datazone, c, warm)
			if err != nil {
				return err
			}
			r.builds[c] = append(r.builds[c], b)
		}
		b, err := w.compile(official, warm, common...)
		if err != nil {
			return err
		}
		r.idle = append(r.idle, b)
	}
	return nil
}

// common are the packages that both clients of a service need.
func (w *workspace) common(s service) ([]string, error) {
	theirs, err := w.needs(s, official)
	if err != nil {
		return nil, err
	}
	mine, err := w.needs(s, ours)
	return slices.DeleteFunc(theirs, func(p string) bool { return p == "unsafe" || !slices.Contains(mine, p) }), err
}

// needs are the packages that a client needs, its own included.
func (w *workspace) needs(s service, c client) ([]string, error) {
	list, err := output(w.dir(c), nil, "go", "list", "-mod=mod", "-deps", s.path(c))
	return strings.Fields(list), err
}

// compileCold builds a client with a copy of a cache. The copy has the files
// themselves, which the go command never changes.
func (w *workspace) compileCold(s service, c client, warm string) (b build, err error) {
	cache := filepath.Join(w.root, "cache")
	defer func() { err = errors.Join(err, os.RemoveAll(cache)) }()
	err = filepath.WalkDir(warm, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(cache, strings.TrimPrefix(name, warm))
		if entry.IsDir() {
			return os.MkdirAll(to, 0o750)
		}
		return os.Link(name, to)
	})
	if err != nil {
		return b, err
	}
	return w.compile(c, cache, s.path(c))
}

// compile builds packages with a cache, and sums up what the tools took.
func (w *workspace) compile(c client, cache string, packages ...string) (b build, err error) {
	start := time.Now()
	tools, err := w.measured(w.dir(c), []string{"GOCACHE=" + cache}, "go",
		append([]string{"build", "-mod=mod", "-toolexec=" + w.tool("toolexec")}, packages...)...)
	b.wall = float64(time.Since(start))
	b.packages = map[string]float64{}
	for _, t := range tools {
		b.cpu += t.cpu
		b.peak = max(b.peak, t.peak)
		if t.pkg != "" {
			b.packages[t.pkg] += t.cpu
		}
	}
	return b, err
}
