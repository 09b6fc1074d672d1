package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderValidators writes validators.go: what required members are missing in the shapes
// that inputs hold.
func renderValidators(p *plan.Package) *jen.File {
	f := clientFile(p)
	for _, v := range p.Validators {
		f.Line()
		renderValidator(f.Group, v)
	}
	return f
}

// func validate<Op>Input(v *<Op>Input) error { … }
func renderInputValidator(g *jen.Group, op *plan.Operation) {
	v := op.Validator
	if v == nil {
		return
	}
	g.Line()
	g.Func().Id(v.Func).Params(jen.Id("v").Add(encoded(v.Value))).Error().BlockFunc(func(g *jen.Group) {
		g.Id("invalid").Op(":=").Qual(gocode.Smithy, "InvalidParamsError").Values(jen.Id("Context").Op(":").Lit(v.Context))
		for _, c := range v.Checks {
			renderCheck(g, c)
		}
		g.If(jen.Id("invalid").Dot("Len").Call().Op(">").Lit(0)).Block(jen.Return(jen.Id("invalid")))
		g.Return(jen.Nil())
	})
}

// func validate<Shape>(v <type>, invalid *smithy.InvalidParamsError) { … }
//
// An error that is returned in place of that is copied at each level, which takes four times
// as long as the checks.
func renderValidator(g *jen.Group, v *plan.Validator) {
	found := jen.Id("invalid").Op("*").Qual(gocode.Smithy, "InvalidParamsError")
	g.Func().Id(v.Func).Params(jen.Id("v").Add(encoded(v.Value)), found).BlockFunc(func(g *jen.Group) {
		g.Id("invalid").Dot("Context").Op("=").Lit(v.Context)
		switch v.Value.Kind {
		case plan.KindList:
			renderElementCheck(g, v.Value, "i", elementPath(`[%d]`, "i"))
		case plan.KindMap:
			renderEntryCheck(g, v)
		case plan.KindUnion:
			renderVariantChecks(g, v)
		default:
			for _, c := range v.Checks {
				renderCheck(g, c)
			}
		}
	})
}

// renderCheck writes
//
//	if v.<Field> == nil {
//		invalid.Add(smithy.NewErrParamRequired("<Field>"))
//	} else {
//		var nested smithy.InvalidParamsError
//		validate<Shape>(v.<Field>, &nested)
//		if nested.Len() > 0 {
//			invalid.AddNested("<Field>", nested)
//		}
//	}
func renderCheck(g *jen.Group, c plan.Check) {
	f := c.Field
	value := func() *jen.Statement { return jen.Id("v").Dot(f.Name) }
	nested := nestedCheck(f.Value, present(f, value()), jen.Lit(f.Name))
	required := jen.Id("invalid").Dot("Add").Call(jen.Qual(gocode.Smithy, "NewErrParamRequired").Call(jen.Lit(f.Name)))
	switch {
	case c.Required && c.Nested:
		g.If(isUnset(f, value())).Block(required).Else().Block(nested...)
	case c.Required:
		g.If(isUnset(f, value())).Block(required)
	default:
		g.If(isSet(f, value())).Block(nested...)
	}
}

// nestedCheck returns the statements that validate a value and add what they find.
func nestedCheck(v *plan.Value, value, path *jen.Statement) []jen.Code {
	nested := jen.Id("nested")
	return []jen.Code{
		jen.Var().Add(nested).Qual(gocode.Smithy, "InvalidParamsError"),
		jen.Id(v.Validate).Call(value, jen.Op("&").Add(nested)),
		jen.If(nested.Clone().Dot("Len").Call().Op(">").Lit(0)).Block(
			jen.Id("invalid").Dot("AddNested").Call(path, nested),
		),
	}
}

// elementPath is what an error calls an element: fmt.Sprintf("<format>", <index>).
func elementPath(format, index string) *jen.Statement {
	return jen.Qual("fmt", "Sprintf").Call(jen.Lit(format), jen.Id(index))
}

// renderElementCheck validates the elements of a collection, each under its index
// or key.
func renderElementCheck(g *jen.Group, v *plan.Value, index string, path *jen.Statement) {
	element := jen.Id("v").Index(jen.Id(index))
	loop := g.For(jen.Id(index).Op(":=").Range().Id("v"))
	switch {
	case v.Elem.Kind == plan.KindStructure && v.Sparse || v.Elem.Kind == plan.KindUnion:
		loop.Block(jen.If(element.Clone().Op("!=").Nil()).Block(nestedCheck(v.Elem, element.Clone(), path)...))
	case v.Elem.Kind == plan.KindStructure:
		loop.Block(nestedCheck(v.Elem, jen.Op("&").Add(element), path)...)
	default:
		loop.Block(nestedCheck(v.Elem, element, path)...)
	}
}

// renderEntryCheck validates the entries of a map, each under its key unless that is
// sensitive. Structures in a map have no address.
func renderEntryCheck(g *jen.Group, v *plan.Validator) {
	key, path := "key", elementPath(`[%q]`, "key")
	if v.SecretKeys {
		path = jen.Lit("[*]")
	}
	if v.Value.Elem.Kind != plan.KindStructure || v.Value.Sparse {
		renderElementCheck(g, v.Value, key, path)
		return
	}
	if v.SecretKeys {
		key = "_"
	}
	g.For(jen.List(jen.Id(key), jen.Id("value")).Op(":=").Range().Id("v")).Block(
		nestedCheck(v.Value.Elem, jen.Op("&").Id("value"), path)...,
	)
}

// renderVariantChecks checks the variant that v is. A switch of one case would be an if.
func renderVariantChecks(g *jen.Group, v *plan.Validator) {
	check := func(c plan.Check) []jen.Code {
		value := jen.Id("v").Dot("Value")
		if c.Variant.Value.Kind == plan.KindStructure {
			value = jen.Op("&").Add(value)
		}
		return nestedCheck(c.Variant.Value, value, jen.Lit("["+c.Variant.Wire+"]"))
	}
	variant := func(c plan.Check) jen.Code { return jen.Op("*").Add(gocode.Name(c.Variant.Type)) }
	if len(v.Checks) == 1 {
		only := v.Checks[0]
		g.If(jen.List(jen.Id("v"), jen.Id("ok")).Op(":=").Id("v").Assert(variant(only)), jen.Id("ok")).Block(check(only)...)
		return
	}
	g.Switch(jen.Id("v").Op(":=").Id("v").Assert(jen.Type())).BlockFunc(func(g *jen.Group) {
		for _, c := range v.Checks {
			g.Case(variant(c)).Block(check(c)...)
		}
	})
}
