package emit

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
)

// PartialError says that the disk failed after the first file had been replaced.
// Each file is whole, old or new; running once more fixes the rest, and [Check]
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

// Unwrap returns the failure.
func (e *PartialError) Unwrap() error { return e.Err }

// commit takes the steps of all stages in turn. At the first that fails it stops
// and removes what has not been put in place.
func commit(stages []*stage) error {
	var steps []func() error
	for _, s := range stages {
		steps = append(steps, s.steps()...)
	}
	for _, s := range stages {
		steps = append(steps, s.recordSteps()...)
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
// removals, manifests that list less. The manifests that come first are durable
// before any file is put in place, so that whatever a power cut makes of a file,
// it is listed.
func (s *stage) steps() []func() error {
	var steps []func() error
	first := s.staged[:len(s.plan.first)]
	writes := s.staged[len(first):][:len(s.plan.writes)]
	last := s.staged[len(first)+len(writes):][:len(s.plan.last)]
	for _, f := range first {
		steps = append(steps, func() error { return s.put(f) })
	}
	for _, f := range first {
		steps = append(steps, func() error { return s.sync(path.Dir(f.path)) })
	}
	for _, f := range writes {
		steps = append(steps, func() error { return s.put(f) })
	}
	for _, name := range slices.Concat(s.plan.stale, s.plan.leftovers) {
		steps = append(steps, func() error { return s.remove(name) })
	}
	for _, dir := range slices.Backward(slices.Sorted(maps.Keys(s.plan.dropped))) {
		steps = append(steps, func() error { return s.plan.pathError("remove", dir, s.removeIfEmpty(dir)) })
	}
	for _, f := range last {
		steps = append(steps, func() error { return s.put(f) })
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

func (s *stage) sync(dir string) error {
	return s.plan.pathError("sync", dir, s.disk.SyncDir(dir))
}
