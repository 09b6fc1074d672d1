package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderEventStream writes what an operation's own file has of its event streams: their
// type, and how they are opened.
func renderEventStream(g *jen.Group, p *plan.Package, op *plan.Operation) {
	es := op.Events
	if es == nil {
		return
	}
	renderGetStream(g, op)
	renderEventStreamType(g, p, es)
	renderNewEventStream(g, p, es)
	renderEventStreamMethods(g, es)
	renderOpenEvents(g, p, op)
}

// func (o *<Op>Output) GetStream() *<Op>EventStream
func renderGetStream(g *jen.Group, op *plan.Operation) {
	es, out := op.Events, op.Output
	if es.Promise != nil {
		out = es.Promise
	}
	g.Line()
	g.Comment("// GetStream returns the event stream, which must be closed.")
	g.Func().Params(jen.Id("o").Op("*").Id(out.Name)).Id("GetStream").Params().Op("*").Id(es.Name).Block(
		jen.Return(jen.Id("o").Dot("eventStream")),
	)
	if es.Promise != nil {
		g.Line()
		g.Comment("// GetInitialReply returns a channel that gets the service's first answer. It may be without")
		g.Comment("// members, because the call failed; the stream has the error then.")
		g.Func().Params(jen.Id("o").Op("*").Id(out.Name)).Id("GetInitialReply").Params().Op("<-").Chan().
			Id(op.Output.Name).Block(
			jen.Return(jen.Id("o").Dot("initialReply")),
		)
	}
}

// type <Op>EventStream struct { Writer <Union>Writer; Reader <Union>Reader }
func renderEventStreamType(g *jen.Group, p *plan.Package, es *plan.EventStream) {
	g.Line()
	gocode.Doc(g, es.Doc)
	g.Type().Id(es.Name).StructFunc(func(g *jen.Group) {
		if es.Sent != nil {
			g.Comment("// Writer sends the events.")
			g.Id("Writer").Id(es.Sent.Writer)
			g.Line()
		}
		g.Comment("// Reader receives the events.")
		g.Id("Reader").Id(es.Received.Reader)
		g.Line()
		g.Id("stream").Op("*").Qual(eventsPackage(p), "Stream")
	})
}

// func New<Op>EventStream(optFns ...func(*<Op>EventStream)) *<Op>EventStream
func renderNewEventStream(g *jen.Group, p *plan.Package, es *plan.EventStream) {
	g.Line()
	g.Commentf("// %s returns an event stream for tests, whose parts the functions set.", es.New)
	g.Func().Id(es.New).Params(jen.Id("optFns").Op("...").Func().Params(jen.Op("*").Id(es.Name))).Op("*").
		Id(es.Name).Block(
		jen.Id("es").Op(":=").Op("&").Id(es.Name).Values(jen.Id("stream").Op(":").Qual(eventsPackage(p), "NewStream").Call()),
		jen.For(jen.List(jen.Id("_"), jen.Id("fn")).Op(":=").Range().Id("optFns")).Block(jen.Id("fn").Call(jen.Id("es"))),
		jen.Return(jen.Id("es")),
	)
}

func renderEventStreamMethods(g *jen.Group, es *plan.EventStream) {
	self := func() *jen.Statement { return g.Func().Params(jen.Id("es").Op("*").Id(es.Name)) }
	if es.Sent != nil {
		g.Line()
		g.Comment("// Send sends an event and waits until it is written.")
		self().Id("Send").Params(ctxParam(),
			jen.Id("event").Add(gocode.Name(es.Sent.Union.Type))).Error().Block(
			jen.Return(jen.Id("es").Dot("Writer").Dot("Send").Call(jen.Id("ctx"), jen.Id("event"))),
		)
	}
	g.Line()
	g.Comment("// Events returns the channel of the events, which is closed when there are no more.")
	self().Id("Events").Params().Op("<-").Chan().Add(gocode.Name(es.Received.Union.Type)).Block(
		jen.Return(jen.Id("es").Dot("Reader").Dot("Events").Call()),
	)
	parts := []jen.Code{jen.Nil(), jen.Id("es").Dot("Reader")}
	if es.Sent != nil {
		parts[0] = jen.Id("es").Dot("Writer")
	}
	g.Line()
	g.Comment("// Close ends the stream, and returns its error. It may be called at any time.")
	self().Id("Close").Params().Error().Block(jen.Return(jen.Id("es").Dot("stream").Dot("Close").Call(parts...)))
	g.Line()
	g.Comment("// Err returns the error that ended the stream; nil if there was none.")
	self().Id("Err").Params().Error().Block(jen.Return(jen.Id("es").Dot("stream").Dot("Err").Call(parts...)))
}

// renderOpenEvents writes the function that opens the streams of a call:
//
//	func open<Op>(out *<Op>Output, s *transport.Settings) transport.EventStreams { … }
func renderOpenEvents(g *jen.Group, p *plan.Package, op *plan.Operation) {
	es, events := op.Events, eventsPackage(p)
	transport := runtimePackage(p, "transport")
	stream := func() *jen.Statement { return jen.Id("out").Dot("eventStream") }
	g.Line()
	g.Func().Id(es.Open).Params(jen.Id("out").Op("*").Id(op.Output.Name),
		settingsParam(p)).Qual(transport, "EventStreams").BlockFunc(func(g *jen.Group) {
		writer := jen.Nil()
		if es.Sent != nil {
			writer = jen.Id("writer")
			g.Add(writer).Op(":=").Qual(events, "NewWriter").Call(jen.Id(es.Sent.Encode), jen.Lit(es.Sent.Sensitive))
		}
		g.Id("reader").Op(":=").Qual(events, "NewReader").Call(jen.Id(es.Received.Decode), jen.Op("&").Id(es.Received.Errors))
		if es.Initial {
			renderInitial(g, p, op)
		}
		g.Add(stream()).Op("=").Id(es.New).
			Call(jen.Func().Params(jen.Id("es").Op("*").Id(es.Name)).BlockFunc(func(g *jen.Group) {
				if es.Sent != nil {
					g.Id("es").Dot("Writer").Op("=").Id("writer")
				}
				g.Id("es").Dot("Reader").Op("=").Id("reader")
			}))
		g.Return(jen.Qual(events, "Join").Call(
			jen.Id("s"), stream().Dot("stream"), stream().Dot("Close"), writer, jen.Id("reader"),
		))
	})
}

// renderInitial has the initial response read:
//
//	reader.Initial(func(m *events.Message) error { … })
func renderInitial(g *jen.Group, p *plan.Package, op *plan.Operation) {
	body := op.Response.Body
	message := jen.Id("m")
	if body.Kind != plan.Members {
		message = jen.Id("_")
	}
	g.Id("reader").Dot("Initial").
		Call(jen.Func().Params(message.Op("*").Qual(eventsPackage(p), "Message")).Error().BlockFunc(func(g *jen.Group) {
			if body.Kind != plan.Members {
				g.Return(jen.Nil())
				return
			}
			g.Id("d").Op(":=").Qual(codec(p), "NewDecoder").Call(jen.Id("m").Dot("Payload"))
			g.If(hasBody(p, body)).Block(jen.Id(body.Func).Call(jen.Id("d"), jen.Id("out")))
			g.Return(jen.Id("d").Dot("Err").Call())
		}))
}

// renderPromise writes the output of a call that does not wait for the response.
func renderPromise(g *jen.Group, op *plan.Operation) {
	promise := op.Events.Promise
	gocode.Doc(g, promise.Doc)
	g.Type().Id(promise.Name).Struct(
		jen.Id("eventStream").Op("*").Id(op.Events.Name),
		jen.Line(),
		jen.Id("initialReply").Chan().Id(op.Output.Name),
		jen.Line(),
		jen.Comment("// ResultMetadata is empty: the initial reply has it."),
		jen.Id("ResultMetadata").Qual(gocode.SmithyMetadata, "Metadata"),
		jen.Line(),
		jen.Id(noSerde),
	)
}

// renderStart writes the body of a method that returns when the request is sent:
//
//	err := events.Start(ctx, func(ctx context.Context) error { … })
func renderStart(g *jen.Group, p *plan.Package, op *plan.Operation) {
	promise := op.Events.Promise
	g.Id("reply").Op(":=").Op("&").Id(op.Output.Name).Values()
	g.Id("out").Op(":=").Op("&").Id(promise.Name).
		Values(jen.Id("initialReply").Op(":").Make(jen.Chan().Id(op.Output.Name), jen.Lit(1)))
	g.Err().Op(":=").Qual(eventsPackage(p), "Start").Call(jen.Id("ctx"), jen.Func().Params(ctxParam()).Error().Block(
		jen.List(jen.Id("_"), jen.Id("metadata"), jen.Err()).Op(":=").Add(transportCall(p, op, jen.Id("reply"))),
		jen.Id("reply").Dot("ResultMetadata").Op("=").Id("metadata"),
		jen.Id("out").Dot("initialReply").Op("<-").Op("*").Id("reply"),
		jen.Return(jen.Err()),
	))
	g.Add(returnError())
	g.Id("out").Dot("eventStream").Op("=").Id("reply").Dot("eventStream")
	g.Return(jen.Id("out"), jen.Nil())
}
