package smithy

import (
	"example.com/lathe/spec"
	"example.com/lathe/spec/jsonpos"
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
		l.problems.Add(d.node.NamePos(), "", "enum %s has no values", d.name)
	}
	seen := make(map[string]bool, len(d.shape.EnumValues))
	for _, v := range d.shape.EnumValues {
		if seen[v.Value] {
			l.problems.Add(v.Pos, "", "enum %s has the value %q twice", d.name, v.Value)
		}
		seen[v.Value] = true
	}
}

// enumMember reads a value of an enum shape.
func (l *loader) enumMember(d *definition, m *member) {
	value := spec.EnumValue{
		Pos: m.node.NamePos(), Name: m.name, Value: m.name,
		Documentation: l.text(m.traits.get("smithy.api#documentation")),
		Deprecated:    l.deprecation(m.traits.get("smithy.api#deprecated")),
	}
	v := m.traits.get("smithy.api#enumValue")
	switch {
	case d.typ == "enum" && v.Exists() && l.expect(v, jsonpos.String):
		value.Value = v.Text()
	case d.typ == "intEnum" && !v.Exists():
		l.problems.Add(m.node.NamePos(), "give it the trait smithy.api#enumValue", "%s of intEnum %s has no value", m.name, d.name)
	case d.typ == "intEnum" && l.expect(v, jsonpos.Number):
		l.integer(v)
		value.Value = v.Text()
	}
	d.shape.EnumValues = append(d.shape.EnumValues, value)
}

// enumTrait reads the trait that makes a string an enum. Values without names get
// some.
func (l *loader) enumTrait(d *definition) {
	var values []spec.EnumValue
	var texts []string
	for e := range l.list(d.traits.get("smithy.api#enum")).All() {
		if !l.expect(e, jsonpos.Object) {
			continue
		}
		v := spec.EnumValue{
			Pos: e.Pos(), Name: l.text(e.Get("name")), Value: l.text(e.Get("value")),
			Documentation: l.text(e.Get("documentation")),
		}
		if l.flag(e.Get("deprecated")) {
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
