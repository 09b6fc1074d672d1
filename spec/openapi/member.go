package openapi

import (
	"cmp"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// preludeNames are the names of the shapes that inline schemas without a name of
// their own have in common: those of Smithy's prelude.
var preludeNames = [...]string{
	spec.Union: "",

	spec.Blob: "Blob", spec.Boolean: "Boolean", spec.String: "String", spec.Byte: "Byte", spec.Short: "Short",
	spec.Integer: "Integer", spec.Long: "Long", spec.Float: "Float", spec.Double: "Double", spec.BigDecimal: "BigDecimal",
	spec.Timestamp: "Timestamp", spec.Document: "Document",
}

// bind makes a schema the target of a member and reads what the schema's place
// says of the member. A schema written out there that needs a shape of its own
// gets the name inline.
func (l *loader) bind(m *spec.Member, inline string, n tree.Value) {
	m.Target = l.target(m, inline, n)
	if at, _ := l.component(n); at.Get("format").Text() == "binary" && m.Location != spec.InPayload {
		l.wrong(n, "use format: byte, which is base64", "format binary is for whole bodies")
	}
	for _, at := range descriptions(n) {
		l.traits(m, at)
		if value := at.Get("default"); value.Exists() && !defaultFits(m.Target, value) {
			l.wrong(value, "", "the default is no value of %s", article(m.Target.Kind))
		}
	}
}

func (l *loader) target(m *spec.Member, inline string, n tree.Value) *spec.Shape {
	at, name := l.component(n)
	if !at.Exists() {
		return l.invalid
	}
	if name != "" {
		shape := l.named(name)
		l.targeted[shape] = true
		m.Constraints = l.constraints(shape.Kind, n)
		if !n.Broken() {
			l.checkKeywords(shape.Kind, n)
		}
		return shape
	}
	s := l.schema(n)
	if s == nil {
		return l.invalid
	}
	kind := l.kindOf(n)
	if preludeNames[kind] == "" || n.Get("x-streaming").Exists() || n.Get("x-name").Exists() {
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
func (l *loader) inlineName(name string, n tree.Value) string {
	if !n.Get("x-name").Exists() {
		return name
	}
	return cmp.Or(l.name("a shape", name, n, n), name)
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
func (l *loader) prelude(kind spec.Kind, n tree.Value) *spec.Shape {
	name := preludeNames[kind]
	shape := l.api.Shapes[name]
	switch {
	case shape == nil:
		shape = &spec.Shape{Pos: n.NamePos(), Name: name, Kind: kind}
		l.api.Shapes[name] = shape
	case shape.Kind != kind || shape.Constraints != (spec.Constraints{}) || shape.Sensitive ||
		shape.TimestampFormat != "" || shape.MediaType != "":
		l.wrong(n, "give this schema a name in components/schemas, or that one another",
			"a plain %s has the name %s, which the schema at %s has taken", kind, name, shape.Pos)
	}
	l.targeted[shape] = true
	return shape
}

// traits reads what a schema, parameter or header says of the member that it
// becomes. It may be called for more than one of them.
func (l *loader) traits(m *spec.Member, n tree.Value) {
	m.Documentation = cmp.Or(n.Get("description").Text(), m.Documentation, n.Get("title").Text())
	if d := deprecation(n.Get("deprecated").IsTrue(), n); d != nil {
		m.Deprecated = d
	}
	if value := n.Get("default"); value.Exists() {
		m.Default = &spec.Default{Value: value.Decode(), Added: n.Get("x-added-default").IsTrue()}
	}
	m.ContextParam = cmp.Or(n.Get("x-context-param").Text(), m.ContextParam)
	for key, flag := range map[string]*bool{
		"x-idempotency-token": &m.IdempotencyToken, "x-host-label": &m.HostLabel,
		"x-client-optional": &m.ClientOptional, "x-sensitive": &m.Sensitive,
	} {
		*flag = *flag || n.Get(key).IsTrue()
	}
}

// deprecation is what a node says of its being deprecated, nil when it is not.
func deprecation(deprecated bool, n tree.Value) *spec.Deprecation {
	more := n.Get("x-deprecated")
	if !deprecated && !more.Exists() {
		return nil
	}
	return &spec.Deprecation{Message: more.Get("message").Text(), Since: more.Get("since").Text()}
}

// defaultFits reports whether a default can be a value of a shape. Null says that
// there is none, whatever the shape.
func defaultFits(s *spec.Shape, n tree.Value) bool {
	if n.Kind() == tree.Null {
		return true
	}
	switch s.Kind {
	case spec.Invalid, spec.Document:
		return true
	case spec.String, spec.Blob:
		return n.Kind() == tree.String
	case spec.Timestamp:
		return n.Kind() == tree.String || n.Kind() == tree.Number
	case spec.Boolean:
		return n.Kind() == tree.Bool
	case spec.Enum, spec.IntEnum:
		for _, v := range s.EnumValues {
			if v.Value == n.Text() && n.Kind() != tree.Bool {
				return true
			}
		}
		return false
	case spec.List:
		return n.Kind() == tree.Array && n.Len() == 0
	case spec.Map:
		return n.Kind() == tree.Object && n.Len() == 0
	case spec.Structure, spec.Union:
		return false
	default:
		return n.Kind() == tree.Number
	}
}
