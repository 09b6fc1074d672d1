package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

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
		fields = append(fields, endpointKeyField{param.CallKey, endpointKeyType(runtime, param.Kind), value, true})
	}
	return fields
}

// endpointKeyType returns endpointrules.Option[string] or endpointrules.Option[bool].
func endpointKeyType(runtime string, k endpoints.Kind) *jen.Statement {
	if k == endpoints.Bool {
		return jen.Qual(runtime, "Option").Types(jen.Bool())
	}
	return jen.Qual(runtime, "Option").Types(jen.String())
}

// endpointOptionKey is the setting that feeds a parameter, as it is.
func endpointOptionKey(runtime string, param endpoints.Param) endpointKeyField {
	pointer := func(value *jen.Statement) endpointKeyField {
		return endpointKeyField{
			param.GoName, endpointKeyType(runtime, param.Kind), jen.Qual(runtime, "FromPtr").Call(value), false,
		}
	}
	plain := func(typ, value *jen.Statement) endpointKeyField {
		return endpointKeyField{param.GoName, typ, value, false}
	}
	switch param.Source {
	case endpoints.FromRegion:
		return plain(jen.String(), callOption("Region"))
	case endpoints.FromAccountIDMode:
		return plain(jen.Qual(gocode.AWS, "AccountIDEndpointMode"), callOption("AccountIDEndpointMode"))
	case endpoints.FromFlag:
		return plain(jen.Bool(), callOption(param.Field))
	case endpoints.FromBaseEndpoint:
		return pointer(callOption("BaseEndpoint"))
	case endpoints.FromAccountID:
		return plain(jen.String(), jen.Id("call").Dot("account"))
	default: // FromPointer
		return pointer(callOption(param.Field))
	}
}

// renderEndpointKey writes what the cache of endpoints compares calls by.
func renderEndpointKey(g *jen.Group, p *plan.Package) {
	fields := endpointKeyFields(p)
	values := []jen.Code{jen.Id("options").Op(":").Add(callOption("EndpointOptions"))}
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
	g.Func().Id("newEndpointKey").Params(jen.Id("call").Id("endpointCall")).Id("endpointKey").
		BlockFunc(func(g *jen.Group) {
			g.Id("key").Op(":=").Id("endpointKey").Add(multilineValues(values))
			g.Comment("A logger decides nothing, and its type may be one that can't be compared.")
			g.Id("key").Dot("options").Dot("Logger").Op("=").Nil()
			if ofCall {
				renderEndpointKeyOfCall(g, fields)
			}
			g.Return(jen.Id("key"))
		})
}

// if b, ok := call.in.(endpointParamsBinder); ok { … key.<Param>OfCall = <value> … }
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

// boundText are the parameters of which the key has text from the input of a call.
func boundText(p *plan.Package) []endpoints.Param {
	var params []endpoints.Param
	for _, param := range p.Endpoint.Params {
		if param.Keyed && param.Bound && param.Kind == endpoints.String {
			params = append(params, param)
		}
	}
	return params
}

// renderOwnText writes the method that has a key which is kept share no memory with the
// input of a call:
//
//	func (k *endpointKey) ownText() { k.<Param>OfCall = endpointrules.Clone(k.<Param>OfCall) }
func renderOwnText(g *jen.Group, p *plan.Package) {
	params := boundText(p)
	if len(params) == 0 {
		return
	}
	g.Line()
	g.Comment("// ownText has the key share no memory with the input of the call.")
	g.Func().Params(jen.Id("k").Op("*").Id("endpointKey")).Id("ownText").Params().BlockFunc(func(g *jen.Group) {
		for _, param := range params {
			field := func() *jen.Statement { return jen.Id("k").Dot(param.CallKey) }
			g.Add(field()).Op("=").Qual(endpointRuntime(p), "Clone").Call(field())
		}
	})
}
