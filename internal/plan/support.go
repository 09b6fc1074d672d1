package plan

import (
	"slices"

	"example.com/lathe/spec"
)

// Unsupported tells why an operation can't be generated now; nothing when it can.
// The reasons carry positions.
func Unsupported(api *spec.API, op *spec.Operation) spec.Problems {
	var ps spec.Problems
	if p := UnsupportedProtocol(api); p != nil {
		return spec.Problems{*p}
	}
	for _, s := range spec.Reached(api, op) {
		unsupportedShape(op, s, &ps)
	}
	for _, scheme := range authSchemes(api, op) {
		if !slices.Contains(knownSchemes, scheme) {
			ps.Add(op.Pos, "", "%s needs the authentication scheme %s, which is not supported", op.Name, scheme)
		}
	}
	ps = append(ps, endpointUnsupported(api, op)...)
	unsupportedHost(op, &ps)
	unsupportedBindings(op, op.Input, &ps)
	unsupportedBindings(op, op.Output, &ps)
	return ps
}

var knownSchemes = []string{string(spec.SigV4), string(spec.HTTPBearer), string(spec.NoAuth)}

// UnsupportedProtocol says that the service speaks no protocol that can be
// generated; nil when it does. This is where further protocols are let in.
func UnsupportedProtocol(api *spec.API) *spec.Problem {
	if slices.Contains(api.Protocols, spec.RestJSON1) {
		return nil
	}
	message := "service " + api.Name + " names no protocol"
	if len(api.Protocols) > 0 {
		message = "service " + api.Name + " speaks " + string(api.Protocols[0]) + ", which is not supported yet"
	}
	return &spec.Problem{Pos: api.Pos, Message: message, Hint: "restJson1 is supported"}
}

func unsupportedShape(op *spec.Operation, s *spec.Shape, ps *spec.Problems) {
	switch {
	case s.Kind == spec.Union && s.Streaming:
		ps.Add(s.Pos, "leave the operation out", "%s uses the event stream %s, which is not supported yet", op.Name, s.Name)
	case s.Kind == spec.BigInteger || s.Kind == spec.BigDecimal:
		ps.Add(s.Pos, "leave the operation out", "%s uses %s of type %s, which is not supported yet", op.Name, s.Name, s.Kind)
	case (s.Kind == spec.List || s.Kind == spec.Map) && containsItself(s):
		ps.Add(s.Pos, "put a structure in between", "%s %s contains itself without a structure in between", s.Kind, s.Name)
	}
	for m := range s.Edges {
		if m.Target.Kind == spec.Invalid {
			ps.Add(m.Pos, "", "member %s of %s has no type", m.Name, s.Name)
		}
	}
}

// containsItself says whether a list or map holds itself through lists and maps
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
	spec.InPayload:       {spec.Structure, spec.Union, spec.Document, spec.Blob, spec.String, spec.Enum, spec.List, spec.Map},
}

var scalars = []spec.Kind{
	spec.Boolean, spec.String, spec.Enum, spec.IntEnum, spec.Byte, spec.Short, spec.Integer, spec.Long, spec.Float, spec.Double, spec.Timestamp,
}

func unsupportedBindings(op *spec.Operation, s *spec.Shape, ps *spec.Problems) {
	if s == nil {
		return
	}
	for _, m := range s.Members {
		kinds, ok := bound[m.Location]
		target := m.Target
		if ok && !slices.Contains(kinds, target.Kind) {
			ps.Add(m.Pos, "", "member %s of %s, a %s, can't be bound to a %s", m.Name, op.Name, target.Kind, m.Location)
			continue
		}
		if target.Kind == spec.List && (m.Location == spec.InHeader || m.Location == spec.InQuery) && !slices.Contains(scalars, target.Element.Target.Kind) {
			ps.Add(m.Pos, "", "member %s of %s, a list of %s, can't be bound to a %s", m.Name, op.Name, target.Element.Target.Kind, m.Location)
		}
		if target.Streaming && m.Location != spec.InPayload {
			ps.Add(m.Pos, "make it the payload", "member %s of %s streams but is not the payload", m.Name, op.Name)
		}
	}
}
