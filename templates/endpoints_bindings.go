package templates

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/internal/jenx"
	"example.com/lathe/internal/plan"
)

// renderEndpointBindings writes the method with which an operation's input sets
// endpoint parameters; nothing when it sets none.
//
//	func (in *<Op>Input) bindEndpointParams(p *EndpointParameters) { … }
func renderEndpointBindings(g *jen.Group, op *plan.Operation) {
	if op.Endpoint == nil {
		return
	}
	g.Line()
	receiver := jen.Id("in").Op("*").Id(op.Input.Name)
	if !op.Endpoint.UsesInput {
		receiver = jen.Op("*").Id(op.Input.Name)
	}
	g.Func().Params(receiver).Id("bindEndpointParams").Params(jen.Id("p").Op("*").Id("EndpointParameters")).BlockFunc(func(g *jen.Group) {
		for _, b := range op.Endpoint.Bindings {
			renderEndpointBinding(g, b)
		}
	})
}

func renderEndpointBinding(g *jen.Group, b plan.EndpointBinding) {
	if b.Static != nil {
		g.Id("p").Dot(b.Param).Op("=").Add(endpointConstant(b.Static))
		return
	}
	w := endpointVisitor{param: b.Param, list: b.Kind == endpoints.Strings}
	if b.Replaces && w.list {
		g.Add(w.target()).Op("=").Nil() // the values are appended
	}
	for _, v := range b.Visit {
		w.visit(g, func() *jen.Statement { return jen.Id("in") }, v, 1)
	}
}

// endpointVisitor writes the way to values that a parameter gets.
type endpointVisitor struct {
	param string
	list  bool
}

// visit writes the way from a variable; depth numbers the variables of loops.
func (w endpointVisitor) visit(g *jen.Group, from func() *jen.Statement, v plan.EndpointVisit, depth int) {
	at := func(n int) *jen.Statement {
		s := from()
		for _, field := range v.Fields[:n] {
			s = s.Dot(field)
		}
		return s
	}
	var guards []*jen.Statement
	for n := 1; n < len(v.Fields); n++ {
		guards = append(guards, at(n).Op("!=").Nil())
	}
	value := func() *jen.Statement { return at(len(v.Fields)) }
	guarded(g, append(guards, w.leafGuards(v, value)...), func(g *jen.Group) {
		switch {
		case v.Each != nil:
			w.each(g, value, v.Each, depth)
		case v.Keys:
			keys := jen.Qual("slices", "Sorted").Call(jen.Qual("maps", "Keys").Call(value()))
			g.Add(w.target()).Op("=").Append(w.target(), keys.Op("..."))
		default:
			g.Add(w.leaf(v.Leaf, value()))
		}
	})
}

// guarded puts statements behind conditions.
func guarded(g *jen.Group, guards []*jen.Statement, body func(*jen.Group)) {
	if len(guards) == 0 {
		body(g)
		return
	}
	condition := guards[0]
	for _, guard := range guards[1:] {
		condition = condition.Op("&&").Add(guard)
	}
	g.If(condition).BlockFunc(body)
}

// leafGuards are the conditions under which there is a value at the end.
func (w endpointVisitor) leafGuards(v plan.EndpointVisit, value func() *jen.Statement) []*jen.Statement {
	switch {
	case v.Leaf == plan.LeafPointer && w.list:
		return []*jen.Statement{value().Op("!=").Nil()}
	case v.Leaf == plan.LeafEnum:
		return []*jen.Statement{value().Op("!=").Lit("")}
	default:
		return nil
	}
}

func (w endpointVisitor) target() *jen.Statement { return jen.Id("p").Dot(w.param) }

// leaf gives the statement that hands over one value.
func (w endpointVisitor) leaf(leaf plan.EndpointLeaf, value *jen.Statement) *jen.Statement {
	if leaf == plan.LeafEnum {
		value = jen.String().Call(value)
	}
	switch {
	case leaf == plan.LeafStrings:
		return w.target().Op("=").Append(w.target(), value.Op("..."))
	case w.list && leaf == plan.LeafPointer:
		return w.target().Op("=").Append(w.target(), jen.Op("*").Add(value))
	case w.list:
		return w.target().Op("=").Append(w.target(), value)
	case leaf == plan.LeafPointer:
		return w.target().Op("=").Add(value)
	case leaf == plan.LeafEnum:
		return w.target().Op("=").Qual(jenx.AWS, "String").Call(value)
	default:
		return w.target().Op("=").Qual(jenx.AWS, "Bool").Call(value)
	}
}

// each writes a loop. Structures are visited where they stand, not copied; the
// values of a map come in the order of its keys.
func (w endpointVisitor) each(g *jen.Group, value func() *jen.Statement, e *plan.EndpointEach, depth int) {
	suffix := ""
	if depth > 1 {
		suffix = strconv.Itoa(depth)
	}
	name := "v" + suffix
	variable := func() *jen.Statement { return jen.Id(name) }
	body := func(g *jen.Group) {
		if e.Pointer && e.Struct {
			g.If(jen.Id(name).Op("==").Nil()).Block(jen.Continue())
		}
		for _, inner := range e.Body {
			w.visit(g, variable, inner, depth+1)
		}
	}
	switch {
	case e.Map:
		keys := jen.Qual("slices", "Sorted").Call(jen.Qual("maps", "Keys").Call(value()))
		g.For(jen.List(jen.Id("_"), jen.Id("key"+suffix)).Op(":=").Range().Add(keys)).BlockFunc(func(g *jen.Group) {
			g.Id(name).Op(":=").Add(value()).Index(jen.Id("key" + suffix))
			body(g)
		})
	case e.Struct && !e.Pointer:
		g.For(jen.Id("i" + suffix).Op(":=").Range().Add(value())).BlockFunc(func(g *jen.Group) {
			g.Id(name).Op(":=").Op("&").Add(value()).Index(jen.Id("i" + suffix))
			body(g)
		})
	default:
		g.For(jen.List(jen.Id("_"), jen.Id(name)).Op(":=").Range().Add(value())).BlockFunc(body)
	}
}
