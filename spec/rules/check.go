package rules

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"example.com/lathe/spec"
)

// arguments says how many arguments a function takes.
func arguments(least, most int) string {
	switch {
	case least != most: // only variadic functions leave a choice
		return fmt.Sprintf("%d arguments or more", least)
	case least == 1:
		return "1 argument"
	default:
		return fmt.Sprintf("%d arguments", least)
	}
}

// wants reports an argument that is not of the kind or may be unset.
func (p *parser) wants(c *call, i int, kind spec.EndpointKind) {
	p.wantsExpr(&c.nodes[i], &c.args[i], kind, fmt.Sprintf("argument %d of %q", i+1, c.name))
}

// wantsType reports a value that is not of the kind or may be unset; what names
// it. A value of unknown type has been reported already.
func (p *parser) wantsType(n *node, t spec.EndpointType, kind spec.EndpointKind, what string) {
	switch {
	case t.Kind == spec.EndpointUnknown:
	case t.Kind != kind:
		p.add(n, "", "%s must be %s, not %s", what, article(kind), article(t.Kind))
	case t.Optional:
		p.add(n, "check it with isSet in an earlier condition, or give a default with coalesce", "%s may be unset", what)
	}
}

func article(k spec.EndpointKind) string {
	switch k {
	case spec.EndpointInt, spec.EndpointStrings, spec.EndpointARN, spec.EndpointList, spec.EndpointObject:
		return "an " + k.String()
	default:
		return "a " + k.String()
	}
}

func (p *parser) isSet(*call) spec.EndpointType { return spec.EndpointType{Kind: boolKind} }

// coalesce returns its arguments' type, which is optional only if all of them are.
func (p *parser) coalesce(c *call) spec.EndpointType {
	t := p.common(c, 0)
	for _, arg := range c.args {
		t.Optional = t.Optional && arg.Type.Optional
	}
	return t
}

// ite returns its branches' type, which is optional if one of them is.
func (p *parser) ite(c *call) spec.EndpointType {
	p.wants(c, 0, boolKind)
	t := p.common(c, 1)
	t.Optional = c.args[1].Type.Optional || c.args[2].Type.Optional
	return t
}

// common returns the type that all arguments from the first on must have.
func (p *parser) common(c *call, first int) spec.EndpointType {
	t := c.args[first].Type
	for i := first + 1; i < len(c.args); i++ {
		other := c.args[i].Type.Kind
		if t.Kind == spec.EndpointUnknown {
			t.Kind = other
		}
		if other != spec.EndpointUnknown && other != t.Kind {
			p.add(&c.nodes[i], "", "argument %d of %q must be %s as argument %d is, not %s",
				i+1, c.name, article(t.Kind), first+1, article(other))
		}
	}
	return t
}

// split takes a delimiter that is not empty and a limit that is not negative.
func (p *parser) split(c *call) spec.EndpointType {
	p.wants(c, 0, stringKind)
	p.wants(c, 1, stringKind)
	p.wants(c, 2, intKind)
	if c.args[1].Literal == "" {
		p.add(&c.nodes[1], "", "the delimiter of %q must not be empty", c.name)
	}
	if limit, ok := c.args[2].Literal.(json.Number); ok && strings.HasPrefix(limit.String(), "-") {
		p.add(&c.nodes[2], "", "the limit of %q must not be negative", c.name)
	}
	return spec.EndpointType{Kind: spec.EndpointStrings}
}

// getAttr takes a value out of a structure or an array by a constant path.
func (p *parser) getAttr(c *call) spec.EndpointType {
	path, ok := c.args[1].Literal.(string)
	if !ok {
		p.add(&c.nodes[1], "", "argument 2 of %q must be a constant string", c.name)
		return spec.EndpointType{}
	}
	if c.args[0].Type.Optional {
		p.wants(c, 0, c.args[0].Type.Kind)
	}
	base := c.args[0].Type
	var t spec.EndpointType
	c.path, t = p.attribute(&c.nodes[1], base.Kind, path)
	return t
}

// attribute returns the path taken apart and the type of what it leads to.
func (p *parser) attribute(n *node, base spec.EndpointKind, path string) (spec.EndpointPath, spec.EndpointType) {
	parsed, ok := parsePath(path)
	if !ok {
		p.add(n, `a path is "name", "name[0]" or "[0]"`, "%q is not a path of an attribute", path)
		return parsed, spec.EndpointType{}
	}
	kind := base
	if parsed.Key != "" {
		kind = p.key(n, base, parsed.Key)
	}
	if !parsed.Indexed || kind == spec.EndpointUnknown {
		return parsed, spec.EndpointType{Kind: kind}
	}
	if kind != spec.EndpointStrings {
		p.add(n, "", "%s has no elements to take %q from", article(kind), path)
		return parsed, spec.EndpointType{}
	}
	return parsed, spec.EndpointType{Kind: stringKind, Optional: true}
}

func (p *parser) key(n *node, base spec.EndpointKind, key string) spec.EndpointKind {
	if base == spec.EndpointUnknown {
		return base
	}
	var names []string
	for _, a := range attributes(base) {
		if a.name == key {
			return a.kind
		}
		names = append(names, a.name)
	}
	p.add(n, spec.Choices("there are", names...), "%s has no attribute %q", article(base), key)
	return spec.EndpointUnknown
}

// parsePath takes "key", "key[index]" or "[index]" apart. No structure nests, so
// there is never a second key.
func parsePath(s string) (spec.EndpointPath, bool) {
	key, rest, indexed := strings.Cut(s, "[")
	path := spec.EndpointPath{Key: key, Indexed: indexed}
	if !indexed {
		return path, key != ""
	}
	digits, closed := strings.CutSuffix(rest, "]")
	index, err := strconv.Atoi(digits)
	path.Index = index
	return path, closed && err == nil && strconv.Itoa(index) == digits
}
