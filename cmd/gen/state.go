package main

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/lock"
	"example.com/lathe/spec"
	"example.com/lathe/spec/snapshot"
)

// state is everything that a run wants on disk, and what it began with.
type state struct {
	*project

	made []made
	sets []emit.Set
	// dropped are the output folders that lathe.yaml no longer lists.
	dropped []string
	// was is the lock that the run began with, nil when there is none that can be
	// read; damage says why it can't be.
	was    *lock.File
	damage spec.Problems
}

// made is what came of one package.
type made struct {
	*lathe.Result

	// entry is the package's state for the lock.
	entry lock.Package
	// skipped says that the package is known to be up to date and was not
	// generated: Model is nil.
	skipped bool
}

// newState puts together what the packages want.
func newState(p *project, all []made) (*state, error) {
	s := &state{project: p, made: all}
	for _, m := range all {
		s.sets = append(s.sets, emit.Set{Root: m.ModuleRoot, Dirs: m.Dirs, Files: m.Files})
	}
	if p.lock == "" {
		return s, nil
	}
	return s, s.addLock()
}

// addLock adds the lock as the record of the run, and what it lists and nothing
// wants any more.
func (s *state) addLock() error {
	was, data, err := lock.Read(s.lock)
	olds := []*lock.File{was}
	switch {
	case errors.Is(err, lock.ErrNewer):
		return err
	case errors.As(err, &s.damage):
		olds = lock.Sides(s.lock, data)
	case err != nil:
		return err
	}
	s.was = was
	now := s.newLock()
	text, err := now.Encode()
	if err != nil {
		return err
	}
	for _, old := range olds {
		s.drop(old, now)
	}
	s.sets = append(s.sets, emit.Set{Root: filepath.Dir(s.lock), Record: &emit.Record{
		Path: s.lock, Data: text, Was: data, Ours: lock.Ours, Claims: lock.Claims,
	}})
	return nil
}

// newLock is the lock of what was made.
func (s *state) newLock() *lock.File {
	dir := filepath.Dir(s.lock)
	file := &lock.File{Packages: map[string]lock.Package{}}
	for i, m := range s.made {
		out := lock.Rel(dir, s.packages[i].Out)
		entry := m.entry
		entry.Approvals = approvals(s.packages[i].Approvals)
		if s.was != nil {
			entry.Settle(s.was.Packages[out])
		}
		byDir := filesByFolder(m.Result)
		entry.Files = byDir[m.Dirs[0]]
		file.Packages[out] = entry
		for _, runtime := range m.Dirs[1:] {
			file.AddRuntime(lock.Rel(dir, filepath.Join(m.ModuleRoot, filepath.FromSlash(runtime))), byDir[runtime])
		}
	}
	return file
}

// drop adds a set for each folder that an older lock lists and the new one does
// not.
func (s *state) drop(old, now *lock.File) {
	wanted, listed := now.Folders(), old.Folders()
	for _, folder := range sortedKeys(listed) {
		dir := lock.Join(filepath.Dir(s.lock), folder)
		if _, ok := wanted[folder]; ok || slices.Contains(s.dropped, dir) {
			continue
		}
		root, _, err := emit.Module(dir)
		if err != nil {
			continue // and so nothing can be ours there
		}
		s.dropped = append(s.dropped, dir)
		s.sets = append(s.sets, emit.Set{Root: root, Dirs: []string{lock.Rel(root, dir)}, Drop: true, Listed: listed[folder]})
	}
}

// filesByFolder gives the hashes of the files in each output folder, by paths
// relative to it.
func filesByFolder(r *lathe.Result) map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, dir := range r.Dirs {
		all[dir] = map[string]string{}
	}
	for _, f := range r.Files {
		dir, rel := folderOf(r.Dirs, f.Path)
		all[dir][rel] = sum(f.Data)
	}
	return all
}

// folderOf gives the deepest folder that a path lies in, and the rest of the path.
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

// entryOf gives a package's state for the lock, but for its files and approvals.
func (p *project) entryOf(cfg lathe.Config, r *lathe.Result) (lock.Package, error) {
	if p.lock == "" {
		return lock.Package{}, nil
	}
	dir := filepath.Dir(p.lock)
	inLock := func(name string) string {
		if name == "" {
			return ""
		}
		return lock.Rel(dir, name)
	}
	model, err := snapshot.Hash(r.Model)
	if err != nil {
		return lock.Package{}, err
	}
	data, err := snapshot.Encode(r.Model, inLock)
	if err != nil {
		return lock.Package{}, err
	}
	entry := lock.Package{Spec: inLock(cfg.Spec), Sources: map[string]string{}, Model: model, Snapshot: data}
	for _, source := range r.Sources {
		entry.Sources[inLock(source.File)] = source.SHA256
	}
	return entry, nil
}

func approvals(all []config.Approval) []lock.Approval {
	var list []lock.Approval
	for _, a := range all {
		list = append(list, lock.Approval{Rule: a.Rule, Place: a.Place, Fingerprint: a.Fingerprint, Reason: a.Reason, Expires: lock.Date(a.Expires)})
	}
	return list
}
