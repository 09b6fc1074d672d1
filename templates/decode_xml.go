package templates

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// What is particular to codecs that read XML: members are elements or attributes, what
// maps and lists consist of has names, and there is no null.

// renderReadElements fills the fields of out from attributes, then from elements:
//
//	for d.NextAttribute() { … }
//	for d.NextElement() { … }
func renderReadElements(g *jen.Group, p *plan.Package, fields []*plan.Field) {
	var attributes, elements []*plan.Field
	for i, f := range fields {
		if f.Attribute {
			attributes = append(attributes, f)
		} else if !isReplaced(fields, i) {
			elements = append(elements, f)
		}
	}
	read := func(g *jen.Group, f *plan.Field) { renderDecodeField(g, p, f, outField(f)) }
	if len(attributes) > 0 {
		g.For(jen.Id("d").Dot("NextAttribute").Call()).
			BlockFunc(func(g *jen.Group) { renderMember(g, attributes, memberKeys, read) })
	}
	if len(elements) == 0 {
		g.Id("d").Dot("Skip").Call()
		return
	}
	g.For(jen.Id("d").Dot("NextElement").Call()).
		BlockFunc(func(g *jen.Group) { renderMember(g, elements, memberKeys, read) })
}

// isReplaced reports whether another field reads the elements of the field at i: a newer
// one, for which that is deprecated, or the first one.
func isReplaced(fields []*plan.Field, i int) bool {
	return slices.ContainsFunc(fields, func(other *plan.Field) bool {
		f := fields[i]
		if other == f || other.Attribute || other.Wire != f.Wire {
			return false
		}
		old, older := f.Spec != nil && f.Spec.Deprecated != nil, other.Spec != nil && other.Spec.Deprecated != nil
		return old && !older || old == older && slices.Index(fields, other) < i
	})
}

// renderReadMap reads a map's entries:
//
//	for d.NextEntry("entry", "<key>", "<value>") {
//		key := d.Key()
//		out = xmlcodec.GrowMap(d, out, key)
//		out[key] = d.<Kind>()
//	}
func renderReadMap(g *jen.Group, p *plan.Package, v *plan.Value) {
	g.Id("out").Op(":=").Add(gocode.Type(v.Type)).Values()
	g.For(jen.Id("d").Dot("NextEntry").Call(jen.Lit(v.Wire.Element), jen.Lit(v.Wire.Key),
		jen.Lit(v.Wire.Value))).BlockFunc(func(g *jen.Group) {
		g.Id("key").Op(":=").Id("d").Dot("Key").Call()
		renderReadEntry(g, p, v, jen.Id("out"))
	})
	g.Return(jen.Id("out"))
}

// renderReadFlatMap reads one entry, which is the member itself:
//
//	for d.Entry("<key>", "<value>") { … }
func renderReadFlatMap(g *jen.Group, p *plan.Package, v *plan.Value, m *jen.Statement) {
	g.For(jen.Id("d").Dot("Entry").Call(jen.Lit(v.Wire.Key), jen.Lit(v.Wire.Value))).BlockFunc(func(g *jen.Group) {
		g.Id("key").Op(":=").Id("d").Dot("Key").Call()
		renderReadEntry(g, p, v, m)
	})
}

// renderReadUnion reads the element that says which variant it is. One that this client does
// not know is kept by its name, unless there is one that it knows.
func renderReadUnion(g *jen.Group, p *plan.Package, u *plan.Union) {
	g.Var().Id("out").Add(gocode.Name(u.Type))
	g.For(jen.Id("d").Dot("NextElement").Call()).BlockFunc(func(g *jen.Group) {
		g.Switch(jen.String().Call(jen.Id("d").Dot("Name").Call())).BlockFunc(func(g *jen.Group) {
			for _, v := range u.Variants {
				g.Case(jen.Lit(v.Wire)).BlockFunc(func(g *jen.Group) { renderReadVariant(g, p, v) })
			}
			g.Default().Block(
				jen.If(jen.Id("out").Op("==").Nil()).Block(
					jen.Id("out").Op("=").Op("&").Qual(u.Type.Import, "UnknownUnionMember").Values(
						jen.Id("Tag").Op(":").String().Call(jen.Id("d").Dot("Name").Call()),
					),
				),
				jen.Id("d").Dot("Skip").Call(),
			)
		})
	})
	g.Return(jen.Id("out"))
}

// renderReadVariant reads one variant. Of one that is a flattened list or map each element
// adds to what is there.
func renderReadVariant(g *jen.Group, p *plan.Package, v *plan.Variant) {
	if !v.Flat || v.Unit || v.Value.Kind != plan.KindList && v.Value.Kind != plan.KindMap {
		renderVariant(g, v)
		return
	}
	g.List(jen.Id("v"), jen.Id("_")).Op(":=").Id("out").Assert(jen.Op("*").Add(gocode.Name(v.Type)))
	g.If(jen.Id("v").Op("==").Nil()).Block(jen.Id("v").Op("=").Op("&").Add(gocode.Name(v.Type)).Values())
	if value := jen.Id("v").Dot("Value"); v.Value.Kind == plan.KindList {
		renderReadElement(g, p, v.Value, value)
	} else {
		renderReadFlatMap(g, p, v.Value, value)
	}
	g.Id("out").Op("=").Id("v")
}
