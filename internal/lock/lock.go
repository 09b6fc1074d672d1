// Package lock reads and writes lathe.lock, which lies beside lathe.yaml and says
// of each package what it was generated from and what came of it: hashes of the
// spec's files, of the selected part of the model and of the generated files, the
// approvals, and a snapshot of the selected part, so that a later state of the
// spec can be compared with it.
//
// The file is JSON with a fixed layout. Nothing in it depends on the time, on the
// program's version or on where the project lies.
package lock

import (
	"bytes"
	"encoding/json"
	"maps"
	"path/filepath"
	"strings"
	"time"

	"example.com/lathe/internal/paths"
	"example.com/lathe/spec/snapshot"
)

// Name is the file's name.
const Name = "lathe.lock"

// format is the number of the layout. It changes when older programs could no
// longer read what newer ones write.
const format = 1

// ours is how the text at the top of the file begins, by which it is known to be ours;
// head is all of it.
const (
	ours = "Written by lathe with the packages of lathe.yaml. DO NOT EDIT"
	head = ours + ": gen generate fixes it."
)

// File is what a lock says. All paths are slash-separated and relative to the
// folder of the lock.
type File struct {
	// Packages are those of lathe.yaml by their output folders.
	Packages map[string]Package
	// Runtime is the folder that the packages share, nil when there is none.
	Runtime *Runtime
	// Models are the hashes of the published models that specs are parts of, by their
	// places in the tree of models.
	Models map[string]string
}

// Package is the state of one package.
type Package struct {
	// Spec is the file of the spec.
	Spec string `json:"spec"`
	// Sources are the files that the spec was read from, Spec included, with their
	// hashes. All hashes are SHA-256 in hexadecimal. Together with Snapshot they are
	// those of the spec that last brought a change to Model.
	Sources map[string]string `json:"sources"`
	// Model is the hash of the selected part of the model: what it says, wherever
	// it stands.
	Model string `json:"model"`
	// Lean, Presign and Module are options of lathe.yaml that change the client's API.
	Lean      bool       `json:"lean,omitempty"`
	Presign   []string   `json:"presign,omitempty"`
	Module    string     `json:"module,omitempty"`
	Approvals []Approval `json:"approvals,omitempty"`
	// Files are the generated files below the output folder with their hashes, by
	// paths relative to that folder.
	Files map[string]string `json:"files"`
	// Snapshot is the selected part of the model, as package snapshot writes it.
	Snapshot []byte `json:"snapshot"`
}

// Approval is an approval of lathe.yaml.
type Approval struct {
	Rule   string `json:"rule"`
	Place  string `json:"place"`
	Reason string `json:"reason"`
	// Fingerprint stands for rule and place, which are empty then.
	Fingerprint string `json:"fingerprint,omitempty"`
	// Expires is a date, 2026-12-31.
	Expires string `json:"expires"`
}

// Runtime is a folder of runtime packages that clients share.
type Runtime struct {
	Folder string `json:"folder"`
	// Files are those below the folder with their hashes, by paths relative to it.
	Files map[string]string `json:"files"`
}

// layout is the file's JSON. A field more is a break of the format: see
// [format].
type layout struct {
	Head     string             `json:"lathe"`
	Format   int                `json:"format"`
	Packages map[string]Package `json:"packages"`
	Runtime  *Runtime           `json:"runtime,omitempty"`
	Models   map[string]string  `json:"models,omitempty"`
}

// Encode returns the file's content.
func (f *File) Encode() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(layout{head, format, f.Packages, f.Runtime, f.Models})
	return b.Bytes(), err
}

// Folders are the output folders of the packages and of the runtime, with the
// files in them and their hashes. A nil File has none.
func (f *File) Folders() map[string]map[string]string {
	all := map[string]map[string]string{}
	if f == nil {
		return all
	}
	for out, p := range f.Packages {
		all[out] = p.Files
	}
	if f.Runtime != nil {
		all[f.Runtime.Folder] = f.Runtime.Files
	}
	return all
}

// Join returns a path that stands in a lock in the folder dir, usable from everywhere.
// The way there is [paths.Rel].
func Join(dir, name string) string {
	if file := filepath.FromSlash(name); name == "" || filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(dir, filepath.FromSlash(name))
}

// Date returns the form in which a day stands in a lock.
func Date(day time.Time) string { return day.Format(time.DateOnly) }

// Ours reports whether a content is a lock, whole or damaged, and so may be replaced.
// An empty file is what a broken disk leaves.
func Ours(data []byte) bool {
	return len(data) == 0 || bytes.Contains(data[:min(len(data), 4<<10)], []byte(ours))
}

// Settle takes over what an older state says of the spec when the selected part of
// the model is still the same: then neither a change elsewhere in the spec counts
// nor another way to compress a snapshot.
func (p *Package) Settle(old Package) {
	if p.Spec != old.Spec || p.Model != old.Model {
		return
	}
	if bytes.Equal(p.Snapshot, old.Snapshot) || holds(old.Snapshot, p.Model) {
		p.Sources, p.Snapshot = old.Sources, old.Snapshot
	}
}

// holds reports whether a snapshot can be read and holds the model of that hash.
func holds(data []byte, model string) bool {
	api, err := snapshot.Decode(data, nil)
	if err != nil {
		return false
	}
	hash, err := snapshot.Hash(api)
	return err == nil && hash == model
}

// Beside is the lock of a configuration file: lathe.lock beside lathe.yaml. Another
// configuration in the same folder has a lock of its own.
func Beside(config string) string {
	return strings.TrimSuffix(config, filepath.Ext(config)) + filepath.Ext(Name)
}

// Claims reports whether the lock of that name lists an output folder, given by its
// absolute path. One that can't be read may do so.
func Claims(name, folder string) bool {
	if filepath.Ext(name) != filepath.Ext(Name) {
		return false
	}
	file, _, err := Read(name)
	if err != nil {
		return true
	}
	for claimed := range file.Folders() {
		if claimed != "" && paths.Same(Join(filepath.Dir(name), claimed), folder) {
			return true
		}
	}
	return false
}

// AddRuntime adds files to the folder of the shared runtime: each package brings
// what it needs.
func (f *File) AddRuntime(folder string, files map[string]string) {
	if f.Runtime == nil {
		f.Runtime = &Runtime{Folder: folder, Files: map[string]string{}}
	}
	maps.Copy(f.Runtime.Files, files)
}
