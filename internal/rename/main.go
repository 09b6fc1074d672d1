// Command rename changes the path of this module, in all that git tracks: imports, go.mod
// of all modules, documents, configuration. Generated clients have to be generated again.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: rename MODULE, in the root of the module")
		os.Exit(1)
	}
	n, err := rename(".", os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Fprintf(os.Stdout, "changed %d files\n", n)
}

// rename renames the module in a folder that git tracks, and returns how many files it
// changed.
func rename(root, path string) (int, error) {
	if err := module.CheckPath(path); err != nil {
		return 0, err
	}
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return 0, err
	}
	old := modfile.ModulePath(data)
	if old == "" {
		return 0, errors.New("go.mod names no module")
	}
	list := exec.CommandContext(context.Background(), "git", "ls-files", "-z")
	list.Dir, list.Stderr = root, os.Stderr
	names, err := list.Output()
	if err != nil {
		return 0, fmt.Errorf("git ls-files: %w", err)
	}
	changed := 0
	for name := range strings.SplitSeq(strings.TrimSuffix(string(names), "\x00"), "\x00") {
		ok, err := renameIn(filepath.Join(root, name), old, path)
		if err != nil {
			return changed, err
		}
		if ok {
			changed++
		}
	}
	return changed, nil
}

// renameIn changes the path in a file, and reports whether it was there. Links and files
// that are gone are left alone.
func renameIn(name, old, path string) (bool, error) {
	info, err := os.Lstat(name)
	if errors.Is(err, os.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return false, err
	}
	now := replace(data, old, path)
	if bytes.Equal(data, now) {
		return false, nil
	}
	return true, os.WriteFile(name, now, info.Mode().Perm())
}

// replace replaces a module's path where it is not part of a longer one.
func replace(data []byte, old, path string) []byte {
	var now []byte
	rest := data
	for {
		at := bytes.Index(rest, []byte(old))
		if at < 0 {
			return append(now, rest...)
		}
		before, after := data[:len(data)-len(rest)+at], rest[at+len(old):]
		now = append(now, rest[:at]...)
		if endsWord(before) || beginsWord(after) {
			now = append(now, old...)
		} else {
			now = append(now, path...)
		}
		rest = after
	}
}

// endsWord reports whether what precedes a path is part of a longer one.
func endsWord(before []byte) bool {
	return len(before) > 0 && (isLetter(before[len(before)-1]) || strings.IndexByte("./-_~", before[len(before)-1]) >= 0)
}

// beginsWord reports whether what follows a path makes its last element longer.
func beginsWord(after []byte) bool {
	return len(after) > 0 && (isLetter(after[0]) || strings.IndexByte("-_~", after[0]) >= 0)
}

func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
