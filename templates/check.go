package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/plan"
)

// renderOutputCheck writes how the output of a call is compared with its input:
//
//	func check<Op>Output(in *<Op>Input, out *<Op>Output, s *transport.Settings) error { … }
func renderOutputCheck(g *jen.Group, p *plan.Package, op *plan.Operation) {
	m := op.Messages
	if m == nil {
		return
	}
	pkg := runtimePackage(p, "messagesum")
	input := jen.Id("in")
	if m.Sent == nil && m.Returned != nil {
		input = jen.Id("_")
	}
	g.Line()
	g.Func().Id(op.Check).Params(
		input.Op("*").Id(op.Input.Name), jen.Id("out").Op("*").Id(op.Output.Name), settingsParam(p),
	).Error().BlockFunc(func(g *jen.Group) {
		g.If(jen.Id("s").Dot("SkipMessageChecksums")).Block(jen.Return(jen.Nil()))
		field := func(of string, f *plan.Field) *jen.Statement { return jen.Id(of).Dot(f.Name) }
		if m.Returned == nil {
			g.Return(jen.Qual(pkg, "One").Call(field("in", m.Body), field("out", m.Sum), field("out", m.ID)))
			return
		}
		g.Var().Id("batch").Qual(pkg, "Batch")
		each := func(list *jen.Statement, method string, args ...*plan.Field) {
			g.For(jen.List(jen.Id("_"), jen.Id("m")).Op(":=").Range().Add(list)).Block(
				jen.Id("batch").Dot(method).CallFunc(func(g *jen.Group) {
					for _, f := range args {
						g.Add(field("m", f))
					}
				}),
			)
		}
		if m.Sent == nil {
			each(field("out", m.Returned), "Add", m.Body, m.Sum, m.ID)
		} else {
			each(field("out", m.Returned), "Returned", m.Key, m.Sum, m.ID)
			each(field("in", m.Sent), "Sent", m.SentKey, m.Body)
		}
		g.Return(jen.Id("batch").Dot("Err").Call())
	})
}
