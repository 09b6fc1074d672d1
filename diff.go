package lathe

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/internal/diff"
	"example.com/lathe/spec"
	"example.com/lathe/spec/c2j"
)

// Source is a document of a spec.
type Source struct {
	// File is its name in positions, and on disk when FS is nil.
	File string
	// Format is as in [Config].
	Format string
	// FS holds the document and the files beside it under their base names; nil for
	// the folder on disk.
	FS fs.FS
}

// DiffConfig says what to compare.
type DiffConfig struct {
	Old, New Source
	// Operations are names or globs of operations, empty for all. What only one
	// side has is a change.
	Operations []string
}

// Diff compares two versions of a spec, of any formats. Its errors are those of
// [Generate] for either spec, and a [spec.Problems] for names that match no
// operation on either side.
func Diff(cfg DiffConfig) (*diff.Report, error) {
	before, errOld := cfg.Old.load()
	after, errNew := cfg.New.load()
	if err := joined(errOld, errNew); err != nil {
		return nil, err
	}
	before, missing := spec.Select(before, cfg.Operations)
	chosen, missingToo := spec.Select(after, cfg.Operations)
	var problems spec.Problems
	for _, name := range missing {
		if slices.Contains(missingToo, name) {
			problems.Add(spec.Pos{File: cfg.New.File}, unknownHint(after, name), "no operation matches %q, in %s neither", name, cfg.Old.File)
		}
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return diff.Compare(before, chosen), nil
}

// joined gives the problems of both sides at once; an error that is none comes
// first.
func joined(errs ...error) error {
	var problems spec.Problems
	for _, err := range errs {
		ps, ok := err.(spec.Problems) //nolint:errorlint // loaders return them as they are
		if err != nil && !ok {
			return err
		}
		problems = append(problems, ps...)
	}
	return problems.Err()
}

// load reads the document as [load] does, from wherever it is.
func (s Source) load() (*spec.API, error) {
	if s.FS == nil {
		return load(s.File, s.Format)
	}
	data, err := fs.ReadFile(s.FS, filepath.Base(s.File))
	if err != nil {
		return nil, fmt.Errorf("the spec can't be read: %w", err)
	}
	at := slices.IndexFunc(loaders, func(l loader) bool { return s.Format == l.name || s.Format == "" && l.sniff(data) })
	switch {
	case at < 0 && s.Format != "":
		return nil, fmt.Errorf("unknown format %q: there are %s", s.Format, strings.Join(Formats(), ", "))
	case at < 0:
		return loaders[0].load(s.File, data)
	case loaders[at].name == "c2j":
		return c2j.Load(s.File, data, c2j.Options{Siblings: s.FS})
	default:
		return loaders[at].load(s.File, data)
	}
}
