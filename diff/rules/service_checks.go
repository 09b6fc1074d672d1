package rules

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"example.com/lathe/diff/internal/compare"
	"example.com/lathe/spec"
)

func protocols(a *spec.API) []string { return texts(a.Protocols) }

// preferredChanged finds that a client speaks another protocol.
func preferredChanged(r *run, found reporter) {
	before, after := r.Old.Speaks(), r.New.Speaks()
	for _, p := range r.Service {
		if before != "" && after != "" && before != after {
			found(p.Site, string(before), string(after))
		}
	}
}

// codes are those that errors carry.
func codes(a *spec.API) string {
	return word(a.QueryCompatible, "the codes of awsQuery too", "one code")
}

// endpointRulesChanged compares rules without their positions and documentation.
func endpointRulesChanged(r *run, found reporter) {
	for _, p := range r.Endpoints {
		same := equalNode(reflect.ValueOf(p.Old.Rules), reflect.ValueOf(p.New.Rules)) &&
			equalNode(reflect.ValueOf(p.Old.Blocks), reflect.ValueOf(p.New.Blocks))
		if !same {
			p.OldGo, p.NewGo = nil, nil
			found(p.Site, "", "")
		}
	}
}

// equalNode compares two values of the rules deeply, but for what nobody sees:
// positions and documentation.
func equalNode(a, b reflect.Value) bool {
	if !a.IsValid() || !b.IsValid() {
		return a.IsValid() == b.IsValid()
	}
	if a.Type() != b.Type() {
		return false
	}
	switch a.Kind() {
	case reflect.Struct:
		return equalFields(a, b)
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !equalNode(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Pointer, reflect.Interface:
		return equalNode(a.Elem(), b.Elem())
	default:
		return a.Equal(b)
	}
}

func equalFields(a, b reflect.Value) bool {
	for i := range a.NumField() {
		name := a.Type().Field(i).Name
		if name != "Pos" && name != "Documentation" && !equalNode(a.Field(i), b.Field(i)) {
			return false
		}
	}
	return true
}

// parametersReordered finds that the parameters which both sides have stand in
// another order: the fields of EndpointParameters follow it.
func parametersReordered(r *run, found reporter) {
	names := func(set, other *spec.EndpointRules) []string {
		var all []string
		for _, p := range set.Parameters {
			if slices.ContainsFunc(other.Parameters, func(o spec.EndpointParameter) bool { return o.Name == p.Name }) {
				all = append(all, p.Name)
			}
		}
		return all
	}
	for _, p := range r.Endpoints {
		before, after := names(p.Old, p.New), names(p.New, p.Old)
		if !slices.Equal(before, after) {
			found(p.Site, strings.Join(before, ", "), strings.Join(after, ", "))
		}
	}
}

// parametersRemoved finds endpoint parameters that are gone. One that every client
// has stays in the Go API.
func parametersRemoved(r *run, found reporter) {
	for _, p := range r.Parameters {
		if p.New == nil {
			p.OldGo = compare.Missing(p.OldGo, r.New.Parameter(p.Old.Name))
			found(p.Site, "", "")
		}
	}
}

// parametersAdded finds new endpoint parameters; literals of EndpointParameters
// without keys notice.
func parametersAdded(r *run, found reporter) {
	for _, p := range r.Parameters {
		if p.Old == nil {
			p.OldGo = r.Old.Client("EndpointParameters")
			found(p.Site, "", "")
		}
	}
}

// sourceOf is where a parameter gets its value.
func sourceOf(p *spec.EndpointParameter) string {
	all := []part{
		{"", cmp.Or(p.BuiltIn, "set by operations")}, {"", word(p.Client, "an option of the client", "")},
		{"", word(p.Required, "required", "")},
	}
	if p.Default != nil {
		all = append(all, part{"default", fmt.Sprint(p.Default)})
	}
	return list(all...)
}

func schemes(a *compare.Auth) []string { return texts(a.Schemes) }

// schemesLost finds schemes that are no longer taken. Where calls without credentials
// are taken, nobody minds a signature.
func schemesLost(open bool) check {
	return func(r *run, found reporter) {
		for _, p := range r.Auth {
			for _, s := range compare.Missing(schemes(p.Old), schemes(p.New)) {
				if p.New.Open == open {
					found(p.Site, s, "")
				}
			}
		}
	}
}

func isOpen(a *compare.Auth) bool { return a.Open }

// orderChanged finds that the preferred scheme is another, and the old one still
// there.
func orderChanged(p *compare.Pair[compare.Auth]) (before, after string, ok bool) {
	a, b := p.Old.Schemes, p.New.Schemes
	if len(a) == 0 || len(b) == 0 || !slices.Contains(b, a[0]) {
		return "", "", false
	}
	return string(a[0]), string(b[0]), true
}
