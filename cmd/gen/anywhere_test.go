package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// from is a way to call the program: in a folder below the parent of the project,
// through links or not.
type from struct {
	name, dir string
	args      []string
}

// everywhere runs the program for each way to call in a fresh project, and compares
// what is there afterwards. What the first way made is checked in all ways.
func everywhere(t *testing.T, ways []from, files ...string) {
	t.Helper()
	var first map[string]string
	for _, way := range ways {
		t.Run(way.name, func(t *testing.T) {
			parent := parentOf(t, files...)
			got := runIn(t, parent, way.dir, append([]string{"generate", "--quiet"}, way.args...)...)
			expect(t, got, outcome{0, "", ""})
			made := contents(t, filepath.Join(parent, "project"))
			if first == nil {
				first = made
				for _, other := range ways {
					if got := runIn(t, parent, other.dir, append([]string{"check"}, other.args...)...); got.exit != 0 {
						t.Errorf("check, %s: %+v", other.name, got)
					}
				}
			}
			if diff := cmp.Diff(first, made); diff != "" {
				t.Errorf("the files differ:\n%s", diff)
			}
			for name, data := range made {
				if strings.Contains(data, parent) {
					t.Errorf("%s names the folder of the project", name)
				}
			}
		})
	}
}

// parentOf makes a folder with a project, a link to the project, and in the project a
// link to a folder of it, and one to a folder outside.
func parentOf(t *testing.T, files ...string) string {
	t.Helper()
	parent, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	spec := read(t, "../../spec", "datazone.yaml")
	put(t, parent, "project/go.mod", "module example.com/m\n", "project/sub/deep/x", "", "outside/api.yaml", spec, "project/api.yaml", spec)
	put(t, filepath.Join(parent, "project"), files...)
	for name, target := range map[string]string{"link": "project", "project/linked": "sub/deep", "project/models": "../outside"} {
		if err := os.Symlink(target, filepath.Join(parent, name)); err != nil {
			t.Skipf("there are no links: %v", err)
		}
	}
	return parent
}

// runIn runs the real program as a shell would that went into a folder: PWD spells it
// as it was typed. In arguments $ is the parent.
func runIn(t *testing.T, parent, dir string, args ...string) outcome {
	t.Helper()
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "$", parent)
	}
	cmd := commandOf(withReal, filepath.Join(parent, dir), args...)
	cmd.Env = append(cmd.Env, "PWD="+cmd.Dir)
	return runProgram(t, cmd)
}

func TestSameFromEverywhere(t *testing.T) {
	for _, spec := range []string{"api.yaml", "models/api.yaml", "../outside/api.yaml"} {
		t.Run(spec, func(t *testing.T) {
			everywhere(t, []from{
				{"in the project", "project", nil},
				{"below", "project/sub/deep", nil},
				{"from the parent", ".", []string{"--config", "project/lathe.yaml"}},
				{"from a sibling", "outside", []string{"--config", "../project/lathe.yaml"}},
				{"absolute", "/", []string{"--config", "$/project/lathe.yaml"}},
				{"through a link", "link", nil},
				{"below, through a link", "link/sub", nil},
				{"through a link in it", "project/linked", nil},
				{"the file through a link", ".", []string{"--config", "link/lathe.yaml"}},
				{"absolute, through a link", "/", []string{"--config", "$/link/lathe.yaml"}},
			}, "lathe.yaml", "packages: [{spec: "+spec+", out: gen/a}]\nruntime: gen/internal\n")
		})
	}
}

func TestSameFromEverywhereConfigBelow(t *testing.T) {
	everywhere(t, []from{
		{"beside", "project/sub", nil},
		{"below", "project/sub/deep", nil},
		{"above", "project", []string{"--config", "sub/lathe.yaml"}},
		{"through a link", "link", []string{"--config", "../link/sub/lathe.yaml"}},
	}, "sub/lathe.yaml", "packages: [{spec: ../api.yaml, out: ../gen/a}]\n")
}

func TestSameFromEverywhereByFlags(t *testing.T) {
	everywhere(t, []from{
		{"in the project", "project", []string{"--spec", "api.yaml", "--out", "gen"}},
		{"below", "project/sub", []string{"--spec", "../api.yaml", "--out", "../gen"}},
		{"from the parent", ".", []string{"--spec", "./project/api.yaml", "--out", "project/gen"}},
		{"absolute", "/", []string{"--spec", "$/project/api.yaml", "--out", "$/project/gen"}},
		{"absolute spec", "project", []string{"--spec", "$/project/api.yaml", "--out", "gen"}},
		{"in a link", "link", []string{"--spec", "api.yaml", "--out", "gen"}},
		{"below, in a link", "link/sub", []string{"--spec", "../api.yaml", "--out", "$/project/gen"}},
		{"spec through a link", "project", []string{"--spec", "../link/api.yaml", "--out", "gen"}},
		{"out through a link", "project", []string{"--spec", "api.yaml", "--out", "$/link/gen"}},
	})
	everywhere(t, []from{
		{"outside", "project", []string{"--spec", "../outside/api.yaml", "--out", "gen"}},
		{"outside, from there", "outside", []string{"--spec", "api.yaml", "--out", "../project/gen"}},
		{"outside, absolute", "/", []string{"--spec", "$/outside/api.yaml", "--out", "$/link/gen"}},
		{"outside, through a link", "link/sub", []string{"--spec", "../../outside/../outside/api.yaml", "--out", "../gen"}},
	})
}

// The header names the spec by its path in the module, and by folder and name when it
// is outside.
func TestSourceInHeader(t *testing.T) {
	parent := parentOf(t, "spec/v1/api.yaml", read(t, "../../spec", "datazone.yaml"))
	for spec, want := range map[string]string{
		"api.yaml": "api.yaml", "spec/v1/api.yaml": "spec/v1/api.yaml", "models/api.yaml": "models/api.yaml", "../outside/api.yaml": "outside/api.yaml",
	} {
		expect(t, runIn(t, parent, "project", "generate", "--quiet", "--spec", spec, "--out", "gen"), outcome{0, "", ""})
		if text := read(t, parent, "project/gen/doc.go"); !strings.Contains(text, "\n// Source: "+want+"\n") {
			t.Errorf("%s: there is no %s in\n%.200s", spec, want, text)
		}
	}
}

// go generate runs the program in the folder of the file with the line.
func TestSameFromGoGenerate(t *testing.T) {
	gen := filepath.Join(t.TempDir(), "gen")
	put(t, filepath.Dir(gen), "gen", "#!/bin/sh\n"+asProgram+"="+withReal+" exec '"+os.Args[0]+"' \"$@\"\n")
	if err := os.Chmod(gen, 0o700); err != nil {
		t.Fatal(err)
	}
	line := "package p\n\n//go:generate " + gen + "\n"
	parent := parentOf(t, "lathe.yaml", "packages: [{spec: api.yaml, out: gen}]\n", "sub/generate.go", line, "generate.go", line)
	expect(t, runIn(t, parent, "project", "--quiet"), outcome{0, "", ""})
	before := contents(t, filepath.Join(parent, "project"))
	for _, call := range [][2]string{{"project", "./sub"}, {"project", "."}, {"link", "./sub"}, {"project/sub", "."}, {"link/sub", "./..."}} {
		cmd := exec.Command("go", "generate", call[1])
		cmd.Dir = filepath.Join(parent, call[0])
		cmd.Env = append(os.Environ(), "PWD="+cmd.Dir, "GOWORK=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", call, err, out)
		}
		if diff := cmp.Diff(before, contents(t, filepath.Join(parent, "project"))); diff != "" {
			t.Errorf("%v: the files differ:\n%s", call, diff)
		}
	}
}
