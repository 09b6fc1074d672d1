package endpoints

import (
	"slices"

	"example.com/lathe/spec"
)

// Compile compiles the endpoint rules of an API: its rule set, and what feeds the
// parameters. With problems, which carry positions, there are only the parameters.
func Compile(api *spec.API) (*Resolver, spec.Problems) {
	rules := rulesOf(api)
	r := &Resolver{}
	var problems spec.Problems
	r.addParams(rules.Parameters, &problems)
	if len(problems) > 0 {
		return r, problems
	}
	r.compile(rules)
	return r, nil
}

// Param returns the parameter with a name in the rule set; nil for none.
func (r *Resolver) Param(name string) *Param {
	for i := range r.Params {
		if r.Params[i].Name == name {
			return &r.Params[i]
		}
	}
	return nil
}

// HasBound reports whether some operation sets parameters.
func (r *Resolver) HasBound() bool {
	return slices.ContainsFunc(r.Params, func(p Param) bool { return p.Bound })
}

// rulesOf returns the API's rule set, or for an API without one the set that
// knows a custom endpoint only.
func rulesOf(api *spec.API) *spec.EndpointRules {
	if api.Endpoint != nil {
		return api.Endpoint
	}
	const name = "Endpoint"
	text := func(optional bool) spec.EndpointType {
		return spec.EndpointType{Kind: spec.EndpointString, Optional: optional}
	}
	literal := func(s string) spec.EndpointExpr { return spec.EndpointExpr{Literal: s, Type: text(false)} }
	message := literal("The service's model has no endpoint rules: set BaseEndpoint")
	return &spec.EndpointRules{
		Parameters: []spec.EndpointParameter{{
			Name: name, Type: "string", BuiltIn: "SDK::Endpoint",
			Documentation: "The endpoint that requests are sent to.",
		}},
		Rules: []spec.EndpointRule{{
			Conditions: []spec.EndpointCondition{{
				Fn: "isSet", Args: []spec.EndpointExpr{{Ref: name, Type: text(true)}},
				Type: spec.EndpointType{Kind: spec.EndpointBool},
			}},
			Endpoint: &spec.EndpointResult{URL: spec.EndpointExpr{Ref: name, Type: text(false)}},
		}, {Error: &message}},
	}
}

// compile turns rules into functions: first the root with those that were cut off it, then
// those of the blocks.
func (r *Resolver) compile(set *spec.EndpointRules) {
	params := make(map[string]Param, len(r.Params))
	for _, p := range r.Params {
		params[p.Name] = p
	}
	s := &splitter{names: map[string]int{}, taken: map[string]bool{}}
	c := &compiler{
		lowering: lowering{params: params, vars: map[string]Var{}},
		taken:    reserved(),
		blocks:   blocks{set: set.Blocks, calls: map[int]*Call{}, splitter: s},
	}
	c.nameValues(set)
	root := s.name(rootName)
	body := c.rules(set.Rules, "rules")
	n := len(s.funcs)
	s.split(root, "", body)
	r.Funcs = slices.Concat(s.funcs[n:], s.funcs[:n])
	r.markKeyed()
}

// markKeyed finds the parameters that what the rules resolve to depends on: those
// that they use, and those whose lack is an error.
func (r *Resolver) markKeyed() {
	used := map[string]bool{}
	for _, f := range r.Funcs {
		walk(f.Body, func(x *Expr) {
			switch x.Op {
			case ParamValue, ParamSet, ParamOption:
				used[x.Name] = true
			}
		})
	}
	for i := range r.Params {
		p := &r.Params[i]
		// Any client refuses a region that is no host label, and a pseudo region
		// asks for FIPS.
		p.Keyed = used[p.GoName] || p.Required && p.Default == nil || p.Source == FromRegion
	}
}
