package emit

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// source is the content of a generated file of that path.
func source(name string) string {
	return Header + "\n\npackage " + path.Base(path.Dir("/p/"+name)) + "\n\n// " + name + "\n"
}

// set is a set of one output folder with files of their own names.
func set(dir string, names ...string) Set {
	s := Set{Dirs: []string{dir}}
	for _, name := range names {
		name = path.Join(dir, name)
		s.Files = append(s.Files, File{Path: name, Data: []byte(source(name))})
	}
	return s
}

// in puts sets into a module.
func in(root string, sets ...Set) []Set {
	out := make([]Set, len(sets))
	for i, s := range sets {
		s.Root = root
		out[i] = s
	}
	return out
}

// put writes a file that stands on disk before a run.
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

func mustWrite(t *testing.T, root string, sets ...Set) []Change {
	t.Helper()
	changes, err := Write(context.Background(), in(root, sets...))
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// snapshot returns every file, folder and link below root with what can be seen of
// it: mode, content and time of change of files, modes of folders.
func snapshot(t *testing.T, root string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		text := info.Mode().String()
		if info.Mode().IsRegular() {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			text += " " + info.ModTime().Format(time.RFC3339Nano) + "\n" + string(data)
		}
		rel, err := filepath.Rel(root, name)
		all[filepath.ToSlash(rel)] = text
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// contents returns the files below root, without folders, modes and times.
func contents(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for name, text := range snapshot(t, root) {
		if _, data, isFile := strings.Cut(text, "\n"); isFile {
			files[name] = data
		}
	}
	return files
}

// actions returns what became of each file, in one line.
func actions(changes []Change) string {
	var parts []string
	for _, c := range changes {
		mark := ""
		if c.Edited {
			mark = " (edited)"
		}
		parts = append(parts, string(c.Action)+" "+c.Path+mark)
	}
	return strings.Join(parts, ", ")
}
