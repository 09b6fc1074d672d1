package templates

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/internal/jenx"
	"example.com/lathe/internal/plan"
)

// renderEndpoints writes endpoints.go: the parameters of the endpoint rules, the
// rules as functions, and how a client finds the endpoint of a call.
func renderEndpoints(p *plan.Package) *jen.File {
	f := clientFile(p)
	f.ImportName(endpointRuntime(p), "endpointrules")
	f.ImportName(runtimePackage(p, "transport"), "transport")
	e := p.Endpoint
	renderEndpointParameters(f.Group, e)
	renderValidateRequired(f.Group, e)
	renderWithDefaults(f.Group, e)
	renderEndpointResolver(f.Group)
	for _, fn := range e.Funcs {
		renderEndpointFunc(f.Group, p, fn)
	}
	renderBindEndpointParams(f.Group, p)
	renderResolveEndpoint(f.Group, p)
	return f
}

// endpointRuntime is the import path of the rules' runtime package.
func endpointRuntime(p *plan.Package) string { return runtimePackage(p, "endpointrules") }

// multilineValues writes the elements of a composite literal, one a line.
func multilineValues(items []jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, items...)
}

// type EndpointParameters struct { <Param> <type>; … }
func renderEndpointParameters(g *jen.Group, e *endpoints.Resolver) {
	g.Comment("// EndpointParameters are the values that an endpoint depends on.")
	g.Type().Id("EndpointParameters").StructFunc(func(g *jen.Group) {
		for i, param := range e.Params {
			if i > 0 {
				g.Line()
			}
			jenx.Doc(g, param.Doc)
			g.Id(param.GoName).Add(endpointParamType(param.Kind))
		}
	})
}

func endpointParamType(k endpoints.Kind) *jen.Statement {
	switch k {
	case endpoints.Bool:
		return jen.Op("*").Bool()
	case endpoints.Strings:
		return jen.Index().String()
	default:
		return jen.Op("*").String()
	}
}

// sortedEndpointParams gives the parameters by name, the order in which the
// official client checks them.
func sortedEndpointParams(e *endpoints.Resolver) []endpoints.Param {
	return slices.SortedStableFunc(slices.Values(e.Params), func(a, b endpoints.Param) int {
		return strings.Compare(a.GoName, b.GoName)
	})
}

// func (p EndpointParameters) ValidateRequired() error {
// if p.<Param> == nil { return errors.New("parameter <Param> is required") }
func renderValidateRequired(g *jen.Group, e *endpoints.Resolver) {
	g.Line()
	g.Comment("// ValidateRequired returns an error for the first required parameter that is not set.")
	g.Func().Params(jen.Id("p").Id("EndpointParameters")).Id("ValidateRequired").Params().Error().BlockFunc(func(g *jen.Group) {
		for _, param := range sortedEndpointParams(e) {
			if param.Required {
				g.If(jen.Id("p").Dot(param.GoName).Op("==").Nil()).Block(
					jen.Return(jen.Qual("errors", "New").Call(jen.Lit("parameter " + param.GoName + " is required"))),
				)
			}
		}
		g.Return(jen.Nil())
	})
}

// func (p EndpointParameters) WithDefaults() EndpointParameters {
// if p.<Param> == nil { p.<Param> = aws.Bool(false) }
func renderWithDefaults(g *jen.Group, e *endpoints.Resolver) {
	g.Line()
	g.Comment("// WithDefaults returns a copy in which parameters that are not set have their defaults.")
	g.Func().Params(jen.Id("p").Id("EndpointParameters")).Id("WithDefaults").Params().Id("EndpointParameters").BlockFunc(func(g *jen.Group) {
		for _, param := range sortedEndpointParams(e) {
			if param.Default != nil {
				field := func() *jen.Statement { return jen.Id("p").Dot(param.GoName) }
				g.If(field().Op("==").Nil()).Block(field().Op("=").Add(endpointConstant(param.Default)))
			}
		}
		g.Return(jen.Id("p"))
	})
}

// endpointConstant gives a constant as the value of a field of EndpointParameters.
func endpointConstant(v any) *jen.Statement {
	switch v := v.(type) {
	case bool:
		return jen.Qual(jenx.AWS, "Bool").Call(jen.Lit(v))
	case string:
		return jen.Qual(jenx.AWS, "String").Call(jen.Lit(v))
	case []string:
		return jen.Index().String().ValuesFunc(func(g *jen.Group) {
			for _, s := range v {
				g.Lit(s)
			}
		})
	default:
		return jen.Nil()
	}
}

// endpointResults is what resolvers return.
func endpointResults() *jen.Statement {
	return jen.Params(jen.Qual(jenx.SmithyEndpoint, "Endpoint"), jen.Error())
}

// renderEndpointResolver writes the resolver's interface, and the type that the
// compiled rules implement it with.
func renderEndpointResolver(g *jen.Group) {
	params := func() *jen.Statement {
		return jen.Params(jen.Id("ctx").Qual("context", "Context"), jen.Id("params").Id("EndpointParameters"))
	}
	g.Line()
	g.Comment("// EndpointResolverV2 finds the endpoint for parameters.")
	g.Type().Id("EndpointResolverV2").Interface(jen.Id("ResolveEndpoint").Add(params()).Add(endpointResults()))
	g.Line()
	g.Comment("// resolver follows the rules of the service's model.")
	g.Type().Id("resolver").Struct()
	g.Line()
	g.Comment("// NewDefaultEndpointResolverV2 returns a resolver that follows the rules of the")
	g.Comment("// service's model.")
	g.Func().Id("NewDefaultEndpointResolverV2").Params().Id("EndpointResolverV2").Block(jen.Return(jen.Op("&").Id("resolver").Values()))
	g.Line()
	g.Comment("// ResolveEndpoint returns the endpoint for the parameters, or the error that the rules")
	g.Comment("// have for them.")
	g.Func().Params(jen.Op("*").Id("resolver")).Id("ResolveEndpoint").
		Params(jen.Id("_").Qual("context", "Context"), jen.Id("params").Id("EndpointParameters")).Add(endpointResults()).Block(
		jen.Id("params").Op("=").Id("params").Dot("WithDefaults").Call(),
		jen.If(jen.Err().Op(":=").Id("params").Dot("ValidateRequired").Call(), jen.Err().Op("!=").Nil()).Block(
			jen.Return(
				jen.Qual(jenx.SmithyEndpoint, "Endpoint").Values(),
				jen.Qual("fmt", "Errorf").Call(jen.Lit("endpoint parameters are not valid, %w"), jen.Err()),
			),
		),
		jen.Return(jen.Id("resolveRules").Call(jen.Op("&").Id("params")).Dot("Endpoint").Call()),
	)
}
