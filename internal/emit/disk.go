package emit

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// disk is what writing needs of a file system, rooted in one module. Names are
// slash-separated and relative to the root. Tests put faults in between.
type disk interface {
	Lstat(name string) (fs.FileInfo, error)
	ReadFile(name string) ([]byte, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	// Mkdir makes one folder.
	Mkdir(name string) error
	// Create writes a file that must not exist yet; a durable one has reached the
	// device when it returns. A perm of zero leaves the mode to the umask.
	Create(name string, data []byte, perm fs.FileMode, durable bool) error
	Rename(from, to string) error
	// Remove removes a file or an empty folder.
	Remove(name string) error
	// SyncDir makes the folder's entries durable, where the system can.
	SyncDir(name string) error
	Close() error
}

// rootDisk is the real one. An os.Root follows no link that leads out of it,
// whoever changes the tree in the meantime.
type rootDisk struct{ *os.Root }

func openDisk(dir string) (disk, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return rootDisk{root}, nil
}

func (d rootDisk) ReadDir(name string) ([]fs.DirEntry, error) {
	return fs.ReadDir(d.FS(), name)
}

func (d rootDisk) Mkdir(name string) error {
	return d.Root.Mkdir(filepath.FromSlash(name), 0o777)
}

func (d rootDisk) Create(name string, data []byte, perm fs.FileMode, durable bool) (err error) {
	f, err := d.OpenFile(filepath.FromSlash(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if perm != 0 {
		if err := f.Chmod(perm); err != nil {
			return err
		}
	}
	if _, err := f.Write(data); err != nil || !durable {
		return err
	}
	return f.Sync()
}

// SyncDir ignores that a system cannot sync folders: then a power cut may leave
// new files without content that no manifest lists, which are to be removed by
// hand.
func (d rootDisk) SyncDir(name string) error {
	f, err := d.Open(filepath.FromSlash(name))
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	err = f.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return err
}
