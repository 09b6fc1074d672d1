package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderDiscovery writes how the service is asked for the endpoints of its operations, if it
// is.
//
//	func (c *Client) findAddresses(ctx context.Context, options *Options) ([]discovery.Address, error) { … }
func renderDiscovery(g *jen.Group, p *plan.Package) {
	if p.Discovery == nil {
		return
	}
	d, pkg := p.Discovery, runtimePackage(p, "discovery")
	addresses := jen.Id("out").Dot(d.Addresses.Name)
	g.Line()
	g.Comment("// findAddresses asks the service for the endpoints of its operations, with the options")
	g.Comment("// of the call that needs one.")
	g.Func().Params(jen.Id("c").Op("*").Id("Client")).Id("findAddresses").Params(
		ctxParam(), jen.Id("options").Op("*").Id("Options"),
	).Params(jen.Index().Qual(pkg, "Address"), jen.Error()).Block(
		jen.List(jen.Id("out"), jen.Err()).Op(":=").Id("c").Dot(d.Operation.Name).Call(
			jen.Id("ctx"), jen.Nil(), jen.Func().Params(jen.Id("o").Op("*").Id("Options")).
				Block(jen.Op("*").Id("o").Op("=").Op("*").Id("options")),
		),
		returnError(),
		jen.Id("found").Op(":=").Make(jen.Index().Qual(pkg, "Address"), jen.Len(addresses)),
		jen.For(jen.List(jen.Id("i"), jen.Id("e")).Op(":=").Range().Add(addresses)).Block(
			jen.Id("found").Index(jen.Id("i")).Op("=").Qual(pkg, "NewAddress").Call(
				valueOr(d.Host, "ToString", jen.Id("e").Dot(d.Host.Name)),
				valueOr(d.Minutes, "ToInt64", jen.Id("e").Dot(d.Minutes.Name)),
			),
		),
		jen.Return(jen.Id("found"), jen.Nil()),
	)
}

// valueOr is the value of a field, or of what it points to: aws.<to>(<value>).
func valueOr(f *plan.Field, to string, value *jen.Statement) *jen.Statement {
	if f.Pointer {
		return jen.Qual(gocode.AWS, to).Call(value)
	}
	return value
}
