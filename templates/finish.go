package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/plan"
)

// renderFinish writes what is done with a request once its body is there:
// compression first, then the checksum of what is sent.
//
//	func finish<Op>Request(in *<Op>Input, r *rest.Request, s *transport.Settings) { … }
func renderFinish(g *jen.Group, p *plan.Package, op *plan.Operation) {
	if op.Finish == "" {
		return
	}
	param := inParam(op)
	if c := op.Checksum; c == nil || c.Algorithm == nil {
		param = jen.Id("_").Op("*").Id(op.Input.Name)
	}
	g.Line()
	g.Func().Id(op.Finish).Params(param, requestParam(p), settingsParam(p)).BlockFunc(func(g *jen.Group) {
		if len(op.Compression) > 0 {
			g.If(jen.Id("s").Dot("CompressFrom").Op(">=").Lit(0)).Block(
				jen.Qual(runtimePackage(p, "compress"), "Gzip").Call(jen.Id("r"), jen.Id("s").Dot("CompressFrom")),
			)
		}
		if op.Checksum != nil {
			renderFeatures(g, runtimePackage(p, "checksum"), op.Checksum)
			renderMode(g, op)
			renderChecksum(g, runtimePackage(p, "checksum"), runtimePackage(p, "trailer"), op.Checksum)
		}
		if op.TreeHash {
			g.Qual(runtimePackage(p, "checksum"), "SetTreeHash").Call(jen.Id("r"))
		}
	})
}

// renderFeatures counts what the operation and the caller want of checksums.
func renderFeatures(g *jen.Group, pkg string, c *plan.Checksum) {
	if c.Mode != nil {
		g.Qual(pkg, "UseValidation").Call(jen.Id("r"), jen.Id("s"))
	}
	if c.Algorithm != nil || c.Required {
		g.Qual(pkg, "UseCalculation").Call(jen.Id("r"), jen.Id("s"))
	}
}

// defaultAlgorithm is what the official SDK takes when the input names none.
const defaultAlgorithm = "CRC32"

// renderChecksum writes which checksum is sent: the one that the input names, or
// else the default, unless it may be left out.
func renderChecksum(g *jen.Group, pkg, trailers string, c *plan.Checksum) {
	setIn := pkg
	if c.Trailing {
		setIn = trailers
	}
	set := func(algorithm jen.Code) *jen.Statement {
		return jen.Qual(setIn, "Set").Call(jen.Id("r"), algorithm)
	}
	fallback := jen.If(jen.Id("s").Dot("ChecksumWhenSupported").Call()).Block(set(jen.Lit(defaultAlgorithm)))
	if c.Required {
		fallback = set(jen.Lit(defaultAlgorithm))
	}
	switch {
	case c.MD5:
		g.Qual(pkg, "SetMD5").Call(jen.Id("r"))
	case c.Algorithm != nil:
		field := in(c.Algorithm)
		g.If(isSet(c.Algorithm, field.Clone())).Block(
			set(jen.String().Call(present(c.Algorithm, field.Clone()))),
			jen.Return(),
		)
		g.Add(fallback)
	case c.Required:
		g.Add(fallback)
	}
}

// renderMode asks for the response's checksum where the input does not say whether
// it wants one.
func renderMode(g *jen.Group, op *plan.Operation) {
	mode := op.Checksum.Mode
	for _, b := range op.Request.Headers {
		if b.Field == mode && mode != nil {
			g.If(jen.Id("s").Dot("VerifyWhenSupported").Call()).Block(
				jen.Id("r").Dot("Header").Dot("Set").Call(jen.Lit(b.Name), jen.Lit("ENABLED")),
			)
		}
	}
}

// renderVerify writes how a response is compared with the checksum that it
// carries, which a service sends to those who ask.
func renderVerify(g *jen.Group, p *plan.Package, op *plan.Operation) {
	c := op.Checksum
	if c == nil || c.Mode == nil || len(c.Response) == 0 {
		return
	}
	g.Qual(runtimePackage(p, "checksum"), "Verify").Call(jen.Id("r"), stringList(c.Response))
}
