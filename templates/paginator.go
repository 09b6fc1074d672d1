package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderAPIClient writes the interface that a paginator and waiters take:
//
//	type <Op>APIClient interface { <Op>(context.Context, *<Op>Input, ...func(*Options)) (*<Op>Output, error) }
func renderAPIClient(g *jen.Group, op *plan.Operation) {
	if op.APIClient == "" {
		return
	}
	g.Line()
	gocode.Doc(g, op.APIClientDoc)
	g.Type().Id(op.APIClient).Interface(
		jen.Id(op.Name).Params(
			jen.Qual("context", "Context"), jen.Op("*").Id(op.Input.Name), jen.Op("...").Add(optionFunc()),
		).Params(jen.Op("*").Id(op.Output.Name), jen.Error()),
	)
}

// optionFunc is func(*Options).
func optionFunc() *jen.Statement { return jen.Func().Params(jen.Op("*").Id("Options")) }

// renderPaginator writes the type that walks the pages of an operation's result.
func renderPaginator(g *jen.Group, p *plan.Package, op *plan.Operation) {
	if op.Paginator == nil {
		return
	}
	renderPaginatorOptions(g, op.Paginator)
	renderPaginatorType(g, op)
	renderNewPaginator(g, op)
	renderHasMorePages(g, p, op.Paginator)
	renderNextPage(g, p, op)
	renderPages(g, p, op)
	renderAll(g, p, op)
}

// type <Op>PaginatorOptions struct { Limit int32; StopOnDuplicateToken bool }
func renderPaginatorOptions(g *jen.Group, pages *plan.Paginator) {
	g.Line()
	gocode.Doc(g, pages.OptionsDoc)
	g.Type().Id(pages.Options).StructFunc(func(g *jen.Group) {
		if pages.Limit != nil {
			gocode.Doc(g, pages.LimitDoc)
			g.Id("Limit").Do(func(s *jen.Statement) {
				if pages.LimitPointer {
					s.Op("*")
				}
			}).Add(gocode.Type(pages.Limit.Value.Type))
		}
		if pages.Comparable() {
			if pages.Limit != nil {
				g.Line()
			}
			g.Comment("// StopOnDuplicateToken ends the pages when the service returns the token that it was")
			g.Comment("// sent.")
			g.Id("StopOnDuplicateToken").Bool()
		}
	})
}

// type <Op>Paginator struct { … }
func renderPaginatorType(g *jen.Group, op *plan.Operation) {
	pages := op.Paginator
	g.Line()
	gocode.Doc(g, pages.Doc)
	g.Type().Id(pages.Name).StructFunc(func(g *jen.Group) {
		g.Id("options").Id(pages.Options)
		g.Id("client").Id(op.APIClient)
		g.Id("params").Op("*").Id(op.Input.Name)
		g.Id("nextToken").Add(tokenType(pages))
		for _, b := range pages.Beside {
			g.Id(b.Name).Add(gocode.Type(b.Token.GoType()))
		}
		if pages.ByFlag() {
			g.Id("isTruncated").Bool()
		}
		g.Id("firstPage").Bool()
	})
}

// tokenType is the type of a paginator's token, which may be nil.
func tokenType(pages *plan.Paginator) *jen.Statement {
	t := gocode.Type(pages.Token.Value.Type)
	if pages.Comparable() && !pages.Deep {
		return jen.Op("*").Add(t)
	}
	return t
}

// func New<Op>Paginator(client <Op>APIClient, params *<Op>Input, optFns ...func(*<Op>PaginatorOptions)) *<Op>Paginator
func renderNewPaginator(g *jen.Group, op *plan.Operation) {
	pages := op.Paginator
	g.Line()
	gocode.Doc(g, pages.NewDoc)
	g.Func().Id(pages.New).Params(
		jen.Id("client").Id(op.APIClient), jen.Id("params").Op("*").Id(op.Input.Name),
		jen.Id("optFns").Op("...").Func().Params(jen.Op("*").Id(pages.Options)),
	).Op("*").Id(pages.Name).BlockFunc(func(g *jen.Group) {
		g.Add(emptyParams(op))
		g.Id("options").Op(":=").Id(pages.Options).Values()
		if f := pages.Limit; f != nil && f.Pointer && !pages.LimitPointer {
			g.If(jen.Id("params").Dot(f.Name).Op("!=").Nil()).
				Block(jen.Id("options").Dot("Limit").Op("=").Op("*").Id("params").Dot(f.Name))
		} else if f != nil {
			g.Id("options").Dot("Limit").Op("=").Id("params").Dot(f.Name)
		}
		g.Add(applyOptions())
		g.Return(jen.Op("&").Id(pages.Name).ValuesFunc(func(g *jen.Group) {
			g.Id("options").Op(":").Id("options")
			g.Id("client").Op(":").Id("client")
			g.Id("params").Op(":").Id("params")
			g.Id("nextToken").Op(":").Add(tokenFrom(pages.Token, jen.Id("params").Dot(pages.Token.Name)))
			for _, b := range pages.Beside {
				g.Id(b.Name).Op(":").Id("params").Dot(b.Token.Name)
			}
			g.Id("firstPage").Op(":").True()
		}))
	})
}

// numbers are the functions of package aws that make a pointer to a number, and the
// number of one.
var numbers = map[plan.Kind]struct{ pointer, value string }{
	plan.KindInt8: {"Int8", "ToInt8"}, plan.KindInt16: {"Int16", "ToInt16"}, plan.KindInt32: {"Int32", "ToInt32"},
	plan.KindInt64: {"Int64", "ToInt64"},
}

// tokenFrom is a field's value as a paginator keeps it.
func tokenFrom(f *plan.Field, value *jen.Statement) *jen.Statement {
	if f.Value.Pointable() && !f.Pointer {
		return jen.Qual(gocode.AWS, numbers[f.Value.Kind].pointer).Call(value)
	}
	return value
}

// func (p *<Op>Paginator) HasMorePages() bool
func renderHasMorePages(g *jen.Group, p *plan.Package, pages *plan.Paginator) {
	token := jen.Id("p").Dot("nextToken")
	more := jen.Add(token).Op("!=").Nil()
	switch {
	case pages.ByFlag():
		more = jen.Id("p").Dot("isTruncated")
	case pages.Deep:
		more = jen.Len(token).Op("!=").Lit(0)
	case pages.Comparable():
		more = jen.Qual(runtimePackage(p, "pages"), "HasToken").Call(token)
	}
	g.Line()
	g.Comment("// HasMorePages reports whether there may be another page.")
	g.Add(paginatorMethod(pages, "HasMorePages")).Params().Bool().Block(
		jen.Return(jen.Id("p").Dot("firstPage").Op("||").Add(more)),
	)
}

// func (p *<Op>Paginator) <name>
func paginatorMethod(pages *plan.Paginator, name string) *jen.Statement {
	return jen.Func().Params(jen.Id("p").Op("*").Id(pages.Name)).Id(name)
}

// callParams are ctx context.Context, optFns ...func(*Options).
func callParams() []jen.Code {
	return []jen.Code{ctxParam(), jen.Id("optFns").Op("...").Add(optionFunc())}
}

// func (p *<Op>Paginator) NextPage(ctx context.Context, optFns ...func(*Options)) (*<Op>Output, error)
func renderNextPage(g *jen.Group, p *plan.Package, op *plan.Operation) {
	pages := op.Paginator
	g.Line()
	g.Comment("// NextPage returns the next page. After an error it returns the same page, when it is")
	g.Comment("// called again.")
	g.Add(paginatorMethod(pages, "NextPage")).Params(callParams()...).Params(jen.Op("*").Id(op.Output.Name), jen.Error()).
		BlockFunc(func(g *jen.Group) {
			g.If(jen.Op("!").Id("p").Dot("HasMorePages").Call()).Block(jen.Return(jen.Nil(),
				jen.Qual(runtimePackage(p, "pages"), "ErrNoMore")))
			g.Id("params").Op(":=").Op("*").Id("p").Dot("params")
			renderPageParams(g, pages)
			options := jen.Id("optFns")
			if !pages.ByHand {
				own := jen.Index().Add(optionFunc()).Values(jen.Id("addIsPaginatorUserAgent"))
				options = jen.Append(own, jen.Id("optFns").Op("..."))
			}
			g.List(jen.Id("result"), jen.Err()).Op(":=").Id("p").Dot("client").Dot(op.Name).Call(
				jen.Id("ctx"), jen.Op("&").Id("params"), options.Op("..."),
			)
			g.Add(returnError())
			g.Id("p").Dot("firstPage").Op("=").False()
			renderNextToken(g, p, pages)
			g.Return(jen.Id("result"), jen.Nil())
		})
}

// renderPageParams sets what differs between the inputs of pages.
func renderPageParams(g *jen.Group, pages *plan.Paginator) {
	token := jen.Id("p").Dot("nextToken")
	if f := pages.Token; f.Value.Pointable() && !f.Pointer {
		token = jen.Qual(gocode.AWS, numbers[f.Value.Kind].value).Call(token)
	}
	g.Id("params").Dot(pages.Token.Name).Op("=").Add(token)
	for _, b := range pages.Beside {
		g.Id("params").Dot(b.Token.Name).Op("=").Id("p").Dot(b.Name)
	}
	f := pages.Limit
	if f == nil {
		return
	}
	limit := jen.Id("p").Dot("options").Dot("Limit")
	if !f.Pointer {
		g.Id("params").Dot(f.Name).Op("=").Add(limit)
		return
	}
	g.Id("params").Dot(f.Name).Op("=").Nil()
	if pages.LimitPointer {
		set := jen.Add(limit).Op("!=").Nil().Op("&&").Op("*").Add(limit).Op(">").Lit(0)
		g.If(set).Block(jen.Id("params").Dot(f.Name).Op("=").Add(limit))
		return
	}
	g.If(jen.Add(limit).Op(">").Lit(0)).Block(jen.Id("params").Dot(f.Name).Op("=").Op("&").Add(limit))
}

// renderNextToken keeps the token of the page after the result.
func renderNextToken(g *jen.Group, p *plan.Package, pages *plan.Paginator) {
	token := func() *jen.Statement { return jen.Id("p").Dot("nextToken") }
	next, through := along("result", pages.Next)
	conditions := each(through, "!=")
	if pages.More != nil {
		more, through := along("result", pages.More)
		if last := pages.More[len(pages.More)-1]; last.Pointer {
			through = append(through, guard{more, jen.Nil()})
			more = jen.Op("*").Add(more)
		}
		conditions = append(append(each(through, "!="), more), conditions...)
	}
	if pages.ByFlag() {
		g.Id("p").Dot("isTruncated").Op("=").Add(joined("&&", conditions))
		conditions = []*jen.Statement{jen.Id("p").Dot("isTruncated")}
	}
	set := token().Op("=").Add(tokenFrom(pages.Next[len(pages.Next)-1], next))
	if pages.Comparable() {
		g.Id("last").Op(":=").Add(token())
	}
	if len(conditions) == 0 {
		g.Add(set)
	} else {
		g.Add(token()).Op("=").Nil()
		for _, b := range pages.Beside {
			g.Id("p").Dot(b.Name).Op("=").Add(zeroOf(b.Token))
		}
		g.If(joined("&&", conditions)).BlockFunc(func(g *jen.Group) {
			g.Add(set)
			for _, b := range pages.Beside {
				next, _ := along("result", b.Next)
				g.Id("p").Dot(b.Name).Op("=").Add(next)
			}
		})
	}
	if pages.Comparable() {
		compare := "Same"
		if pages.Deep {
			compare = "SameMap"
		}
		same := jen.Qual(runtimePackage(p, "pages"), compare).Call(jen.Id("last"), token())
		end := token().Op("=").Nil()
		if pages.ByFlag() {
			end = jen.Id("p").Dot("isTruncated").Op("=").False()
		}
		g.If(jen.Id("p").Dot("options").Dot("StopOnDuplicateToken").Op("&&").Add(same)).Block(end)
	}
}

// zeroOf is the value of a token's field that has none.
func zeroOf(f *plan.Field) *jen.Statement {
	if f.Pointer {
		return jen.Nil()
	}
	return jen.Lit("")
}

// guard is what leads on only if it is not empty: a pointer that is nil, or the length of a
// list that is zero.
type guard struct{ value, empty *jen.Statement }

// along is the value at the end of a way through structures and the last elements of lists,
// and the guards on the way.
func along(from string, way []*plan.Field) (value *jen.Statement, through []guard) {
	value = jen.Id(from)
	for i, f := range way {
		if i > 0 && way[i-1].Value.Kind == plan.KindList {
			length := jen.Len(value)
			through = append(through, guard{length, jen.Lit(0)})
			value = jen.Add(value).Index(jen.Add(length).Op("-").Lit(1))
		} else if i > 0 {
			through = append(through, guard{value, jen.Nil()})
		}
		value = jen.Add(value).Dot(f.Name)
	}
	return value, through
}

// each compares guards with what leads nowhere.
func each(guards []guard, operator string) []*jen.Statement {
	conditions := make([]*jen.Statement, len(guards))
	for i, s := range guards {
		conditions[i] = jen.Add(s.value).Op(operator).Add(s.empty)
	}
	return conditions
}

// joined are conditions with an operator between them, each once.
func joined(operator string, conditions []*jen.Statement) *jen.Statement {
	all := jen.Add(conditions[0])
	seen := map[string]bool{conditions[0].GoString(): true}
	for _, c := range conditions[1:] {
		if text := c.GoString(); !seen[text] {
			seen[text] = true
			all.Op(operator).Add(c)
		}
	}
	return all
}

// func (p *<Op>Paginator) Pages(ctx context.Context, optFns ...func(*Options)) iter.Seq2[*<Op>Output, error]
func renderPages(g *jen.Group, p *plan.Package, op *plan.Operation) {
	out := jen.Op("*").Id(op.Output.Name)
	g.Line()
	g.Comment("// Pages returns the pages from the next one on. An error is the last that it yields,")
	g.Comment("// with a nil page.")
	g.Add(paginatorMethod(op.Paginator, "Pages")).Params(callParams()...).Add(seq2(out.Clone())).Block(
		jen.Return(jen.Qual(runtimePackage(p, "pages"), "All").Call(
			jen.Id("p").Dot("HasMorePages"),
			jen.Func().Params().Params(out, jen.Error()).Block(
				jen.Return(jen.Id("p").Dot("NextPage").Call(jen.Id("ctx"), jen.Id("optFns").Op("..."))),
			),
		)),
	)
}

// iter.Seq2[<of>, error]
func seq2(of *jen.Statement) *jen.Statement {
	return jen.Qual("iter", "Seq2").Types(of, jen.Error())
}

// func (p *<Op>Paginator) All(ctx context.Context, optFns ...func(*Options)) iter.Seq2[<item>, error]
func renderAll(g *jen.Group, p *plan.Package, op *plan.Operation) {
	pages := op.Paginator
	if pages.Items == nil {
		return
	}
	items, through := along("page", pages.Items)
	g.Line()
	g.Comment("// All returns the items from the next page on. An error is the last that it yields. When")
	g.Comment("// a loop ends early, the rest of its page is not among those of the next one.")
	g.Add(paginatorMethod(pages, "All")).Params(callParams()...).Add(seq2(gocode.Type(pages.Item))).Block(
		jen.Return(jen.Qual(runtimePackage(p, "pages"), "Items").Call(
			jen.Id("p").Dot("Pages").Call(jen.Id("ctx"), jen.Id("optFns").Op("...")),
			jen.Func().Params(jen.Id("page").Op("*").Id(op.Output.Name)).Index().Add(gocode.Type(pages.Item)).
				BlockFunc(func(g *jen.Group) {
					if len(through) > 0 {
						g.If(joined("||", each(through, "=="))).Block(jen.Return(jen.Nil()))
					}
					g.Return(items)
				}),
		)),
	)
}
