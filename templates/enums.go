package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderEnums writes types/enums.go.
func renderEnums(p *plan.Package) *jen.File {
	f := typesFile(p)
	for _, e := range p.Enums {
		f.Line()
		renderEnum(f.Group, e)
	}
	return f
}

func renderEnum(g *jen.Group, e *plan.Enum) {
	gocode.Doc(g, e.Doc)
	if e.Int {
		g.Type().Id(e.Name).Op("=").Int32()
	} else {
		g.Type().Id(e.Name).String()
	}
	if len(e.Values) > 0 {
		g.Line()
		g.Commentf("// The values of %s that this client knows.", e.Name)
		g.Const().DefsFunc(func(g *jen.Group) {
			for _, v := range e.Values {
				gocode.Doc(g, v.Doc)
				g.Id(v.Name).Id(e.Name).Op("=").Add(enumLiteral(e, v))
			}
		})
	}
	if !e.Int { // an alias of int32 has no methods
		renderEnumValues(g, e)
	}
}

// enumLiteral returns a value: a quoted string or a number.
func enumLiteral(e *plan.Enum, v plan.EnumValue) *jen.Statement {
	if e.Int {
		return jen.Op(v.Value)
	}
	return jen.Lit(v.Value)
}

func renderEnumValues(g *jen.Group, e *plan.Enum) {
	g.Line()
	g.Add(gocode.Comment([]string{
		"Values returns the values that this client knows. A service may send others,",
		"which are kept as they come.",
	}))
	// func (<Enum>) Values() []<Enum> { return []<Enum>{ <constants> } }
	g.Func().Params(jen.Id(e.Name)).Id("Values").Params().Index().Id(e.Name).Block(
		jen.Return(jen.Index().Id(e.Name).ValuesFunc(func(g *jen.Group) {
			for _, v := range e.Values {
				g.Line().Id(v.Name)
			}
			if len(e.Values) > 0 {
				g.Line()
			}
		})),
	)
}
