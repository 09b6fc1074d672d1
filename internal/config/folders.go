package config

import (
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// checkFolders reports output folders that get into each other's way, and a
// shared runtime that gets into theirs.
func checkFolders(c *configFile, packages []Package, problems *spec.Problems) {
	for i, p := range c.packages {
		for j, other := range c.packages {
			if what := clash(packages[j].Out, packages[i].Out, j < i); i != j && what != "" {
				problems.Add(p.out.pos, "give each package a folder of its own", "%s of the package at %s", what, other.out.pos)
			}
		}
		if what, hint := runtimeClash(packages[i]); c.runtime.present() && what != "" {
			problems.Add(c.runtime.pos, hint, "%s the package at %s", what, p.out.pos)
		}
	}
}

// clash says how an output folder collides with that of another package; of two
// equal ones only the later is at fault.
func clash(other, out string, otherIsFirst bool) string {
	other, out = absolute(other), absolute(out)
	switch {
	case strings.EqualFold(other, out) && otherIsFirst:
		return "out is the folder"
	case within(filepath.Join(other, "types"), out):
		return "out lies in the folder types"
	case within(filepath.Join(other, "internal"), out):
		return "out lies in the folder internal"
	default:
		return ""
	}
}

// runtimeClash holds the shared runtime against the folder of one package, and
// against Go's rule for internal packages.
func runtimeClash(pkg Package) (what, hint string) {
	runtime, out := absolute(pkg.Runtime), absolute(pkg.Out)
	switch {
	case strings.EqualFold(runtime, out), within(filepath.Join(out, "types"), runtime):
		return "runtime lies in the folder of", "give the runtime a folder of its own"
	case !importable(runtime, out):
		return "runtime lies in a folder called internal that is closed to", "move it: the parent of internal must be above all packages"
	default:
		return "", ""
	}
}

// importable says whether a package in out may import one in runtime: the parent
// of the innermost folder called internal must be above it
// (https://go.dev/doc/go1.4#internalpackages).
func importable(runtime, out string) bool {
	elements := strings.Split(filepath.ToSlash(runtime), "/")
	for i, element := range slices.Backward(elements) {
		if element == "internal" {
			return within(filepath.FromSlash(strings.Join(elements[:i], "/")), out)
		}
	}
	return true
}

// within says whether the folder dir, or one above it, is parent.
func within(parent, dir string) bool {
	rel, err := filepath.Rel(parent, dir)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// absolute is filepath.Abs where the working directory is known, and the path
// itself where not.
func absolute(name string) string {
	if abs, err := filepath.Abs(name); err == nil {
		return abs
	}
	return name
}
