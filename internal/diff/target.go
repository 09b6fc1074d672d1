package diff

import (
	"cmp"
	"strings"

	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
)

// maxChain bounds how many collections inside each other are followed that have
// other names on the two sides. Models that loaders accept stay far below.
const maxChain = 50

// target compares what two versions of a member target; f is a finding about the
// member. What the target says is told of the target, whoever uses it; what the
// member says itself, or through another target, is told of the member.
func (c *comparer) target(n *node, f finding, a, b *spec.Member) {
	if a.Target == nil || b.Target == nil {
		return
	}
	to := c.targetNode(n, f, a.Target, b.Target)
	if c.isSame(a.Target, b.Target) && sameOwn(a, b) {
		c.facets(to, to.finding(a.Target.Pos, b.Target.Pos), a, b)
	} else {
		c.facets(n, f, a, b)
	}
	if to == nil {
		return
	}
	e := edge{to: to}
	if n.hasGoName() {
		e.goOld, e.goNew = f.goOld, f.goNew
	}
	n.edges = append(n.edges, e)
}

// sameOwn says whether two members say the same themselves of the values that they
// hold.
func sameOwn(a, b *spec.Member) bool {
	return a.TimestampFormat == b.TimestampFormat && a.MediaType == b.MediaType && carriesJSON(a) == carriesJSON(b) &&
		a.Sensitive == b.Sensitive && a.Constraints == b.Constraints && a.Location == b.Location
}

// targetNode gives the node of two shapes that versions of a member target; nil
// when they have nothing to compare.
func (c *comparer) targetNode(n *node, f finding, before, after *spec.Shape) *node {
	switch {
	case c.isSame(before, after):
		to := c.shapeNode(before, after)
		if before.Name != after.Name {
			c.rename(to)
		}
		return to
	case before.Kind != after.Kind:
		return nil
	case hasGoType(before):
		f.isType = len(f.goOld) == 0
		f.note(n, "member-retargeted", describe(before), describe(after))
		return c.newNode(shapePrefix+before.Name+">"+after.Name, before.Name+" (now "+after.Name+")", before, after)
	case strings.Count(f.place, ".") > maxChain:
		return nil
	default:
		return c.newNode(f.place, f.what, before, after)
	}
}

// facets compares what a member and its target say together of a value, and tells
// it at the place of f, which is either the member's or the target's.
func (c *comparer) facets(n *node, f finding, a, b *spec.Member) {
	if a.Target.Kind != b.Target.Kind {
		kind := f
		kind.isType = f.place == n.place || len(f.goOld) == 0
		if f.place == n.place { // the constants of an enum go with it
			kind.goOld, kind.goNew = n.goOld.all(), n.goNew.all()
		}
		kind.note(n, kindRule(a.Target.Kind, b.Target.Kind), describe(a.Target), describe(b.Target))
	}
	secrecy(n, f, a, b)
	if kindRule(a.Target.Kind, b.Target.Kind) == "type-changed" && a.Target.Kind != b.Target.Kind {
		return // what limited values of the one kind says nothing of the other
	}
	if a.Target.Kind == spec.Timestamp && b.Target.Kind == spec.Timestamp {
		f.note(n, "timestamp-format-changed", timestampFormat(c.old.api, a), timestampFormat(c.new.api, b))
	}
	if carriesJSON(a) != carriesJSON(b) {
		f.note(n, "json-value-changed", word(carriesJSON(a), "JSON", "plain text"), word(carriesJSON(b), "JSON", "plain text"))
	} else {
		f.note(n, "media-type-changed", cmp.Or(a.MediaType, a.Target.MediaType), cmp.Or(b.MediaType, b.Target.MediaType))
	}
	constraints(n, f, constraintsOf(a), constraintsOf(b))
}

// carriesJSON says whether a member is a header in base64. In bodies a string that
// carries JSON is a string.
func carriesJSON(m *spec.Member) bool { return m.JSONValue && m.Location == spec.InHeader }

// secrecy compares whether a value may be shown.
func secrecy(n *node, f finding, a, b *spec.Member) {
	switch {
	case !a.IsSensitive() && b.IsSensitive():
		f.note(n, "sensitive-added", "plain", "sensitive")
	case a.IsSensitive() && !b.IsSensitive():
		f.note(n, "sensitive-removed", "sensitive", "plain")
	}
}

// timestampFormat returns the format in which a member's timestamps travel. That of a
// service whose protocol can't be generated is the one that JSON has.
func timestampFormat(api *spec.API, m *spec.Member) string {
	p, problem := protocol.For(api, "")
	if problem != nil {
		return string(m.WireTimestamp(m.Location, spec.EpochSeconds))
	}
	return string(m.WireTimestamp(p.Location(m), p.Timestamps))
}

// widths order the numeric kinds: what fits one fits those with a greater width.
var widths = map[spec.Kind]int{
	spec.Byte: 1, spec.Short: 2, spec.Integer: 3, spec.Long: 4, spec.BigInteger: 5,
	spec.Float: 6, spec.Double: 7, spec.BigDecimal: 8,
}

// kindRule says what it means that a value of one kind became one of another.
func kindRule(a, b spec.Kind) string {
	switch {
	case a == spec.String && b == spec.Enum, a == spec.Integer && b == spec.IntEnum:
		return "enum-introduced"
	case a == spec.Enum && b == spec.String, a == spec.IntEnum && b == spec.Integer:
		return "enum-dropped"
	case widths[a] == 0 || widths[b] == 0:
		return "type-changed"
	case widths[a] < widths[b]:
		return "number-widened"
	default:
		return "number-narrowed"
	}
}
