package c2j

import (
	"slices"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// kinds are the format's types.
var kinds = [...]struct {
	name string
	kind spec.Kind
}{
	{"structure", spec.Structure}, {"list", spec.List}, {"map", spec.Map}, {"string", spec.String},
	{"character", spec.String},
	{"integer", spec.Integer}, {"long", spec.Long}, {"short", spec.Short}, {"byte", spec.Byte}, {"float", spec.Float},
	{"double", spec.Double}, {"biginteger", spec.BigInteger}, {"bigdecimal", spec.BigDecimal}, {"boolean", spec.Boolean},
	{"blob", spec.Blob}, {"timestamp", spec.Timestamp},
}

// maxName is the length up to which names are read, so that positions cannot grow
// beyond all bounds.
const maxName = 500

// isName reports whether a name is one that Smithy would allow.
func isName(name string) bool {
	for i, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != "" && len(name) <= maxName
}

// checkName reports the key of a value that is no name for a shape, member or
// operation.
func (l *loader) checkName(v tree.Value) bool {
	if isName(v.Name()) {
		return true
	}
	at := v.NamePos()
	at.Pointer = ""
	l.Problems.Add(at, "a name has letters, digits and underscores", "%.100q is not a name", v.Name())
	return false
}

// index makes an empty shape of every definition, so that they may refer to each
// other.
func (l *loader) index(shapes tree.Value) {
	for node := range l.Object(shapes).All() {
		if !l.checkName(node) || !l.Expect(node, tree.Object) || l.shapes[node.Name()] != nil {
			continue
		}
		d := &definition{name: node.Name(), node: node}
		d.shape = &spec.Shape{Pos: node.NamePos(), Name: d.name, Kind: l.kind(d)}
		l.shapes[d.name] = d
		l.order = append(l.order, d)
	}
}

// kind returns a definition's kind; flags make other kinds of structures and
// strings.
func (l *loader) kind(d *definition) spec.Kind {
	typ := d.node.Get("type")
	if !typ.Exists() {
		l.Problems.Add(d.node.NamePos(), "", "shape %s has no type", d.name)
		return spec.Invalid
	}
	kind := l.kindOf(d, typ)
	switch {
	case kind == spec.Structure && l.Flag(d.node.Get("document")):
		return spec.Document
	case kind == spec.Structure && l.isUnion(d):
		return spec.Union
	case kind == spec.String && d.node.Get("enum").Exists():
		return spec.Enum
	default:
		return kind
	}
}

func (l *loader) kindOf(d *definition, typ tree.Value) spec.Kind {
	if !l.Expect(typ, tree.String) {
		return spec.Invalid
	}
	for _, k := range kinds {
		if k.name == typ.Text() {
			return k.kind
		}
	}
	hint := l.Meant(typ.Text(), "", func(yield func(string) bool) {
		for _, k := range kinds {
			if !yield(k.name) {
				return
			}
		}
	})
	l.Problems.Add(typ.Pos(), hint, "shape %s is of the unknown type %q", d.name, typ.Text())
	return spec.Invalid
}

// isUnion reports whether a structure is a union.
func (l *loader) isUnion(d *definition) bool {
	return l.Flag(d.node.Get("union")) || l.Flag(d.node.Get("eventstream")) ||
		slices.Contains(lostBy[l.service].unions, d.name)
}

// traits reads what a definition says of the shape itself.
func (l *loader) traits(d *definition) {
	s := d.shape
	for v := range d.node.All() {
		if set := shapeKeys[v.Name()]; set != nil {
			set(l, s, v)
		}
	}
	s.Deprecated = l.deprecation(d.node)
	if l.Flag(d.node.Get("exception")) || l.Flag(d.node.Get("fault")) {
		s.Error = l.errorTraits(d.node)
	}
}

// parts builds what a shape consists of. The traits of all shapes are known by
// then.
func (l *loader) parts(d *definition) {
	switch s := d.shape; s.Kind {
	case spec.Structure, spec.Union:
		l.members(d)
	case spec.List:
		s.Element = l.part(d, "member")
	case spec.Map:
		s.Key, s.Value = l.part(d, "key"), l.part(d, "value")
	case spec.Enum:
		l.enumValues(s, d.node.Get("enum"))
	}
}

func (l *loader) enumValues(s *spec.Shape, list tree.Value) {
	texts := l.Texts(list)
	if list.Kind() == tree.Array && len(texts) == 0 {
		l.Problems.Add(list.Pos(), "", "enum %s has no values", s.Name)
	}
	names := spec.EnumNames(texts)
	seen := make(map[string]bool, len(texts))
	i := 0
	for v := range list.All() {
		if v.Kind() != tree.String {
			continue
		}
		if seen[texts[i]] {
			l.Problems.Add(v.Pos(), "", "enum %s has the value %q twice", s.Name, texts[i])
		}
		seen[texts[i]] = true
		s.EnumValues = append(s.EnumValues, spec.EnumValue{
			Pos: v.Pos(), Name: names[i], Value: texts[i], NameOrigin: spec.NameMade,
		})
		i++
	}
}

// shapeKeys are the keys that count for shapes.
var shapeKeys = setters[spec.Shape]{
	"documentation":   func(l *loader, s *spec.Shape, v tree.Value) { s.Documentation = l.Text(v) },
	"sensitive":       func(l *loader, s *spec.Shape, v tree.Value) { s.Sensitive = l.Flag(v) },
	"sparse":          func(l *loader, s *spec.Shape, v tree.Value) { s.Sparse = l.Flag(v) },
	"streaming":       func(l *loader, s *spec.Shape, v tree.Value) { s.Streaming = l.Flag(v) },
	"eventstream":     func(l *loader, s *spec.Shape, v tree.Value) { s.Streaming = l.Flag(v) },
	"requiresLength":  func(l *loader, s *spec.Shape, v tree.Value) { s.RequiresLength = l.Flag(v) },
	"timestampFormat": func(l *loader, s *spec.Shape, v tree.Value) { s.TimestampFormat = l.timestampFormat(v) },
	"pattern":         func(l *loader, s *spec.Shape, v tree.Value) { s.Constraints.Pattern = spec.PlainPattern(l.Text(v)) },
	"min": func(l *loader, s *spec.Shape, v tree.Value) {
		l.limit(s, v, &s.Constraints.Min, &s.Constraints.MinLength)
	},
	"max": func(l *loader, s *spec.Shape, v tree.Value) {
		l.limit(s, v, &s.Constraints.Max, &s.Constraints.MaxLength)
	},
	"uniqueItems":  func(l *loader, s *spec.Shape, v tree.Value) { s.Constraints.Unique = l.Flag(v) },
	"flattened":    func(l *loader, s *spec.Shape, v tree.Value) { s.XML.Flattened = l.Flag(v) },
	"locationName": func(l *loader, s *spec.Shape, v tree.Value) { s.XML.Name = l.Text(v) },
	"xmlNamespace": func(l *loader, s *spec.Shape, v tree.Value) { l.namespace(&s.XML, v) },
}

// limit reads "min" or "max", which limit numbers by value and everything else by
// length. A minimal length of zero says nothing.
func (l *loader) limit(s *spec.Shape, v tree.Value, value, length *string) {
	n := l.Number(v)
	switch {
	case s.Kind.IsNumber():
		*value = n
	case n != "0" || length == &s.Constraints.MaxLength:
		*length = n
	}
}

// namespace reads an XML namespace, which old models write as a string.
func (l *loader) namespace(x *spec.XML, v tree.Value) {
	if v.Kind() == tree.String {
		x.NamespaceURI = v.Text()
		return
	}
	n := l.Object(v)
	x.NamespaceURI, x.NamespacePrefix = l.Text(n.Get("uri")), l.Text(n.Get("prefix"))
}

func (l *loader) timestampFormat(v tree.Value) spec.TimestampFormat {
	switch name := l.Text(v); name {
	case "iso8601":
		return spec.DateTime
	case "rfc822":
		return spec.HTTPDate
	case "unixTimestamp":
		return spec.EpochSeconds
	case "":
		return ""
	default:
		l.Problems.Add(v.Pos(), "use iso8601, rfc822 or unixTimestamp", "timestamp format %q is not known", name)
		return ""
	}
}

// errorTraits reads what a model says of an error. It blames the service when it
// says so, or when it blames nobody and the status does.
func (l *loader) errorTraits(node tree.Value) *spec.ErrorTraits {
	e := &spec.ErrorTraits{Server: l.Flag(node.Get("fault"))}
	if what := l.Object(node.Get("error")); what.Exists() {
		e.Status = l.Integer(what.Get("httpStatusCode"))
		e.Server = e.Server || !l.Flag(what.Get("senderFault")) && e.Status >= 500
		if l.query {
			e.QueryCode = l.Text(what.Get("code"))
		}
	}
	if retryable := l.Object(node.Get("retryable")); retryable.Exists() {
		e.Retryable, e.Throttling = true, l.Flag(retryable.Get("throttling"))
	}
	return e
}

// syntheticTimestamp begins the names of the shapes that the publishers' converter
// makes for members with a timestamp format of their own.
const syntheticTimestamp = "SyntheticTimestamp_"

// upperFirst is how that converter joins names.
func upperFirst(name string) string {
	if name == "" {
		return ""
	}
	return strings.ToUpper(name[:1]) + name[1:]
}
