package smithy

import (
	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// enumValues reads the values of an enum or intEnum.
func (l *loader) enumValues(d *definition) {
	if d.typ == "string" {
		l.enumTrait(d)
	}
	for _, m := range d.members {
		l.enumMember(d, m)
	}
	if len(d.shape.EnumValues) == 0 {
		l.Problems.Add(d.node.NamePos(), "", "enum %s has no values", d.name)
	}
	seen := make(map[string]bool, len(d.shape.EnumValues))
	for _, v := range d.shape.EnumValues {
		if seen[v.Value] {
			l.Problems.Add(v.Pos, "", "enum %s has the value %q twice", d.name, v.Value)
		}
		seen[v.Value] = true
	}
}

// enumMember reads a value of an enum shape.
func (l *loader) enumMember(d *definition, m *member) {
	value := spec.EnumValue{
		Pos: m.node.NamePos(), Name: m.name, Value: m.name,
		Documentation: l.Text(m.traits.get("smithy.api#documentation")),
		Deprecated:    l.deprecation(m.traits.get("smithy.api#deprecated")),
	}
	v := m.traits.get("smithy.api#enumValue")
	switch {
	case d.typ == "enum" && v.Exists() && l.Expect(v, tree.String):
		value.Value = v.Text()
	case d.typ == "intEnum" && !v.Exists():
		l.Problems.Add(m.node.NamePos(), "give it the trait smithy.api#enumValue", "%s of intEnum %s has no value",
			m.name, d.name)
	case d.typ == "intEnum" && l.Expect(v, tree.Number):
		l.Integer(v)
		value.Value = v.Text()
	}
	d.shape.EnumValues = append(d.shape.EnumValues, value)
}

// enumTrait reads the trait that makes a string an enum. Values without names get
// some.
func (l *loader) enumTrait(d *definition) {
	var values []spec.EnumValue
	var texts []string
	for e := range l.List(d.traits.get("smithy.api#enum")).All() {
		if !l.Expect(e, tree.Object) {
			continue
		}
		v := spec.EnumValue{
			Pos: e.Pos(), Name: l.Text(e.Get("name")), Value: l.Text(e.Get("value")),
			Documentation: l.Text(e.Get("documentation")),
		}
		if l.Flag(e.Get("deprecated")) {
			v.Deprecated = &spec.Deprecation{}
		}
		values, texts = append(values, v), append(texts, v.Value)
	}
	for i, name := range spec.EnumNames(texts) {
		if values[i].Name == "" {
			values[i].Name, values[i].NameOrigin = name, spec.NameMade
		}
	}
	d.shape.EnumValues = values
}
