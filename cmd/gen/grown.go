package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"example.com/lathe/internal/input"
	"example.com/lathe/internal/lock"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plural"
)

// growth is what came since the last lock that is another one: by files, and by folders.
type growth struct {
	// since is whose lock that was, "" where there is none.
	since           string
	lines, packages weight
}

// text says what came of a unit; of bytes nobody knows but by the lines.
func (g growth) text(unit string) string {
	came := g.lines
	if unit == g.packages.unit {
		came = g.packages
	}
	if g.since == "" || came.total() <= 0 {
		return ""
	}
	count := plural.Of(int(came.total()), strings.TrimSuffix(came.unit, "s"))
	return fmt.Sprintf("; %s came since %s: %s", count, g.since, came.largest())
}

// before is a state of the generated files: what its lock says, and how they are read.
type before struct {
	name string
	lock *lock.File
	read func(name string) ([]byte, error)
}

// grown compares what is generated with the files of the last lock that says something
// else: that on disk, or one of the repository's commits.
func (s *state) grown(ctx context.Context) (growth, error) {
	g := growth{lines: weight{"Go", "lines", map[string]int64{}}, packages: weight{"Go", "packages", map[string]int64{}}}
	old, err := s.before(ctx)
	if err != nil || old == nil {
		return g, err
	}
	g.since = old.name
	hashes, known := map[string]string{}, map[string]bool{}
	for folder, files := range old.lock.Folders() {
		for name, hash := range files {
			hashes[path.Join(folder, name)] = hash
			known[path.Dir(path.Join(folder, name))] = true
		}
	}
	for name, f := range s.goFiles() {
		inLock := s.inLock(name)
		shown := filepath.ToSlash(paths.Show(name))
		if folder := path.Dir(inLock); !known[folder] {
			known[folder] = true
			g.packages.parts[path.Dir(shown)]++
		}
		more := linesOf(f.data)
		if hash, ok := hashes[inLock]; ok {
			if hash == input.Sum(f.data) {
				continue
			}
			was, err := old.read(name)
			if err != nil {
				continue // the state has the lock without its files
			}
			more -= linesOf(was)
		}
		if more > 0 {
			g.lines.parts[shown] = more
		}
	}
	return g, nil
}

// maxCommits bounds how many commits of a lock are looked at.
const maxCommits = 50

// before returns the last state whose lock is another one; nil where none is known.
func (s *state) before(ctx context.Context) (*before, error) {
	now := s.lockText()
	if data, err := os.ReadFile(s.lock); err == nil && s.was != nil && !bytes.Equal(input.Unix(data), now) {
		return &before{lock.Name, s.was, os.ReadFile}, nil
	}
	dir, base := filepath.Split(s.lock)
	out, err := git(ctx, "-C", dir, "log", fmt.Sprintf("--max-count=%d", maxCommits), "--format=%h", "--", base)
	if err != nil {
		return nil, context.Cause(ctx) // no repository, or no git
	}
	for commit := range strings.FieldsSeq(string(out)) {
		at := func(name string) ([]byte, error) {
			rel, err := filepath.Rel(dir, name)
			if err != nil {
				return nil, err
			}
			return git(ctx, "-C", dir, "show", commit+":./"+filepath.ToSlash(rel))
		}
		data, err := at(s.lock)
		if err != nil || bytes.Equal(input.Unix(data), now) {
			continue
		}
		if file, err := lock.Decode(s.lock, data); err == nil {
			return &before{"commit " + commit, file, at}, nil
		}
	}
	return nil, context.Cause(ctx)
}

// lockText is the lock that the run wants.
func (s *state) lockText() []byte {
	for _, set := range s.sets {
		if set.Record != nil && set.Record.Path == s.lock {
			return set.Record.Data
		}
	}
	return nil
}
