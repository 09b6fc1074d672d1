package main

import (
	"cmp"
	"context"
	"errors"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/diff"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/lock"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// compareBase compares the packages of lathe.yaml with what the lock said of them in
// a revision, by their output folders. What a pull request can change that callers
// notice is in that: specs under other names, the list of operations, packages.
func (a *app) compareBase(ctx context.Context, f diffFlags) (*comparison, error) {
	p, err := a.lockable(f)
	if err != nil {
		return nil, err
	}
	base, err := p.base(ctx, f.base)
	if err != nil {
		return nil, err
	}
	now, _, _ := lock.Read(p.lock) // a damaged one is what gen check reports
	all := &comparison{report: &diff.Report{}, old: f.base, new: "the working tree"}
	var unusable spec.Problems
	for _, out := range slices.Sorted(maps.Keys(base.packages)) {
		at := slices.IndexFunc(p.packages, func(pkg config.Package) bool { return paths.Abs(pkg.Out) == out })
		if at < 0 {
			all.report.Changes = append(all.report.Changes,
				diff.PackageRemoved(filepath.ToSlash(paths.Show(out)), spec.Pos{File: p.file.Name}))
			all.isSome = true
			continue
		}
		pkg := p.packages[at]
		r, err := interruptible(ctx, func() (*diff.Report, error) { return base.compare(ctx, p, out, pkg) })
		if ps, ok := errors.AsType[spec.Problems](err); ok {
			unusable = append(unusable, ps...)
			continue
		}
		if err != nil {
			return nil, err
		}
		if err := a.weigh(ctx, f, p.file, r, []string{out}); err != nil {
			return nil, err
		}
		all.problems = append(all.problems, judge(r, approvalsOf(p.packages[at:at+1]),
			slices.Concat(base.packages[out].Approvals, p.lockedApprovals(now, pkg)))...)
		all.add(out, r, len(base.packages) > 1)
	}
	for i, pkg := range p.packages { // of new ones there is nothing to approve
		if _, known := base.packages[paths.Abs(pkg.Out)]; !known {
			all.problems = append(all.problems,
				judge(&diff.Report{}, approvalsOf(p.packages[i:i+1]), p.lockedApprovals(now, pkg))...)
		}
	}
	return all.with(unusable)
}

// lockedApprovals are the approvals that a lock, which may be nil, has of a package.
func (p *project) lockedApprovals(locked *lock.File, pkg config.Package) []lock.Approval {
	if locked == nil {
		return nil
	}
	return locked.Packages[p.inLock(pkg.Out)].Approvals
}

// compare compares a package with what it was in the revision.
func (r *revision) compare(ctx context.Context, p *project, out string, pkg config.Package) (*diff.Report, error) {
	entry := r.packages[out]
	report, err := p.compareEntry(entry, pkg)
	if err != nil {
		return nil, err
	}
	if was, is := r.name(ctx, out, entry), cmp.Or(pkg.Package, report.PackageNames[1]); was != "" && was != is {
		report.Changes = append(report.Changes, diff.PackageRenamed(was, is, pkg.Pos))
	}
	return report, nil
}

// revision is what locks said in a revision.
type revision struct {
	commit, root string
	// packages are those of the locks by their absolute folders.
	packages map[string]lock.Package
}

// base reads the lock in a revision. One that lay elsewhere, and is there no more,
// counts too: moving lathe.yaml changes nothing for callers.
func (p *project) base(ctx context.Context, rev string) (*revision, error) {
	name := "--base " + rev
	commit, err := resolve(ctx, name, rev)
	if err != nil {
		return nil, err
	}
	root, err := git(ctx, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, gitProblem(name, "", "%v", err)
	}
	r := &revision{commit, strings.TrimSuffix(string(root), "\n"), map[string]lock.Package{}}
	file, err := lockIn(ctx, commit, p.lock)
	switch {
	case err != nil:
		return nil, err
	case file != nil:
		r.add(filepath.Dir(p.lock), file)
		return r, nil
	}
	moved, err := r.movedLocks(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := readIn(ctx, commit, p.file.Name); err == nil && !moved {
		return nil, gitProblem(name, "commit the lock; until then compare files: gen diff git:"+rev+":FILE FILE",
			"there is no %s in %s, although %s is there", paths.Show(p.lock), rev, paths.Show(p.file.Name))
	}
	return r, nil
}

// add adds the packages of a lock that lies in a folder.
func (r *revision) add(dir string, file *lock.File) {
	for out, entry := range file.Packages {
		r.packages[paths.Abs(lock.Join(dir, out))] = entry
	}
}

// movedLocks adds the locks of the revision that the working tree has no more, and
// reports whether there are any.
func (r *revision) movedLocks(ctx context.Context) (bool, error) {
	out, err := git(ctx, "ls-tree", "-r", "-z", "--name-only", "--full-tree", r.commit)
	if err != nil {
		return false, err
	}
	found := false
	for name := range strings.SplitSeq(string(out), "\x00") {
		file := filepath.Join(r.root, filepath.FromSlash(name))
		if path.Ext(name) != filepath.Ext(lock.Name) {
			continue
		}
		if _, err := os.Lstat(file); err == nil {
			continue
		}
		data, err := git(ctx, "cat-file", "blob", r.commit+":"+name)
		if err != nil || !lock.Ours(data) {
			continue
		}
		old, err := lock.Decode(name, data)
		if err != nil {
			return false, err
		}
		r.add(filepath.Dir(file), old)
		found = true
	}
	return found, nil
}

// name is the Go package name that a package had, or nothing where its files are not
// in the revision.
func (r *revision) name(ctx context.Context, out string, entry lock.Package) string {
	for _, name := range slices.Sorted(maps.Keys(entry.Files)) {
		if path.Ext(name) != ".go" || strings.Contains(name, "/") {
			continue
		}
		data, err := readIn(ctx, r.commit, filepath.Join(out, name))
		if err != nil {
			continue
		}
		if file, err := parser.ParseFile(token.NewFileSet(), name, data, parser.PackageClauseOnly); err == nil {
			return file.Name.Name
		}
	}
	return ""
}

// resolve returns the commit of a revision; name is what problems are about.
func resolve(ctx context.Context, name, rev string) (string, error) {
	out, err := git(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	if err != nil {
		hint := "git log shows what there is"
		if shallow, _ := git(ctx, "rev-parse", "--is-shallow-repository"); strings.TrimSpace(string(shallow)) == "true" {
			hint = "the history is not complete here: fetch it with git fetch --unshallow, or fetch-depth: 0"
		}
		return "", gitProblem(name, hint, "%s is no revision of a repository here%s", rev, because(err))
	}
	return strings.TrimSpace(string(out)), nil
}

// lockIn reads the lock of that name as it was in a revision; nil when it was not
// there.
func lockIn(ctx context.Context, rev, name string) (*lock.File, error) {
	data, err := readIn(ctx, rev, name)
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // it was not there
	}
	return lock.Decode(rev+":"+filepath.ToSlash(paths.Show(name)), data)
}

// readIn reads a file of the working tree as it was in a revision.
func readIn(ctx context.Context, rev, name string) ([]byte, error) {
	here, err := filepath.Abs(".")
	if err != nil {
		return nil, err
	}
	rel, err := filepath.Rel(here, paths.Abs(name))
	if err != nil {
		return nil, err
	}
	return git(ctx, "cat-file", "blob", rev+":./"+filepath.ToSlash(rel))
}
