package templates

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderEndpoints writes what varies in endpoints.go: the parameters of the endpoint rules,
// the rules as functions, what of a call they depend on, and how the service is asked for
// endpoints that it finds itself.
func renderEndpoints(p *plan.Package) *jen.File {
	f := clientFile(p)
	f.ImportName(endpointRuntime(p), "endpointrules")
	e := p.Endpoint
	renderEndpointParameters(f.Group, e)
	renderValidateRequired(f.Group, e)
	renderWithDefaults(f.Group, e)
	for _, fn := range e.Funcs {
		renderEndpointFunc(f.Group, p, fn)
	}
	renderBindEndpointParams(f.Group, p)
	renderEndpointKey(f.Group, p)
	renderOwnText(f.Group, p)
	renderDiscovery(f.Group, p)
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
			gocode.Doc(g, param.Doc)
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

// sortedEndpointParams returns the parameters by name, the order in which the
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
	g.Func().Params(jen.Id("p").Id("EndpointParameters")).Id("ValidateRequired").Params().Error().
		BlockFunc(func(g *jen.Group) {
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
	g.Func().Params(jen.Id("p").Id("EndpointParameters")).Id("WithDefaults").Params().Id("EndpointParameters").
		BlockFunc(func(g *jen.Group) {
			for _, param := range sortedEndpointParams(e) {
				if param.Default != nil {
					field := func() *jen.Statement { return jen.Id("p").Dot(param.GoName) }
					g.If(field().Op("==").Nil()).Block(field().Op("=").Add(endpointConstant(param.Default)))
				}
			}
			g.Return(jen.Id("p"))
		})
}

// endpointConstant returns a constant as the value of a field of EndpointParameters.
func endpointConstant(v any) *jen.Statement {
	switch v := v.(type) {
	case bool:
		return jen.Qual(gocode.AWS, "Bool").Call(jen.Lit(v))
	case string:
		return jen.Qual(gocode.AWS, "String").Call(jen.Lit(v))
	case []string:
		return stringList(v)
	default:
		return jen.Nil()
	}
}
