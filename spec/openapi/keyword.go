package openapi

import (
	"slices"

	"example.com/lathe/spec"
)

// keywords say for which kinds of shapes a keyword means something, and which
// type a schema with it should have.
var keywords = [...]struct {
	key, typ string
	kinds    []spec.Kind
}{
	{"properties", "object", []spec.Kind{spec.Structure}},
	{"required", "object", []spec.Kind{spec.Structure}},
	{"additionalProperties", "object", []spec.Kind{spec.Structure, spec.Map}},
	{"propertyNames", "object", []spec.Kind{spec.Map}},
	{"minProperties", "object", []spec.Kind{spec.Map}},
	{"maxProperties", "object", []spec.Kind{spec.Map}},
	{"x-error", "object", []spec.Kind{spec.Structure}},
	{"items", "array", []spec.Kind{spec.List}},
	{"minItems", "array", []spec.Kind{spec.List}},
	{"maxItems", "array", []spec.Kind{spec.List}},
	{"uniqueItems", "array", []spec.Kind{spec.List}},
	{"minLength", "string", textKinds},
	{"maxLength", "string", textKinds},
	{"pattern", "string", textKinds},
	{"contentEncoding", "string", textKinds},
	{"contentMediaType", "string", textKinds},
	{"enum", "string", enumKinds},
	{"x-enum-varnames", "string", enumKinds},
	{"x-enum-descriptions", "string", enumKinds},
	{"minimum", "number", numberKinds},
	{"maximum", "number", numberKinds},
	{"oneOf", "", []spec.Kind{spec.Union}},
	{"x-union", "", []spec.Kind{spec.Union}},
}

var (
	textKinds   = []spec.Kind{spec.String, spec.Enum, spec.Blob}
	enumKinds   = []spec.Kind{spec.Enum, spec.IntEnum}
	numberKinds = []spec.Kind{spec.IntEnum, spec.Byte, spec.Short, spec.Integer, spec.Long, spec.Float, spec.Double}
)

// checkKeywords reports keywords that mean nothing for a kind, and patterns that
// are no regular expressions.
func (l *loader) checkKeywords(kind spec.Kind, n *node) {
	if kind == spec.Invalid {
		return
	}
	for _, k := range keywords {
		if at := n.get(k.key); at != nil && !slices.Contains(k.kinds, kind) {
			l.ps.Add(at.keyPos(), "remove it, or correct the type", "%s means nothing for %s", k.key, article(kind))
		}
	}
	if pattern := n.get("pattern"); pattern != nil {
		if err := checkPattern(pattern.text); err != nil {
			l.wrong(pattern, "patterns are regular expressions as JavaScript has them (ECMA-262)", "the pattern is no regular expression: %v", err)
		}
	}
}

// constraints reads the limits that a schema sets, as they are written.
func (l *loader) constraints(kind spec.Kind, n *node) spec.Constraints {
	c := spec.Constraints{
		Min: n.get("minimum").string(), Max: n.get("maximum").string(),
		Pattern: n.get("pattern").string(), Unique: n.get("uniqueItems").isTrue(),
	}
	switch kind {
	case spec.List:
		c.MinLength, c.MaxLength = n.get("minItems").string(), n.get("maxItems").string()
	case spec.Map:
		c.MinLength, c.MaxLength = n.get("minProperties").string(), n.get("maxProperties").string()
	default:
		c.MinLength, c.MaxLength = n.get("minLength").string(), n.get("maxLength").string()
	}
	return c
}

// enumValues reads the values of an enum with their names.
func (l *loader) enumValues(kind spec.Kind, n *node) []spec.EnumValue {
	if kind != spec.Enum && kind != spec.IntEnum {
		return nil
	}
	items, names, docs := n.get("enum").items(), n.get("x-enum-varnames"), n.get("x-enum-descriptions")
	if len(items) == 0 {
		l.wrong(n.get("enum"), "list its values, or remove the keyword", "the enum has no values")
	}
	l.checkParallel(n.get("enum"), names, docs)
	if kind == spec.IntEnum && names == nil && len(items) > 0 {
		l.wrong(n.get("enum"), "add x-enum-varnames, a list with a name for each value", "the values of an integer enum need names")
	}
	values := make([]spec.EnumValue, 0, len(items))
	first := map[string]*node{}
	for i, item := range items {
		value := spec.EnumValue{Pos: item.pos(), Value: item.text, Name: constantName(item.text), NameOrigin: spec.NameWanted}
		if i < len(names.items()) {
			value.Name, value.NameOrigin = names.items()[i].text, spec.NameGiven
		}
		if i < len(docs.items()) {
			value.Documentation = docs.items()[i].text
		}
		if l.enumValue(kind, item, first[item.text]) {
			values = append(values, value)
			first[item.text] = item
		}
	}
	l.checkNames(names)
	return values
}

// enumValue checks one value of an enum.
func (l *loader) enumValue(kind spec.Kind, item, first *node) bool {
	want := textNode
	if kind == spec.IntEnum {
		want = numberNode
	}
	switch {
	case item.kind == nullNode:
		l.wrong(item, "remove it; absent values need no mention", "null is not a value of an enum")
	case item.kind != want:
		l.wrong(item, typeHint(takesText, item), "the enum mixes types: this value is %s, not %s", item.kind, want)
	case kind == spec.IntEnum && !isInt32(item.text):
		l.wrong(item, "", "%s is not an integer of 32 bits", item.text)
	case kind == spec.Enum && item.text == "":
		l.wrong(item, "remove it", "an empty string cannot be the value of an enum")
	case first != nil:
		l.wrong(item, "keep one of them", "the value %q stands twice, first at %s", item.text, first.pos())
	default:
		return true
	}
	return false
}

// checkParallel sees that lists beside an enum are as long as it is.
func (l *loader) checkParallel(enum *node, beside ...*node) {
	for _, list := range beside {
		if list != nil && len(list.list) != len(enum.items()) {
			l.wrong(list, "give one for each value", "%s has %d entries for the enum's %d values", list.token, len(list.list), len(enum.items()))
		}
	}
}

// checkNames sees that the names given to an enum's values can be used.
func (l *loader) checkNames(names *node) {
	first := map[string]*node{}
	for _, name := range names.items() {
		switch {
		case !isIdentifier(name.text):
			l.wrong(name, "use letters, digits and underscores, and begin with a letter", "%q cannot be the name of a value", name.text)
		case first[name.text] != nil:
			l.wrong(name, "give each value a name of its own", "the name %s stands twice, first at %s", name.text, first[name.text].pos())
		}
		first[name.text] = name
	}
}
