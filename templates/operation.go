package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/jenx"
	"example.com/lathe/internal/plan"
)

// renderOperation writes api_op_<Operation>.go: the client's method, the input
// and the output, and below them how they travel.
func renderOperation(p *plan.Package, op *plan.Operation) *jen.File {
	f := clientFile(p)
	renderMethod(f.Group, op)
	f.Line()
	renderStruct(f.Group, op.Input)
	f.Line()
	renderOutput(f.Group, op.Output)
	f.Line()
	renderInfo(f.Group, p, op)
	f.Line()
	renderCall(f.Group, op)
	f.Line()
	renderValidate(f.Group, op)
	f.Line()
	renderSerialize(f.Group, p, op)
	f.Line()
	renderDeserialize(f.Group, p, op)
	f.Line()
	renderDeserializeError(f.Group, p, op)
	renderEndpointBindings(f.Group, op)
	renderToken(f.Group, p, op)
	renderFinish(f.Group, p, op)
	renderBodyCodecs(f.Group, p, op)
	return f
}

func runtimePackage(p *plan.Package, name string) string { return p.Runtime + "/" + name }

func responseParam(p *plan.Package) *jen.Statement {
	return jen.Id("r").Op("*").Qual(runtimePackage(p, "rest"), "Response")
}

// method begins a method of an operation's call.
func method(g *jen.Group, op *plan.Operation, name string) *jen.Statement {
	return g.Func().Params(jen.Id("c").Op("*").Id(op.Call)).Id(name)
}

// func (c *Client) <Op>(ctx context.Context, params *<Op>Input, optFns ...func(*Options)) (*<Op>Output, error)
func renderMethod(g *jen.Group, op *plan.Operation) {
	jenx.Doc(g, op.Doc)
	g.Func().Params(jen.Id("c").Op("*").Id("Client")).Id(op.Name).Params(
		jen.Id("ctx").Qual("context", "Context"),
		jen.Id("params").Op("*").Id(op.Input.Name),
		jen.Id("optFns").Op("...").Func().Params(jen.Op("*").Id("Options")),
	).Params(jen.Op("*").Id(op.Output.Name), jen.Error()).Block(
		jen.If(jen.Id("params").Op("==").Nil()).Block(jen.Id("params").Op("=").Op("&").Id(op.Input.Name).Values()),
		jen.Id("call").Op(":=").Op("&").Id(op.Call).Values(jen.Id("in").Op(":").Id("params")),
		jen.List(jen.Id("metadata"), jen.Err()).Op(":=").Id("c").Dot("invoke").Call(
			jen.Id("ctx"), jen.Op("&").Id(op.Info), jen.Id("call"), jen.Id("optFns"),
		),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err())),
		jen.Id("call").Dot("in").Op("=").Nil(),
		jen.Id("call").Dot("out").Dot("ResultMetadata").Op("=").Id("metadata"),
		jen.Return(jen.Op("&").Id("call").Dot("out"), jen.Nil()),
	)
}

func renderOutput(g *jen.Group, s *plan.Struct) {
	jenx.Doc(g, s.Doc)
	g.Type().Id(s.Name).StructFunc(func(g *jen.Group) {
		renderFields(g, s.Fields)
		g.Comment("// ResultMetadata tells of the response: its request id, raw status and headers.")
		g.Id("ResultMetadata").Qual(jenx.SmithyMetadata, "Metadata")
		g.Line()
		g.Id(noSerde)
	})
}

func renderInfo(g *jen.Group, p *plan.Package, op *plan.Operation) {
	g.Var().Id(op.Info).Op("=").Qual(runtimePackage(p, "transport"), "Info").ValuesFunc(func(g *jen.Group) {
		field := func(name string, value *jen.Statement) { g.Line().Id(name).Op(":").Add(value) }
		field("ServiceID", jen.Id("ServiceID"))
		field("Name", jen.Lit(op.Name))
		field("SigningName", jen.Lit(p.Service.SigningName))
		field("Auth", jen.Index().String().ValuesFunc(func(g *jen.Group) {
			for _, scheme := range op.Auth {
				g.Lit(scheme)
			}
		}))
		field("ErrorInfo", jen.Qual(codec(p), "ErrorInfo"))
		for _, flag := range []struct {
			name string
			on   bool
		}{
			{"UnsignedPayload", op.UnsignedPayload},
			{"StreamOutput", op.Response.Body.Kind == plan.StreamBody},
			{"SensitiveInput", op.SensitiveInput},
			{"SensitiveOutput", op.SensitiveOutput},
		} {
			if flag.on {
				field(flag.name, jen.True())
			}
		}
		g.Line()
	})
}

func renderCall(g *jen.Group, op *plan.Operation) {
	g.Add(jenx.Comment([]string{op.Call + " is one call of " + op.Name + ". The output is part of it; it lets go of the input."}))
	g.Type().Id(op.Call).Struct(
		jen.Id("in").Op("*").Id(op.Input.Name),
		jen.Id("out").Id(op.Output.Name),
	)
}

func renderValidate(g *jen.Group, op *plan.Operation) {
	if op.Validate == "" {
		g.Comment("// Validate finds nothing to check: no member is required.")
		g.Func().Params(jen.Op("*").Id(op.Call)).Id("Validate").Params().Error().Block(jen.Return(jen.Nil()))
		return
	}
	g.Comment("// Validate checks that the required members are there.")
	method(g, op, "Validate").Params().Error().Block(
		renderAccount(op),
		jen.If(jen.Id("invalid").Op(":=").Id(op.Validate).Call(jen.Id("c").Dot("in")), jen.Id("invalid").Dot("Len").Call().Op(">").Lit(0)).Block(
			jen.Return(jen.Id("invalid")),
		),
		jen.Return(jen.Nil()),
	)
}

// renderAccount fills the account in that a call means when it names none; a copy
// of the input gets it, not the caller's own.
func renderAccount(op *plan.Operation) *jen.Statement {
	if op.Account == nil {
		return jen.Null()
	}
	return jen.If(in(op.Account).Op("==").Nil()).Block(
		jen.List(jen.Id("in"), jen.Id("own")).Op(":=").List(jen.Op("*").Id("c").Dot("in"), jen.Lit(plan.OwnAccount)),
		jen.Id("in").Dot(op.Account.Name).Op("=").Op("&").Id("own"),
		jen.Id("c").Dot("in").Op("=").Op("&").Id("in"),
	)
}

func renderDeserialize(g *jen.Group, p *plan.Package, op *plan.Operation) {
	g.Comment("// Deserialize reads the output.")
	method(g, op, "Deserialize").Params(responseParam(p)).Error().BlockFunc(func(g *jen.Group) {
		if fills(op.Response) {
			g.Id("out").Op(":=").Op("&").Id("c").Dot("out")
		}
		renderResponseHeaders(g, p, op.Response)
		renderVerify(g, p, op)
		renderResponseBody(g, p, op.Response.Body)
	})
}

// fills says whether something of a response goes into the output.
func fills(r plan.Response) bool {
	return len(r.Headers) > 0 || len(r.PrefixHeaders) > 0 || r.StatusCode != nil || r.Body.Kind != plan.NoBody
}

func renderDeserializeError(g *jen.Group, p *plan.Package, op *plan.Operation) {
	g.Comment("// DeserializeError reads the error that the code names.")
	if len(op.Errors) == 0 {
		g.Func().Params(jen.Op("*").Id(op.Call)).Id("DeserializeError").Params(jen.String(), jen.Op("*").Qual(runtimePackage(p, "rest"), "Response")).Error().Block(jen.Return(jen.Nil()))
		return
	}
	g.Func().Params(jen.Op("*").Id(op.Call)).Id("DeserializeError").Params(jen.Id("code").String(), responseParam(p)).Error().Block(
		jen.Switch().BlockFunc(func(g *jen.Group) {
			for _, e := range op.Errors {
				g.Case(jen.Qual("strings", "EqualFold").Call(jen.Id("code"), jen.Lit(e.Code))).Block(
					jen.Return(jen.Id(e.Func).Call(jen.Id("r"))),
				)
			}
			g.Default().Block(jen.Return(jen.Nil()))
		}),
	)
}

// renderToken writes the method that fills an idempotency token; a copy of the
// input gets it, not the caller's own.
func renderToken(g *jen.Group, p *plan.Package, op *plan.Operation) {
	if op.Token == nil {
		return
	}
	g.Line()
	g.Comment("// FillToken sets the idempotency token in a copy of the input if it has none.")
	method(g, op, "FillToken").Params(jen.Id("tokens").Qual(runtimePackage(p, "transport"), "IdempotencyTokens")).Error().Block(
		jen.If(jen.Id("c").Dot("in").Dot(op.Token.Name).Op("!=").Nil()).Block(jen.Return(jen.Nil())),
		jen.List(jen.Id("token"), jen.Err()).Op(":=").Id("tokens").Dot("GetIdempotencyToken").Call(),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Err())),
		jen.Id("in").Op(":=").Op("*").Id("c").Dot("in"),
		jen.Id("in").Dot(op.Token.Name).Op("=").Op("&").Id("token"),
		jen.Id("c").Dot("in").Op("=").Op("&").Id("in"),
		jen.Return(jen.Nil()),
	)
}

// renderBodyCodecs writes the codec functions of the input's and the output's own
// members.
func renderBodyCodecs(g *jen.Group, p *plan.Package, op *plan.Operation) {
	if body := op.Request.Body; body.Kind == plan.Members {
		g.Line()
		g.Func().Id(body.Func).Params(encoderParam(p), jen.Id("v").Op("*").Id(op.Input.Name)).BlockFunc(func(g *jen.Group) {
			renderEncodeFields(g, body.Fields)
		})
	}
	if body := op.Response.Body; body.Kind == plan.Members {
		g.Line()
		g.Func().Id(body.Func).Params(decoderParam(p), jen.Id("out").Op("*").Id(op.Output.Name)).BlockFunc(func(g *jen.Group) {
			renderDecodeFields(g, p, body.Fields)
		})
	}
}
