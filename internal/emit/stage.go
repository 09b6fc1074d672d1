package emit

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// stage holds the new contents of one plan in files beside their targets.
type stage struct {
	plan   *plan
	disk   disk
	made   []string // folders, outermost first
	staged []staged
}

// staged is a new content under its temporary name, which may or may not exist.
type staged struct {
	write
	name string
}

// stageWorkers is how many files are written at once: where folders are far away,
// waiting is most of the time.
const stageWorkers = 8

// prepare makes the missing folders, writes all contents under their temporary
// names, and proves that entries can be removed where some have to be.
func (s *stage) prepare(ctx context.Context) error {
	writes := slices.Concat(s.plan.first, s.plan.writes, s.plan.last, s.plan.record)
	for _, w := range writes {
		if err := s.makeFolder(path.Dir(w.path)); err != nil {
			return s.plan.pathError("mkdir", path.Dir(w.path), err)
		}
		s.staged = append(s.staged, staged{write: w, name: StagedName(path.Dir(w.path))})
	}
	if err := s.createAll(ctx); err != nil {
		return err
	}
	return s.probe()
}

func (s *stage) makeFolder(dir string) error {
	if _, err := s.disk.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := s.makeFolder(path.Dir(dir)); err != nil {
		return err
	}
	if err := s.disk.Mkdir(dir); err != nil {
		return err
	}
	s.made = append(s.made, dir)
	return nil
}

// createAll writes the staged files; after a failure, or the end of ctx, no more
// are begun.
func (s *stage) createAll(parent context.Context) error {
	ctx, fail := context.WithCancelCause(parent)
	defer fail(nil)
	queue := make(chan staged)
	var workers sync.WaitGroup
	for range min(stageWorkers, len(s.staged)) {
		workers.Go(func() {
			for f := range queue {
				if err := s.create(ctx, f); err != nil {
					fail(err)
				}
			}
		})
	}
	for _, f := range s.staged {
		queue <- f
	}
	close(queue)
	workers.Wait()
	return context.Cause(ctx)
}

func (s *stage) create(ctx context.Context, f staged) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return s.plan.pathError("write", f.path, s.disk.Create(f.name, f.data, f.perm, f.durable))
}

// probe makes and removes a file in each folder that only loses entries; in the
// others staging has proved as much.
func (s *stage) probe() error {
	proved := map[string]bool{}
	for _, f := range s.staged {
		proved[path.Dir(f.path)] = true
	}
	for _, name := range slices.Concat(s.plan.stale, s.plan.leftovers) {
		dir := path.Dir(name)
		if proved[dir] {
			continue
		}
		proved[dir] = true
		f := staged{name: StagedName(dir)}
		s.staged = append(s.staged, f) // for undo, should the removal fail
		if err := s.disk.Create(f.name, nil, 0, false); err != nil {
			return s.plan.pathError("remove", name, err)
		}
		if err := s.disk.Remove(f.name); err != nil {
			return s.plan.pathError("remove", name, err)
		}
	}
	return nil
}

// undo removes what the stage made and has not been put in place.
func (s *stage) undo() error {
	var all []error
	for _, f := range s.staged {
		if err := s.disk.Remove(f.name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			all = append(all, s.plan.pathError("remove", f.name, err))
		}
	}
	for _, dir := range slices.Backward(s.made) {
		all = append(all, s.plan.pathError("remove", dir, s.removeIfEmpty(dir)))
	}
	return errors.Join(all...)
}

func (s *stage) removeIfEmpty(dir string) error {
	entries, err := s.disk.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil || len(entries) > 0:
		return err
	}
	return s.disk.Remove(dir)
}

// pathError names the path that the user knows instead of the temporary one; it
// is nil when err is.
func (p *plan) pathError(op, name string, err error) error {
	if err == nil {
		return nil
	}
	return &fs.PathError{Op: op, Path: p.tree.name(name), Err: cause(err)}
}

// A staged file's name is random between these two. The dot hides it from the go
// command.
const (
	stagedPrefix = ".lathe-"
	stagedSuffix = ".tmp"
	stagedRandom = 8 // bytes, written in hexadecimal
)

// StagedName is a new name in a folder for a file that will be put in the place of another. What
// is left of it when the run is killed is removed by the next one that writes there.
func StagedName(dir string) string {
	var random [stagedRandom]byte
	_, _ = rand.Read(random[:]) // never fails, says its documentation
	return path.Join(dir, stagedPrefix+hex.EncodeToString(random[:])+stagedSuffix)
}

func isStaged(name string) bool {
	random, isPrefixed := strings.CutPrefix(name, stagedPrefix)
	random, isSuffixed := strings.CutSuffix(random, stagedSuffix)
	return isPrefixed && isSuffixed && len(random) == 2*stagedRandom && strings.Trim(random, "0123456789abcdef") == ""
}
