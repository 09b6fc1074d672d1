package smithy

import (
	"encoding/json"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// buildShapes makes a shape of every definition that is one. The shapes exist
// before any member is read, so that they may refer to each other.
func (l *loader) buildShapes() {
	for _, d := range l.order {
		kind, _ := kindOf(d.typ)
		if kind == spec.Invalid || d.traits.has("smithy.api#mixin") {
			continue
		}
		if kind == spec.String && d.traits.has("smithy.api#enum") {
			kind = spec.Enum
		}
		name := d.name
		if renamed := l.renamed[d.id]; renamed != "" {
			name = renamed
		}
		d.shape = &spec.Shape{Pos: d.node.NamePos(), Name: name, Kind: kind}
		l.ids[d.shape] = d.id
	}
	for _, d := range l.order {
		if d.shape != nil {
			l.fill(d)
		}
	}
}

// fill reads the traits and members of a shape.
func (l *loader) fill(d *definition) {
	s := d.shape
	for v := range d.traits.all {
		if set := shapeTraits[v.Name()]; set != nil {
			set(l, s, v)
		}
	}
	if fault := d.traits.get("smithy.api#error"); fault.Exists() {
		s.Error = l.errorTraits(fault, d.traits)
	}
	s.Constraints.Unique = s.Constraints.Unique || d.typ == "set"
	switch s.Kind {
	case spec.Structure, spec.Union:
		s.Members = make([]*spec.Member, 0, len(d.members))
		for _, m := range d.members {
			if member := l.buildMember(d, m); member != nil {
				s.Members = append(s.Members, member)
			}
		}
	case spec.List:
		s.Element = l.part(d, "member")
	case spec.Map:
		s.Key, s.Value = l.part(d, "key"), l.part(d, "value")
	case spec.Enum, spec.IntEnum:
		l.enumValues(d)
	}
}

// part builds the member of a list or map.
func (l *loader) part(d *definition, name string) *spec.Member {
	m := d.member(name)
	if m == nil {
		l.Problems.Add(d.node.NamePos(), "", "%s %s has no %s", d.typ, d.name, name)
		return nil
	}
	return l.buildMember(d, m)
}

// buildMember makes a member, or returns nil when its target is missing.
func (l *loader) buildMember(d *definition, source *member) *spec.Member {
	id := l.target(source.node)
	target := l.resolve(source.node, id)
	if target == nil {
		return nil
	}
	m := &spec.Member{Pos: source.node.NamePos(), Name: source.name, Target: target}
	for v := range source.traits.all {
		if set := memberTraits[v.Name()]; set != nil {
			set(l, m, v)
		}
	}
	if m.JSONName == m.Name || m.Location != spec.InBody {
		m.JSONName = ""
	}
	if target.Kind == spec.String {
		media := source.traits.get("smithy.api#mediaType")
		if targeted := l.shapes[id]; !media.Exists() && targeted != nil {
			media = targeted.traits.get("smithy.api#mediaType")
		}
		m.JSONValue = media.Text() == "application/json"
	}
	if d.typ == "structure" {
		m.Default = l.memberDefault(source, id, target.Kind)
		amend(d.id+"$"+source.name, m)
	}
	return m
}

// resolve returns the shape that a reference targets, or nil.
func (l *loader) resolve(reference tree.Value, id string) *spec.Shape {
	if id == "" {
		return nil
	}
	d := l.shapes[id]
	switch {
	case d == nil:
		if s := l.preludeShape(id); s != nil {
			return s
		}
		l.undefined(reference, id)
	case d.shape == nil && d.traits.has("smithy.api#mixin"):
		l.Problems.Add(reference.Get("target").Pos(), "use it in the list of mixins", "mixin %s is targeted", id)
	case d.shape == nil:
		l.Problems.Add(reference.Get("target").Pos(), "", "%s %s is targeted, which holds no data", d.typ, id)
	default:
		return d.shape
	}
	return nil
}

// memberDefault returns the default of a structure's member. That of its target is
// none: Smithy wants it to be repeated. In models of Smithy 1.0 numbers and booleans
// are zero unless they are boxed.
func (l *loader) memberDefault(source *member, target string, kind spec.Kind) *spec.Default {
	value := source.traits.get("smithy.api#default")
	d := l.shapes[target]
	switch {
	case d != nil && d.traits.has("smithy.api#streaming"): // "" is written, but a stream has no value
		return nil
	case value.Kind() == tree.Null:
		return nil
	case value.Exists():
		return &spec.Default{Value: plain(value), Added: source.traits.has("smithy.api#addedDefault")}
	case l.v1 && !source.traits.has("smithy.api#box") && l.isUnboxed(target):
		return zero(kind)
	default:
		return nil
	}
}

// isUnboxed reports whether a shape's values cannot be null in Smithy 1.0.
func (l *loader) isUnboxed(id string) bool {
	if d := l.shapes[id]; d != nil {
		return !d.traits.has("smithy.api#box")
	}
	return isPrimitive(id)
}

// plain returns the value of a default, numbers in their plainest form.
func plain(v tree.Value) any {
	if v.Kind() == tree.Number {
		return json.Number(spec.PlainNumber(v.Text()))
	}
	return v.Decode()
}

// zero is the default that Smithy 1.0 implies for a kind, nil for most.
func zero(kind spec.Kind) *spec.Default {
	switch kind {
	case spec.Boolean:
		return &spec.Default{Value: false}
	case spec.Byte, spec.Short, spec.Integer, spec.IntEnum, spec.Long, spec.Float, spec.Double:
		return &spec.Default{Value: json.Number("0")}
	default:
		return nil
	}
}
