package templates

import (
	"time"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderOperation writes api_op_<Operation>.go: the client's method, the input
// and the output, and below them how they travel.
func renderOperation(p *plan.Package, op *plan.Operation) *jen.File {
	f := clientFile(p)
	renderMethod(f.Group, p, op)
	renderPresign(f.Group, p, op)
	f.Line()
	renderStruct(f.Group, p, op.Input)
	f.Line()
	if op.Events != nil && op.Events.Promise != nil {
		renderPromise(f.Group, op)
		f.Line()
	}
	renderOutput(f.Group, p, op)
	renderEventStream(f.Group, p, op)
	renderAPIClient(f.Group, op)
	renderPaginator(f.Group, p, op)
	for _, w := range op.Waiters {
		renderWaiter(f.Group, p, op, w)
	}
	f.Line()
	renderVariable(f.Group, p, op)
	renderCopy(f.Group, op)
	renderFill(f.Group, p, op)
	renderInputValidator(f.Group, op)
	f.Line()
	renderEncode(f.Group, p, op)
	renderFinish(f.Group, p, op)
	renderOutputCheck(f.Group, p, op)
	f.Line()
	renderDecode(f.Group, p, op)
	renderEndpointBindings(f.Group, op)
	renderBodyCodecs(f.Group, p, op)
	return f
}

func runtimePackage(p *plan.Package, name string) string { return p.Runtime + "/" + name }

func responseParam(p *plan.Package) *jen.Statement {
	return jen.Id("r").Op("*").Qual(runtimePackage(p, "rest"), "Response")
}

// inParam is the parameter for an operation's input.
func inParam(op *plan.Operation) *jen.Statement { return jen.Id("in").Op("*").Id(op.Input.Name) }

// ctxParam is ctx context.Context.
func ctxParam() *jen.Statement { return jen.Id("ctx").Qual("context", "Context") }

func requestParam(p *plan.Package) *jen.Statement {
	return jen.Id("r").Op("*").Qual(runtimePackage(p, "rest"), "Request")
}

func settingsParam(p *plan.Package) *jen.Statement {
	return jen.Id("s").Op("*").Qual(runtimePackage(p, "transport"), "Settings")
}

// func (c *Client) <Op>(ctx context.Context, params *<Op>Input, optFns ...func(*Options)) (*<Op>Output, error)
func renderMethod(g *jen.Group, p *plan.Package, op *plan.Operation) {
	gocode.Doc(g, op.Doc)
	out := op.Output
	if op.Events != nil && op.Events.Promise != nil {
		out = op.Events.Promise
	}
	g.Func().Params(jen.Id("c").Op("*").Id("Client")).Id(op.Name).Params(
		ctxParam(),
		jen.Id("params").Op("*").Id(op.Input.Name),
		jen.Id("optFns").Op("...").Add(optionFunc()),
	).Params(jen.Op("*").Id(out.Name), jen.Error()).BlockFunc(func(g *jen.Group) {
		g.Add(emptyParams(op))
		if out != op.Output {
			renderStart(g, p, op)
			return
		}
		if op.Copy != nil {
			g.List(jen.Id("params"), jen.Err()).Op(":=").Id("c").Dot(op.Copy.Func).Call(jen.Id("ctx"), jen.Id("params"),
				jen.Id("optFns"))
			g.Add(returnError())
		}
		g.List(jen.Id("out"), jen.Id("metadata"), jen.Err()).Op(":=").
			Add(transportCall(p, op, jen.Op("&").Id(op.Output.Name).Values()))
		g.Add(returnError())
		g.Id("out").Dot("ResultMetadata").Op("=").Id("metadata")
		g.Return(jen.Id("out"), jen.Nil())
	})
}

// emptyParams is if params == nil { params = &<Op>Input{} }.
func emptyParams(op *plan.Operation) *jen.Statement {
	return jen.If(jen.Id("params").Op("==").Nil()).Block(jen.Id("params").Op("=").Op("&").Id(op.Input.Name).Values())
}

// returnError is if err != nil { return nil, err }.
func returnError() *jen.Statement {
	return jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err()))
}

// transport.Call(ctx, c.settingsFor(optFns), &op<Op>, params, <out>)
func transportCall(p *plan.Package, op *plan.Operation, out *jen.Statement) *jen.Statement {
	return jen.Qual(runtimePackage(p, "transport"), "Call").Call(
		jen.Id("ctx"), jen.Id("c").Dot("settingsFor").Call(jen.Id("optFns")), jen.Op("&").Id(op.Var), jen.Id("params"), out,
	)
}

func renderOutput(g *jen.Group, p *plan.Package, op *plan.Operation) {
	s := op.Output
	gocode.Doc(g, s.Doc)
	g.Type().Id(s.Name).StructFunc(func(g *jen.Group) {
		renderFields(g, s.Declared())
		if op.Events != nil {
			g.Id("eventStream").Op("*").Id(op.Events.Name)
			g.Line()
		}
		g.Comment("// ResultMetadata has the request id, the raw response and its times.")
		g.Id("ResultMetadata").Qual(gocode.SmithyMetadata, "Metadata")
		g.Line()
		g.Id(noSerde)
	})
	renderRedaction(g, p, s.Name, s.Redaction)
}

// renderVariable writes what describes the operation:
//
//	var op<Op> = transport.Operation[*<Op>Input, *<Op>Output]{ … }
func renderVariable(g *jen.Group, p *plan.Package, op *plan.Operation) {
	functions := []struct{ field, name string }{
		{"Fill", op.Fill}, {"Validate", op.Validate}, {"Encode", op.Encode}, {"Finish", op.Finish},
		{"Decode", op.Decode}, {"Check", op.Check},
	}
	if op.Events != nil {
		functions = append(functions, struct{ field, name string }{"Events", op.Events.Open})
	}
	types := jen.List(jen.Op("*").Id(op.Input.Name), jen.Op("*").Id(op.Output.Name))
	g.Var().Id(op.Var).Op("=").Qual(runtimePackage(p, "transport"), "Operation").Types(types).
		ValuesFunc(func(g *jen.Group) {
			g.Line().Id("Info").Op(":").Add(operationInfo(p, op))
			for _, f := range functions {
				if f.name != "" {
					g.Line().Id(f.field).Op(":").Id(f.name)
				}
			}
			g.Line()
		})
}

// transport.Info{ Name: "<Op>", … }
func operationInfo(p *plan.Package, op *plan.Operation) *jen.Statement {
	transport := runtimePackage(p, "transport")
	flags := []struct {
		name string
		on   bool
	}{
		{"UnsignedPayload", op.UnsignedPayload},
		{"UnsignedOverTLS", op.UnsignedOverTLS},
		{"Checksum", op.Checksum.Computed()},
		{"Trailing", op.Checksum != nil && op.Checksum.Trailing},
		{"Continues", op.Continues},
		{"ErrorBodies", op.ErrorBodies},
		{"StreamOutput", op.Response.Body.Kind == plan.StreamBody || op.Events != nil},
		{"EventOutput", op.Events != nil},
		{"EventInput", op.Events != nil && op.Events.Sent != nil},
		{"LongPolling", op.LongPolling},
	}
	return jen.Qual(transport, "Info").ValuesFunc(func(g *jen.Group) {
		field := func(name string, value *jen.Statement) { g.Line().Id(name).Op(":").Add(value) }
		field("Name", jen.Lit(op.Name))
		field("Auth", stringList(op.Auth))
		if len(op.Errors) > 0 {
			field("Errors", jen.Index().Op("*").Qual(transport, "Error").ValuesFunc(func(g *jen.Group) {
				for _, e := range op.Errors {
					g.Line().Op("&").Id(e.Var)
				}
				g.Line()
			}))
		}
		if op.Discovery != "" {
			field("Discovery", jen.Qual(transport, op.Discovery))
		}
		if op.ReadTimeout != 0 {
			field("ReadTimeout", seconds(int(op.ReadTimeout/time.Second)))
		}
		for _, flag := range flags {
			if flag.on {
				field(flag.name, jen.True())
			}
		}
		if secrets := sensitive(op); len(secrets) > 0 {
			field("Secrets", jen.Op("&").Qual(transport, "Sensitive").Values(secrets...))
		}
		g.Line()
	})
}

// sensitive is where an operation has sensitive members.
//
//	Input: true, Output: true
func sensitive(op *plan.Operation) (fields []jen.Code) {
	for _, place := range []struct {
		name string
		has  bool
	}{
		{"Input", op.SensitiveInput},
		{"URL", op.SensitiveURL},
		{"Output", op.SensitiveOutput},
		{"Endpoint", op.Endpoint != nil && op.Endpoint.Sensitive},
	} {
		if place.has {
			fields = append(fields, jen.Id(place.name).Op(":").True())
		}
	}
	return fields
}

// renderFill writes the function that fills what the caller left out, in a copy of the
// input:
//
//	func fill<Op>Input(in *<Op>Input, s *transport.Settings) (*<Op>Input, error) { … }
func renderFill(g *jen.Group, p *plan.Package, op *plan.Operation) {
	if op.Fill == "" {
		return
	}
	g.Line()
	g.Func().Id(op.Fill).Params(inParam(op), settingsParam(p)).Params(jen.Op("*").Id(op.Input.Name), jen.Error()).
		BlockFunc(func(g *jen.Group) {
			g.Id("filled").Op(":=").Op("*").Id("in")
			for _, f := range op.Segments {
				g.Id("filled").Dot(f.Name).Op("=").Qual(runtimePackage(p, "rest"), "LastSegment").Call(in(f))
			}
			renderAccount(g, p, op)
			if f := op.Account; f != nil {
				g.If(in(f).Op("==").Nil()).Block(
					jen.Id("account").Op(":=").Lit(plan.OwnAccount),
					jen.Id("filled").Dot(f.Name).Op("=").Op("&").Id("account"),
				)
			}
			if f := op.Token; f != nil {
				g.If(in(f).Op("==").Nil().Op("&&").Id("s").Dot("IdempotencyTokens").Op("!=").Nil()).Block(
					jen.List(jen.Id("token"), jen.Err()).Op(":=").Id("s").Dot("IdempotencyTokens").Dot("GetIdempotencyToken").Call(),
					returnError(),
					jen.Id("filled").Dot(f.Name).Op("=").Op("&").Id("token"),
				)
			}
			g.Return(jen.Op("&").Id("filled"), jen.Nil())
		})
}

// renderAccount fills in the account that the ARN of a resource has:
//
//	account, err := outposts.Account(in.Bucket, in.AccountId)
func renderAccount(g *jen.Group, p *plan.Package, op *plan.Operation) {
	on := op.OnOutposts
	if on == nil {
		return
	}
	result, named := jen.Id("_"), jen.Nil()
	if on.Account != nil {
		result, named = jen.Id("account"), in(on.Account)
	}
	g.List(result, jen.Err()).Op(":=").Qual(runtimePackage(p, "outposts"), "Account").Call(in(on.Resource), named)
	g.Add(returnError())
	if on.Account != nil {
		g.Id("filled").Dot(on.Account.Name).Op("=").Id("account")
	}
}

// func decode<Op>Response(r *rest.Response, out *<Op>Output) error { … }
func renderDecode(g *jen.Group, p *plan.Package, op *plan.Operation) {
	out := jen.Id("out")
	response := headOf(op)
	if !fills(response) {
		out = jen.Id("_")
	}
	g.Func().Id(op.Decode).Params(responseParam(p), out.Op("*").Id(op.Output.Name)).Error().BlockFunc(func(g *jen.Group) {
		renderResponseHeaders(g, p, response)
		renderVerify(g, p, op)
		renderResponseBody(g, p, response.Body)
	})
}

// headOf is what of a response is there when it arrives: events come later, and the
// initial response is one of them.
func headOf(op *plan.Operation) plan.Response {
	response := op.Response
	if op.Events != nil {
		response.Body.Kind = plan.NoBody
	}
	return response
}

// fills reports whether something of a response goes into the output.
func fills(r plan.Response) bool {
	return len(r.Headers) > 0 || len(r.PrefixHeaders) > 0 || r.StatusCode != nil || r.Body.Kind != plan.NoBody
}

// renderBodyCodecs writes the codec functions of the input's and the output's own
// members.
func renderBodyCodecs(g *jen.Group, p *plan.Package, op *plan.Operation) {
	if body := op.Request.Body; body.Kind == plan.Members {
		g.Line()
		g.Func().Id(body.Func).Params(encoderParam(p), jen.Id("v").Op("*").Id(op.Input.Name)).BlockFunc(func(g *jen.Group) {
			renderEncodeFields(g, p, body.Fields)
		})
	}
	if body := op.Response.Body; body.Kind == plan.Members {
		g.Line()
		g.Func().Id(body.Func).Params(decoderParam(p), jen.Id("out").Op("*").Id(op.Output.Name)).
			BlockFunc(func(g *jen.Group) {
				renderDecodeFields(g, p, body.Fields)
			})
	}
}
