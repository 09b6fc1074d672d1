package emit

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
// there only when everything that it tells of is, and either run can follow.
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
				t.Errorf("killed at operation %d, the record tells of what is not there (-want +got):\n%s", i, diff)
			}
		} else if changes, err := Check(context.Background(), after); err != nil || !differs(changes) {
			t.Errorf("killed at operation %d: Check sees nothing amiss: %v", i, err)
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
// is kept and told, and the rest is not looked at.
func TestDrop(t *testing.T) {
	for _, lost := range []bool{false, true} {
		root := t.TempDir()
		gone := set("gen/gone", "client.go", "edited.go", "mine.go", "types/types.go")
		mustWrite(t, root, gone, set("gen/stays", "client.go"))
		put(t, root, "gen/gone/edited.go", source("gone/edited.go")+"// mine\n")
		put(t, root, "gen/gone/mine.go", "package mine\n")
		put(t, root, "gen/gone/notes.txt", "mine\n")
		put(t, root, stagedName("gen/gone/types"), "half")
		drop := Set{Dirs: []string{"gen/gone"}, Drop: true}
		want := "kept gen/gone/edited.go (edited), "
		if lost {
			drop.Listed = gone.manifestMap()
			drop.Listed["../stays/client.go"] = sum([]byte(source("gen/stays/client.go")))
			if err := os.Remove(filepath.Join(root, "gen/gone/lathe.manifest")); err != nil {
				t.Fatal(err)
			}
		}
		changes := mustWrite(t, root, drop, set("gen/stays", "client.go"))
		if got := actions(changes); !strings.Contains(got, want) || !strings.Contains(got, "removed gen/gone/types/types.go") || strings.Contains(got, "mine.go") {
			t.Errorf("lost %v: got %s", lost, got)
		}
		wantFiles := map[string]string{
			"gen/gone/edited.go": source("gone/edited.go") + "// mine\n", "gen/gone/mine.go": "package mine\n", "gen/gone/notes.txt": "mine\n",
			"gen/stays/client.go": source("gen/stays/client.go"), "gen/stays/lathe.manifest": string(set("gen/stays", "client.go").manifestOf()),
		}
		if diff := cmp.Diff(wantFiles, contents(t, root)); diff != "" {
			t.Errorf("lost %v (-want +got):\n%s", lost, diff)
		}
		if _, err := os.Lstat(filepath.Join(root, "gen/gone/types")); !os.IsNotExist(err) {
			t.Errorf("the empty folder is left: %v", err)
		}
	}
}

func (s Set) manifestMap() map[string]string { return parseManifest(s.manifestOf()) }

// A folder that another package takes over is not emptied under its hands.
func TestDropUnderAnotherPackage(t *testing.T) {
	root := t.TempDir()
	mustWrite(t, root, set("gen/internal", "rest/rest.go", "old/old.go"))
	now := set("gen", "client.go", "internal/rest/rest.go")
	mustWrite(t, root, now, Set{Dirs: []string{"gen/internal"}, Drop: true})
	if diff := cmp.Diff(wantContents(now), contents(t, root)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Each operation of a run with a record fails in turn. Before the first rename
// nothing may be left of the attempt; after it the next run mends the rest.
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
