// Package adopt works out how slim clients stand in for the official packages that a
// program uses: which services can be generated from which models, with which operations,
// and what stays as it is, and why. It writes nothing.
package adopt

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"example.com/lathe"
	"example.com/lathe/internal/adopt/fit"
	"example.com/lathe/internal/adopt/scan"
	"example.com/lathe/internal/callers"
	"example.com/lathe/internal/models"
	"example.com/lathe/spec"
)

// Prefix is the beginning of the import paths of official packages.
const Prefix = "github.com/aws/aws-sdk-go-v2/service/"

// Service is an official package that a program uses.
type Service struct {
	// Path is its import path, Version that of its module.
	Path, Version string
	// ID and APIVersion are its constants ServiceID and ServiceAPIVersion.
	ID, APIVersion string
	// Operations are those that are called, sorted.
	Operations []string
	// Names are all that the program names of it, as [fit.Names] has them, with places.
	Names map[string][]spec.Pos
	// Types are the types of the fields among them.
	Types map[string]string
	// Constants are what those are that are values of enums.
	Constants map[string]callers.Constant
	// Pages are how paginators go on that the program makes, by their operations.
	Pages map[string]scan.Pages
	// Lines are the places by objects, as changes of a model are weighed by them.
	Lines map[string][]spec.Pos
}

// Package is the name of the Go package.
func (s *Service) Package() string { return path.Base(s.Path) }

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

// Left is a service whose official package stays.
type Left struct {
	*Service

	// Why are the reasons, with places in the program where there are some.
	Why spec.Problems
}

// Generator makes clients; it is package lathe, but in tests.
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

// Choose finds the model of a service, and the operations to generate: those that are
// called, and such as reach types that the program names. Out is a folder in which a
// client might be. Of both results one is nil.
func (g Generator) Choose(ctx context.Context, svc *Service, source *models.Source, out string) (*Client, *Left, error) {
	model, err := source.Find(ctx, models.Service{Package: svc.Package(), ID: svc.ID, Version: svc.APIVersion})
	if errors.Is(err, models.ErrNone) {
		return nil, svc.left(svc.newer(), "%v", err), nil
	}
	if err != nil {
		return nil, nil, err
	}
	c := &Client{Service: svc, Model: model, Operations: slices.Clone(svc.Operations)}
	cfg := lathe.Config{
		Spec: model.Path, Out: path.Join(out, svc.Package()), Module: svc.Path, Package: svc.Package(), Operations: c.Operations,
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
	cfg.Operations = slices.DeleteFunc(slices.Clone(svc.Operations), func(name string) bool { return !slices.Contains(cfg.Operations, name) })
	cfg.OperationsAt = nil
	_, problems, err := g.fits(svc, &cfg)
	if err == nil {
		err = problems.Err()
	}
	return cfg.Operations, err
}

// maxReach bounds how often operations are added for the sake of types.
const maxReach = 8

// fits generates a client, and returns which names it lacks or why there is none. It adds
// operations that reach types which are missing.
func (g Generator) fits(svc *Service, cfg *lathe.Config) (missing []string, why spec.Problems, err error) {
	var wanted []string
	for name := range svc.Names {
		wanted = append(wanted, name)
	}
	var names fit.Names
	for range maxReach {
		if len(cfg.Operations) == 0 {
			missing = wanted // of types alone, or of what every client has
		} else {
			result, err := g.Generate(*cfg)
			if problems, ok := errors.AsType[spec.Problems](err); ok {
				return nil, problems, nil
			}
			if err != nil {
				return nil, nil, err
			}
			if names, err = fit.Of(filesOf(result)); err != nil {
				return nil, nil, err
			}
			missing = names.Missing(wanted)
		}
		added := g.reach(*cfg, svc.enums(missing))
		if len(cfg.Operations)+len(added) == 0 && len(missing) > 0 {
			added = g.least(*cfg)
		}
		zeroed, err := g.zeroed(*cfg, names.Different(svc.Types))
		if err != nil {
			return nil, nil, err
		}
		renamed, err := g.renamed(*cfg, names, svc, missing)
		if err != nil {
			return nil, nil, err
		}
		paged, err := g.paged(*cfg, svc, missing)
		if err != nil {
			return nil, nil, err
		}
		if len(added)+len(zeroed)+len(renamed)+len(paged) == 0 {
			break
		}
		cfg.Operations = slices.Sorted(slices.Values(slices.Concat(cfg.Operations, added)))
		cfg.Additions.Defaults = append(cfg.Additions.Defaults, zeroed...)
		cfg.Additions.Renames = append(cfg.Additions.Renames, renamed...)
		cfg.Additions.Paginations = append(cfg.Additions.Paginations, paged...)
	}
	if len(cfg.Operations) == 0 && len(missing) == 0 {
		return nil, spec.Problems{{Message: "nothing of it is called or named"}}, nil
	}
	return missing, svc.different(names, cfg.Spec), nil
}

// zeroed returns defaults for fields that are pointers in a client and none in the official
// package: the model of that says, or said, that they are zero when they are absent.
func (g Generator) zeroed(cfg lathe.Config, different []fit.Difference) ([]spec.AddedDefault, error) {
	var all []spec.AddedDefault
	for _, d := range different {
		zero := zeros[d.Wanted]
		if zero == nil || d.Is != "*"+d.Wanted {
			continue
		}
		member, err := g.Member(cfg, d.Name)
		if err != nil {
			return nil, err
		}
		isKnown := slices.ContainsFunc(cfg.Additions.Defaults, func(known spec.AddedDefault) bool { return known.Member == member })
		if member != "" && !isKnown {
			all = append(all, spec.AddedDefault{Member: member, Value: zero})
		}
	}
	return all, nil
}

// enums returns names with those of enums in the place of their constants.
func (s *Service) enums(names []string) []string {
	names = slices.Clone(names)
	for i, name := range names {
		names[i] = cmp.Or(s.Constants[name].Enum, name)
	}
	return names
}

// renamed returns new names for values of enums that a client has, and that the program calls
// as the official package does: C2J has no names for them, and Smithy's change.
func (g Generator) renamed(cfg lathe.Config, names fit.Names, svc *Service, missing []string) ([]spec.Rename, error) {
	var all []spec.Rename
	for _, name := range missing {
		is := svc.Constants[name]
		to, isBehind := strings.CutPrefix(name, is.Enum)
		_, isThere := names[is.Enum]
		if is.Enum == "" || !isBehind || !isThere {
			continue
		}
		path, err := g.Value(cfg, strings.TrimPrefix(is.Enum, "types."), is.Value)
		if err != nil {
			return nil, err
		}
		isKnown := slices.ContainsFunc(cfg.Additions.Renames, func(r spec.Rename) bool { return r.From == path })
		if path != "" && !isKnown {
			all = append(all, spec.Rename{Kind: spec.RenameValue, From: path, To: to})
		}
	}
	return all, nil
}

// paged returns how paginators go on that the program makes and a client does not have: models
// in boto3's format know fewer.
func (g Generator) paged(cfg lathe.Config, svc *Service, missing []string) ([]spec.AddedPagination, error) {
	var all []spec.AddedPagination
	for _, name := range missing {
		op, _ := strings.CutSuffix(strings.TrimPrefix(name, "New"), "Paginator")
		pages, isOne := svc.Pages[op]
		isKnown := slices.ContainsFunc(cfg.Additions.Paginations, func(p spec.AddedPagination) bool { return p.Operation == op })
		if name != "New"+op+"Paginator" || !isOne || isKnown || !slices.Contains(cfg.Operations, op) {
			continue
		}
		added := spec.AddedPagination{Operation: op}
		for _, m := range []struct {
			name  *string
			field string
		}{
			{&added.InputToken, "Input." + pages.InputToken}, {&added.OutputToken, "Output." + pages.OutputToken},
			{&added.PageSize, "Input." + pages.PageSize},
		} {
			path, err := g.Member(cfg, op+m.field)
			if err != nil {
				return nil, err
			}
			if path != "" {
				*m.name = strings.SplitN(path, ".", 3)[2] // behind the operation and its role
			}
		}
		if added.InputToken != "" && added.OutputToken != "" {
			all = append(all, added)
		}
	}
	return all, nil
}

// zeros are the values of types that are no pointers where they are the default.
var zeros = map[string]any{
	"bool": false, "int8": json.Number("0"), "int16": json.Number("0"), "int32": json.Number("0"), "int64": json.Number("0"),
	"float32": json.Number("0"), "float64": json.Number("0"),
}

// different are the fields that have other types in a client than in the official package.
func (s *Service) different(names fit.Names, model string) (why spec.Problems) {
	for _, d := range names.Different(s.Types) {
		at := spec.Pos{}
		if places := s.Names[d.Name]; len(places) > 0 {
			at = places[0]
		}
		why.Add(at, "", "%s.%s is %s in a client of %s, and %s in the official package", s.Package(), d.Name, d.Is,
			path.Base(model), d.Wanted)
	}
	return why
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

// reach returns operations that reach types which are missing.
func (g Generator) reach(cfg lathe.Config, missing []string) []string {
	if len(missing) == 0 {
		return nil
	}
	sizes := g.sizes(cfg)
	var added []string
	for _, name := range missing {
		typeName, ok := strings.CutPrefix(name, "types.")
		if !ok {
			continue
		}
		typeName, _, _ = strings.Cut(typeName, ".")
		e, err := g.Explain(cfg, typeName)
		isReached := len(cfg.Operations) > 0 && e != nil && e.Emitted // none stands for all of them
		if err != nil || isReached {
			continue
		}
		e.Paths = slices.DeleteFunc(e.Paths, func(p lathe.Path) bool { return sizes[p.Operation] == 0 })
		if len(e.Paths) == 0 {
			continue
		}
		isAdded := func(p lathe.Path) bool { return slices.Contains(added, p.Operation) }
		least := slices.MinFunc(e.Paths, func(a, b lathe.Path) int { return sizes[a.Operation] - sizes[b.Operation] })
		if !slices.ContainsFunc(e.Paths, isAdded) && !slices.Contains(cfg.Operations, least.Operation) {
			added = append(added, least.Operation)
		}
	}
	return added
}

// least returns the operation that reaches the fewest shapes, for a program that calls none
// and names what every client has, such as ServiceID; none where no operation can be generated.
func (g Generator) least(cfg lathe.Config) []string {
	sizes := g.sizes(cfg)
	names := slices.SortedFunc(maps.Keys(sizes), func(a, b string) int {
		return cmp.Or(cmp.Compare(sizes[a], sizes[b]), strings.Compare(a, b))
	})
	return names[:min(len(names), 1)]
}

// sizes are how many shapes each operation reaches that can be generated.
func (g Generator) sizes(cfg lathe.Config) map[string]int {
	sizes := map[string]int{}
	listing, err := g.List(lathe.Config{Spec: cfg.Spec})
	if err != nil {
		return sizes
	}
	for _, op := range listing.Operations {
		if op.Unsupported == "" {
			sizes[op.Name] = op.Shapes
		}
	}
	return sizes
}

// left is a service that stays for one reason.
func (s *Service) left(hint, format string, args ...any) *Left {
	l := &Left{Service: s}
	l.Why.Add(spec.Pos{}, hint, format, args...)
	return l
}

// newer is the hint at models that are older than the official package, which most are
// that lack something.
func (s *Service) newer() string {
	if s.Version == "" {
		return ""
	}
	return "the official package is " + s.Version + ": newer models may have it"
}

// explainLeft says why a client can't stand in.
func (g Generator) explainLeft(ctx context.Context, svc *Service, cfg lathe.Config, missing []string, why spec.Problems) *Left {
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
		at := spec.Pos{}
		if places := svc.Names[name]; len(places) > 0 {
			at = places[0]
		}
		l.Why.Add(at, hint, "%s.%s is not in a client of %s", svc.Package(), name, path.Base(cfg.Spec))
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
