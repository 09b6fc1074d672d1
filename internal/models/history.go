package models

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"example.com/lathe/internal/input"
)

// Commit is a commit that changed a model.
type Commit struct{ Hash, Date string }

// History are the commits that changed a model, newest first; none where it is no part
// of a git checkout.
func History(ctx context.Context, file string, atMost int) []Commit {
	out, err := git(ctx, file, "log", fmt.Sprintf("--max-count=%d", atMost), "--format=%H %cs", "--all", "--",
		filepath.Base(file))
	if err != nil {
		return nil
	}
	var all []Commit
	for line := range strings.Lines(string(out)) {
		hash, date, _ := strings.Cut(strings.TrimSpace(line), " ")
		all = append(all, Commit{hash, date})
	}
	return all
}

// At returns a model as it is in a commit.
func At(ctx context.Context, file string, c Commit) ([]byte, error) {
	return git(ctx, file, "show", c.Hash+":./"+filepath.Base(file))
}

// filesAt are the names of the files that a model has in a commit.
func filesAt(ctx context.Context, file string, c Commit) ([]string, error) {
	if filepath.Base(file) != BotoName {
		return []string{filepath.Base(file)}, nil
	}
	out, err := git(ctx, file, "ls-tree", "--name-only", c.Hash, "./")
	return strings.Fields(string(out)), err
}

// Checkout writes a model as it is in a commit into a temporary folder; remove removes it.
func Checkout(ctx context.Context, file string, c Commit) (name string, remove func(), err error) {
	names, err := filesAt(ctx, file, c)
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "lathe-model-*")
	if err != nil {
		return "", nil, err
	}
	remove = func() { _ = os.RemoveAll(dir) } // the system's to clean up
	for _, name := range names {
		data, err := At(ctx, filepath.Join(filepath.Dir(file), name), c)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), data, 0o600)
		}
		if err != nil {
			remove()
			return "", nil, err
		}
	}
	return filepath.Join(dir, filepath.Base(file)), remove, nil
}

// git runs git in the folder of a file.
func git(ctx context.Context, file string, args ...string) ([]byte, error) {
	//nolint:gosec // the arguments are ours
	cmd := exec.CommandContext(ctx, "git", append([]string{"-C", filepath.Dir(file)}, args...)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("git %s: %w: %s", args[0], err, strings.TrimSpace(stderr.String()))
	}
	if stdout.Len() > input.MaxSpec {
		return nil, fmt.Errorf("git %s: the model is too large", args[0])
	}
	return stdout.Bytes(), nil
}
