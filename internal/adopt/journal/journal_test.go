package journal

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/spec"
)

// project is a folder with files, of which go.mod may only be read by its owner.
func project(t *testing.T) (root string, before map[string]string) {
	t.Helper()
	root = t.TempDir()
	put(t, root, "go.mod", "module m\n")
	put(t, root, "go.sum", "")
	put(t, root, "third_party/README", "mine\n")
	if err := os.Chmod(filepath.Join(root, "go.mod"), 0o600); err != nil {
		t.Fatal(err)
	}
	return root, tree(t, root)
}

func put(t *testing.T, root, name, data string) {
	t.Helper()
	file := filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

// tree is everything in a folder: contents with permissions by path, and folders.
func tree(t *testing.T, root string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil || rel == "." {
			return err
		}
		if entry.Type()&fs.ModeSymlink != 0 {
			all[filepath.ToSlash(rel)] = "a link"
			return nil
		}
		info, err := entry.Info()
		if err != nil || entry.IsDir() {
			all[filepath.ToSlash(rel)+"/"] = ""
			return err
		}
		data, err := os.ReadFile(name)
		all[filepath.ToSlash(rel)] = info.Mode().String() + " " + string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// adoption are the changes of a first run.
func adoption() []Change {
	return []Change{
		{Path: "third_party/aws/a/client.go", Data: []byte("package a\n")},
		{Path: "third_party/aws/a/types/types.go", Data: []byte("package types\n")},
		{Path: "lathe.yaml", Data: []byte("packages: []\n")},
		{Path: "go.sum", Data: []byte("sum\n"), Was: []byte{}},
		{Path: "go.mod", Data: []byte("module m\n\nreplace a => b\n"), Was: []byte("module m\n")},
	}
}

func noMerge(string, []byte, []byte) ([]byte, bool) { return nil, false }

func nobody(string, []byte) bool { return false }

func undo(t *testing.T, root string, extra ...string) *Undone {
	t.Helper()
	u, err := Undo(root, Undoing{extra, nobody, noMerge})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// What is applied can be undone to the byte: contents, permissions and folders.
func TestUndo(t *testing.T) {
	root, before := project(t)
	if err := Apply(root, "third_party/aws", adoption(), nil); err != nil {
		t.Fatal(err)
	}
	after := tree(t, root)
	if after["go.mod"] != "-rw------- module m\n\nreplace a => b\n" || after["third_party/aws/a/types/types.go"] == "" {
		t.Errorf("not everything was applied: %v", after)
	}
	second := []Change{
		{Path: "third_party/aws/b/client.go", Data: []byte("package b\n")},
		{Path: "go.mod", Data: []byte("module m\n\nreplace b => b\n"), Was: []byte("module m\n\nreplace a => b\n")},
		{Path: "third_party/aws/a/client.go", Was: []byte("package a\n")},
		{Path: "third_party/aws/a/types/types.go", Was: []byte("package types\n")},
	}
	if err := Apply(root, "third_party/aws", second, nil); err != nil {
		t.Fatal(err)
	}
	if _, ok := tree(t, root)["third_party/aws/a/"]; ok {
		t.Error("a folder that has become empty is still there")
	}
	u := undo(t, root)
	if diff := cmp.Diff(before, tree(t, root)); diff != "" {
		t.Errorf("after the undo (-want +got):\n%s", diff)
	}
	if len(u.Kept) != 0 || !slices.Equal(u.Restored, []string{"go.mod", "go.sum"}) {
		t.Errorf("got %+v", u)
	}
	if got := undo(t, root); got != nil {
		t.Errorf("a second undo has done %+v", got)
	}
}

// What somebody has edited since is merged, or stays; what Lathe wrote since is removed.
func TestUndoOfWhatWasEdited(t *testing.T) {
	root, before := project(t)
	if err := Apply(root, "third_party/aws", adoption(), nil); err != nil {
		t.Fatal(err)
	}
	put(t, root, "go.mod", "module m\n\nrequire c\n\nreplace a => b\n")
	put(t, root, "third_party/aws/a/client.go", "package a // generated again\n")
	put(t, root, "third_party/aws/a/mine.go", "package a // mine\n")
	put(t, root, "lathe.yaml", "packages: []\nbudget: {lines: 1}\n")
	put(t, root, "third_party/aws/a/new.go", "package a // generated again\n")
	u, err := Undo(root, Undoing{
		Extra:     []string{"third_party/aws/a/new.go"},
		IsWritten: func(_ string, data []byte) bool { return strings.Contains(string(data), "generated again") },
		Merge: func(file string, now, before []byte) ([]byte, bool) {
			if file != "go.mod" || string(before) != "module m\n" {
				return nil, false
			}
			return []byte(strings.ReplaceAll(string(now), "\n\nreplace a => b", "")), true
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := maps.Clone(before)
	want["go.mod"] = "-rw------- module m\n\nrequire c\n"
	want["lathe.yaml"] = "-rw-r--r-- packages: []\nbudget: {lines: 1}\n"
	want["third_party/aws/"], want["third_party/aws/a/"] = "", ""
	want["third_party/aws/a/mine.go"] = "-rw-r--r-- package a // mine\n"
	if diff := cmp.Diff(want, tree(t, root)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !slices.Equal(u.Kept, []string{"lathe.yaml"}) {
		t.Errorf("got %+v", u)
	}
}

// Base replaces what is restored of a file that was edited between two runs.
func TestBase(t *testing.T) {
	root, _ := project(t)
	if err := Apply(root, "third_party/aws", adoption(), nil); err != nil {
		t.Fatal(err)
	}
	put(t, root, "go.mod", "module m\n\nrequire c\n\nreplace a => b\n")
	again := []Change{{Path: "go.mod", Data: []byte("module m\n\nrequire c\n\nreplace a => c\n"), Was: []byte("module m\n\nrequire c\n\nreplace a => b\n")}}
	if err := Apply(root, "third_party/aws", again, map[string][]byte{"go.mod": []byte("module m\n\nrequire c\n")}); err != nil {
		t.Fatal(err)
	}
	undo(t, root)
	if got := tree(t, root)["go.mod"]; got != "-rw------- module m\n\nrequire c\n" {
		t.Errorf("got %q", got)
	}
}

// Nothing is changed when a file is not what the run began with, or must not be written.
func TestApplyRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		prepare func(t *testing.T, root string)
		want    string
	}{
		"edited":    {func(t *testing.T, root string) { put(t, root, "go.mod", "module other\n") }, ErrMoved.Error()},
		"appeared":  {func(t *testing.T, root string) { put(t, root, "lathe.yaml", "") }, ErrMoved.Error()},
		"gone":      {func(_ *testing.T, root string) { _ = os.Remove(filepath.Join(root, "go.sum")) }, ErrMoved.Error()},
		"read-only": {func(_ *testing.T, root string) { _ = os.Chmod(filepath.Join(root, "go.mod"), 0o444) }, "the file is read-only"},
		"a link":    {func(_ *testing.T, root string) { _ = os.Symlink("x", filepath.Join(root, "lathe.yaml")) }, "something that is no file"},
		"damaged": {func(t *testing.T, root string) {
			put(t, root, Name, "{\"format\": 1, \"folder\": \"x\", \"before\": {\"../x\": null}}")
		}, "\"../x\" is no path below it"},
		"in git": {func(t *testing.T, root string) {
			put(t, root, Name, "{\"format\": 1, \"folder\": \"x\", \"before\": {\".git/config\": null}}")
		}, "is no path below it"},
		"no JSON": {func(t *testing.T, root string) { put(t, root, Name, "<<<<<<<") }, "the file is damaged"},
		"newer":   {func(t *testing.T, root string) { put(t, root, Name, "{\"format\": 2}") }, "it has format 2, this program reads format 1"},
	} {
		t.Run(name, func(t *testing.T) {
			root, _ := project(t)
			tt.prepare(t, root)
			before := tree(t, root)
			err := Apply(root, "third_party/aws", adoption(), nil)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if diff := cmp.Diff(before, tree(t, root)); diff != "" {
				t.Errorf("something has changed (-before +after):\n%s", diff)
			}
		})
	}
}

// A disk that fails in the middle leaves everything as it was.
func TestApplyFails(t *testing.T) {
	root, _ := project(t)
	put(t, root, "third_party/aws", "a file where a folder should be")
	before := tree(t, root)
	if err := Apply(root, "third_party/aws", adoption(), nil); err == nil {
		t.Fatal("there is no error")
	}
	if diff := cmp.Diff(before, tree(t, root)); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	if s, err := Read(root); s != nil || err != nil {
		t.Errorf("got %v, %v", s, err)
	}
}

func TestReadProblem(t *testing.T) {
	root := t.TempDir()
	put(t, root, Name, "{}x")
	_, err := Read(root)
	if _, ok := errors.AsType[spec.Problems](err); !ok {
		t.Errorf("got %v", err)
	}
}
