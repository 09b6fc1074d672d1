package emit

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// volatileDisk keeps book of what a power cut would take.
type volatileDisk struct {
	disk
	mu sync.Mutex // files are created several at a time
	// cached are the files whose content has not reached the device, under the
	// names that they have by now.
	cached map[string]bool
	// renamed are durable files in place whose folders have not been synced, with
	// what had been there: nil for nothing.
	renamed map[string][]byte
}

func (d *volatileDisk) Create(name string, data []byte, perm fs.FileMode, durable bool) error {
	d.mu.Lock()
	d.cached[name] = !durable
	d.mu.Unlock()
	return d.disk.Create(name, data, perm, durable)
}

func (d *volatileDisk) Rename(from, to string) error {
	if !d.cached[from] {
		d.renamed[to], _ = d.ReadFile(to)
	}
	d.cached[to] = d.cached[from]
	delete(d.cached, from)
	return d.disk.Rename(from, to)
}

func (d *volatileDisk) Remove(name string) error {
	delete(d.cached, name)
	return d.disk.Remove(name)
}

func (d *volatileDisk) SyncDir(name string) error {
	for file := range d.renamed {
		if path.Dir(file) == name {
			delete(d.renamed, file)
		}
	}
	return d.disk.SyncDir(name)
}

// cut leaves on disk what a power cut may leave in the worst case: all names that
// were put in place, the contents lost, and of durable files the names lost.
func (d *volatileDisk) cut(t *testing.T, root string, remains func(size int) []byte) {
	t.Helper()
	for name, isCached := range d.cached {
		file := filepath.Join(root, filepath.FromSlash(name))
		info, err := os.Stat(file)
		if !isCached || errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(file, remains(int(info.Size())), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, before := range d.renamed {
		file := filepath.Join(root, filepath.FromSlash(name))
		err := os.Remove(file)
		if before != nil {
			err = os.WriteFile(file, before, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// The power goes at each operation in turn, and after the last, which leaves files
// empty or full of zeros. The next run goes back nonetheless, or forth.
func TestWritePowerCutAtAnyOperation(t *testing.T) {
	remains := map[string]func(int) []byte{
		"empty": func(int) []byte { return nil },
		"zeros": func(size int) []byte { return make([]byte, size) },
	}
	before, after := versions()
	same, other := set("gen/out", "a.go", "b/c.go"), set("gen/out", "a.go", "b/c.go")
	other.Files[1].Data = append(other.Files[1].Data, "// new\n"...)
	changes := map[string][2]Set{
		"everything": {before, after},
		"first":      {{Dirs: before.Dirs}, after},
		"contents":   {same, other},
	}
	for what, remain := range remains {
		for name, sets := range changes {
			for i, done := 0, false; !done; i++ {
				t.Run(fmt.Sprintf("%s/%s/%d", what, name, i), func(t *testing.T) {
					root := t.TempDir()
					mustWrite(t, root, sets[0])
					d := &volatileDisk{cached: map[string]bool{}, renamed: map[string][]byte{}}
					fault := &faultDisk{failAt: i, dies: true}
					_, err := run(context.Background(), in(root, sets[1]), true, func(root string) (disk, error) {
						_, err := fault.open(root)
						d.disk, fault.disk = fault.disk, d
						return fault, err
					})
					done = err == nil
					d.cut(t, root, remain)
					for _, next := range []Set{sets[0], sets[1]} {
						mustWrite(t, root, next)
						if diff := cmp.Diff(wantContents(next), contents(t, root)); diff != "" {
							t.Errorf("(-want +got):\n%s", diff)
						}
					}
				})
			}
		}
	}
}
