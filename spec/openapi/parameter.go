package openapi

import (
	"cmp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// locations are the places of parameters, each with the only style that is
// supported there, which is also the default.
var locations = [...]struct {
	in, style string
	location  spec.Location
}{
	{"path", "simple", spec.InLabel},
	{"query", "form", spec.InQuery},
	{"header", "simple", spec.InHeader},
}

// placed is a parameter with the node that it was read from.
type placed struct {
	*openapi3.Parameter
	node tree.Value
}

// parameters returns the members that the parameters of a path and of one of its
// operations become. An operation's parameter replaces that of the path with the
// same name and place.
func (l *loader) parameters(
	op *spec.Operation, item *openapi3.PathItem, itemNode tree.Value, own openapi3.Parameters, n tree.Value,
) []*spec.Member {
	all := l.placedIn(op, nil, item.Parameters, itemNode.Get("parameters"))
	all = l.placedIn(op, all, own, n.Get("parameters"))
	var members []*spec.Member
	for _, p := range all {
		m := l.parameter(op, p)
		if m == nil {
			l.unsound[op] = true
			continue
		}
		if clash := memberNamed(members, m.Name); clash != nil {
			l.clash(p.node, clash)
			continue
		}
		members = append(members, m)
	}
	return members
}

// placedIn adds the parameters of one list to those of the list before it.
func (l *loader) placedIn(op *spec.Operation, before []placed, refs openapi3.Parameters, n tree.Value) []placed {
	all := before
	kept := l.kept(n)
	if len(kept) < n.Len() {
		l.unsound[op] = true
	}
	for i, item := range kept {
		at, _ := l.component(item)
		p := placed{refs[i].Value, at}
		if l.isSignature(p) {
			continue
		}
		if p.In == "path" {
			p.Name = strings.TrimSuffix(p.Name, "+") // as tools call the parameter of {label+}
		}
		same := sameParameter(all, p)
		switch {
		case same >= len(before):
			l.wrong(item, "keep one of them", "the %s parameter %q stands twice, first at %s", p.In, p.Name,
				all[same].node.Place())
		case same >= 0:
			all[same] = p
		default:
			all = append(all, p)
		}
	}
	return all
}

// signatureParts are the headers that a signature comes in. Documents converted from AWS's
// models list them as parameters of every operation.
var signatureParts = [...]string{
	"X-Amz-Algorithm", "X-Amz-Content-Sha256", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Security-Token",
	"X-Amz-Signature", "X-Amz-SignedHeaders",
}

// isSignature reports whether a parameter is sent by what signs the request, and so is no
// member of the input.
func (l *loader) isSignature(p placed) bool {
	return p.In == "header" && slices.ContainsFunc(l.api.Auth, isSigned) &&
		slices.ContainsFunc(signatureParts[:], func(name string) bool { return strings.EqualFold(name, p.Name) })
}

// sameParameter is the index of the parameter with the same name and place, or -1.
func sameParameter(all []placed, p placed) int {
	for i := range all {
		if all[i].Name == p.Name && all[i].In == p.In {
			return i
		}
	}
	return -1
}

// parameter makes the member of one parameter, nil when it has no name or place.
func (l *loader) parameter(op *spec.Operation, p placed) *spec.Member {
	if p.Name == "" || p.In == "" {
		if !p.node.Broken() {
			l.wrong(p.node, "", "a parameter must have a name and say with in where it is")
		}
		return nil
	}
	for _, at := range locations {
		if at.in != p.In {
			continue
		}
		m := &spec.Member{Pos: p.node.Place(), Location: at.location, LocationName: p.Name, Required: p.Required}
		m.Name = l.memberName(p.Name, p.node)
		l.bindPlaced(m, op.Name+title(m.Name), p)
		l.checkStyle(p, at.style)
		l.place(m, p)
		return m
	}
	if p.In == "cookie" {
		l.wrong(p.node.Get("in"), "send it in a header", "cookies are not supported")
	} else {
		l.wrong(p.node.Get("in"), "use path, query or header", "there is no parameter in %q", p.In)
	}
	return nil
}

// bindPlaced binds the schema of a parameter or header.
func (l *loader) bindPlaced(m *spec.Member, inline string, p placed) {
	m.Target = l.invalid
	schema := p.node.Get("schema")
	switch {
	case schema.Exists():
		l.bind(m, inline, schema)
		l.notNullable(schema, "a parameter or header")
	case !p.node.Broken():
		l.wrong(p.node, "add a schema with a type", "there is no schema")
	}
	l.traits(m, p.node)
	l.fillShapes() // what is allowed depends on the parts of lists and maps
}

// checkStyle refuses serializations other than the plain ones.
func (l *loader) checkStyle(p placed, style string) {
	if p.Style != "" && p.Style != style {
		l.wrong(p.node.Get("style"), "leave it out", "style %s is not supported here, only %s", p.Style, style)
	}
	if p.In == "query" && p.Explode != nil && !*p.Explode {
		l.wrong(p.node.Get("explode"), "leave it out; each item of a list is sent as a parameter of its own",
			"explode: false is not supported in the query")
	}
}

// place checks that a member's target can travel where the member is bound, and
// distinguishes the bindings of maps from those of single values.
func (l *loader) place(m *spec.Member, p placed) {
	target, prefix := m.Target, p.node.Get("x-prefix-headers")
	greedy := p.node.Get("x-greedy")
	if greedy.IsTrue() && m.Location != spec.InLabel {
		l.wrong(greedy, "remove it", "x-greedy is for path parameters")
	}
	if m.Location == spec.InLabel && !p.Required && !p.node.Broken() {
		l.wrong(p.node, "add required: true", "the path parameter %q must be required", p.Name)
	}
	switch {
	case target.Kind == spec.Invalid || m.Location == spec.InLabel && isScalar(target.Kind):
	case prefix.IsTrue() && m.Location == spec.InHeader && isTextMap(target, spec.String):
		m.Location = spec.InPrefixHeaders
	case prefix.IsTrue():
		l.wrong(prefix, "use it on a header with type: object and additionalProperties of type string",
			"x-prefix-headers is for headers that are a map of strings")
	case m.Location == spec.InQuery && isTextMap(target, spec.String, spec.List):
		m.Location, m.LocationName = spec.InQueryParams, ""
	case m.Location != spec.InLabel &&
		(isScalar(target.Kind) || target.Kind == spec.List && isScalar(target.Element.Target.Kind)):
	default:
		l.wrong(p.node, "use a string, number, boolean or timestamp, or outside of the path a list of them",
			"%s cannot travel in the %s", article(target.Kind), cmp.Or(p.In, "header"))
	}
}

func isScalar(k spec.Kind) bool {
	return k == spec.String || k == spec.Enum || k == spec.Boolean || k == spec.Timestamp || k.IsNumber()
}

// isTextMap reports whether a shape is a map of strings, or of lists of strings where
// the kinds say so.
func isTextMap(s *spec.Shape, kinds ...spec.Kind) bool {
	if s.Kind != spec.Map {
		return false
	}
	value := s.Value.Target
	for _, k := range kinds {
		if value.Kind == k && (k != spec.List || value.Element.Target.Kind == spec.String) {
			return true
		}
	}
	return false
}
