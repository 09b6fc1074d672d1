package lathe

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/c2j"
	"example.com/lathe/spec/openapi"
	"example.com/lathe/spec/smithy"
)

// loader is a source format.
type loader struct {
	name  string
	sniff func(data []byte) bool
	load  func(file string, data []byte) (*spec.API, error)
}

// loaders are the formats in the order in which they are tried.
var loaders = []loader{
	{"openapi", openapi.Sniff, openapi.Load},
	{"smithy", smithy.Sniff, func(file string, data []byte) (*spec.API, error) {
		return smithy.Load(file, data, smithy.Options{})
	}},
	{"c2j", c2j.Sniff, func(file string, data []byte) (*spec.API, error) {
		return c2j.Load(file, data, c2j.Options{Siblings: os.DirFS(filepath.Dir(file))})
	}},
}

// Formats are the names of the source formats.
func Formats() []string {
	var names []string
	for _, l := range loaders {
		names = append(names, l.name)
	}
	return names
}

// load reads a spec with the loader of the format, or with the one that
// recognises the content. A document that none recognises goes to the first, for
// its errors.
func load(file, format string) (*spec.API, error) {
	data, err := read(file)
	if err != nil {
		return nil, err
	}
	if format == "" {
		for _, l := range loaders {
			if l.sniff(data) {
				return l.load(file, data)
			}
		}
		return loaders[0].load(file, data)
	}
	at := slices.IndexFunc(loaders, func(l loader) bool { return l.name == format })
	if at < 0 {
		return nil, fmt.Errorf("unknown format %q: there are %s", format, strings.Join(Formats(), ", "))
	}
	return loaders[at].load(file, data)
}
