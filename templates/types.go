package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderTypes writes types/types.go: the structs that are no errors, then the
// unions.
func renderTypes(p *plan.Package) *jen.File {
	f := typesFile(p)
	packageComment(f, []string{"Package types holds the structures, enums, unions and errors of " + p.Service.Title + "."})
	for _, s := range p.Structs {
		if s.Error == nil {
			renderStruct(f.Group, p, s)
		}
	}
	for _, u := range p.Unions {
		renderUnion(f.Group, p, u)
	}
	if len(p.Unions) > 0 {
		renderUnknownUnionMember(f.Group, p)
	}
	renderNoSerde(f.Group)
	return f
}

// typesFile begins a file of the package types.
func typesFile(p *plan.Package) *jen.File {
	f := gocode.File(p.ImportPath+"/types", "types", p.Source)
	f.ImportName(p.ImportPath+"/document", "document")
	f.ImportName(runtimePackage(p, "redact"), "redact")
	return f
}

// renderNoSerde writes the alias whose embedding keeps a type out of documents.
func renderNoSerde(g *jen.Group) {
	g.Comment("// noSmithyDocumentSerde marks types that no document may hold.")
	g.Type().Id(noSerde).Op("=").Qual(gocode.SmithyDocument, "NoSerde")
}

const noSerde = "noSmithyDocumentSerde"

func renderStruct(g *jen.Group, p *plan.Package, s *plan.Struct) {
	g.Line()
	gocode.Doc(g, s.Doc)
	g.Type().Id(s.Name).StructFunc(func(g *jen.Group) {
		renderFields(g, s.Declared())
		g.Id(noSerde)
	})
	renderRedaction(g, p, s.Name, s.Redaction)
}

// renderFields writes fields with their comments, a blank line between.
func renderFields(g *jen.Group, fields []*plan.Field) {
	for _, f := range fields {
		gocode.Doc(g, f.Doc)
		g.Id(f.Name).Add(gocode.Type(f.GoType()))
		g.Line()
	}
}

func renderUnion(g *jen.Group, p *plan.Package, u *plan.Union) {
	g.Line()
	gocode.Doc(g, u.Doc)
	g.Type().Id(u.Name).Interface(jen.Id(u.Marker).Params())
	for _, v := range u.Variants {
		g.Line()
		gocode.Doc(g, v.Doc)
		g.Type().Id(v.Name).Struct(
			jen.Id("Value").Add(variantType(v)),
			jen.Line(),
			jen.Id(noSerde),
		)
		g.Line()
		g.Func().Params(jen.Op("*").Id(v.Name)).Id(u.Marker).Params().Block()
		renderRedaction(g, p, v.Name, v.Redaction)
	}
}

// variantType is the type of a variant's value; a unit variant carries nothing.
func variantType(v *plan.Variant) *jen.Statement {
	if v.Unit {
		return jen.Struct()
	}
	return gocode.Type(v.Value.Type)
}

func renderUnknownUnionMember(g *jen.Group, p *plan.Package) {
	g.Line()
	g.Add(gocode.Comment([]string{
		"UnknownUnionMember is a union member that the service sent and this client does",
		"not know. Such members can't be sent.",
	}))
	g.Type().Id("UnknownUnionMember").Struct(
		jen.Comment("// Tag is the member's name."),
		jen.Id("Tag").String(),
		jen.Comment("// Value is its value as it came."),
		jen.Id("Value").Index().Byte(),
		jen.Line(),
		jen.Id(noSerde),
	)
	for _, u := range p.Unions {
		g.Line()
		g.Func().Params(jen.Op("*").Id("UnknownUnionMember")).Id(u.Marker).Params().Block()
	}
	renderRedaction(g, p, "UnknownUnionMember", p.UnknownMember)
	g.Line()
}
