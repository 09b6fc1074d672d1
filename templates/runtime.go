package templates

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"example.com/lathe/internal/jenx"
	"example.com/lathe/internal/plan"
	"example.com/lathe/runtime"
)

// runtimePackages are the runtime packages that a client needs.
func runtimePackages(p *plan.Package) []string {
	names := []string{"endpointrules", "rest", "sigv4", "timestamp", "transport", p.Codec.Package}
	for name, needed := range map[string]bool{
		"checksum": p.Needs.Checksum || p.Needs.TreeHash, "compress": p.Needs.Compression, "document": p.Needs.Document,
	} {
		if needed {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// runtimeFiles are copies of the runtime packages: the header is added and the
// imports of one another are turned to where the copies live.
func runtimeFiles(p *plan.Package) ([]File, error) {
	var files []File
	for _, pkg := range runtimePackages(p) {
		entries, err := fs.ReadDir(runtime.Sources, pkg)
		if err != nil {
			return nil, fmt.Errorf("runtime package %s: %w", pkg, err)
		}
		for _, e := range entries {
			if e.IsDir() || !isEmitted(e.Name()) {
				continue
			}
			files = append(files, File{Path: path.Join(pkg, e.Name()), Runtime: true, render: func() ([]byte, error) {
				data, err := runtime.Sources.ReadFile(path.Join(pkg, e.Name()))
				return relocate(data, pkg, p.Runtime), err
			}})
		}
	}
	return files, nil
}

func isEmitted(name string) bool {
	return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go")
}

func relocate(data []byte, pkg, dir string) []byte {
	header := "// " + jenx.Header + "\n// Source: lathe's runtime package " + pkg + "\n\n"
	return append([]byte(header), bytes.ReplaceAll(data, []byte(runtime.Home), []byte(dir+"/"))...)
}
