package openapi

import (
	"strings"

	"example.com/lathe/spec"
)

// pendingShape is a shape whose members have not been read yet. Shapes are read
// one after the other and not inside each other, so that no schema is too deep.
type pendingShape struct {
	shape *spec.Shape
	node  *node
}

// declareShapes makes a shape of every schema in the components, so that schemas
// can refer to each other in any order.
func (l *loader) declareShapes() {
	for _, f := range l.root.get("components", "schemas").each() {
		schema := l.schema(f.value)
		switch {
		case f.value.get("$ref") != nil:
			// Another name for the same shape. What stands beside the reference
			// would belong to neither.
			if len(f.value.fields) > 1 {
				l.wrong(f.value, "write the schema out", "a component that is a reference can have nothing beside it")
			}
		case schema != nil:
			name := l.name("a shape", f.key, f.value, f.value)
			if name == "" {
				continue
			}
			if other := l.api.Shapes[name]; other != nil {
				l.ps.Add(f.value.keyPos(), "give one of them another name with x-name", "the schema would be named %s, like the one at %s", name, other.Pos)
				continue
			}
			shape := l.declare(name, f.value)
			l.components[f.key] = shape
			shape.Documentation = firstOf(schema.Description, schema.Title)
			shape.Deprecated = deprecation(schema.Deprecated, f.value)
		}
	}
}

// declare makes the shape of a schema, without its members, under a name that no
// other shape has.
func (l *loader) declare(name string, n *node) *spec.Shape {
	shape, s := &spec.Shape{Pos: n.keyPos(), Name: name}, l.schema(n)
	if other := l.api.Shapes[name]; other != nil {
		l.ps.Add(shape.Pos, "move the schema to components/schemas under a name of its own",
			"the schema written here would be named %s, like the one at %s", name, other.Pos)
	} else {
		l.api.Shapes[name] = shape
	}
	shape.Kind = l.kindOf(n)
	shape.TimestampFormat = timestampFormat(shape.Kind, s.Format)
	shape.Sensitive = n.get("x-sensitive").isTrue() || s.Format == "password"
	shape.MediaType = s.ContentMediaType
	shape.Constraints = l.constraints(shape.Kind, n)
	shape.EnumValues = l.enumValues(shape.Kind, n)
	shape.Error = l.errorTraits(shape.Kind, n)
	l.streaming(shape, n)
	l.checkKeywords(shape.Kind, n)
	l.pending = append(l.pending, pendingShape{shape, n})
	return shape
}

// streaming reads what says that a blob is not held in memory.
func (l *loader) streaming(shape *spec.Shape, n *node) {
	shape.Streaming = n.get("x-streaming").isTrue()
	shape.RequiresLength = n.get("x-requires-length").isTrue()
	switch {
	case shape.Streaming && shape.Kind != spec.Blob && shape.Kind != spec.Invalid:
		l.wrong(n.get("x-streaming"), "write type: string and format: binary", "only a binary body can be streamed, not %s", article(shape.Kind))
	case shape.RequiresLength && !shape.Streaming:
		l.wrong(n.get("x-requires-length"), "add x-streaming: true", "x-requires-length is for streams")
	}
}

// fillShapes reads the members of the shapes that have been declared, and of
// those that are declared on the way.
func (l *loader) fillShapes() {
	for len(l.pending) > 0 {
		batch := l.pending
		l.pending = nil
		for _, p := range batch {
			l.fill(p)
		}
	}
}

func (l *loader) fill(p pendingShape) {
	switch p.shape.Kind {
	case spec.Structure:
		p.shape.Members = l.properties(p.shape.Name, p.node)
	case spec.Union:
		p.shape.Members = l.variants(p.shape.Name, p.node)
	case spec.List:
		p.shape.Element = l.part("member", p.shape.Name+"Item", p.node.get("items"))
		p.shape.Sparse = l.nullable(p.node.get("items"))
	case spec.Map:
		values := p.node.get("additionalProperties")
		p.shape.Key = l.mapKey(p)
		p.shape.Value = l.part("value", p.shape.Name+"Value", values)
		p.shape.Sparse = l.nullable(values)
	}
}

// mapKey is the key of a map, a plain string unless propertyNames says more.
func (l *loader) mapKey(p pendingShape) *spec.Member {
	names := p.node.get("propertyNames")
	if names == nil {
		return &spec.Member{Pos: p.node.keyPos(), Name: "key", Target: l.prelude(spec.String, p.node)}
	}
	key := l.part("key", p.shape.Name+"Key", names)
	if key.Target.Kind == spec.Invalid {
		key.Target = l.prelude(spec.String, names)
	}
	return key
}

// part makes the member of a list or map.
func (l *loader) part(name, inline string, n *node) *spec.Member {
	m := &spec.Member{Pos: n.keyPos(), Name: name}
	l.bind(m, inline, n)
	return m
}

// properties makes the members of a structure, in source order.
func (l *loader) properties(parent string, n *node) []*spec.Member {
	var members []*spec.Member
	byName := map[string]*spec.Member{}
	properties := n.get("properties")
	for _, f := range properties.each() {
		m := &spec.Member{Pos: f.value.keyPos(), Name: l.memberName(f.key, f.value)}
		if m.Name != f.key {
			m.JSONName = f.key
		}
		l.bind(m, parent+title(m.Name), f.value)
		if clash := byName[m.Name]; clash != nil {
			l.clash(f.value, clash)
			continue
		}
		byName[m.Name] = m
		members = append(members, m)
	}
	l.required(byName, n)
	return members
}

func memberNamed(members []*spec.Member, name string) *spec.Member {
	for _, m := range members {
		if m.Name == name {
			return m
		}
	}
	return nil
}

func (l *loader) clash(n *node, with *spec.Member) {
	l.ps.Add(n.keyPos(), "give one of them a name of its own with x-member", "the member would be named %s, like the one at %s", with.Name, with.Pos)
}

// required marks the members that the keyword names.
func (l *loader) required(members map[string]*spec.Member, n *node) {
	seen := map[string]*node{}
	for _, item := range n.get("required").items() {
		property := n.get("properties", item.text)
		switch first := seen[item.text]; {
		case first != nil:
			l.wrong(item, "keep one of them", "%q is required twice, first at %s", item.text, first.pos())
		case property != nil:
			if m := members[l.memberName(item.text, property)]; m != nil {
				m.Required = true
			}
			l.notNullable(property, "a required property")
		case !n.broken && !n.get("properties").isBroken():
			l.wrong(item, suggestion(item.text, n.get("properties").keys()), "there is no property %q to be required", item.text)
		}
		seen[item.text] = item
	}
}

// variants makes the members of a union: each branch of the oneOf is an object
// with one property, which is required.
func (l *loader) variants(parent string, n *node) []*spec.Member {
	var members []*spec.Member
	for _, branch := range n.get("oneOf").items() {
		properties := branch.get("properties")
		if l.schema(branch) == nil || !isVariant(branch) {
			if !branch.broken {
				l.wrong(branch, "write type: object, one property, and that property as required",
					"a branch of a union must be an object with exactly one property, which is required")
			}
			continue
		}
		for _, m := range l.properties(parent, branch) {
			if clash := memberNamed(members, m.Name); clash != nil {
				l.clash(properties.fields[0].value, clash)
				continue
			}
			m.Required = false
			m.Documentation = firstOf(m.Documentation, l.schema(branch).Description)
			members = append(members, m)
		}
	}
	return members
}

// variantKeys are the keywords that a branch of a union may have.
const variantKeys = " type properties required title description additionalProperties "

func isVariant(branch *node) bool {
	properties, required := branch.get("properties"), branch.get("required")
	for _, key := range branch.keys() {
		if !strings.Contains(variantKeys, " "+key+" ") {
			return false
		}
	}
	return branch.get("type").string() == "object" && len(properties.each()) == 1 && len(required.items()) == 1 &&
		properties.fields[0].key == required.list[0].text && (branch.get("additionalProperties") == nil || branch.get("additionalProperties").string() == "false")
}
