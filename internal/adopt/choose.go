package adopt

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"example.com/lathe"
	"example.com/lathe/internal/adopt/fit"
	"example.com/lathe/internal/adopt/scan"
	"example.com/lathe/internal/models"
	"example.com/lathe/spec"
)

// Client is a client that can stand in for an official package.
type Client struct {
	*Service

	// Model is what it is made of, Operations are those to generate, Of is how many the
	// model has.
	Model      models.File
	Operations []string
	Of         int
	// Trimmed is the part of the model that the operations need.
	Trimmed *lathe.Trimmed
	// Defaults are members that are zero when they are absent, which the model does not say.
	Defaults []spec.AddedDefault
	// Renames are values of enums that have other names in the official package.
	Renames []spec.Rename
	// Paginations are those that the model does not have.
	Paginations []spec.AddedPagination
}

// Generator makes clients: package lathe, or in tests something in its place.
type Generator struct {
	Generate func(lathe.Config) (*lathe.Result, error)
	Explain  func(cfg lathe.Config, name string) (*lathe.Explanation, error)
	List     func(lathe.Config) (*lathe.Listing, error)
	Trim     func(lathe.Config) (*lathe.Trimmed, error)
	// Member names a member in lathe.yaml by the Go field that it is.
	Member func(cfg lathe.Config, field string) (string, error)
	// Value names a value of an enum in lathe.yaml by the Go type and what travels.
	Value func(cfg lathe.Config, enum, text string) (string, error)
}

// choose finds the model of a service, and the operations to generate: those that are
// called, and such as reach types that the program names. Out is a folder in which a
// client might be. One of the first two results is nil.
func (g Generator) choose(
	ctx context.Context, svc *Service, source *models.Source, out string,
) (*Client, *Left, error) {
	model, err := source.Find(ctx, models.Service{Package: svc.Package(), ID: svc.ID, Version: svc.APIVersion})
	if errors.Is(err, models.ErrNone) {
		return nil, svc.left("a newer checkout of github.com/aws/api-models-aws may have one", "%v", err), nil
	}
	if err != nil {
		return nil, nil, err
	}
	c := &Client{Service: svc, Model: model, Operations: slices.Clone(svc.Operations)}
	cfg := lathe.Config{
		Spec: model.Path, Out: path.Join(out, svc.Package()), Module: svc.Path, Package: svc.Package(),
		Operations: c.Operations,
	}
	missing, why, err := g.fits(svc, &cfg)
	if err != nil {
		return nil, nil, err
	}
	if len(missing)+len(why) > 0 {
		return nil, g.explainLeft(ctx, svc, cfg, missing, why), nil
	}
	c.Operations, c.Defaults = cfg.Operations, cfg.Additions.Defaults
	c.Renames, c.Paginations = cfg.Additions.Renames, cfg.Additions.Paginations
	if c.Trimmed, err = g.Trim(lathe.Config{Spec: model.Path, Operations: c.Operations}); err != nil {
		return nil, nil, err
	}
	c.Of = c.Trimmed.Of
	return c, nil, nil
}

// Needed are the operations that a program needs of a client: those that it calls, and such
// as reach types that it names.
func (g Generator) Needed(used scan.Service, cfg lathe.Config) ([]string, error) {
	svc := serviceOf(used)
	cfg.Operations = slices.DeleteFunc(
		slices.Clone(svc.Operations), func(name string) bool { return !slices.Contains(cfg.Operations, name) })
	cfg.OperationsAt = nil
	_, problems, err := g.fits(svc, &cfg)
	if err == nil {
		err = problems.Err()
	}
	return cfg.Operations, err
}

// maxRounds bounds how often something is added to a client.
const maxRounds = 8

// fits generates a client, and returns which names it lacks or why there is none. It adds to
// the configuration what helps, round by round.
func (g Generator) fits(svc *Service, cfg *lathe.Config) (missing []string, why spec.Problems, err error) {
	var names fit.Names
	for range maxRounds {
		names, missing, err = g.namesOf(svc, *cfg)
		if problems, ok := errors.AsType[spec.Problems](err); ok {
			return nil, problems, nil
		}
		if err != nil {
			return nil, nil, err
		}
		isAmended, err := g.amend(svc, cfg, names, missing)
		if err != nil {
			return nil, nil, err
		}
		if !isAmended {
			break
		}
	}
	if len(cfg.Operations) == 0 && len(missing) == 0 {
		return nil, spec.Problems{{Message: "nothing of it is called or named"}}, nil
	}
	return missing, svc.different(names, cfg.Spec), nil
}

// namesOf generates a client, and returns its names, and those that the program uses and
// that it lacks.
func (g Generator) namesOf(svc *Service, cfg lathe.Config) (names fit.Names, missing []string, err error) {
	wanted := slices.Collect(maps.Keys(svc.Names))
	if len(cfg.Operations) == 0 {
		return nil, wanted, nil // of types alone, or of what every client has
	}
	result, err := g.Generate(cfg)
	if err != nil {
		return nil, nil, err
	}
	if names, err = fit.Of(filesOf(result)); err != nil {
		return nil, nil, err
	}
	return names, names.Missing(wanted), nil
}

// filesOf are the files of a client by their paths below its folder.
func filesOf(r *lathe.Result) map[string][]byte {
	files := map[string][]byte{}
	for _, f := range r.Files {
		if rel, ok := strings.CutPrefix(f.Path, r.Dirs[0]+"/"); ok {
			files[rel] = f.Data
		}
	}
	return files
}

// explainLeft says why a client can't stand in.
func (g Generator) explainLeft(
	ctx context.Context, svc *Service, cfg lathe.Config, missing []string, why spec.Problems,
) *Left {
	l := &Left{Service: svc, Why: why}
	hint := ""
	if at := g.fittingCommit(ctx, svc, cfg); at != nil {
		hint = fmt.Sprintf("the model of %s, commit %s, has it", at.Date, at.Hash)
	}
	for i := range l.Why {
		if l.Why[i].Hint == "" || hint != "" {
			l.Why[i].Hint = hint
		}
	}
	hint = cmp.Or(hint, svc.newer())
	for _, name := range missing {
		l.Why.Add(svc.firstUse(name), hint, "%s.%s is not in a client of %s", svc.Package(), name, path.Base(cfg.Spec))
	}
	return l
}

// maxCommits bounds how many commits of a model are tried.
const maxCommits = 64

// fittingCommit is the newest commit of a model with which a client would fit; nil where
// there is none, or the model is no part of a checkout.
func (g Generator) fittingCommit(ctx context.Context, svc *Service, cfg lathe.Config) *models.Commit {
	for _, commit := range models.History(ctx, cfg.Spec, maxCommits) {
		file, remove, err := models.Checkout(ctx, cfg.Spec, commit)
		if err != nil {
			continue
		}
		at := cfg
		at.Spec, at.Operations, at.Additions = file, svc.Operations, spec.Additions{}
		missing, why, err := g.fits(svc, &at)
		remove()
		if err == nil && len(missing)+len(why) == 0 {
			return &commit
		}
	}
	return nil
}
