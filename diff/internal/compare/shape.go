package compare

import (
	"slices"
	"strconv"
	"strings"

	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
)

// shapeNode returns the node of two shapes that are one for the reader: of one name,
// or renamed. It goes by the old name.
func (c *Comparison) shapeNode(before, after *spec.Shape) *node {
	n := c.newNode(ShapePrefix+before.Name, before.Name, before, after)
	n.oldType, n.newType = c.Old.shape(before), c.New.shape(after)
	if !n.isNamed && before.Name != after.Name {
		add(&c.Renamed, n.site(before.Pos, after.Pos), before, after)
	}
	n.isNamed = true
	return n
}

// root pairs two shapes that something other than a member leads to.
func (c *Comparison) root(before, after *spec.Shape) *node {
	n := c.shapeNode(before, after)
	c.values(n.site(before.Pos, after.Pos), &spec.Member{Target: before}, &spec.Member{Target: after})
	return n
}

// shape pairs what two shapes of one kind have themselves.
func (c *Comparison) shape(n *node) {
	a, b := n.old, n.new
	if a.Kind != b.Kind {
		return // their kinds are a pair of values already
	}
	at := n.site(a.Pos, b.Pos)
	add(&c.Shapes, at, a, b)
	if at.IsMessage() || c.isSame(a, b) {
		add(&c.Described, at, a, b)
	}
	c.xml(at, &a.XML, &b.XML)
	switch a.Kind {
	case spec.Structure, spec.Union:
		c.members(n)
	case spec.List:
		c.part(n, ".member", "an element of ", a.Element, b.Element)
	case spec.Map:
		c.part(n, ".key", "a key of ", a.Key, b.Key)
		c.part(n, ".value", "a value of ", a.Value, b.Value)
	case spec.Enum, spec.IntEnum:
		c.enumValues(n)
	}
}

// members pairs the members of two structures or unions, by their names and then by
// their names on the wire.
func (c *Comparison) members(n *node) {
	left := map[string]*spec.Member{}
	before, after := n.membersOf(n.old), n.membersOf(n.new)
	for _, m := range after {
		left[m.Name] = m
	}
	var lost []*spec.Member
	for _, m := range before {
		if other := left[m.Name]; other != nil {
			delete(left, m.Name)
			c.member(n, m, other)
		} else {
			lost = append(lost, m)
		}
	}
	for _, m := range lost {
		if other := c.sameWire(n, m, after, left); other != nil {
			delete(left, other.Name)
			c.member(n, m, other)
			continue
		}
		at := n.memberSite(m, nil)
		at.OldGo = append(at.OldGo, c.Old.types(c.New, m.Target)...)
		add(&c.Members, at, c.named(n, m, 0), nil)
	}
	for _, m := range after {
		if left[m.Name] == m {
			at := n.memberSite(nil, m)
			at.NewGo = append(at.NewGo, c.New.types(c.Old, m.Target)...)
			add(&c.Members, at, nil, c.named(n, m, 1))
		}
	}
}

// membersOf returns the members of one side, each in the part of the message that carries
// it: that is another one than the model says where a response holds them.
func (n *node) membersOf(s *spec.Shape) []*spec.Member {
	if !n.isResponse {
		return s.Members
	}
	all := slices.Clone(s.Members)
	for i, m := range all {
		if at := m.Location.InResponse(); at != m.Location {
			moved := *m
			moved.Location = at
			all[i] = &moved
		}
	}
	return all
}

// sameWire finds the new member that is on the wire what an old one was.
func (c *Comparison) sameWire(
	n *node, m *spec.Member, after []*spec.Member, left map[string]*spec.Member,
) *spec.Member {
	for _, other := range after {
		if left[other.Name] == other && other.Target.Kind == m.Target.Kind && c.wire(n, m, 0) == c.wire(n, other, 1) {
			return other
		}
	}
	return nil
}

// wire is where a member of one side travels and under what name. A label is known
// by its place in the path.
func (c *Comparison) wire(n *node, m *spec.Member, side int) string {
	switch m.Location {
	case spec.InBody:
		return c.bodyName(m)
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

// bodyName is what a member is called in bodies: each name that one of the protocols of a
// side has for it, in requests or in responses.
func (c *Comparison) bodyName(m *spec.Member) string {
	var names []string
	for _, p := range protocol.All {
		if !c.speaks(p.ID) {
			continue
		}
		sent, _, _ := strings.Cut(p.NameOf(m), " ") // behind which a namespace may stand
		for _, name := range []string{p.WireName(m), sent} {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		return m.WireName()
	}
	return strings.Join(names, ", ")
}

// speaks reports whether one of the sides speaks a protocol.
func (c *Comparison) speaks(p spec.Protocol) bool {
	return slices.Contains(c.Old.API.Protocols, p) || slices.Contains(c.New.API.Protocols, p)
}

// named is a member of one side with its owner and its name on the wire.
func (c *Comparison) named(n *node, m *spec.Member, side int) *Member {
	owner := [2]*spec.Shape{n.old, n.new}[side]
	return &Member{m, owner, c.wire(n, m, side), isChecked(m)}
}

// memberSite is where a member stands; a side that has none has the owner's place.
func (n *node) memberSite(a, b *spec.Member) Site {
	at := Site{OldPos: n.old.Pos, NewPos: n.new.Pos, node: n}
	if b != nil {
		at.Place, at.What, at.NewPos, at.NewGo = n.place+"."+b.Name, b.Name+" of "+n.noun, b.Pos, n.newType.member(b.Name)
	}
	if a != nil {
		at.Place, at.What, at.OldPos, at.OldGo = n.place+"."+a.Name, a.Name+" of "+n.noun, a.Pos, n.oldType.member(a.Name)
	}
	return at
}

// member pairs two versions of a member. Where it stands in a path that is another
// one altogether is no difference of its own.
func (c *Comparison) member(n *node, a, b *spec.Member) {
	at := n.memberSite(a, b)
	before, after := c.named(n, a, 0), c.named(n, b, 1)
	if a.Location == spec.InLabel && b.Location == spec.InLabel && n.labels[0] == nil {
		after.Wire = before.Wire
	}
	add(&c.Members, at, before, after)
	c.xml(at, unnamed(a), unnamed(b))
	c.target(n, at, a, b)
}

// part pairs the elements of lists, or the keys or values of maps.
func (c *Comparison) part(n *node, suffix, noun string, a, b *spec.Member) {
	if a == nil || b == nil {
		return
	}
	at := Site{Place: n.place + suffix, What: noun + n.noun, OldPos: a.Pos, NewPos: b.Pos, node: n}
	add(&c.Parts, at, a, b)
	c.xml(at, &a.XML, &b.XML)
	c.target(n, at, a, b)
}

// xml pairs how something looks in XML, for services that speak it.
func (c *Comparison) xml(at Site, a, b *spec.XML) {
	if c.speaks(spec.RestXML) || c.speaks(spec.AWSQuery) || c.speaks(spec.EC2Query) {
		add(&c.XML, at, a, b)
	}
}

// unnamed is how a member looks in XML without its names in bodies, which [Member.Wire] has.
func unnamed(m *spec.Member) *spec.XML {
	if m.Location != spec.InBody {
		return &m.XML
	}
	x := m.XML
	x.Name, x.EC2Name = "", ""
	return &x
}

// target pairs what two versions of a member target. What the target says stands at
// the target, whoever uses it; what the member says itself, or through another
// target, stands at the member.
func (c *Comparison) target(n *node, at Site, a, b *spec.Member) {
	if !isKnown(a) || !isKnown(b) {
		return
	}
	to := c.targetNode(at, a, b)
	if c.isSame(a.Target, b.Target) && sameOwn(a, b) {
		c.values(to.site(a.Target.Pos, b.Target.Pos), a, b)
	} else {
		c.values(at, a, b)
	}
	if to == nil {
		return
	}
	e := edge{to: to}
	if n.hasType() {
		e.oldGo, e.newGo = at.OldGo, at.NewGo
	}
	n.edges = append(n.edges, e)
}

// isKnown reports whether it could be read what a member targets; if not, it is among
// the problems of its document, and nothing is said of a change.
func isKnown(m *spec.Member) bool { return m.Target != nil && m.Target.Kind != spec.Invalid }

// sameOwn reports whether two members say the same themselves of the values that they
// hold.
func sameOwn(a, b *spec.Member) bool {
	return a.TimestampFormat == b.TimestampFormat && a.MediaType == b.MediaType && CarriesJSON(a) == CarriesJSON(b) &&
		a.Sensitive == b.Sensitive && a.Constraints == b.Constraints && a.Location == b.Location
}

// targetNode returns the node of two shapes that versions of a member target; nil
// when they have nothing to compare.
func (c *Comparison) targetNode(at Site, a, b *spec.Member) *node {
	before, after := a.Target, b.Target
	switch {
	case c.isSame(before, after):
		return c.shapeNode(before, after)
	case before.Kind != after.Kind:
		return nil
	case hasGoType(before):
		add(&c.Retargeted, at, a, b)
		return c.newNode(ShapePrefix+before.Name+">"+after.Name, before.Name+" (now "+after.Name+")", before, after)
	case strings.Count(at.Place, ".") > maxChain:
		return nil
	default:
		return c.newNode(at.Place, at.What, before, after)
	}
}

// values pairs what a member and its target say together of a value, at the place of
// either.
func (c *Comparison) values(at Site, a, b *spec.Member) {
	before := &Value{a, c.Old.timestampFormat(a)}
	after := &Value{b, c.New.timestampFormat(b)}
	add(&c.Targets, at, before, after)
	if KinshipOf(a.Target.Kind, b.Target.Kind) != OtherKind { // else what limits the one says nothing of the other
		add(&c.Values, at, before, after)
	}
}

// Kinship is how the kinds of two values are related.
type Kinship uint8

// The kinships.
const (
	SameKind Kinship = iota
	EnumIntroduced
	EnumDropped
	NumberWidened
	NumberNarrowed
	OtherKind
)

// widths order the numeric kinds: what fits one fits those with a greater width.
var widths = map[spec.Kind]int{
	spec.Byte: 1, spec.Short: 2, spec.Integer: 3, spec.Long: 4, spec.BigInteger: 5,
	spec.Float: 6, spec.Double: 7, spec.BigDecimal: 8,
}

// KinshipOf returns what it means that a value of one kind became one of another.
func KinshipOf(a, b spec.Kind) Kinship {
	switch {
	case a == b:
		return SameKind
	case a == spec.String && b == spec.Enum, a == spec.Integer && b == spec.IntEnum:
		return EnumIntroduced
	case a == spec.Enum && b == spec.String, a == spec.IntEnum && b == spec.Integer:
		return EnumDropped
	case widths[a] == 0 || widths[b] == 0:
		return OtherKind
	case widths[a] < widths[b]:
		return NumberWidened
	default:
		return NumberNarrowed
	}
}

// CarriesJSON reports whether a member is a header in base64. In bodies a string that
// carries JSON is a string.
func CarriesJSON(m *spec.Member) bool { return m.JSONValue && m.Location == spec.InHeader }

// enumValues pairs the values of enums. A value is known by what it is on the wire,
// and else by its name.
func (c *Comparison) enumValues(n *node) {
	byValue, byName := map[string]int{}, map[string]int{}
	for i, v := range n.new.EnumValues {
		byValue[v.Value], byName[v.Name] = i, i
	}
	known := map[string]bool{}
	for _, v := range n.old.EnumValues {
		known[v.Value] = true
	}
	found := map[int]bool{}
	for i := range n.old.EnumValues {
		v := n.oldValue(i)
		j, ok := byValue[v.Value]
		if !ok {
			j, ok = byName[v.Name]
			ok = ok && !known[n.new.EnumValues[j].Value]
		}
		at := Site{Place: n.place + "." + v.Name, What: v.Name + " of " + n.noun, OldPos: v.Pos, NewPos: n.new.Pos, node: n}
		if !ok {
			at.OldGo = n.goneConstant(v, "")
			add(&c.EnumValues, at, v, nil)
			continue
		}
		found[j] = true
		other := n.newValue(j)
		at.NewPos, at.OldGo, at.NewGo = other.Pos, n.goneConstant(v, other.Constant), n.newType.constant(j)
		add(&c.EnumValues, at, v, other)
	}
	for j := range n.new.EnumValues {
		if v := n.newValue(j); !found[j] {
			add(&c.EnumValues, Site{
				Place: n.place + "." + v.Name, What: v.Name + " of " + n.noun, OldPos: n.old.Pos, NewPos: v.Pos,
				NewGo: n.newType.constant(j), node: n,
			}, nil, v)
		}
	}
}

func (n *node) oldValue(i int) *EnumValue {
	return &EnumValue{&n.old.EnumValues[i], first(n.oldType.constant(i))}
}

func (n *node) newValue(i int) *EnumValue {
	return &EnumValue{&n.new.EnumValues[i], first(n.newType.constant(i))}
}

func first(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

// goneConstant is the Go object of a value whose constant has a name now. A name that
// another value took is there still: no compiler misses it.
func (n *node) goneConstant(v *EnumValue, now string) []string {
	if v.Constant == "" {
		return nil
	}
	if v.Constant != now && n.newType != nil &&
		slices.ContainsFunc(n.newType.Constants, func(c GoConstant) bool { return c.Name == v.Constant }) {
		return nil
	}
	return []string{v.Constant}
}
