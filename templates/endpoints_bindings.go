package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/jmespath"
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
	g.Func().Params(receiver).Id("bindEndpointParams").Params(jen.Id("p").Op("*").Id("EndpointParameters")).
		BlockFunc(func(g *jen.Group) {
			for _, b := range op.Endpoint.Bindings {
				renderEndpointBinding(g, b)
			}
		})
}

func renderEndpointBinding(g *jen.Group, b plan.EndpointBinding) {
	param := jen.Id("p").Dot(b.Param.GoName).Op("=")
	if b.Static != nil {
		g.Add(param).Add(endpointConstant(b.Static))
		return
	}
	renderJMESPath(g, b.Code.Stmts)
	guarded(g, b.Code, param.Add(endpointBindingValue(b)))
}

// guarded puts a statement behind the conditions under which there is a value. What
// is a pointer or a slice both here and there may be nil.
func guarded(g *jen.Group, code *jmespath.Code, stmt *jen.Statement) {
	conditions := code.Present
	if code.Pointer || code.Kind == jmespath.List {
		conditions = code.Guards
	}
	if len(conditions) == 0 {
		g.Add(stmt)
		return
	}
	g.If(jmespathExpr(jmespath.And(conditions...))).Block(stmt)
}

// endpointBindingValue is a value as a parameter holds it.
func endpointBindingValue(b plan.EndpointBinding) *jen.Statement {
	x := jmespathExpr(b.Code.X)
	isNamed := b.Code.Type.Import != ""
	switch {
	case b.Code.Kind == jmespath.List, b.Code.Pointer && !isNamed:
		return x
	case b.Code.Kind == jmespath.Boolean:
		return jen.Qual(gocode.AWS, "Bool").Call(x)
	}
	if b.Code.Pointer {
		x = jen.Op("*").Add(x)
	}
	if isNamed {
		x = jen.String().Call(x)
	}
	return jen.Qual(gocode.AWS, "String").Call(x)
}
