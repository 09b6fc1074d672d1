package lathe

import (
	"errors"
	"fmt"
	"slices"

	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
	"example.com/lathe/internal/goapi"
	"example.com/lathe/spec"
)

// DiffConfig says what to compare.
type DiffConfig struct {
	Old, New Document
	// Operations are names or globs of operations, empty for all. What only one
	// side has is a change.
	Operations []string
}

// Diff compares two versions of a spec, of any formats. Its errors are those of
// [Generate] for the new one, and a [spec.Problems] for names that match no operation
// on either side. Of the old one only the model counts: what else is wrong with it is
// noted in the report.
func Diff(cfg DiffConfig) (*diff.Report, error) {
	before, missing, unsound, errOld := cfg.old()
	after, errNew := cfg.New.load()
	if err := joined(errOld, errNew); err != nil {
		return nil, err
	}
	chosen, missingToo := spec.Select(speaking(after, cfg.New.Protocol), cfg.Operations)
	var problems spec.Problems
	for _, name := range missing {
		if slices.Contains(missingToo, name) {
			problems.Add(spec.Pos{File: after.Pos.File}, unknownHint(after, name, noHint),
				"no operation matches %q, in %s neither", name, before.Pos.File)
		}
	}
	for _, op := range chosen.Operations {
		problems = append(problems, op.Part.All()...)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	if len(unsound) > 0 {
		before.Endpoint = chosen.Endpoint // it may not have been understood
	}
	report, err := Compare(before, chosen)
	if report != nil {
		report.Unsound = unsound
	}
	return report, err
}

// old reads the old side and selects its operations; missing are the names that match
// none. What is wrong with it stops nobody, as long as it can be compared.
func (cfg DiffConfig) old() (chosen *spec.API, missing []string, unsound spec.Problems, err error) {
	api, err := cfg.Old.load()
	if api == nil {
		return nil, nil, nil, err
	}
	chosen, missing = spec.Select(speaking(api, cfg.Old.Protocol), cfg.Operations)
	unsound = problemsIn(err)
	for _, op := range chosen.Operations {
		unsound = append(unsound, op.Part.All()...)
	}
	if len(unsound) > 0 && (len(api.Operations) == 0 || !isWhole(chosen)) {
		return nil, nil, nil, unsound.Err()
	}
	return chosen, missing, problemsIn(unsound.Err()), nil
}

func problemsIn(err error) spec.Problems {
	problems, _ := errors.AsType[spec.Problems](err)
	return problems
}

// isWhole reports whether a model that was read in spite of problems can be compared:
// everything in it leads somewhere.
func isWhole(api *spec.API) bool {
	names := map[string]bool{}
	for _, op := range api.Operations {
		if names[op.Name] {
			return false
		}
		names[op.Name] = true
	}
	for _, s := range spec.Reached(api, api.Operations...) {
		isWhole := (s.Kind != spec.List || s.Element != nil) && (s.Kind != spec.Map || s.Key != nil && s.Value != nil)
		for m := range s.Edges {
			isWhole = isWhole && m.Target != nil
		}
		if !isWhole {
			return false
		}
	}
	return true
}

// speaking leaves of a service's protocols the one that a client speaks. A service that
// does not speak it keeps its own: that is a change.
func speaking(api *spec.API, protocol string) *spec.API {
	if !slices.Contains(api.Protocols, spec.Protocol(protocol)) {
		return api
	}
	only := *api
	only.Protocols = []spec.Protocol{spec.Protocol(protocol)}
	return &only
}

// Compare compares two models. What a change means to Go callers is found out by
// type-checking the clients of both; where a side has none, because it can't be
// generated, it is what the rules say.
func Compare(before, after *spec.API) (*diff.Report, error) {
	return CompareClients(Client{Model: before}, Client{Model: after})
}

// compareGo returns what differs between the Go APIs of two clients; it is not known
// where one of them can't be generated.
func compareGo(before, after Client) (found []diff.GoChange, isKnown bool, err error) {
	old, okOld := before.render()
	now, okNew := after.render()
	if !okOld || !okNew {
		return nil, false, nil
	}
	changes, err := goapi.Compare(old, now)
	if err != nil {
		return nil, false, fmt.Errorf("the clients can't be compared: %w", err)
	}
	found = make([]diff.GoChange, len(changes))
	for i, c := range changes {
		found[i] = diff.GoChange{Object: c.Object, Kind: string(c.Kind), Old: c.Old, New: c.New, Why: c.Why,
			Severity: severity(c)}
	}
	return found, true, nil
}

// severity is what a change of the Go API means to callers. Some of what breaks only
// breaks code that hardly anybody writes: literals without keys, conversions from
// structs of one's own, comparisons of structs.
func severity(c goapi.Change) rules.Severity {
	switch {
	case !c.Breaking:
		return rules.None
	case slices.Contains([]goapi.Kind{
		goapi.FieldAdded, goapi.FieldsReordered, goapi.TagChanged, goapi.StructSealed, goapi.BecameIncomparable,
	}, c.Kind):
		return rules.Strict
	default:
		return rules.Breaking
	}
}

// joined returns the problems of both sides at once; an error that is none comes
// first.
func joined(errs ...error) error {
	var problems spec.Problems
	for _, err := range errs {
		ps, ok := err.(spec.Problems) //nolint:errorlint // loaders return them as they are
		if err != nil && !ok {
			return err
		}
		problems = append(problems, ps...)
	}
	return problems.Err()
}
