package plan

import (
	"slices"

	"example.com/lathe/spec"
)

// EventStream is the plan of an operation's event streams.
type EventStream struct {
	// Name is that of the type that a caller holds, New of its constructor and Open of the
	// function that opens the streams of a call.
	Name, New, Open string
	// Doc is the type's comment, lines without slashes.
	Doc []string
	// Sent and Received are the events that go each way; nil for none.
	Sent, Received *Events
	// Promise is what the method returns where it does not wait for the response, whose
	// members are then in the operation's Output; nil where it waits.
	Promise *Struct
	// Initial: the output's own members are in the first message of the stream.
	Initial bool
}

// Events is the plan of a union of events.
type Events struct {
	Spec  *spec.Shape
	Union *Union
	// Reader is the interface of streams that receive such events, Writer that of those
	// which send them; empty where no operation does.
	Reader, Writer string
	// Decode and Encode name the functions of an event, Errors the variable with the errors
	// of streams that receive them.
	Decode, Encode, Errors string
	Kinds                  []*Event
	// Exceptions are the errors that a stream of them may end with.
	Exceptions []Exception
	Sensitive  bool
}

// Event is one kind of events.
type Event struct {
	Variant *Variant
	// Headers are the fields that travel in headers.
	Headers []*Field
	// Whole reports whether the payload is the event's structure, by its own functions;
	// otherwise Body says what it is.
	Whole       bool
	Body        Body
	ContentType string
}

// Exception is an error in a stream of events.
type Exception struct {
	// Name is what the stream calls it.
	Name  string
	Error *ErrorDecoder
}

// isEventStream reports whether a member stands for the events of an operation, and so is
// no field.
func isEventStream(m *spec.Member) bool { return m.Target.IsEventStream() }

// isAwaited reports whether the call of an operation returns with the response. Others return
// when the request is sent.
func isAwaited(api *spec.API, op *spec.Operation) bool {
	return op.Output.Events() == nil || slices.Contains(customizations[api.ID].awaited, op.Name)
}

// nameEvents makes the names of an operation's event streams. They are exported, and so
// made with those of its input and output.
func (b *builder) nameEvents(op *spec.Operation, p *Operation, stem string) {
	if op.Input.Events() == nil && op.Output.Events() == nil {
		return
	}
	es := &EventStream{Name: b.root.Free(stem + "EventStream"), Open: b.private.Free("open" + stem)}
	es.New = b.root.Free("New" + es.Name)
	if !isAwaited(b.api, op) {
		es.Promise = p.Output
		p.Output = &Struct{Name: b.root.Free(stem + "InitialReply")}
	}
	p.Events = es
}

// eventStream completes the plan of an operation's event streams, whose input and output
// are planned.
func (b *builder) eventStream(op *spec.Operation, p *Operation) {
	es := p.Events
	if es == nil {
		return
	}
	es.Doc = eventStreamDoc(es, p)
	if m := op.Input.Events(); m != nil {
		es.Sent = b.events(m.Target)
		b.send(es.Sent)
	}
	if m := op.Output.Events(); m != nil {
		es.Received = b.events(m.Target)
		b.receive(es.Received)
		es.Initial = b.protocol.InitialMessages
	}
	if promise := es.Promise; promise != nil {
		promise.Type, promise.Doc = &Type{Import: b.pkg.ImportPath, Name: promise.Name},
			ioDoc(promise.Name, "output", op.Output)
		p.Output.Doc = replyDoc(p.Output.Name, promise.Name)
	}
	b.pkg.Needs.Events = true
}

// events plans a union of events.
func (b *builder) events(s *spec.Shape) *Events {
	for _, e := range b.pkg.Events {
		if e.Spec == s {
			return e
		}
	}
	stem := b.names[s]
	e := &Events{
		Spec: s, Union: b.union(s), Sensitive: b.secret[s],
		Decode: b.private.Free("decode" + stem + "Event"), Encode: b.private.Free("encode" + stem + "Event"),
		Errors: b.private.Free("errors" + stem),
	}
	for _, m := range s.Members {
		if m.Target.Error != nil {
			e.Exceptions = append(e.Exceptions, Exception{Name: m.Name, Error: b.errorDecoder(m.Target)})
		}
	}
	for _, v := range e.Union.Variants {
		e.Kinds = append(e.Kinds, b.event(v))
	}
	b.pkg.Events = append(b.pkg.Events, e)
	return e
}

// event plans one kind of events: which of its members are headers, and which the payload.
func (b *builder) event(v *Variant) *Event {
	e := &Event{Variant: v, ContentType: b.protocol.EventContentType}
	target := v.Spec.Target
	fields := fieldsOf(b.structure(target))
	var rest []*Field
	for _, m := range target.Members {
		switch f := fields[m]; {
		case f == nil:
		case m.EventHeader:
			e.Headers = append(e.Headers, f)
		case m.EventPayload:
			e.Body = b.payload(m, f)
			e.Body.Root = b.rootTag(target, e.Body)
			if e.Body.Kind != Payload {
				e.ContentType = e.Body.ContentType
			}
			return e.with(target, fields)
		default:
			rest = append(rest, f)
		}
	}
	e.Whole = e.Headers == nil
	e.Body = Body{Kind: Members, Fields: rest}
	e.Body.Root = b.rootTag(target, e.Body)
	return e
}

// with adds the headers that come behind the payload in the model.
func (e *Event) with(target *spec.Shape, fields map[*spec.Member]*Field) *Event {
	e.Headers = nil
	for _, m := range target.Members {
		if m.EventHeader && fields[m] != nil {
			e.Headers = append(e.Headers, fields[m])
		}
	}
	return e
}

func (b *builder) send(e *Events) {
	if e.Writer == "" {
		e.Writer = b.root.Free(b.names[e.Spec] + "Writer")
		b.markEvents(e, b.encoded)
	}
}

func (b *builder) receive(e *Events) {
	if e.Reader == "" {
		e.Reader = b.root.Free(b.names[e.Spec] + "Reader")
		b.markEvents(e, b.decoded)
	}
}

// markEvents marks the shapes that the codec of events calls.
func (b *builder) markEvents(e *Events, to *reached) {
	for _, kind := range e.Kinds {
		switch {
		case kind.Whole:
			to.mark(kind.Variant.Spec)
		case kind.Body.Kind == Payload:
			to.mark(kind.Body.Field.Spec)
		default:
			for _, f := range kind.Body.Fields {
				to.mark(f.Spec)
			}
		}
	}
}

// unsupportedEvents returns what of an event stream can't be generated.
func unsupportedEvents(op *spec.Operation, s *spec.Shape, ps *spec.Problems) {
	for _, m := range s.Members {
		if m.Target.Kind != spec.Structure {
			ps.Add(m.Pos, "make it a structure", "event %s of %s is a %s", m.Name, s.Name, m.Target.Kind)
			continue
		}
		for _, part := range m.Target.Members {
			switch kind := part.Target.Kind; {
			case part.EventHeader && m.Target.Error != nil:
				ps.Add(part.Pos, "leave the operation out",
					"%s has the error %s with a member in an event's header, which is not supported yet", op.Name, m.Target.Name)
			case part.EventHeader && !slices.Contains(eventHeaders, kind):
				ps.Add(part.Pos, "", "member %s of %s, a %s, can't be an event's header", part.Name, m.Target.Name, kind)
			case part.EventPayload && !slices.Contains(eventPayloads, kind):
				ps.Add(part.Pos, "", "member %s of %s, a %s, can't be an event's payload", part.Name, m.Target.Name, kind)
			}
		}
	}
}

// eventHeaders and eventPayloads are the kinds that an event's headers and its payload can
// have: https://smithy.io/2.0/spec/streaming.html#eventheader-trait.
var eventHeaders = []spec.Kind{
	spec.Blob, spec.Boolean, spec.String, spec.Enum, spec.IntEnum, spec.Byte, spec.Short, spec.Integer, spec.Long,
	spec.Timestamp,
}

var eventPayloads = []spec.Kind{spec.Blob, spec.String, spec.Enum, spec.Structure, spec.Union}

// unsupportedPlaces reports event streams where no operation can have one.
func unsupportedPlaces(op *spec.Operation, s *spec.Shape, ps *spec.Problems) {
	for m := range s.Edges {
		if isEventStream(m) && s != op.Input && s != op.Output {
			ps.Add(m.Pos, "make it a member of the operation's input or output", "member %s of %s is an event stream",
				m.Name, s.Name)
		}
	}
}
