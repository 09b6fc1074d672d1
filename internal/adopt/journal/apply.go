package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/internal/input"
	"example.com/lathe/spec"
)

// Change is what a file is to become.
type Change struct {
	// Path is slash-separated and relative to the root.
	Path string
	// Data is the content; nil removes the file.
	Data []byte
	// Was is the content that the run began with, nil for none. When the disk has another
	// by now the error is [ErrMoved].
	Was []byte
}

// ErrMoved is the error for a file that is not what it was when the run began.
var ErrMoved = errors.New("a file has changed in the meantime, begin again")

// Apply makes the changes in their order. Folder is where they put what was generated. Base
// is what files were before anything was adopted, where the state no longer has it, because
// somebody has edited them since. The caller holds the lock of the project.
func Apply(root, folder string, changes []Change, base map[string][]byte) error {
	s, err := Read(root)
	if err != nil {
		return err
	}
	if s.IsPending() {
		return ErrMoved
	}
	if s == nil {
		s = &State{Folder: folder, Before: map[string]*Content{}, After: map[string]string{}}
	}
	if err := s.prepare(root, changes); err != nil {
		return err
	}
	if err := s.write(root); err != nil {
		return err
	}
	for _, dir := range s.PendingFolders {
		err := os.Mkdir(at(root, dir), 0o777) //nolint:gosec // as any folder of a project
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return errors.Join(err, s.rollBack(root))
		}
	}
	for _, c := range changes {
		if err := s.make(root, c); err != nil {
			return errors.Join(err, s.rollBack(root))
		}
	}
	removed := s.prune(root)
	for _, c := range changes {
		s.record(c, base)
	}
	for _, dir := range s.PendingFolders {
		if !slices.Contains(s.Folders, dir) {
			s.Folders = append(s.Folders, dir)
		}
	}
	s.Folders = slices.DeleteFunc(s.Folders, func(dir string) bool { return slices.Contains(removed, dir) })
	slices.Sort(s.Folders)
	s.Pending, s.PendingFolders = nil, nil
	return s.write(root)
}

// prepare notes what the files are, and which folders they need. Nothing is changed yet.
func (s *State) prepare(root string, changes []Change) error {
	s.Pending = map[string]*Content{}
	var problems spec.Problems
	for _, c := range changes {
		if !isLocal(c.Path) {
			return fmt.Errorf("%s is no path below the project", c.Path)
		}
		was, err := read(at(root, c.Path))
		if err != nil {
			return err
		}
		if (was == nil) != (c.Was == nil) || was != nil && !slices.Equal(was.Data, c.Was) {
			return ErrMoved
		}
		if was != nil && was.Mode&0o222 == 0 {
			problems.Add(spec.Pos{File: at(root, c.Path)}, "make it writable", "the file is read-only")
		}
		s.Pending[c.Path] = was
		if c.Data != nil {
			s.needFolder(root, path.Dir(c.Path))
		}
	}
	return problems.Err()
}

func (s *State) needFolder(root, dir string) {
	if _, err := os.Lstat(at(root, dir)); dir == "." || err == nil || slices.Contains(s.PendingFolders, dir) {
		return
	}
	s.needFolder(root, path.Dir(dir))
	s.PendingFolders = append(s.PendingFolders, dir)
}

// make makes a change, with the permissions that the file had.
func (s *State) make(root string, c Change) error {
	if c.Data == nil {
		if err := os.Remove(at(root, c.Path)); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	mode := fs.FileMode(0o644)
	if was := s.Pending[c.Path]; was != nil {
		mode = was.Mode
	}
	return replace(at(root, c.Path), &Content{c.Data, mode}, false)
}

// record notes a change that was made.
func (s *State) record(c Change, base map[string][]byte) {
	if _, known := s.Before[c.Path]; !known {
		s.Before[c.Path] = s.Pending[c.Path]
	}
	if data, ok := base[c.Path]; ok && s.Pending[c.Path] != nil {
		s.Before[c.Path] = &Content{data, s.Pending[c.Path].Mode}
	}
	if c.Data != nil {
		s.After[c.Path] = input.Sum(c.Data)
		return
	}
	delete(s.After, c.Path)
	if s.Before[c.Path] == nil {
		delete(s.Before, c.Path)
	}
}

// prune removes the folders of adoption that have become empty, and returns them.
func (s *State) prune(root string) (removed []string) {
	for _, dir := range slices.Backward(slices.Sorted(slices.Values(slices.Concat(s.Folders, s.PendingFolders)))) {
		if os.Remove(at(root, dir)) == nil { // fails for one that is not empty
			removed = append(removed, dir)
		}
	}
	return removed
}

// Recover takes back what a killed run has done, and reports whether there was one. The
// caller holds the lock of the project.
func Recover(root string) (bool, error) {
	removeStaged(root) // a state that was about to be written
	s, err := Read(root)
	if err != nil || !s.IsPending() {
		return false, err
	}
	return true, s.rollBack(root)
}

// IsInterrupted reports whether a run was killed that [Recover] would take back, or clean
// up after.
func IsInterrupted(root string) bool {
	s, err := Read(root)
	return err == nil && s.IsPending() || len(staged(root)) > 0
}

// rollBack restores the files that were to be changed.
func (s *State) rollBack(root string) error {
	for _, dir := range slices.Concat(s.Folders, s.PendingFolders) {
		removeStaged(at(root, dir))
	}
	removeStaged(root)
	for _, file := range slices.Sorted(maps.Keys(s.Pending)) {
		if err := restore(root, file, s.Pending[file]); err != nil {
			return err
		}
	}
	for _, dir := range slices.Backward(s.PendingFolders) {
		_ = os.Remove(at(root, dir)) // somebody may have put something into it
	}
	s.Pending, s.PendingFolders = nil, nil
	if len(s.After) == 0 {
		return os.Remove(filepath.Join(root, Name))
	}
	return s.write(root)
}

// removeStaged removes what a killed run was about to put in place in a folder.
func removeStaged(dir string) {
	for _, name := range staged(dir) {
		_ = os.Remove(name)
	}
}

// staged are the files in a folder that were about to be put in place.
func staged(dir string) (names []string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	prefix, suffix, _ := strings.Cut(tempPattern, "*")
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) && strings.HasSuffix(e.Name(), suffix) && e.Type().IsRegular() {
			names = append(names, filepath.Join(dir, e.Name()))
		}
	}
	return names
}

func restore(root, file string, want *Content) error {
	name := at(root, file)
	has, err := read(name)
	switch {
	case err != nil || has.equal(want):
		return err
	case want == nil:
		return os.Remove(name)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil { //nolint:gosec // as any folder of a project
		return err
	}
	return replace(name, want, false)
}

func at(root, file string) string { return filepath.Join(root, filepath.FromSlash(file)) }
