package rules

import (
	"cmp"

	"example.com/lathe/diff/internal/compare"
	"example.com/lathe/diff/internal/sets"
	"example.com/lathe/spec"
)

// What values a member allows is one set, of which limits and patterns are only the
// description: what counts is whether the new set holds the old one, and the reverse.

// facet is what constraints differ in: one of them, or several.
type facet string

const (
	lengths  facet = "length"
	ranges   facet = "range"
	patterns facet = "pattern"
	mixed    facet = "constraints"
)

// allowed is what both sides of a value allow.
type allowed struct {
	facet      facet // empty when nothing differs in words
	old, new   spec.Constraints
	kept, back sets.Answer // whether the new set holds the old one, and the reverse
}

// tightened finds values of which some that were allowed are no longer.
func tightened(of facet) check {
	return constrained(of, func(a allowed) bool { return a.kept == sets.No })
}

// loosened finds values of which some are allowed that were not.
func loosened(of facet) check {
	return constrained(of, func(a allowed) bool {
		return a.back == sets.No && a.kept != sets.Unknown || a.kept == sets.Yes && a.back == sets.Unknown
	})
}

// restated finds values of which the same are allowed, in other words.
func restated(r *run, found reporter) {
	for _, of := range [...]facet{lengths, ranges, patterns, mixed} {
		constrained(of, func(a allowed) bool { return a.kept == sets.Yes && a.back == sets.Yes })(r, found)
	}
}

// unclear finds values of which it is not known whether what was allowed still is.
func unclear(of facet) check {
	return constrained(of, func(a allowed) bool { return a.kept == sets.Unknown })
}

func constrained(of facet, is func(allowed) bool) check {
	return func(r *run, found reporter) {
		for i, p := range r.Values {
			if a := r.allowed(i); a.facet == of && is(a) {
				before, after := shown(a)
				found(p.Site, before, after)
			}
		}
	}
}

// allowed compares what a pair of values allows, once for all rules.
func (r *run) allowed(i int) allowed {
	if r.compared == nil {
		r.compared = make([]*allowed, len(r.Values))
	}
	if r.compared[i] == nil {
		a := compareAllowed(r.Values[i].Old, r.Values[i].New)
		r.compared[i] = &a
	}
	return *r.compared[i]
}

func compareAllowed(before, after *compare.Value) allowed {
	a := allowed{old: constraintsOf(before.Member), new: constraintsOf(after.Member)}
	x, y := before.Member, after.Member
	if kinship := compare.KinshipOf(x.Target.Kind, y.Target.Kind); kinship == compare.EnumIntroduced ||
		kinship == compare.EnumDropped {
		return a // the values of the enum are all that is allowed
	}
	if a.facet = facetOf(a.old, a.new); a.facet == "" {
		return a
	}
	switch {
	case x.Target.Kind.IsNumber():
		p, q := numbers(x, a.old), numbers(y, a.new)
		if x.Target.Kind != y.Target.Kind { // what the types hold is what other rules look at
			p, q = sets.Range{Min: a.old.Min, Max: a.old.Max}, sets.Range{Min: a.new.Min, Max: a.new.Max}
		}
		a.kept, a.back = q.Holds(p), p.Holds(q)
	case x.Target.Kind == spec.Enum && y.Target.Kind == spec.Enum:
		a.kept, a.back = listed(x, y, a.new), listed(y, x, a.old)
	default:
		p, q := textsOf(x, a.old), textsOf(y, a.new)
		a.kept, a.back = q.Holds(p), p.Holds(q)
		if a.kept == sets.No && isReplaced(p, q) {
			a.kept = sets.Unknown
		}
	}
	return a
}

// isReplaced reports whether a pattern that knew no end gave way to lengths, and all that
// is lost are texts that are longer than anybody has written. A pattern that takes any
// text says nothing of what was written.
func isReplaced(before, after sets.Texts) bool {
	const long = "1024"
	isLong := sets.Range{Max: after.Length.Max}.Holds(sets.Range{Max: long}) == sets.Yes
	if after.Pattern != "" || before.Length.Max != "" || !isLong || before.Holds(sets.Texts{Pattern: ".*"}) != sets.No {
		return false
	}
	before.Length.Max = after.Length.Max
	return after.Holds(before) == sets.Yes
}

// constraintsOf are the limits on a member's values: each is the member's own, or
// else its target's.
func constraintsOf(m *spec.Member) spec.Constraints {
	own, target := m.Constraints, m.Target.Constraints
	return spec.Constraints{
		MinLength: cmp.Or(own.MinLength, target.MinLength), MaxLength: cmp.Or(own.MaxLength, target.MaxLength),
		Min: cmp.Or(own.Min, target.Min), Max: cmp.Or(own.Max, target.Max),
		Pattern: cmp.Or(own.Pattern, target.Pattern), Unique: own.Unique || target.Unique,
	}
}

func facetOf(a, b spec.Constraints) facet {
	var found []facet
	if a.MinLength != b.MinLength || a.MaxLength != b.MaxLength {
		found = append(found, lengths)
	}
	if a.Min != b.Min || a.Max != b.Max {
		found = append(found, ranges)
	}
	if a.Pattern != b.Pattern {
		found = append(found, patterns)
	}
	switch len(found) {
	case 0:
		return ""
	case 1:
		return found[0]
	default:
		return mixed
	}
}

// numbers are the numbers that a member allows, of those that its type has.
func numbers(m *spec.Member, c spec.Constraints) sets.Range {
	all := map[spec.Kind]sets.Range{
		spec.Byte: {Min: "-128", Max: "127"}, spec.Short: {Min: "-32768", Max: "32767"},
		spec.Integer: {Min: "-2147483648", Max: "2147483647"}, spec.IntEnum: {Min: "-2147483648", Max: "2147483647"},
		spec.Long: {Min: "-9223372036854775808", Max: "9223372036854775807"},
	}
	return sets.Range{Min: c.Min, Max: c.Max}.Within(all[m.Target.Kind])
}

// textsOf are the texts, or the sizes of collections, that a member allows, of those
// that can be sent: clients refuse a path without the text of a label.
func textsOf(m *spec.Member, c spec.Constraints) sets.Texts {
	least := sets.Range{Min: "0"}
	if m.Location == spec.InLabel {
		least.Min = "1"
	}
	t := sets.Texts{Pattern: c.Pattern, Length: sets.Range{Min: c.MinLength, Max: c.MaxLength}.Within(least)}
	if m.Target.Kind != spec.String && m.Target.Kind != spec.Enum {
		t.Pattern = ""
	}
	return t
}

// listed reports whether the values that an enum has on both sides are still allowed:
// whether it has a value at all is what other rules look at.
func listed(m, other *spec.Member, now spec.Constraints) sets.Answer {
	allowedNow := textsOf(other, now)
	was := textsOf(m, constraintsOf(m))
	answer := sets.Yes
	for _, v := range m.Target.EnumValues {
		if hasValue(other.Target, v.Value) && was.Has(v.Value) == sets.Yes {
			switch allowedNow.Has(v.Value) {
			case sets.No:
				return sets.No
			case sets.Unknown:
				answer = sets.Unknown
			}
		}
	}
	return answer
}

func hasValue(s *spec.Shape, value string) bool {
	for _, v := range s.EnumValues {
		if v.Value == value {
			return true
		}
	}
	return false
}

// isUnique reports whether the items of a list must differ; those of a list of one
// always do.
func isUnique(v *compare.Value) bool {
	c := constraintsOf(v.Member)
	return c.Unique && c.MaxLength != "1" && c.MaxLength != "0"
}

// shown writes what differs of the constraints.
func shown(a allowed) (before, after string) {
	switch a.facet {
	case lengths:
		return interval(a.old.MinLength, a.old.MaxLength, "any length",
			"a length "), interval(a.new.MinLength, a.new.MaxLength, "any length", "a length ")
	case ranges:
		return interval(a.old.Min, a.old.Max, "any number", ""), interval(a.new.Min, a.new.Max, "any number", "")
	case patterns:
		return cmp.Or(a.old.Pattern, "any text"), cmp.Or(a.new.Pattern, "any text")
	default:
		return all(a.old), all(a.new)
	}
}

func all(c spec.Constraints) string {
	return cmp.Or(list(part{"", interval(c.MinLength, c.MaxLength, "", "a length ")},
		part{"numbers", interval(c.Min, c.Max, "", "")}, part{"the pattern", c.Pattern}), "anything")
}

func interval(least, most, unlimited, prefix string) string {
	switch {
	case least == "" && most == "":
		return unlimited
	case least == "":
		return prefix + "up to " + most
	case most == "":
		return prefix + "from " + least
	case least == most:
		return prefix + "of " + least
	default:
		return prefix + "from " + least + " to " + most
	}
}
