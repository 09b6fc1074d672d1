package lathe

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// Source is a file that a spec is read from.
type Source struct {
	// File is its path: that of the spec as the caller gave it, and for files
	// beside it one made of that.
	File string
	// SHA256 is the hash of its content, in hexadecimal.
	SHA256 string
}

// Sources are the files that [Generate] would read for a spec, by path: the spec,
// and what belongs to it and lies beside it. Its errors are those of reading, and
// of a format that does not exist.
func Sources(file, format string) ([]Source, error) {
	data, err := read(file)
	if err != nil {
		return nil, err
	}
	l, err := loaderFor(data, format)
	if err != nil {
		return nil, err
	}
	sources := []Source{{file, sum(data)}}
	for _, name := range l.companions(file) {
		beside := filepath.Join(filepath.Dir(file), name)
		switch data, err := os.ReadFile(beside); {
		case err == nil:
			sources = append(sources, Source{beside, sum(data)})
		case !errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("the spec can't be read: %w", err)
		}
	}
	return sortSources(sources), nil
}

// Companions are the paths of all files beside a spec that belong to it in any
// format, whether they are there or not.
func Companions(file string) []string {
	var all []string
	for _, l := range loaders {
		for _, name := range l.companions(file) {
			all = append(all, filepath.Join(filepath.Dir(file), name))
		}
	}
	return all
}

// alone is the list of companions in formats of a single file.
func alone(string) []string { return nil }

// besideC2J are the files that belong to a C2J model.
func besideC2J(file string) []string {
	return []string{
		"endpoint-rule-set-1.json", "paginators-1.json", "paginators-1.sdk-extras.json", "waiters-2.json",
		strings.TrimSuffix(filepath.Base(file), ".json") + ".sdk-extras.json",
	}
}

// recorder is a folder that remembers what was read from it.
type recorder struct {
	fs.FS

	dir  string
	read []Source
}

// ReadFile implements [fs.ReadFileFS].
func (r *recorder) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(r.FS, name)
	if err == nil {
		r.read = append(r.read, Source{filepath.Join(r.dir, name), sum(data)})
	}
	return data, err
}

// loadSources is [load] that also tells what was read.
func loadSources(file, format string) (*spec.API, []Source, error) {
	data, err := read(file)
	if err != nil {
		return nil, nil, err
	}
	l, err := loaderFor(data, format)
	if err != nil {
		return nil, nil, err
	}
	dir := filepath.Dir(file)
	r := &recorder{FS: os.DirFS(dir), dir: dir, read: []Source{{file, sum(data)}}}
	api, err := l.parts(file, data, r)
	return api, sortSources(r.read), err
}

func sortSources(sources []Source) []Source {
	slices.SortFunc(sources, func(a, b Source) int { return cmp.Compare(a.File, b.File) })
	return slices.Compact(sources)
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}
