package lock

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"example.com/lathe/internal/input"
	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// fix is the hint of all problems but one.
const fix = "gen generate writes it again"

// ErrNewer says that a lock was written by a newer program. Replacing it would
// lose what only that program knows.
var ErrNewer = errors.New("the lock was written by a newer Lathe")

// newerError is the problem of such a lock.
type newerError struct{ problems spec.Problems }

func (e newerError) Error() string   { return e.problems.Error() }
func (e newerError) Unwrap() error   { return e.problems }
func (newerError) Is(err error) bool { return errors.Is(err, ErrNewer) }

// maxLock bounds a lock. It holds a compressed model a package.
const maxLock = 64 << 20

// Read reads the lock of that name. It returns nil for a file that is not there,
// and beside the lock its content. The error is a [spec.Problems] with places when
// the lock is damaged or of another format, and otherwise that of reading.
func Read(name string) (*File, []byte, error) {
	data, err := input.ReadFile(name, maxLock)
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
	d := newDecoder()
	if line := conflict(data); line > 0 {
		at := spec.Pos{File: name, Line: line, Column: 1}
		d.Problems.Add(at, fix, "the mark of a merge conflict")
		return nil, d.Problems
	}
	root, problems := tree.Parse(name, data)
	for _, p := range problems {
		d.Problems.Add(p.Pos, fix, "the lock is damaged: %s", p.Message)
	}
	if len(problems) > 0 {
		return nil, d.Problems.Err()
	}
	if n := root.Get("format"); n.Kind() == tree.Number && n.Text() != strconv.Itoa(format) {
		d.Problems.Add(n.Pos(), "use the newer Lathe, or remove the file",
			"the lock has format %s, this program reads format %d", n.Text(), format)
		return nil, newerError{d.Problems}
	}
	file := d.file(root)
	if err := d.Problems.Err(); err != nil {
		return nil, err
	}
	return file, nil
}

// conflict returns the line of the first mark of a merge conflict, or 0.
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

// mark returns the mark of a merge conflict that a line is, or "".
func mark(line []byte) string {
	for _, m := range [...]string{"<<<<<<<", "|||||||", "=======", ">>>>>>>"} {
		if bytes.HasPrefix(line, []byte(m)) {
			return m
		}
	}
	return ""
}

// Sides returns what can be read of both sides of a merge conflict, so that nothing
// that either has written is forgotten. It returns nothing for a lock that is
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

// take returns the content with the part of each conflict that follows the mark.
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

// decoder reads a lock that is JSON, and collects the problems.
type decoder struct{ tree.Reader }

func newDecoder() *decoder {
	return &decoder{tree.Reader{Mismatch: func(v tree.Value, want tree.Kind) (hint, message string) {
		return fix, fmt.Sprintf("the lock is damaged: want %s, got %s", want, v.Kind())
	}}}
}

// member is a key of an object, and what reads its value.
type member struct {
	name     string
	optional bool
	kind     tree.Kind
	read     func(tree.Value)
}

// object hands the members of an object to their readers.
func (d *decoder) object(v tree.Value, members ...member) {
	if !d.Expect(v, tree.Object) {
		return
	}
	for m := range v.All() {
		if !slices.ContainsFunc(members, func(known member) bool { return known.name == m.Name() }) {
			d.Problems.Add(m.NamePos(), fix, "the lock is damaged: unknown key %q", m.Name())
		}
	}
	for _, known := range members {
		switch m := v.Get(known.name); {
		case !m.Exists() && !known.optional:
			d.Problems.Add(v.Pos(), fix, "the lock is damaged: key %q is missing", known.name)
		case m.Exists() && d.Expect(m, known.kind):
			known.read(m)
		}
	}
}

func (d *decoder) file(root tree.Value) *File {
	f := &File{Packages: map[string]Package{}}
	d.object(root,
		member{"lathe", false, tree.String, func(tree.Value) {}},
		member{"format", false, tree.Number, func(tree.Value) {}},
		member{"packages", false, tree.Object, func(v tree.Value) {
			for m := range v.All() {
				f.Packages[strings.Clone(m.Name())] = d.pkg(m)
			}
		}},
		member{"runtime", true, tree.Object, func(v tree.Value) {
			f.Runtime = &Runtime{}
			d.object(v, d.text("folder", &f.Runtime.Folder), d.hashes("files", &f.Runtime.Files))
		}},
		d.optional(d.hashes("models", &f.Models)),
	)
	return f
}

func (d *decoder) pkg(v tree.Value) Package {
	var p Package
	d.object(v,
		d.text("spec", &p.Spec), d.hashes("sources", &p.Sources), d.text("model", &p.Model), d.hashes("files", &p.Files),
		d.optional(member{"lean", false, tree.Bool, func(v tree.Value) { p.Lean = v.IsTrue() }}),
		d.optional(d.text("module", &p.Module)),
		member{"presign", true, tree.Array, func(v tree.Value) {
			for e := range v.All() {
				if d.Expect(e, tree.String) {
					p.Presign = append(p.Presign, strings.Clone(e.Text()))
				}
			}
		}},
		member{"approvals", true, tree.Array, func(v tree.Value) {
			for e := range v.All() {
				var a Approval
				d.object(e, d.text("rule", &a.Rule), d.text("place", &a.Place), d.text("reason", &a.Reason),
					d.text("expires", &a.Expires), d.optional(d.text("fingerprint", &a.Fingerprint)))
				p.Approvals = append(p.Approvals, a)
			}
		}},
		member{"snapshot", false, tree.String, func(v tree.Value) {
			var err error
			if p.Snapshot, err = base64.StdEncoding.Strict().DecodeString(v.Text()); err != nil {
				d.Problems.Add(v.Pos(), fix, "the lock is damaged: %v", err)
			}
		}},
	)
	return p
}

func (d *decoder) text(name string, target *string) member {
	return member{name, false, tree.String, func(v tree.Value) { *target = strings.Clone(v.Text()) }}
}

func (d *decoder) optional(m member) member {
	m.optional = true
	return m
}

func (d *decoder) hashes(name string, target *map[string]string) member {
	return member{name, false, tree.Object, func(v tree.Value) {
		*target = map[string]string{}
		for m := range v.All() {
			if d.Expect(m, tree.String) {
				(*target)[strings.Clone(m.Name())] = strings.Clone(m.Text())
			}
		}
	}}
}
