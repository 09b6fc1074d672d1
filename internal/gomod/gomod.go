// Package gomod answers what the go command thinks of a folder: which module it
// belongs to, whether a package in it can be imported, and what the module requires.
package gomod

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"

	"example.com/lathe/internal/input"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// Name is the file in the root of each module.
const Name = "go.mod"

// maxMod bounds a go.mod.
const maxMod = 16 << 20

// Module is the module that a folder belongs to.
type Module struct {
	// Root is the folder of its go.mod: absolute, and a lexical ancestor of the folder
	// that was asked for.
	Root string
	// Path is the module's path.
	Path string
}

// Find returns the module of a folder: that of the nearest go.mod in it or above. The
// folder need not exist. The error is a [spec.Problems] when there is no go.mod, or
// one that names no module.
func Find(dir string) (Module, error) {
	for root := paths.Abs(dir); ; root = filepath.Dir(root) {
		file := filepath.Join(root, Name)
		if IsRoot(os.Stat(file)) {
			name, err := modulePath(file)
			if err != nil {
				return Module{}, err
			}
			return Module{root, name}, nil
		}
		if root == filepath.Dir(root) {
			return Module{}, spec.Problems{{
				Pos:     spec.Pos{File: dir},
				Message: "the folder is outside any Go module: there is no go.mod in it or above",
				Hint:    `choose a folder inside a module, or make one with "go mod init"`,
			}}
		}
	}
}

// IsRoot reports whether a folder is the root of a module, given what there is of its
// go.mod.
func IsRoot(goMod fs.FileInfo, err error) bool { return err == nil && goMod.Mode().IsRegular() }

// modulePath reads the path of the module from a go.mod.
func modulePath(file string) (string, error) {
	data, err := input.ReadFile(file, maxMod)
	if err != nil {
		return "", err
	}
	if name := modfile.ModulePath(data); name != "" && name != "(" {
		return name, nil // whatever else the go command has yet to put right in it
	}
	mod, err := parse(file, data)
	if err != nil {
		return "", err
	}
	if mod.Module == nil || mod.Module.Mod.Path == "" {
		return "", spec.Problems{{
			Pos:     spec.Pos{File: file},
			Message: "no module line names the module's path",
			Hint:    `the first line of a go.mod reads like "module example.com/project"`,
		}}
	}
	return mod.Module.Mod.Path, nil
}

// parse reads a go.mod. What only newer versions of Go understand is passed over.
func parse(file string, data []byte) (*modfile.File, error) {
	mod, err := modfile.Parse(file, data, nil)
	if err != nil {
		mod, err = modfile.ParseLax(file, data, nil)
	}
	if list, ok := errors.AsType[modfile.ErrorList](err); ok {
		var problems spec.Problems
		for _, e := range list {
			problems.Add(spec.Pos{File: file, Line: e.Pos.Line, Column: e.Pos.LineRune}, "", "%v", e.Err)
		}
		return nil, problems.Err()
	}
	return mod, err
}

// Folder returns a folder's slash-separated path below the root. The error is a
// [spec.Problems] when it is outside, or no place for a package that is imported.
func (m Module) Folder(dir string) (string, error) {
	rel, ok := paths.Below(m.Root, dir)
	if !ok {
		return "", spec.Problems{{
			Pos: spec.Pos{File: dir}, Message: "the folder is outside the module at " + m.Root, Hint: "keep the client and its runtime in one module",
		}}
	}
	if why := unimportable(rel); why != "" {
		return "", spec.Problems{{Pos: spec.Pos{File: dir}, Message: why, Hint: "choose another folder"}}
	}
	return rel, nil
}

// ImportPath is the import path of a folder, given by its path below the root.
func (m Module) ImportPath(rel string) string { return path.Join(m.Path, rel) }

// unimportable returns why the packages of a folder are not found, or "". The rules
// are those of "go help packages", of vendor directories, and of import paths.
func unimportable(rel string) string {
	if rel == "." {
		return ""
	}
	for element := range strings.SplitSeq(rel, "/") {
		switch {
		case element == "vendor":
			return "the go command takes a folder named vendor for copies of other modules"
		case element == "testdata":
			return "the go command ignores folders named testdata"
		case strings.HasPrefix(element, "_"), strings.HasPrefix(element, "."):
			return "the go command ignores folders whose name begins with " + element[:1]
		case strings.HasPrefix(element, "-"):
			return "the name of a folder in an import path must not begin with -"
		case strings.Contains(element, "..."):
			return "the go command takes ... in a path for a wildcard"
		}
	}
	if err := module.CheckImportPath(rel); err != nil {
		if invalid, ok := errors.AsType[*module.InvalidPathError](err); ok {
			err = invalid.Err
		}
		return "the folder cannot be part of an import path: " + err.Error()
	}
	return ""
}

// Importable reports whether a package in the folder from may import one in the
// folder to: the parent of the innermost folder called internal must be above it
// (https://go.dev/doc/go1.4#internalpackages).
func Importable(to, from string) bool {
	elements := strings.Split(filepath.ToSlash(paths.Abs(to)), "/")
	for i, element := range slices.Backward(elements) {
		if element == "internal" {
			_, ok := paths.Below(filepath.FromSlash(strings.Join(elements[:i], "/")+"/"), from)
			return ok
		}
	}
	return true
}
