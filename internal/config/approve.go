package config

import (
	"fmt"
	"time"

	"github.com/goccy/go-yaml/ast"

	"example.com/lathe/spec"
)

// approvals reads the list of approvals of a package. None may stand twice: one of
// the two would never be used.
func (r *reader) approvals(n ast.Node, at spec.Pos) []configApproval {
	items, ok := r.list(n, at)
	if ok && len(items) == 0 {
		r.problem(at, "leave the key out", "the list is empty")
	}
	all := make([]configApproval, len(items))
	first := map[[2]string]spec.Pos{}
	for i, item := range items {
		a := &all[i]
		a.pos = r.at(item, fmt.Sprintf("%s/%d", at.Pointer, i))
		r.mapping(item, a.pos, a.fields(item))
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
func (a *configApproval) fields(item ast.Node) []field {
	byFingerprint := hasKey(item, "fingerprint")
	return []field{
		{"rule", !byFingerprint, into(&a.rule)},
		{"place", !byFingerprint, into(&a.place)},
		{"fingerprint", false, into(&a.fingerprint)},
		{"reason", true, into(&a.reason)},
		{"expires", true, func(r *reader, n ast.Node, at spec.Pos) { a.expires = r.date(n, at) }},
	}
}

// date reads a day.
func (r *reader) date(n ast.Node, at spec.Pos) time.Time {
	t := r.text(n, at)
	if t.string == "" {
		return time.Time{} // told already
	}
	day, err := time.Parse(time.DateOnly, t.string)
	if err != nil {
		r.problem(at, "write it like 2026-12-31", "%q is not a date", t.string)
	}
	return day
}
