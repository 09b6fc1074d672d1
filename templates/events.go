package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderEvents writes eventstream.go: the interfaces of event streams, and how events are
// encoded and decoded.
func renderEvents(p *plan.Package) *jen.File {
	f := clientFile(p)
	for _, e := range p.Events {
		renderWriter(f.Group, e)
		renderReader(f.Group, e)
	}
	for _, e := range p.Events {
		if e.Writer != "" {
			renderEncodeEvent(f.Group, p, e)
		}
		if e.Reader != "" {
			renderEventErrors(f.Group, p, e)
			renderDecodeEvent(f.Group, p, e)
		}
	}
	renderUnknownEvent(f.Group)
	return f
}

func eventsPackage(p *plan.Package) string { return runtimePackage(p, "events") }

// renderWriter writes the interface of writers:
//
//	type <Union>Writer interface { Send(context.Context, types.<Union>) error; … }
func renderWriter(g *jen.Group, e *plan.Events) {
	if e.Writer == "" {
		return
	}
	g.Line()
	g.Commentf("// %s sends events. Close may be called several times, by several goroutines.", e.Writer)
	g.Type().Id(e.Writer).Interface(
		jen.Id("Send").Params(jen.Qual("context", "Context"), gocode.Name(e.Union.Type)).Error(),
		jen.Id("Close").Params().Error(),
		jen.Id("Err").Params().Error(),
	)
}

// renderReader writes the interface of readers:
//
//	type <Union>Reader interface { Events() <-chan types.<Union>; … }
func renderReader(g *jen.Group, e *plan.Events) {
	if e.Reader == "" {
		return
	}
	g.Line()
	g.Commentf("// %s receives events. Close may be called several times, by several goroutines.", e.Reader)
	g.Type().Id(e.Reader).Interface(
		jen.Id("Events").Params().Op("<-").Chan().Add(gocode.Name(e.Union.Type)),
		jen.Id("Close").Params().Error(),
		jen.Id("Err").Params().Error(),
	)
}

// renderEncodeEvent writes an event into a message:
//
//	func encode<Union>Event(event types.<Union>, m *events.Outgoing) error { … }
func renderEncodeEvent(g *jen.Group, p *plan.Package, e *plan.Events) {
	g.Line()
	g.Func().Id(e.Encode).Params(
		jen.Id("event").Add(gocode.Name(e.Union.Type)), jen.Id("m").Op("*").Qual(eventsPackage(p), "Outgoing"),
	).Error().Block(
		jen.Switch(jen.Id("event").Op(":=").Id("event").Assert(jen.Type())).BlockFunc(func(g *jen.Group) {
			for _, kind := range e.Kinds {
				g.Case(jen.Op("*").Add(gocode.Name(kind.Variant.Type))).BlockFunc(func(g *jen.Group) {
					g.Id("m").Dot("Begin").Call(jen.Lit(kind.Variant.Member))
					renderEncodeKind(g, p, kind)
				})
			}
			g.Default().Block(jen.Return(jen.Qual(eventsPackage(p), "UnknownEvent").Call(jen.Id("event"))))
		}),
	)
}

// renderEncodeKind writes the headers and the payload of an event, and returns.
func renderEncodeKind(g *jen.Group, p *plan.Package, e *plan.Event) {
	value := func() *jen.Statement { return jen.Id("event").Dot("Value") }
	for _, f := range e.Headers {
		renderSend(g, f, value().Dot(f.Name), func(g *jen.Group) {
			method := eventHeaders[f.Value.Kind]
			v := present(f, value().Dot(f.Name))
			if method.convert != "" {
				v = jen.Id(method.convert).Call(v)
			}
			g.Id("m").Dot(method.set).Call(jen.Lit(f.Member), v)
		})
	}
	setPayload := func(g *jen.Group, content *jen.Statement) {
		g.Id("m").Dot("SetPayload").Call(jen.Lit(e.ContentType), content)
	}
	encode := func(g *jen.Group, write func(*jen.Group)) {
		g.Id("e").Op(":=").Qual(codec(p), "NewEncoder").Call(jen.Nil())
		if e.Body.Root != "" {
			g.Id("e").Dot("Name").Call(jen.Lit(e.Body.Root))
		}
		write(g)
		setPayload(g, jen.Id("e").Dot("Parts").Call().Op("..."))
		g.Return(jen.Id("e").Dot("Err").Call())
	}
	switch f := e.Body.Field; {
	case e.Whole:
		encode(g, func(g *jen.Group) { g.Id(e.Variant.Value.Encode).Call(jen.Id("e"), jen.Op("&").Add(value())) })
	case f == nil && len(e.Body.Fields) == 0: // headers are all that there is
		g.Return(jen.Nil())
	case f == nil:
		g.Id("v").Op(":=").Op("&").Add(value())
		encode(g, func(g *jen.Group) { renderEncodeFields(g, p, e.Body.Fields) })
	case e.Body.Kind == plan.Payload:
		field := value().Dot(f.Name)
		g.If(field.Clone().Op("!=").Nil()).BlockFunc(func(g *jen.Group) {
			encode(g, func(g *jen.Group) { g.Add(encodeValue(f.Value, present(f, field))) })
		})
		g.Return(jen.Nil())
	case e.Body.Kind == plan.BlobBody:
		g.If(value().Dot(f.Name).Op("!=").Nil()).BlockFunc(func(g *jen.Group) { setPayload(g, value().Dot(f.Name)) })
		g.Return(jen.Nil())
	default:
		g.If(isSet(f, value().Dot(f.Name))).BlockFunc(func(g *jen.Group) {
			setPayload(g, jen.Index().Byte().Call(present(f, value().Dot(f.Name))))
		})
		g.Return(jen.Nil())
	}
}

// eventHeader says how a kind of values travels in the header of an event: the method that
// sets it, after what conversion, and the function that reads it.
type eventHeader struct{ set, convert, parse string }

var eventHeaders = map[plan.Kind]eventHeader{
	plan.KindBool: {"SetBool", "", "ParseBool"}, plan.KindInt8: {"SetInt8", "", "ParseInt8"},
	plan.KindInt16: {"SetInt16", "", "ParseInt16"},
	plan.KindInt32: {"SetInt32", "", "ParseInt32"}, plan.KindInt64: {"SetInt64", "", "ParseInt64"},
	plan.KindString: {"SetText", "", "ParseText"}, plan.KindEnum: {"SetText", "string", "ParseText"},
	plan.KindIntEnum: {"SetInt32", "", "ParseInt32"},
	plan.KindBlob:    {"SetBlob", "", "ParseBlob"}, plan.KindTimestamp: {"SetTime", "", "ParseTime"},
}

// renderEventErrors writes the variable with the errors that a stream may end with:
//
//	var errors<Union> = events.Errors{ … }
func renderEventErrors(g *jen.Group, p *plan.Package, e *plan.Events) {
	g.Line()
	g.Var().Id(e.Errors).Op("=").Qual(eventsPackage(p), "Errors").ValuesFunc(func(g *jen.Group) {
		if len(e.Exceptions) > 0 {
			g.Line().Id("Known").Op(":").Index().Qual(eventsPackage(p), "Error").ValuesFunc(func(g *jen.Group) {
				for _, x := range e.Exceptions {
					g.Line().Values(jen.Id("Name").Op(":").Lit(x.Name), jen.Id("Error").Op(":").Op("&").Id(x.Error.Var))
				}
				g.Line()
			})
		}
		g.Line().Id("Info").Op(":").Qual(codec(p), p.Errors.Info)
		g.Line().Id("Unknown").Op(":").Id("newUnknownEventMessageError")
		if e.Sensitive {
			g.Line().Id("Sensitive").Op(":").True()
		}
		g.Line()
	})
}

// renderDecodeEvent reads an event from a message:
//
//	func decode<Union>Event(m *events.Message) (types.<Union>, error) { … }
func renderDecodeEvent(g *jen.Group, p *plan.Package, e *plan.Events) {
	g.Line()
	g.Func().Id(e.Decode).Params(jen.Id("m").Op("*").Qual(eventsPackage(p), "Message")).
		Params(gocode.Name(e.Union.Type), jen.Error()).Block(
		jen.Switch(jen.Id("m").Dot("Kind").CallFunc(func(g *jen.Group) {
			for _, kind := range e.Kinds {
				g.Lit(kind.Variant.Member)
			}
		})).BlockFunc(func(g *jen.Group) {
			for _, kind := range e.Kinds {
				g.Case(jen.Lit(kind.Variant.Member)).BlockFunc(func(g *jen.Group) {
					g.Id("v").Op(":=").Op("&").Add(gocode.Name(kind.Variant.Type)).Values()
					renderDecodeKind(g, p, kind)
				})
			}
			g.Default().Block(jen.Return(
				jen.Op("&").Qual(e.Union.Type.Import, "UnknownUnionMember").Values(
					jen.Id("Tag").Op(":").Id("m").Dot("Kind").Call(), jen.Id("Value").Op(":").Id("m").Dot("Raw").Call(),
				), jen.Nil(),
			))
		}),
	)
}

// renderDecodeKind reads the headers and the payload of an event, and returns it.
func renderDecodeKind(g *jen.Group, p *plan.Package, e *plan.Event) {
	value := func() *jen.Statement { return jen.Id("v").Dot("Value") }
	for _, f := range e.Headers {
		g.Add(value().Dot(f.Name)).Op("=").Add(eventHeaderValue(p, f))
	}
	decode := func(read func(*jen.Group)) {
		g.Id("d").Op(":=").Qual(codec(p), "NewDecoder").Call(jen.Id("m").Dot("Payload"))
		g.If(hasBody(p, plan.Body{})).BlockFunc(read)
		g.Return(jen.Id("v"), jen.Id("d").Dot("Err").Call())
	}
	switch f := e.Body.Field; {
	case e.Whole:
		decode(func(g *jen.Group) { g.Id(e.Variant.Value.Decode).Call(jen.Id("d"), jen.Op("&").Add(value())) })
	case f == nil && len(e.Body.Fields) == 0:
		g.Return(jen.Id("v"), jen.Nil())
	case f == nil:
		g.Id("out").Op(":=").Op("&").Add(value())
		decode(func(g *jen.Group) { renderDecodeFields(g, p, e.Body.Fields) })
	case e.Body.Kind == plan.Payload:
		decode(func(g *jen.Group) { renderDecodeField(g, p, f, value().Dot(f.Name)) })
	default:
		g.Add(value().Dot(f.Name)).Op("=").Add(payloadText(f))
		g.Return(jen.Id("v"), jen.Nil())
	}
}

// payloadText is the payload as bytes or text.
func payloadText(f *plan.Field) *jen.Statement {
	switch f.Value.Kind {
	case plan.KindBlob:
		return jen.Id("m").Dot("Blob").Call()
	case plan.KindEnum:
		return gocode.Name(f.Value.Type).Call(jen.Id("m").Dot("Payload"))
	default:
		return jen.Id("m").Dot("Text").Call()
	}
}

// eventHeaderValue reads a header into the type of its field.
func eventHeaderValue(p *plan.Package, f *plan.Field) *jen.Statement {
	read := "HeaderValue"
	if f.Pointer {
		read = "Header"
	}
	parse := jen.Qual(eventsPackage(p), eventHeaders[f.Value.Kind].parse)
	switch f.Value.Kind {
	case plan.KindString:
		parse.Types(jen.String())
	case plan.KindEnum:
		parse.Types(gocode.Name(f.Value.Type))
	}
	return jen.Qual(eventsPackage(p), read).Call(jen.Id("m"), jen.Lit(f.Member), parse)
}

// renderUnknownEvent writes the error of a message that is neither an event nor an error.
func renderUnknownEvent(g *jen.Group) {
	message := jen.Op("*").Qual(gocode.EventStream, "Message")
	g.Line()
	g.Comment("// UnknownEventMessageError is the error of a message that is of no type which this client knows.")
	g.Type().Id("UnknownEventMessageError").Struct(
		jen.Comment("// Type is the message's type."),
		jen.Id("Type").String(),
		jen.Comment("// Message is the message itself."),
		jen.Id("Message").Add(message.Clone()),
	)
	g.Line()
	g.Comment("// Error names the type.")
	g.Func().Params(jen.Id("e").Op("*").Id("UnknownEventMessageError")).Id("Error").Params().String().Block(
		jen.Return(jen.Lit("unknown event stream message type, ").Op("+").Id("e").Dot("Type")),
	)
	g.Line()
	g.Func().Id("newUnknownEventMessageError").Params(jen.Id("kind").String(), jen.Id("m").Add(message)).Error().Block(
		jen.Return(jen.Op("&").Id("UnknownEventMessageError").Values(jen.Id("Type").Op(":").Id("kind"),
			jen.Id("Message").Op(":").Id("m"))),
	)
}
