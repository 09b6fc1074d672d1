package diff

import (
	"cmp"
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// shapeNode gives the node of two shapes that are one for the reader: of one name,
// or renamed. It goes by the old name.
func (c *comparer) shapeNode(before, after *spec.Shape) *node {
	n := c.newNode(shapePrefix+before.Name, before.Name, before, after)
	n.goOld, n.goNew = c.old.golang.shape(before), c.new.golang.shape(after)
	return n
}

// root compares two shapes that something other than a member leads to.
func (c *comparer) root(before, after *spec.Shape) *node {
	n := c.shapeNode(before, after)
	c.facets(n, n.finding(before.Pos, after.Pos), &spec.Member{Target: before}, &spec.Member{Target: after})
	if before.Name != after.Name {
		c.rename(n)
	}
	return n
}

// rename tells that a type has another name.
func (c *comparer) rename(n *node) {
	f := n.finding(n.old.Pos, n.new.Pos)
	f.rule, f.old, f.new, f.isType = "shape-renamed", n.old.Name, n.new.Name, true
	f.goOld, f.goNew = n.goOld.all(), n.goNew.all()
	n.add(f)
}

// finding begins a finding about the node itself.
func (n *node) finding(before, after spec.Pos) finding {
	return finding{place: n.place, what: n.noun, oldPos: before, newPos: after, goOld: n.goOld.self(), goNew: n.goNew.self()}
}

// shapes compares what two shapes of one kind have themselves.
func (c *comparer) shapes(n *node) {
	a, b := n.old, n.new
	if a.Kind != b.Kind {
		return // told where the kinds met
	}
	f := n.finding(a.Pos, b.Pos)
	if isMessage(n) || c.isSame(a, b) {
		deprecation(n, f, a.Deprecated, b.Deprecated)
		c.undocumented(n)
	}
	streams(n, f, a, b)
	c.xml(n, f, a.XML, b.XML)
	errorTraits(n, f, a.Error, b.Error)
	switch a.Kind {
	case spec.Structure, spec.Union:
		c.members(n)
	case spec.List:
		c.sparse(n, f)
		c.part(n, ".member", "an element of ", a.Element, b.Element)
	case spec.Map:
		c.sparse(n, f)
		c.part(n, ".key", "a key of ", a.Key, b.Key)
		c.part(n, ".value", "a value of ", a.Value, b.Value)
	case spec.Enum, spec.IntEnum:
		enumValues(n)
		goConstants(n)
	}
}

// isSame says whether two shapes are one for the reader.
func (c *comparer) isSame(a, b *spec.Shape) bool { return c.newName(a) == b.Name }

// isMessage says whether the node is the input or output of an operation, whose
// shape's own name does not matter.
func isMessage(n *node) bool { return !strings.HasPrefix(n.place, shapePrefix) }

// undocumented tells when anything that is said of a shape and its members or
// values changed.
func (c *comparer) undocumented(n *node) {
	if !sameDocs(n.old, n.new) {
		f := n.finding(n.old.Pos, n.new.Pos)
		f.rule = "documentation-changed"
		n.add(f)
	}
}

// sameDocs compares what is said of shapes and of the members and values that both
// have.
func sameDocs(a, b *spec.Shape) bool {
	docs := map[string]string{}
	for m := range b.Edges {
		docs["member "+m.Name] = m.Documentation
	}
	for _, v := range b.EnumValues {
		docs["value "+v.Value] = v.Documentation
	}
	same := sameText(a.Documentation, b.Documentation)
	for m := range a.Edges {
		other, ok := docs["member "+m.Name]
		same = same && (!ok || sameText(m.Documentation, other))
	}
	for _, v := range a.EnumValues {
		other, ok := docs["value "+v.Value]
		same = same && (!ok || sameText(v.Documentation, other))
	}
	return same
}

func streams(n *node, f finding, a, b *spec.Shape) {
	rule, still := "streaming-changed", "held in memory"
	if a.Kind == spec.Union {
		rule, still = "event-stream-changed", "a plain union"
	}
	if a.Streaming != b.Streaming {
		stream := f
		stream.isType = true
		stream.note(n, rule, word(a.Streaming, "a stream", still), word(b.Streaming, "a stream", still))
	}
	switch {
	case !a.RequiresLength && b.RequiresLength:
		f.note(n, "stream-length-required", "optional", "required")
	case a.RequiresLength && !b.RequiresLength:
		f.note(n, "stream-length-optional", "required", "optional")
	}
}

func (c *comparer) sparse(n *node, f finding) {
	switch {
	case !n.old.Sparse && n.new.Sparse:
		f.note(n, "sparse-added", "dense", "sparse")
	case n.old.Sparse && !n.new.Sparse:
		f.note(n, "sparse-removed", "sparse", "dense")
	}
}

// part compares the elements of lists, or the keys or values of maps.
func (c *comparer) part(n *node, suffix, noun string, a, b *spec.Member) {
	if a == nil || b == nil {
		return
	}
	f := finding{place: n.place + suffix, what: noun + n.noun, oldPos: a.Pos, newPos: b.Pos}
	deprecation(n, f, a.Deprecated, b.Deprecated)
	c.xml(n, f, a.XML, b.XML)
	c.target(n, f, a, b)
}

// xml compares how something looks in XML, for services that speak it.
func (c *comparer) xml(n *node, f finding, a, b spec.XML) {
	if speaksXML(c.old.api) || speaksXML(c.new.api) {
		f.note(n, "xml-binding-changed", cmp.Or(xmlOf(a), "the default"), cmp.Or(xmlOf(b), "the default"))
	}
}

func speaksXML(api *spec.API) bool {
	for _, p := range api.Protocols {
		if p == spec.RestXML || p == spec.AWSQuery || p == spec.EC2Query {
			return true
		}
	}
	return false
}

func xmlOf(x spec.XML) string {
	return parts(part{"name", x.Name}, part{"namespace", x.NamespaceURI}, part{"prefix", x.NamespacePrefix},
		part{"", word(x.Flattened, "flattened", "")}, part{"", word(x.Attribute, "attribute", "")})
}

// enumValues compares the values of enums. A value is known by what it is on the
// wire, and else by its name.
func enumValues(n *node) {
	byValue, byName := map[string]int{}, map[string]int{}
	for i, v := range n.new.EnumValues {
		byValue[v.Value], byName[v.Name] = i, i
	}
	known := map[string]bool{}
	for _, v := range n.old.EnumValues {
		known[v.Value] = true
	}
	found := map[int]bool{}
	for i, v := range n.old.EnumValues {
		f := finding{place: n.place + "." + v.Name, what: v.Name + " of " + n.noun, oldPos: v.Pos, newPos: n.new.Pos, goOld: n.goOld.value(i)}
		j, ok := byValue[v.Value]
		if !ok {
			j, ok = byName[v.Name]
			ok = ok && !known[n.new.EnumValues[j].Value]
		}
		if !ok {
			f.rule, f.old = "enum-value-removed", v.Value
			n.add(f)
			continue
		}
		found[j] = true
		enumValue(n, f, i, j)
	}
	for j, v := range n.new.EnumValues {
		if !found[j] {
			n.add(finding{
				rule: "enum-value-added", place: n.place + "." + v.Name, what: v.Name + " of " + n.noun, new: v.Value,
				oldPos: n.old.Pos, newPos: v.Pos, goNew: n.goNew.value(j),
			})
		}
	}
}

// enumValue compares two values by their indices. What counts of their names is what
// the constants are called.
func enumValue(n *node, f finding, i, j int) {
	v := n.old.EnumValues[i]
	other := n.new.EnumValues[j]
	f.newPos, f.goNew = other.Pos, n.goNew.value(j)
	hasConstants := len(f.goOld) > 0 && len(f.goNew) > 0 && n.goOld.name == n.goNew.name
	switch {
	case hasConstants && f.goOld[0] == f.goNew[0]:
	case hasConstants && v.Name == other.Name: // a sibling has the name now
		f.note(n, "enum-value-renamed", n.goOld.enum.Values[i].Name, n.goNew.enum.Values[j].Name)
	default:
		f.note(n, "enum-value-renamed", v.Name, other.Name)
	}
	f.note(n, "enum-value-changed", v.Value, other.Value)
	f.what = "value " + f.what
	deprecation(n, f, v.Deprecated, other.Deprecated)
}

// goConstants compares the constants of an enum by their Go names: one that has another
// value is not noticed by any compiler. A value that changed under its own name in
// the model is told by enum-value-changed.
func goConstants(n *node) {
	if n.goOld.enum == nil || n.goNew.enum == nil {
		return
	}
	now := map[string]int{}
	for j, v := range n.goNew.enum.Values {
		now[v.Name] = j
	}
	for i, v := range n.goOld.enum.Values {
		j, ok := now[v.Name]
		if !ok || n.goNew.enum.Values[j].Value == v.Value {
			continue
		}
		before, after := n.old.EnumValues[i], n.new.EnumValues[j]
		if before.Name == after.Name && !hasValue(n.new, before.Value) && !hasValue(n.old, after.Value) {
			continue
		}
		n.add(finding{
			rule: "go-constant-changed", place: n.place + "." + before.Name, what: v.Name,
			old: v.Value, new: after.Value, oldPos: before.Pos, newPos: after.Pos, goOld: n.goOld.value(i), goNew: n.goNew.value(j),
		})
	}
}

func hasValue(s *spec.Shape, value string) bool {
	return slices.ContainsFunc(s.EnumValues, func(v spec.EnumValue) bool { return v.Value == value })
}

// errorTraits compares what is said of errors.
func errorTraits(n *node, f finding, a, b *spec.ErrorTraits) {
	if a == nil || b == nil {
		if a != b {
			f.note(n, "error-trait-changed", word(a != nil, "an error", "a structure"), word(b != nil, "an error", "a structure"))
		}
		return
	}
	f.note(n, "error-status-changed", status(a), status(b))
	f.note(n, "error-code-changed", cmp.Or(a.Code, n.old.Name), cmp.Or(b.Code, n.new.Name))
	f.note(n, "error-fault-changed", word(a.Server, "service", "caller"), word(b.Server, "service", "caller"))
	f.note(n, "error-retry-changed", retryOf(a), retryOf(b))
}

func retryOf(e *spec.ErrorTraits) string {
	switch {
	case e.Throttling:
		return "retryable as throttling"
	case e.Retryable:
		return "retryable"
	default:
		return "not retryable"
	}
}
