package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

const signerPackage = "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

// renderPresign writes the method that presigns an operation:
//
//	func (c *PresignClient) Presign<Op>(
//		ctx context.Context, params *<Op>Input, optFns ...func(*PresignOptions),
//	) (*v4.PresignedHTTPRequest, error) {
//		if params == nil {
//			params = &<Op>Input{}
//		}
//		return presign(ctx, c, &op<Op>, params, optFns, transport.Presigning{…})
//	}
func renderPresign(g *jen.Group, p *plan.Package, op *plan.Operation) {
	how := op.Presign
	if how == nil {
		return
	}
	g.Line()
	gocode.Doc(g, how.Doc)
	g.Func().Params(jen.Id("c").Op("*").Id("PresignClient")).Id(how.Method).Params(
		ctxParam(),
		jen.Id("params").Op("*").Id(op.Input.Name),
		jen.Id("optFns").Op("...").Func().Params(jen.Op("*").Id("PresignOptions")),
	).Params(jen.Op("*").Qual(signerPackage, "PresignedHTTPRequest"), jen.Error()).BlockFunc(func(g *jen.Group) {
		g.Add(emptyParams(op))
		if op.Copy != nil {
			g.List(jen.Id("params"), jen.Err()).Op(":=").Id("c").Dot("client").Dot(op.Copy.Func).Call(
				jen.Id("ctx"), jen.Id("params"), jen.Id("c").Dot("optionsFor").Call(jen.Id("optFns")).Dot("ClientOptions"),
			)
			g.Add(returnError())
		}
		described := jen.Op("&").Id(op.Var)
		if how.Encode != "" {
			g.Id("op").Op(":=").Id(op.Var)
			g.Id("op").Dot("Encode").Op("=").Id(how.Encode)
			described = jen.Op("&").Id("op")
		}
		g.Return(jen.Id("presign").Call(
			jen.Id("ctx"), jen.Id("c"), described, jen.Id("params"), jen.Id("optFns"), presigningOf(p, how),
		))
	})
	if how.Encode != "" {
		g.Line()
		renderRequest(g, p, op, how.Encode, how.Request)
	}
}

// presigningOf is transport.Presigning{Form: true, UnsignedPayload: true}, as far as it applies.
func presigningOf(p *plan.Package, how *plan.Presign) *jen.Statement {
	return jen.Qual(runtimePackage(p, "transport"), "Presigning").ValuesFunc(func(g *jen.Group) {
		if how.Form {
			g.Id("Form").Op(":").True()
		}
		if how.Unsigned {
			g.Id("UnsignedPayload").Op(":").True()
		}
	})
}

// renderCopy writes the method that presigns the URL which a copy is made by:
//
//	func (c *Client) presignCopyOf<Op>(ctx context.Context, in *<Op>Input, optFns []func(*Options)) (*<Op>Input, error) {
//		if in.SourceRegion == nil || *in.SourceRegion == "" || in.PreSignedUrl != nil && *in.PreSignedUrl != "" {
//			return in, nil
//		}
//		filled := *in
//		url, err := presignElsewhere(ctx, c, &op<Op>, &filled, *in.SourceRegion, optFns)
//		if err != nil {
//			return nil, err
//		}
//		filled.PreSignedUrl = url
//		return &filled, nil
//	}
func renderCopy(g *jen.Group, op *plan.Operation) {
	c := op.Copy
	if c == nil {
		return
	}
	isEmpty := func(f *plan.Field) *jen.Statement {
		return in(f).Op("==").Nil().Op("||").Op("*").Add(in(f)).Op("==").Lit("")
	}
	isGiven := func(f *plan.Field) *jen.Statement {
		return in(f).Op("!=").Nil().Op("&&").Op("*").Add(in(f)).Op("!=").Lit("")
	}
	g.Line()
	g.Commentf("// %s returns the input with the URL that the copy is made by.", c.Func)
	g.Func().Params(jen.Id("c").Op("*").Id("Client")).Id(c.Func).Params(
		ctxParam(), inParam(op), jen.Id("optFns").Index().Add(optionFunc()),
	).Params(jen.Op("*").Id(op.Input.Name), jen.Error()).BlockFunc(func(g *jen.Group) {
		g.If(isEmpty(c.Source).Op("||").Add(isGiven(c.URL))).Block(jen.Return(jen.Id("in"), jen.Nil()))
		g.Id("filled").Op(":=").Op("*").Id("in")
		if c.Destination != nil { // which is the client's region
			g.Id("filled").Dot(c.Destination.Name).Op("=").Nil()
		}
		g.List(jen.Id("url"), jen.Err()).Op(":=").Id("presignElsewhere").Call(
			jen.Id("ctx"), jen.Id("c"), jen.Op("&").Id(op.Var), jen.Op("&").Id("filled"), jen.Op("*").Add(in(c.Source)),
			jen.Id("optFns"),
		)
		g.Add(returnError())
		g.Id("filled").Dot(c.URL.Name).Op("=").Id("url")
		if f := c.Destination; f != nil {
			g.Id("filled").Dot(f.Name).Op("=").Add(in(f))
		}
		g.Return(jen.Op("&").Id("filled"), jen.Nil())
	})
}
