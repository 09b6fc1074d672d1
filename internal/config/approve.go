package config

import (
	"time"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// approvals reads the list of approvals of a package. None may stand twice: one of
// the two would never be used.
func (r *reader) approvals(v tree.Value) []configApproval {
	items := r.list(v, hintOptional, "the list")
	all := make([]configApproval, len(items))
	first := map[[2]string]spec.Pos{}
	for i, item := range items {
		a := &all[i]
		a.pos = item.Pos()
		r.mapping(item, a.fields(item))
		key := [2]string{a.rule.string, a.place.string}
		if a.fingerprint.present() {
			key = [2]string{"fingerprint", a.fingerprint.string}
		}
		if at, repeated := first[key]; repeated && key[0] != "" && key[1] != "" {
			r.problem(a.pos, "", "%s at %s is approved twice, first at line %d", key[0], key[1], at.Line)
			continue
		}
		first[key] = a.pos
	}
	return all
}

// fields are the keys of an approval: it names its change by rule and place, or by the
// fingerprint alone.
func (a *configApproval) fields(item tree.Value) []field {
	byFingerprint := item.Get("fingerprint").Exists()
	return []field{
		{"rule", !byFingerprint, into(&a.rule)},
		{"place", !byFingerprint, into(&a.place)},
		{"fingerprint", false, into(&a.fingerprint)},
		{"reason", true, into(&a.reason)},
		{"expires", true, func(r *reader, v tree.Value) { a.expires = r.date(v) }},
	}
}

// date reads a day.
func (r *reader) date(v tree.Value) time.Time {
	t := r.text(v)
	if t.string == "" {
		return time.Time{} // reported already
	}
	day, err := time.Parse(time.DateOnly, t.string)
	if err != nil {
		r.problem(t.pos, "write it like 2026-12-31", "%q is not a date", t.string)
	}
	return day
}
