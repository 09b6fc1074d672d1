package adopt

import (
	"encoding/json"
	"slices"
	"strings"

	"example.com/lathe"
	"example.com/lathe/internal/adopt/fit"
	"example.com/lathe/spec"
)

// amend adds to the configuration of a client what helps it to have what the program names:
// operations that reach types, and what the model does not say. It reports whether there
// was any.
func (g Generator) amend(svc *Service, cfg *lathe.Config, names fit.Names, missing []string) (bool, error) {
	operations := g.reach(*cfg, svc.enums(missing))
	if len(cfg.Operations)+len(operations) == 0 && len(missing) > 0 {
		operations = g.least(*cfg)
	}
	defaults, err := g.zeroed(*cfg, names.Different(svc.Types))
	if err != nil {
		return false, err
	}
	renames, err := g.renamed(*cfg, names, svc, missing)
	if err != nil {
		return false, err
	}
	paginations, err := g.paged(*cfg, svc, missing)
	if err != nil {
		return false, err
	}
	cfg.Operations = slices.Sorted(slices.Values(slices.Concat(cfg.Operations, operations)))
	more := &cfg.Additions
	more.Defaults = append(more.Defaults, defaults...)
	more.Renames = append(more.Renames, renames...)
	more.Paginations = append(more.Paginations, paginations...)
	return len(operations)+len(defaults)+len(renames)+len(paginations) > 0, nil
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
		isKnown := slices.ContainsFunc(
			cfg.Additions.Defaults, func(known spec.AddedDefault) bool { return known.Member == member })
		if member != "" && !isKnown {
			all = append(all, spec.AddedDefault{Member: member, Value: zero})
		}
	}
	return all, nil
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

// paged returns how paginators go from page to page that the program makes and a client does not
// have: models in boto3's format know fewer.
func (g Generator) paged(cfg lathe.Config, svc *Service, missing []string) ([]spec.AddedPagination, error) {
	var all []spec.AddedPagination
	for _, name := range missing {
		op, _ := strings.CutSuffix(strings.TrimPrefix(name, "New"), "Paginator")
		pages, isOne := svc.Pages[op]
		isKnown := slices.ContainsFunc(
			cfg.Additions.Paginations, func(p spec.AddedPagination) bool { return p.Operation == op })
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
	"bool": false, "int8": json.Number("0"), "int16": json.Number("0"), "int32": json.Number("0"),
	"int64":   json.Number("0"),
	"float32": json.Number("0"), "float64": json.Number("0"),
}
