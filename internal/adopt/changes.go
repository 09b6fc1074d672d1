package adopt

import (
	"bytes"
	"cmp"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/internal/adopt/journal"
	"example.com/lathe/internal/adopt/mods"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/spec"
)

// changes are what has to be done to the program's files: what is new first, go.sum and
// go.mod last, so that the program builds at each point. State is what is known of earlier
// runs.
func (s *stage) changes(state *journal.State) ([]journal.Change, error) {
	if err := s.checkFiles(); err != nil {
		return nil, err
	}
	var all []journal.Change
	for name, data := range s.files {
		if was := s.before[name]; was == nil || !bytes.Equal(was, data) {
			all = append(all, journal.Change{Path: name, Data: data, Was: was})
		}
	}
	gone, err := generated(s.root, s.layout.Folder, state)
	if err != nil {
		return nil, err
	}
	for _, name := range gone {
		if _, stays := s.files[name]; stays {
			continue
		}
		was, err := s.was(name)
		if err != nil {
			return nil, err
		}
		if was != nil {
			all = append(all, journal.Change{Path: name, Was: was})
		}
	}
	slices.SortFunc(all, func(a, b journal.Change) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Path, b.Path))
	})
	return all, nil
}

// rank returns where a change stands in the order of all.
func rank(c journal.Change) int {
	switch {
	case c.Path == gomod.Name:
		return 3
	case c.Path == goSum:
		return 2
	case c.Data == nil:
		return 4 // when go.mod no longer leads there
	default:
		return 1
	}
}

// base is what go.mod and go.sum would be without adoption, where somebody has changed
// them since the last run.
func (s *stage) base(state *journal.State) (map[string][]byte, error) {
	if state == nil || state.After[gomod.Name] == "" {
		return map[string][]byte{}, nil
	}
	now, err := s.was(gomod.Name)
	if err != nil || input.Sum(now) == state.After[gomod.Name] {
		return nil, err
	}
	mod, err := mods.Take(now, s.layout.Folder)
	if err != nil {
		return nil, err
	}
	base := map[string][]byte{gomod.Name: mod}
	sums, err := s.was(goSum)
	if before := state.Before[goSum]; before != nil && err == nil {
		base[goSum] = mods.MergeSums(sums, before.Data)
	}
	return base, err
}

// generated are the files in the folder of adoption that came from a run of it, or that
// Lathe generated there since.
func generated(root, folder string, state *journal.State) ([]string, error) {
	var names []string
	err := eachFile(root, folder, func(file string, data []byte) error {
		if isKnown := state != nil && state.After[file] != ""; isKnown || isOurs(file, data) {
			names = append(names, file)
		}
		return nil
	})
	return names, err
}

// isOurs reports whether Lathe wrote a file, whatever run it was.
func isOurs(name string, data []byte) bool {
	return emit.Generated(data) || path.Base(name) == emit.ManifestName
}

// checkFiles reports what stands in the way of the files of the stage.
func (s *stage) checkFiles() error {
	var problems spec.Problems
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		data := s.files[name]
		if was := s.before[name]; strings.HasPrefix(name, s.layout.Folder+"/") && was != nil && isOurs(name, data) &&
			!isOurs(name, was) {
			problems.Add(spec.Pos{File: filepath.Join(s.root, name)}, "move it, or name another folder with --dir",
				"a file that Lathe did not generate is in the way")
		}
	}
	return problems.Err()
}
