package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/internal/adopt/report"
)

// workplace is where programs are adopted, by which gen and with which models.
type workplace struct{ dir, gen, models string }

// adopted is what gen adopt says.
type adopted struct {
	Services []struct {
		Package, ImportPath, Version, Model string
		Of                                  int
		Operations                          []struct{ Name string }
		Reasons                             []struct{ Message string }
	}
	Won report.Won
}

// adopt does everything with a program.
func (w workplace) adopt(ctx context.Context, p program) (r result, err error) {
	r = result{program: p}
	at, err := w.fetch(ctx, p)
	defer func() { err = errors.Join(err, os.RemoveAll(at.dir)) }()
	if err != nil {
		return r, err
	}
	if r.Scan, err = w.scan(ctx, at); err != nil {
		return r, err
	}
	all, err := at.packages(ctx)
	if err != nil {
		return r, err
	}
	if err := at.build(ctx, all); err != nil {
		return r, err
	}
	packages, before, err := at.tested(ctx, p.Skip, all)
	if err != nil {
		return r, err
	}
	if p.Source == "" && before.count("pass") == 0 {
		return r, errors.New("none of its tests passes, which would prove nothing")
	}
	left, err := at.changed(ctx)
	if err != nil {
		return r, err
	}
	if r.Weight, err = w.weight(ctx, at, all); err != nil {
		return r, err
	}
	if err := w.put(ctx, at, all, &r); err != nil {
		return r, err
	}
	after, err := at.test(ctx, p.Skip, packages)
	if err != nil {
		return r, err
	}
	if err := w.takeBack(ctx, at, left); err != nil {
		return r, err
	}
	r.Tests = tests{
		Packages: len(packages), Passed: after.count("pass"), Failed: after.count("fail"), Skipped: after.count("skip"),
	}
	differ := differences(before, after)
	if len(differ) > 0 { // are they steady?
		again, err := at.test(ctx, p.Skip, packages)
		if err != nil {
			return r, err
		}
		r.Tests.Unsteady = differences(before, again)
		differ = slices.DeleteFunc(differ, func(name string) bool { return slices.Contains(r.Tests.Unsteady, name) })
	}
	if len(differ) > 0 {
		return r, fmt.Errorf("tests end in another way with the clients:\n%s", strings.Join(differ, "\n"))
	}
	return r, nil
}

// scan has gen look at the program while nothing was built, with a cache that is empty.
func (w workplace) scan(ctx context.Context, at place) (took used, err error) {
	cache := filepath.Join(w.dir, "cold")
	defer func() { err = errors.Join(err, os.RemoveAll(cache)) }()
	at.env = append(slices.Clone(at.env), "GOCACHE="+cache)
	_, took, err = at.measured(ctx, w.gen, "adopt", "--dry-run", "--quiet", "--models", w.models)
	return took, err
}

// put puts clients in place, measures what is won, and has gen check say that all is well.
func (w workplace) put(ctx context.Context, at place, all []listed, r *result) error {
	out, err := at.run(ctx, w.gen, "adopt", "--json", "--models", w.models, "--report", filepath.Join(w.dir, "won.json"))
	if err != nil {
		return err
	}
	var said adopted
	if err := json.Unmarshal(out, &said); err != nil {
		return fmt.Errorf("what gen adopt prints: %w", err)
	}
	r.Before, r.After = said.Won.Before, said.Won.After
	for _, s := range said.Services {
		if len(s.Reasons) > 0 {
			r.Left = append(r.Left, left{s.Package, s.Version, strings.ReplaceAll(s.Reasons[0].Message, w.models, "MODELS")})
			continue
		}
		svc := service{Package: s.Package, Version: s.Version, Operations: len(s.Operations), Of: s.Of}
		if svc.Protocol, err = w.protocol(ctx, s.Model); err != nil {
			return err
		}
		r.Services = append(r.Services, svc)
	}
	if len(r.Services) == 0 {
		return errors.New("nothing was adopted")
	}
	if err := at.build(ctx, all); err != nil {
		return err
	}
	_, err = at.run(ctx, w.gen, "check")
	return err
}

// protocol returns what a service speaks with a client of ours.
func (w workplace) protocol(ctx context.Context, model string) (string, error) {
	out, err := place{dir: w.dir}.run(
		ctx, w.gen, "list", "--json", "--spec", filepath.Join(w.models, filepath.FromSlash(model)))
	if err != nil {
		return "", err
	}
	var list struct{ Specs []struct{ Protocol string } }
	if err := json.Unmarshal(out, &list); err != nil || len(list.Specs) == 0 {
		return "", fmt.Errorf("what gen list prints of %s: %w", model, err)
	}
	return list.Specs[0].Protocol, nil
}

// changed is what git sees of changes, and of files that it would ignore.
func (p place) changed(ctx context.Context) (string, error) {
	out, err := p.run(ctx, "git", "status", "--porcelain", "--ignored")
	return string(out), err
}

// takeBack undoes all of it: git must see no change but what the program's own tests had
// left.
func (w workplace) takeBack(ctx context.Context, at place, left string) error {
	if _, err := at.run(ctx, w.gen, "adopt", "--undo"); err != nil {
		return err
	}
	changed, err := at.changed(ctx)
	if err != nil {
		return err
	}
	if changed != left {
		return fmt.Errorf("files differ after gen adopt --undo:\n%s", changed)
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		was, err := at.run(ctx, "git", "show", "HEAD:"+name)
		if err != nil {
			return err
		}
		is, err := os.ReadFile(filepath.Join(at.dir, name))
		if err != nil {
			return err
		}
		if !bytes.Equal(was, is) {
			return fmt.Errorf("%s is not what it was to the byte", name)
		}
	}
	return nil
}
