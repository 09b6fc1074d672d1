package gomod

import (
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"

	"example.com/lathe/internal/input"
)

// Go is the path by which "go get" knows the version of Go itself.
const Go = "go"

// Version is a version of a module, or of [Go].
type Version = module.Version

// Need is a version that code needs at least.
type Need struct {
	Version

	// Has is the older version that go.mod names.
	Has string
}

// Behind returns those of the versions that are newer than what the go.mod at the root
// names, in their order. What go.mod does not name, or replaces by a folder, is none
// of them: the go command adds it in its newest version.
func (m Module) Behind(wanted ...Version) ([]Need, error) {
	file := filepath.Join(m.Root, Name)
	data, err := input.ReadFile(file, maxMod)
	if err != nil {
		return nil, err
	}
	mod, err := parse(file, data)
	if err != nil {
		return nil, err
	}
	var needs []Need
	for _, want := range wanted {
		if has := version(mod, want.Path); IsOlder(has, want.Version) {
			needs = append(needs, Need{want, has})
		}
	}
	return needs, nil
}

// version is the version of a module that a go.mod leads to, "" where it names none.
func version(mod *modfile.File, modPath string) string {
	if modPath == Go {
		if mod.Go == nil {
			return ""
		}
		return mod.Go.Version
	}
	has := ""
	for _, r := range mod.Require {
		if r.Mod.Path == modPath {
			has = r.Mod.Version
		}
	}
	replaced := has
	for _, r := range mod.Replace {
		switch {
		case r.Old.Path != modPath:
		case r.Old.Version == has: // it counts more than one for all versions
			return r.New.Version
		case r.Old.Version == "":
			replaced = r.New.Version
		}
	}
	return replaced
}

// IsOlder reports whether a version of a module, or of Go, is older than another. What is neither,
// such as the name of a branch, is not older.
func IsOlder(has, want string) bool {
	has, want = asSemver(has), asSemver(want)
	return semver.IsValid(has) && semver.Compare(has, want) < 0
}

// asSemver makes "1.23rc1" and "1.23" versions that package semver knows.
func asSemver(version string) string {
	if strings.HasPrefix(version, "v") || version == "" {
		return version
	}
	if at := strings.IndexAny(version, "rb"); at > 0 { // a release candidate or beta
		version = version[:at] + ".0-" + version[at:]
	}
	return "v" + version
}
