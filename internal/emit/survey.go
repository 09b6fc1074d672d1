package emit

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/spec"
)

// maxFile bounds what is read to learn whether a file is ours. Lathe writes
// nothing near it.
const maxFile = 64 << 20

// survey looks at the disk where a tree wants to write. It reads and never
// writes.
type survey struct {
	tree    *tree
	disk    disk
	folders map[string]place // what is known of folders
}

// place is what stands at a path.
type place struct {
	info fs.FileInfo // nil when nothing is there
	// data is the content of a file that is ours, with line endings as Lathe writes
	// them: a checkout on Windows may have others.
	data []byte
	// problem is why the path may not be used; its Message is empty when it may be.
	problem spec.Problem
	// inTheWay is the path of the tree at which something stands that Lathe did not
	// write, when that is the problem.
	inTheWay string
}

func (p place) absent() bool  { return p.info == nil && p.problem.Message == "" }
func (p place) blocked() bool { return p.problem.Message != "" }

func (s *survey) block(name, hint, message string) place {
	return place{problem: spec.Problem{Pos: spec.Pos{File: s.tree.name(name)}, Message: message, Hint: hint}}
}

// folder looks at a folder and at all those above it up to the root.
func (s *survey) folder(dir string) place {
	if known, ok := s.folders[dir]; ok {
		return known
	}
	p := s.lookFolder(dir)
	s.folders[dir] = p
	return p
}

func (s *survey) lookFolder(dir string) place {
	if dir != "." {
		if above := s.folder(path.Dir(dir)); above.blocked() || above.absent() {
			return above
		}
	}
	info, err := s.disk.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return place{}
	case err != nil:
		return s.block(dir, "", reason(err))
	case !info.IsDir():
		return s.inTheWay(dir, kindOf(info)+" is in the way of a folder")
	case dir != "." && s.isOtherModule(dir):
		return s.inTheWay(dir, "another module is in the way: the folder has a "+gomod.Name)
	}
	return place{info: info}
}

// isOtherModule reports whether a folder is a module that Lathe did not make.
func (s *survey) isOtherModule(dir string) bool {
	name := path.Join(dir, gomod.Name)
	if !gomod.IsRoot(s.disk.Lstat(name)) {
		return false
	}
	data, err := s.disk.ReadFile(name)
	return err != nil || !gomod.IsMade(data)
}

// file looks at a file that must be absent or ours, as isOurs finds by its
// content.
func (s *survey) file(name string, isOurs func([]byte) bool) place {
	if above := s.folder(path.Dir(name)); above.blocked() || above.absent() {
		return above
	}
	info, err := s.disk.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return place{}
	case err != nil:
		return s.block(name, "", reason(err))
	case !info.Mode().IsRegular():
		return s.inTheWay(name, kindOf(info)+" is in the way of a file")
	case info.Size() > maxFile:
		return s.foreign(name)
	}
	data, err := s.disk.ReadFile(name)
	data = input.Unix(data)
	switch {
	case err != nil:
		return s.block(name, "", reason(err))
	case !isOurs(data):
		return s.foreign(name)
	}
	return place{info: info, data: data}
}

func (s *survey) foreign(name string) place {
	return s.inTheWay(name, "a file that Lathe did not generate is in the way")
}

func (s *survey) inTheWay(name, message string) place {
	p := s.block(name, s.tree.hint(name, "move it"), message)
	p.inTheWay = name
	return p
}

// kindOf names what is not a regular file.
func kindOf(info fs.FileInfo) string {
	switch mode := info.Mode(); {
	case mode.IsDir():
		return "a folder"
	case mode.IsRegular():
		return "a file"
	case mode&fs.ModeSymlink != 0:
		return "a symbolic link"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	default:
		return fmt.Sprintf("something of mode %v", mode.Type())
	}
}

// reason says what went wrong without the path, which the problem names already.
func reason(err error) string { return cause(err).Error() }

// cause strips an error of the paths and operations that package os adds.
func cause(err error) error {
	var pathErr *fs.PathError
	var linkErr *os.LinkError
	switch {
	case errors.As(err, &pathErr):
		return pathErr.Err
	case errors.As(err, &linkErr):
		return linkErr.Err
	default:
		return err
	}
}
