package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/jenx"
	"example.com/lathe/internal/plan"
)

// renderEndpointOptionFields writes the fields of Options that exist for the
// endpoint rules' sake.
func renderEndpointOptionFields(g *jen.Group, e *plan.Endpoint) {
	if e.AccountID {
		g.Comment("// AccountIDEndpointMode says whether endpoints contain the account of the credentials.")
		g.Id("AccountIDEndpointMode").Qual(jenx.AWS, "AccountIDEndpointMode")
		g.Line()
	}
	for _, o := range e.Options {
		jenx.Doc(g, o.Doc)
		field := g.Id(o.GoName)
		if o.Pointer {
			field.Op("*")
		}
		if o.Kind == plan.EndpointBool {
			field.Bool()
		} else {
			field.String()
		}
		g.Line()
	}
}

// renderBindEndpointParams writes how the parameters of a call come from the
// options and from the operation.
func renderBindEndpointParams(g *jen.Group, p *plan.Package) {
	e := p.Endpoint
	if e.Bindings {
		g.Line()
		g.Comment("// endpointParamsBinder is an input that sets parameters.")
		g.Type().Id("endpointParamsBinder").Interface(
			jen.Id("bindEndpointParams").Params(jen.Op("*").Id("EndpointParameters")),
		)
	}
	g.Line()
	g.Comment("// bindEndpointParams gives the parameters of a call.")
	g.Func().Id("bindEndpointParams").ParamsFunc(func(g *jen.Group) { renderEndpointInputs(g, e) }).
		Params(jen.Op("*").Id("EndpointParameters"), jen.Error()).BlockFunc(func(g *jen.Group) { renderBindBody(g, p) })
}

// renderEndpointInputs writes the parameters of the functions that look at a call:
// what endpoints depend on.
func renderEndpointInputs(g *jen.Group, e *plan.Endpoint) {
	g.Id("options").Op("*").Id("Options")
	if hasEndpointSource(e, plan.FromAccountID) {
		g.Id("account").String()
	}
	if e.Bindings {
		g.Id("in").Any()
	}
}

// renderEndpointArgs writes the arguments for them.
func renderEndpointArgs(g *jen.Group, e *plan.Endpoint) {
	g.Id("options")
	if hasEndpointSource(e, plan.FromAccountID) {
		g.Id("account")
	}
	if e.Bindings {
		g.Id("in")
	}
}

func renderBindBody(g *jen.Group, p *plan.Package) {
	e := p.Endpoint
	if hasEndpointSource(e, plan.FromRegion) {
		fips := jen.Id("_")
		if hasEndpointSource(e, plan.FromFIPS) {
			fips = jen.Id("fips")
		}
		g.List(jen.Id("region"), fips, jen.Err()).Op(":=").Qual(endpointRuntime(p), "BindRegion").Call(jen.Id("options").Dot("Region"))
		g.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err()))
	}
	var fields []jen.Code
	for _, param := range e.Params {
		if param.Source != plan.FromNothing {
			fields = append(fields, jen.Id(param.GoName).Op(":").Add(endpointSource(endpointRuntime(p), e, param)))
		}
	}
	params := jen.Op("&").Id("EndpointParameters").Values()
	if fields != nil {
		params = jen.Op("&").Id("EndpointParameters").Add(multilineValues(fields))
	}
	if !e.Bindings {
		g.Return(params, jen.Nil())
		return
	}
	g.Id("params").Op(":=").Add(params)
	g.If(endpointBinder()).Block(jen.Id("b").Dot("bindEndpointParams").Call(jen.Id("params")))
	g.Return(jen.Id("params"), jen.Nil())
}

// b, ok := in.(endpointParamsBinder); ok
func endpointBinder() *jen.Statement {
	return jen.List(jen.Id("b"), jen.Id("ok")).Op(":=").Id("in").Assert(jen.Id("endpointParamsBinder")).Op(";").Id("ok")
}

// hasEndpointSource says whether some parameter has the source.
func hasEndpointSource(e *plan.Endpoint, source plan.EndpointSource) bool {
	for _, param := range e.Params {
		if param.Source == source {
			return true
		}
	}
	return false
}

// endpointSource gives the value that the client has for a parameter.
func endpointSource(runtime string, e *plan.Endpoint, param plan.EndpointParam) *jen.Statement {
	option := func(name string) *jen.Statement { return jen.Id("options").Dot(name) }
	flag := func(v *jen.Statement) *jen.Statement { return jen.Qual(jenx.AWS, "Bool").Call(v) }
	switch param.Source {
	case plan.FromRegion:
		return jen.Id("region")
	case plan.FromFIPS:
		enabled := option("EndpointOptions").Dot("UseFIPSEndpoint").Op("==").Qual(jenx.AWS, "FIPSEndpointStateEnabled")
		if hasEndpointSource(e, plan.FromRegion) {
			pseudo := jen.Id("fips").Op("&&").Add(option("EndpointOptions").Dot("ResolvedRegion")).Op("==").Lit("")
			enabled = pseudo.Op("||").Add(enabled)
		}
		return flag(enabled)
	case plan.FromDualStack:
		return flag(option("EndpointOptions").Dot("UseDualStackEndpoint").Op("==").Qual(jenx.AWS, "DualStackEndpointStateEnabled"))
	case plan.FromBaseEndpoint:
		return option("BaseEndpoint")
	case plan.FromAccountID:
		return jen.Qual(runtime, "NonEmpty").Call(jen.Id("account"))
	case plan.FromAccountIDMode:
		return jen.Qual(jenx.AWS, "String").Call(jen.String().Call(option("AccountIDEndpointMode")))
	case plan.FromFlag:
		return flag(option(param.Field))
	default: // FromPointer
		return option(param.Field)
	}
}
