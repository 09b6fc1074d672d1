package rules

import (
	"encoding/json"
	"fmt"
	"strconv"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// expr reads an expression: a reference, a call, or a literal.
func (p *parser) expr(n *node) spec.EndpointExpr {
	switch n.kind {
	case tree.Object:
		if n.get("ref") != nil {
			return p.ref(n)
		}
		return p.call(n)
	case tree.Array:
		return p.stringList(n)
	case tree.Null:
		p.add(n, "", "an expression must not be null")
		return spec.EndpointExpr{Pos: p.at(n)}
	default:
		return p.scalar(n)
	}
}

func (p *parser) ref(n *node) spec.EndpointExpr {
	p.only(n, "a reference", "ref")
	name := p.str(n, "ref")
	return spec.EndpointExpr{Pos: p.at(n), Ref: name, Type: p.lookup(n.get("ref"), name)}
}

// lookup returns the type of a name in scope.
func (p *parser) lookup(n *node, name string) spec.EndpointType {
	t, ok := p.scope.types[name]
	if !ok {
		p.add(n, spec.Choices("in scope here:", p.scope.names()...), "unknown reference %q", name)
	}
	return t
}

func (p *parser) call(n *node) spec.EndpointExpr {
	p.only(n, "a call", "fn", "argv")
	c := p.callOf(n)
	t := p.typed(&c)
	return spec.EndpointExpr{Pos: p.at(n), Fn: c.name, Args: c.args, Path: c.path, Type: t}
}

// callOf reads the members fn and argv of a call or a condition.
func (p *parser) callOf(n *node) call {
	c := call{at: n, name: p.str(n, "fn")}
	if fn := n.get("fn"); fn != nil {
		c.at = fn
	} else {
		p.add(n, "", `a call must have "fn" and "argv"`)
	}
	if argv := n.get("argv"); argv != nil && p.is(argv, tree.Array, `"argv"`) {
		c.nodes = argv.items
	}
	for i := range c.nodes {
		c.args = append(c.args, p.expr(&c.nodes[i]))
	}
	return c
}

// stringList reads an array of strings, the only array that can be an argument.
func (p *parser) stringList(n *node) spec.EndpointExpr {
	e := spec.EndpointExpr{Pos: p.at(n), IsList: true, Type: spec.EndpointType{Kind: spec.EndpointStrings}}
	for i := range n.items {
		item := p.expr(&n.items[i])
		p.wantsExpr(&n.items[i], &item, stringKind, fmt.Sprintf("element %d of the array", i+1))
		e.List = append(e.List, item)
	}
	return e
}

// scalar reads a string, a number, true or false.
func (p *parser) scalar(n *node) spec.EndpointExpr {
	e := spec.EndpointExpr{Pos: p.at(n)}
	switch {
	case n.isBool():
		e.Literal, e.Type.Kind = n.value.IsTrue(), boolKind
	case n.kind == tree.Number:
		e.Literal, e.Type.Kind = json.Number(n.text), intKind
		if _, err := strconv.ParseInt(n.text, 10, 32); err != nil {
			p.add(n, "", "number %s must be an integer of 32 bits", n.text)
		}
	default:
		e.Literal, e.Type.Kind = n.text, stringKind
		e.Template = p.template(n)
	}
	return e
}

// template takes the string of a node apart.
func (p *parser) template(n *node) []spec.EndpointExpr {
	pieces, err := splitTemplate(n.text)
	if err != nil {
		p.add(n, "write {{ and }} for braces that stand for themselves", "template %q: %v", n.text, err)
		return nil
	}
	var parts []spec.EndpointExpr
	for _, piece := range pieces {
		parts = append(parts, p.part(n, piece))
	}
	return parts
}

// part returns a piece of a template as an expression of type string.
func (p *parser) part(n *node, piece piece) spec.EndpointExpr {
	pos := p.at(n)
	if !piece.isRef {
		return spec.EndpointExpr{Pos: pos, Literal: piece.text, Type: spec.EndpointType{Kind: stringKind}}
	}
	ref := spec.EndpointExpr{Pos: pos, Ref: piece.ref, Type: p.lookup(n, piece.ref)}
	if piece.path == "" {
		if p.inMessage {
			ref = p.orEmpty(n, ref)
		}
		p.wantsExpr(n, &ref, stringKind, "{"+piece.ref+"} in a template")
		return ref
	}
	p.wantsExpr(n, &ref, ref.Type.Kind, "{"+piece.ref+"} in a template")
	path, t := p.attribute(n, ref.Type.Kind, piece.path)
	p.wantsType(n, t, stringKind, "{"+piece.ref+"#"+piece.path+"} in a template")
	constant := spec.EndpointExpr{Pos: pos, Literal: piece.path, Type: spec.EndpointType{Kind: stringKind}}
	return spec.EndpointExpr{Pos: pos, Fn: "getAttr", Args: []spec.EndpointExpr{ref, constant}, Path: path, Type: t}
}

// textExpr reads an expression that must be a string.
func (p *parser) textExpr(n *node, what string) spec.EndpointExpr {
	e := p.expr(n)
	p.wantsExpr(n, &e, stringKind, what)
	return e
}

// literal reads a value of an endpoint's properties, where strings are templates
// and objects are records and never references or calls.
func (p *parser) literal(n *node) spec.EndpointExpr {
	e := spec.EndpointExpr{Pos: p.at(n)}
	switch n.kind {
	case tree.Object:
		e.IsObject, e.Type.Kind = true, spec.EndpointObject
		for i := range n.members {
			m := &n.members[i]
			e.Object = append(e.Object, spec.EndpointField{Name: m.name, Value: p.literal(&m.value)})
		}
	case tree.Array:
		e.IsList, e.Type.Kind = true, spec.EndpointList
		for i := range n.items {
			e.List = append(e.List, p.literal(&n.items[i]))
		}
	case tree.Null:
		p.add(n, "", "a property must not be null")
	default:
		return p.scalar(n)
	}
	return e
}
