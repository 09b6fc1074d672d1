package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/plan"
)

// renderRedaction writes the methods of a type that reaches sensitive members.
func renderRedaction(g *jen.Group, p *plan.Package, name string, r *plan.Redaction) {
	if r == nil {
		return
	}
	for _, method := range r.Methods {
		g.Line()
		renderRedacted(g, p, name, method, r)
	}
}

// renderRedacted writes one of the methods:
//
//	func (v <Type>) <Method>(…) … { return redact.<Method>(v, "<Field>", …) }
func renderRedacted(g *jen.Group, p *plan.Package, name, method string, r *plan.Redaction) {
	g.Comment(redactionDocs[method])
	f := g.Func().Params(jen.Id("v").Id(name)).Id(method)
	if method == plan.MethodFormat {
		f.Params(jen.Id("f").Qual("fmt", "State"), jen.Id("_").Rune()).Block(redacted(p, method, r, jen.Id("f"), jen.Id("v")))
		return
	}
	result := jen.String()
	if method == plan.MethodLogValue {
		result = jen.Qual("log/slog", "Value")
	}
	f.Params().Add(result).Block(jen.Return(redacted(p, method, r, jen.Id("v"))))
}

var redactionDocs = map[string]string{
	plan.MethodString:   "// String returns the members, without the values of sensitive ones.",
	plan.MethodFormat:   "// Format writes what String returns for all verbs, and a Go-like form of it for %#v.",
	plan.MethodGoString: "// GoString returns the members in a Go-like form, without the values of sensitive ones.",
	plan.MethodLogValue: "// LogValue returns the members as a group, without the values of sensitive ones.",
}

// redact.<function>(<args>, "<Field>", …)
func redacted(p *plan.Package, function string, r *plan.Redaction, args ...jen.Code) *jen.Statement {
	for _, field := range r.Secret {
		args = append(args, jen.Lit(field))
	}
	return jen.Qual(runtimePackage(p, "redact"), function).Call(args...)
}

// renderErrorRedaction writes the methods of an error, which is its text to fmt and slog.
func renderErrorRedaction(g *jen.Group, p *plan.Package, s *plan.Struct) {
	if s.Redaction == nil {
		return
	}
	text := func() *jen.Statement { return jen.Id("e").Dot("Error").Call() }
	self := func(method string) *jen.Statement {
		return g.Func().Params(jen.Id("e").Id(s.Name)).Id(method)
	}
	for _, method := range s.Redaction.Methods {
		g.Line()
		switch method {
		case plan.MethodFormat:
			g.Comment("// Format writes what Error returns, and for %#v the members, without the values of sensitive ones.")
			self(method).Params(jen.Id("f").Qual("fmt", "State"), jen.Id("verb").Rune()).Block(
				redacted(p, "FormatError", s.Redaction, jen.Id("f"), jen.Id("verb"), text(), jen.Id("e")),
			)
		case plan.MethodGoString:
			g.Comment(redactionDocs[method])
			self(method).Params().String().Block(jen.Return(redacted(p, method, s.Redaction, jen.Id("e"))))
		case plan.MethodLogValue:
			g.Comment("// LogValue returns what Error returns.")
			self(method).Params().Qual("log/slog", "Value").Block(jen.Return(jen.Qual("log/slog", "StringValue").Call(text())))
		}
	}
}
