package main

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe"
	"example.com/lathe/diff"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/lock"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
	"example.com/lathe/spec/snapshot"
)

// state is everything that a run wants on disk, and what it began with.
type state struct {
	*project

	made   []made
	failed []failure
	sets   []emit.Set
	// dropped are the output folders that lathe.yaml no longer lists; those of stay
	// are in other modules than it, and stay, as all do while a package failed.
	dropped, stay []string
	// was is the lock that the run began with, nil when there is none that can be
	// read; damage is why it can't be.
	was    *lock.File
	damage spec.Problems
}

// made is what came of one package.
type made struct {
	*lathe.Result

	pkg config.Package
	// entry is the package's state for the lock.
	entry lock.Package
}

// newState puts together what the packages want.
func newState(p *project, all []made, failed []failure) (*state, error) {
	s := &state{project: p, made: all, failed: failed}
	olds, data, err := s.readLock()
	if err != nil {
		return s, err
	}
	if err := s.shareRuntime(olds); err != nil {
		return nil, err
	}
	for _, m := range all {
		s.sets = append(s.sets, emit.Set{Root: m.ModuleRoot, Dirs: m.Dirs, Files: emitFiles(m.Result)})
		if shared := m.Dirs[1:]; len(failed) > 0 && len(shared) > 0 {
			s.sets = append(s.sets, emit.Set{Root: m.ModuleRoot, Dirs: shared, Keep: true})
		}
	}
	if p.lock == "" {
		return s, nil
	}
	return s, s.addLock(olds, data)
}

// readLock returns the locks that the run begins with, both sides of one with a conflict, and
// what is written there.
func (s *state) readLock() (olds []*lock.File, data []byte, err error) {
	if s.lock == "" {
		return nil, nil, nil
	}
	s.was, data, err = lock.Read(s.lock)
	switch {
	case errors.Is(err, lock.ErrNewer):
		return nil, nil, err
	case errors.As(err, &s.damage):
		return lock.Sides(s.lock, data), data, nil
	}
	return []*lock.File{s.was}, data, err
}

// shareRuntime cuts the runtime to what the clients reach that share it: those that were
// made, and while one could not be made, all that stay where they are.
func (s *state) shareRuntime(olds []*lock.File) error {
	var stay [][]byte
	for _, dir := range s.staying(olds) {
		files, err := goFilesBelow(dir)
		if err != nil {
			return err
		}
		stay = append(stay, files...)
	}
	results := make([]*lathe.Result, len(s.made))
	for i, m := range s.made {
		results[i] = m.Result
	}
	return lathe.ShareRuntime(results, stay)
}

// staying are the folders of clients that stay as they are because one could not be made: its
// own, and those that lathe.yaml no longer lists.
func (s *state) staying(olds []*lock.File) (dirs []string) {
	if len(s.failed) == 0 {
		return nil
	}
	for _, f := range s.failed {
		dirs = append(dirs, f.out)
	}
	for _, old := range olds {
		if old == nil {
			continue
		}
		for _, out := range slices.Sorted(maps.Keys(old.Packages)) {
			dir := lock.Join(filepath.Dir(s.lock), out)
			if !slices.ContainsFunc(s.made, func(m made) bool { return paths.Same(m.pkg.Out, dir) }) {
				dirs = append(dirs, dir)
			}
		}
	}
	return dirs
}

// goFilesBelow are the texts of the files of Go in a folder that need not exist.
func goFilesBelow(dir string) (all [][]byte, err error) {
	if !isFolder(dir) {
		return nil, nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }() // it was only read
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || path.Ext(name) != ".go" {
			return err
		}
		data, err := fs.ReadFile(root.FS(), name)
		all = append(all, data)
		return err
	})
	return all, err
}

func emitFiles(r *lathe.Result) []emit.File {
	files := make([]emit.File, len(r.Files))
	for i, f := range r.Files {
		files[i] = emit.File(f)
	}
	return files
}

// addLock adds the lock as the record of the run, and what it lists and nothing
// wants any more.
func (s *state) addLock(olds []*lock.File, data []byte) error {
	if len(s.failed) > 0 {
		if err := s.movesRuntime(olds); err != nil {
			return err
		}
	}
	now := s.newLock(olds)
	text, err := now.Encode()
	if err != nil {
		return err
	}
	s.drop(olds, now)
	s.sets = append(s.sets, emit.Set{Root: filepath.Dir(s.lock), Record: &emit.Record{
		Path: s.lock, Data: text, Was: data, Ours: lock.Ours, Claims: lock.Claims,
	}})
	return nil
}

// newLock is the lock of what was made. When something could not be made it keeps what
// the older locks have of all else.
func (s *state) newLock(olds []*lock.File) *lock.File {
	file := &lock.File{Packages: map[string]lock.Package{}}
	if s.was != nil {
		file.Models = s.was.Models
	}
	if len(s.failed) > 0 {
		s.keepOld(file, olds)
	}
	for _, m := range s.made {
		out := s.inLock(m.pkg.Out)
		entry := m.entry
		entry.Approvals = approvals(m.pkg.Approvals)
		if s.was != nil {
			entry.Settle(s.was.Packages[out])
		}
		byDir := filesByFolder(m.Result)
		entry.Files = byDir[m.Dirs[0]]
		file.Packages[out] = entry
		for _, runtime := range m.Dirs[1:] {
			file.AddRuntime(s.inLock(filepath.Join(m.ModuleRoot, filepath.FromSlash(runtime))), byDir[runtime])
		}
	}
	return file
}

// keepOld takes over what older locks have of packages that were not made, and of the
// runtime that they may share with others: while one can't be made, nothing is dropped,
// for a folder that lathe.yaml no longer lists may be that one's old place.
func (s *state) keepOld(file *lock.File, olds []*lock.File) {
	for _, old := range olds {
		if old == nil {
			continue
		}
		for _, out := range slices.Sorted(maps.Keys(old.Packages)) {
			dir := lock.Join(filepath.Dir(s.lock), out)
			isSame := func(other string) bool { return paths.Same(other, dir) }
			if !slices.ContainsFunc(s.made, func(m made) bool { return isSame(m.pkg.Out) }) {
				file.Packages[out] = old.Packages[out]
			}
			isListed := slices.ContainsFunc(s.packages, func(p config.Package) bool { return isSame(p.Out) })
			if out != "" && !isListed && isFolder(dir) && !slices.ContainsFunc(s.stay, isSame) {
				s.stay = append(s.stay, dir)
			}
		}
		if old.Runtime != nil {
			file.AddRuntime(old.Runtime.Folder, old.Runtime.Files)
		}
	}
}

// movesRuntime is the problem with a runtime that would move away from packages that
// can't be made and stay as they were; nil for none.
func (s *state) movesRuntime(olds []*lock.File) error {
	shared := ""
	if runtime := s.packages[0].Runtime; runtime != "" {
		shared = s.inLock(runtime)
	}
	for _, old := range olds {
		if old == nil || old.Runtime == nil || old.Runtime.Folder == shared {
			continue
		}
		var problems spec.Problems
		for _, f := range s.failed {
			problems = append(problems, f.problems...)
		}
		problems.Add(spec.Pos{File: paths.Show(lock.Join(filepath.Dir(s.lock), old.Runtime.Folder))},
			"fix the packages, or put runtime back for this run", "the runtime can't move while a package can't be generated")
		return problems.Err()
	}
	return nil
}

// drop adds a set for each folder that older locks list and the new one does not, as
// far as it lies in the module of lathe.yaml. A lock that was tampered with may list
// any folder.
func (s *state) drop(olds []*lock.File, now *lock.File) {
	home, err := gomod.Find(filepath.Dir(s.lock))
	if err != nil {
		return // without a module nothing in it can be ours
	}
	var wanted []string
	for folder := range now.Folders() {
		wanted = append(wanted, lock.Join(filepath.Dir(s.lock), folder))
	}
	for _, old := range olds {
		for _, folder := range slices.Sorted(maps.Keys(old.Folders())) {
			dir := lock.Join(filepath.Dir(s.lock), folder)
			isSame := func(other string) bool { return paths.Same(other, dir) }
			if folder == "" || slices.ContainsFunc(slices.Concat(wanted, s.dropped, s.stay), isSame) {
				continue
			}
			s.dropFolder(home, dir)
		}
	}
}

func (s *state) dropFolder(home gomod.Module, dir string) {
	mod, err := gomod.Find(dir)
	rel, below := paths.Below(home.Root, dir)
	switch {
	case err == nil && below && paths.Same(mod.Root, home.Root):
		s.dropped = append(s.dropped, dir)
		s.sets = append(s.sets, emit.Set{Root: home.Root, Dirs: []string{rel}, Drop: true})
	case isFolder(dir):
		s.stay = append(s.stay, dir)
	}
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// isFile reports whether a name is that of a file, or of a link to one.
func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// filesByFolder returns the hashes of the files in each output folder, by paths
// relative to it.
func filesByFolder(r *lathe.Result) map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, dir := range r.Dirs {
		all[dir] = map[string]string{}
	}
	for _, f := range r.Files {
		dir, rel := folderOf(r.Dirs, f.Path)
		all[dir][rel] = input.Sum(f.Data)
	}
	return all
}

// folderOf returns the deepest folder that a path lies in, and the rest of the path.
func folderOf(dirs []string, name string) (dir, rel string) {
	for _, d := range dirs {
		rest, inside := strings.CutPrefix(name, d+"/")
		if d == "." {
			rest, inside = name, true
		}
		if inside && (rel == "" || len(rest) < len(rel)) {
			dir, rel = d, rest
		}
	}
	return dir, rel
}

// entryOf returns a package's state for the lock, but for its files and approvals.
func (p *project) entryOf(cfg lathe.Config, r *lathe.Result) (lock.Package, error) {
	if p.lock == "" {
		return lock.Package{}, nil
	}
	inLock := func(name string) string {
		if name == "" {
			return ""
		}
		return p.inLock(name)
	}
	model, err := snapshot.Hash(r.Model)
	if err != nil {
		return lock.Package{}, err
	}
	data, err := snapshot.Encode(r.Model, inLock)
	if err != nil {
		return lock.Package{}, err
	}
	entry := lock.Package{
		Spec: inLock(cfg.Spec), Sources: map[string]string{}, Model: model, Snapshot: data,
		Lean: cfg.Lean, Presign: cfg.Presign, Module: cfg.Module,
	}
	for _, source := range r.Sources {
		entry.Sources[inLock(source.File)] = source.SHA256
	}
	return entry, nil
}

func approvals(all []diff.Approval) []lock.Approval {
	var list []lock.Approval
	for _, a := range all {
		list = append(list, lock.Approval{
			Rule: a.Rule, Place: a.Place, Fingerprint: a.Fingerprint, Reason: a.Reason, Expires: lock.Date(a.Expires),
		})
	}
	return list
}
