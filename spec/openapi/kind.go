package openapi

import (
	"cmp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// typeFormat is a type with a format and the shape that they make.
type typeFormat struct {
	typ, format string
	kind        spec.Kind
	timestamp   spec.TimestampFormat
}

// formats are the formats that make a difference. A string in any other format
// that is known is a plain string: the format speaks of its content.
var formats = [...]typeFormat{
	{"string", "", spec.String, ""},
	{"string", "date-time", spec.Timestamp, spec.DateTime},
	{"string", "http-date", spec.Timestamp, spec.HTTPDate},
	{"number", "epoch-seconds", spec.Timestamp, spec.EpochSeconds},
	{"integer", "epoch-seconds", spec.Timestamp, spec.EpochSeconds},
	{"string", "byte", spec.Blob, ""},
	{"string", "binary", spec.Blob, ""},
	{"boolean", "", spec.Boolean, ""},
	{"integer", "", spec.Long, ""},
	{"integer", "int8", spec.Byte, ""},
	{"integer", "int16", spec.Short, ""},
	{"integer", "int32", spec.Integer, ""},
	{"integer", "int64", spec.Long, ""},
	{"number", "", spec.Double, ""},
	{"number", "float", spec.Float, ""},
	{"number", "double", spec.Double, ""},
	{"number", "decimal", spec.BigDecimal, ""},
}

// plainFormats are the formats of strings that travel as any string does.
var plainFormats = [...]string{
	"password", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6",
	"uri", "uri-reference", "uri-template", "iri", "iri-reference", "uuid", "json-pointer",
	"relative-json-pointer", "regex",
}

// kindOf says what kind of shape a schema describes, Invalid when it describes
// none that is supported.
func (l *loader) kindOf(n tree.Value) spec.Kind {
	s := l.schema(n)
	switch {
	case s == nil:
		return spec.Invalid
	case s.Always != nil:
		return l.anything(*s.Always, n)
	case n.Get("allOf").Exists():
		l.wrong(n.Get("allOf"), hintCompose, "allOf is not supported but to describe one reference")
		return spec.Invalid
	case isFloat(n.Get("oneOf")):
		return l.kindOf(n.Get("oneOf").List()[0])
	case n.Get("oneOf").Exists():
		return l.union(n)
	}
	types := slices.DeleteFunc(slices.Clone(s.Type.Slice()), func(t string) bool { return t == "null" })
	switch {
	case n.Get("type").Broken():
		return spec.Invalid
	case len(types) == 0:
		return l.untyped(n)
	case !l.v31 && n.Get("type").Len() > 0:
		l.wrong(n.Get("type"), "write one type, with nullable: true where it may be null",
			"a list of types is a feature of OpenAPI 3.1, and the document is 3.0")
		return spec.Invalid
	case len(types) > 1:
		l.wrong(n.Get("type"), "choose one type", "a value of several types (%s) is not supported", strings.Join(types, ", "))
		return spec.Invalid
	case types[0] == "array":
		return l.list(n)
	case types[0] == "object":
		return l.object(n)
	default:
		return l.simple(types[0], s, n)
	}
}

// anything is the kind of a schema that is a boolean: true allows any JSON.
func (l *loader) anything(always bool, n tree.Value) spec.Kind {
	if always {
		return spec.Document
	}
	l.wrong(n, "leave out what can have no value", "a schema that allows nothing is not supported")
	return spec.Invalid
}

// isFloat reports whether a oneOf is a number, or one of the texts that JSON has for what is
// none: Smithy's converter writes floats so.
func isFloat(oneOf tree.Value) bool {
	branches := oneOf.List()
	if len(branches) != 2 || branches[0].Get("type").Text() != "number" || branches[1].Get("type").Text() != "string" {
		return false
	}
	texts := texts(branches[1].Get("enum"))
	slices.Sort(texts)
	return slices.Equal(texts, []string{"-Infinity", "Infinity", "NaN"})
}

// union is the kind of a oneOf: a union where it is marked as one, or looks like one.
func (l *loader) union(n tree.Value) spec.Kind {
	marked := n.Get("x-union")
	switch types := n.Get("type"); {
	case !marked.IsTrue() && (marked.Exists() || !areVariants(n.Get("oneOf"))):
		l.wrong(n.Get("oneOf"), "the branches of a union are objects with one property each, which is required; otherwise use one schema",
			"oneOf is not supported but for unions")
	case types.Exists() && types.Text() != "object":
		l.wrong(types, "leave the type out", "a union is an object")
	case n.Get("oneOf").Len() == 0:
		l.wrong(n.Get("oneOf"), "", "a union needs at least one branch")
	default:
		return spec.Union
	}
	return spec.Invalid
}

// untyped is the kind of a schema without a type: any JSON, unless other keywords
// show that the type was forgotten.
func (l *loader) untyped(n tree.Value) spec.Kind {
	for _, k := range keywords {
		if n.Get(k.key).Exists() && k.typ != "" {
			l.wrong(n, "add type: "+k.typ, "the schema has %s but no type", k.key)
			return spec.Invalid
		}
	}
	if n.Broken() || n.Get("format").Exists() {
		if !n.Broken() {
			l.wrong(n, "add type: string, integer or number", "the schema has a format but no type")
		}
		return spec.Invalid
	}
	return spec.Document
}

func (l *loader) list(n tree.Value) spec.Kind {
	switch {
	case n.Get("items").Exists():
		return spec.List
	case !n.Broken():
		l.wrong(n, "say with items what the list holds", "the list has no items")
	}
	return spec.Invalid
}

// object is the kind of an object: a map when it has additionalProperties and no
// properties, otherwise a structure.
func (l *loader) object(n tree.Value) spec.Kind {
	more := n.Get("additionalProperties")
	described := more.Exists() && more.Kind() != tree.Bool
	switch {
	case n.Get("properties").Len() > 0 && described:
		l.wrong(more, "move them to a property of type object",
			"an object with properties cannot have additionalProperties of a type too")
		return spec.Invalid
	case n.Get("properties").Len() == 0 && (described || more.IsTrue()):
		return spec.Map
	default:
		return spec.Structure
	}
}

// simple is the kind of a value without parts.
func (l *loader) simple(typ string, s *openapi3.Schema, n tree.Value) spec.Kind {
	kind := l.formatted(typ, s.Format, n)
	if s.ContentEncoding != "" && kind == spec.String {
		kind = l.encoded(s, n)
	}
	if !n.Get("enum").Exists() || kind == spec.Invalid {
		return kind
	}
	switch kind {
	case spec.String:
		return spec.Enum
	case spec.Byte, spec.Short, spec.Integer, spec.Long:
		return spec.IntEnum
	}
	l.wrong(n.Get("enum"), "use strings or integers", "an enum of %s values is not supported", kind)
	return spec.Invalid
}

func (l *loader) formatted(typ, format string, n tree.Value) spec.Kind {
	var known []string
	for _, f := range formats {
		if f.typ == typ && f.format == format {
			return f.kind
		}
		if f.typ == typ && f.format != "" {
			known = append(known, f.format)
		}
	}
	if typ == "string" {
		known = append(known, plainFormats[:]...)
	}
	switch {
	case !slices.ContainsFunc(formats[:], func(f typeFormat) bool { return f.typ == typ }):
		l.wrong(n.Get("type"), didYouMean(typ, "string", "integer", "number", "boolean", "array", "object"),
			"there is no type %q", typ)
	case typ == "string" && slices.Contains(plainFormats[:], format):
		return spec.String
	default:
		l.wrong(n.Get("format"), cmp.Or(didYouMean(format, known...), "leave it out"),
			"format %q of type %s is not supported", format, typ)
	}
	return spec.Invalid
}

func (l *loader) encoded(s *openapi3.Schema, n tree.Value) spec.Kind {
	if s.ContentEncoding == "base64" || s.ContentEncoding == "byte" { // the latter from Smithy's converter
		return spec.Blob
	}
	l.wrong(n.Get("contentEncoding"), "use base64", "content encoding %q is not supported", s.ContentEncoding)
	return spec.Invalid
}

func didYouMean(name string, candidates ...string) string {
	return cmp.Or(suggestion(name, candidates), spec.Choices("use one of", candidates...))
}

func timestampFormat(kind spec.Kind, format string) spec.TimestampFormat {
	for _, f := range formats {
		if kind == spec.Timestamp && f.format == format {
			return f.timestamp
		}
	}
	return ""
}

// nullable reports whether null may stand where a schema is used.
func (l *loader) nullable(n tree.Value) bool {
	at, _ := l.component(n)
	for t := range at.Get("type").All() {
		if t.Text() == "null" {
			return true
		}
	}
	return at.Get("nullable").IsTrue()
}

// notNullable reports a place where null can not be reported from absence.
func (l *loader) notNullable(n tree.Value, what string) {
	if l.nullable(n) {
		l.wrong(n, "make it optional, or do not allow null", "%s cannot be null", what)
	}
}

// article names a kind with its article.
func article(k spec.Kind) string {
	if strings.ContainsAny(k.String()[:1], "aeiou") {
		return "an " + k.String()
	}
	return "a " + k.String()
}
