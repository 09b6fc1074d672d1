package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// func <name>(p *EndpointParameters, <args>) *endpointrules.Result { <rules> }
func renderEndpointFunc(g *jen.Group, p *plan.Package, fn endpoints.Function) {
	r := endpointRules{endpointRuntime(p)}
	g.Line()
	gocode.Doc(g, fn.Doc)
	g.Func().Id(fn.Name).ParamsFunc(func(g *jen.Group) {
		switch {
		case fn.UsesParams:
			g.Id("p").Op("*").Id("EndpointParameters")
		case fn.Root: // it is called with them in any case
			g.Op("*").Id("EndpointParameters")
		}
		for _, arg := range fn.Args {
			g.Id(arg.Name).Add(r.varType(arg.Kind))
		}
	}).Op("*").Qual(r.runtime, "Result").BlockFunc(func(g *jen.Group) { r.stmts(g, fn.Body) })
}

// endpointRules renders rules; it is the import path of their runtime package.
type endpointRules struct{ runtime string }

func (r endpointRules) varType(k endpoints.Kind) *jen.Statement {
	switch k {
	case endpoints.Bool:
		return jen.Bool()
	case endpoints.Strings:
		return jen.Index().String()
	case endpoints.Partition:
		return jen.Op("*").Qual(r.runtime, "Partition")
	case endpoints.ARN:
		return jen.Qual(r.runtime, "ARN")
	case endpoints.URL:
		return jen.Qual(r.runtime, "URL")
	default:
		return jen.String()
	}
}

func (r endpointRules) stmts(g *jen.Group, list []endpoints.Stmt) {
	for _, s := range list {
		switch {
		case s.If != nil:
			r.ifStmt(g, s.If)
		case s.Let != nil:
			g.Add(r.define(s.Let))
		case s.Resolve != nil:
			g.Return(r.outcome(s.Resolve))
		case s.Fail != nil:
			g.Return(jen.Qual(r.runtime, "Fail").Call(r.expr(*s.Fail)))
		case s.Call != nil:
			g.Return(r.call(s.Call))
		default:
			g.Return(jen.Qual(r.runtime, "NoMatch").Call())
		}
	}
}

// if <v, ok := init; ok> && <test> && … { <body> }
func (r endpointRules) ifStmt(g *jen.Group, s *endpoints.If) {
	gocode.Doc(g, s.Doc)
	var tests []*jen.Statement
	if s.Init != nil && s.Init.Pair {
		tests = append(tests, jen.Id("ok"))
	}
	for _, t := range s.Tests {
		tests = append(tests, r.expr(t))
	}
	condition := tests[0]
	for _, t := range tests[1:] {
		condition = condition.Op("&&").Add(t)
	}
	body := func(g *jen.Group) { r.stmts(g, s.Body) }
	if s.Init != nil {
		g.If(r.define(s.Init), condition).BlockFunc(body)
	} else {
		g.If(condition).BlockFunc(body)
	}
}

// <v> := <expr>, or <v>, ok := <expr>
func (r endpointRules) define(b *endpoints.Let) *jen.Statement {
	if b.Pair {
		return jen.List(jen.Id(b.Var.Name), jen.Id("ok")).Op(":=").Add(r.expr(b.Expr))
	}
	return jen.Id(b.Var.Name).Op(":=").Add(r.expr(b.Expr))
}

func (r endpointRules) call(c *endpoints.Call) *jen.Statement {
	return jen.Id(c.Func).CallFunc(func(g *jen.Group) {
		if c.UsesParams {
			g.Id("p")
		}
		for _, arg := range c.Args {
			g.Id(arg.Name)
		}
	})
}

// endpointrules.Resolve(<url>), or with attributes
// endpointrules.ResolveWith(<url>, endpointrules.Attributes{…})
func (r endpointRules) outcome(o *endpoints.Outcome) *jen.Statement {
	var fields []jen.Code
	if len(o.Headers) > 0 {
		fields = append(fields, jen.Id("Headers").Op(":").Add(r.headers(o.Headers)))
	}
	if len(o.AuthSchemes) > 0 {
		schemes := make([]jen.Code, len(o.AuthSchemes))
		for i, s := range o.AuthSchemes {
			schemes[i] = r.authScheme(s)
		}
		fields = append(fields, jen.Id("AuthSchemes").Op(":").Index().Qual(r.runtime, "AuthScheme").
			Add(multilineValues(schemes)))
	}
	if len(o.Properties) > 0 {
		fields = append(fields, jen.Id("Properties").Op(":").Add(r.properties(o.Properties)))
	}
	if fields == nil {
		return jen.Qual(r.runtime, "Resolve").Call(r.expr(o.URL))
	}
	return jen.Qual(r.runtime, "ResolveWith").Call(r.expr(o.URL),
		jen.Qual(r.runtime, "Attributes").Add(multilineValues(fields)))
}

// http.Header{ "<Name>": {<values>}, … }
func (r endpointRules) headers(headers []endpoints.Header) *jen.Statement {
	items := make([]jen.Code, len(headers))
	for i, h := range headers {
		items[i] = jen.Lit(h.Name).Op(":").ValuesFunc(func(g *jen.Group) {
			for _, v := range h.Values {
				g.Add(r.expr(v))
			}
		})
	}
	return jen.Qual("net/http", "Header").Add(multilineValues(items))
}

// { Name: <name>, SigningName: <name>, … }
func (r endpointRules) authScheme(a endpoints.AuthScheme) *jen.Statement {
	return jen.ValuesFunc(func(g *jen.Group) {
		text := func(name string, e *endpoints.Expr) {
			if e != nil {
				g.Id(name).Op(":").Add(r.expr(*e))
			}
		}
		text("Name", a.Name)
		text("SigningName", a.SigningName)
		text("SigningRegion", a.SigningRegion)
		if a.SigningRegionSet != nil {
			g.Id("SigningRegionSet").Op(":").Add(r.strings(a.SigningRegionSet))
		}
		if a.DisableDoubleEncoding {
			g.Id("DisableDoubleEncoding").Op(":").True()
		}
		if len(a.Other) > 0 {
			g.Id("Other").Op(":").Add(r.properties(a.Other))
		}
	})
}

// []endpointrules.Property{{Name: "<name>", Value: <value>}, …}
func (r endpointRules) properties(props []endpoints.Property) *jen.Statement {
	items := make([]jen.Code, len(props))
	for i, p := range props {
		items[i] = jen.Values(jen.Id("Name").Op(":").Lit(p.Name), jen.Id("Value").Op(":").Add(r.value(p.Value)))
	}
	return jen.Index().Qual(r.runtime, "Property").Add(multilineValues(items))
}

// value writes a property's value: a scalar, []any{…} or map[string]any{…}.
func (r endpointRules) value(v endpoints.Value) *jen.Statement {
	switch {
	case v.IsList:
		return jen.Index().Any().ValuesFunc(func(g *jen.Group) {
			for _, item := range v.List {
				g.Add(r.value(item))
			}
		})
	case v.IsObject:
		items := make([]jen.Code, len(v.Object))
		for i, f := range v.Object {
			items[i] = jen.Lit(f.Name).Op(":").Add(r.value(f.Value))
		}
		return jen.Map(jen.String()).Any().Add(multilineValues(items))
	default:
		return r.expr(*v.Scalar)
	}
}
