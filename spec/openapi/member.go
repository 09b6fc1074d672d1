package openapi

import "example.com/lathe/spec"

// preludeNames are the names of the shapes that inline schemas without a name of
// their own have in common: those of Smithy's prelude.
var preludeNames = [...]string{
	spec.Union: "",

	spec.Blob: "Blob", spec.Boolean: "Boolean", spec.String: "String", spec.Byte: "Byte", spec.Short: "Short",
	spec.Integer: "Integer", spec.Long: "Long", spec.Float: "Float", spec.Double: "Double",
	spec.Timestamp: "Timestamp", spec.Document: "Document",
}

// bind makes a schema the target of a member and reads what the schema's place
// says of the member. A schema written out there that needs a shape of its own
// gets the name inline.
func (l *loader) bind(m *spec.Member, inline string, n *node) {
	m.Target = l.target(m, inline, n)
	if at, _ := l.component(n); at.get("format").string() == "binary" && m.Location != spec.InPayload {
		l.wrong(n, "use format: byte, which is base64", "format binary is for whole bodies")
	}
	l.traits(m, n)
	if m.Default != nil && !defaultFits(m.Target, n.get("default")) {
		l.wrong(n.get("default"), "", "the default is no value of %s", article(m.Target.Kind))
	}
}

func (l *loader) target(m *spec.Member, inline string, n *node) *spec.Shape {
	at, name := l.component(n)
	if at == nil {
		return l.invalid
	}
	if name != "" {
		shape := l.named(name)
		l.targeted[shape] = true
		m.Constraints = l.constraints(shape.Kind, n)
		if !n.broken {
			l.checkKeywords(shape.Kind, n)
		}
		return shape
	}
	s := l.schema(n)
	if s == nil {
		return l.invalid
	}
	kind := l.kindOf(n)
	if preludeNames[kind] == "" || n.get("x-streaming") != nil || n.get("x-name") != nil {
		return l.declare(l.inlineName(inline, n), n)
	}
	m.Constraints = l.constraints(kind, n)
	m.TimestampFormat = timestampFormat(kind, s.Format)
	m.MediaType = s.ContentMediaType
	m.Sensitive = s.Format == "password"
	l.checkKeywords(kind, n)
	return l.prelude(kind, n)
}

// inlineName is the name of a schema that is written out where it is used.
func (l *loader) inlineName(name string, n *node) string {
	if n.get("x-name") == nil {
		return name
	}
	return firstOf(l.name("a shape", name, n, n), name)
}

// named is the shape of a component's schema.
func (l *loader) named(name string) *spec.Shape {
	if shape := l.components[name]; shape != nil {
		return shape
	}
	return l.invalid
}

// prelude is the shape of an inline schema of a simple kind. A component of the
// same name may stand for it when it says nothing more than the kind.
func (l *loader) prelude(kind spec.Kind, n *node) *spec.Shape {
	name := preludeNames[kind]
	shape := l.api.Shapes[name]
	switch {
	case shape == nil:
		shape = &spec.Shape{Pos: n.keyPos(), Name: name, Kind: kind}
		l.api.Shapes[name] = shape
	case shape.Kind != kind || shape.Constraints != (spec.Constraints{}) || shape.Sensitive || shape.TimestampFormat != "" || shape.MediaType != "":
		l.wrong(n, "give this schema a name in components/schemas, or that one another",
			"a plain %s has the name %s, which the schema at %s has taken", kind, name, shape.Pos)
	}
	l.targeted[shape] = true
	return shape
}

// traits reads what a schema, parameter or header says of the member that it
// becomes. It may be called for more than one of them.
func (l *loader) traits(m *spec.Member, n *node) {
	m.Documentation = firstOf(n.get("description").string(), m.Documentation, n.get("title").string())
	if d := deprecation(n.get("deprecated").isTrue(), n); d != nil {
		m.Deprecated = d
	}
	if value := n.get("default"); value != nil {
		m.Default = &spec.Default{Value: value.value(), Added: n.get("x-added-default").isTrue()}
	}
	m.ContextParam = firstOf(n.get("x-context-param").string(), m.ContextParam)
	for key, flag := range map[string]*bool{
		"x-idempotency-token": &m.IdempotencyToken, "x-host-label": &m.HostLabel,
		"x-client-optional": &m.ClientOptional, "x-sensitive": &m.Sensitive,
	} {
		*flag = *flag || n.get(key).isTrue()
	}
}

// deprecation is what a node says of its being deprecated, nil when it is not.
func deprecation(deprecated bool, n *node) *spec.Deprecation {
	more := n.get("x-deprecated")
	if !deprecated && more == nil {
		return nil
	}
	return &spec.Deprecation{Message: more.get("message").string(), Since: more.get("since").string()}
}

// defaultFits says whether a default can be a value of a shape. Null says that
// there is none, whatever the shape.
func defaultFits(s *spec.Shape, n *node) bool {
	if n.kind == nullNode {
		return true
	}
	switch s.Kind {
	case spec.Invalid, spec.Document:
		return true
	case spec.String, spec.Blob:
		return n.kind == textNode
	case spec.Timestamp:
		return n.kind == textNode || n.kind == numberNode
	case spec.Boolean:
		return n.kind == flagNode
	case spec.Enum, spec.IntEnum:
		for _, v := range s.EnumValues {
			if v.Value == n.text && n.kind != flagNode {
				return true
			}
		}
		return false
	case spec.List:
		return n.kind == listNode && len(n.list) == 0
	case spec.Map:
		return n.kind == objectNode && len(n.fields) == 0
	case spec.Structure, spec.Union:
		return false
	default:
		return n.kind == numberNode
	}
}
