package adopt

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/internal/adopt/journal"
	"example.com/lathe/internal/adopt/mods"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/spec"
)

// stage is a folder outside of the program in which everything is made, and proven, before
// anything of the program changes. Names of files are slash-separated and relative to the
// root of the program's module.
type stage struct {
	// root is the root of the program's module, dir the folder that stands for it.
	root, dir string
	layout    Layout
	// files are those that the program gets, before what it had of them, and of others, when
	// the run first looked.
	files, before map[string][]byte
}

// The go.mod with which a program is proven, beside the stage of its files.
const (
	proofMod = "proof.mod"
	proofSum = "proof.sum"
)

const goSum = "go.sum"

func newStage(root string, l Layout) (*stage, error) {
	dir, err := os.MkdirTemp("", "lathe-adopt-*")
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return nil, err
	}
	s := &stage{root: root, dir: filepath.Join(dir, "module"), layout: l, files: map[string][]byte{},
		before: map[string][]byte{}}
	data, err := os.ReadFile(filepath.Join(root, gomod.Name))
	if err == nil {
		err = s.write(gomod.Name, data)
	}
	if err != nil {
		return nil, errors.Join(err, s.remove())
	}
	return s, nil
}

// remove removes the folder.
func (s *stage) remove() error { return os.RemoveAll(filepath.Dir(s.dir)) }

// beside is the name of a file that is no part of the program, such as the go.mod of a scan.
func (s *stage) beside(name string) string { return filepath.Join(filepath.Dir(s.dir), name) }

// placed returns an error that names the program's files in the place of the stage's, which are
// gone when somebody looks.
func (s *stage) placed(err error) error {
	problems, ok := errors.AsType[spec.Problems](err)
	if !ok {
		return err
	}
	problems = slices.Clone(problems)
	for i, p := range problems {
		if rel, isStaged := strings.CutPrefix(p.Pos.File, s.dir+string(filepath.Separator)); isStaged {
			problems[i].Pos.File = filepath.Join(s.root, rel)
		}
	}
	return problems
}

// was returns what a file of the program was when the run first looked, nil for none.
func (s *stage) was(name string) ([]byte, error) {
	if data, ok := s.before[name]; ok {
		return data, nil
	}
	data, err := os.ReadFile(filepath.Join(s.root, filepath.FromSlash(name)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	s.before[name] = data
	return data, nil
}

// put stages a file of the program.
func (s *stage) put(name string, data []byte) error {
	if _, err := s.was(name); err != nil {
		return err
	}
	s.files[name] = data
	return s.write(name, data)
}

// write writes a file that the program does not get as it is.
func (s *stage) write(name string, data []byte) error {
	file := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { //nolint:gosec // as any folder of a project
		return err
	}
	return os.WriteFile(file, data, 0o644) //nolint:gosec // as any file of a project
}

// collect takes over what was generated in the stage, in these folders and files.
func (s *stage) collect(names ...string) error {
	for _, name := range names {
		err := eachFile(s.dir, name, func(file string, data []byte) error {
			s.files[file] = data
			_, err := s.was(file)
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

// proof writes the go.mod with which the program is to be built: folders of the stage
// stand in for the clients. It returns the file's name.
func (s *stage) proof(clients []*Client, runtime string, floor []gomod.Version) (string, error) {
	data, err := s.was(gomod.Name)
	if err != nil {
		return "", err
	}
	r := mods.Replacement{Ours: s.layout.Folder, Floor: floor}
	for _, c := range clients {
		r.Swaps = append(r.Swaps, mods.Swap{Path: c.Path, Folder: s.folder(s.layout.client(c.Package()))})
	}
	if len(clients) > 0 {
		r.Alone = []mods.Swap{{Path: runtime, Folder: s.folder(s.layout.Runtime)}}
	}
	if data, err = mods.Put(data, r); err != nil {
		return "", err
	}
	sums, err := s.was(goSum)
	if err != nil {
		return "", err
	}
	return s.beside(proofMod), errors.Join(
		os.WriteFile(s.beside(proofSum), sums, 0o600), os.WriteFile(s.beside(proofMod), data, 0o600))
}

// folder is a folder of the stage as go.mod names it.
func (s *stage) folder(name string) string {
	return filepath.ToSlash(filepath.Join(s.dir, filepath.FromSlash(name)))
}

// originalMod writes the program's go.mod without what adoption brought, but with the peers that
// it raises, and with the sums of before, for a scan of the official packages. It returns the
// file's name.
func (s *stage) originalMod(state *journal.State) (string, error) {
	data, err := s.was(gomod.Name)
	if err != nil {
		return "", err
	}
	if data, err = mods.Take(data, s.layout.Folder); err != nil {
		return "", err
	}
	if data, err = mods.Raise(data, Peers); err != nil {
		return "", err
	}
	sums, err := s.was(goSum)
	if err != nil {
		return "", err
	}
	if state != nil && state.Before[goSum] != nil {
		sums = mods.MergeSums(sums, state.Before[goSum].Data)
	}
	const name, sumName = "scan.mod", "scan.sum"
	return s.beside(name), errors.Join(
		os.WriteFile(s.beside(sumName), sums, 0o600), os.WriteFile(s.beside(name), data, 0o600))
}

// adoptProof takes over the go.mod and go.sum with which the program was proven.
func (s *stage) adoptProof() error {
	data, err := os.ReadFile(s.beside(proofMod))
	if err != nil {
		return err
	}
	if data, err = mods.Relocate(data, filepath.ToSlash(s.dir)); err != nil {
		return err
	}
	sums, err := os.ReadFile(s.beside(proofSum))
	if err != nil {
		return err
	}
	s.files[gomod.Name] = data
	if was, err := s.was(goSum); err != nil || was != nil || len(sums) > 0 {
		s.files[goSum] = sums
	}
	return nil
}
