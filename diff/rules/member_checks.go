package rules

import (
	"cmp"
	"encoding/json"
	"fmt"

	"example.com/lathe/diff/internal/compare"
	"example.com/lathe/spec"
)

func memberType(m *compare.Member) string { return describe(m.Target) }

func inUnion(m *compare.Member) bool { return m.Owner.Kind == spec.Union }

func isRequired(m *compare.Member) bool { return m.Required }

func isToken(m *compare.Member) bool { return m.IdempotencyToken }

// addition is what a new member of a structure asks of callers. One that is required
// and has a default may be left out by old clients; the new one may insist on it.
type addition uint8

const (
	optionalMember addition = iota
	requiredMember
	checkedMember
)

func isMemberAddition(kind addition) func(compare.Pair[compare.Member]) bool {
	return func(p compare.Pair[compare.Member]) bool {
		switch m := p.New; {
		case inUnion(m):
			return false
		case m.Required && m.Default == nil:
			return kind == requiredMember
		case m.Checked:
			return kind == checkedMember
		default:
			return kind == optionalMember
		}
	}
}

// isLost finds members of structures that are gone, of which callers were promised
// that they are there, or not.
func isLost(required bool) func(compare.Pair[compare.Member]) bool {
	return func(p compare.Pair[compare.Member]) bool { return !inUnion(p.Old) && p.Old.Required == required }
}

func isOldVariant(p compare.Pair[compare.Member]) bool { return inUnion(p.Old) }

// variantsAdded finds new variants of unions; what switches over all of a union's
// types notices.
func variantsAdded(r *run, found reporter) {
	for _, p := range r.Members {
		if p.Old == nil && inUnion(p.New) {
			p.OldGo = p.OwnerGo()
			found(p.Site, "", memberType(p.New))
		}
	}
}

// defaultOf is a default as JSON; empty for none.
func defaultOf(m *compare.Member) string {
	if m.Default == nil {
		return ""
	}
	text, err := json.Marshal(m.Default.Value)
	if err != nil {
		return fmt.Sprint(m.Default.Value)
	}
	return string(text)
}

// defaultChanged compares defaults. A zero that one side's format has lost is none.
func defaultChanged(p *compare.Pair[compare.Member]) (before, after string, ok bool) {
	before, after = defaultOf(p.Old), defaultOf(p.New)
	isLost := p.Old.ZeroGuessed && before == "" && isZero(after) || p.New.ZeroGuessed && after == "" && isZero(before)
	return before, after, !isLost
}

func isZero(text string) bool { return text == "0" || text == "false" }

// wireNameChanged compares names on the wire of members that stay in their place.
func wireNameChanged(p *compare.Pair[compare.Member]) (before, after string, ok bool) {
	return p.Old.Wire, p.New.Wire, p.Old.Location == p.New.Location
}

func timestampChanged(p *compare.Pair[compare.Value]) (before, after string, ok bool) {
	isTime := p.Old.Target.Kind == spec.Timestamp && p.New.Target.Kind == spec.Timestamp
	return string(p.Old.Timestamp), string(p.New.Timestamp), isTime
}

func mediaTypeChanged(p *compare.Pair[compare.Value]) (before, after string, ok bool) {
	a, b := p.Old, p.New
	same := compare.CarriesJSON(a.Member) == compare.CarriesJSON(b.Member) // else another rule says so
	return cmp.Or(a.MediaType, a.Target.MediaType), cmp.Or(b.MediaType, b.Target.MediaType), same
}

func carriesJSON(v *compare.Value) string {
	return word(compare.CarriesJSON(v.Member), "JSON", "plain text")
}

func hostLabel(m *compare.Member) string {
	return word(m.HostLabel, "part of the host name", "no part of the host name")
}

func eventPart(m *compare.Member) string {
	switch {
	case m.EventHeader:
		return "header"
	case m.EventPayload:
		return "payload"
	default:
		return "body"
	}
}

func xmlOf(x *spec.XML) string {
	text := list(part{"name", x.Name}, part{"namespace", x.NamespaceURI}, part{"prefix", x.NamespacePrefix},
		part{"name in forms", x.EC2Name},
		part{"", word(x.Flattened, "flattened", "")}, part{"", word(x.Attribute, "attribute", "")})
	return cmp.Or(text, "the default")
}
