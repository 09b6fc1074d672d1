// Package mods edits go.mod, go.sum and go.work as text: it puts folders in the place of
// modules, and takes them out again.
package mods

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"

	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// Swap is a module, and the folder that is to stand in its place: slash-separated and
// relative to that of go.mod, or absolute.
type Swap struct{ Path, Folder string }

// noVersion is required of modules that exist in folders alone.
const noVersion = "v0.0.0"

// Replacement is what [Put] makes of a go.mod.
type Replacement struct {
	// Ours is the folder below which everything is that ever replaces a module: lines that
	// lead there and are no longer wanted go.
	Ours string
	// Swaps are the modules to replace. Alone are those that exist nowhere else, such as a
	// shared runtime: go.mod has to require them.
	Swaps, Alone []Swap
	// Floor is what the folders need at least.
	Floor []gomod.Version
}

// Put returns a go.mod in which the modules are replaced by folders.
func Put(data []byte, r Replacement) ([]byte, error) {
	mod, err := parse(data)
	if err != nil {
		return nil, err
	}
	all := slices.Concat(r.Swaps, r.Alone)
	if err := take(mod, r.Ours, all); err != nil {
		return nil, err
	}
	added, err := replace(mod, all)
	if err != nil {
		return nil, err
	}
	for _, s := range r.Alone {
		if !requires(mod, s.Path) {
			mod.AddNewRequire(s.Path, noVersion, true)
		}
	}
	if err := raise(mod, r.Floor); err != nil {
		return nil, err
	}
	data, err = text(mod)
	return append(data, block(added)...), err
}

// replace leads the modules that are replaced already to their folders, and returns the
// others.
func replace(mod *modfile.File, all []Swap) (added []Swap, err error) {
	for _, s := range all {
		if !slices.ContainsFunc(mod.Replace, func(r *modfile.Replace) bool { return r.Old.Path == s.Path }) {
			added = append(added, s)
		} else if err := mod.AddReplace(s.Path, "", asFolder(s.Folder), ""); err != nil {
			return nil, err
		}
	}
	return added, nil
}

// block is the text of replacements; the library would write each as a paragraph.
func block(swaps []Swap) string {
	if len(swaps) == 0 {
		return ""
	}
	var text strings.Builder
	text.WriteString("\nreplace (\n")
	byPath := func(a, b Swap) int { return strings.Compare(a.Path, b.Path) }
	for _, s := range slices.SortedFunc(slices.Values(swaps), byPath) {
		text.WriteString("\t" + s.Path + " => " + modfile.AutoQuote(asFolder(s.Folder)) + "\n")
	}
	return text.String() + ")\n"
}

// HasReplaced reports whether a go.mod has replace lines.
func HasReplaced(data []byte) (bool, error) {
	mod, err := parse(data)
	return err == nil && len(mod.Replace) > 0, err
}

// Take returns a go.mod without what [Put] brought, but for versions that it raised.
func Take(data []byte, ours string) ([]byte, error) {
	mod, err := parse(data)
	if err != nil {
		return nil, err
	}
	if err := take(mod, ours, nil); err != nil {
		return nil, err
	}
	return text(mod)
}

// Relocate returns a go.mod in which replacements below the absolute folder from lead to
// the same place below that of go.mod.
func Relocate(data []byte, from string) ([]byte, error) {
	mod, err := parse(data)
	if err != nil {
		return nil, err
	}
	for _, r := range slices.Clone(mod.Replace) {
		if below, ok := strings.CutPrefix(r.New.Path, strings.TrimSuffix(from, "/")+"/"); ok && r.New.Version == "" {
			if err := mod.AddReplace(r.Old.Path, r.Old.Version, asFolder(below), ""); err != nil {
				return nil, err
			}
		}
	}
	return text(mod)
}

// Replaced returns by what a go.mod replaces the modules of a path prefix, but by folders
// below ours.
func Replaced(data []byte, ours, prefix string) (map[string]module.Version, error) {
	mod, err := parse(data)
	if err != nil {
		return nil, err
	}
	found := map[string]module.Version{}
	for _, r := range mod.Replace {
		if strings.HasPrefix(r.Old.Path, prefix) && !isOurs(r, ours) {
			found[r.Old.Path] = r.New
		}
	}
	return found, nil
}

// Raised returns what a go.mod requires in another version than an older one, as "path
// version (was version)".
func Raised(old, now []byte) ([]string, error) {
	before, err := parse(old)
	if err != nil {
		return nil, err
	}
	after, err := parse(now)
	if err != nil {
		return nil, err
	}
	was := map[string]string{}
	for _, r := range before.Require {
		was[r.Mod.Path] = r.Mod.Version
	}
	var all []string
	if before.Go != nil && after.Go != nil && before.Go.Version != after.Go.Version {
		all = append(all, "go "+after.Go.Version+" (was "+before.Go.Version+")")
	}
	for _, r := range after.Require {
		if v := was[r.Mod.Path]; v != "" && v != r.Mod.Version {
			all = append(all, r.Mod.Path+" "+r.Mod.Version+" (was "+v+")")
		}
	}
	return all, nil
}

// MergeSums returns the lines of two go.sum files.
func MergeSums(a, b []byte) []byte {
	lines := slices.DeleteFunc(strings.SplitAfter(string(a)+string(b), "\n"), func(line string) bool { return line == "" })
	slices.Sort(lines)
	return []byte(strings.Join(slices.Compact(lines), ""))
}

func parse(data []byte) (*modfile.File, error) {
	mod, err := modfile.Parse(gomod.Name, data, nil)
	if err != nil {
		return nil, spec.Problems{{
			Pos: spec.Pos{File: gomod.Name}, Message: "it can't be read: " + err.Error(),
			Hint: "the go command must understand it, too",
		}}
	}
	return mod, nil
}

// take drops the replacements by folders below ours, but for those in keep, and the
// requirements of modules that exist in these folders alone.
func take(mod *modfile.File, ours string, keep []Swap) error {
	for _, r := range slices.Clone(mod.Replace) {
		if !isOurs(r, ours) || slices.ContainsFunc(keep, func(s Swap) bool { return s.Path == r.Old.Path }) {
			continue
		}
		old := r.Old // which is gone when the line is
		if err := mod.DropReplace(old.Path, old.Version); err != nil {
			return err
		}
		isAlone := func(r *modfile.Require) bool { return r.Mod.Path == old.Path && r.Mod.Version == noVersion }
		if slices.ContainsFunc(mod.Require, isAlone) {
			if err := mod.DropRequire(old.Path); err != nil {
				return err
			}
		}
	}
	return nil
}

func isOurs(r *modfile.Replace, ours string) bool {
	return r.New.Version == "" && strings.HasPrefix(path.Clean(r.New.Path), path.Clean(ours)+"/")
}

func requires(mod *modfile.File, name string) bool {
	return slices.ContainsFunc(mod.Require, func(r *modfile.Require) bool { return r.Mod.Path == name })
}

// raise brings what a go.mod requires to versions that are newer.
func raise(mod *modfile.File, floor []gomod.Version) error {
	for _, want := range floor {
		if want.Path == gomod.Go {
			if mod.Go == nil || semver.Compare("v"+mod.Go.Version, "v"+want.Version) < 0 {
				if err := mod.AddGoStmt(want.Version); err != nil {
					return err
				}
			}
			continue
		}
		for _, r := range mod.Require {
			if r.Mod.Path == want.Path && semver.Compare(r.Mod.Version, want.Version) < 0 {
				if err := mod.AddRequire(want.Path, want.Version); err != nil {
					return err
				}
				break
			}
		}
	}
	return nil
}

// Raise returns a go.mod that requires the versions where it requires older ones.
func Raise(data []byte, floor []gomod.Version) ([]byte, error) {
	mod, err := parse(data)
	if err != nil {
		return nil, err
	}
	if err := raise(mod, floor); err != nil {
		return nil, err
	}
	return text(mod)
}

// Requires reports whether a go.mod requires a module of which this is true, and not only because
// others need it. One that can't be read requires nothing.
func Requires(data []byte, is func(path string) bool) bool {
	mod, err := modfile.ParseLax(gomod.Name, data, nil)
	return err == nil && slices.ContainsFunc(mod.Require, func(r *modfile.Require) bool {
		return !r.Indirect && is(r.Mod.Path)
	})
}

// IsBehind reports whether a go.mod, which may be that of a dependency, requires an older version
// than one of these.
func IsBehind(data []byte, floor []gomod.Version) (bool, error) {
	mod, err := modfile.ParseLax(gomod.Name, data, nil)
	if err != nil {
		return false, err
	}
	for _, r := range mod.Require {
		for _, want := range floor {
			if r.Mod.Path == want.Path && semver.Compare(r.Mod.Version, want.Version) < 0 {
				return true, nil
			}
		}
	}
	return false, nil
}

// Require returns a go.mod that requires the versions.
func Require(data []byte, all []gomod.Version) ([]byte, error) {
	mod, err := parse(data)
	if err != nil {
		return nil, err
	}
	for _, want := range all {
		if !requires(mod, want.Path) {
			mod.AddNewRequire(want.Path, want.Version, true)
		} else if err := mod.AddRequire(want.Path, want.Version); err != nil {
			return nil, err
		}
	}
	return text(mod)
}

// asFolder is the form in which go.mod names a folder.
func asFolder(name string) string {
	if path.IsAbs(name) || strings.HasPrefix(name, "../") {
		return name
	}
	return "./" + strings.TrimPrefix(name, "./")
}

func text(mod *modfile.File) ([]byte, error) {
	mod.Cleanup()
	data, err := mod.Format()
	return bytes.TrimLeft(data, "\n"), err
}

// Workspace returns the modules of a go.work beside that in a folder, as it names them.
func Workspace(name, root string) ([]string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	work, err := modfile.ParseWork(name, data, nil)
	if err != nil {
		return nil, spec.Problems{{Pos: spec.Pos{File: name}, Message: "it can't be read: " + err.Error()}}
	}
	var others []string
	for _, use := range work.Use {
		dir := filepath.FromSlash(use.Path)
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(filepath.Dir(name), dir)
		}
		if !paths.Same(dir, root) {
			others = append(others, use.Path)
		}
	}
	return others, nil
}
