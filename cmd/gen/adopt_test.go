package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// From one end to the other: adopted, run, checked, and undone to the byte. What takes
// longer is in adopt_heavy_test.go.
func TestAdopt(t *testing.T) {
	w := newAdoptWorld(t)
	before := w.tree(t)
	first := w.adopt(t, "--models", "../models")
	if !strings.Contains(first.stdout, "notes    1 of 4") || !strings.HasSuffix(first.stdout, " removed; the program builds with them\n") {
		t.Errorf("adopt: %s", first.stdout)
	}
	if want := "warning: go.mod: \"go install example.com/program@VERSION\" refuses a module with replace lines\n"; !strings.Contains(first.stdout, want) {
		t.Errorf("there is no %s in %s", want, first.stdout)
	}
	if got := w.goCommand(t, "run", "."); got != "GET/notes/n true\n" {
		t.Errorf("the program printed %s", got)
	}
	edit(t, w.dir, "main.go", "\tread(client)\n", "\tread(client)\n\tclient.DeleteNote(context.Background(), &notes.DeleteNoteInput{Id: aws.String(\"n\")})\n")
	if got := w.gen(t, "check"); got.exit != 2 || !strings.Contains(got.stdout, "notes.(*Client).DeleteNote is named here, and not generated (fix: gen adopt)") {
		t.Errorf("check: %+v", got)
	}
	put(t, w.dir, "cmd/x", "")
	for _, tt := range []struct{ args, want string }{
		{"check", "not there  ../main.go:"}, {"adopt --dry-run", "GetNote     ../main.go:"},
		{"adopt --json", `"path": "../third_party/aws/notes/api_op_DeleteNote.go",`}, {"adopt --undo --json", `"path": "../go.mod",`},
	} {
		below := commandOf(withReal, filepath.Join(w.dir, "cmd"), strings.Fields(tt.args)...)
		below.Env = append(below.Env, w.env...)
		if got := runProgram(t, below); !strings.Contains(got.stdout, tt.want) {
			t.Errorf("%s in a folder below: no %s in %+v", tt.args, tt.want, got)
		}
	}
	remove(t, w.dir, "cmd")
	put(t, w.dir, "main.go", notesProgram)
	if name := same(before, w.tree(t)); name != "" {
		t.Errorf("after the undo %s differs", name)
	}
	if got := w.gen(t, "adopt", "--undo"); got.exit != 1 || !strings.Contains(got.stderr, "nothing was adopted in .") {
		t.Errorf("a second undo: %+v", got)
	}
}

// What is not for adoption is refused before anything is looked at.
func TestAdoptRefusesProjects(t *testing.T) {
	dir := module(t, "models/"+notesModel, read(t, "testdata", notesModel))
	for name, tt := range map[string]struct {
		prepare, undo func()
		want          string
	}{
		"read-only": {
			func() { _ = os.Chmod(filepath.Join(dir, "go.mod"), 0o444) }, func() { _ = os.Chmod(filepath.Join(dir, "go.mod"), 0o644) },
			"go.mod: the file is read-only",
		},
		"another module": {
			func() { put(t, dir, "third_party/go.mod", "module example.com/third\n") }, func() { _ = os.RemoveAll(filepath.Join(dir, "third_party")) },
			"the folder belongs to another module, example.com/third",
		},
		"a workspace": {
			func() {
				put(t, dir, "go.work", "go 1.26\n\nuse (\n\t.\n\t./other\n)\n", "other/go.mod", "module example.com/other\n")
			},
			func() { _ = os.Remove(filepath.Join(dir, "go.work")) },
			"go.work: the workspace has other modules: ./other\n\thint: ",
		},
		"a large workspace": {
			func() { put(t, dir, "go.work", "go 1.26\n\nuse (\n\t.\n\ta\n\tb\n\tc\n\td\n\te\n\tf\n\tg\n)\n") },
			func() { _ = os.Remove(filepath.Join(dir, "go.work")) },
			"go.work: the workspace has other modules: a, b, c, d, e and 2 more\n\thint: ",
		},
	} {
		tt.prepare()
		if got := runProgram(t, commandOf(withReal, dir, "adopt", "--models", "models")); got.exit != 1 || !strings.Contains(got.stderr, tt.want) {
			t.Errorf("%s: %+v", name, got)
		}
		tt.undo()
	}
}

// Mistakes on the command line come to light before the program is looked at, and a program
// that has nothing to adopt is no mistake.
func TestAdoptUsage(t *testing.T) {
	dir := module(t, "models/"+notesModel, read(t, "testdata", notesModel), "sub/main.go", "package main\n\nfunc main() {}\n",
		"sub/clients/go.mod", "module example.com/clients\n")
	const isNone = " is no folder inside the module\n\thint: name one in "
	for _, tt := range []struct {
		args, want string
	}{
		{"adopt --models ../models --dir ../..", "--dir ../.." + isNone},
		{"adopt --models ../models --config ../../lathe.yaml", "--config ../../lathe.yaml is outside the module\n\thint: name a file in .."},
		{"adopt --dry-run --report won.json", "--dry-run excludes --report\n\thint: name one of them\n"},
		{"adopt --report won.json --dry-run --undo", "--undo excludes --dry-run and --report\n\thint: name one of them\n"},
		{"adopt --undo --keep a.B", "--undo excludes --keep\n\thint: name one of them\n"},
		{"adopt --undo ./...", "unexpected argument \"./...\"\n\thint: gen adopt --help shows what there is\n"},
		{"adopt --models ../models --dry-run --test", "--dry-run excludes --test\n\thint: name one of them\n"},
		{"adopt --models ../models --dir " + t.TempDir(), isNone},
		{"adopt --models ../models --dir ..", isNone},
		{"adopt --models ../models --dir clients", "the folder belongs to another module, example.com/clients"},
		{"adopt --models ../nowhere", "../nowhere: there is no such folder\n"},
		{"models update --models ../models", "nothing was adopted in .."},
	} {
		got := runProgram(t, commandOf(withReal, filepath.Join(dir, "sub"), strings.Fields(tt.args)...))
		if got.exit != 1 || !strings.Contains(got.stderr, tt.want) || strings.Contains(got.stderr, "looking at") {
			t.Errorf("%s: %+v", tt.args, got)
		}
	}
	got := runProgram(t, commandOf(withReal, dir, "adopt", "--models", "models"))
	if want := "the program uses no package of the SDK for a service; nothing was changed\n"; got.exit != 0 || got.stdout != want {
		t.Errorf("nothing to adopt: %+v", got)
	}
}

// Run beside the modules of a repository that use the SDK, it prints where they are.
func TestAdoptBesideModules(t *testing.T) {
	uses := func(name string) string {
		return "module example.com/" + name + "\n\nrequire github.com/aws/aws-sdk-go-v2/service/s3 v1.0.0\n"
	}
	files := []string{
		"models/" + notesModel, read(t, "testdata", notesModel), "cmd/a/go.mod", uses("a"), "b/go.mod", uses("b"),
		"testdata/c/go.mod", uses("c"),
		"d/go.mod", strings.Replace(uses("d"), "v1.0.0", "v1.0.0 // indirect", 1), "e/go.mod", "module example.com/e\n",
	}
	const hint = "\n\thint: run gen adopt in a module below that uses some: b, cmd/a\n"
	dir := t.TempDir()
	put(t, dir, files...)
	if got := runProgram(t, commandOf(withReal, dir, "adopt", "--models", "models")); got.exit != 1 ||
		!strings.Contains(got.stderr, "there is no go.mod in it or above"+hint) {
		t.Errorf("without a module: %+v", got)
	}
	put(t, dir, "go.mod", "module example.com/program\n", "main.go", "package main\n\nfunc main() {}\n")
	got := runProgram(t, commandOf(withReal, dir, "adopt", "--models", "models"))
	if want := "the program uses no package of the SDK for a service; nothing was changed" + hint; got.exit != 0 || got.stdout != want {
		t.Errorf("in a module that uses none: %+v", got)
	}
}
