package lathe

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/internal/protocol"
	"example.com/lathe/internal/trim"
	"example.com/lathe/spec"
	"example.com/lathe/spec/c2j"
	"example.com/lathe/spec/openapi"
	"example.com/lathe/spec/smithy"
)

// loader is a source format.
type loader struct {
	name  string
	sniff func(data []byte) bool
	// load reads a spec, with the examples of operations if they are wanted. Beside an
	// error it returns what could be read, if anything.
	load func(file string, data []byte, opts loadOptions) (*spec.API, error)
	// apart is set for formats whose operations know which problems concern them.
	apart bool
	// companions returns the names of the files beside a spec that belong to it.
	companions func(file string) []string
	// trim cuts the files of a model to what operations need; nil for formats of which none is
	// published.
	trim func(files map[string][]byte, main string, operations []string) (map[string][]byte, error)
}

// loadOptions are what a loader is asked for: beside is the folder that the spec lies in.
type loadOptions struct {
	beside   fs.FS
	examples bool
}

// loaders are the formats in the order in which they are tried.
var loaders = []loader{
	{
		name: "openapi", sniff: openapi.Sniff, apart: true, companions: alone,
		load: func(file string, data []byte, _ loadOptions) (*spec.API, error) { return openapi.Load(file, data) },
	},
	{
		name: "smithy", sniff: smithy.Sniff, companions: alone, trim: trimSmithy,
		load: func(file string, data []byte, opts loadOptions) (*spec.API, error) {
			return smithy.Load(file, data, smithy.Options{Examples: opts.examples})
		},
	},
	{
		name: "c2j", sniff: c2j.Sniff, companions: c2j.Siblings, trim: trim.C2J,
		load: func(file string, data []byte, opts loadOptions) (*spec.API, error) {
			return c2j.Load(file, data, c2j.Options{Siblings: opts.beside, Examples: opts.examples})
		},
	},
}

// parts reads a spec. What is wrong with its parts is no error where operations know
// it: it counts where one of them reaches it.
func (l loader) parts(file string, data []byte, opts loadOptions) (*spec.API, error) {
	api, err := l.load(file, data, opts)
	if l.apart && api != nil && len(api.Operations) > 0 {
		err = nil
	}
	return api, err
}

// Formats are the names of the source formats.
func Formats() []string {
	var names []string
	for _, l := range loaders {
		names = append(names, l.name)
	}
	return names
}

// Protocols are the names of the wire protocols that clients can speak, in the order
// of preference where a service speaks several.
func Protocols() []string {
	var names []string
	for _, id := range protocol.IDs() {
		names = append(names, string(id))
	}
	return names
}

// load reads the spec, and adds what the configuration adds.
func (cfg Config) load() (*spec.API, error) {
	api, _, unfit, err := cfg.read()
	if err == nil {
		err = unfit.Err()
	}
	if err != nil {
		return nil, err
	}
	return api, nil
}

// read is load for those who have problems of their own to report beside additions that do
// not fit, without which the API is. It returns which files the spec was read from, too.
func (cfg Config) read() (api *spec.API, sources []Source, unfit spec.Problems, err error) {
	api, sources, err = Document{File: cfg.Spec, Format: cfg.Format, Examples: cfg.Examples}.loadSources()
	if errors.Is(err, fs.ErrNotExist) && cfg.SpecAt != (spec.Pos{}) {
		err = spec.Problems{cfg.NoFile()}
	}
	if err != nil {
		return nil, nil, nil, err
	}
	api, unfit = cfg.Additions.Apply(api)
	return api, sources, unfit, nil
}

// NoFile is the problem with a spec that is not there, where a configuration file names it.
func (cfg Config) NoFile() spec.Problem {
	return spec.Problem{
		Pos: cfg.SpecAt, Message: "there is no file " + cfg.Spec,
		Hint: "paths are relative to the folder of " + filepath.Base(cfg.SpecAt.File),
	}
}

// wrongAdditions are those warnings of a plan that are about a waiter of the
// configuration: its author can fix it.
func (cfg Config) wrongAdditions(warnings spec.Problems) spec.Problems {
	return slices.DeleteFunc(slices.Clone(warnings), func(w spec.Problem) bool {
		return !slices.ContainsFunc(cfg.Additions.Waiters, func(added spec.AddedWaiter) bool {
			return slices.ContainsFunc(added.Acceptors, func(a spec.Acceptor) bool { return a.Pos == w.Pos })
		})
	})
}

// loaderFor returns the loader of the format, or the one that recognises the
// content when format is empty. A document that none recognises goes to the first,
// for its errors.
func loaderFor(data []byte, format string) (loader, error) {
	if format == "" {
		at := slices.IndexFunc(loaders, func(l loader) bool { return l.sniff(data) })
		return loaders[max(at, 0)], nil
	}
	at := slices.IndexFunc(loaders, func(l loader) bool { return l.name == format })
	if at < 0 {
		return loader{}, fmt.Errorf("unknown format %q: there are %s", format, strings.Join(Formats(), ", "))
	}
	return loaders[at], nil
}

// Recognize returns the name of a document's format; empty for none.
func Recognize(data []byte) string {
	for _, l := range loaders {
		if l.sniff(data) {
			return l.name
		}
	}
	return ""
}
