package emit

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"example.com/lathe/internal/input"

	"github.com/google/go-cmp/cmp"
)

func TestWriteCreatesUpdatesRemoves(t *testing.T) {
	root := t.TempDir()
	put(t, root, "out/notes.txt", "by hand")
	got := actions(mustWrite(t, root, set("out", "client.go", "types/types.go", "internal/rest/rest.go", "internal/rest/deep/x.go")))
	want := "created out/client.go, created out/internal/rest/deep/x.go, created out/internal/rest/rest.go, " +
		"created out/lathe.manifest, created out/types/types.go"
	if got != want {
		t.Errorf("first run:\ngot  %s\nwant %s", got, want)
	}

	next := set("out", "client.go", "types/types.go", "types/enums.go")
	next.Files[0].Data = []byte(source("out/client.go") + "// more\n")
	got = actions(mustWrite(t, root, next))
	want = "updated out/client.go, removed out/internal/rest/deep/x.go, removed out/internal/rest/rest.go, " +
		"updated out/lathe.manifest, created out/types/enums.go, unchanged out/types/types.go"
	if got != want {
		t.Errorf("second run:\ngot  %s\nwant %s", got, want)
	}
	wantFiles := map[string]string{
		"out/notes.txt":      "by hand",
		"out/client.go":      source("out/client.go") + "// more\n",
		"out/types/types.go": source("out/types/types.go"),
		"out/types/enums.go": source("out/types/enums.go"),
		"out/lathe.manifest": manifestHead + "\n" +
			input.Sum(next.Files[0].Data) + "  client.go\n" +
			input.Sum(next.Files[2].Data) + "  types/enums.go\n" +
			input.Sum(next.Files[1].Data) + "  types/types.go\n",
	}
	if diff := cmp.Diff(wantFiles, contents(t, root)); diff != "" {
		t.Errorf("on disk (-want +got):\n%s", diff)
	}
	if _, err := os.Lstat(filepath.Join(root, "out", "internal")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the emptied folder is still there (%v)", err)
	}
}

func TestWriteLeavesEqualFilesAlone(t *testing.T) {
	root := t.TempDir()
	s := set("out", "client.go", "types/types.go")
	mustWrite(t, root, s)
	before := snapshot(t, root)
	got := actions(mustWrite(t, root, s))
	if want := "unchanged out/client.go, unchanged out/lathe.manifest, unchanged out/types/types.go"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if diff := cmp.Diff(before, snapshot(t, root)); diff != "" {
		t.Errorf("the disk changed:\n%s", diff)
	}
}

func TestWriteKeepsModes(t *testing.T) {
	root := t.TempDir()
	put(t, root, "out/client.go", source("old"))
	file := filepath.Join(root, "out", "client.go")
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, root, set("out", "client.go"))
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got mode %v, %v; want 0600", info.Mode(), err)
	}
}

// What is removed must have been written by Lathe and still say so.
func TestWriteRemovesOnlyItsOwn(t *testing.T) {
	root := t.TempDir()
	mustWrite(t, root, set("out", "client.go", "taken.go", "edited.go", "gone.go", "sub/stale.go"))
	put(t, root, "out/taken.go", "package out // the header is gone: somebody took it over\n")
	put(t, root, "out/edited.go", source("out/edited.go")+"// by hand\n")
	put(t, root, "out/unlisted.go", source("out/unlisted.go"))
	put(t, root, "out/sub/mine.go", "package sub\n")
	if err := os.Remove(filepath.Join(root, "out", "gone.go")); err != nil {
		t.Fatal(err)
	}
	got := actions(mustWrite(t, root, set("out", "client.go")))
	want := "unchanged out/client.go, removed out/edited.go (edited), updated out/lathe.manifest, removed out/sub/stale.go"
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	files := contents(t, root)
	for _, name := range []string{"out/taken.go", "out/unlisted.go", "out/sub/mine.go"} {
		if files[name] == "" {
			t.Errorf("%s is gone", name)
		}
	}
}

func TestWriteMarksEditedFiles(t *testing.T) {
	root := t.TempDir()
	s := set("out", "client.go")
	mustWrite(t, root, s)
	put(t, root, "out/client.go", source("out/client.go")+"// by hand\n")
	changes, err := Check(context.Background(), in(root, s))
	if err != nil {
		t.Fatal(err)
	}
	want := []Change{
		{
			Root: root, Path: "out/client.go", Action: Updated, Edited: true,
			Old: []byte(source("out/client.go") + "// by hand\n"), New: []byte(source("out/client.go")),
		},
		{
			Root: root, Path: "out/lathe.manifest", Action: Unchanged,
			Old: set("out", "client.go").manifestOf(), New: set("out", "client.go").manifestOf(),
		},
	}
	if diff := cmp.Diff(want, changes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := actions(mustWrite(t, root, s)); got != "updated out/client.go (edited), unchanged out/lathe.manifest" {
		t.Errorf("got %s", got)
	}
}

// manifestOf is the manifest of a set of one folder.
func (s Set) manifestOf() []byte {
	m := manifest{}
	for _, f := range s.Files {
		m[f.Path[len(s.Dirs[0])+1:]] = input.Sum(f.Data)
	}
	return m.encode("")
}

// A file that becomes a folder's, and the other way round.
func TestWriteSwapsFileAndFolder(t *testing.T) {
	root := t.TempDir()
	mustWrite(t, root, set("out", "client.go", "a/x.go"))
	_, err := Write(context.Background(), in(root, set("out", "client.go", "a")))
	want := filepath.Join(root, "out", "a") + ": a folder is in the way of a file\n\thint: move it, or choose another output folder"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestWriteIntoModuleRoot(t *testing.T) {
	root := t.TempDir()
	put(t, root, "go.mod", "module m\n")
	mustWrite(t, root, set(".", "client.go", "types/types.go"))
	got := actions(mustWrite(t, root, set(".", "client.go")))
	if want := "unchanged client.go, updated lathe.manifest, removed types/types.go"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if _, err := os.Lstat(filepath.Join(root, "types")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the emptied folder is still there (%v)", err)
	}
}

// Packages that share a runtime: equal files are merged, and each output folder
// has a manifest of its own.
func TestWriteSharedFolders(t *testing.T) {
	root := t.TempDir()
	a, b, shared := set("gen/a", "client.go"), set("gen/b", "client.go"), set("gen/internal", "rest/rest.go")
	for _, s := range []*Set{&a, &b} {
		s.Dirs = append(s.Dirs, shared.Dirs...)
		s.Files = append(s.Files, shared.Files...)
	}
	got := actions(mustWrite(t, root, a, b))
	want := "created gen/a/client.go, created gen/a/lathe.manifest, created gen/b/client.go, created gen/b/lathe.manifest, " +
		"created gen/internal/lathe.manifest, created gen/internal/rest/rest.go"
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	// The folder of one package may lie in that of another.
	got = actions(mustWrite(t, root, set("gen", "a/client.go"), set("gen/a", "client.go")))
	want = "unchanged gen/a/client.go, unchanged gen/a/lathe.manifest, created gen/lathe.manifest"
	if got != want {
		t.Errorf("nested: got %s\nwant %s", got, want)
	}
}

func TestWriteSeveralModules(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	sets := append(in(one, set("out", "client.go")), in(two, set("out", "client.go"))...)
	put(t, two, "out/client.go", "package out\n")
	if _, err := Write(context.Background(), sets); err == nil {
		t.Fatal("got no error")
	}
	if files := contents(t, one); len(files) != 0 {
		t.Errorf("a problem in one module left files in the other: %v", files)
	}
	if err := os.Remove(filepath.Join(two, "out", "client.go")); err != nil {
		t.Fatal(err)
	}
	changes, err := Write(context.Background(), sets)
	if err != nil || len(changes) != 4 {
		t.Errorf("got %s, %v", actions(changes), err)
	}
}

// One module under two spellings is one tree; it must not wait for itself.
func TestWriteModuleBehindLink(t *testing.T) {
	root := t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(root, link); err != nil {
		t.Fatal(err)
	}
	changes, err := Write(context.Background(), append(in(root, set("a", "x.go")), in(link, set("b", "x.go"))...))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := actions(changes), "created a/lathe.manifest, created a/x.go, created b/lathe.manifest, created b/x.go"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A crash between the first and the last rename leaves every file of either run
// in a manifest, so that a third run with other files still finds them.
func TestWriteForgetsNothingAfterACrash(t *testing.T) {
	root := t.TempDir()
	mustWrite(t, root, set("out", "client.go", "old.go"))
	crash := &faultDisk{failAt: -1}
	crash.stopAfterRename = "out/new.go"
	if _, err := run(context.Background(), in(root, set("out", "client.go", "new.go")), true, crash.open); err == nil {
		t.Fatal("the crash did not happen")
	}
	mustWrite(t, root, set("out", "client.go"))
	want := map[string]string{
		"out/client.go":      source("out/client.go"),
		"out/lathe.manifest": string(set("out", "client.go").manifestOf()),
	}
	if diff := cmp.Diff(want, contents(t, root)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCheckChangesNothing(t *testing.T) {
	root := t.TempDir()
	mustWrite(t, root, set("out", "client.go", "stale.go"))
	put(t, root, "out/.lathe-0123456789abcdef.tmp", "left by a killed run")
	before := snapshot(t, root)
	changes, err := Check(context.Background(), in(root, set("out", "client.go", "sub/new.go")))
	if err != nil {
		t.Fatal(err)
	}
	want := "removed out/.lathe-0123456789abcdef.tmp, unchanged out/client.go, updated out/lathe.manifest, " +
		"removed out/stale.go, created out/sub/new.go"
	if got := actions(changes); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if diff := cmp.Diff(before, snapshot(t, root)); diff != "" {
		t.Errorf("the disk changed:\n%s", diff)
	}
}

func TestWriteCancelled(t *testing.T) {
	root := t.TempDir()
	ctx, cancel := context.WithCancelCause(context.Background())
	why := errors.New("interrupted")
	cancel(why)
	before := snapshot(t, root)
	if _, err := Write(ctx, in(root, set("out/deep", "client.go"))); !errors.Is(err, why) {
		t.Errorf("got %v, want the cause", err)
	}
	if diff := cmp.Diff(before, snapshot(t, root)); diff != "" {
		t.Errorf("the disk changed:\n%s", diff)
	}
}
