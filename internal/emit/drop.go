package emit

import (
	"path"

	"example.com/lathe/internal/input"
)

// dropFolder plans the removal of everything in an output folder that is no longer
// wanted. What was edited is kept, and what is not ours is none of our business: that
// the folder is ours to remove only its own manifest proves, because a record can be
// made to name any folder.
func (p *plan) dropFolder(s *survey, f *folder) {
	was := s.file(f.manifestPath(), isManifest)
	if !p.owns(f, was.data) {
		if !s.folder(f.dir).absent() {
			p.changes = append(p.changes, Change{Root: p.tree.root, Path: f.dir, Action: Kept})
		}
		return
	}
	old := parseManifest(was.data)
	for _, rel := range old.paths() {
		p.dropFile(s, f, path.Join(f.dir, rel), old[rel])
	}
	p.remove(f.manifestPath(), was, false)
	p.walkLeftovers(s, f.dir)
	p.mayBeEmpty(s, f.dir, f.dir)
}

// dropFile plans the removal of one file, which is as it was written when it has
// the sum that the manifest lists.
func (p *plan) dropFile(s *survey, f *folder, name, listed string) {
	was := s.file(name, Generated)
	switch {
	case p.tree.files[name] != nil, was.blocked(), was.absent(), p.isOthers(s, f, name):
	case listed != input.Sum(was.data):
		p.changes = append(p.changes, Change{
			Root: p.tree.root, Path: name, Action: Kept, Edited: true, Old: was.data, New: was.data,
		})
	default:
		p.remove(name, was, false)
		p.mayBeEmpty(s, path.Dir(name), f.dir)
	}
}

// isOthers reports whether a file below an output folder lies in one of another run:
// then a manifest lists it that has no right to.
func (p *plan) isOthers(s *survey, f *folder, name string) bool {
	for dir := path.Dir(name); dir != f.dir && dir != "."; dir = path.Dir(dir) {
		isOurs := p.tree.folders[dir] != nil || p.tree.dropped[dir] != nil
		if !isOurs && !s.file(path.Join(dir, ManifestName), isManifest).absent() {
			return true
		}
	}
	return false
}

// remove plans the removal of a file of ours.
func (p *plan) remove(name string, was place, edited bool) {
	p.stale = append(p.stale, name)
	p.changes = append(p.changes, Change{Root: p.tree.root, Path: name, Action: Removed, Edited: edited, Old: was.data})
}

// mayBeEmpty notes a folder and those above it up to last as perhaps empty when
// all is done.
func (p *plan) mayBeEmpty(s *survey, dir, last string) {
	for ; p.tree.folders[dir] == nil && dir != "."; dir = path.Dir(dir) {
		if at := s.folder(dir); !at.blocked() && !at.absent() {
			p.dropped[dir] = true
		}
		if dir == last {
			return
		}
	}
}
