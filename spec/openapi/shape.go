package openapi

import (
	"cmp"
	"slices"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// pendingShape is a shape whose members have not been read yet. Shapes are read
// one after the other and not inside each other, so that no schema is too deep.
type pendingShape struct {
	shape *spec.Shape
	node  tree.Value
}

// declareShapes makes a shape of every schema in the components, so that schemas
// can refer to each other in any order.
func (l *loader) declareShapes() {
	for f := range l.root.Get("components", "schemas").All() {
		schema := l.schema(f)
		switch {
		case refOf(f).Exists():
			// Another name for the same shape. What stands beside the reference
			// would belong to neither.
			if f.Len() > 1 || f.Get("allOf").Len() > 1 {
				l.wrong(f, "write the schema out", "a component that is a reference can have nothing beside it")
			}
		case schema != nil:
			name := l.shapeName(f)
			if name == "" {
				continue
			}
			if other := l.api.Shapes[name]; other != nil {
				l.ps.Add(f.NamePos(), "give one of them another name with x-name",
					"the schema would be named %s, like the one at %s", name, other.Pos)
				continue
			}
			shape := l.declare(name, f)
			l.components[f.Name()] = shape
			shape.Documentation = cmp.Or(schema.Description, schema.Title)
			shape.Deprecated = deprecation(schema.Deprecated, f)
		}
	}
}

// shapeName is the name of a component's shape: for an error of Smithy's converter that of the
// error, unless another component has it.
func (l *loader) shapeName(f tree.Value) string {
	if name := strings.TrimSuffix(f.Name(), contentSuffix); l.errorContents[f] && !f.Parent().Get(name).Exists() {
		return l.name("a shape", name, f, f)
	}
	return l.name("a shape", f.Name(), f, f)
}

// declare makes the shape of a schema, without its members, under a name that no
// other shape has.
func (l *loader) declare(name string, n tree.Value) *spec.Shape {
	shape, s := &spec.Shape{Pos: n.NamePos(), Name: name}, l.schema(n)
	if other := l.api.Shapes[name]; other != nil {
		l.ps.Add(shape.Pos, "move the schema to components/schemas under a name of its own",
			"the schema written here would be named %s, like the one at %s", name, other.Pos)
	} else {
		l.api.Shapes[name] = shape
	}
	shape.Kind = l.kindOf(n)
	shape.TimestampFormat = timestampFormat(shape.Kind, s.Format)
	shape.Sensitive = n.Get("x-sensitive").IsTrue() || s.Format == "password"
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
func (l *loader) streaming(shape *spec.Shape, n tree.Value) {
	shape.Streaming = n.Get("x-streaming").IsTrue()
	shape.RequiresLength = n.Get("x-requires-length").IsTrue()
	switch {
	case shape.Streaming && shape.Kind != spec.Blob && shape.Kind != spec.Invalid:
		l.wrong(n.Get("x-streaming"), "write type: string and format: binary",
			"only a binary body can be streamed, not %s", article(shape.Kind))
	case shape.RequiresLength && !shape.Streaming:
		l.wrong(n.Get("x-requires-length"), "add x-streaming: true", "x-requires-length is for streams")
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
		p.shape.Element = l.part("member", p.shape.Name+"Item", p.node.Get("items"))
		p.shape.Sparse = l.nullable(p.node.Get("items"))
	case spec.Map:
		values := p.node.Get("additionalProperties")
		p.shape.Key = l.mapKey(p)
		p.shape.Value = l.part("value", p.shape.Name+"Value", values)
		p.shape.Sparse = l.nullable(values)
	}
}

// mapKey is the key of a map, a plain string unless propertyNames says more.
func (l *loader) mapKey(p pendingShape) *spec.Member {
	names := p.node.Get("propertyNames")
	if !names.Exists() {
		return &spec.Member{Pos: p.node.NamePos(), Name: "key", Target: l.prelude(spec.String, p.node)}
	}
	key := l.part("key", p.shape.Name+"Key", names)
	if key.Target.Kind == spec.Invalid {
		key.Target = l.prelude(spec.String, names)
	}
	return key
}

// part makes the member of a list or map.
func (l *loader) part(name, inline string, n tree.Value) *spec.Member {
	m := &spec.Member{Pos: n.NamePos(), Name: name}
	l.bind(m, inline, n)
	return m
}

// properties makes the members of a structure, in source order.
func (l *loader) properties(parent string, n tree.Value) []*spec.Member {
	var members []*spec.Member
	byName := map[string]*spec.Member{}
	properties := n.Get("properties")
	for f := range properties.All() {
		m := &spec.Member{Pos: f.NamePos(), Name: l.memberName(f.Name(), f)}
		if m.Name != f.Name() {
			m.JSONName = f.Name()
		}
		l.bind(m, parent+title(m.Name), f)
		if clash := byName[m.Name]; clash != nil {
			l.clash(f, clash)
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

func (l *loader) clash(n tree.Value, with *spec.Member) {
	l.ps.Add(n.NamePos(), "give one of them a name of its own with x-member",
		"the member would be named %s, like the one at %s", with.Name, with.Pos)
}

// required marks the members that the keyword names.
func (l *loader) required(members map[string]*spec.Member, n tree.Value) {
	seen := map[string]tree.Value{}
	for item := range n.Get("required").All() {
		property := n.Get("properties", item.Text())
		switch first := seen[item.Text()]; {
		case first.Exists():
			l.wrong(item, "keep one of them", "%q is required twice, first at %s", item.Text(), first.Place())
		case property.Exists():
			if m := members[l.memberName(item.Text(), property)]; m != nil {
				m.Required = true
			}
			l.notNullable(property, "a required property")
		case !n.Broken() && !n.Get("properties").Broken():
			l.wrong(item, suggestion(item.Text(), names(n.Get("properties"))),
				"there is no property %q to be required", item.Text())
		}
		seen[item.Text()] = item
	}
}

// variants makes the members of a union: each branch of the oneOf is an object
// with one property, which is required.
func (l *loader) variants(parent string, n tree.Value) []*spec.Member {
	var members []*spec.Member
	for branch := range n.Get("oneOf").All() {
		properties := branch.Get("properties")
		if l.schema(branch) == nil || !isVariant(branch) {
			if !branch.Broken() {
				l.wrong(branch, "write type: object, one property, and that property as required",
					"a branch of a union must be an object with exactly one property, which is required")
			}
			continue
		}
		for _, m := range l.properties(parent, branch) {
			if clash := memberNamed(members, m.Name); clash != nil {
				l.clash(properties.List()[0], clash)
				continue
			}
			m.Required = false
			m.Documentation = cmp.Or(m.Documentation, l.schema(branch).Description)
			members = append(members, m)
		}
	}
	return members
}

// areVariants reports whether a oneOf is a union that need not be marked.
func areVariants(oneOf tree.Value) bool {
	return oneOf.Len() > 0 && !slices.ContainsFunc(
		oneOf.List(), func(branch tree.Value) bool { return !isVariant(branch) })
}

// variantKeys are the keywords that a branch of a union may have.
var variantKeys = []string{"type", "properties", "required", "title", "description", "additionalProperties"}

func isVariant(branch tree.Value) bool {
	properties, required := branch.Get("properties"), branch.Get("required")
	for _, key := range names(branch) {
		if !slices.Contains(variantKeys, key) {
			return false
		}
	}
	return branch.Get("type").Text() == "object" && properties.Len() == 1 && required.Len() == 1 &&
		properties.List()[0].Name() == required.List()[0].Text() &&
		(!branch.Get("additionalProperties").Exists() || branch.Get("additionalProperties").Raw() == "false")
}
