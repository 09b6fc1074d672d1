// Package journal changes files of a project so that a run that is killed at any point
// leaves what was there, or something that is known for half done and can be taken back.
//
// The file [Name] in the project's root says what every file was before the first run, so
// that all of it can be restored to the byte. While files are being changed it says also
// what they were before this run: whoever finds that first takes the run back.
package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/internal/input"
	"example.com/lathe/spec"
)

// Name is the file's name.
const Name = "lathe.adopt"

const (
	head   = "Written by gen adopt: what gen adopt --undo restores. DO NOT EDIT."
	format = 1
)

// State is what the file says. All paths are slash-separated and relative to its folder.
type State struct {
	// Folder is where adoption puts what it generates.
	Folder string
	// Before are the files that adoption changed, with their contents before the first
	// run; nil for those that were not there.
	Before map[string]*Content
	// After are the hashes of what the last run wrote.
	After map[string]string
	// Folders are those that were made, outermost first.
	Folders []string
	// Pending is what the files were that a run is changing, nil when none is.
	Pending map[string]*Content
	// PendingFolders are those that it makes.
	PendingFolders []string
}

// Content is what stands in a file, and its permissions.
type Content struct {
	Data []byte      `json:"data"`
	Mode fs.FileMode `json:"mode"`
}

// layout is the file's JSON.
type layout struct {
	Head           string              `json:"lathe"`
	Format         int                 `json:"format"`
	Folder         string              `json:"folder"`
	Before         map[string]*Content `json:"before"`
	After          map[string]string   `json:"after"`
	Folders        []string            `json:"folders"`
	Pending        map[string]*Content `json:"pending,omitempty"`
	PendingFolders []string            `json:"pendingFolders,omitempty"`
}

// maxState bounds the file.
const maxState = 256 << 20

// Read reads the state of a project; nil when nothing was adopted in it. The error is a
// [spec.Problems] when the file is damaged.
func Read(root string) (*State, error) {
	name := filepath.Join(root, Name)
	data, err := input.ReadFile(name, maxState)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // as documented
	}
	if err != nil {
		return nil, err
	}
	var l layout
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	switch err := d.Decode(&l); {
	case err != nil:
		return nil, damaged(name, err.Error())
	case l.Format != format:
		return nil, damaged(name, fmt.Sprintf("it has format %d, this program reads format %d", l.Format, format))
	}
	for _, files := range []map[string]*Content{l.Before, l.Pending} {
		for file := range files {
			if !isLocal(file) {
				return nil, damaged(name, fmt.Sprintf("%q is no path below it", file))
			}
		}
	}
	for _, file := range slices.Concat([]string{l.Folder}, l.Folders, l.PendingFolders) {
		if !isLocal(file) {
			return nil, damaged(name, fmt.Sprintf("%q is no path below it", file))
		}
	}
	return &State{l.Folder, l.Before, l.After, l.Folders, l.Pending, l.PendingFolders}, nil
}

// isLocal reports whether a path cannot lead out of the project, nor into what git keeps.
func isLocal(file string) bool {
	return file != "." && fs.ValidPath(file) && filepath.IsLocal(filepath.FromSlash(file)) && file != ".git" &&
		!strings.HasPrefix(file, ".git/")
}

func damaged(name, why string) error {
	return spec.Problems{{
		Pos: spec.Pos{File: name}, Message: "the file is damaged: " + why, Hint: "restore it from version control",
	}}
}

// IsPending reports whether a run was killed while it changed files.
func (s *State) IsPending() bool { return s != nil && s.Pending != nil }

func (s *State) write(root string) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	if err := enc.Encode(layout{
		head, format, s.Folder, s.Before, s.After, s.Folders, s.Pending, s.PendingFolders,
	}); err != nil {
		return err
	}
	return replace(filepath.Join(root, Name), &Content{b.Bytes(), 0o644}, true)
}

// read returns a file's content, nil when it is not there.
func read(name string) (*Content, error) {
	info, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // as documented
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, spec.Problems{{
			Pos: spec.Pos{File: name}, Message: "something that is no file stands where a file belongs", Hint: "move it",
		}}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &Content{data, info.Mode().Perm()}, nil
}

// replace puts a file in place as a whole.
func replace(name string, c *Content, durable bool) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), tempPattern)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(c.Data)
	err = errors.Join(err, f.Chmod(c.Mode))
	if durable {
		err = errors.Join(err, f.Sync())
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// tempPattern names a file that is about to be put in place.
const tempPattern = ".lathe-adopt-*.tmp"

func (c *Content) equal(other *Content) bool {
	return c == nil && other == nil || c != nil && other != nil && bytes.Equal(c.Data, other.Data) && c.Mode == other.Mode
}
