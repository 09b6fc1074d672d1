package smithy

import (
	"slices"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// definition is one definition of the document, with what apply statements and
// mixins add to it.
type definition struct {
	// id is the absolute shape ID, and name what follows its number sign.
	id, name string
	typ      string
	node     tree.Value
	traits   traits
	// members are those of shapes that have named ones, and of lists and maps
	// under the names that the AST gives them.
	members []*member
	mixed   mixState
	// shape is what is built of it; nil for services, resources, operations and
	// mixins.
	shape *spec.Shape
}

// member is a member of a definition.
type member struct {
	name   string
	node   tree.Value
	traits traits
}

// types are the types of definitions, with the kinds of those that become shapes.
var types = [...]struct {
	name string
	kind spec.Kind
}{
	{"blob", spec.Blob}, {"boolean", spec.Boolean}, {"string", spec.String}, {"enum", spec.Enum},
	{"intEnum", spec.IntEnum},
	{"byte", spec.Byte}, {"short", spec.Short}, {"integer", spec.Integer}, {"long", spec.Long}, {"float", spec.Float},
	{"double", spec.Double}, {"bigInteger", spec.BigInteger}, {"bigDecimal", spec.BigDecimal},
	{"timestamp", spec.Timestamp},
	{"document", spec.Document}, {"list", spec.List}, {"set", spec.List}, {"map", spec.Map}, {"structure", spec.Structure},
	{"union", spec.Union}, {"service", 0}, {"operation", 0}, {"resource", 0}, {"apply", 0},
}

// kindOf returns the kind of a type; ok is false for one that is not known.
func kindOf(typ string) (kind spec.Kind, ok bool) {
	for _, t := range types {
		if t.name == typ {
			return t.kind, true
		}
	}
	return 0, false
}

// maxID is the length up to which shape IDs are read, so that positions cannot
// grow beyond all bounds.
const maxID = 1000

// index reads the names, types, own traits and own members of all definitions.
func (l *loader) index(shapes tree.Value) {
	l.shapes = map[string]*definition{}
	l.applied = map[string]traits{}
	var statements []tree.Value
	for node := range shapes.All() {
		switch id := node.Name(); {
		case !l.checkID(node, id) || !l.Expect(node, tree.Object) || l.shapes[id] != nil:
		case node.Get("type").Text() == "apply":
			statements = append(statements, node)
		default:
			l.define(node, id)
		}
	}
	for _, node := range statements {
		l.apply(node)
	}
}

// checkID reports a key that is not the ID of a shape, or of a member in an apply
// statement.
func (l *loader) checkID(node tree.Value, id string) bool {
	if len(id) > maxID {
		l.Problems.Add(spec.Pos{File: node.Pos().File, Line: node.NamePos().Line}, "",
			"a shape ID of %d bytes is too long", len(id))
		return false
	}
	namespace, name, found := strings.Cut(id, "#")
	shape, member, isMember := strings.Cut(name, "$")
	valid := found && isIdentifier(shape) && (!isMember || isIdentifier(member))
	for part := range strings.SplitSeq(namespace, ".") {
		valid = valid && isIdentifier(part)
	}
	if !valid {
		l.Problems.Add(node.NamePos(), "a shape ID looks like com.example#Name", "%q is not a shape ID", id)
	}
	return valid
}

// isIdentifier reports whether a name is one that Smithy allows.
func isIdentifier(name string) bool {
	for i, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != "" && len(name) <= maxID
}

// define reads a definition without looking at others.
func (l *loader) define(node tree.Value, id string) {
	_, name, _ := strings.Cut(id, "#")
	d := &definition{id: id, name: name, node: node, typ: l.Text(node.Get("type"))}
	if _, ok := kindOf(d.typ); !ok {
		l.unknownType(d)
		return
	}
	d.traits = l.ownTraits(node)
	switch d.typ {
	case "structure", "union", "enum", "intEnum":
		for m := range l.Object(node.Get("members")).All() {
			l.addMember(d, m)
		}
	case "list", "set":
		l.addParts(d, "member")
	case "map":
		l.addParts(d, "key", "value")
	}
	l.shapes[id] = d
	l.order = append(l.order, d)
}

func (l *loader) unknownType(d *definition) {
	typ := d.node.Get("type")
	switch {
	case !typ.Exists():
		l.Problems.Add(d.node.NamePos(), "", "shape %s has no type", d.name)
	case typ.Kind() == tree.String:
		hint := l.Meant(d.typ, "", func(yield func(string) bool) {
			for _, t := range types {
				if !yield(t.name) {
					return
				}
			}
		})
		l.Problems.Add(typ.Pos(), hint, "shape %s is of the unknown type %q", d.name, d.typ)
	}
}

// addMember adds a named member.
func (l *loader) addMember(d *definition, node tree.Value) {
	if !isIdentifier(node.Name()) {
		l.Problems.Add(d.node.NamePos(), "a name has letters, digits and underscores",
			"%s has a member with the name %.100q", d.name, node.Name())
		return
	}
	if l.Expect(node, tree.Object) {
		d.members = append(d.members, &member{name: node.Name(), node: node, traits: l.ownTraits(node)})
	}
}

// addParts adds the members of a list or map. Mixins may bring those that are not
// there.
func (l *loader) addParts(d *definition, names ...string) {
	for _, name := range names {
		if node := d.node.Get(name); node.Exists() {
			l.addMember(d, node)
		}
	}
}

// member returns the member of that name, or nil.
func (d *definition) member(name string) *member {
	i := slices.IndexFunc(d.members, func(m *member) bool { return m.name == name })
	if i < 0 {
		return nil
	}
	return d.members[i]
}

// apply reads an apply statement. In a document of its own it can only be one for
// a member: a shape's statement would have the key of its definition.
func (l *loader) apply(node tree.Value) {
	id, _, isMember := strings.Cut(node.Name(), "$")
	own := l.ownTraits(node)
	switch {
	case l.shapes[id] == nil:
		l.Problems.Add(node.NamePos(), l.meantShape(id), "traits are applied to shape %s, which is not defined", id)
	case isMember:
		l.applied[node.Name()] = append(l.applied[node.Name()], own...)
	}
}

// meantShape returns a hint at the shape that an ID was probably meant to be: one of
// a similar name in the same namespace.
func (l *loader) meantShape(id string) string {
	namespace, name, _ := strings.Cut(id, "#")
	prefix := namespace + "#"
	return l.Meant(name, prefix, func(yield func(string) bool) {
		for _, p := range preludeKinds {
			if namespace == "smithy.api" && !yield(p.name) {
				return
			}
		}
		for _, d := range l.order {
			if strings.HasPrefix(d.id, prefix) && !yield(d.name) {
				return
			}
		}
	})
}
