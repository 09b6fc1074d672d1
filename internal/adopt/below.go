package adopt

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.com/lathe/internal/adopt/mods"
	"example.com/lathe/internal/adopt/scan"
	"example.com/lathe/internal/gomod"
)

// Below returns the folders below another one that are modules which require packages of the
// SDK for services, slash-separated.
func Below(dir string) (all []string) {
	_ = filepath.WalkDir(dir, func(name string, d fs.DirEntry, _ error) error { // what can't be read is no use either
		switch {
		case d == nil || name == dir:
		case d.IsDir() && (scan.IsPassedOver(d.Name()) || d.Name() == "node_modules"):
			return filepath.SkipDir
		case d.IsDir() && requiresService(filepath.Join(name, gomod.Name)):
			rel, _ := filepath.Rel(dir, name) // it is below
			all = append(all, filepath.ToSlash(rel))
		}
		return nil
	})
	return all
}

// requiresService reports whether a go.mod requires a package of a service, and not only what
// others need.
func requiresService(file string) bool {
	data, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	return mods.Requires(data, func(path string) bool { return strings.HasPrefix(path, scan.ServicePrefix) })
}
