package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/plan"
)

// expr gives an expression of the rules.
func (r endpointRules) expr(e plan.EndpointExpr) *jen.Statement {
	param := func() *jen.Statement { return jen.Id("p").Dot(e.Name) }
	switch e.Op {
	case plan.EndpointLit:
		return jen.Lit(e.Value)
	case plan.EndpointParamValue:
		if e.Kind == plan.EndpointStrings {
			return param()
		}
		return jen.Op("*").Add(param())
	case plan.EndpointParamSet:
		return param().Op("!=").Nil()
	case plan.EndpointParamOption:
		if e.Kind == plan.EndpointStrings {
			return jen.Qual(r.runtime, "FromList").Call(param())
		}
		return jen.Qual(r.runtime, "FromPtr").Call(param())
	case plan.EndpointVarValue:
		return jen.Id(e.Name)
	case plan.EndpointAttr:
		return r.expr(e.Args[0]).Dot(e.Name)
	case plan.EndpointCallExpr:
		return jen.Qual(r.runtime, e.Name).Call(r.exprs(e.Args)...)
	case plan.EndpointMethod:
		return r.expr(e.Args[0]).Dot(e.Name).Call(r.exprs(e.Args[1:])...)
	case plan.EndpointNot:
		return r.not(e.Args[0])
	case plan.EndpointArray:
		return r.strings(e.Args)
	default: // EndpointEqual, EndpointConcat
		return r.binary(e)
	}
}

func (r endpointRules) exprs(list []plan.EndpointExpr) []jen.Code {
	out := make([]jen.Code, len(list))
	for i, e := range list {
		out[i] = r.expr(e)
	}
	return out
}

// []string{<elements>}
func (r endpointRules) strings(list []plan.EndpointExpr) *jen.Statement {
	return jen.Index().String().Values(r.exprs(list)...)
}

// not gives <a> != <b>, p.<Param> == nil, or !<e>.
func (r endpointRules) not(e plan.EndpointExpr) *jen.Statement {
	switch e.Op {
	case plan.EndpointEqual:
		return r.operand(e.Args[0]).Op("!=").Add(r.operand(e.Args[1]))
	case plan.EndpointParamSet:
		return jen.Id("p").Dot(e.Name).Op("==").Nil()
	default:
		return jen.Op("!").Add(r.expr(e))
	}
}

// binary gives <a> == <b>, or <a> + <b> + ….
func (r endpointRules) binary(e plan.EndpointExpr) *jen.Statement {
	if e.Op == plan.EndpointEqual {
		return r.operand(e.Args[0]).Op("==").Add(r.operand(e.Args[1]))
	}
	sum := r.expr(e.Args[0])
	for _, part := range e.Args[1:] {
		sum = sum.Op("+").Add(r.expr(part))
	}
	return sum
}

// operand puts a comparison in parentheses.
func (r endpointRules) operand(e plan.EndpointExpr) *jen.Statement {
	switch e.Op {
	case plan.EndpointEqual, plan.EndpointParamSet, plan.EndpointNot:
		return jen.Parens(r.expr(e))
	default:
		return r.expr(e)
	}
}
