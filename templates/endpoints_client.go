package templates

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderEndpointOptionFields writes the fields of Options that are parameters of the
// service's endpoint rules.
func renderEndpointOptionFields(g *jen.Group, e *endpoints.Resolver) {
	for _, o := range e.Options {
		gocode.Doc(g, o.Doc)
		field := g.Id(o.GoName)
		if o.Pointer {
			field.Op("*")
		}
		if o.Kind == endpoints.Bool {
			field.Bool()
		} else {
			field.String()
		}
		g.Line()
	}
}

// renderBindEndpointParams writes how the parameters of a call come from the options and
// from the operation:
//
//	func bindEndpointParams(call endpointCall) (*EndpointParameters, error) { … }
func renderBindEndpointParams(g *jen.Group, p *plan.Package) {
	g.Line()
	g.Comment("// bindEndpointParams returns the parameters of a call.")
	g.Func().Id("bindEndpointParams").Params(jen.Id("call").Id("endpointCall")).
		Params(jen.Op("*").Id("EndpointParameters"), jen.Error()).BlockFunc(func(g *jen.Group) { renderBindBody(g, p) })
}

// callOption is a field of the options of a call: call.options.<name>
func callOption(name string) *jen.Statement { return jen.Id("call").Dot("options").Dot(name) }

func renderBindBody(g *jen.Group, p *plan.Package) {
	e := p.Endpoint
	if hasEndpointSource(e, endpoints.FromRegion) {
		fips := jen.Id("_")
		if hasEndpointSource(e, endpoints.FromFIPS) {
			fips = jen.Id("fips")
		}
		g.List(jen.Id("region"), fips, jen.Err()).Op(":=").Qual(endpointRuntime(p), "BindRegion").Call(callOption("Region"))
		g.Add(returnError())
	}
	var fields []jen.Code
	for _, param := range e.Params {
		if param.Source != endpoints.FromNothing {
			fields = append(fields, jen.Id(param.GoName).Op(":").Add(endpointSource(endpointRuntime(p), e, param)))
		}
	}
	params := jen.Op("&").Id("EndpointParameters").Values()
	if fields != nil {
		params = jen.Op("&").Id("EndpointParameters").Add(multilineValues(fields))
	}
	if !e.HasBound() {
		g.Return(params, jen.Nil())
		return
	}
	g.Id("params").Op(":=").Add(params)
	g.If(endpointBinder()).Block(jen.Id("b").Dot("bindEndpointParams").Call(jen.Id("params")))
	g.Return(jen.Id("params"), jen.Nil())
}

// b, ok := call.in.(endpointParamsBinder); ok
func endpointBinder() *jen.Statement {
	return jen.List(jen.Id("b"), jen.Id("ok")).Op(":=").Id("call").Dot("in").Assert(jen.Id("endpointParamsBinder")).
		Op(";").Id("ok")
}

// hasEndpointSource reports whether some parameter has the source.
func hasEndpointSource(e *endpoints.Resolver, source endpoints.Source) bool {
	return slices.ContainsFunc(e.Params, func(param endpoints.Param) bool { return param.Source == source })
}

// endpointSource returns the value that the client has for a parameter.
func endpointSource(runtime string, e *endpoints.Resolver, param endpoints.Param) *jen.Statement {
	flag := func(v *jen.Statement) *jen.Statement { return jen.Qual(gocode.AWS, "Bool").Call(v) }
	switch param.Source {
	case endpoints.FromRegion:
		return jen.Id("region")
	case endpoints.FromFIPS:
		enabled := callOption("EndpointOptions").Dot("UseFIPSEndpoint").Op("==").Qual(gocode.AWS, "FIPSEndpointStateEnabled")
		if hasEndpointSource(e, endpoints.FromRegion) {
			pseudo := jen.Id("fips").Op("&&").Add(callOption("EndpointOptions").Dot("ResolvedRegion")).Op("==").Lit("")
			enabled = pseudo.Op("||").Add(enabled)
		}
		return flag(enabled)
	case endpoints.FromDualStack:
		return flag(callOption("EndpointOptions").Dot("UseDualStackEndpoint").Op("==").
			Qual(gocode.AWS, "DualStackEndpointStateEnabled"))
	case endpoints.FromBaseEndpoint:
		return callOption("BaseEndpoint")
	case endpoints.FromAccountID:
		return jen.Qual(runtime, "NonEmpty").Call(jen.Id("call").Dot("account"))
	case endpoints.FromAccountIDMode:
		return jen.Qual(gocode.AWS, "String").Call(jen.String().Call(callOption("AccountIDEndpointMode")))
	case endpoints.FromFlag:
		return flag(callOption(param.Field))
	default: // FromPointer
		return callOption(param.Field)
	}
}
