// Package paths names files the same way from every working directory. A name that
// a user typed becomes an absolute one by [Abs], and is shown by [Show], which is
// the way back: Abs(Show(name)) is name. Both count from where the working directory
// really is, because the operating system does so, and not from the symbolic link
// through which a shell went there.
package paths

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Abs returns the absolute form of a name, cleaned. Symbolic links in an absolute
// name stay.
func Abs(name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	here, err := os.Getwd()
	if err != nil {
		return filepath.Clean(name) // a folder that was removed: nothing can be read there
	}
	return filepath.Join(Real(here), name)
}

// Show returns the name for messages and for opening: relative to the working
// directory where that is shorter.
func Show(name string) string {
	if !filepath.IsAbs(name) {
		return name
	}
	rel, err := filepath.Rel(Abs("."), name)
	switch {
	case err != nil || len(rel) >= len(name):
		return name
	case strings.HasPrefix(rel, "-"): // "-" alone is standard input
		return "." + string(filepath.Separator) + rel
	default:
		return rel
	}
}

// Real returns the absolute form of a folder's name with symbolic links resolved. Of
// a folder that does not exist, or cannot be looked at, the links above it are.
func Real(dir string) string {
	abs := filepath.Clean(dir)
	if !filepath.IsAbs(dir) {
		abs = Abs(dir)
	}
	for above, below := abs, ""; ; above, below = filepath.Dir(above), filepath.Join(filepath.Base(above), below) {
		if resolved, err := filepath.EvalSymlinks(above); err == nil {
			return filepath.Join(resolved, below)
		}
		if above == filepath.Dir(above) {
			return abs
		}
	}
}

// Below returns the slash-separated path of name below the folder dir, and whether
// it lies there; "." for dir itself. Folders are compared by what they are, so that
// dir and the beginning of name may be spelled through different symbolic links.
// Links further down are not followed: they are part of the path.
func Below(dir, name string) (string, bool) {
	dir, name = Abs(dir), Abs(name)
	want, err := os.Stat(dir)
	for above, below := name, ""; ; above, below = filepath.Dir(above), filepath.Join(filepath.Base(above), below) {
		if above == dir || err == nil && isFolder(above, want) {
			return filepath.ToSlash(filepath.Clean(below)), true
		}
		if above == filepath.Dir(above) {
			return "", false
		}
	}
}

func isFolder(name string, want fs.FileInfo) bool {
	info, err := os.Stat(name)
	return err == nil && os.SameFile(info, want)
}

// Rel returns the slash-separated path that leads from the folder dir to name. It
// depends on where both are and not on how they are spelled, as far as [Below] sees
// to that. A name on another volume has no such path, and stays as it is.
func Rel(dir, name string) string {
	if below, ok := Below(dir, name); ok {
		return below
	}
	rel, err := filepath.Rel(Real(Abs(dir)), filepath.Join(Real(filepath.Dir(Abs(name))), filepath.Base(name)))
	if err != nil {
		return filepath.ToSlash(name)
	}
	return filepath.ToSlash(rel)
}

// Same reports whether two names are those of one file or folder. Of what does not
// exist the names decide.
func Same(a, b string) bool {
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	if errA == nil && errB == nil {
		return os.SameFile(infoA, infoB)
	}
	if errors.Is(errA, fs.ErrNotExist) != errors.Is(errB, fs.ErrNotExist) {
		return false
	}
	return Abs(a) == Abs(b)
}
