package journal

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"example.com/lathe/internal/input"
)

// Undone is what came of an undo.
type Undone struct {
	// Restored and Removed are files; Kept are those that somebody has edited since, and
	// that stay as they are.
	Restored, Removed, Kept []string

	changes []Change
}

// Undoing is what an undo has to know beside the state.
type Undoing struct {
	// Extra are files that adoption brought and that the state does not know. They are removed.
	Extra []string
	// IsWritten reports whether Lathe wrote a content that the state does not know, such as
	// that of a newer version of itself.
	IsWritten func(file string, data []byte) bool
	// Merge returns what a file becomes that was edited since, and false for one that stays.
	Merge func(file string, now, before []byte) ([]byte, bool)
}

// Undo makes all files what they were before the first run. The caller holds the lock.
func Undo(root string, u Undoing) (*Undone, error) {
	s, err := Read(root)
	if err != nil || s == nil {
		return nil, err
	}
	result := &Undone{}
	for _, file := range undoOrder(s.Before, u.Extra) {
		if err := result.plan(root, file, s, u); err != nil {
			return nil, err
		}
	}
	return result, s.takeBack(root, result.changes)
}

// plan decides what becomes of a file.
func (r *Undone) plan(root, file string, s *State, u Undoing) error {
	before := s.Before[file] // nil for one that was not there
	has, err := read(at(root, file))
	if err != nil || has.equal(before) {
		return err
	}
	want := before
	isEdited := has != nil && input.Sum(has.Data) != s.After[file]
	if isEdited && (before != nil || !u.IsWritten(file, has.Data)) {
		data, ok := u.Merge(file, has.Data, before.data())
		if !ok {
			r.Kept = append(r.Kept, file)
			return nil
		}
		want = &Content{Data: data}
	}
	change := Change{Path: file, Was: has.data()}
	if want == nil {
		r.Removed = append(r.Removed, file)
	} else {
		r.Restored = append(r.Restored, file)
		change.Data = append([]byte{}, want.Data...) // not nil, which would remove the file
	}
	r.changes = append(r.changes, change)
	return nil
}

// undoOrder returns the files of an undo: those that were there before come first, so that
// the program is its old self before what was added goes.
func undoOrder(before map[string]*Content, extra []string) []string {
	var restored, removed []string
	for _, file := range slices.Sorted(maps.Keys(before)) {
		if before[file] != nil {
			restored = append(restored, file)
		} else {
			removed = append(removed, file)
		}
	}
	for _, file := range extra {
		if _, isKnown := before[file]; !isKnown {
			removed = append(removed, file)
		}
	}
	return slices.Concat(restored, removed)
}

func (c *Content) data() []byte {
	if c == nil {
		return nil
	}
	return c.Data
}

// takeBack makes the changes of an undo, and removes the state at the end.
func (s *State) takeBack(root string, changes []Change) error {
	if err := s.prepare(root, changes); err != nil {
		return err
	}
	if err := s.write(root); err != nil {
		return err
	}
	for _, c := range changes {
		if before := s.Before[c.Path]; before != nil && c.Data != nil {
			s.Pending[c.Path] = withMode(s.Pending[c.Path], before)
		}
		if err := s.make(root, c); err != nil {
			return err // the next run takes it back
		}
	}
	for _, c := range changes {
		s.pruneAbove(root, path.Dir(c.Path))
	}
	s.prune(root)
	return os.Remove(filepath.Join(root, Name))
}

// withMode is what a file was, with the permissions that it had before adoption.
func withMode(was, before *Content) *Content {
	if was == nil {
		return &Content{Mode: before.Mode}
	}
	return &Content{was.Data, before.Mode}
}

// pruneAbove removes folders below those of adoption that have become empty.
func (s *State) pruneAbove(root, dir string) {
	for ; dir != "."; dir = path.Dir(dir) {
		isBelow := slices.ContainsFunc(
			s.Folders, func(made string) bool { return len(dir) > len(made) && dir[:len(made)+1] == made+"/" })
		if !isBelow || os.Remove(at(root, dir)) != nil {
			return
		}
	}
}
