package harness

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
)

// scripts is how many random scripts of events an operation gets, beside those that break
// off.
const scripts = 24

// script is what a service sends on an event stream, and what a client does.
type script struct {
	body []byte
	// aborts: the connection is reset where the body ends.
	aborts bool
	// sends is how many events the service waits for before it answers; -1 where the
	// operation sends none.
	sends int
	// hooked has both clients run in middleware stacks.
	hooked bool
	number int
}

// eventStreams compares those of all operations that both clients have.
func (r *run) eventStreams() {
	for _, name := range sorted(r.model.Operations) {
		op, idle := r.model.Operations[name], &transport{}
		official, ours := inputOf(r.service.Official.client(idle), name), inputOf(r.service.Ours.client(idle), name)
		if !r.model.streams(op) || official == nil || ours == nil || r.service.Operations != nil &&
			!slices.Contains(r.service.Operations, name) {
			continue
		}
		r.tally.streams[name] = true
		for n := range scripts {
			r.converse(op, r.script(op, n))
		}
		r.breaks(op)
	}
}

// script is a random one, which its number makes.
func (r *run) script(op *operation, n int) script {
	w := r.wireOf(op, n)
	s := script{sends: -1, hooked: n%2 == 1, number: n}
	if r.model.events(op.Input) != nil {
		s.sends = w.IntN(4)
	}
	for _, frame := range w.frames(op) {
		s.body = append(s.body, frame...)
	}
	return s
}

// breaks has a stream break off before, within and behind each of its frames.
func (r *run) breaks(op *operation) {
	var body []byte
	var cuts []int
	for _, frame := range r.wireOf(op, scripts).frames(op) {
		for _, at := range []int{0, 1, 5, 12, 13, len(frame) / 2, len(frame) - 1} {
			cuts = append(cuts, len(body)+at)
		}
		body = append(body, frame...)
	}
	sends := r.script(op, scripts).sends
	for _, cut := range append(cuts, len(body)) {
		for _, aborts := range []bool{false, true} {
			r.converse(op, script{body: body[:cut], aborts: aborts, sends: sends, hooked: cut%2 == 1, number: scripts})
		}
	}
}

func (r *run) wireOf(op *operation, n int) *wire {
	_, w := r.generators(r.random(op.Name+" events", n))
	return w
}

// frames are those of a random stream of an operation's output, whose last one may be an
// error.
func (w *wire) frames(op *operation) (frames [][]byte) {
	union := w.model.events(op.Output)
	if union == nil {
		return nil
	}
	var events, exceptions []string
	for _, name := range sorted(union.Members) {
		if w.model.Shapes[union.Members[name].Shape].Exception {
			exceptions = append(exceptions, name)
		} else {
			events = append(events, name)
		}
	}
	if !w.model.isREST() {
		frames = append(frames, w.frame("event", "initial-response", op.Output))
	}
	for range w.IntN(5) {
		name := events[w.IntN(len(events))]
		frames = append(frames, w.frame("event", name, union.Members[name]))
	}
	switch n := w.IntN(16); {
	case n < 2:
		frames = append(frames, encode(eventstream.Message{}, ":message-type", "event", ":event-type", "somethingElse"))
	case n < 4:
		frames = append(frames, encode(eventstream.Message{}, ":message-type", "error", ":error-code", "Code",
			":error-message", "text"))
	case n < 8 && len(exceptions) > 0:
		name := exceptions[w.IntN(len(exceptions))]
		frames = append(frames, w.frame("exception", name, union.Members[name]))
	}
	return frames
}

// frame is that of an event or an exception, with random members.
func (w *wire) frame(kind, name string, member *ref) []byte {
	var m eventstream.Message
	s := w.model.Shapes[member.Shape]
	value, content := map[string]any{}, w.model.content
	for _, field := range sorted(s.Members) {
		part := s.Members[field]
		switch target := w.model.Shapes[part.Shape]; {
		case target.EventStream || w.IntN(5) == 0 && !part.EventPayload:
		case part.EventHeader:
			m.Headers.Set(wireName(field, part), w.headerValue(part))
		case part.EventPayload:
			m.Payload = w.payload(part)
			content = map[string]string{"blob": "application/octet-stream", "string": "text/plain"}[target.Type]
		default:
			value[field] = w.value(part, 0)
		}
	}
	if m.Payload == nil {
		m.Payload = w.model.format.payload(w, member, value)
	}
	return encode(m, ":message-type", kind, ":"+kind+"-type", name, ":content-type", content)
}

// headerValue is a random value of an event's header.
func (w *wire) headerValue(member *ref) eventstream.Value {
	switch value := w.scalarOf(member).(type) {
	case []byte:
		return eventstream.BytesValue(value)
	case bool:
		return eventstream.BoolValue(value)
	case int:
		return eventstream.Int32Value(value)
	case int64:
		return eventstream.Int64Value(value)
	case instant:
		return eventstream.TimestampValue(value.Time)
	default:
		return eventstream.StringValue(fmt.Sprint(value))
	}
}

// scalarOf is a random value that is not null.
func (w *wire) scalarOf(member *ref) any {
	for {
		if value := w.value(member, 0); value != nil {
			return value
		}
	}
}

// encode returns the frame of a message with more headers: names and values by turns.
func encode(m eventstream.Message, headers ...string) []byte {
	for i := 0; i < len(headers); i += 2 {
		m.Headers.Set(headers[i], eventstream.StringValue(headers[i+1]))
	}
	var b bytes.Buffer
	if err := eventstream.NewEncoder().Encode(&b, m); err != nil {
		panic(err) // of nothing that is made here
	}
	return b.Bytes()
}

// speaker is a service that follows a script, once.
type speaker struct {
	*httptest.Server

	script script
	heard  chan exchange
}

// exchange is what a service got.
type exchange struct {
	request request
	events  []eventstream.Message
}

func newSpeaker(sc script) *speaker {
	s := &speaker{script: sc, heard: make(chan exchange, 1)}
	s.Server = httptest.NewUnstartedServer(s)
	s.EnableHTTP2 = true
	s.StartTLS()
	return s
}

// endpoint is where clients find the service, whatever they put before the host.
var endpoint = "https://example.com"

// client is an HTTP client for which all hosts are the service.
func (s *speaker) client() *http.Client {
	return &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, s.Listener.Addr().String())
		},
		TLSClientConfig:   &tls.Config{InsecureSkipVerify: true},
		ForceAttemptHTTP2: true,
	}}
}

// ServeHTTP follows the script.
func (s *speaker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	got := exchange{request: request{
		method: r.Method, host: r.Host, path: r.URL.EscapedPath(), query: r.URL.RawQuery, header: r.Header,
	}}
	if s.script.sends < 0 {
		got.request.length = r.ContentLength
		got.request.body, _ = io.ReadAll(r.Body) // what came, if the client is gone
	}
	r.Header.Del("X-Amz-Date") // by a clock that goes on
	w.Header().Set("Content-Type", "application/vnd.amazon.eventstream")
	w.Header().Set("X-Amzn-Requestid", "request-1")
	w.WriteHeader(http.StatusOK)
	_ = http.NewResponseController(w).Flush() // who sends events may wait for it
	for range s.script.sends {
		outer, err := eventstream.NewDecoder().Decode(r.Body, nil)
		if err != nil {
			break
		}
		got.events = append(got.events, inner(outer))
	}
	s.heard <- got
	_, _ = w.Write(s.script.body) // the client may be gone
	if s.script.aborts {
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}

// inner is the message within a signed one.
func inner(outer eventstream.Message) eventstream.Message {
	if outer.Headers.Get(":chunk-signature") == nil {
		return outer
	}
	m, err := eventstream.NewDecoder().Decode(bytes.NewReader(outer.Payload), nil)
	if err != nil {
		panic(err)
	}
	return m
}

// conversation is what a client made of a script.
type conversation struct {
	exchange

	out    reflect.Value
	events []reflect.Value
	// failed is the error of the call, err that of the stream.
	failed, err error
	sent        []error
}

// converse has both clients follow a script, and compares what they make of it.
func (r *run) converse(op *operation, sc script) {
	w := r.wireOf(op, sc.number)
	ourType, officialType := inputOf(r.service.Ours.client(&transport{}), op.Name),
		inputOf(r.service.Official.client(&transport{}), op.Name)
	input := reflect.New(ourType)
	w.values.complete = true
	input.Elem().Set(r.input(w.values, op, ourType, officialType))
	converted := reflect.New(officialType)
	if err := r.service.convert(converted.Elem(), input.Elem()); err != nil {
		r.t.Fatalf("%s.%s: %v", r.service.Name, op.Name, err)
	}
	official := r.listen(&r.service.Official, op, sc, converted)
	ours := r.listen(&r.service.Ours, op, sc, input)
	r.tally.events += len(official.events)
	r.report(op, input, answer{body: sc.body}, r.sameConversation(official, ours))
}

func (r *run) sameConversation(official, ours *conversation) (diffs []Difference) {
	diffs = append(diffs, r.model.sameRequests([]request{official.request}, []request{ours.request})...)
	if official.failed != nil || ours.failed != nil {
		return append(diffs, r.service.sameErrors(official.failed, ours.failed, r.tally)...)
	}
	if a, b := len(official.events), len(ours.events); a != b {
		diffs = append(diffs, Difference{
			Path: "events", Official: fmt.Sprint(a, official.err), Ours: fmt.Sprint(b, ours.err),
		})
	} else {
		for i := range official.events {
			diffs = append(diffs, r.service.same("event", official.events[i], ours.events[i], r.tally)...)
		}
	}
	diffs = append(diffs, facts("sent", fmt.Sprint(official.sent), fmt.Sprint(ours.sent))...)
	if official.err != nil || ours.err != nil {
		diffs = append(diffs, r.service.sameErrors(official.err, ours.err, r.tally)...)
	}
	diffs = append(diffs, r.service.same("output", official.out.Elem(), ours.out.Elem(), r.tally)...)
	if len(official.exchange.events) != len(ours.exchange.events) {
		return append(diffs, facts("received", fmt.Sprint(len(official.exchange.events)),
			fmt.Sprint(len(ours.exchange.events)))...)
	}
	for i, a := range official.exchange.events {
		b := ours.exchange.events[i]
		diffs = append(diffs, facts("received headers", describe(a), describe(b))...)
		diffs = append(diffs, r.model.format.same("received", a.Payload, b.Payload)...)
	}
	return diffs
}

// describe is what the headers of a message say.
func describe(m eventstream.Message) string {
	var lines []string
	for _, h := range m.Headers {
		lines = append(lines, fmt.Sprintf("%s: %v", h.Name, h.Value))
	}
	slices.Sort(lines)
	return fmt.Sprint(lines)
}

// patience is how long a step may take.
const patience = 10 * time.Second

// listen has one client follow the script.
func (r *run) listen(side *Side, op *operation, sc script, input reflect.Value) *conversation {
	s := newSpeaker(sc)
	defer s.Close()
	send := s.client()
	defer send.CloseIdleConnections()
	how := here(s.script.hooked)
	how.endpoint = &endpoint
	client := side.clientTo(send, how)
	t := &conversation{}
	t.out, t.failed = call(client, op.Name, input)
	if t.failed != nil {
		select {
		case t.exchange = <-s.heard:
		default: // nothing was sent
		}
		return t
	}
	stream := t.out.MethodByName("GetStream").Call(nil)[0]
	r.send(t, side, stream, op, sc)
	select {
	case t.exchange = <-s.heard:
	case <-time.After(patience):
		r.t.Fatalf("%s.%s: %T got nothing", r.service.Name, op.Name, client.Interface())
	}
	timeout := reflect.ValueOf(time.After(patience))
	if events := stream.MethodByName("Events"); events.IsValid() {
		channel := events.Call(nil)[0]
		for {
			chosen, event, open := reflect.Select([]reflect.SelectCase{
				{Dir: reflect.SelectRecv, Chan: channel}, {Dir: reflect.SelectRecv, Chan: timeout},
			})
			if chosen == 1 {
				r.t.Fatalf("%s.%s: the stream of %T does not end", r.service.Name, op.Name, client.Interface())
			}
			if !open {
				break
			}
			t.events = append(t.events, event)
		}
	}
	t.err = errorOf(stream, "Err")
	_ = errorOf(stream, "Close") // the same one
	if t.err == nil {
		t.err = errorOf(stream, "Err")
	}
	return t
}

// send sends as many random events as the service waits for.
func (r *run) send(t *conversation, side *Side, stream reflect.Value, op *operation, sc script) {
	if sc.sends <= 0 {
		return
	}
	w := r.wireOf(op, sc.number+1)
	wanted := stream.MethodByName("Send").Type().In(1)
	union := r.ourUnion(op)
	for range sc.sends {
		event := w.values.variant(union, 0)
		if side == &r.service.Official {
			converted := reflect.New(wanted).Elem()
			holder := reflect.New(union).Elem()
			holder.Set(event)
			if err := r.service.convert(converted, holder); err != nil {
				r.t.Fatalf("%s.%s: %v", r.service.Name, op.Name, err)
			}
			event = converted
		}
		err, _ := reflect.TypeAssert[error](
			stream.MethodByName("Send").Call([]reflect.Value{reflect.ValueOf(context.Background()), event})[0])
		t.sent = append(t.sent, err)
	}
}

// ourUnion is the type of the events that our client sends.
func (r *run) ourUnion(op *operation) reflect.Type {
	output := r.service.Ours.client(&transport{}).MethodByName(op.Name).Type().Out(0)
	getStream, _ := output.MethodByName("GetStream")
	send, _ := getStream.Type.Out(0).MethodByName("Send")
	return send.Type.In(2)
}

func errorOf(stream reflect.Value, method string) error {
	err, _ := reflect.TypeAssert[error](stream.MethodByName(method).Call(nil)[0])
	return err
}
