package main

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"example.com/lathe"
	"example.com/lathe/diff"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/lock"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
	"example.com/lathe/spec/snapshot"
)

// compareLocked compares what the lock says of each package with its spec as it
// is now.
func (a *app) compareLocked(ctx context.Context, f diffFlags) (*comparison, error) {
	p, err := a.lockable(f)
	if err != nil {
		return nil, err
	}
	locked, _, err := lock.Read(p.lock)
	if err != nil {
		return nil, err
	}
	if locked == nil {
		return nil, spec.Problems{{
			Pos: spec.Pos{File: paths.Show(p.lock)}, Message: "there is no lock to compare with",
			Hint: "gen generate writes it, or name OLD and NEW",
		}}
	}
	all := &comparison{report: &diff.Report{}, old: paths.Show(p.lock), new: "the working tree"}
	var unusable spec.Problems
	for _, pkg := range p.packages {
		entry, ok := locked.Packages[p.inLock(pkg.Out)]
		if !ok {
			unusable = append(unusable, spec.Problem{
				Pos: pkg.Pos, Message: "the lock knows nothing of this package", Hint: p.fix + " writes it",
			})
			continue
		}
		report, err := interruptible(ctx, func() (*diff.Report, error) { return p.compareEntry(entry, pkg) })
		if ps, ok := errors.AsType[spec.Problems](err); ok {
			unusable = append(unusable, ps...)
			continue
		}
		if err != nil {
			return nil, err
		}
		if err := a.weigh(ctx, f, p.file, report, []string{pkg.Out}); err != nil {
			return nil, err
		}
		all.problems = append(all.problems, judge(report, approvalsOf([]config.Package{pkg}), entry.Approvals)...)
		all.add(pkg.Out, report, len(p.packages) > 1)
	}
	return all.with(unusable)
}

// add adds the changes of a package, which is named where there are several.
func (c *comparison) add(out string, r *diff.Report, named bool) {
	for i := range r.Changes {
		if named {
			r.Changes[i].Package = filepath.ToSlash(paths.Show(out))
		}
	}
	c.report.Changes = append(c.report.Changes, r.Changes...)
	c.report.Unrelated = c.report.Unrelated || r.Unrelated
	c.isSome = true
}

// with adds the problems of packages that can't be compared. They do not hide the
// others; where there are no others they are the error.
func (c *comparison) with(unusable spec.Problems) (*comparison, error) {
	if !c.isSome && len(unusable) > 0 {
		return nil, unusable.Err()
	}
	c.problems = append(c.problems, unusable...)
	return c, nil
}

// lockable is the project whose packages are compared one by one.
func (a *app) lockable(f diffFlags) (*project, error) {
	if len(f.operations) > 0 {
		return nil, wrongUsage(spec.Problems{{
			Message: "--operation needs OLD and NEW", Hint: "without them lathe.yaml says which operations count",
		}})
	}
	return a.configured()
}

// compareEntry compares what a lock says of a package with its spec as it is now.
func (p *project) compareEntry(entry lock.Package, pkg config.Package) (*diff.Report, error) {
	before, err := p.model(entry)
	if err != nil {
		return nil, err
	}
	after, err := lathe.ClientOf(pkg.Config)
	if err != nil {
		return nil, err
	}
	after.Pos = pkg.Pos
	return lathe.CompareClients(lathe.Client{
		Model: before, Lean: entry.Lean, Presign: entry.Presign, Module: entry.Module,
	}, after)
}

// model is the model that a lock has of a package.
func (p *project) model(entry lock.Package) (*spec.API, error) {
	api, err := snapshot.Decode(
		entry.Snapshot, func(name string) string { return paths.Show(lock.Join(filepath.Dir(p.lock), name)) })
	if err != nil {
		return nil, spec.Problems{{
			Pos: spec.Pos{File: paths.Show(p.lock)}, Message: err.Error(), Hint: p.fix + " writes it again",
		}}
	}
	return api, nil
}

// inLock is the name of a file or folder in the lock.
func (p *project) inLock(name string) string { return paths.Rel(filepath.Dir(p.lock), name) }

// judge applies approvals to a report. Those that a lock has too, and that no change
// needs any more, are settled: they accepted what is done, and count until they
// expire.
func judge(r *diff.Report, approvals []diff.Approval, locked []lock.Approval) spec.Problems {
	var open, settled []diff.Approval
	for _, a := range approvals {
		isLocked := slices.ContainsFunc(locked, func(l lock.Approval) bool {
			return l.Rule == a.Rule && l.Place == a.Place && l.Fingerprint == a.Fingerprint
		})
		if isLocked && !r.Needs(a) {
			settled = append(settled, a)
		} else {
			open = append(open, a)
		}
	}
	today := time.Now().UTC()
	return append(diff.Apply(r, open, today), diff.Expired(settled, today)...)
}

// outs are the output folders of the packages.
func (s *settings) outs() []string {
	var all []string
	for _, pkg := range s.packages {
		all = append(all, pkg.Out)
	}
	return all
}

// locked are the approvals that the lock has of the packages; none where it can't be
// read, which gen check reports.
func (s *settings) locked() []lock.Approval {
	if s.file == nil {
		return nil
	}
	file, _, err := lock.Read(lock.Beside(s.file.Name))
	if err != nil || file == nil {
		return nil
	}
	return s.of(file)
}

// lockedIn are those that it had in a revision.
func (s *settings) lockedIn(ctx context.Context, rev string) []lock.Approval {
	if s.file == nil {
		return nil
	}
	file, err := lockIn(ctx, rev, lock.Beside(s.file.Name))
	if err != nil || file == nil {
		return nil
	}
	return s.of(file)
}

func (s *settings) of(file *lock.File) []lock.Approval {
	var all []lock.Approval
	for _, pkg := range s.packages {
		all = append(all, file.Packages[paths.Rel(filepath.Dir(s.file.Name), pkg.Out)].Approvals...)
	}
	return all
}
