package openapi

import (
	"slices"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
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
	{"oneOf", "", []spec.Kind{spec.Union, spec.Float, spec.Double}},
	{"x-union", "", []spec.Kind{spec.Union}},
}

var (
	textKinds   = []spec.Kind{spec.String, spec.Enum, spec.Blob}
	enumKinds   = []spec.Kind{spec.Enum, spec.IntEnum}
	numberKinds = []spec.Kind{
		spec.IntEnum, spec.Byte, spec.Short, spec.Integer, spec.Long, spec.Float, spec.Double, spec.BigDecimal,
	}
)

// checkKeywords reports keywords that mean nothing for a kind, and patterns that
// are no regular expressions.
func (l *loader) checkKeywords(kind spec.Kind, n tree.Value) {
	if kind == spec.Invalid {
		return
	}
	for _, k := range keywords {
		if at := n.Get(k.key); at.Exists() && !slices.Contains(k.kinds, kind) {
			l.ps.Add(at.NamePos(), "remove it, or correct the type", "%s means nothing for %s", k.key, article(kind))
		}
	}
	if pattern := n.Get("pattern"); pattern.Exists() {
		if err := checkPattern(pattern.Text()); err != nil {
			l.wrong(pattern, "patterns are regular expressions as JavaScript has them (ECMA-262)",
				"the pattern is no regular expression: %v", err)
		}
	}
}

// constraints reads the limits that a schema sets, as they are written.
func (l *loader) constraints(kind spec.Kind, n tree.Value) spec.Constraints {
	c := spec.Constraints{
		Min: n.Get("minimum").Text(), Max: n.Get("maximum").Text(),
		Pattern: n.Get("pattern").Text(), Unique: n.Get("uniqueItems").IsTrue(),
	}
	switch kind {
	case spec.List:
		c.MinLength, c.MaxLength = n.Get("minItems").Text(), n.Get("maxItems").Text()
	case spec.Map:
		c.MinLength, c.MaxLength = n.Get("minProperties").Text(), n.Get("maxProperties").Text()
	default:
		c.MinLength, c.MaxLength = n.Get("minLength").Text(), n.Get("maxLength").Text()
	}
	return c
}

// enumValues reads the values of an enum with their names.
func (l *loader) enumValues(kind spec.Kind, n tree.Value) []spec.EnumValue {
	if kind != spec.Enum && kind != spec.IntEnum {
		return nil
	}
	items, names, docs := n.Get("enum").List(), n.Get("x-enum-varnames"), n.Get("x-enum-descriptions")
	if len(items) == 0 {
		l.wrong(n.Get("enum"), "list its values, or remove the keyword", "the enum has no values")
	}
	l.checkParallel(n.Get("enum"), names, docs)
	if kind == spec.IntEnum && !names.Exists() && len(items) > 0 {
		l.wrong(n.Get("enum"), "add x-enum-varnames, a list with a name for each value",
			"the values of an integer enum need names")
	}
	values := make([]spec.EnumValue, 0, len(items))
	first := map[string]tree.Value{}
	for i, item := range items {
		value := spec.EnumValue{
			Pos: item.Place(), Value: item.Text(), Name: constantName(item.Text()), NameOrigin: spec.NameWanted,
		}
		if i < names.Len() {
			value.Name, value.NameOrigin = names.List()[i].Text(), spec.NameGiven
		}
		if i < docs.Len() {
			value.Documentation = docs.List()[i].Text()
		}
		if l.enumValue(kind, item, first[item.Text()]) {
			values = append(values, value)
			first[item.Text()] = item
		}
	}
	l.checkNames(names)
	return values
}

// enumValue checks one value of an enum.
func (l *loader) enumValue(kind spec.Kind, item, first tree.Value) bool {
	want := tree.String
	if kind == spec.IntEnum {
		want = tree.Number
	}
	switch {
	case item.Kind() == tree.Null:
		l.wrong(item, "remove it; absent values need no mention", "null is not a value of an enum")
	case item.Kind() != want:
		l.wrong(item, typeHint(takesText, item), "the enum mixes types: this value is %s, not %s",
			kindName(item.Kind()), kindName(want))
	case kind == spec.IntEnum && !isInt32(item.Text()):
		l.wrong(item, "", "%s is not an integer of 32 bits", item.Text())
	case kind == spec.Enum && item.Text() == "":
		l.wrong(item, "remove it", "an empty string cannot be the value of an enum")
	case first.Exists():
		l.wrong(item, "keep one of them", "the value %q stands twice, first at %s", item.Text(), first.Place())
	default:
		return true
	}
	return false
}

// checkParallel sees that lists beside an enum are as long as it is.
func (l *loader) checkParallel(enum tree.Value, beside ...tree.Value) {
	for _, list := range beside {
		if list.Exists() && list.Len() != enum.Len() {
			l.wrong(list, "give one for each value", "%s has %d entries for the enum's %d values", list.Token(),
				list.Len(), enum.Len())
		}
	}
}

// checkNames sees that the names given to an enum's values can be used.
func (l *loader) checkNames(names tree.Value) {
	first := map[string]tree.Value{}
	for name := range names.All() {
		switch {
		case !isIdentifier(name.Text()):
			l.wrong(name, "use letters, digits and underscores, and begin with a letter",
				"%q cannot be the name of a value", name.Text())
		case first[name.Text()].Exists():
			l.wrong(name, "give each value a name of its own", "the name %s stands twice, first at %s", name.Text(),
				first[name.Text()].Place())
		}
		first[name.Text()] = name
	}
}
