package main

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"example.com/lathe/internal/paths"
)

// fewFindings is how many findings of one kind in one output folder are listed one
// by one. Of more the first are named and the others counted.
const fewFindings = 5

// fold puts findings of one kind in one output folder together where there are many:
// a tree that was never generated is one finding to a reader. With diffs, each
// of which belongs to a file, all are listed.
func (a *app) fold(s *state, all []finding) []finding {
	if a.flags.diff || a.flags.verbose {
		return all
	}
	type group struct{ folder, kind, message string }
	folders := s.outputFolders()
	of := func(f finding) group { return group{folderOver(folders, f.Path), f.Kind, f.Message} }
	groups := map[group][]finding{}
	for _, f := range all {
		groups[of(f)] = append(groups[of(f)], f)
	}
	var folded []finding
	for _, f := range all {
		key := of(f)
		switch members := groups[key]; {
		case key.folder == "" || len(members) <= fewFindings:
			folded = append(folded, f)
		case f == members[0]:
			folded = append(folded, together(key.folder, members))
		}
	}
	return folded
}

// together makes one finding of many in a folder.
func together(folder string, members []finding) finding {
	f := members[0]
	names := make([]string, fewFindings)
	for i := range names {
		names[i] = strings.TrimPrefix(members[i].Path, folder+"/")
	}
	f.Path = folder
	f.Message = fmt.Sprintf("%d files (%s and %d more): %s", len(members), strings.Join(names, ", "),
		len(members)-fewFindings, f.Message)
	return f
}

// outputFolders are the output folders of the run, as paths are shown.
func (s *state) outputFolders() map[string]bool {
	folders := map[string]bool{}
	for _, m := range s.made {
		for _, dir := range m.Dirs {
			folders[filepath.ToSlash(paths.Show(filepath.Join(m.ModuleRoot, filepath.FromSlash(dir))))] = true
		}
	}
	for _, dir := range s.dropped {
		folders[filepath.ToSlash(paths.Show(dir))] = true
	}
	return folders
}

// folderOver is the output folder that a file lies in, "" for a file in none.
func folderOver(folders map[string]bool, file string) string {
	for dir := path.Dir(file); ; dir = path.Dir(dir) {
		if folders[dir] {
			return dir
		}
		if dir == path.Dir(dir) {
			return ""
		}
	}
}
