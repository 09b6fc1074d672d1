package plan

import (
	"cmp"
	"slices"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
)

// Unsupported returns a function of an API's operations, which returns why one can't be
// generated for a protocol; nothing when it can. The reasons carry positions. Where the
// source has problems they are all that is known.
func Unsupported(api *spec.API, p *protocol.Protocol) func(*spec.Operation) spec.Problems {
	resolver, _ := endpoints.Compile(api) // whose problems are not the operation's
	return func(op *spec.Operation) spec.Problems {
		ps := unsupported(api, op, p)
		if len(op.Part.All()) > 0 {
			return ps
		}
		return append(ps, endpointUnsupported(api, resolver, op)...)
	}
}

// unsupported is [Unsupported] but for what the endpoint is given, which planning finds
// out by itself.
func unsupported(api *spec.API, op *spec.Operation, p *protocol.Protocol) spec.Problems {
	ps := op.Part.All()
	if len(ps) > 0 {
		return ps
	}
	for _, s := range spec.Reached(api, op) {
		unsupportedShape(op, s, p, &ps)
	}
	if wanted := authOf(api, op); len(wanted) > 0 && !slices.ContainsFunc(wanted, isSignable) {
		ps.Add(op.Pos, "", "%s needs the authentication scheme %s, which is not supported", op.Name, joinSchemes(wanted))
	}
	if m := cmp.Or(op.Input.Events(), op.Output.Events()); m != nil && p.EventContentType == "" {
		ps.Add(m.Pos, "choose another protocol, or leave the operation out",
			"%s has a stream of events, which %s has no form for", op.Name, p.ID)
	}
	if m := op.Input.Events(); m != nil && op.Output.Events() == nil {
		ps.Add(m.Pos, "leave the operation out", "%s sends events and receives none, which is not supported yet", op.Name)
	}
	unsupportedHost(op, &ps)
	unsupportedBindings(op, op.Input, p, p.Location, &ps)
	unsupportedBindings(op, op.Output, p, p.LocationInResponse, &ps)
	return ps
}

func unsupportedShape(op *spec.Operation, s *spec.Shape, p *protocol.Protocol, ps *spec.Problems) {
	switch {
	case s.IsEventStream():
		unsupportedEvents(op, s, ps)
	case s.Kind == spec.Document && p.Codec.NoDocuments:
		ps.Add(s.Pos, "choose another protocol, or leave the operation out",
			"%s uses the document %s, which %s has no form for", op.Name, s.Name, p.ID)
	case (s.Kind == spec.List || s.Kind == spec.Map) && containsItself(s):
		ps.Add(s.Pos, "put a structure in between", "%s %s contains itself without a structure in between", s.Kind, s.Name)
	}
	unsupportedPlaces(op, s, ps)
	for m := range s.Edges {
		if m.Target.Kind == spec.Invalid {
			ps.Add(m.Pos, "", "member %s of %s has no type", m.Name, s.Name)
		}
		if m.Target.IsUnit() && s.Kind != spec.Union {
			ps.Add(m.Pos, "target an empty structure", "member %s of %s targets %s, which only members of unions can",
				m.Name, s.Name, spec.Unit)
		}
	}
}

// containsItself reports whether a list or map holds itself through lists and maps
// alone: Go has no such type.
func containsItself(s *spec.Shape) bool {
	seen := map[*spec.Shape]bool{}
	for next := s; ; {
		switch next.Kind {
		case spec.List:
			next = next.Element.Target
		case spec.Map:
			next = next.Value.Target
		default:
			return false
		}
		if next == s || seen[next] {
			return true
		}
		seen[next] = true
	}
}

func unsupportedHost(op *spec.Operation, ps *spec.Problems) {
	if op.HostPrefix == "" {
		return
	}
	uri, err := spec.ParseURI("/" + op.HostPrefix)
	if err != nil {
		ps.Add(op.Pos, "", "host prefix %q of %s: %v", op.HostPrefix, op.Name, err)
		return
	}
	for _, label := range uri.Labels() {
		if op.Input == nil || op.Input.Member(label) == nil {
			ps.Add(op.Pos, "", "label {%s} in the host prefix of %s is no member of its input", label, op.Name)
		}
	}
}

// bound says which kinds of shapes a location can carry.
var bound = map[spec.Location][]spec.Kind{
	spec.InLabel:         scalars,
	spec.InQuery:         append([]spec.Kind{spec.List, spec.Map}, scalars...),
	spec.InQueryParams:   {spec.Map},
	spec.InHeader:        append([]spec.Kind{spec.List}, scalars...),
	spec.InPrefixHeaders: {spec.Map},
	spec.InStatusCode:    {spec.Integer},
	spec.InPayload: {spec.Structure, spec.Union, spec.Document, spec.Blob, spec.String, spec.Enum,
		spec.List, spec.Map},
}

var scalars = []spec.Kind{
	spec.Boolean, spec.String, spec.Enum, spec.IntEnum, spec.Byte, spec.Short, spec.Integer, spec.Long, spec.Float,
	spec.Double, spec.Timestamp,
	spec.BigInteger, spec.BigDecimal,
}

func unsupportedBindings(op *spec.Operation, s *spec.Shape, p *protocol.Protocol, location locate, ps *spec.Problems) {
	if s == nil {
		return
	}
	for _, m := range s.Members {
		at, target := location(m), m.Target
		if isEventStream(m) {
			continue
		}
		if at == spec.InBody && s.Events() != nil && !p.InitialMessages {
			ps.Add(m.Pos, "bind it to a header", "member %s of %s is in the body, where its events are", m.Name, op.Name)
		}
		kinds, ok := bound[at]
		if ok && !slices.Contains(kinds, target.Kind) {
			ps.Add(m.Pos, "", "member %s of %s, a %s, can't be bound to a %s", m.Name, op.Name, target.Kind, at)
			continue
		}
		if what := unboundParts(target, at); what != "" {
			ps.Add(m.Pos, "", "member %s of %s, a %s, can't be bound to a %s", m.Name, op.Name, what, at)
		}
		if target.Streaming && at != spec.InPayload {
			ps.Add(m.Pos, "make it the payload", "member %s of %s streams but is not the payload", m.Name, op.Name)
		}
	}
}

// unboundParts names a list or map whose parts a location can't carry; "" for what it can.
// Outside of bodies nothing stands for null, and maps are of texts, or in a query of lists of
// them.
func unboundParts(s *spec.Shape, at spec.Location) string {
	kinds, part := scalars, s.Element
	switch {
	case at == spec.InBody, at == spec.InPayload, s.Kind != spec.List && s.Kind != spec.Map:
		return ""
	case s.Kind == spec.Map:
		kinds, part = texts, s.Value
	}
	switch target := part.Target; {
	case s.Sparse && isPointable(target.Kind):
		return "sparse " + s.Kind.String()
	case s.Kind == spec.Map && target.Kind == spec.List && at != spec.InPrefixHeaders:
		if !slices.Contains(texts, target.Element.Target.Kind) || target.Sparse {
			return "map of lists of other things than texts"
		}
		return ""
	case !slices.Contains(kinds, target.Kind):
		return s.Kind.String() + " of " + target.Kind.String()
	default:
		return ""
	}
}

var texts = []spec.Kind{spec.String, spec.Enum}
