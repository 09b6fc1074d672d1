package config

import (
	"errors"
	"path/filepath"
	"strings"

	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// checkFolders reports output folders that get into each other's way, and a
// shared runtime that gets into theirs.
func checkFolders(c *configFile, packages []Package, problems *spec.Problems) {
	if c.runtime.present() {
		checkFolder(c.runtime, packages[0].Runtime, problems)
	}
	dirs := make([]string, len(packages))
	for i, p := range packages {
		dirs[i] = paths.Abs(p.Out)
	}
	for i, p := range c.packages {
		checkFolder(p.out, packages[i].Out, problems)
		for j, other := range c.packages {
			if what := clash(dirs[j], dirs[i], j < i); i != j && what != "" {
				problems.Add(p.out.pos, "give each package a folder of its own", "%s of the package at %s", what, other.out.pos)
			}
		}
		if p.module.present() {
			checkModule(p, packages[i], c.packages[:i], problems)
		}
		if what, hint := runtimeClash(packages[i]); c.runtime.present() && what != "" {
			problems.Add(c.runtime.pos, hint, "%s the package at %s", what, p.out.pos)
		}
	}
}

// checkFolder reports a folder that is no place for a package in its module. That
// there is no module is left to the generator to report.
func checkFolder(written text, dir string, problems *spec.Problems) {
	mod, err := gomod.Find(dir)
	if err != nil {
		return
	}
	_, err = mod.Folder(dir)
	found, _ := errors.AsType[spec.Problems](err)
	for _, p := range found {
		problems.Add(written.pos, p.Hint, "%s: %s", written.string, p.Message)
	}
}

// clash says how an output folder collides with that of another package; of two
// equal ones only the later is at fault.
func clash(other, out string, otherIsFirst bool) string {
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
	runtime, out := paths.Abs(pkg.Runtime), paths.Abs(pkg.Out)
	switch {
	case strings.EqualFold(runtime, out), within(filepath.Join(out, "types"), runtime):
		return "runtime lies in the folder of", "give the runtime a folder of its own"
	case pkg.Module == "" && !gomod.Importable(runtime, out):
		return "runtime lies in a folder called internal that is closed to",
			"move it: the parent of internal must be above all packages"
	default:
		return "", ""
	}
}

// checkModule holds a package that is a module against those before it.
func checkModule(p configPackage, pkg Package, before []configPackage, problems *spec.Problems) {
	own, _ := gomod.ParseVersion(pkg.Module)
	for _, other := range before {
		if theirs, _ := gomod.ParseVersion(other.module.string); theirs.Path == own.Path {
			problems.Add(p.module.pos, "two modules of one path can't be in one program",
				"module is that of the package at %s", other.out.pos)
		}
	}
	mod, err := gomod.Find(pkg.Out)
	if err != nil || pkg.Runtime == "" {
		return
	}
	if rel, err := mod.Folder(pkg.Runtime); err == nil && !gomod.ImportablePath(mod.ImportPath(rel), own.Path) {
		problems.Add(p.module.pos, "no folder above it may be called internal",
			"module %s can't import the runtime at %s", own.Path, mod.ImportPath(rel))
	}
}

// within reports whether the folder dir, or one above it, is parent.
func within(parent, dir string) bool {
	rel, err := filepath.Rel(parent, dir)
	return err == nil && filepath.IsLocal(rel)
}
