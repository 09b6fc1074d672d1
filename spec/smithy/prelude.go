package smithy

import (
	"strings"

	"example.com/lathe/spec"
)

// preludeKinds are the shapes of Smithy's prelude, without those whose names
// begin with Primitive.
var preludeKinds = [...]struct {
	name string
	kind spec.Kind
}{
	{"String", spec.String}, {"Blob", spec.Blob}, {"BigInteger", spec.BigInteger}, {"BigDecimal", spec.BigDecimal},
	{"Timestamp", spec.Timestamp}, {"Document", spec.Document}, {"Boolean", spec.Boolean}, {"Byte", spec.Byte},
	{"Short", spec.Short}, {"Integer", spec.Integer}, {"Long", spec.Long}, {"Float", spec.Float},
	{"Double", spec.Double}, {"Unit", spec.Structure},
}

// isPrimitive reports whether an ID is that of a prelude shape that is zero by
// default.
func isPrimitive(id string) bool { return strings.HasPrefix(id, "smithy.api#Primitive") }

// preludeShape returns a shape of the prelude by its ID, or nil. Where the service
// has a shape of its own by that name that is no different, that one is returned.
func (l *loader) preludeShape(id string) *spec.Shape {
	name, ok := strings.CutPrefix(id, "smithy.api#")
	if !ok {
		return nil
	}
	if s := l.prelude[name]; s != nil {
		return s
	}
	kind := preludeKind(name)
	if kind == spec.Invalid {
		return nil
	}
	s := &spec.Shape{Name: name, Kind: kind}
	if id == spec.Unit {
		s.Name = id
	}
	if d := l.shapes[l.namespace+"#"+name]; d != nil && len(d.traits) == 0 && d.shape != nil && d.shape.Kind == kind &&
		kind != spec.Structure {
		s = d.shape
	} else {
		l.ids[s] = id
	}
	l.prelude[name] = s
	return s
}

func preludeKind(name string) spec.Kind {
	bare, primitive := strings.CutPrefix(name, "Primitive")
	for _, p := range preludeKinds {
		if p.name == bare && (!primitive || zero(p.kind) != nil) {
			return p.kind
		}
	}
	return spec.Invalid
}
