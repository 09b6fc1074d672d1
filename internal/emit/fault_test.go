package emit

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// faultDisk is a disk whose operation number failAt fails, counting from zero,
// and, when dead is set, every one after it: so looks a killed process, since
// nothing that it did before is lost.
type faultDisk struct {
	disk
	failAt int
	dies   bool
	// stopAfterRename kills the disk once the file of that name is in place.
	stopAfterRename string
	// before is called ahead of each operation.
	before func(op, name string)

	mu    sync.Mutex
	calls int
	dead  bool
	ops   []string
}

var errFault = syscall.ENOSPC

func (d *faultDisk) open(root string) (disk, error) {
	opened, err := openDisk(root)
	d.disk = opened
	return d, err
}

func (d *faultDisk) step(op, name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.before != nil {
		d.before(op, name)
	}
	if d.dead {
		return errFault
	}
	here := d.calls
	d.calls++
	d.ops = append(d.ops, op)
	if here != d.failAt {
		return nil
	}
	d.dead = d.dies
	return &fs.PathError{Op: op, Path: name, Err: errFault}
}

func (d *faultDisk) Mkdir(name string) error {
	if err := d.step("mkdir", name); err != nil {
		return err
	}
	return d.disk.Mkdir(name)
}

// Create leaves half of the content when it fails, as a full disk does.
func (d *faultDisk) Create(name string, data []byte, perm fs.FileMode, durable bool) error {
	if err := d.step("create", name); err != nil {
		if !d.dead {
			_ = d.disk.Create(name, data[:len(data)/2], perm, durable)
		}
		return err
	}
	return d.disk.Create(name, data, perm, durable)
}

func (d *faultDisk) Rename(from, to string) error {
	if err := d.step("rename", from); err != nil {
		return err
	}
	err := d.disk.Rename(from, to)
	if to == d.stopAfterRename {
		d.mu.Lock()
		d.dead = true
		d.mu.Unlock()
	}
	return err
}

func (d *faultDisk) Remove(name string) error {
	if err := d.step("remove", name); err != nil {
		return err
	}
	return d.disk.Remove(name)
}

func (d *faultDisk) SyncDir(name string) error {
	if err := d.step("sync", name); err != nil {
		return err
	}
	return d.disk.SyncDir(name)
}

// versions are two states of an output folder that differ in every way: files
// changed, added, removed, folders added and removed.
func versions() (before, after Set) {
	before = set("gen/out", "client.go", "same.go", "types/types.go", "old/deep/x.go", "old/y.go")
	after = set("gen/out", "client.go", "same.go", "types/types.go", "types/enums.go", "internal/rest/rest.go")
	after.Files[0].Data = []byte(source("gen/out/client.go") + "// new\n")
	after.Files[2].Data = []byte(source("gen/out/types/types.go") + "// new\n")
	return before, after
}

// faultless returns the operations of the change from before to after.
func faultless(t *testing.T) []string {
	t.Helper()
	before, after := versions()
	root := t.TempDir()
	mustWrite(t, root, before)
	d := &faultDisk{failAt: -1}
	if _, err := run(context.Background(), in(root, after), true, d.open); err != nil {
		t.Fatal(err)
	}
	return d.ops
}

func countBefore(ops []string, first string) int {
	for i, op := range ops {
		if op == first {
			return i
		}
	}
	return len(ops)
}

// Each operation fails in turn. Before the first rename nothing may be left of
// the attempt; from there on each file is whole, nothing staged is left, Check
// sees the difference, and the next run fixes it.
func TestWriteWithAnyOperationFailing(t *testing.T) {
	t.Parallel()
	ops := faultless(t)
	renames := countBefore(ops, "rename")
	if renames == 0 || renames == len(ops) {
		t.Fatalf("unexpected operations %v", ops)
	}
	for i, op := range ops {
		t.Run(fmt.Sprintf("%d_%s", i, op), func(t *testing.T) {
			t.Parallel()
			before, after := versions()
			root := t.TempDir()
			mustWrite(t, root, before)
			old := snapshot(t, root)
			_, err := run(context.Background(), in(root, after), true, (&faultDisk{failAt: i}).open)
			if !errors.Is(err, errFault) {
				t.Fatalf("got %v, want the fault", err)
			}
			if strings.Contains(err.Error(), stagedPrefix) && op != "remove" {
				t.Errorf("the error names a temporary file: %v", err)
			}
			var partial *PartialError
			if isPartial := errors.As(err, &partial); isPartial != (i > renames) {
				t.Errorf("operation %d: got %v; the first rename is operation %d", i, err, renames)
			}
			if i <= renames && op != "remove" {
				if diff := cmp.Diff(old, snapshot(t, root)); diff != "" {
					t.Errorf("the disk changed:\n%s", diff)
				}
			}
			checkMends(t, root, before, after)
		})
	}
}

// The process dies at each operation in turn, which leaves what it had staged.
func TestWriteKilledAtAnyOperation(t *testing.T) {
	t.Parallel()
	ops := faultless(t)
	for i, op := range ops {
		t.Run(fmt.Sprintf("%d_%s", i, op), func(t *testing.T) {
			t.Parallel()
			before, after := versions()
			root := t.TempDir()
			mustWrite(t, root, before)
			if _, err := run(context.Background(), in(root, after), true, (&faultDisk{failAt: i, dies: true}).open); err == nil {
				t.Fatal("got no error")
			}
			checkMends(t, root, before, after)
		})
	}
}

// checkMends asserts that every file is whole, that Check sees what is wrong, and
// that either version can be written next.
func checkMends(t *testing.T, root string, before, after Set) {
	t.Helper()
	checkWhole(t, root, before, after)
	changes, err := Check(context.Background(), in(root, after))
	if err != nil {
		t.Fatal(err)
	}
	if !differs(changes) {
		t.Errorf("Check sees nothing wrong: %s", actions(changes))
	}
	for _, next := range []Set{after, before} {
		mustWrite(t, root, next)
		checkExact(t, root, next)
	}
}

// The process dies at each operation in turn, and the next run goes back to the
// old version: no file of the attempt stays, wherever it had been staged.
func TestWriteKilledAndReverted(t *testing.T) {
	t.Parallel()
	for i := range faultless(t) {
		before, after := versions()
		root := t.TempDir()
		mustWrite(t, root, before)
		if _, err := run(context.Background(), in(root, after), true, (&faultDisk{failAt: i, dies: true}).open); err == nil {
			t.Fatal("got no error")
		}
		mustWrite(t, root, before)
		if diff := cmp.Diff(wantContents(before), contents(t, root)); diff != "" {
			t.Errorf("killed at operation %d (-want +got):\n%s", i, diff)
		}
	}
}

// wantContents are the files of a set of one folder, with the manifest.
func wantContents(s Set) map[string]string {
	files := map[string]string{s.Dirs[0] + "/" + ManifestName: string(s.manifestOf())}
	for _, f := range s.Files {
		files[f.Path] = string(f.Data)
	}
	return files
}

func differs(changes []Change) bool {
	for _, c := range changes {
		if c.Action != Unchanged {
			return true
		}
	}
	return false
}

// checkWhole asserts that each generated file is that of one version.
func checkWhole(t *testing.T, root string, versions ...Set) {
	t.Helper()
	whole := map[string]bool{}
	for _, v := range versions {
		for _, f := range v.Files {
			whole[f.Path+"\n"+string(f.Data)] = true
		}
	}
	for name, data := range contents(t, root) {
		if strings.HasSuffix(name, ".go") && !whole[name+"\n"+data] {
			t.Errorf("%s is neither old nor new: %q", name, data)
		}
	}
}

// checkExact asserts that the module holds the set and nothing else, empty
// folders and temporary files included.
func checkExact(t *testing.T, root string, s Set) {
	t.Helper()
	want := wantContents(s)
	if diff := cmp.Diff(want, contents(t, root)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	folders := map[string]bool{".": true}
	for name := range want {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			folders[dir] = true
		}
	}
	for name := range snapshot(t, root) {
		if want[name] == "" && !folders[name] {
			t.Errorf("%s is left over", name)
		}
	}
}

// The context ends at each operation in turn: before the first rename the disk
// stays as it was, after it the run finishes.
func TestWriteCancelledAtAnyOperation(t *testing.T) {
	t.Parallel()
	ops := faultless(t)
	renames := countBefore(ops, "rename")
	for i := range ops {
		before, after := versions()
		root := t.TempDir()
		mustWrite(t, root, before)
		old := snapshot(t, root)
		ctx, cancel := context.WithCancel(context.Background())
		seen := 0
		d := &faultDisk{failAt: -1, before: func(string, string) {
			if seen == i {
				cancel()
			}
			seen++
		}}
		_, err := run(ctx, in(root, after), true, d.open)
		cancel()
		if i >= renames {
			if err != nil {
				t.Errorf("cancelled at operation %d: %v", i, err)
			}
			checkExact(t, root, after)
			continue
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at operation %d: got %v", i, err)
		}
		if diff := cmp.Diff(old, snapshot(t, root)); diff != "" {
			t.Errorf("cancelled at operation %d: the disk changed:\n%s", i, diff)
		}
	}
}
