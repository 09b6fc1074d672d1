package adopt

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/internal/adopt/journal"
	"example.com/lathe/internal/adopt/mods"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/spec"
)

// Stage is a folder outside of the program in which everything is made, and proven, before
// anything of the program changes.
type Stage struct {
	// Root is the root of the program's module, Dir the folder that stands for it.
	Root, Dir string
	Layout    Layout
	// files are those to come into the program, with what was there when the run began.
	files map[string][]byte
	was   map[string][]byte
}

// The go.mod with which a program is proven, beside the stage of its files.
const (
	proofMod = "proof.mod"
	proofSum = "proof.sum"
)

// NewStage makes the folder.
func NewStage(root string, l Layout) (*Stage, error) {
	dir, err := os.MkdirTemp("", "lathe-adopt-*")
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return nil, err
	}
	s := &Stage{Root: root, Dir: filepath.Join(dir, "module"), Layout: l, files: map[string][]byte{}, was: map[string][]byte{}}
	data, err := os.ReadFile(filepath.Join(root, gomod.Name))
	if err == nil {
		err = s.write(gomod.Name, data)
	}
	if err != nil {
		return nil, errors.Join(err, s.Remove())
	}
	return s, nil
}

// placed returns an error with the program's files in the place of the stage's, which nobody
// finds.
func (s *Stage) placed(err error) error {
	problems, ok := errors.AsType[spec.Problems](err)
	if !ok {
		return err
	}
	problems = slices.Clone(problems)
	for i, p := range problems {
		if rel, isStaged := strings.CutPrefix(p.Pos.File, s.Dir+string(filepath.Separator)); isStaged {
			problems[i].Pos.File = filepath.Join(s.Root, rel)
		}
	}
	return problems
}

// Remove removes the folder.
func (s *Stage) Remove() error { return os.RemoveAll(filepath.Dir(s.Dir)) }

// Was returns what a file of the program was when the run first looked, nil for none.
func (s *Stage) Was(name string) ([]byte, error) {
	if data, ok := s.was[name]; ok {
		return data, nil
	}
	data, err := os.ReadFile(filepath.Join(s.Root, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		data, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	if data == nil && fileExists(filepath.Join(s.Root, filepath.FromSlash(name))) {
		data = []byte{}
	}
	s.was[name] = data
	return data, nil
}

func fileExists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// Put stages a file of the program.
func (s *Stage) Put(name string, data []byte) error {
	if _, err := s.Was(name); err != nil {
		return err
	}
	s.files[name] = data
	return s.write(name, data)
}

func (s *Stage) write(name string, data []byte) error {
	file := filepath.Join(s.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { //nolint:gosec // as any folder of a project
		return err
	}
	return os.WriteFile(file, data, 0o644) //nolint:gosec // as any file of a project
}

// Collect takes over what was generated in the stage, in these folders and files.
func (s *Stage) Collect(names ...string) error {
	for _, name := range names {
		err := eachFile(s.Dir, name, func(file string, data []byte) error {
			s.files[file] = data
			_, err := s.Was(file)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// eachFile calls f for each file of a folder below the root, or for the file of that name.
func eachFile(root, name string, f func(file string, data []byte) error) error {
	folder, err := os.OpenRoot(root)
	if err != nil {
		return err
	}
	defer func() { _ = folder.Close() }() // it was only read
	return fs.WalkDir(folder.FS(), name, func(file string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && file == name {
			return nil
		}
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := fs.ReadFile(folder.FS(), file)
		if err != nil {
			return err
		}
		return f(file, data)
	})
}

// Modify writes the go.mod with which the program is to be built: folders of the stage
// stand in for the clients. It returns the file's name.
func (s *Stage) Modify(clients []*Client, runtime string, floor []gomod.Version) (string, error) {
	data, err := s.Was(gomod.Name)
	if err != nil {
		return "", err
	}
	r := mods.Replacement{Ours: s.Layout.Folder, Floor: floor}
	for _, c := range clients {
		r.Swaps = append(r.Swaps, mods.Swap{Path: c.Path, Folder: s.abs(s.Layout.Client(c.Package()))})
	}
	if len(clients) > 0 {
		r.Alone = []mods.Swap{{Path: runtime, Folder: s.abs(s.Layout.Runtime)}}
	}
	if data, err = mods.Put(data, r); err != nil {
		return "", err
	}
	sums, err := s.Was(goSum)
	if err != nil {
		return "", err
	}
	dir := filepath.Dir(s.Dir)
	if err := os.WriteFile(filepath.Join(dir, proofSum), sums, 0o600); err != nil {
		return "", err
	}
	return filepath.Join(dir, proofMod), os.WriteFile(filepath.Join(dir, proofMod), data, 0o600)
}

const goSum = "go.sum"

func (s *Stage) abs(name string) string {
	return filepath.ToSlash(filepath.Join(s.Dir, filepath.FromSlash(name)))
}

// Unmodified writes the program's go.mod without what adoption brought, for a scan of the
// official packages, and returns the file's name. Sums are those of before.
func (s *Stage) Unmodified(state *journal.State) (string, error) {
	data, err := s.Was(gomod.Name)
	if err != nil {
		return "", err
	}
	sums, err := s.Was(goSum)
	if err != nil {
		return "", err
	}
	if data, err = mods.Take(data, s.Layout.Folder); err != nil {
		return "", err
	}
	if before := state.Before[goSum]; before != nil {
		sums = mods.MergeSums(sums, before.Data)
	}
	dir := filepath.Dir(s.Dir)
	if err := os.WriteFile(filepath.Join(dir, "scan.sum"), sums, 0o600); err != nil {
		return "", err
	}
	return filepath.Join(dir, "scan.mod"), os.WriteFile(filepath.Join(dir, "scan.mod"), data, 0o600)
}

// Adjust takes over the go.mod and go.sum that were proven.
func (s *Stage) Adjust() error {
	dir := filepath.Dir(s.Dir)
	data, err := os.ReadFile(filepath.Join(dir, proofMod))
	if err != nil {
		return err
	}
	if data, err = mods.Relocate(data, filepath.ToSlash(s.Dir)); err != nil {
		return err
	}
	sums, err := os.ReadFile(filepath.Join(dir, proofSum))
	if err != nil {
		return err
	}
	s.files[gomod.Name] = data
	if was, err := s.Was(goSum); err != nil || was != nil || len(sums) > 0 {
		s.files[goSum] = sums
	}
	return nil
}

// Changes are what has to be done to the program's files: what is new first, go.sum and
// go.mod last, so that the program builds at each point. State is what is known of earlier
// runs.
func (s *Stage) Changes(state *journal.State) ([]journal.Change, error) {
	if err := s.checkFiles(); err != nil {
		return nil, err
	}
	var changes []journal.Change
	for name, data := range s.files {
		if was := s.was[name]; was == nil || string(was) != string(data) {
			changes = append(changes, journal.Change{Path: name, Data: data, Was: was})
		}
	}
	gone, err := Generated(s.Root, s.Layout.Folder, state)
	if err != nil {
		return nil, err
	}
	for _, name := range gone {
		if _, stays := s.files[name]; stays {
			continue
		}
		was, err := s.Was(name)
		if err != nil {
			return nil, err
		}
		if was != nil {
			changes = append(changes, journal.Change{Path: name, Was: was})
		}
	}
	slices.SortFunc(changes, func(a, b journal.Change) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Path, b.Path))
	})
	return changes, nil
}

// rank orders changes by kind.
func rank(c journal.Change) int {
	switch {
	case c.Path == gomod.Name:
		return 3
	case c.Path == goSum:
		return 2
	case c.Data == nil:
		return 4 // when go.mod no longer leads there
	default:
		return 1
	}
}

// Base is what go.mod and go.sum would be without adoption, where somebody has changed
// them since the last run.
func (s *Stage) Base(state *journal.State) (map[string][]byte, error) {
	base := map[string][]byte{}
	if state == nil || state.After[gomod.Name] == "" {
		return base, nil
	}
	now, err := s.Was(gomod.Name)
	if err != nil || input.Sum(now) == state.After[gomod.Name] {
		return base, err
	}
	if base[gomod.Name], err = mods.Take(now, s.Layout.Folder); err != nil {
		return nil, err
	}
	sums, err := s.Was(goSum)
	if before := state.Before[goSum]; before != nil && err == nil {
		base[goSum] = mods.MergeSums(sums, before.Data)
	}
	return base, err
}

// Generated are the files in the folder of adoption that came from a run of it, or that
// Lathe generated there since.
func Generated(root, folder string, state *journal.State) ([]string, error) {
	var names []string
	err := eachFile(root, folder, func(file string, data []byte) error {
		if isKnown := state != nil && state.After[file] != ""; isKnown || IsOurs(file, data) {
			names = append(names, file)
		}
		return nil
	})
	return names, err
}

// IsOurs reports whether Lathe wrote a file, whatever run it was.
func IsOurs(name string, data []byte) bool {
	return emit.Generated(data) || path.Base(name) == emit.ManifestName
}

// Merge returns what a file is to become that was changed after adoption, when that is
// undone.
func (l Layout) Merge(file string, now, before []byte) ([]byte, bool) {
	switch file {
	case gomod.Name:
		data, err := mods.Take(now, l.Folder)
		return data, err == nil
	case goSum:
		return mods.MergeSums(now, before), true
	default:
		return nil, false
	}
}

// checkFiles reports what stands in the way of the files of the stage.
func (s *Stage) checkFiles() error {
	var problems spec.Problems
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		data := s.files[name]
		isIn := len(name) > len(s.Layout.Folder) && name[:len(s.Layout.Folder)+1] == s.Layout.Folder+"/"
		if was := s.was[name]; isIn && was != nil && IsOurs(name, data) && !IsOurs(name, was) {
			problems.Add(spec.Pos{File: filepath.Join(s.Root, name)}, "move it, or name another folder with --dir",
				"a file that Lathe did not generate is in the way")
		}
	}
	return problems.Err()
}
