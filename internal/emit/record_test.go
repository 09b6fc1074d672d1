package emit

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/lathe/internal/input"

	"github.com/google/go-cmp/cmp"
)

// recorded is a run that leaves a record of that content beside the module.
func recorded(t *testing.T, root, record string, sets ...Set) []Set {
	t.Helper()
	file := filepath.Join(root, "lathe.lock")
	was, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return append(in(root, sets...), Set{Root: root, Record: &Record{
		Path: file, Data: []byte("record " + record), Was: was,
		Ours:   func(data []byte) bool { return strings.HasPrefix(string(data), "record ") },
		Claims: claims,
	}})
}

// claims says that a record names the folder.
func claims(other, folder string) bool {
	data, err := os.ReadFile(other)
	return err == nil && strings.Contains(string(data), filepath.Base(folder))
}

// states are two runs: the second drops an output folder, changes another, and
// says so in its record.
func states(t *testing.T, root string) (before, after []Set) {
	t.Helper()
	one, two := versions()
	gone := set("gen/gone", "client.go", "types/types.go")
	drop := Set{Dirs: []string{"gen/gone"}, Drop: true}
	return recorded(t, root, "before", one, gone), recorded(t, root, "after", two, drop)
}

// The process dies at each operation in turn. Whatever it leaves, the new record is
// there only when everything that it reports is, and either run can follow.
func TestRecordKilledAtAnyOperation(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	before, _ := states(t, root)
	commitSets(t, before)
	d := &faultDisk{failAt: -1}
	_, after := states(t, root)
	if _, err := run(context.Background(), after, true, d.open); err != nil {
		t.Fatal(err)
	}
	want := contents(t, root)
	if last := strings.Join(d.ops[len(d.ops)-2:], " "); last != "rename sync" {
		t.Errorf("the last operations are %s", last)
	}
	for i := range d.ops {
		root := t.TempDir()
		before, _ := states(t, root)
		commitSets(t, before)
		_, after := states(t, root)
		if _, err := run(context.Background(), after, true, (&faultDisk{failAt: i, dies: true}).open); err == nil {
			t.Fatal("got no error")
		}
		got := contents(t, root)
		if got["lathe.lock"] == "record after" {
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("killed at operation %d, the record has what is not there (-want +got):\n%s", i, diff)
			}
		} else if changes, err := Check(context.Background(), after); err != nil || !differs(changes) {
			t.Errorf("killed at operation %d: Check sees nothing wrong: %v", i, err)
		}
		_, after = states(t, root)
		commitSets(t, after)
		if diff := cmp.Diff(want, contents(t, root)); diff != "" {
			t.Errorf("killed at operation %d and run again (-want +got):\n%s", i, diff)
		}
	}
}

func commitSets(t *testing.T, sets []Set) []Change {
	t.Helper()
	changes, err := Write(context.Background(), sets)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// A run that began with another record than the disk has by now does nothing.
func TestRecordMoved(t *testing.T) {
	root := t.TempDir()
	slow := recorded(t, root, "slow", set("out", "client.go", "slow.go"))
	commitSets(t, recorded(t, root, "fast", set("out", "client.go")))
	old := snapshot(t, root)
	for _, f := range []func(context.Context, []Set) ([]Change, error){Write, Check} {
		if _, err := f(context.Background(), slow); !errors.Is(err, ErrMoved) {
			t.Errorf("got %v, want ErrMoved", err)
		}
	}
	if diff := cmp.Diff(old, snapshot(t, root)); diff != "" {
		t.Errorf("the disk changed:\n%s", diff)
	}
	again := commitSets(t, recorded(t, root, "slow", set("out", "client.go", "slow.go")))
	want := "updated lathe.lock, unchanged out/client.go, updated out/lathe.manifest, created out/slow.go"
	if got := actions(again); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestRecordRefusesWhatIsNotOurs(t *testing.T) {
	root := t.TempDir()
	put(t, root, "lathe.lock", "mine")
	_, err := Write(context.Background(), recorded(t, root, "x", set("out", "client.go")))
	if err == nil || !strings.Contains(err.Error(), "lathe.lock: a file that Lathe did not generate is in the way") {
		t.Errorf("got %v", err)
	}
}

// A folder belongs to the record that was written with it, as long as that one
// says so.
func TestRecordOwnsItsFolders(t *testing.T) {
	root := t.TempDir()
	put(t, root, "tools/lathe.lock", "record of rt")
	theirs := in(root, set("gen/rt", "rest.go"))
	theirs = append(theirs, Set{Root: filepath.Join(root, "tools"), Record: &Record{
		Path: filepath.Join(root, "tools", "lathe.lock"), Data: []byte("record of rt"), Was: []byte("record of rt"),
		Ours: func([]byte) bool { return true },
	}})
	commitSets(t, theirs)
	if data := contents(t, root)["gen/rt/lathe.manifest"]; !strings.Contains(data, "\n# Record: ../../tools/lathe.lock\n") {
		t.Errorf("the manifest names no record:\n%s", data)
	}
	old := snapshot(t, root)
	_, err := Write(context.Background(), recorded(t, root, "ours", set("gen/rt", "other.go")))
	want := filepath.Join(root, "gen/rt") + ": the folder belongs to " + filepath.Join(root, "tools/lathe.lock") +
		"\n\thint: choose another folder, or take it out of that one and run gen there first"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if diff := cmp.Diff(old, snapshot(t, root)); diff != "" {
		t.Errorf("the disk changed:\n%s", diff)
	}
	put(t, root, "tools/lathe.lock", "record of nothing")
	changes := commitSets(t, recorded(t, root, "ours", set("gen/rt", "other.go")))
	if got, want := actions(changes), "updated gen/rt/lathe.manifest, created gen/rt/other.go, removed gen/rt/rest.go, created lathe.lock"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// What Lathe wrote in a folder that is no longer wanted is removed; what was edited
// is kept and reported, and the rest is not looked at.
func TestDrop(t *testing.T) {
	root := t.TempDir()
	gone, stays := set("gen/gone", "client.go", "edited.go", "mine.go", "types/types.go"), set("gen/stays", "client.go")
	commitSets(t, recorded(t, root, "before", gone, stays))
	manifest := contents(t, root)["gen/stays/lathe.manifest"]
	put(t, root, "gen/gone/edited.go", source("gone/edited.go")+"// mine\n")
	put(t, root, "gen/gone/mine.go", "package mine\n")
	put(t, root, "gen/gone/notes.txt", "mine\n")
	put(t, root, StagedName("gen/gone/types"), "half")
	got := actions(commitSets(t, recorded(t, root, "after", Set{Dirs: []string{"gen/gone"}, Drop: true}, stays)))
	if !strings.Contains(got, "kept gen/gone/edited.go (edited), ") || !strings.Contains(got, "removed gen/gone/types/types.go") || strings.Contains(got, "mine.go") {
		t.Errorf("got %s", got)
	}
	want := map[string]string{
		"gen/gone/edited.go": source("gone/edited.go") + "// mine\n", "gen/gone/mine.go": "package mine\n", "gen/gone/notes.txt": "mine\n",
		"gen/stays/client.go": source("gen/stays/client.go"), "gen/stays/lathe.manifest": manifest, "lathe.lock": "record after",
	}
	if diff := cmp.Diff(want, contents(t, root)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := os.Lstat(filepath.Join(root, "gen/gone/types")); !os.IsNotExist(err) {
		t.Errorf("the empty folder is left: %v", err)
	}
}

// A record can name any folder, and a manifest any file. What is removed is in a
// folder whose own manifest names this record, and in no other output folder and no
// other module.
func TestDropOnlyWhatIsOurs(t *testing.T) {
	const own = "# Record: ../../lathe.lock\n"
	theirs := source("theirs/client.go")
	head := manifestHead + "\n"
	tests := []struct {
		name, dir string
		prepare   func(t *testing.T, root string)
	}{
		{"no manifest", "gen/theirs", func(*testing.T, string) {}},
		{"a manifest of another record", "gen/theirs", func(t *testing.T, root string) {
			put(t, root, "gen/theirs/lathe.manifest", head+"# Record: ../../other/lathe.lock\n"+input.Sum([]byte(theirs))+"  client.go\n")
		}},
		{"a manifest without record", "gen/theirs", func(t *testing.T, root string) {
			put(t, root, "gen/theirs/lathe.manifest", head+input.Sum([]byte(theirs))+"  client.go\n")
		}},
		{"a manifest that is none", "gen/theirs", func(t *testing.T, root string) {
			put(t, root, "gen/theirs/lathe.manifest", own+input.Sum([]byte(theirs))+"  client.go\n")
		}},
		{"a manifest above", "gen/.", nil},
		{"a path upwards", "../theirs", nil},
		{"an absolute path", "/theirs", nil},
		{"no path", "", nil},
		{"a link", "gen/link", func(t *testing.T, root string) {
			put(t, root, "gen/theirs/lathe.manifest", head+own+input.Sum([]byte(theirs))+"  client.go\n")
			symlink(t, "theirs", filepath.Join(root, "gen/link"))
		}},
		{"another module", "gen/theirs", func(t *testing.T, root string) {
			put(t, root, "gen/theirs/go.mod", "module theirs\n")
			put(t, root, "gen/theirs/lathe.manifest", head+own+input.Sum([]byte(theirs))+"  client.go\n")
		}},
		{"a manifest that lists what is not its own", "gen/a", func(t *testing.T, root string) {
			put(t, root, "gen/a/theirs/client.go", theirs)
			put(t, root, "gen/a/theirs/lathe.manifest", head+input.Sum([]byte(theirs))+"  client.go\n")
			put(t, root, "gen/a/module/go.mod", "module theirs\n")
			put(t, root, "gen/a/module/client.go", theirs)
			symlink(t, "../theirs", filepath.Join(root, "gen/a/link"))
			listed := input.Sum([]byte(theirs)) + "  "
			put(t, root, "gen/a/lathe.manifest", head+own+listed+"../theirs/client.go\n"+listed+"theirs/client.go\n"+
				listed+"module/client.go\n"+listed+"link/client.go\n"+listed+root+"/gen/theirs/client.go\n")
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			put(t, root, "gen/theirs/client.go", theirs)
			if tt.prepare != nil {
				tt.prepare(t, root)
			}
			before := contents(t, root)
			delete(before, "gen/a/lathe.manifest") // names this record, and so goes
			for _, sets := range [][]Set{
				{{Dirs: []string{tt.dir}, Drop: true}},
				{set("gen/other", "client.go"), {Dirs: []string{tt.dir}, Drop: true}},
			} {
				commitSets(t, recorded(t, root, "after", sets...))
				got := contents(t, root)
				for name, data := range before {
					if got[name] != data {
						t.Errorf("%s has changed or is gone", name)
					}
				}
			}
		})
	}
}

// FuzzDrop lets a record name any folder, with any manifest in one that it may name:
// the client of others and what is outside the module stay.
func FuzzDrop(f *testing.F) {
	theirs := source("theirs/client.go")
	listed := input.Sum([]byte(theirs)) + "  "
	for _, dir := range []string{"gen/a", "gen", ".", "", "..", "/", "gen/a/../theirs", "gen/theirs", "gen/link", "GEN/A", "gen/a/", "./gen/a"} {
		f.Add(dir, "# Record: ../../lathe.lock\n"+listed+"../theirs/client.go\n"+listed+"link/client.go\n"+listed+"theirs/client.go\n")
	}
	f.Add("gen/a", "# Record: ../../lathe.lock\r\n"+listed+"/gen/theirs/client.go\n"+listed+"..\n"+listed+".\n"+listed+"\n")
	f.Fuzz(func(t *testing.T, dir, manifest string) {
		top := t.TempDir()
		root := filepath.Join(top, "module")
		put(t, top, "outside/client.go", theirs)
		put(t, root, "gen/theirs/client.go", theirs)
		put(t, root, "gen/theirs/lathe.manifest", manifestHead+"\n"+listed+"client.go\n")
		put(t, root, "gen/a/theirs/client.go", theirs)
		put(t, root, "gen/a/theirs/lathe.manifest", manifestHead+"\n"+listed+"client.go\n")
		put(t, root, "gen/a/lathe.manifest", manifestHead+"\n"+manifest)
		symlink(t, "../theirs", filepath.Join(root, "gen/a/link"))
		symlink(t, "../../outside", filepath.Join(root, "gen/link"))
		before := contents(t, top)
		delete(before, "module/gen/a/lathe.manifest")
		if _, err := Write(context.Background(), recorded(t, root, "after", Set{Dirs: []string{dir}, Drop: true})); err != nil {
			t.Fatal(err)
		}
		got := contents(t, top)
		for name, data := range before {
			if got[name] != data {
				t.Errorf("%s is gone", name)
			}
		}
	})
}

// Stale files are removed under the same rule, in a folder that stays.
func TestStaleOnlyWhatIsOurs(t *testing.T) {
	root := t.TempDir()
	ours := set("gen/a", "client.go", "stale.go")
	commitSets(t, recorded(t, root, "before", ours))
	theirs := source("theirs/client.go")
	put(t, root, "gen/a/theirs/client.go", theirs)
	put(t, root, "gen/a/theirs/lathe.manifest", manifestHead+"\n"+input.Sum([]byte(theirs))+"  client.go\n")
	put(t, root, "gen/a/module/client.go", theirs)
	put(t, root, "gen/a/module/go.mod", "module theirs\n")
	manifest := contents(t, root)["gen/a/lathe.manifest"]
	listed := input.Sum([]byte(theirs)) + "  "
	put(t, root, "gen/a/lathe.manifest", manifest+listed+"theirs/client.go\n"+listed+"module/client.go\n")
	commitSets(t, recorded(t, root, "after", set("gen/a", "client.go")))
	got := contents(t, root)
	if got["gen/a/theirs/client.go"] != theirs || got["gen/a/module/client.go"] != theirs {
		t.Error("a file of others is gone")
	}
	if _, ok := got["gen/a/stale.go"]; ok {
		t.Error("the stale file is still there")
	}
}

// What a folder to keep has listed stays, with the new files beside it.
func TestKeep(t *testing.T) {
	root := t.TempDir()
	mustWrite(t, root, set("rt", "a/a.go", "b/b.go"))
	keep := Set{Dirs: []string{"rt"}, Keep: true}
	mustWrite(t, root, set("rt", "a/a.go", "c/c.go"), keep)
	if diff := cmp.Diff(wantContents(set("rt", "a/a.go", "b/b.go", "c/c.go")), contents(t, root)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	mustWrite(t, root, set("rt", "c/c.go"))
	if diff := cmp.Diff(wantContents(set("rt", "c/c.go")), contents(t, root)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A checkout with the line endings of Windows is what was written: nothing is edited,
// and nothing is written again but what has changed.
func TestLineEndings(t *testing.T) {
	root := t.TempDir()
	commitSets(t, recorded(t, root, "one\n", set("out", "client.go", "stale.go", "types/types.go")))
	for name, data := range contents(t, root) {
		put(t, root, name, strings.ReplaceAll(data, "\n", "\r\n"))
	}
	windows := contents(t, root)
	again := actions(commitSets(t, recorded(t, root, "one\n", set("out", "client.go", "stale.go", "types/types.go"))))
	if strings.Count(again, "unchanged") != 5 || strings.Contains(again, "edited") {
		t.Errorf("got %s", again)
	}
	if diff := cmp.Diff(windows, contents(t, root)); diff != "" {
		t.Errorf("the disk changed:\n%s", diff)
	}
	got := actions(commitSets(t, recorded(t, root, "one\n", set("out", "client.go", "types/types.go"))))
	want := "unchanged lathe.lock, unchanged out/client.go, updated out/lathe.manifest, removed out/stale.go, unchanged out/types/types.go"
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	dropped := actions(commitSets(t, recorded(t, root, "two\n", Set{Dirs: []string{"out"}, Drop: true})))
	want = "updated lathe.lock, removed out/client.go, removed out/lathe.manifest, removed out/types/types.go"
	if dropped != want {
		t.Errorf("got %s\nwant %s", dropped, want)
	}
}

// A folder that cannot be is one problem, and not one for each file in it.
func TestBadFolder(t *testing.T) {
	_, err := Check(context.Background(), in(t.TempDir(), set("my gen", "client.go", "types/types.go")))
	if want := `my gen: the path of a generated file must not contain ' '`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// A folder that another package takes over is not emptied under its hands.
func TestDropUnderAnotherPackage(t *testing.T) {
	root := t.TempDir()
	commitSets(t, recorded(t, root, "before", set("gen/internal", "rest/rest.go", "old/old.go")))
	commitSets(t, recorded(t, root, "after", set("gen", "client.go", "internal/rest/rest.go"), Set{Dirs: []string{"gen/internal"}, Drop: true}))
	got := contents(t, root)
	for name, want := range map[string]bool{"gen/internal/rest/rest.go": true, "gen/internal/old/old.go": false, "gen/internal/lathe.manifest": false} {
		if _, ok := got[name]; ok != want {
			t.Errorf("%s is there: %v, want %v", name, ok, want)
		}
	}
}

// Each operation of a run with a record fails in turn. Before the first rename
// nothing may be left of the attempt; after it the next run fixes the rest.
func TestRecordWithAnyOperationFailing(t *testing.T) {
	t.Parallel()
	probe := t.TempDir()
	before, _ := states(t, probe)
	commitSets(t, before)
	faultless := &faultDisk{failAt: -1}
	_, after := states(t, probe)
	if _, err := run(context.Background(), after, true, faultless.open); err != nil {
		t.Fatal(err)
	}
	want := contents(t, probe)
	renames := countBefore(faultless.ops, "rename")
	for i, op := range faultless.ops {
		root := t.TempDir()
		before, _ := states(t, root)
		commitSets(t, before)
		old := snapshot(t, root)
		_, after := states(t, root)
		_, err := run(context.Background(), after, true, (&faultDisk{failAt: i}).open)
		if !errors.Is(err, errFault) {
			t.Fatalf("operation %d: got %v, want the fault", i, err)
		}
		if i <= renames && op != "remove" {
			if diff := cmp.Diff(old, snapshot(t, root)); diff != "" {
				t.Errorf("operation %d: the disk changed:\n%s", i, diff)
			}
		}
		_, after = states(t, root)
		commitSets(t, after)
		if diff := cmp.Diff(want, contents(t, root)); diff != "" {
			t.Errorf("operation %d fails and the next run follows (-want +got):\n%s", i, diff)
		}
	}
}
