package emit

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/spec"
)

const moveHint = "\n\thint: move it, or choose another output folder"

// Everything that may stand in the way, each refused by name with the disk left
// as it was. Read-only is reported by the mode bits, so that it holds for root too.
func TestWriteRefuses(t *testing.T) {
	const writableHint = "\n\thint: make it writable, or choose another output folder"
	wanted := set("out", "client.go", "types/types.go")
	tests := []struct {
		name    string
		prepare func(t *testing.T, root string)
		want    string // $ is the root
	}{
		{
			"foreign files, all named",
			func(t *testing.T, root string) {
				put(t, root, "out/client.go", "package out\n")
				put(t, root, "out/types/types.go", "")
			},
			"$/out/client.go: a file that Lathe did not generate is in the way" + moveHint +
				"\n$/out/types/types.go: a file that Lathe did not generate is in the way" + moveHint,
		},
		{
			"a foreign manifest",
			func(t *testing.T, root string) { put(t, root, "out/lathe.manifest", "mine\n") },
			"$/out/lathe.manifest: a file that Lathe did not generate is in the way" + moveHint,
		},
		{
			"a folder for a file",
			func(t *testing.T, root string) { put(t, root, "out/client.go/x", "") },
			"$/out/client.go: a folder is in the way of a file" + moveHint,
		},
		{
			"a file for the output folder",
			func(t *testing.T, root string) { put(t, root, "out", "") },
			"$/out: a file is in the way of a folder" + moveHint,
		},
		{
			"a file for a folder in it",
			func(t *testing.T, root string) { put(t, root, "out/types", Header+"\n") },
			"$/out/types: a file is in the way of a folder" + moveHint,
		},
		{
			"a link for a file",
			func(t *testing.T, root string) {
				put(t, root, "target.go", source("target.go"))
				put(t, root, "out/x", "")
				symlink(t, "../target.go", filepath.Join(root, "out", "client.go"))
			},
			"$/out/client.go: a symbolic link is in the way of a file" + moveHint,
		},
		{
			"a dangling link for a file",
			func(t *testing.T, root string) {
				put(t, root, "out/x", "")
				symlink(t, "/nowhere/at/all", filepath.Join(root, "out", "client.go"))
			},
			"$/out/client.go: a symbolic link is in the way of a file" + moveHint,
		},
		{
			"a link for a folder, out of the module",
			func(t *testing.T, root string) {
				put(t, root, "out/x", "")
				symlink(t, t.TempDir(), filepath.Join(root, "out", "types"))
			},
			"$/out/types: a symbolic link is in the way of a folder" + moveHint,
		},
		{
			"a link for the output folder, inside the module",
			func(t *testing.T, root string) {
				put(t, root, "real/x", "")
				symlink(t, "real", filepath.Join(root, "out"))
			},
			"$/out: a symbolic link is in the way of a folder" + moveHint,
		},
		{
			"a socket",
			func(t *testing.T, root string) {
				put(t, root, "out/x", "")
				listen(t, filepath.Join(root, "out", "client.go"))
			},
			"$/out/client.go: a socket is in the way of a file" + moveHint,
		},
		{
			"a read-only folder",
			func(t *testing.T, root string) {
				put(t, root, "out/types/types.go", source("old"))
				chmod(t, filepath.Join(root, "out", "types"), 0o555)
			},
			"$/out/types: the folder is read-only" + writableHint,
		},
		{
			"a read-only folder above the new ones",
			func(t *testing.T, root string) { chmod(t, root, 0o555) },
			"$: the folder is read-only" + writableHint,
		},
		{
			"a read-only file",
			func(t *testing.T, root string) {
				put(t, root, "out/client.go", source("old"))
				chmod(t, filepath.Join(root, "out", "client.go"), 0o444)
			},
			"$/out/client.go: the file is read-only" + writableHint,
		},
		{
			"a read-only stale file",
			func(t *testing.T, root string) {
				mustWrite(t, root, set("out", "stale.go"))
				chmod(t, filepath.Join(root, "out", "stale.go"), 0o444)
			},
			"$/out/stale.go: the file is read-only" + writableHint,
		},
		{
			"a stale file in a read-only folder",
			func(t *testing.T, root string) {
				mustWrite(t, root, set("out", "sub/stale.go"))
				chmod(t, filepath.Join(root, "out", "sub"), 0o555)
			},
			"$/out/sub: the folder is read-only" + writableHint,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			tt.prepare(t, root)
			before := snapshot(t, root)
			changes, err := Write(context.Background(), in(root, wanted))
			var problems spec.Problems
			if !errors.As(err, &problems) || changes != nil {
				t.Fatalf("got %v and %T %v, want spec.Problems", changes, err, err)
			}
			if got := strings.ReplaceAll(filepath.ToSlash(err.Error()), filepath.ToSlash(root), "$"); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			if diff := cmp.Diff(before, snapshot(t, root)); diff != "" {
				t.Errorf("the disk changed:\n%s", diff)
			}
		})
	}
}

// A read-only file that need not change is no problem, and neither is one for
// Check.
func TestReadOnlyIsFineWhenNothingChanges(t *testing.T) {
	root := t.TempDir()
	mustWrite(t, root, set("out", "client.go"))
	chmod(t, filepath.Join(root, "out", "client.go"), 0o444)
	chmod(t, filepath.Join(root, "out"), 0o555)
	got := actions(mustWrite(t, root, set("out", "client.go")))
	if want := "unchanged out/client.go, unchanged out/lathe.manifest"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	changes, err := Check(context.Background(), in(root, set("out", "other.go")))
	want := "removed out/client.go, updated out/lathe.manifest, created out/other.go"
	if err != nil || actions(changes) != want {
		t.Errorf("got %s, %v; want %s", actions(changes), err, want)
	}
}

// A stale entry behind a link is not ours to remove.
func TestWriteRemovesNothingBehindLinks(t *testing.T) {
	root, outside := t.TempDir(), t.TempDir()
	mustWrite(t, root, set("out", "client.go", "sub/stale.go", "link.go"))
	put(t, outside, "stale.go", source("out/sub/stale.go"))
	if err := os.RemoveAll(filepath.Join(root, "out", "sub")); err != nil {
		t.Fatal(err)
	}
	symlink(t, outside, filepath.Join(root, "out", "sub"))
	if err := os.Remove(filepath.Join(root, "out", "link.go")); err != nil {
		t.Fatal(err)
	}
	symlink(t, "client.go", filepath.Join(root, "out", "link.go"))
	got := actions(mustWrite(t, root, set("out", "client.go")))
	if want := "unchanged out/client.go, updated out/lathe.manifest"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if files := contents(t, outside); files["stale.go"] == "" {
		t.Error("the file behind the link is gone")
	}
}

// What is wrong with the files themselves is found before the disk is looked at.
func TestMergeProblems(t *testing.T) {
	root := t.TempDir()
	two := func(names ...string) Set {
		s := set("out", names...)
		s.Files[1].Data = []byte(Header + "\n// other\n")
		return s
	}
	headless := set("out", "x.go")
	headless.Files[0].Data = []byte("package out\n")
	tests := []struct {
		name string
		sets []Set
		want string
	}{
		{"leads upwards", []Set{{Dirs: []string{"out"}, Files: []File{{Path: "out/../../x.go"}}}},
			"out/../../x.go: the path of a generated file must not lead upwards"},
		{"absolute", []Set{{Dirs: []string{"/out"}, Files: nil}},
			"/out: the path of a generated file must be relative"},
		{"no header", []Set{headless}, "out/x.go: the generated file lacks the header by which it would be known"},
		{"the manifest's name", []Set{set("out", "lathe.manifest")}, "out/lathe.manifest: the name is taken by the manifest"},
		{"outside", []Set{{Dirs: []string{"out"}, Files: set("other", "x.go").Files}},
			"other/x.go: the file lies in no output folder of its package"},
		{"different contents", []Set{two("x.go", "x.go")}, "out/x.go: two packages want different contents for this file"},
		{"names that fold", []Set{set("out", "Types.go", "types.go")},
			"out/types.go: out/Types.go and out/types.go are one file where case is ignored\n\thint: choose folders that differ in more than case"},
		{"folders that fold", []Set{set("out", "Types/a.go", "types/b.go")},
			"out/types/b.go: out/Types and out/types are one file where case is ignored\n\thint: choose folders that differ in more than case"},
		{"file and folder", []Set{set("out", "types", "types/b.go")},
			"out/types/b.go: out/types is to be a file and a folder"},
	}
	for _, tt := range tests {
		_, err := Write(context.Background(), in(root, tt.sets...))
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.want)
		}
	}
	if files := snapshot(t, root); len(files) != 1 {
		t.Errorf("something was written: %v", files)
	}
}

func symlink(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Fatal(err)
	}
}

// chmod sets a mode until the test ends.
func chmod(t *testing.T, name string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(name, 0o755) })
}

// listen leaves a socket at name. The path of a socket is short by law, so it is
// made from its own folder.
func listen(t *testing.T, name string) {
	t.Helper()
	t.Chdir(filepath.Dir(name))
	l, err := net.Listen("unix", filepath.Base(name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
}
