package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderErrors writes types/errors.go.
func renderErrors(p *plan.Package) *jen.File {
	f := typesFile(p)
	for _, s := range p.Structs {
		if s.Error != nil {
			f.Line()
			renderError(f.Group, p, s)
		}
	}
	return f
}

func renderError(g *jen.Group, p *plan.Package, s *plan.Struct) {
	gocode.Doc(g, s.Doc)
	g.Type().Id(s.Name).StructFunc(func(g *jen.Group) {
		fields := s.Declared() // the message is the first
		renderFields(g, fields[:1])
		g.Comment("// ErrorCodeOverride takes the place of the error's own code; nil for that.")
		g.Id("ErrorCodeOverride").Op("*").String()
		g.Line()
		renderFields(g, fields[1:])
		g.Id(noSerde)
	})
	self := func() *jen.Statement { return g.Func().Params(jen.Id("e").Op("*").Id(s.Name)) }

	g.Line()
	text := jen.Id("e").Dot("ErrorCode").Call().Op("+")
	if s.Error.SecretMessage {
		g.Comment("// Error returns the code; the message is sensitive, and only ErrorMessage returns it.")
		text.Lit(": [withheld]")
	} else {
		g.Comment("// Error returns the code and the message.")
		text.Lit(": ").Op("+").Id("e").Dot("ErrorMessage").Call()
	}
	self().Id("Error").Params().String().Block(jen.Return(text))
	g.Line()
	g.Comment("// ErrorMessage returns the service's message, or nothing.")
	self().Id("ErrorMessage").Params().String().Block(
		jen.If(jen.Id("e").Dot("Message").Op("==").Nil()).Block(jen.Return(jen.Lit(""))),
		jen.Return(jen.Op("*").Id("e").Dot("Message")),
	)
	g.Line()
	g.Comment("// ErrorCode returns the code of the error.")
	self().Id("ErrorCode").Params().String().Block(
		jen.If(jen.Id("e").Op("==").Nil().Op("||").Id("e").Dot("ErrorCodeOverride").Op("==").Nil()).
			Block(jen.Return(jen.Lit(s.Error.Code))),
		jen.Return(jen.Op("*").Id("e").Dot("ErrorCodeOverride")),
	)
	g.Line()
	g.Commentf("// ErrorFault says that the %s is at fault.", faultName(s.Error))
	self().Id("ErrorFault").Params().Qual(gocode.Smithy, "ErrorFault").Block(
		jen.Return(jen.Qual(gocode.Smithy, faultConst(s.Error))),
	)
	renderErrorRedaction(g, p, s)
}

func faultName(e *plan.ErrorType) string {
	if e.Server {
		return "service"
	}
	return "caller"
}

func faultConst(e *plan.ErrorType) string {
	if e.Server {
		return "FaultServer"
	}
	return "FaultClient"
}
