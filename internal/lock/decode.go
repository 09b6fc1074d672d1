package lock

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/jsonpos"
)

// mend is the hint of all problems but one.
const mend = "gen generate writes it anew"

// ErrNewer says that a lock was written by a newer program. Replacing it would
// lose what only that program knows.
var ErrNewer = errors.New("the lock was written by a newer Lathe")

// newerError is the problem of such a lock.
type newerError struct{ problems spec.Problems }

func (e newerError) Error() string   { return e.problems.Error() }
func (e newerError) Unwrap() error   { return e.problems }
func (newerError) Is(err error) bool { return errors.Is(err, ErrNewer) }

// Read reads the lock of that name. It gives nil for a file that is not there,
// and beside the lock its content. The error is a [spec.Problems] with places when
// the lock is damaged or of another format, and otherwise that of reading.
func Read(name string) (*File, []byte, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	file, err := Decode(name, data)
	return file, data, err
}

// Decode reads a lock's content. The error is a [spec.Problems], and matches
// [ErrNewer] when the format is not known yet.
func Decode(name string, data []byte) (*File, error) {
	d := &decoder{}
	if line := conflict(data); line > 0 {
		at := spec.Pos{File: name, Line: line, Column: 1}
		d.problems.Add(at, mend, "the mark of a merge conflict")
		return nil, d.problems
	}
	root, problems := jsonpos.Parse(name, data)
	for _, p := range problems {
		d.problems.Add(p.Pos, mend, "the lock is damaged: %s", p.Message)
	}
	if len(problems) > 0 {
		return nil, d.problems.Err()
	}
	if n := root.Get("format"); n.Kind() == jsonpos.Number && n.Text() != "1" {
		d.problems.Add(n.Pos(), "use the newer Lathe, or remove the file", "the lock has format %s, this program reads format %d", n.Text(), format)
		return nil, newerError{d.problems}
	}
	file := d.file(root)
	if err := d.problems.Err(); err != nil {
		return nil, err
	}
	return file, nil
}

// conflict gives the line of the first mark of a merge conflict, or 0.
func conflict(data []byte) int {
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if mark(line) != "" {
			return n
		}
	}
	return 0
}

// mark gives the mark of a merge conflict that a line is, or "".
func mark(line []byte) string {
	for _, m := range [...]string{"<<<<<<<", "|||||||", "=======", ">>>>>>>"} {
		if bytes.HasPrefix(line, []byte(m)) {
			return m
		}
	}
	return ""
}

// Sides gives what can be read of both sides of a merge conflict, so that nothing
// that either has written is forgotten. It gives nothing for a lock that is
// damaged in another way.
func Sides(name string, data []byte) []*File {
	var files []*File
	for _, side := range [...]string{"<<<<<<<", "======="} {
		if file, err := Decode(name, take(data, side)); err == nil {
			files = append(files, file)
		}
	}
	return files
}

// take gives the content with the part of each conflict that follows the mark.
func take(data []byte, side string) []byte {
	var b bytes.Buffer
	in := ""
	for line := range bytes.Lines(data) {
		switch m := mark(line); {
		case m == ">>>>>>>":
			in = ""
		case m != "":
			in = m
		case in == "" || in == side:
			b.Write(line)
		}
	}
	return b.Bytes()
}

// decoder collects the problems of a lock that is JSON.
type decoder struct{ problems spec.Problems }

// member is a key of an object, and what reads its value.
type member struct {
	name     string
	optional bool
	kind     jsonpos.Kind
	read     func(jsonpos.Value)
}

// object hands the members of an object to their readers.
func (d *decoder) object(v jsonpos.Value, members ...member) {
	if !d.is(v, jsonpos.Object) {
		return
	}
	for m := range v.All() {
		if !slices.ContainsFunc(members, func(known member) bool { return known.name == m.Name() }) {
			d.problems.Add(m.NamePos(), mend, "the lock is damaged: unknown key %q", m.Name())
		}
	}
	for _, known := range members {
		switch m := v.Get(known.name); {
		case !m.Exists() && !known.optional:
			d.problems.Add(v.Pos(), mend, "the lock is damaged: key %q is missing", known.name)
		case m.Exists() && d.is(m, known.kind):
			known.read(m)
		}
	}
}

func (d *decoder) is(v jsonpos.Value, kind jsonpos.Kind) bool {
	if v.Kind() != kind {
		d.problems.Add(v.Pos(), mend, "the lock is damaged: want %s, got %s", kind, v.Kind())
		return false
	}
	return true
}

func (d *decoder) file(root jsonpos.Value) *File {
	f := &File{Packages: map[string]Package{}}
	d.object(root,
		member{"lathe", false, jsonpos.String, func(jsonpos.Value) {}},
		member{"format", false, jsonpos.Number, func(jsonpos.Value) {}},
		member{"packages", false, jsonpos.Object, func(v jsonpos.Value) {
			for m := range v.All() {
				f.Packages[strings.Clone(m.Name())] = d.pkg(m)
			}
		}},
		member{"runtime", true, jsonpos.Object, func(v jsonpos.Value) {
			f.Runtime = &Runtime{}
			d.object(v, d.text("folder", &f.Runtime.Folder), d.hashes("files", &f.Runtime.Files))
		}},
	)
	return f
}

func (d *decoder) pkg(v jsonpos.Value) Package {
	var p Package
	d.object(v,
		d.text("spec", &p.Spec), d.hashes("sources", &p.Sources), d.text("model", &p.Model), d.hashes("files", &p.Files),
		member{"approvals", true, jsonpos.Array, func(v jsonpos.Value) {
			for e := range v.All() {
				var a Approval
				d.object(e, d.text("rule", &a.Rule), d.text("place", &a.Place), d.text("reason", &a.Reason), d.text("expires", &a.Expires), d.optional(d.text("fingerprint", &a.Fingerprint)))
				p.Approvals = append(p.Approvals, a)
			}
		}},
		member{"snapshot", false, jsonpos.String, func(v jsonpos.Value) {
			var err error
			if p.Snapshot, err = base64.StdEncoding.Strict().DecodeString(v.Text()); err != nil {
				d.problems.Add(v.Pos(), mend, "the lock is damaged: %v", err)
			}
		}},
	)
	return p
}

func (d *decoder) text(name string, target *string) member {
	return member{name, false, jsonpos.String, func(v jsonpos.Value) { *target = strings.Clone(v.Text()) }}
}

func (d *decoder) optional(m member) member {
	m.optional = true
	return m
}

func (d *decoder) hashes(name string, target *map[string]string) member {
	return member{name, false, jsonpos.Object, func(v jsonpos.Value) {
		*target = map[string]string{}
		for m := range v.All() {
			if d.is(m, jsonpos.String) {
				(*target)[strings.Clone(m.Name())] = strings.Clone(m.Text())
			}
		}
	}}
}
