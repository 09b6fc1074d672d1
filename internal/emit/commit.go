package emit

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
)

// PartialError says that the disk failed after the first file had been replaced.
// Each file is whole, old or new; running once more mends the rest, and [Check]
// names it.
type PartialError struct {
	// Done of Total steps were taken.
	Done, Total int
	// Err is the failure of the step after them.
	Err error
}

// Error says how far the work got, and why no further.
func (e *PartialError) Error() string {
	return fmt.Sprintf("stopped after %d of %d steps, run again to finish: %v", e.Done, e.Total, e.Err)
}

// Unwrap gives the failure.
func (e *PartialError) Unwrap() error { return e.Err }

// commit takes the steps of all stages in turn. At the first that fails it stops
// and removes what has not been put in place.
func commit(stages []*stage) error {
	var steps []func() error
	for _, s := range stages {
		steps = append(steps, s.steps()...)
	}
	for done, step := range steps {
		if err := step(); err != nil {
			err = errors.Join(err, rollback(stages))
			if done > 0 {
				err = &PartialError{Done: done, Total: len(steps), Err: err}
			}
			return err
		}
	}
	return nil
}

func rollback(stages []*stage) error {
	var all []error
	for _, s := range slices.Backward(stages) {
		all = append(all, s.undo())
	}
	return errors.Join(all...)
}

// steps are the changes of the disk in order: manifests that list more, files,
// removals, manifests that list less. A folder's entries are made durable last;
// before that an unclean end can only undo steps, which the next run repeats.
func (s *stage) steps() []func() error {
	var steps []func() error
	puts := len(s.plan.first) + len(s.plan.writes)
	for _, f := range s.staged[:puts] {
		steps = append(steps, func() error { return s.put(f) })
	}
	for _, name := range slices.Concat(s.plan.stale, s.plan.leftovers) {
		steps = append(steps, func() error { return s.remove(name) })
	}
	for _, dir := range slices.Backward(sortedKeys(s.plan.dropped)) {
		steps = append(steps, func() error { return s.plan.pathError("remove", dir, s.removeIfEmpty(dir)) })
	}
	for _, f := range s.staged[puts : puts+len(s.plan.last)] {
		steps = append(steps, func() error { return s.put(f) })
	}
	for _, dir := range s.touched() {
		steps = append(steps, func() error { return s.sync(dir) })
	}
	return steps
}

func (s *stage) put(f staged) error {
	return s.plan.pathError("write", f.path, s.disk.Rename(f.name, f.path))
}

func (s *stage) remove(name string) error {
	err := s.disk.Remove(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return s.plan.pathError("remove", name, err)
}

// touched are the folders whose entries change, as far as they are still there.
func (s *stage) touched() []string {
	dirs := map[string]bool{}
	for _, c := range s.plan.changes {
		if c.Action != Unchanged {
			dirs[path.Dir(c.Path)] = true
		}
	}
	for dir := range s.plan.dropped {
		dirs[path.Dir(dir)] = true
	}
	for _, dir := range s.made {
		dirs[path.Dir(dir)] = true
	}
	return sortedKeys(dirs)
}

func (s *stage) sync(dir string) error {
	err := s.disk.SyncDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // removed because it was empty
	}
	return s.plan.pathError("sync", dir, err)
}
