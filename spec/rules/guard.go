package rules

import "example.com/lathe/spec"

// wantsExpr reports an expression that is not of the kind or may be unset. A parameter
// that may be unset gets a guard, and counts as set from there on.
func (p *parser) wantsExpr(n *node, e *spec.EndpointExpr, kind spec.EndpointKind, what string) {
	if e.Type.Kind == kind && !p.inMessage && p.mayBeUnset(*e) {
		p.guard(n, *e)
		e.Type.Optional = false
	}
	p.wantsType(n, e.Type, kind, what)
}

// mayBeUnset reports whether an expression is a parameter that no condition has found
// to be set.
func (p *parser) mayBeUnset(e spec.EndpointExpr) bool { return e.Type.Optional && p.params[e.Ref] }

// guard makes a condition of a parameter: what uses it holds only when it is set.
func (p *parser) guard(n *node, e spec.EndpointExpr) {
	if !p.scope.types[e.Ref].Optional {
		return // guarded by its first use in this place
	}
	p.guards = append(p.guards, spec.EndpointCondition{
		Pos: e.Pos, Fn: "isSet", Args: []spec.EndpointExpr{e}, Type: spec.EndpointType{Kind: boolKind},
	})
	p.scope.set(e.Ref, spec.EndpointType{Kind: e.Type.Kind})
	p.warn(n, "parameter %q may be unset: without it this rule does not hold", e.Ref)
}

// takeGuards returns the conditions that have come together, and forgets them.
func (p *parser) takeGuards() []spec.EndpointCondition {
	guards := p.guards
	p.guards = nil
	return guards
}

func (p *parser) warn(n *node, format, name string) {
	p.warnings.Add(p.at(n), "check it with isSet in an earlier condition", format, name)
}

// message reads the text of an error. A parameter in it that may be unset is empty, and
// no guard goes before it: the error must not be lost.
func (p *parser) message(n *node) spec.EndpointExpr {
	p.inMessage = true
	defer func() { p.inMessage = false }()
	e := p.orEmpty(n, p.expr(n))
	p.wantsType(n, e.Type, stringKind, `"error"`)
	return e
}

// orEmpty returns an expression that is empty where a parameter may be unset; other
// expressions stay as they are.
func (p *parser) orEmpty(n *node, e spec.EndpointExpr) spec.EndpointExpr {
	if !p.mayBeUnset(e) || e.Type.Kind != stringKind {
		return e
	}
	p.warn(n, "parameter %q may be unset: it is empty in this error then", e.Ref)
	text := spec.EndpointType{Kind: stringKind}
	return spec.EndpointExpr{
		Pos: e.Pos, Fn: "coalesce", Args: []spec.EndpointExpr{e, {Pos: e.Pos, Literal: "", Type: text}}, Type: text,
	}
}
