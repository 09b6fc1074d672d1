// Package sets compares the sets of values that constraints allow: texts by pattern
// and length, numbers and lengths by limits. It decides exactly what it can decide
// within bounds on its work, and says so where it cannot.
package sets

import (
	"cmp"
	"math/big"
	"regexp"
)

// Answer is whether one set holds all of another.
type Answer uint8

// The answers.
const (
	Unknown Answer = iota
	Yes
	No
)

// Range is numbers from a least to a most, as decimals; empty for no limit.
type Range struct{ Min, Max string }

// Holds reports whether all numbers of another range are in this one.
func (r Range) Holds(other Range) Answer {
	if other.isEmpty() {
		return Yes
	}
	if r.Min != "" && (other.Min == "" || compare(other.Min, r.Min) < 0) ||
		r.Max != "" && (other.Max == "" || compare(other.Max, r.Max) > 0) {
		return No
	}
	return Yes
}

// Within returns what of a range lies in another.
func (r Range) Within(bounds Range) Range {
	if r.Min == "" || bounds.Min != "" && compare(r.Min, bounds.Min) < 0 {
		r.Min = bounds.Min
	}
	if r.Max == "" || bounds.Max != "" && compare(r.Max, bounds.Max) > 0 {
		r.Max = bounds.Max
	}
	return r
}

func (r Range) isEmpty() bool { return r.Min != "" && r.Max != "" && compare(r.Min, r.Max) > 0 }

// compare compares two decimals exactly. What is none, or has an exponent beyond
// reason, is compared as text, so that a difference is never lost.
func compare(a, b string) int {
	const longest = 60
	x, okX := new(big.Rat).SetString(short(a, longest))
	y, okY := new(big.Rat).SetString(short(b, longest))
	if !okX || !okY {
		return cmp.Compare(a, b)
	}
	return x.Cmp(y)
}

// short returns nothing for texts that are no numbers of a common size.
func short(text string, longest int) string {
	for i, r := range text {
		if i >= longest || (r == 'e' || r == 'E') && len(text)-i > 4 {
			return ""
		}
	}
	return text
}

// Texts is the texts that a pattern matches as a whole and that have a length within
// limits. An empty pattern matches all.
type Texts struct {
	Pattern string
	Length  Range
}

// Holds reports whether all other texts are among these. Whether a dot matches line
// breaks depends on who reads a pattern: only what holds either way is decided.
func (t Texts) Holds(other Texts) Answer {
	if t.Pattern == "" || t.Pattern == other.Pattern {
		if t.Length.Holds(other.Length) == Yes {
			return Yes // whatever the pattern means
		}
	}
	first := t.holds(other, false)
	if first == Unknown || first != t.holds(other, true) {
		return Unknown
	}
	return first
}

// Has reports whether a text is among these.
func (t Texts) Has(text string) Answer {
	return t.Holds(Texts{Pattern: regexp.QuoteMeta(text)})
}

func (t Texts) holds(other Texts, dotIsAny bool) Answer {
	wide, okWide := newLanguage(t, dotIsAny)
	narrow, okNarrow := newLanguage(other, dotIsAny)
	if !okWide || !okNarrow {
		return Unknown
	}
	return (&inclusion{wide: wide, narrow: narrow, steps: maxSteps}).decide()
}
