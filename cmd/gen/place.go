package main

import (
	"path/filepath"
	"slices"

	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// nameIn is the name from here, with slashes, of a file in a folder.
func nameIn(dir, file string) string {
	return filepath.ToSlash(paths.Show(filepath.Join(dir, filepath.FromSlash(file))))
}

// nameOf is that of the file of a change.
func nameOf(c emit.Change) string { return nameIn(c.Root, c.Path) }

// placeIn is a place whose file counts from a folder, such as the root of a program, as it is
// called from here. What is no file there, such as a package, stays.
func placeIn(dir string, pos spec.Pos) spec.Pos {
	file := pos.File
	if name := filepath.Join(dir, file); !filepath.IsAbs(file) && file != "" && fileExists(name) {
		file = name
	}
	pos.File = filepath.ToSlash(paths.Show(file))
	return pos
}

// placesIn are problems with such places.
func placesIn(dir string, problems spec.Problems) spec.Problems {
	shown := slices.Clone(problems)
	for i := range shown {
		shown[i].Pos = placeIn(dir, shown[i].Pos)
	}
	return shown
}
