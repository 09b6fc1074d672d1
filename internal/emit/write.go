package emit

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"example.com/lathe/spec"
)

// Write puts the sets on disk: created and changed files are replaced, files of
// ours that no set holds any more are removed with the folders that they leave
// empty, and files whose bytes are equal stay as they are, times included. It
// returns what became of each file, by root and path.
//
// Nothing is changed when the error is a [spec.Problems] (all reasons at once), the
// cause of ctx's end, [ErrMoved], or whatever staging a file ran into, such as a full disk.
// From the first rename on ctx is no longer looked at; a program that does not
// want to die there by a signal catches it, as signal.NotifyContext does. When a
// rename or removal itself fails the error is a [*PartialError].
func Write(ctx context.Context, sets []Set) ([]Change, error) {
	return run(ctx, sets, true, openDisk)
}

// Check returns the changes that [Write] would make and the files that it would
// leave alone, and changes nothing. Its errors are those of Write that need no
// attempt to write, but for what is in the way, which are changes of the action
// [InTheWay].
func Check(ctx context.Context, sets []Set) ([]Change, error) {
	return run(ctx, sets, false, openDisk)
}

// opener opens the disk of a module.
type opener func(root string) (disk, error)

// run is Write, and Check when write is false.
func run(ctx context.Context, sets []Set, write bool, open opener) ([]Change, error) {
	trees, err := merge(sets)
	if err != nil {
		return nil, err
	}
	var held holds
	defer held.release()
	plans, err := held.plan(ctx, trees, write, open)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(plans, func(p *plan) bool { return p.moved }) {
		return nil, ErrMoved
	}
	if err := refuse(plans, write); err != nil {
		return nil, err
	}
	if write {
		if err := apply(ctx, plans); err != nil {
			return nil, err
		}
	}
	return changes(plans), nil
}

// holds returns back the locks and open folders of a run.
type holds []func()

func (h *holds) release() {
	for _, f := range slices.Backward(*h) {
		f()
	}
}

// plan compares all trees with their disks, and keeps both locked and open until
// the release. Every run takes the locks in the order of the roots.
func (h *holds) plan(ctx context.Context, trees []*tree, write bool, open opener) ([]*plan, error) {
	var plans []*plan
	for _, t := range trees {
		release, err := lock(ctx, t.root, write)
		if err != nil {
			return nil, err
		}
		*h = append(*h, release)
		d, err := open(t.root)
		if err != nil {
			return nil, err
		}
		*h = append(*h, func() { _ = d.Close() }) // it was only read; files report their own errors
		plans = append(plans, newPlan(t, d))
	}
	return plans, nil
}

// refuse returns everything that keeps the plans from being carried out.
func refuse(plans []*plan, write bool) error {
	var all spec.Problems
	for _, p := range plans {
		if write {
			p.checkWritable()
			all = append(all, p.inTheWay...)
		}
		all = append(all, p.problems...)
	}
	return all.Err()
}

// apply stages all plans before it commits the first.
func apply(ctx context.Context, plans []*plan) error {
	var stages []*stage
	for _, p := range plans {
		s := &stage{plan: p, disk: p.disk}
		stages = append(stages, s)
		if err := s.prepare(ctx); err != nil {
			return errors.Join(err, rollback(stages))
		}
	}
	if ctx.Err() != nil {
		return errors.Join(context.Cause(ctx), rollback(stages))
	}
	return commit(stages)
}

func changes(plans []*plan) []Change {
	var all []Change
	for _, p := range plans {
		all = append(all, p.changes...)
	}
	slices.SortFunc(all, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.Path, b.Path))
	})
	return all
}
