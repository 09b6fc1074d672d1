package rules

import (
	"maps"
	"slices"
	"strings"

	"example.com/lathe/diff/internal/compare"
)

// What changes for callers in Go without being the subject of another rule. These
// checks run last, and leave out what some finding says already.

// goTypeChanged finds fields, and values of variants, whose types differ all the same.
// Where a side only guesses whether a value can be absent, goTypeGuessed has it.
func goTypeChanged(r *run, found reporter) { goTypeDiffs(r, found, false) }

func goTypeGuessed(r *run, found reporter) { goTypeDiffs(r, found, true) }

func goTypeDiffs(r *run, found reporter, guessed bool) {
	for _, p := range r.Types {
		if p.New == nil {
			continue
		}
		same := func(before, after []compare.GoField, key func(compare.GoField) string,
			object func(t *compare.GoType, name string) string) {
			now := map[string]compare.GoField{}
			for _, f := range after {
				now[key(f)] = f
			}
			for _, f := range before {
				other, ok := now[key(f)]
				if name := object(p.Old, f.Name); ok && f.Type != other.Type && !r.reported[name] &&
					p.IsGuess(f, other) == guessed {
					found(p.MemberSite(f, other, name, object(p.New, other.Name)), f.Type, other.Type)
				}
			}
		}
		byName, byMember := func(f compare.GoField) string { return f.Name },
			func(f compare.GoField) string { return f.Member }
		same(p.Old.Fields, p.New.Fields, byName, func(t *compare.GoType, name string) string { return t.Name + "." + name })
		same(p.Old.Variants, p.New.Variants, byMember, func(_ *compare.GoType, name string) string { return name })
	}
}

// goNameChanged finds what the model calls the same on both sides, and clients do not.
func goNameChanged(r *run, found reporter) {
	for _, p := range r.Renames() {
		found(p.Site, *p.Old, *p.New)
	}
}

// comparabilityLost finds structs that == no longer takes, with the variants that hold
// them.
func comparabilityLost(r *run, found reporter) {
	for _, p := range r.Types {
		if p.New != nil && p.Old.Comparable && !p.New.Comparable && !r.reported[p.Old.Name] && r.hasNewList(p) {
			before, after := p.Wholes()
			p.OldGo, p.NewGo = append(p.OldGo, before...), append(p.NewGo, after...)
			found(p.Site, "", "")
		}
	}
}

// hasNewList reports whether a struct can't be compared because of a field that is
// new: of one whose type changed another rule says enough.
func (r *run) hasNewList(p compare.Pair[compare.GoType]) bool {
	old := map[string]bool{}
	for _, f := range p.Old.Fields {
		old[f.Name] = true
	}
	return slices.ContainsFunc(p.New.Fields, func(f compare.GoField) bool {
		isList := strings.HasPrefix(f.Type, "[]") || strings.HasPrefix(f.Type, "map[")
		return isList && (!old[f.Name] || !r.reported[p.Old.Name+"."+f.Name])
	})
}

// constantChanged compares the constants of an enum by their names: one that has
// another value is not noticed by any compiler. A value that changed under its own
// name in the model is what enum-value-changed is about.
func constantChanged(r *run, found reporter) {
	for _, p := range r.Types {
		if p.New == nil {
			continue
		}
		now := map[string]int{}
		for j, c := range p.New.Constants {
			now[c.Name] = j
		}
		changed := map[string]bool{}
		for _, v := range r.EnumValues {
			if v.Old != nil && v.New != nil && v.Old.Value != v.New.Value {
				changed[v.Place] = true
			}
		}
		for i, c := range p.Old.Constants {
			j, ok := now[c.Name]
			if !ok || p.New.Constants[j].Value == c.Value {
				continue
			}
			if at := p.ValueSite(i, j); !changed[at.Place] {
				found(at, c.Value, p.New.Constants[j].Value)
			}
		}
	}
}

// goTypeRemoved finds Go types that only the old client has.
func goTypeRemoved(r *run, found reporter) {
	for _, p := range r.Types {
		if p.New == nil && !r.reported[p.Old.Name] {
			found(p.Site, p.Old.Name, "")
		}
	}
	if !r.New.HasClient() {
		return // with the operations everything is gone
	}
	before, after := r.Old.Helpers(), r.New.Helpers()
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if after[name] == "" {
			found(compare.Site{
				Place: "go:" + name, What: before[name], OldPos: r.Old.API.Pos, NewPos: r.New.API.Pos,
				OldGo: []string{helperObject(name)},
			}, name, "")
		}
	}
}

// redactionLost finds types that both sides have and that lose the methods with which they
// hide sensitive members.
func redactionLost(r *run, found reporter) {
	for _, p := range r.Types {
		if p.New == nil || len(p.New.Redactions) > 0 {
			continue
		}
		if p.OldGo = p.Old.Redactions; len(p.OldGo) > 0 {
			p.NewGo = nil
			found(p.Site, "", "")
		}
	}
	unknown := r.Old.HelperRedactions()
	if r.New.Helpers()[unknownMember] != "" && len(unknown) > 0 && len(r.New.HelperRedactions()) == 0 {
		found(compare.Site{
			Place: "go:" + unknownMember, What: unknownMember, OldPos: r.Old.API.Pos, NewPos: r.New.API.Pos, OldGo: unknown,
		}, "", "")
	}
}

// unknownMember is the type of members of unions that the client does not know.
const unknownMember = "types.UnknownUnionMember"

// helperObject is the object whose loss a comparison of Go finds: a package goes as a
// whole.
func helperObject(name string) string {
	if name == "document.Interface" {
		return "package document"
	}
	return name
}

// never finds nothing: the rule is for what only a comparison of Go finds.
func never(*run, reporter) {}
