package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/jmespath"
	"example.com/lathe/internal/plan"
)

// renderWaiter writes the type that waits until an operation's output says something.
func renderWaiter(g *jen.Group, p *plan.Package, op *plan.Operation, w *plan.Waiter) {
	renderWaiterOptions(g, p, op, w)
	renderWaiterType(g, op, w)
	renderNewWaiter(g, op, w)
	renderWait(g, op, w)
	renderWaitForOutput(g, p, op, w)
	renderRetryable(g, p, op, w)
}

// type <W>WaiterOptions struct { … }
func renderWaiterOptions(g *jen.Group, p *plan.Package, op *plan.Operation, w *plan.Waiter) {
	g.Line()
	gocode.Doc(g, w.Docs.Options)
	g.Type().Id(w.Options).StructFunc(func(g *jen.Group) {
		if hasHooks(p) {
			g.Comment("// APIOptions are added to those of the client for the calls of the waiter.")
			g.Id("APIOptions").Index().Func().Params(jen.Op("*").Qual(gocode.SmithyMetadata, "Stack")).Error()
			g.Line()
		}
		g.Comment("// ClientOptions change the options of the calls of the waiter.")
		g.Id("ClientOptions").Index().Add(optionFunc())
		g.Line()
		gocode.Doc(g, w.Docs.MinDelay)
		g.Id("MinDelay").Qual("time", "Duration")
		g.Line()
		gocode.Doc(g, w.Docs.MaxDelay)
		g.Id("MaxDelay").Qual("time", "Duration")
		g.Line()
		g.Comment("// LogWaitAttempts logs each call to the client's Logger.")
		g.Id("LogWaitAttempts").Bool()
		g.Line()
		g.Comment("// Retryable decides by the output or the error of a call whether to call again. Its")
		g.Comment("// error ends the wait. By default it is what the model says.")
		g.Id("Retryable").Func().Params(retryableTypes(op)...).Params(jen.Bool(), jen.Error())
	})
}

// retryableTypes are context.Context, *<Op>Input, *<Op>Output, error.
func retryableTypes(op *plan.Operation) []jen.Code {
	return []jen.Code{
		jen.Qual("context", "Context"), jen.Op("*").Id(op.Input.Name), jen.Op("*").Id(op.Output.Name), jen.Error(),
	}
}

// type <W>Waiter struct { client <Op>APIClient; options <W>WaiterOptions }
func renderWaiterType(g *jen.Group, op *plan.Operation, w *plan.Waiter) {
	g.Line()
	gocode.Doc(g, w.Docs.Type)
	g.Type().Id(w.Name).Struct(
		jen.Id("client").Id(op.APIClient),
		jen.Id("options").Id(w.Options),
	)
}

// waiterOptions are optFns ...func(*<W>WaiterOptions).
func waiterOptions(w *plan.Waiter) *jen.Statement {
	return jen.Id("optFns").Op("...").Func().Params(jen.Op("*").Id(w.Options))
}

// applyOptions is for _, fn := range optFns { fn(&options) }.
func applyOptions() *jen.Statement {
	return jen.For(jen.List(jen.Id("_"), jen.Id("fn")).Op(":=").Range().Id("optFns")).
		Block(jen.Id("fn").Call(jen.Op("&").Id("options")))
}

// seconds is <n> * time.Second.
func seconds(n int) *jen.Statement { return jen.Lit(n).Op("*").Qual("time", "Second") }

// func New<W>Waiter(client <Op>APIClient, optFns ...func(*<W>WaiterOptions)) *<W>Waiter
func renderNewWaiter(g *jen.Group, op *plan.Operation, w *plan.Waiter) {
	g.Line()
	gocode.Doc(g, w.Docs.New)
	g.Func().Id(w.New).Params(jen.Id("client").Id(op.APIClient), waiterOptions(w)).Op("*").Id(w.Name).Block(
		jen.Id("options").Op(":=").Id(w.Options).Values(
			jen.Id("MinDelay").Op(":").Add(seconds(w.MinDelay)), jen.Id("MaxDelay").Op(":").Add(seconds(w.MaxDelay)),
			jen.Id("Retryable").Op(":").Id(w.Retryable),
		),
		applyOptions(),
		jen.Return(jen.Op("&").Id(w.Name).
			Values(jen.Id("client").Op(":").Id("client"), jen.Id("options").Op(":").Id("options"))),
	)
}

// waiterMethod is the head of a method, without its results:
//
//	func (w *<W>Waiter) <name>(
//		ctx context.Context, params *<Op>Input, maxWaitDur time.Duration, optFns ...func(*<W>WaiterOptions),
//	)
func waiterMethod(op *plan.Operation, w *plan.Waiter, name string) *jen.Statement {
	return jen.Func().Params(jen.Id("w").Op("*").Id(w.Name)).Id(name).Params(
		ctxParam(), jen.Id("params").Op("*").Id(op.Input.Name),
		jen.Id("maxWaitDur").Qual("time", "Duration"), waiterOptions(w),
	)
}

func renderWait(g *jen.Group, op *plan.Operation, w *plan.Waiter) {
	g.Line()
	g.Comment("// Wait is WaitForOutput without the output.")
	g.Add(waiterMethod(op, w, "Wait")).Error().Block(
		jen.List(jen.Id("_"), jen.Err()).Op(":=").Id("w").Dot("WaitForOutput").Call(jen.Id("ctx"), jen.Id("params"),
			jen.Id("maxWaitDur"), jen.Id("optFns").Op("...")),
		jen.Return(jen.Err()),
	)
}

func renderWaitForOutput(g *jen.Group, p *plan.Package, op *plan.Operation, w *plan.Waiter) {
	waiters := runtimePackage(p, "waiters")
	out := jen.Op("*").Id(op.Output.Name)
	g.Line()
	g.Comment("// WaitForOutput waits for maxWaitDur at most, and returns the last output. The error is")
	g.Comment("// that of the last call, or says that the wait has failed or took too long.")
	g.Add(waiterMethod(op, w, "WaitForOutput")).Params(out.Clone(), jen.Error()).Block(
		jen.If(jen.Id("maxWaitDur").Op("<=").Lit(0)).Block(jen.Return(jen.Nil(), jen.Qual(waiters, "ErrNoTime"))),
		jen.Id("options").Op(":=").Id("w").Dot("options"),
		applyOptions(),
		jen.If(jen.Id("options").Dot("MaxDelay").Op("<=").Lit(0)).
			Block(jen.Id("options").Dot("MaxDelay").Op("=").Add(seconds(w.MaxDelay))),
		jen.Id("wait").Op(":=").Qual(waiters, "Wait").Values(
			jen.Id("Name").Op(":").Lit(w.Label), jen.Id("Max").Op(":").Id("maxWaitDur"),
			jen.Id("MinDelay").Op(":").Id("options").Dot("MinDelay"), jen.Id("MaxDelay").Op(":").Id("options").Dot("MaxDelay"),
		),
		jen.Return(jen.Qual(waiters, "Until").Call(jen.Id("ctx"), jen.Id("wait"), jen.Func().Params(
			ctxParam(), jen.Id("attempt").Int64(),
		).Params(out, jen.Bool(), jen.Error()).Block(
			jen.List(jen.Id("out"), jen.Err()).Op(":=").Id("w").Dot("client").Dot(op.Name).Call(
				jen.Id("ctx"), jen.Id("params"),
				jen.Func().Params(jen.Id("o").Op("*").Id("Options")).
					BlockFunc(func(g *jen.Group) { renderWaiterCallOptions(g, p) }),
			),
			jen.List(jen.Id("again"), jen.Err()).Op(":=").Id("options").Dot("Retryable").Call(jen.Id("ctx"),
				jen.Id("params"), jen.Id("out"), jen.Err()),
			jen.Return(jen.Id("out"), jen.Id("again"), jen.Err()),
		))),
	)
}

// renderWaiterCallOptions changes the options of a call that a waiter makes.
func renderWaiterCallOptions(g *jen.Group, p *plan.Package) {
	if hasHooks(p) {
		g.Id("o").Dot("APIOptions").Op("=").
			Append(jen.Id("o").Dot("APIOptions"), jen.Id("options").Dot("APIOptions").Op("..."))
	}
	g.Id("addIsWaiterUserAgent").Call(jen.Id("o"))
	g.For(jen.List(jen.Id("_"), jen.Id("fn")).Op(":=").Range().Id("options").Dot("ClientOptions")).
		Block(jen.Id("fn").Call(jen.Id("o")))
	g.If(jen.Id("options").Dot("LogWaitAttempts")).Block(
		jen.Qual(runtimePackage(p, "waiters"), "LogAttempt").
			Call(jen.Id("ctx"), jen.Id("o").Dot("Logger"), jen.Id("attempt")),
	)
}

// func <w>StateRetryable(_ context.Context, input *<Op>Input, output *<Op>Output, err error) (bool, error)
func renderRetryable(g *jen.Group, p *plan.Package, op *plan.Operation, w *plan.Waiter) {
	input, output := "_", "_"
	if w.UsesInput {
		input = "input"
	}
	for _, test := range w.OnOutput {
		if test.Code != nil {
			output = "output"
		}
	}
	g.Line()
	gocode.Doc(g, w.Docs.Retryable)
	g.Func().Id(w.Retryable).Params(
		jen.Id("_").Qual("context", "Context"), jen.Id(input).Op("*").Id(op.Input.Name),
		jen.Id(output).Op("*").Id(op.Output.Name), jen.Err().Error(),
	).Params(jen.Bool(), jen.Error()).BlockFunc(func(g *jen.Group) {
		g.If(jen.Err().Op("!=").Nil()).BlockFunc(func(g *jen.Group) {
			if !renderErrorTests(g, p, w.OnError) {
				g.Return(jen.False(), jen.Err())
			}
		})
		if w.UsesInput {
			g.If(jen.Id(input).Op("==").Nil()).Block(jen.Id(input).Op("=").Op("&").Id(op.Input.Name).Values())
		}
		if !renderOutputTests(g, p, w.OnOutput) {
			g.Return(jen.True(), jen.Nil())
		}
	})
}

// renderErrorTests writes the tests of an error, and reports whether one of them always
// holds.
func renderErrorTests(g *jen.Group, p *plan.Package, tests []plan.WaiterTest) (decided bool) {
	hasCode := false
	for _, test := range tests {
		outcome := waiterOutcome(p, test.Cases[0].Outcome)
		switch test.Kind {
		case plan.Always:
			g.Add(outcome)
			return true
		case plan.ErrorIs:
			g.If(
				jen.Id("of").Op(":=").Parens(jen.Op("*").Add(gocode.Name(test.Error.Type))).Parens(jen.Nil()),
				jen.Qual("errors", "As").Call(jen.Err(), jen.Op("&").Id("of")),
			).Block(outcome)
		default:
			if !hasCode {
				hasCode = true
				g.List(jen.Id("code"), jen.Id("other")).Op(":=").Qual(runtimePackage(p, "waiters"), "Code").Call(jen.Err())
				g.If(jen.Id("other").Op("!=").Nil()).Block(jen.Return(jen.False(), jen.Id("other")))
			}
			g.If(jen.Id("code").Op("==").Lit(test.Cases[0].Text)).Block(outcome)
		}
	}
	return false
}

// renderOutputTests writes the tests of an output, and reports whether one of them always
// holds.
func renderOutputTests(g *jen.Group, p *plan.Package, tests []plan.WaiterTest) (decided bool) {
	for _, test := range tests {
		if test.Kind == plan.Always {
			g.Add(waiterOutcome(p, test.Cases[0].Outcome))
			return true
		}
		renderJMESPath(g, test.Code.Stmts)
		if test.Kind == plan.TextIs && len(test.Cases) > 1 {
			renderTextCases(g, p, test)
			continue
		}
		for _, c := range test.Cases {
			g.If(waiterCondition(p, test, c)).Block(waiterOutcome(p, c.Outcome))
		}
	}
	return false
}

// renderTextCases writes a switch over a text.
func renderTextCases(g *jen.Group, p *plan.Package, test plan.WaiterTest) {
	cases := jen.Switch(waiterValue(test.Code)).BlockFunc(func(g *jen.Group) {
		for cases := test.Cases; len(cases) > 0; {
			n := 1
			for n < len(cases) && cases[n].Outcome == cases[0].Outcome {
				n++
			}
			texts := jen.ListFunc(func(g *jen.Group) {
				for _, c := range cases[:n] {
					g.Lit(c.Text)
				}
			})
			g.Case(texts).Block(waiterOutcome(p, cases[0].Outcome))
			cases = cases[n:]
		}
	})
	if condition := jmespath.And(test.Code.Present...); condition.Op != jmespath.Lit {
		cases = jen.If(jmespathExpr(condition)).Block(cases)
	}
	g.Add(cases)
}

// waiterValue is the value that a test compares.
func waiterValue(code *jmespath.Code) *jen.Statement {
	if code.Pointer {
		return jen.Op("*").Add(jmespathOperand(code.X))
	}
	return jmespathExpr(code.X)
}

// waiterCondition is the condition under which a case holds.
func waiterCondition(p *plan.Package, test plan.WaiterTest, c plan.WaiterCase) *jen.Statement {
	condition := jen.Empty()
	switch value := waiterValue(test.Code); test.Kind {
	case plan.TextIs:
		condition = value.Op("==").Lit(c.Text)
	case plan.FlagIs:
		condition = value
		if !c.Flag && test.Code.X.Op == jmespath.Binary {
			condition = jen.Op("!").Parens(value)
		} else if !c.Flag {
			condition = jen.Op("!").Add(value)
		}
	case plan.AllTexts:
		condition = jen.Qual(runtimePackage(p, "waiters"), "All").Call(value, jen.Lit(c.Text))
	case plan.AnyText:
		condition = jen.Qual("slices", "Contains").Call(value, jen.Lit(c.Text))
	}
	present := jmespath.And(test.Code.Guards...)
	if test.Kind == plan.TextIs || test.Kind == plan.FlagIs {
		present = jmespath.And(test.Code.Present...)
	}
	if present.Op == jmespath.Lit {
		return condition
	}
	if present.Op == jmespath.Binary && present.Name == "||" {
		return jen.Parens(jmespathExpr(present)).Op("&&").Add(condition)
	}
	return jmespathExpr(present).Op("&&").Add(condition)
}

// waiterOutcome returns what becomes of a wait.
func waiterOutcome(p *plan.Package, o plan.Outcome) *jen.Statement {
	switch o {
	case plan.Success:
		return jen.Return(jen.False(), jen.Nil())
	case plan.Failure:
		return jen.Return(jen.False(), jen.Qual(runtimePackage(p, "waiters"), "ErrFailure"))
	default:
		return jen.Return(jen.True(), jen.Nil())
	}
}
