package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// fetch brings the source of a module into a folder, as a git repository in which all is
// committed.
func (w workplace) fetch(ctx context.Context, p program) (place, error) {
	at := place{dir: filepath.Join(w.dir, p.Name)}
	source, err := w.source(ctx, p)
	if err != nil {
		return at, err
	}
	if err := os.CopyFS(at.dir, os.DirFS(source)); err != nil {
		return at, err
	}
	if err := writable(at.dir); err != nil {
		return at, err
	}
	if err := at.dropReplaced(ctx); err != nil {
		return at, err
	}
	for _, args := range [][]string{
		{"init", "--quiet"},
		{"add", "--all", "--force"},
		{
			"-c", "user.name=programs", "-c", "user.email=programs@example.com", "commit", "--quiet", "--message",
			p.Name + " " + p.Version,
		},
	} {
		if _, err := at.run(ctx, "git", args...); err != nil {
			return at, err
		}
	}
	return at, nil
}

// source is the folder in which the module cache has a program.
func (w workplace) source(ctx context.Context, p program) (string, error) {
	if p.Source != "" {
		return p.Source, nil
	}
	out, err := place{dir: w.dir}.run(ctx, "go", "mod", "download", "-json", p.Module+"@"+p.Version)
	if err != nil {
		return "", err
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		return "", fmt.Errorf("what go mod download prints: %w", err)
	}
	return module.Dir, nil
}

// writable lets files be changed: those of the module cache are read-only.
func writable(dir string) error {
	return filepath.WalkDir(dir, func(name string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		return os.Chmod(name, info.Mode().Perm()|0o200)
	})
}

// dropReplaced takes replace lines out of go.mod that lead to folders which are not part
// of the module, such as its neighbours in a repository of many.
func (p place) dropReplaced(ctx context.Context) error {
	out, err := p.run(ctx, "go", "mod", "edit", "-json")
	if err != nil {
		return err
	}
	var mod struct {
		Replace []struct {
			Old, New struct{ Path, Version string }
		}
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		return fmt.Errorf("what go mod edit prints: %w", err)
	}
	for _, r := range mod.Replace {
		if r.New.Version != "" {
			continue
		}
		if _, err := os.Stat(filepath.Join(p.dir, filepath.FromSlash(r.New.Path), "go.mod")); err == nil {
			continue
		}
		if _, err := p.run(ctx, "go", "mod", "edit",
			"-dropreplace="+strings.TrimSuffix(r.Old.Path+"@"+r.Old.Version, "@")); err != nil {
			return err
		}
	}
	return nil
}
