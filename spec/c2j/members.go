package c2j

import (
	"example.com/lathe/spec"
	"example.com/lathe/spec/jsonpos"
)

// members builds the members of a structure or union.
func (l *loader) members(d *definition) {
	required := map[string]bool{}
	for _, name := range l.texts(d.node.Get("required")) {
		required[name] = true
	}
	declared := map[string]bool{}
	for node := range l.object(d.node.Get("members")).All() {
		if declared[node.Name()] = true; !l.checkName(node) {
			continue
		}
		m, target := l.reference(node)
		if m == nil {
			continue
		}
		m.Required = required[m.Name]
		if d.shape.Kind == spec.Structure && !l.isNullable(m, node, target) {
			m.Default = zero(m.Target.Kind)
		}
		m.ZeroGuessed = zero(m.Target.Kind) != nil && l.isGuess(node, target)
		l.restore(d, m)
		d.shape.Members = append(d.shape.Members, m)
	}
	for v := range d.node.Get("required").All() {
		if name := v.Text(); v.Kind() == jsonpos.String && !declared[name] {
			l.problems.Add(v.Pos(), l.meantMember(d.shape, name), "%s requires %q, which is no member", d.name, name)
		}
	}
	l.payload(d)
}

// payload binds the member that a structure names as its payload.
func (l *loader) payload(d *definition) {
	v := d.node.Get("payload")
	name := l.text(v)
	if name == "" || !l.bindings {
		return
	}
	switch m := d.shape.Member(name); {
	case m == nil:
		l.problems.Add(v.Pos(), l.meantMember(d.shape, name), "%s has %q as payload, which is no member", d.name, name)
	case m.Location != spec.InBody:
		l.problems.Add(v.Pos(), "keep one binding", "payload %s of %s is bound to the %s already", name, d.name, m.Location)
	default:
		m.Location, m.LocationName, m.JSONName = spec.InPayload, "", ""
	}
}

// part builds the member of a list or map.
func (l *loader) part(d *definition, name string) *spec.Member {
	node := d.node.Get(name)
	if !node.Exists() {
		l.problems.Add(d.node.NamePos(), "", "%s %s has no %s", d.shape.Kind, d.name, name)
		return nil
	}
	m, _ := l.reference(node)
	if m != nil {
		m.JSONName = ""
		l.restore(d, m)
	}
	return m
}

// reference builds a member of a reference, {"shape": "Name", …}; it is nil when
// its target is missing.
func (l *loader) reference(node jsonpos.Value) (*spec.Member, *definition) {
	target := l.target(node)
	if target == nil {
		return nil, nil
	}
	m := &spec.Member{Pos: node.NamePos(), Name: node.Name(), Target: target.shape}
	for v := range node.All() {
		if set := l.memberKeys[v.Name()]; set != nil {
			set(l, m, v)
		}
	}
	m.Deprecated = l.deprecation(node)
	m.XML.Flattened = m.XML.Flattened || target.shape.XML.Flattened
	l.locate(m, node)
	return m, target
}

// target returns the definition that a reference names, or nil.
func (l *loader) target(reference jsonpos.Value) *definition {
	if !reference.Exists() || !l.expect(reference, jsonpos.Object) {
		return nil
	}
	v := reference.Get("shape")
	if !v.Exists() {
		l.problems.Add(reference.Pos(), "", "the reference names no shape")
		return nil
	}
	name := l.text(v)
	d := l.shapes[name]
	if d == nil && v.Kind() == jsonpos.String {
		l.problems.Add(v.Pos(), l.meantShape(name), "shape %s is not defined", name)
	}
	return d
}

// memberKeys are the keys that count for members.
var memberKeys = [...]key[spec.Member]{
	{"documentation", func(l *loader, m *spec.Member, v jsonpos.Value) { m.Documentation = l.text(v) }},
	{"timestampFormat", func(l *loader, m *spec.Member, v jsonpos.Value) { m.TimestampFormat = l.timestampFormat(v) }},
	{"idempotencyToken", func(l *loader, m *spec.Member, v jsonpos.Value) { m.IdempotencyToken = l.flag(v) }},
	{"hostLabel", func(l *loader, m *spec.Member, v jsonpos.Value) { m.HostLabel = l.flag(v) }},
	{"contextParam", func(l *loader, m *spec.Member, v jsonpos.Value) { m.ContextParam = l.text(l.object(v).Get("name")) }},
	{"eventheader", func(l *loader, m *spec.Member, v jsonpos.Value) { m.EventHeader = l.flag(v) }},
	{"eventpayload", func(l *loader, m *spec.Member, v jsonpos.Value) { m.EventPayload = l.flag(v) }},
	{"jsonvalue", (*loader).jsonValue},
	{"sensitive", func(l *loader, m *spec.Member, v jsonpos.Value) { m.Sensitive = l.flag(v) }},
	{"flattened", func(l *loader, m *spec.Member, v jsonpos.Value) { m.XML.Flattened = l.flag(v) }},
	{"xmlAttribute", func(l *loader, m *spec.Member, v jsonpos.Value) { m.XML.Attribute = l.flag(v) }},
	{"xmlNamespace", func(l *loader, m *spec.Member, v jsonpos.Value) { l.namespace(&m.XML, v) }},
	{"streaming", (*loader).stream},
}

// jsonValue marks a string that carries JSON, in Smithy's words one of that media
// type.
func (l *loader) jsonValue(m *spec.Member, v jsonpos.Value) {
	if m.JSONValue = l.flag(v); m.JSONValue {
		m.MediaType = "application/json"
	}
}

// stream makes a member a stream whose target is none: it gets a target of its
// own, since Smithy knows streaming shapes only.
func (l *loader) stream(m *spec.Member, v jsonpos.Value) {
	if !l.flag(v) || m.Target.Streaming || m.Target.Kind != spec.Blob {
		return
	}
	name := "Streaming" + m.Target.Name
	for l.shapes[name] != nil {
		name += "_"
	}
	if l.extra[name] == nil {
		s := *m.Target
		s.Name, s.Streaming = name, true
		l.extra[name] = &s
	}
	m.Target = l.extra[name]
}

// locationOf gives the location of one of the format's names.
func locationOf(name string) (location spec.Location, ok bool) {
	switch name {
	case "uri":
		return spec.InLabel, true
	case "querystring":
		return spec.InQuery, true
	case "header":
		return spec.InHeader, true
	case "headers":
		return spec.InPrefixHeaders, true
	case "statusCode":
		return spec.InStatusCode, true
	default:
		return spec.InBody, false
	}
}

// locate reads where a member travels and under what name.
func (l *loader) locate(m *spec.Member, node jsonpos.Value) {
	v, wire := node.Get("location"), l.text(node.Get("locationName"))
	name := l.text(v)
	location, ok := locationOf(name)
	switch {
	case name == "":
		l.nameInBody(m, wire)
		return
	case !l.bindings:
		return
	case !ok:
		l.problems.Add(v.Pos(), "uri, querystring, header, headers and statusCode are", "location %q is not known", name)
		return
	}
	m.Location = location
	switch m.Location {
	case spec.InLabel:
		m.LocationName = m.Name // paths are rewritten, see path
		if wire != "" && wire != m.Name {
			l.wireLabels[m] = wire
		}
	case spec.InQuery:
		m.LocationName = orName(wire, m)
		if m.Target.Kind == spec.Map {
			m.Location, m.LocationName = spec.InQueryParams, ""
		}
	case spec.InHeader:
		m.LocationName = orName(wire, m)
	case spec.InPrefixHeaders:
		m.LocationName = wire
	}
}

func orName(wire string, m *spec.Member) string {
	if wire == "" {
		return m.Name
	}
	return wire
}

// nameInBody gives a member of the body its name on the wire.
func (l *loader) nameInBody(m *spec.Member, wire string) {
	switch {
	case wire == "" || wire == m.Name:
	case l.xml:
		m.XML.Name = wire
	default:
		m.JSONName = wire
	}
}
