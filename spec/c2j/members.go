package c2j

import (
	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// members builds the members of a structure or union.
func (l *loader) members(d *definition) {
	required := map[string]bool{}
	for _, name := range l.Texts(d.node.Get("required")) {
		required[name] = true
	}
	declared := map[string]bool{}
	for node := range l.Object(d.node.Get("members")).All() {
		if declared[node.Name()] = true; !l.checkName(node) {
			continue
		}
		m := l.reference(node)
		if m == nil {
			continue
		}
		m.Required = required[m.Name]
		m.ZeroGuessed = l.isGuess(node, m)
		l.restore(d, m)
		d.shape.Members = append(d.shape.Members, m)
	}
	for v := range d.node.Get("required").All() {
		if name := v.Text(); v.Kind() == tree.String && !declared[name] {
			l.Problems.Add(v.Pos(), l.meantMember(d.shape, name), "%s requires %q, which is no member", d.name, name)
		}
	}
	l.payload(d)
}

// isGuess reports whether the file says nothing of whether a number or boolean has a
// default of zero: its converter has lost most marks.
func (l *loader) isGuess(node tree.Value, m *spec.Member) bool {
	if m.Target.Kind != spec.Boolean && !m.Target.Kind.IsNumber() {
		return false
	}
	target := l.shapes[l.Text(node.Get("shape"))]
	return !l.Flag(node.Get("box")) && (target == nil || !l.Flag(target.node.Get("box")))
}

// payload binds the member that a structure names as its payload.
func (l *loader) payload(d *definition) {
	v := d.node.Get("payload")
	name := l.Text(v)
	if name == "" || !l.bindings {
		return
	}
	switch m := d.shape.Member(name); {
	case m == nil:
		l.Problems.Add(v.Pos(), l.meantMember(d.shape, name), "%s has %q as payload, which is no member", d.name, name)
	case m.Location != spec.InBody:
		l.Problems.Add(v.Pos(), "keep one binding", "payload %s of %s is bound to the %s already", name, d.name, m.Location)
	default:
		m.Location, m.LocationName, m.JSONName = spec.InPayload, "", ""
		// A reference that has a namespace of its own names the root as well, even by the member's
		// name. Any other member of that name is a body that is called like its shape.
		if node := d.node.Get("members").Get(name); l.xml && node.Get("xmlNamespace").Exists() {
			m.XML.Name = l.Text(node.Get("locationName"))
		}
	}
}

// part builds the member of a list or map.
func (l *loader) part(d *definition, name string) *spec.Member {
	node := d.node.Get(name)
	if !node.Exists() {
		l.Problems.Add(d.node.NamePos(), "", "%s %s has no %s", d.shape.Kind, d.name, name)
		return nil
	}
	m := l.reference(node)
	if m != nil {
		m.JSONName, m.XML.Flattened = "", false
		l.restore(d, m)
	}
	return m
}

// reference builds a member of a reference, {"shape": "Name", …}; it is nil when
// its target is missing.
func (l *loader) reference(node tree.Value) *spec.Member {
	target := l.target(node)
	if target == nil {
		return nil
	}
	m := &spec.Member{Pos: node.NamePos(), Name: node.Name(), Target: target.shape}
	for v := range node.All() {
		if set := memberKeys[v.Name()]; set != nil {
			set(l, m, v)
		}
	}
	m.Deprecated = l.deprecation(node)
	m.XML.Flattened = m.XML.Flattened || target.shape.XML.Flattened
	if look := &m.XML; look.NamespaceURI == "" {
		look.NamespaceURI, look.NamespacePrefix = target.shape.XML.NamespaceURI, target.shape.XML.NamespacePrefix
	}
	l.locate(m, node)
	if item := target.node.Get("member").Get("locationName"); target.shape.XML.Flattened && l.xml && item.Exists() {
		m.XML.Name = l.Text(item) // the elements of such a list are all that there is of it
	}
	return m
}

// target returns the definition that a reference names, or nil.
func (l *loader) target(reference tree.Value) *definition {
	if !reference.Exists() || !l.Expect(reference, tree.Object) {
		return nil
	}
	v := reference.Get("shape")
	if !v.Exists() {
		l.Problems.Add(reference.Pos(), "", "the reference names no shape")
		return nil
	}
	name := l.Text(v)
	d := l.shapes[name]
	if d == nil && v.Kind() == tree.String {
		l.Problems.Add(v.Pos(), l.meantShape(name), "shape %s is not defined", name)
	}
	return d
}

// memberKeys are the keys that count for members.
var memberKeys = setters[spec.Member]{
	"documentation":    func(l *loader, m *spec.Member, v tree.Value) { m.Documentation = l.Text(v) },
	"timestampFormat":  func(l *loader, m *spec.Member, v tree.Value) { m.TimestampFormat = l.timestampFormat(v) },
	"idempotencyToken": func(l *loader, m *spec.Member, v tree.Value) { m.IdempotencyToken = l.Flag(v) },
	"hostLabel":        func(l *loader, m *spec.Member, v tree.Value) { m.HostLabel = l.Flag(v) },
	"contextParam":     func(l *loader, m *spec.Member, v tree.Value) { m.ContextParam = l.Text(l.Object(v).Get("name")) },
	"eventheader":      func(l *loader, m *spec.Member, v tree.Value) { m.EventHeader = l.Flag(v) },
	"eventpayload":     func(l *loader, m *spec.Member, v tree.Value) { m.EventPayload = l.Flag(v) },
	"jsonvalue":        (*loader).jsonValue,
	"sensitive":        func(l *loader, m *spec.Member, v tree.Value) { m.Sensitive = l.Flag(v) },
	"flattened":        func(l *loader, m *spec.Member, v tree.Value) { m.XML.Flattened = l.Flag(v) },
	"queryName":        func(l *loader, m *spec.Member, v tree.Value) { m.XML.EC2Name = l.Text(v) },
	"xmlAttribute":     func(l *loader, m *spec.Member, v tree.Value) { m.XML.Attribute = l.Flag(v) },
	"xmlNamespace":     func(l *loader, m *spec.Member, v tree.Value) { l.namespace(&m.XML, v) },
	"streaming":        (*loader).stream,
}

// jsonValue marks a string that carries JSON, in Smithy's words one of that media
// type.
func (l *loader) jsonValue(m *spec.Member, v tree.Value) {
	if m.JSONValue = l.Flag(v); m.JSONValue {
		m.MediaType = "application/json"
	}
}

// stream makes a member a stream whose target is none: it gets a target of its
// own, since Smithy knows streaming shapes only.
func (l *loader) stream(m *spec.Member, v tree.Value) {
	if !l.Flag(v) || m.Target.Streaming || m.Target.Kind != spec.Blob {
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

// locationOf returns the location of one of the format's names.
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
func (l *loader) locate(m *spec.Member, node tree.Value) {
	v, wire := node.Get("location"), l.Text(node.Get("locationName"))
	name := l.Text(v)
	location, ok := locationOf(name)
	switch {
	case name == "":
		l.nameInBody(m, wire)
		return
	case !l.bindings:
		return
	case !ok:
		l.Problems.Add(v.Pos(), "use uri, querystring, header, headers or statusCode", "location %q is not known", name)
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

// nameInBody sets the name on the wire of a member of the body.
func (l *loader) nameInBody(m *spec.Member, wire string) {
	if wire == "" || wire == m.Name {
		return
	}
	if l.xml {
		m.XML.Name = wire
	}
	if !l.onlyXML {
		m.JSONName = wire
	}
}
