package main

import (
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/internal/adopt"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/paths"
	"example.com/lathe/runtime"
)

// floor are the oldest versions that the clients in a module, and what a go.mod may have beside
// them, work with.
func (s *state) floor(root string) []gomod.Version {
	all := append([]gomod.Version{{Path: gomod.Go, Version: runtime.MinGo}}, adopt.Peers...)
	for _, m := range s.made {
		if m.ModuleRoot == root {
			all = append(all, m.Requires...)
		}
	}
	slices.SortStableFunc(all[1:], func(a, b gomod.Version) int { return strings.Compare(a.Path, b.Path) })
	return slices.Compact(all)
}

// goGet is what brings a go.mod to what the clients in its module need.
type goGet struct {
	Folder  string `json:"folder"`
	Command string `json:"command"`
	// Why names the versions that go.mod has.
	Why string `json:"why"`
}

// goGets are the commands for the modules that clients were generated into. A go.mod
// that cannot be read is left to the go command to report.
func (s *state) goGets() []goGet {
	all := []goGet{}
	var seen []string
	for _, m := range s.made {
		if slices.Contains(seen, m.ModuleRoot) {
			continue
		}
		seen = append(seen, m.ModuleRoot)
		needs, err := gomod.Module{Root: m.ModuleRoot}.Behind(s.floor(m.ModuleRoot)...)
		if err != nil || len(needs) == 0 {
			continue
		}
		get := goGet{Folder: filepath.ToSlash(paths.Show(m.ModuleRoot)), Command: "go get"}
		var has []string
		for _, need := range needs {
			get.Command += " " + need.Path + "@" + need.Version.Version
			has = append(has, need.Path+" "+need.Has)
		}
		get.Why = "go.mod has " + strings.Join(has, ", ")
		all = append(all, get)
	}
	return all
}

// String returns the line for people.
func (g goGet) String() string {
	command := g.Command
	if mod, err := gomod.Find("."); err != nil || !paths.Same(mod.Root, g.Folder) {
		command = "cd " + quote(g.Folder) + " && " + command
	}
	return "needed: " + command + " (" + g.Why + ")"
}
