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
}

// Undo makes all files what they were before the first run. Files that were changed since
// are handed to merge, by path, with what they were before adoption; it returns what they
// are to become, and false for one that is to stay. Written reports whether Lathe wrote
// a content that the state does not know, such as that of a newer version of itself. Extra
// are further files that adoption brought, which are removed. The caller holds the lock.
func Undo(root string, extra []string, written func(file string, data []byte) bool, merge func(file string, now, before []byte) ([]byte, bool)) (*Undone, error) {
	s, err := Read(root)
	if err != nil || s == nil {
		return nil, err
	}
	result := &Undone{}
	var changes []Change
	plan := func(file string, before *Content) error {
		has, err := read(at(root, file))
		if err != nil || has.equal(before) {
			return err
		}
		want := before
		if has != nil && input.Sum(has.Data) != s.After[file] && (before != nil || !written(file, has.Data)) {
			data, ok := merge(file, has.Data, before.data())
			if !ok {
				result.Kept = append(result.Kept, file)
				return nil
			}
			want = &Content{Data: data}
		}
		c := Change{Path: file, Data: want.data(), Was: has.data()}
		if want != nil && c.Data == nil {
			c.Data = []byte{}
		}
		if changes = append(changes, c); want == nil {
			result.Removed = append(result.Removed, file)
		} else {
			result.Restored = append(result.Restored, file)
		}
		return nil
	}
	for _, file := range undoOrder(s.Before) {
		if err := plan(file, s.Before[file]); err != nil {
			return nil, err
		}
	}
	for _, file := range extra {
		if _, known := s.Before[file]; !known {
			if err := plan(file, nil); err != nil {
				return nil, err
			}
		}
	}
	return result, s.takeBack(root, changes)
}

// undoOrder is that of files to be restored: what was there before first, so that the
// program is its old self before what was added goes.
func undoOrder(before map[string]*Content) []string {
	files := slices.Sorted(maps.Keys(before))
	slices.SortStableFunc(files, func(a, b string) int {
		switch {
		case (before[a] == nil) == (before[b] == nil):
			return 0
		case before[a] != nil:
			return -1
		default:
			return 1
		}
	})
	return files
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
		isBelow := slices.ContainsFunc(s.Folders, func(made string) bool { return len(dir) > len(made) && dir[:len(made)+1] == made+"/" })
		if !isBelow || os.Remove(at(root, dir)) != nil {
			return
		}
	}
}
