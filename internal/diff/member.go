package diff

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/lathe/internal/plan"
	"example.com/lathe/spec"
)

// members pairs the members of two structures or unions, by their names and then
// by their names on the wire, and compares them.
func (c *comparer) members(n *node) {
	added := map[string]*spec.Member{}
	for _, m := range n.new.Members {
		added[m.Name] = m
	}
	var lost []*spec.Member
	for _, m := range n.old.Members {
		if other := added[m.Name]; other != nil {
			delete(added, m.Name)
			c.member(n, m, other)
		} else {
			lost = append(lost, m)
		}
	}
	for _, m := range lost {
		if other := c.renamedTo(n, m, added); other != nil {
			delete(added, other.Name)
			f := n.memberFinding(m, other)
			f.note(n, "member-renamed", m.Name, other.Name)
			c.member(n, m, other)
		} else {
			c.lostMember(n, m)
		}
	}
	for _, m := range n.new.Members {
		if added[m.Name] == m {
			c.newMember(n, m)
		}
	}
}

// renamedTo finds the new member that is on the wire what an old one was.
func (c *comparer) renamedTo(n *node, m *spec.Member, added map[string]*spec.Member) *spec.Member {
	for _, other := range n.new.Members {
		if added[other.Name] == other && other.Target.Kind == m.Target.Kind && n.wire(m, 0) == n.wire(other, 1) {
			return other
		}
	}
	return nil
}

// wire is where a member of one side travels and under what name. A label is known
// by its place in the path.
func (n *node) wire(m *spec.Member, side int) string {
	switch m.Location {
	case spec.InBody:
		return m.WireName()
	case spec.InLabel:
		if at := slices.Index(n.labels[side], m.LocationName); at >= 0 {
			return "label " + strconv.Itoa(at+1)
		}
		return "label " + m.LocationName
	case spec.InHeader, spec.InPrefixHeaders:
		return m.Location.String() + " " + strings.ToLower(m.LocationName)
	default:
		return strings.TrimSpace(m.Location.String() + " " + m.LocationName)
	}
}

// memberFinding begins a finding about a member that both sides have.
func (n *node) memberFinding(a, b *spec.Member) finding {
	return finding{
		place: n.place + "." + a.Name, what: a.Name + " of " + n.noun, oldPos: a.Pos, newPos: b.Pos,
		goOld: n.goOld.member(a.Name), goNew: n.goNew.member(b.Name),
	}
}

// lostMember tells of a member that only the old side has.
func (c *comparer) lostMember(n *node, m *spec.Member) {
	f := finding{place: n.place + "." + m.Name, what: m.Name + " of " + n.noun, old: describe(m.Target), oldPos: m.Pos, newPos: n.new.Pos}
	f.goOld = append(n.goOld.member(m.Name), c.old.golang.types(c.new.golang, m.Target)...)
	switch {
	case n.old.Kind == spec.Union:
		f.rule = "union-member-removed"
	case m.Required:
		f.rule = "required-member-removed"
	default:
		f.rule = "member-removed"
	}
	n.add(f)
}

// newMember tells of a member that only the new side has. One that is required and
// has a default may be left out by old clients; the new one may insist on it.
func (c *comparer) newMember(n *node, m *spec.Member) {
	f := finding{place: n.place + "." + m.Name, what: m.Name + " of " + n.noun, new: describe(m.Target), oldPos: n.old.Pos, newPos: m.Pos}
	f.goNew = append(n.goNew.member(m.Name), c.new.golang.types(c.old.golang, m.Target)...)
	switch {
	case n.old.Kind == spec.Union:
		f.rule = "union-member-added"
	case m.Required && m.Default == nil:
		f.rule = "required-member-added"
	case plan.IsChecked(m):
		f.rule = "required-member-with-default-added"
	default:
		f.rule = "member-added"
	}
	n.add(f)
}

// member compares two versions of a member.
func (c *comparer) member(n *node, a, b *spec.Member) {
	f := n.memberFinding(a, b)
	switch {
	case !a.Required && b.Required:
		f.note(n, "member-required", "optional", "required")
	case a.Required && !b.Required:
		f.note(n, "member-optional", "required", "optional")
	}
	f.note(n, "default-changed", defaultOf(a), defaultOf(b))
	f.note(n, "client-optional-changed", strconv.FormatBool(a.ClientOptional), strconv.FormatBool(b.ClientOptional))
	switch {
	case !a.IdempotencyToken && b.IdempotencyToken:
		f.note(n, "idempotency-token-added", "plain", "token")
	case a.IdempotencyToken && !b.IdempotencyToken:
		f.note(n, "idempotency-token-removed", "token", "plain")
	}
	bindings(n, f, a, b)
	c.xml(n, f, a.XML, b.XML)
	deprecation(n, f, a.Deprecated, b.Deprecated)
	c.target(n, f, a, b)
}

// bindings compares where two versions of a member travel.
func bindings(n *node, f finding, a, b *spec.Member) {
	if a.Location != b.Location {
		f.note(n, "location-changed", a.Location.String(), b.Location.String())
	} else if a.Location != spec.InLabel || n.labels[0] != nil {
		f.note(n, "wire-name-changed", n.wire(a, 0), n.wire(b, 1))
	}
	f.note(n, "host-label-changed", hostLabel(a), hostLabel(b))
	f.note(n, "event-binding-changed", eventPart(a), eventPart(b))
	f.note(n, "endpoint-binding-changed", a.ContextParam, b.ContextParam)
}

func hostLabel(m *spec.Member) string {
	return word(m.HostLabel, "part of the host name", "no part of the host name")
}

func eventPart(m *spec.Member) string {
	switch {
	case m.EventHeader:
		return "header"
	case m.EventPayload:
		return "payload"
	default:
		return "body"
	}
}

// defaultOf gives a default as JSON; empty for none.
func defaultOf(m *spec.Member) string {
	if m.Default == nil {
		return ""
	}
	text, err := json.Marshal(m.Default.Value)
	if err != nil {
		return fmt.Sprint(m.Default.Value)
	}
	return string(text)
}

// describe says what a shape is.
func describe(s *spec.Shape) string {
	switch s.Kind {
	case spec.List:
		return "a list of " + targetName(s.Element)
	case spec.Map:
		return "a map of " + targetName(s.Value)
	case spec.Structure, spec.Union, spec.Enum, spec.IntEnum:
		return "the " + s.Kind.String() + " " + s.Name
	default:
		return article(s.Kind.String())
	}
}

func targetName(m *spec.Member) string {
	if m == nil {
		return "nothing"
	}
	if hasGoType(m.Target) {
		return m.Target.Name
	}
	return m.Target.Kind.String()
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

func status(e *spec.ErrorTraits) string {
	return cmp.Or(strings.TrimLeft(strconv.Itoa(e.Status), "0"), "of no model")
}
