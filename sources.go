package lathe

import (
	"cmp"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/internal/input"
	"example.com/lathe/spec"
)

// Source is a file that a spec is read from.
type Source struct {
	// File is its path: that of the spec as the caller gave it, and for files
	// beside it one made of that.
	File string
	// SHA256 is the hash of its content, in hexadecimal. Line endings do not count.
	SHA256 string
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
		data = input.Unix(data)
		r.read = append(r.read, Source{filepath.Join(r.dir, name), input.Sum(data)})
	}
	return data, err
}

// Document is a spec in a file.
type Document struct {
	// File is its name in positions, and on disk when FS is nil; "-" is standard input.
	File string
	// Format and Protocol are as in [Config]; the protocol counts where documents are
	// compared.
	Format, Protocol string
	// Examples asks for the examples of operations.
	Examples bool
	// FS holds the document and the files beside it under their base names; nil for
	// the folder on disk.
	FS fs.FS
}

// load reads the document. Beside an error it returns what could be read, if anything.
func (d Document) load() (*spec.API, error) {
	api, _, err := d.loadSources()
	return api, err
}

// loadSources reads the document and returns which files it was read from, too.
func (d Document) loadSources() (*spec.API, []Source, error) {
	file := d.File
	r := &recorder{FS: d.FS, dir: filepath.Dir(file)}
	var data []byte
	var err error
	switch {
	case d.FS != nil:
		data, err = fs.ReadFile(d.FS, filepath.Base(file))
		data = input.Unix(data)
	case file == input.Stdin:
		r.FS = input.None{}
		data, err = input.ReadFile(file, input.MaxSpec)
		file = input.StdinName
	default:
		r.FS = input.Folder{Dir: r.dir}
		data, err = input.ReadFile(file, input.MaxSpec)
	}
	if err != nil && d.FS == nil && input.IsURL(file) {
		return nil, nil, spec.Problems{{Message: file + " is not a file: " + input.NoNetwork, Hint: input.HowToFetch}}
	}
	if err != nil {
		return nil, nil, fmt.Errorf("the spec can't be read: %w", err)
	}
	l, err := loaderFor(data, d.Format)
	if err != nil {
		return nil, nil, err
	}
	if strings.EqualFold(filepath.Ext(file), ".smithy") && !l.sniff(data) {
		return nil, nil, spec.Problems{{
			Pos:     spec.Pos{File: file, Line: 1, Column: 1},
			Message: "models in Smithy's own language are not read, only in JSON",
			Hint:    "the Smithy CLI makes JSON of them: smithy ast",
		}}
	}
	r.read = []Source{{file, input.Sum(data)}}
	api, err := l.parts(file, data, loadOptions{r, d.Examples})
	return api, sortSources(r.read), err
}

func sortSources(sources []Source) []Source {
	slices.SortFunc(sources, func(a, b Source) int { return cmp.Compare(a.File, b.File) })
	return slices.Compact(sources)
}
