package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"example.com/lathe"
	"example.com/lathe/spec"
)

// gitPrefix begins the arguments that name files in revisions.
const gitPrefix = "git:"

// gitSource makes a source of "REV:path".
func gitSource(ctx context.Context, arg string) (lathe.Document, error) {
	name := gitPrefix + arg
	rev, file, ok := strings.Cut(arg, ":")
	if !ok || rev == "" || file == "" {
		return lathe.Document{}, gitProblem(name, "write git:REV:path", "a revision and a path are missing")
	}
	if _, err := exec.LookPath("git"); err != nil {
		return lathe.Document{}, gitProblem(name, "install git, or write the old file to disk and name it",
			"there is no git command")
	}
	commit, err := resolve(ctx, name, rev)
	if err != nil {
		return lathe.Document{}, err
	}
	dir := gitFolder{ctx: ctx, commit: commit, dir: path.Dir(file), isRelative: isRelative(file)}
	if _, err := dir.ReadFile(path.Base(file)); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return lathe.Document{}, gitProblem(name,
				`the path counts from the root of the repository; begin it with "./" to count from here`,
				"there is no file %s in %s", file, rev)
		}
		return lathe.Document{}, gitProblem(name, "", "%v", err)
	}
	return lathe.Document{File: name, FS: dir}, nil
}

func gitProblem(name, hint, format string, args ...any) error {
	return spec.Problems{{Pos: spec.Pos{File: name}, Message: fmt.Sprintf(format, args...), Hint: hint}}
}

// because returns the first line of what a command complained of.
func because(err error) string {
	text, _, _ := strings.Cut(strings.TrimSpace(err.Error()), "\n")
	if text == "" {
		return ""
	}
	return ": " + text
}

// git runs the git command; its error is what the command printed.
func git(ctx context.Context, args ...string) ([]byte, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, "git", args...) //nolint:gosec // callers keep what the user typed apart from options
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, errors.New(strings.TrimSpace(stderr.String()))
	}
	return stdout.Bytes(), nil
}

// gitFolder is a folder of a commit as a file system without subfolders.
type gitFolder struct {
	ctx         context.Context //nolint:containedctx // a file system has nowhere else to take it from
	commit, dir string
	isRelative  bool
}

// Open is there because every file system has it; files are read as a whole.
func (g gitFolder) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: errors.ErrUnsupported}
}

// ReadFile reads a file of the folder.
func (g gitFolder) ReadFile(name string) ([]byte, error) {
	// The name of a document in the root of a repository begins with the revision.
	name = name[strings.LastIndexByte(name, ':')+1:]
	file := path.Join(g.dir, name)
	if g.isRelative && !strings.HasPrefix(file, "../") {
		file = "./" + file
	}
	kind, err := git(g.ctx, "cat-file", "-t", g.commit+":"+file)
	switch {
	case g.ctx.Err() != nil:
		return nil, context.Cause(g.ctx)
	case err != nil:
		return nil, &fs.PathError{Op: "read", Path: file, Err: fs.ErrNotExist}
	case strings.TrimSpace(string(kind)) != "blob":
		return nil, fmt.Errorf("%s is a folder", file)
	}
	return git(g.ctx, "cat-file", "blob", g.commit+":"+file)
}

// isRelative reports whether the path of a file in a revision counts from the working
// directory, as git reads it.
func isRelative(file string) bool {
	return strings.HasPrefix(file, "./") || strings.HasPrefix(file, "../")
}

// localPath is the path on disk of an argument: for a file in a revision the one
// that it has in the working tree, or what was given when that is not known.
func localPath(ctx context.Context, arg string) string {
	rest, ok := strings.CutPrefix(arg, gitPrefix)
	if !ok {
		return arg
	}
	_, file, _ := strings.Cut(rest, ":")
	if isRelative(file) {
		return filepath.FromSlash(file)
	}
	root, err := git(ctx, "rev-parse", "--show-toplevel")
	if err != nil {
		return filepath.FromSlash(file)
	}
	return filepath.Join(strings.TrimSpace(string(root)), filepath.FromSlash(file))
}

// repositoryPath returns a function that names files by their paths from the root of
// the repository that the working directory is in. What is outside of it keeps its
// name, and so does everything where there is no repository.
func repositoryPath(ctx context.Context) func(name string) string {
	out, err := git(ctx, "rev-parse", "--show-toplevel", "--show-prefix")
	if err != nil {
		return nil
	}
	root, here, _ := strings.Cut(string(out), "\n")
	here = strings.TrimSuffix(here, "\n")
	return func(name string) string {
		file := filepath.ToSlash(name)
		if rest, ok := strings.CutPrefix(name, gitPrefix); ok {
			if _, file, _ = strings.Cut(rest, ":"); !isRelative(file) {
				return file
			}
		}
		if !filepath.IsAbs(file) {
			file = path.Join(here, file)
		} else if below, err := filepath.Rel(root, file); err == nil {
			file = filepath.ToSlash(below)
		}
		if strings.HasPrefix(file, "../") {
			return name
		}
		return file
	}
}
