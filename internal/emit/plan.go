package emit

import (
	"bytes"
	"cmp"
	"io/fs"
	"maps"
	"path"
	"slices"

	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/spec"
)

// Action is what becomes of a file.
type Action string

// The actions.
const (
	Created   Action = "created"
	Updated   Action = "updated"
	Unchanged Action = "unchanged"
	Removed   Action = "removed"
	// Kept is a file of a folder that is no longer wanted, which stays because it
	// was edited.
	Kept Action = "kept"
	// InTheWay is what stands at a path, or above it, that Lathe did not write. Only
	// [Check] has it; [Write] refuses it.
	InTheWay Action = "in the way"
)

// Change is one file of a run, the unchanged ones included.
type Change struct {
	// Root is the module's folder as the set gave it, Path the file's
	// slash-separated path below it.
	Root, Path string
	Action     Action
	// Edited says that the file on disk is not what Lathe wrote there last.
	Edited bool
	// Old is nil for a created file, New for a removed one.
	Old, New []byte
	// Why is what is in the way, in words.
	Why string
}

// plan is what has to be done in one module.
type plan struct {
	tree    *tree
	disk    disk
	changes []Change
	// writes are the generated files to put in place.
	writes []write
	// first are the manifests to write before any file: they list what was there
	// and what will be, so that no moment leaves a file unlisted. last are those
	// to write when all else is done.
	first, last []write
	// record is the record to put in place after everything else, if any; moved
	// says that it is another than the run began with.
	record []write
	moved  bool
	// stale are files of ours to remove; leftovers are staged files of a run that
	// was killed.
	stale, leftovers []string
	// dropped are the folders that may be empty when all is done because files of
	// ours were in them.
	dropped  map[string]bool
	problems spec.Problems
	// inTheWay are the problems that [InTheWay] changes stand for.
	inTheWay spec.Problems
}

// write is one file to put in place.
type write struct {
	path string
	data []byte
	perm fs.FileMode // of the file that is replaced; zero for a new one
	// durable is a file that a power cut must not damage: a manifest or the record,
	// by which damage to the others is known and fixed, and a go.mod, without which the
	// module that the others belong to is not known.
	durable bool
}

// newPlan compares a tree with the disk.
func newPlan(t *tree, d disk) *plan {
	p := &plan{tree: t, disk: d, dropped: map[string]bool{}}
	s := &survey{tree: t, disk: d, folders: map[string]place{}}
	for _, dir := range slices.Sorted(maps.Keys(t.folders)) {
		p.addFolder(s, t.folders[dir])
	}
	for _, dir := range slices.Sorted(maps.Keys(t.dropped)) {
		if t.folders[dir] != nil {
			continue // wanted after all
		}
		p.dropFolder(s, t.dropped[dir])
	}
	p.addRecord(s)
	slices.SortFunc(p.changes, func(a, b Change) int { return cmp.Compare(a.Path, b.Path) })
	return p
}

func (p *plan) addFolder(s *survey, f *folder) {
	was, old := p.oldManifest(s, f)
	p.checkOwner(f, was.data)
	for _, file := range f.files {
		p.addFile(s, file, old[f.rel(file.Path)])
	}
	now := f.manifest()
	if f.keep {
		now = now.union(old)
	}
	for _, rel := range old.paths() {
		if _, stays := now[rel]; !stays {
			p.addStale(s, f, path.Join(f.dir, rel), old[rel])
		}
	}
	p.addLeftovers(s, f)
	p.addManifest(f, was, old, now)
}

// refuse notes why a path may not be used. What is in the way of several paths is one
// problem.
func (p *plan) refuse(was place) {
	switch {
	case was.inTheWay == "":
		p.problems = append(p.problems, was.problem)
	case !slices.Contains(p.inTheWay, was.problem):
		p.inTheWay = append(p.inTheWay, was.problem)
		p.changes = append(p.changes,
			Change{Root: p.tree.root, Path: was.inTheWay, Action: InTheWay, Why: was.problem.Message})
	}
}

func (p *plan) oldManifest(s *survey, f *folder) (place, manifest) {
	was := s.file(f.manifestPath(), isManifest)
	if was.blocked() {
		p.refuse(was)
	}
	return was, parseManifest(was.data)
}

// addFile plans one generated file; listed is its sum in the old manifest.
func (p *plan) addFile(s *survey, f *File, listed string) {
	was := s.file(f.Path, generatedOr(listed != ""))
	if was.blocked() {
		p.refuse(was)
		return
	}
	edited := listed != "" && was.data != nil && listed != input.Sum(was.data)
	p.replace(&p.writes, was, write{path: f.Path, data: f.Data, durable: path.Base(f.Path) == gomod.Name}, edited)
}

// generatedOr recognises generated files, and if so asked also what a power cut
// makes of them, since only manifests are written through to the device: files
// that are empty or hold nothing but zeros.
func generatedOr(orBlank bool) func([]byte) bool {
	return func(data []byte) bool {
		return Generated(data) || orBlank && len(bytes.Trim(data, "\x00")) == 0
	}
}

// replace notes what becomes of a path, and the write when there is one.
func (p *plan) replace(writes *[]write, was place, w write, edited bool) (changed bool) {
	c := Change{Root: p.tree.root, Path: w.path, Action: Unchanged, Edited: edited, Old: was.data, New: w.data}
	switch {
	case was.absent():
		c.Action = Created
	case !bytes.Equal(was.data, w.data):
		c.Action = Updated
		w.perm = was.info.Mode().Perm()
	}
	p.changes = append(p.changes, c)
	if c.Action == Unchanged {
		return false
	}
	*writes = append(*writes, w)
	return true
}

// addStale plans the removal of a file that the old manifest lists, when it is
// still ours and nothing of this run takes its place.
func (p *plan) addStale(s *survey, f *folder, name, listed string) {
	if p.tree.files[name] != nil || p.isOthers(s, f, name) {
		return
	}
	p.drop(s, path.Dir(name))
	was := s.file(name, generatedOr(true))
	if was.blocked() || was.absent() {
		return
	}
	p.remove(name, was, listed != input.Sum(was.data))
}

// addManifest plans the manifest. No moment may leave a file of ours unlisted, so
// paths are added before the files are written and dropped after their removal.
func (p *plan) addManifest(f *folder, was place, old, now manifest) {
	if was.blocked() {
		return
	}
	writes := &p.last
	if !old.covers(now) {
		writes = &p.first
	}
	owner := p.tree.owner.from(p.tree.name(f.dir))
	changed := p.replace(writes, was, write{path: f.manifestPath(), data: now.encode(owner), durable: true}, false)
	if !changed || old.covers(now) || now.covers(old) {
		return
	}
	interim := &p.first[len(p.first)-1]
	p.last = append(p.last, *interim)
	interim.data = now.union(old).encode(owner)
}

// drop notes a folder and those above it, up to the output folder, which holds a
// manifest and stays.
func (p *plan) drop(s *survey, dir string) {
	p.mayBeEmpty(s, dir, ".")
}

// addLeftovers looks for staged files in the output folder and below it, as far
// as no other output folder begins. When the module's root is the output folder,
// only folders with generated files are looked at, not the whole module.
func (p *plan) addLeftovers(s *survey, f *folder) {
	if f.dir != "." {
		p.walkLeftovers(s, f.dir)
		return
	}
	dirs := map[string]bool{f.dir: true}
	for _, file := range f.files {
		dirs[path.Dir(file.Path)] = true
	}
	for _, dir := range slices.Sorted(maps.Keys(dirs)) {
		p.listLeftovers(s, dir)
	}
}

func (p *plan) walkLeftovers(s *survey, dir string) {
	for _, sub := range p.listLeftovers(s, dir) {
		if p.tree.folders[sub] == nil {
			p.walkLeftovers(s, sub)
		}
	}
}

// listLeftovers notes the staged files in a folder and returns the folders in it.
func (p *plan) listLeftovers(s *survey, dir string) (folders []string) {
	if at := s.folder(dir); at.blocked() || at.absent() {
		return nil
	}
	entries, err := p.disk.ReadDir(dir)
	if err != nil {
		p.problems.Add(spec.Pos{File: p.tree.name(dir)}, "", "%v", cause(err))
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case e.IsDir():
			folders = append(folders, name)
		case e.Type().IsRegular() && isStaged(e.Name()) && !slices.Contains(p.leftovers, name):
			p.drop(s, dir)
			p.leftovers = append(p.leftovers, name)
			p.changes = append(p.changes, Change{Root: p.tree.root, Path: name, Action: Removed})
		}
	}
	return folders
}

// checkWritable refuses to touch what its owner has made read-only, root's
// powers notwithstanding.
func (p *plan) checkWritable() {
	s := &survey{tree: p.tree, disk: p.disk, folders: map[string]place{}}
	for _, c := range p.changes {
		if c.Action == Unchanged || c.Action == Kept {
			continue
		}
		dir := path.Dir(c.Path)
		for dir != "." && s.folder(dir).absent() {
			dir = path.Dir(dir)
		}
		p.checkMode(dir, "the folder is read-only", s.folder(dir).info)
		if info, err := p.disk.Lstat(c.Path); err == nil {
			p.checkMode(c.Path, "the file is read-only", info)
		}
	}
}

func (p *plan) checkMode(name, message string, info fs.FileInfo) {
	if info != nil && info.Mode().Perm()&0o222 == 0 {
		p.problems.Add(spec.Pos{File: p.tree.name(name)}, p.tree.hint(name, "make it writable"), "%s", message)
	}
}
