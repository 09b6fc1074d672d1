package emit

import (
	"path"
	"slices"
)

// dropFolder plans the removal of everything in an output folder that is no longer
// wanted. What was edited is kept, and what is not ours is none of our business.
func (p *plan) dropFolder(s *survey, f *folder) {
	was, old := p.oldManifest(s, f)
	for _, rel := range f.listed.union(old).paths() {
		p.dropFile(s, f, path.Join(f.dir, rel), old[rel], f.listed[rel])
	}
	if !was.blocked() && !was.absent() {
		p.remove(f.manifestPath(), was, false)
	}
	p.walkLeftovers(s, f.dir)
	p.mayBeEmpty(s, f.dir, f.dir)
}

// dropFile plans the removal of one file, which is as it was written when it has
// one of the sums.
func (p *plan) dropFile(s *survey, f *folder, name string, sums ...string) {
	was := s.file(name, Generated)
	switch {
	case p.tree.files[name] != nil, was.blocked(), was.absent():
	case !slices.Contains(sums, sum(was.data)):
		p.changes = append(p.changes, Change{Root: p.tree.root, Path: name, Action: Kept, Edited: true, Old: was.data, New: was.data})
	default:
		p.remove(name, was, false)
		p.mayBeEmpty(s, path.Dir(name), f.dir)
	}
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
