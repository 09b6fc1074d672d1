package c2j

import (
	"strings"

	"example.com/lathe/spec"
)

// restore undoes what the publishers' converter does to traits that a member has
// and its target has not: it makes a target for that member alone.
//
// A timestamp's format comes back from its name. The name of a target that limits
// a simple value is put together of those of structure, member and type; the limits
// go back to the member, and the target becomes the plain type. The names of the
// targets that lists and maps had before are lost.
func (l *loader) restore(d *definition, m *spec.Member) {
	t := m.Target
	other, isOther := lostBy[l.service].kinds[m.Name]
	switch {
	case isOther && t.Kind == other.is:
		m.Target, m.ZeroGuessed = l.plain(upperFirst(other.want.String()), other.want), false
	case t.Kind == spec.Timestamp && strings.HasPrefix(t.Name, syntheticTimestamp) && m.TimestampFormat == "":
		m.TimestampFormat = t.TimestampFormat
		m.Target = l.plain("Timestamp", spec.Timestamp)
	case t.Kind.IsAggregate() || t.Kind == spec.Enum || t.Constraints == spec.Constraints{}:
	case t.Name == d.name+upperFirst(m.Name)+upperFirst(t.Kind.String()) && isOnlyLimited(t):
		m.Constraints = t.Constraints
		m.Target = l.plain(upperFirst(t.Kind.String()), t.Kind)
	}
}

// isOnlyLimited reports whether a shape has nothing but a kind and limits.
func isOnlyLimited(s *spec.Shape) bool {
	return !s.Sensitive && !s.Streaming && s.Deprecated == nil && s.TimestampFormat == "" && s.Documentation == ""
}

// plain returns a shape that is nothing but its kind: the document's own by that
// name if it is no more, and otherwise one from outside the document.
func (l *loader) plain(name string, kind spec.Kind) *spec.Shape {
	if s := l.extra[name]; s != nil {
		return s
	}
	s := &spec.Shape{Name: name, Kind: kind}
	if d := l.shapes[name]; d != nil {
		if d.shape.Kind == kind && d.shape.Constraints == (spec.Constraints{}) && isOnlyLimited(d.shape) {
			s = d.shape
		} else {
			s.Name = "smithy.api#" + name
		}
	}
	l.extra[name] = s
	return s
}
