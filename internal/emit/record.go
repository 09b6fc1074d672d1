package emit

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/internal/input"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// ErrMoved says that the record is another than the one that the run began with:
// somebody else was faster. Beginning again fixes it.
var ErrMoved = errors.New("another run has come in between, begin again")

// Record is a file that says what a run wrote. It is put in place when everything
// else is, under the same locks.
type Record struct {
	// Path is the record's absolute path; it lies in the root of its set.
	Path string
	Data []byte
	// Was is the content that the run began with, nil when there was no file. When
	// the disk has another by now, the error is [ErrMoved].
	Was []byte
	// Ours reports whether a content on disk may be replaced.
	Ours func([]byte) bool
	// Claims reports whether another record counts an output folder as its own. Both
	// are absolute paths. Such a folder is refused.
	Claims func(record, folder string) bool
}

func recordOf(sets []Set) *Record {
	for _, set := range sets {
		if set.Record != nil {
			return set.Record
		}
	}
	return nil
}

// recordKey begins the line of a manifest that names the record its folder belongs
// to, by a path relative to the folder.
const recordKey = "# Record: "

// records are those that a manifest names; after a merge there may be two.
func records(manifest []byte) []string {
	var all []string
	for line := range bytes.Lines(manifest) {
		if name, ok := strings.CutPrefix(strings.TrimRight(string(line), "\r\n"), recordKey); ok {
			all = append(all, name)
		}
	}
	return all
}

// from returns the record's path relative to a folder, or "" when there is no such
// path or no record.
func (r *Record) from(folder string) string {
	if r == nil {
		return ""
	}
	if rel := paths.Rel(folder, r.Path); !filepath.IsAbs(filepath.FromSlash(rel)) {
		return rel
	}
	return ""
}

// owns reports whether a folder's manifest names the record of the run.
func (p *plan) owns(f *folder, manifest []byte) bool {
	own := p.tree.owner.from(p.tree.name(f.dir))
	return own != "" && slices.Contains(records(manifest), own)
}

// checkOwner refuses a folder that another record counts as its own.
func (p *plan) checkOwner(f *folder, manifest []byte) {
	r := p.tree.owner
	if r == nil || r.Claims == nil {
		return
	}
	dir := paths.Real(p.tree.name(f.dir))
	own := r.from(dir)
	for _, name := range records(manifest) {
		other := filepath.Join(dir, filepath.FromSlash(name))
		if name != own && r.Claims(other, dir) {
			p.problems.Add(spec.Pos{File: p.tree.name(f.dir)},
				"choose another folder, or take it out of that one and run gen there first",
				"the folder belongs to %s", other)
		}
	}
}

// addRecord plans the record that lies in the tree, if any.
func (p *plan) addRecord(s *survey) {
	r := p.tree.record
	if r == nil {
		return
	}
	name := filepath.Base(r.Path)
	was := s.file(name, r.Ours)
	switch {
	case was.blocked():
		p.refuse(was)
	case was.absent() != (r.Was == nil), !bytes.Equal(was.data, input.Unix(r.Was)):
		p.moved = true
	default:
		p.replace(&p.record, was, write{path: name, data: r.Data, durable: true}, false)
	}
	p.listLeftovers(s, ".")
}

// recordSteps put the record in place.
func (s *stage) recordSteps() []func() error {
	if len(s.plan.record) == 0 {
		return nil
	}
	last := s.staged[len(s.plan.first)+len(s.plan.writes)+len(s.plan.last)]
	return []func() error{
		func() error { return s.put(last) },
		func() error { return s.sync(".") },
	}
}
