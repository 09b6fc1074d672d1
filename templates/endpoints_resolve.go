package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/internal/jenx"
	"example.com/lathe/internal/plan"
)

// renderResolveEndpoint writes the client's way to the endpoint of a call.
func renderResolveEndpoint(g *jen.Group, p *plan.Package) {
	renderEndpointKey(g, p)
	if hasEndpointSource(p.Endpoint, endpoints.FromAccountID) {
		renderEndpointAccountID(g)
	}
	renderClientResolve(g, p)
	renderFindEndpoint(g, p)
}

// endpointKeyField is a field of the key of the cache of endpoints.
type endpointKeyField struct {
	name string
	typ  *jen.Statement
	// value comes from the options, or for a field of the call from params.
	value  *jen.Statement
	ofCall bool
}

// keyedByOptions are the sources of which the key has all settings in one field.
func keyedByOptions(source endpoints.Source) bool {
	return source == endpoints.FromNothing || source == endpoints.FromFIPS || source == endpoints.FromDualStack
}

// endpointKeyFields are what the endpoint of a call depends on: the settings that
// feed the parameters which the rules use, and those of them that operations set.
func endpointKeyFields(p *plan.Package) []endpointKeyField {
	runtime := endpointRuntime(p)
	var fields []endpointKeyField
	for _, param := range p.Endpoint.Params {
		if !param.Keyed {
			continue
		}
		if !keyedByOptions(param.Source) {
			fields = append(fields, endpointOptionKey(runtime, param))
		}
		if !param.Bound {
			continue
		}
		from := "FromPtr"
		if param.Kind == endpoints.Strings {
			from = "ListKey"
		}
		value := jen.Qual(runtime, from).Call(jen.Id("params").Dot(param.GoName))
		fields = append(fields, endpointKeyField{keyOfCall(param), endpointKeyType(runtime, param.Kind), value, true})
	}
	return fields
}

// keyOfCall names the field for what operations set.
func keyOfCall(param endpoints.Param) string { return param.GoName + "OfCall" }

// endpointKeyType gives endpointrules.Option[string] or endpointrules.Option[bool].
func endpointKeyType(runtime string, k endpoints.Kind) *jen.Statement {
	if k == endpoints.Bool {
		return jen.Qual(runtime, "Option").Types(jen.Bool())
	}
	return jen.Qual(runtime, "Option").Types(jen.String())
}

// endpointOptionKey is the setting that feeds a parameter, as it is.
func endpointOptionKey(runtime string, param endpoints.Param) endpointKeyField {
	option := func(name string) *jen.Statement { return jen.Id("options").Dot(name) }
	pointer := func(value *jen.Statement) endpointKeyField {
		return endpointKeyField{param.GoName, endpointKeyType(runtime, param.Kind), jen.Qual(runtime, "FromPtr").Call(value), false}
	}
	plain := func(typ, value *jen.Statement) endpointKeyField {
		return endpointKeyField{param.GoName, typ, value, false}
	}
	switch param.Source {
	case endpoints.FromRegion:
		return plain(jen.String(), option("Region"))
	case endpoints.FromAccountIDMode:
		return plain(jen.Qual(jenx.AWS, "AccountIDEndpointMode"), option("AccountIDEndpointMode"))
	case endpoints.FromFlag:
		return plain(jen.Bool(), option(param.Field))
	case endpoints.FromBaseEndpoint:
		return pointer(option("BaseEndpoint"))
	case endpoints.FromAccountID:
		return plain(jen.String(), jen.Id("account"))
	default: // FromPointer
		return pointer(option(param.Field))
	}
}

// renderEndpointKey writes what the cache of endpoints compares calls by.
func renderEndpointKey(g *jen.Group, p *plan.Package) {
	fields := endpointKeyFields(p)
	values := []jen.Code{jen.Id("options").Op(":").Id("options").Dot("EndpointOptions")}
	ofCall := false
	g.Line()
	g.Comment("// endpointKey is what the default resolver's endpoint for a call depends on.")
	g.Type().Id("endpointKey").StructFunc(func(g *jen.Group) {
		g.Id("options").Id("EndpointResolverOptions")
		for _, f := range fields {
			g.Id(f.name).Add(f.typ)
			if ofCall = ofCall || f.ofCall; !f.ofCall {
				values = append(values, jen.Id(f.name).Op(":").Add(f.value))
			}
		}
	})
	g.Line()
	g.Func().Id("newEndpointKey").ParamsFunc(func(g *jen.Group) { renderEndpointInputs(g, p.Endpoint) }).Id("endpointKey").BlockFunc(func(g *jen.Group) {
		g.Id("key").Op(":=").Id("endpointKey").Add(multilineValues(values))
		g.Comment("A logger decides nothing, and its type may be one that can't be compared.")
		g.Id("key").Dot("options").Dot("Logger").Op("=").Nil()
		if ofCall {
			renderEndpointKeyOfCall(g, fields)
		}
		g.Return(jen.Id("key"))
	})
}

// if b, ok := call.(endpointParamsBinder); ok { … key.<Param>OfCall = <value> … }
func renderEndpointKeyOfCall(g *jen.Group, fields []endpointKeyField) {
	g.If(endpointBinder()).BlockFunc(func(g *jen.Group) {
		g.Var().Id("params").Id("EndpointParameters")
		g.Id("b").Dot("bindEndpointParams").Call(jen.Op("&").Id("params"))
		for _, f := range fields {
			if f.ofCall {
				g.Id("key").Dot(f.name).Op("=").Add(f.value)
			}
		}
	})
}

func endpointResult(p *plan.Package) *jen.Statement {
	return jen.Params(jen.Op("*").Qual(runtimePackage(p, "transport"), "Endpoint"), jen.Error())
}

// renderClientResolve writes the lookup in the cache.
func renderClientResolve(g *jen.Group, p *plan.Package) {
	args := func(g *jen.Group) { renderEndpointArgs(g, p.Endpoint) }
	find := func() *jen.Statement {
		return jen.Id("findEndpoint").CallFunc(func(g *jen.Group) {
			g.Id("ctx")
			args(g)
		})
	}
	input := "_"
	if p.Endpoint.HasBound() {
		input = "in"
	}
	g.Line()
	g.Comment("// resolveEndpoint finds the endpoint of a call. What the default resolver finds is")
	g.Comment("// remembered; another resolver is asked every time.")
	g.Func().Params(jen.Id("c").Op("*").Id("Client")).Id("resolveEndpoint").Params(
		jen.Id("ctx").Qual("context", "Context"), jen.Id("options").Op("*").Id("Options"), jen.Id(input).Any(),
	).Add(endpointResult(p)).BlockFunc(func(g *jen.Group) {
		if hasEndpointSource(p.Endpoint, endpoints.FromAccountID) {
			g.List(jen.Id("account"), jen.Err()).Op(":=").Id("endpointAccountID").Call(jen.Id("ctx"), jen.Id("options"))
			g.Add(wrapEndpointError("failed to bind endpoint params, %w"))
		}
		g.If(jen.List(jen.Id("_"), jen.Id("ok")).Op(":=").Id("options").Dot("EndpointResolverV2").Assert(jen.Op("*").Id("resolver")), jen.Op("!").Id("ok")).Block(
			jen.Return(find()),
		)
		g.Id("key").Op(":=").Id("newEndpointKey").CallFunc(args)
		g.If(jen.Id("known").Op(":=").Id("c").Dot("endpoints").Dot("Get").Call(jen.Id("key")), jen.Id("known").Op("!=").Nil()).Block(
			jen.Return(jen.Id("known"), jen.Nil()),
		)
		g.List(jen.Id("found"), jen.Err()).Op(":=").Add(find())
		g.If(jen.Err().Op("==").Nil()).BlockFunc(func(g *jen.Group) {
			renderKeepEndpointKey(g, p)
			g.Id("c").Dot("endpoints").Dot("Put").Call(jen.Id("key"), jen.Id("found"))
		})
		g.Return(jen.Id("found"), jen.Err())
	})
}

// renderKeepEndpointKey has a key that is kept share no memory with the input of a call.
//
//	key.<Param>OfCall = endpointrules.Clone(key.<Param>OfCall)
func renderKeepEndpointKey(g *jen.Group, p *plan.Package) {
	for _, param := range p.Endpoint.Params {
		if param.Keyed && param.Bound && param.Kind == endpoints.String {
			field := func() *jen.Statement { return jen.Id("key").Dot(keyOfCall(param)) }
			g.Add(field()).Op("=").Qual(endpointRuntime(p), "Clone").Call(field())
		}
	}
}

// renderFindEndpoint writes the way through the resolver.
func renderFindEndpoint(g *jen.Group, p *plan.Package) {
	resolver := func() *jen.Statement { return jen.Id("options").Dot("EndpointResolverV2") }
	g.Line()
	g.Comment("// findEndpoint asks the resolver of the options.")
	g.Func().Id("findEndpoint").ParamsFunc(func(g *jen.Group) {
		g.Id("ctx").Qual("context", "Context")
		renderEndpointInputs(g, p.Endpoint)
	}).Add(endpointResult(p)).Block(
		jen.If(resolver().Op("==").Nil()).Block(
			jen.Return(jen.Nil(), jen.Qual("errors", "New").Call(jen.Lit("expected endpoint resolver to not be nil"))),
		),
		jen.List(jen.Id("params"), jen.Err()).Op(":=").Id("bindEndpointParams").CallFunc(func(g *jen.Group) { renderEndpointArgs(g, p.Endpoint) }),
		wrapEndpointError("failed to bind endpoint params, %w"),
		jen.Return(jen.Qual(runtimePackage(p, "transport"), "NewEndpoint").Call(
			resolver().Dot("ResolveEndpoint").Call(jen.Id("ctx"), jen.Op("*").Id("params")),
		)),
	)
}

// if err != nil { return nil, fmt.Errorf("<format>", err) }
func wrapEndpointError(format string) *jen.Statement {
	return jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Qual("fmt", "Errorf").Call(jen.Lit(format), jen.Err())))
}

// renderEndpointAccountID writes how the account comes from the credentials.
func renderEndpointAccountID(g *jen.Group) {
	mode := func(name string) *jen.Statement { return jen.Qual(jenx.AWS, "AccountIDEndpointMode"+name) }
	option := func(name string) *jen.Statement { return jen.Id("options").Dot(name) }
	g.Line()
	g.Comment("// endpointAccountID gives the account of the credentials; it is empty when they have")
	g.Comment("// none, and when endpoints are to do without.")
	g.Func().Id("endpointAccountID").Params(jen.Id("ctx").Qual("context", "Context"), jen.Id("options").Op("*").Id("Options")).
		Params(jen.String(), jen.Error()).Block(
		jen.If(option("AccountIDEndpointMode").Op("==").Add(mode("Disabled"))).Block(jen.Return(jen.Lit(""), jen.Nil())),
		jen.Id("account").Op(":=").Lit(""),
		jen.If(option("Credentials").Op("!=").Nil()).Block(
			jen.List(jen.Id("credentials"), jen.Err()).Op(":=").Add(option("Credentials")).Dot("Retrieve").Call(jen.Id("ctx")),
			jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Lit(""), jen.Err())),
			jen.Id("account").Op("=").Id("credentials").Dot("AccountID"),
		),
		jen.If(jen.Id("account").Op("==").Lit("").Op("&&").Add(option("AccountIDEndpointMode")).Op("==").Add(mode("Required"))).Block(
			jen.Return(jen.Lit(""), jen.Qual("errors", "New").Call(jen.Lit("accountID is required but not set"))),
		),
		jen.Return(jen.Id("account"), jen.Nil()),
	)
}
