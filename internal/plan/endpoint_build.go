package plan

import (
	"example.com/lathe/spec"
)

// buildEndpoint plans the endpoint rules of an API: its rule set compiled, and
// what feeds the parameters. Problems of single operations are not among those it
// returns, see [endpointUnsupported].
func buildEndpoint(api *spec.API) (*Endpoint, spec.Problems) {
	rules := endpointRules(api)
	e := &Endpoint{}
	var problems spec.Problems
	e.addParams(rules.Parameters, &problems)
	if len(problems) > 0 {
		return nil, problems
	}
	e.compile(rules.Rules)
	for _, op := range api.Operations {
		e.markBound(endpointBindings(op, nil))
	}
	return e, nil
}

// markBound notes the parameters that an operation sets.
func (e *Endpoint) markBound(b *EndpointBindings) {
	if b == nil {
		return
	}
	e.Bindings = true
	for _, binding := range b.Bindings {
		for i := range e.Params {
			if e.Params[i].GoName == binding.Param {
				e.Params[i].Bound = true
			}
		}
	}
}

// endpointRules gives the API's rule set, or for an API without one the set that
// knows a custom endpoint only.
func endpointRules(api *spec.API) *spec.EndpointRules {
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

// compile turns rules into functions.
func (e *Endpoint) compile(rules []spec.EndpointRule) {
	params := make(map[string]EndpointParam, len(e.Params))
	for _, p := range e.Params {
		params[p.Name] = p
	}
	c := &endpointCompiler{
		endpointLowering: endpointLowering{params: params, vars: map[string]EndpointVar{}},
		taken:            endpointReserved(),
	}
	body := c.rules(rules, "rules")
	e.markKeyed(body)
	s := &endpointSplitter{names: map[string]int{}, taken: map[string]bool{}}
	s.split(s.name(endpointRoot), "", body)
	e.Funcs = s.funcs
}

// markKeyed finds the parameters that what the rules resolve to depends on: those
// that they use, and those whose lack is an error.
func (e *Endpoint) markKeyed(body []EndpointStmt) {
	used := map[string]bool{}
	walkEndpoint(body, func(x *EndpointExpr) {
		switch x.Op {
		case EndpointParamValue, EndpointParamSet, EndpointParamOption:
			used[x.Name] = true
		}
	})
	for i := range e.Params {
		p := &e.Params[i]
		// Any client refuses a region that is no host label, and a pseudo region
		// asks for FIPS.
		p.Keyed = used[p.GoName] || p.Required && p.Default == nil || p.Source == FromRegion
	}
}
