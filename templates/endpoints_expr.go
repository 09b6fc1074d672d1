package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/endpoints"
)

// expr writes an expression of the rules.
func (r endpointRules) expr(e endpoints.Expr) *jen.Statement {
	param := func() *jen.Statement { return jen.Id("p").Dot(e.Name) }
	switch e.Op {
	case endpoints.Lit:
		return jen.Lit(e.Value)
	case endpoints.ParamValue:
		if e.Kind == endpoints.Strings {
			return param()
		}
		return jen.Op("*").Add(param())
	case endpoints.ParamSet:
		return param().Op("!=").Nil()
	case endpoints.ParamOption:
		if e.Kind == endpoints.Strings {
			return jen.Qual(r.runtime, "FromList").Call(param())
		}
		return jen.Qual(r.runtime, "FromPtr").Call(param())
	case endpoints.VarValue:
		return jen.Id(e.Name)
	case endpoints.Attr:
		return r.expr(e.Args[0]).Dot(e.Name)
	case endpoints.CallRuntime:
		return jen.Qual(r.runtime, e.Name).Call(r.exprs(e.Args)...)
	case endpoints.CallMethod:
		return r.expr(e.Args[0]).Dot(e.Name).Call(r.exprs(e.Args[1:])...)
	case endpoints.Not:
		return r.not(e.Args[0])
	case endpoints.Array:
		return r.strings(e.Args)
	default: // Equal, Concat
		return r.binary(e)
	}
}

func (r endpointRules) exprs(list []endpoints.Expr) []jen.Code {
	out := make([]jen.Code, len(list))
	for i, e := range list {
		out[i] = r.expr(e)
	}
	return out
}

// []string{<elements>}
func (r endpointRules) strings(list []endpoints.Expr) *jen.Statement {
	return jen.Index().String().Values(r.exprs(list)...)
}

// not writes <a> != <b>, p.<Param> == nil, or !<e>.
func (r endpointRules) not(e endpoints.Expr) *jen.Statement {
	switch e.Op {
	case endpoints.Equal:
		return r.operand(e.Args[0]).Op("!=").Add(r.operand(e.Args[1]))
	case endpoints.ParamSet:
		return jen.Id("p").Dot(e.Name).Op("==").Nil()
	default:
		return jen.Op("!").Add(r.expr(e))
	}
}

// binary writes <a> == <b>, or <a> + <b> + ….
func (r endpointRules) binary(e endpoints.Expr) *jen.Statement {
	if e.Op == endpoints.Equal {
		return r.operand(e.Args[0]).Op("==").Add(r.operand(e.Args[1]))
	}
	sum := r.expr(e.Args[0])
	for _, part := range e.Args[1:] {
		sum = sum.Op("+").Add(r.expr(part))
	}
	return sum
}

// operand puts a comparison in parentheses.
func (r endpointRules) operand(e endpoints.Expr) *jen.Statement {
	switch e.Op {
	case endpoints.Equal, endpoints.ParamSet, endpoints.Not:
		return jen.Parens(r.expr(e))
	default:
		return r.expr(e)
	}
}
