package lathe

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/trim"
	"example.com/lathe/spec"
)

// Trimmed is the part of a published model that some operations need.
type Trimmed struct {
	// Main is the name of the model among Files, which are those beside it that belong to
	// it, too: by their names, without folders.
	Main  string
	Files map[string][]byte
	// Operations are those that it has, sorted by name, and Of is how many the whole model
	// has.
	Operations []string
	Of         int
	// Without are the operations and shapes that the whole model has and this part has not,
	// sorted.
	Without []string
}

// Trim cuts a Smithy or C2J model to what the operations of the configuration reach. The
// client that comes of the part is that of the whole. Its errors are those of [Generate];
// whether an operation can be generated does not matter.
func Trim(cfg Config) (*Trimmed, error) {
	api, sources, err := Document{File: cfg.Spec, Format: cfg.Format}.loadSources()
	if err != nil {
		return nil, err
	}
	selected, unmatched := spec.Select(api, cfg.Operations)
	if err := cfg.unmatched(api, unmatched, noHint).Err(); err != nil {
		return nil, err
	}
	data, err := input.ReadFile(cfg.Spec, input.MaxSpec)
	if err != nil {
		return nil, err
	}
	l, err := loaderFor(data, cfg.Format)
	if err != nil {
		return nil, err
	}
	if l.trim == nil {
		return nil, spec.Problems{{
			Pos: spec.Pos{File: api.Pos.File}, Message: "only models in Smithy's and boto3's formats can be trimmed",
			Hint: "a document in OpenAPI is yours to edit",
		}}
	}
	t := &Trimmed{Main: filepath.Base(cfg.Spec), Files: map[string][]byte{}, Of: len(api.Operations)}
	var names []string
	for _, op := range selected.Operations {
		names = append(names, cmp.Or(op.SourceName, op.Name))
		t.Operations = append(t.Operations, op.Name)
	}
	t.Without = without(api, selected)
	for _, source := range sources {
		if t.Files[filepath.Base(source.File)], err = input.ReadFile(source.File, input.MaxSpec); err != nil {
			return nil, err
		}
	}
	if t.Files, err = l.trim(t.Files, t.Main, names); err != nil {
		return nil, fmt.Errorf("%s cannot be trimmed: %w", cfg.Spec, err)
	}
	return t, t.check(l, cfg.Spec, selected)
}

// without are the names of what a model has beside a part of it.
func without(whole, part *spec.API) []string {
	gone := map[string]bool{}
	for _, op := range whole.Operations {
		gone[op.Name] = true
	}
	for name := range whole.Shapes {
		gone[name] = true
	}
	for _, op := range part.Operations {
		delete(gone, op.Name)
	}
	for _, s := range spec.Reached(part, part.Operations...) {
		delete(gone, s.Name)
	}
	return slices.Sorted(maps.Keys(gone))
}

// partHint is how an operation comes into the part of a model that is kept in a
// repository; "" where the file is none.
func partHint(file, operation string) string {
	if _, err := gomod.Find(filepath.Dir(file)); err != nil || strings.ContainsAny(operation, `*?[\`) {
		return ""
	}
	data, err := input.ReadFile(file, input.MaxSpec)
	if err != nil {
		return ""
	}
	if l, err := loaderFor(data, ""); err != nil || l.trim == nil {
		return ""
	}
	return fmt.Sprintf("gen models trim MODEL --add %s -o %s adds it to the part of a model", operation,
		filepath.ToSlash(paths.Show(file)))
}

// check reads the part, and compares it with what was selected of the whole.
func (t *Trimmed) check(l loader, file string, want *spec.API) error {
	api, err := l.parts(file, t.Files[t.Main], loadOptions{beside: inMemory(t.Files)})
	if err != nil {
		return fmt.Errorf("the part of %s cannot be read, which is a fault of Lathe: %w", file, err)
	}
	got, _ := spec.Select(api, nil)
	var a, b bytes.Buffer
	if err := cmp.Or(spec.Dump(&a, want), spec.Dump(&b, got)); err != nil {
		return err
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		return fmt.Errorf("the part of %s is not what its operations are in the whole, which is a fault of Lathe", file)
	}
	return nil
}

// inMemory is a folder of files.
type inMemory map[string][]byte

// Open is here because every file system has it; files are read as a whole.
func (inMemory) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadFile implements [fs.ReadFileFS].
func (m inMemory) ReadFile(name string) ([]byte, error) {
	if data, ok := m[name]; ok {
		return data, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// trimSmithy cuts a Smithy model.
func trimSmithy(files map[string][]byte, main string, operations []string) (map[string][]byte, error) {
	data, err := trim.Smithy(files[main], operations)
	return map[string][]byte{main: data}, err
}
