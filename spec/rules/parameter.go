package rules

import (
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// parameters reads the inputs of a rule set and brings them into scope.
func (p *parser) parameters(n *node) []spec.EndpointParameter {
	var params []spec.EndpointParameter
	folded := map[string]string{}
	for i := range n.members {
		m := &n.members[i]
		if !isIdentifier(m.name) {
			p.add(&m.value, "", "%q is not a name; one is letters, digits and underscores", m.name)
		}
		lower := strings.ToLower(m.name)
		if other, taken := folded[lower]; taken {
			p.add(&m.value, "", "parameters %q and %q differ in case only", other, m.name)
		}
		folded[lower] = m.name
		if p.is(&m.value, tree.Object, "a parameter") {
			param, kind := p.parameter(m.name, &m.value)
			params = append(params, param)
			p.params[m.name] = true
			p.scope.set(m.name, spec.EndpointType{Kind: kind, Optional: !param.Required})
		}
	}
	return params
}

func (p *parser) parameter(name string, n *node) (spec.EndpointParameter, spec.EndpointKind) {
	p.only(n, "a parameter", "type", "builtIn", "default", "required", "documentation", "deprecated")
	param := spec.EndpointParameter{
		Pos: p.at(n), Name: name, Documentation: p.str(n, "documentation"),
		BuiltIn: p.str(n, "builtIn"), Required: p.boolean(n, "required"),
	}
	var kind spec.EndpointKind
	param.Type, kind = p.parameterType(n)
	if value := n.get("default"); value != nil {
		param.Default = p.defaultValue(value, kind)
		if !param.Required {
			p.add(value, `add "required": true`, "parameter %q has a default but is not required", name)
		}
	}
	if d := n.get("deprecated"); d != nil && p.is(d, tree.Object, `"deprecated"`) {
		param.Deprecated = &spec.Deprecation{Message: p.str(d, "message"), Since: p.str(d, "since")}
	}
	return param, kind
}

// parameterType reads a type, in which models differ in case.
func (p *parser) parameterType(n *node) (string, spec.EndpointKind) {
	t := n.get("type")
	if t == nil {
		p.add(n, "", `a parameter must have "type"`)
		return "", spec.EndpointUnknown
	}
	switch strings.ToLower(p.str(n, "type")) {
	case "string":
		return "string", stringKind
	case "boolean":
		return "boolean", boolKind
	case "stringarray":
		return "stringArray", spec.EndpointStrings
	}
	if t.kind == tree.String {
		p.add(t, "a type is string, boolean or stringArray", "unknown type %q of a parameter", t.text)
	}
	return "", spec.EndpointUnknown
}

// defaultValue reads a default, which is no template.
func (p *parser) defaultValue(n *node, kind spec.EndpointKind) any {
	switch {
	case kind == stringKind && n.kind == tree.String:
		return n.text
	case kind == boolKind && n.isBool():
		return n.value.IsTrue()
	case kind == spec.EndpointStrings && n.kind == tree.Array:
		list := []string{}
		for i := range n.items {
			if p.is(&n.items[i], tree.String, "an element of the default") {
				list = append(list, n.items[i].text)
			}
		}
		return list
	}
	if kind != spec.EndpointUnknown {
		p.add(n, "", "the default must be %s as the parameter is, not %s", article(kind), n.kindName())
	}
	return nil
}

// isIdentifier reports whether a parameter or value may have the name. The
// specification has letters and digits only; published rule sets use underscores
// too.
func isIdentifier(name string) bool {
	for i, c := range []byte(name) {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}
