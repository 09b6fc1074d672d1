package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/plan"
)

// renderEncode writes how an input becomes a request, in the order path, query,
// headers, body:
//
//	func encode<Op>Request(in *<Op>Input, r *rest.Request) { … }
func renderEncode(g *jen.Group, p *plan.Package, op *plan.Operation) {
	renderRequest(g, p, op, op.Encode, op.Request)
}

// renderRequest writes a function of that name for a request of the operation.
func renderRequest(g *jen.Group, p *plan.Package, op *plan.Operation, name string, req plan.Request) {
	param := inParam(op)
	if !req.UsesInput() {
		param = jen.Id("_").Op("*").Id(op.Input.Name)
	}
	g.Func().Id(name).Params(param, requestParam(p)).BlockFunc(func(g *jen.Group) {
		q := &requestRenderer{Group: g, rest: runtimePackage(p, "rest"), p: p}
		if on := op.OnOutposts; on != nil {
			q.named(on.Resource)
		}
		q.path(req)
		for _, literal := range req.QueryLiterals {
			g.Id("r").Dot("QueryLiteral").Call(jen.Lit(literal.Key), jen.Lit(literal.Value))
		}
		for _, b := range req.Query {
			q.query(b)
		}
		for _, b := range req.QueryParams {
			q.queryParams(b)
		}
		for _, literal := range req.HeaderLiterals {
			g.Id("r").Dot("Header").Dot("Set").Call(jen.Lit(literal.Name), jen.Lit(literal.Value))
		}
		for _, b := range req.Headers {
			q.header(b)
		}
		for _, b := range req.PrefixHeaders {
			g.Qual(q.rest, "SetPrefixHeaders").Call(jen.Id("r"), jen.Lit(b.Field.Member), jen.Lit(b.Name), in(b.Field))
		}
		q.body(req.Body)
	})
}

// requestRenderer writes the statements of one function.
type requestRenderer struct {
	*jen.Group
	rest string
	p    *plan.Package
}

// named goes on with an input that has a name where an ARN may be:
//
//	named := *in
//	named.Bucket = outposts.Name(in.Bucket)
//	in = &named
func (q *requestRenderer) named(f *plan.Field) {
	q.Id("named").Op(":=").Op("*").Id("in")
	q.Id("named").Dot(f.Name).Op("=").Qual(runtimePackage(q.p, "outposts"), "Name").Call(in(f))
	q.Id("in").Op("=").Op("&").Id("named")
}

// in is a field of the input.
func in(f *plan.Field) *jen.Statement { return jen.Id("in").Dot(f.Name) }

// r.Start("GET", "/a/").Label("x", …).Literal("/b")
func (q *requestRenderer) path(req plan.Request) {
	s := q.Id("r").Dot("Start").Call(jen.Lit(req.Method), jen.Lit(req.Path[0].Literal))
	if req.EndsWithSlash {
		s.Dot("EndWithSlash").Call()
	}
	for _, part := range req.Path[1:] {
		s.Op(".").Line().Add(q.part(part, "Literal", "Label"))
	}
	for _, part := range req.Host {
		s.Op(".").Line().Add(q.part(part, "HostPrefix", "HostLabel"))
	}
}

func (q *requestRenderer) part(part plan.PathPart, literal, label string) *jen.Statement {
	if part.Binding == nil {
		return jen.Id(literal).Call(jen.Lit(part.Literal))
	}
	switch {
	case part.AsIs:
		label = "PathLabel"
	case part.Greedy:
		label = "GreedyLabel"
	}
	return jen.Id(label).Call(jen.Lit(part.Binding.Field.Member), q.text(part.Binding))
}

// text formats a field that may be nil, which is the empty string then.
func (q *requestRenderer) text(b *plan.Binding) *jen.Statement {
	if b.Field.Pointer {
		return jen.Qual(q.rest, "Opt").Call(in(b.Field), q.formatter(b.Value))
	}
	return q.format(b.Value, in(b.Field))
}

// formatter returns the function that formats values of a kind.
func (q *requestRenderer) formatter(v *plan.Value) *jen.Statement {
	switch v.Kind {
	case plan.KindBigInt:
		return jen.Qual(v.Codec, "FormatInt").Call(jen.Id("r"))
	case plan.KindBigFloat:
		return jen.Qual(v.Codec, "FormatFloat").Call(jen.Id("r"))
	default:
		return jen.Qual(q.rest, formatterNames[v.Kind](v))
	}
}

func constant(name string) func(*plan.Value) string { return func(*plan.Value) string { return name } }

var formatterNames = map[plan.Kind]func(*plan.Value) string{
	plan.KindBool: constant("Bool"), plan.KindFloat32: constant("Float32"), plan.KindFloat64: constant("Float64"),
	plan.KindInt8: constant("Int"), plan.KindInt16: constant("Int"), plan.KindInt32: constant("Int"),
	plan.KindInt64: constant("Int"), plan.KindIntEnum: constant("Int"),
	plan.KindString: constant("Text"), plan.KindEnum: constant("Text"),
	plan.KindTimestamp: func(v *plan.Value) string { return v.Time },
}

// format formats a value that is there.
func (q *requestRenderer) format(v *plan.Value, value *jen.Statement) *jen.Statement {
	switch v.Kind {
	case plan.KindString:
		return value
	case plan.KindEnum:
		return jen.String().Call(value)
	default:
		return q.formatter(v).Call(value)
	}
}

func (q *requestRenderer) query(b plan.Binding) {
	switch b.Value.Kind {
	case plan.KindList:
		q.For(jen.List(jen.Id("_"), jen.Id("v")).Op(":=").Range().Add(in(b.Field))).Block(
			jen.Id("r").Dot("Query").Call(jen.Lit(b.Name), q.format(b.Value.Elem, jen.Id("v"))),
		)
	case plan.KindMap:
		q.queryParams(b)
	default:
		renderSend(q.Group, b.Field, in(b.Field), func(g *jen.Group) {
			g.Id("r").Dot("Query").Call(jen.Lit(b.Name), q.format(b.Value, present(b.Field, in(b.Field))))
		})
	}
}

func (q *requestRenderer) queryParams(b plan.Binding) {
	fn := "QueryMap"
	if b.Value.Elem.Kind == plan.KindList {
		fn = "QueryListMap"
	}
	q.Qual(q.rest, fn).Call(jen.Id("r"), in(b.Field))
}

func (q *requestRenderer) header(b plan.Binding) {
	v := b.Value
	switch {
	case v.Kind == plan.KindList:
		q.Qual(q.rest, "SetHeaderList").Call(jen.Id("r"), jen.Lit(b.Field.Member), jen.Lit(b.Name), in(b.Field),
			q.itemFormatter(v.Elem))
	case v.Kind == plan.KindString && v.MediaType != "":
		q.If(isSet(b.Field, in(b.Field))).Block(
			jen.Id("r").Dot("SetHeader").Call(jen.Lit(b.Field.Member), jen.Lit(b.Name),
				jen.Qual(q.rest, "Base64").Call(present(b.Field, in(b.Field)))),
		)
	default:
		renderSend(q.Group, b.Field, in(b.Field), func(g *jen.Group) {
			g.Id("r").Dot("SetHeader").Call(jen.Lit(b.Field.Member), jen.Lit(b.Name), q.format(v, present(b.Field, in(b.Field))))
		})
	}
}

// itemFormatter formats items of a list in a header; text is quoted where it has
// to be, and text of a media type is in base64.
func (q *requestRenderer) itemFormatter(v *plan.Value) *jen.Statement {
	switch {
	case v.Kind == plan.KindString && v.MediaType != "":
		return jen.Qual(q.rest, "Base64")
	case v.Kind == plan.KindString, v.Kind == plan.KindEnum:
		return jen.Qual(q.rest, "QuotedText")
	default:
		return q.formatter(v)
	}
}

func (q *requestRenderer) body(b plan.Body) {
	setBody := func(contentType string, value *jen.Statement) *jen.Statement {
		return jen.Id("r").Dot("SetBody").Call(jen.Lit(contentType), value)
	}
	switch b.Kind {
	case plan.NoBody:
	case plan.Members:
		q.newEncoder(b)
		q.Id(b.Func).Call(jen.Id("e"), jen.Id("in"))
		q.encoderDone(b)
	case plan.Payload:
		q.payload(b)
	case plan.BlobBody:
		q.If(in(b.Field).Op("!=").Nil()).Block(setBody(b.ContentType, in(b.Field)))
	case plan.TextBody:
		q.If(isSet(b.Field, in(b.Field))).
			Block(setBody(b.ContentType, jen.Index().Byte().Call(present(b.Field, in(b.Field)))))
	case plan.StreamBody:
		if b.Typed {
			q.Id("r").Dot("SetContentType").Call(jen.Lit(b.ContentType))
		}
		q.Id("r").Dot("SetStream").Call(jen.Lit(b.ContentType), in(b.Field))
		if f := b.Length; f != nil {
			renderSend(q.Group, f, in(f), func(g *jen.Group) { g.Id("r").Dot("SetLength").Call(present(f, in(f))) })
		}
		if b.RequiresLength {
			q.Id("r").Dot("RequireLength").Call()
		}
	}
}

// newEncoder makes an encoder and writes what a body begins with.
func (q *requestRenderer) newEncoder(b plan.Body) {
	q.Id("e").Op(":=").Qual(writer(q.p), q.p.Requests.Encoder).Call(jen.Id("r").Dot("Memory").Call())
	if b.Form != "" {
		q.Id("e").Dot("Literal").Call(jen.Lit(b.Form))
	}
	if b.Root != "" {
		q.Id("e").Dot("Name").Call(jen.Lit(b.Root))
	}
}

func (q *requestRenderer) encoderDone(b plan.Body) {
	q.Id("r").Dot("SetWritten").Call(jen.Lit(b.ContentType), jen.Id("e").Dot("Parts").Call().Op("..."))
	q.Id("r").Dot("Fail").Call(jen.Id("e").Dot("Err").Call())
}

// payload writes one member as the whole body; a structure that is absent is an
// empty object, where an object needs no name.
func (q *requestRenderer) payload(b plan.Body) {
	write := encodeValue(b.Field.Value, present(b.Field, in(b.Field)))
	if b.Field.Value.Kind == plan.KindStructure && !isNamed(q.p) {
		q.newEncoder(b)
		q.If(in(b.Field).Op("!=").Nil()).Block(write).Else().Block(
			jen.Id("e").Dot("BeginObject").Call(), jen.Id("e").Dot("EndObject").Call(),
		)
		q.encoderDone(b)
		return
	}
	q.If(in(b.Field).Op("!=").Nil()).BlockFunc(func(g *jen.Group) {
		inner := &requestRenderer{Group: g, rest: q.rest, p: q.p}
		inner.newEncoder(b)
		g.Add(write)
		inner.encoderDone(b)
	})
}
