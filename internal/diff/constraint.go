package diff

import (
	"cmp"
	"strconv"

	"example.com/lathe/spec"
)

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

// constraints compares limits.
func constraints(n *node, f finding, a, b spec.Constraints) {
	lengths := limits{a.MinLength, a.MaxLength, b.MinLength, b.MaxLength}
	lengths.compare(n, f, "length", "any length", "a length ")
	limits{a.Min, a.Max, b.Min, b.Max}.compare(n, f, "range", "any number", "")
	if a.Pattern != b.Pattern {
		f.note(n, patternRule(a.Pattern, b.Pattern), cmp.Or(a.Pattern, "any text"), cmp.Or(b.Pattern, "any text"))
	}
	switch {
	case !a.Unique && b.Unique:
		f.note(n, "unique-items-added", "any", "unique")
	case a.Unique && !b.Unique:
		f.note(n, "unique-items-removed", "unique", "any")
	}
}

// limits are the least and the most that two sides allow; empty for no limit.
type limits struct{ oldMin, oldMax, newMin, newMax string }

// compare tells of tightened and of loosened limits, which may both be there.
func (l limits) compare(n *node, f finding, what, unlimited, prefix string) {
	before, after := interval(l.oldMin, l.oldMax, unlimited, prefix), interval(l.newMin, l.newMax, unlimited, prefix)
	low, high := compareLimit(l.oldMin, l.newMin), compareLimit(l.newMax, l.oldMax)
	if l.oldMin == "" || l.newMin == "" { // no lower limit is the lowest
		low = cmp.Compare(len(l.newMin), len(l.oldMin))
	}
	if l.oldMax == "" || l.newMax == "" {
		high = cmp.Compare(len(l.newMax), len(l.oldMax))
	}
	if low > 0 || high > 0 {
		f.note(n, what+"-tightened", before, after)
	}
	if low < 0 || high < 0 {
		f.note(n, what+"-loosened", before, after)
	}
}

// compareLimit says whether a limit rose from a to b. Decimals that are equal as
// floats are compared as texts, so that a difference is never lost.
func compareLimit(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil {
		return cmp.Compare(b, a)
	}
	return cmp.Or(cmp.Compare(y, x), cmp.Compare(len(b), len(a)), cmp.Compare(b, a))
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
