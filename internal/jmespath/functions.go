package jmespath

import (
	"slices"

	"github.com/jmespath-community/go-jmespath/pkg/parsing"
)

// function is one of the language.
type function struct {
	// least and most count its arguments; most is -1 for any number. ref is the
	// argument, from 1, that is an expression reference; 0 for none.
	least, most, ref int
	compile          func(c *compiler, n node, current val) val
}

// functionOf returns a function; false for one that has no type in Go, or is not
// known.
func functionOf(name string) (function, bool) {
	f, ok := map[string]function{
		"abs": ofNumber("Abs"), "ceil": ofNumber("Ceil"), "floor": ofNumber("Floor"),
		"contains":  {2, 2, 0, (*compiler).contains},
		"ends_with": {2, 2, 0, texts("HasSuffix", boolType)}, "starts_with": {2, 2, 0, texts("HasPrefix", boolType)},
		"lower": {1, 1, 0, texts("ToLower", textType)}, "upper": {1, 1, 0, texts("ToUpper", textType)},
		"replace": {3, 3, 0, texts("ReplaceAll", textType)}, "split": {2, 2, 0, (*compiler).split},
		"join":     {2, 2, 0, (*compiler).join},
		"keys":     {1, 1, 0, (*compiler).keys},
		"values":   {1, 1, 0, (*compiler).mapValues},
		"length":   {1, 1, 0, (*compiler).length},
		"map":      {2, 2, 1, (*compiler).mapped},
		"max":      {1, 1, 0, extreme("Max")},
		"min":      {1, 1, 0, extreme("Min")},
		"max_by":   {2, 2, 2, extremeBy(">")},
		"min_by":   {2, 2, 2, extremeBy("<")},
		"sort":     {1, 1, 0, (*compiler).sort},
		"sort_by":  {2, 2, 2, (*compiler).sortBy},
		"merge":    {1, -1, 0, (*compiler).merge},
		"not_null": {1, -1, 0, (*compiler).notNull},
		"reverse":  {1, 1, 0, (*compiler).reverse},
		"avg":      {1, 1, 0, (*compiler).average}, "sum": {1, 1, 0, (*compiler).sum},
		"to_array": {1, 1, 0, (*compiler).toArray}, "to_number": {1, 1, 0, (*compiler).toNumber},
		"to_string": {1, 1, 0, (*compiler).toText}, "type": {1, 1, 0, (*compiler).typeName},
	}[name]
	return f, ok
}

// function compiles a call. An argument that is null, where the language asks for a
// value, makes the result null.
func (c *compiler) function(n node, current val) val {
	name := n.text()
	f, ok := functionOf(name)
	if !ok {
		fail(n, "there is no function %s() that has a type in Go", name)
	}
	if len(n.kids) < f.least || f.most >= 0 && len(n.kids) > f.most {
		fail(n, "%s() does not take %d arguments", name, len(n.kids))
	}
	for i, kid := range n.kids {
		switch isRef := kid.NodeType == parsing.ASTExpRef; {
		case isRef && f.ref != i+1:
			fail(kid, "argument %d of %s() is no expression reference", i+1, name)
		case !isRef && f.ref == i+1:
			fail(kid, "argument %d of %s() is an expression reference: &name", i+1, name)
		}
	}
	return f.compile(c, n, current)
}

// args compiles arguments of some kinds. Without all there is no value, since one is
// always null.
func (c *compiler) args(n node, current val, kinds ...Kind) (args []val, present []Expr, all bool) {
	all = true
	for _, kid := range n.kids {
		if kid.NodeType == parsing.ASTExpRef {
			args = append(args, val{t: nullType})
			continue
		}
		v := c.value(kid, current)
		if v.t.kind == Null {
			all = false
		} else if !slices.Contains(kinds, v.t.kind) {
			fail(kid, "%s() does not take a %s", n.Value, v.t.kind)
		}
		args = append(args, v)
		present = append(present, c.present(v)...)
	}
	return args, present, all
}

var noValue = val{t: nullType}

// ofNumber are the functions of one number.
func ofNumber(name string) function {
	return function{1, 1, 0, func(c *compiler, n node, current val) val {
		args, present, all := c.args(n, current, Number)
		if !all {
			return noValue
		}
		return val{guards: present, x: call("math", name, c.float(args[0])), t: floatType, there: true}
	}}
}

// texts are the functions of strings that package strings has.
func texts(name string, result *typ) func(c *compiler, n node, current val) val {
	return func(c *compiler, n node, current val) val {
		args, present, all := c.args(n, current, Text)
		if !all {
			return noValue
		}
		list := make([]Expr, len(args))
		for i, v := range args {
			list[i] = c.text(v)
		}
		return c.stored(present, result, func() Expr { return call("strings", name, list...) })
	}
}

// split compiles split(), which makes no part of an empty string.
func (c *compiler) split(n node, current val) val {
	args, present, all := c.args(n, current, Text)
	if !all {
		return noValue
	}
	t := listOf(element{t: textType, there: true})
	return c.stored(present, t, func() Expr {
		name := c.name("v")
		c.emit(&Stmt{Kind: Define, Name: name, X: Expr{Op: Composite, Type: t.goType}})
		c.when([]Expr{binary("!=", c.text(args[0]), literal(""))}, func() {
			c.emit(&Stmt{Kind: Assign, Name: name, X: call("strings", "Split", c.text(args[0]), c.text(args[1]))})
		})
		return variable(name)
	})
}

// length compiles the length of a value. A list or map that is not there has none, as for
// official packages: in XML nothing stands for an empty one.
func (c *compiler) length(n node, current val) val {
	args, present, all := c.args(n, current, Text, List, Map)
	if !all {
		return noValue
	}
	if kind := args[0].t.kind; kind == List || kind == Map {
		present = args[0].guards
	}
	x := length(args[0].plain())
	if args[0].t.kind == Text {
		x = call("unicode/utf8", "RuneCountInString", c.text(args[0]))
	}
	return val{guards: present, x: x, t: intType, there: true}
}

// contains compiles the search in a string or list. A list that is not there contains
// nothing, as for length.
func (c *compiler) contains(n node, current val) val {
	in, what := c.value(n.kids[0], current), c.value(n.kids[1], current)
	switch in.t.kind {
	case Null:
		return noValue
	case Text:
		if what.t.kind != Text {
			fail(n.kids[1], "a string does not contain a %s", what.t.kind)
		}
		present := append(c.present(in), c.present(what)...)
		return val{guards: present, x: call("strings", "Contains", c.text(in), c.text(what)), t: boolType, there: true}
	case List:
	default:
		fail(n.kids[0], "contains() does not take a %s", in.t.kind)
	}
	what = c.settled(what)
	e := in.t.elem
	if same(e.t, what.t) && !e.ptr && !what.nullable() && e.t.kind >= Boolean && e.t.kind <= Text {
		return val{guards: in.guards, x: call("slices", "Contains", in.plain(), what.plain()), t: boolType, there: true}
	}
	found := c.name("found")
	c.emit(&Stmt{Kind: Define, Name: found, X: literal(false)})
	c.when(c.present(in), func() {
		c.eachElement(in.given(), func(v val) {
			c.when([]Expr{c.equal(n, v, what)}, func() { c.emit(&Stmt{Kind: Assign, Name: found, X: literal(true)}) })
		})
	})
	return val{guards: in.guards, x: variable(found), t: boolType, there: true}
}

func (c *compiler) join(n node, current val) val {
	glue, list := c.value(n.kids[0], current), c.value(n.kids[1], current)
	if glue.t.kind == Null || list.t.kind == Null {
		return noValue
	}
	if glue.t.kind != Text {
		fail(n.kids[0], "join() does not take a %s", glue.t.kind)
	}
	c.ofElements(n, list, Text)
	return c.stored(append(c.present(glue), c.present(list)...), textType, func() Expr {
		return call("strings", "Join", c.plainTexts(list.given()), c.text(glue))
	})
}

// plainTexts is a list of strings as Go's []string.
func (c *compiler) plainTexts(list val) Expr {
	if !list.t.elem.t.enum {
		return list.plain()
	}
	name := c.name("v")
	c.emit(&Stmt{Kind: Declare, Name: name, Type: sliceOf(textType.goType)})
	c.eachElement(list, func(v val) {
		c.emit(&Stmt{Kind: Assign, Name: name, X: builtin("append", variable(name), c.text(v))})
	})
	return variable(name)
}

// ofElements checks that a list has elements of some kinds, none of them null.
func (c *compiler) ofElements(n node, list val, kinds ...Kind) {
	switch {
	case list.t.kind != List:
		fail(n, "%s() does not take a %s", n.Value, list.t.kind)
	case !slices.Contains(kinds, list.t.elem.t.kind):
		fail(n, "%s() does not take a list of %ss", n.Value, list.t.elem.t.kind)
	case !list.t.elem.there:
		fail(n, "%s() takes a list without nulls; leave them out with []", n.Value)
	}
}

func (c *compiler) keys(n node, current val) val {
	args, present, all := c.args(n, current, Map, Record)
	if !all {
		return noValue
	}
	of := args[0]
	if of.t.kind == Map {
		m := of.plain()
		room := Expr{Op: Call, Name: "make", Type: sliceOf(textType.goType), Args: []Expr{literal(0), length(m)}}
		return c.inOrder(present, listOf(element{t: textType, there: true}),
			call("slices", "AppendSeq", room, call("maps", "Keys", m)))
	}
	keys := make([]string, len(of.t.fields))
	for i, f := range of.t.fields {
		keys[i] = f.key
	}
	slices.Sort(keys)
	items := make([]val, len(keys))
	for i, key := range keys {
		items[i] = val{x: literal(key), t: textType, there: true}
	}
	return c.list(n, items)
}

func (c *compiler) mapValues(n node, current val) val {
	args, _, all := c.args(n, current, Map)
	if !all {
		return noValue
	}
	return c.collect(n, !args[0].t.elem.there,
		func(start func(), yield func(val)) { c.eachValue(args[0], n, start, yield) })
}

// mapped compiles map(): the list has the nulls of its elements.
func (c *compiler) mapped(n node, current val) val {
	list := c.value(n.kids[1], current)
	if list.t.kind == Null {
		return noValue
	}
	return c.collect(n, true, func(start func(), yield func(val)) {
		c.eachOf(n.kids[1], list, start, func(e val) { yield(c.value(n.kids[0].kids[0], e)) })
	})
}

// extreme are max and min.
func extreme(name string) func(c *compiler, n node, current val) val {
	return func(c *compiler, n node, current val) val {
		args, present, all := c.args(n, current, List)
		if !all {
			return noValue
		}
		list := args[0]
		c.ofElements(n, list, Number, Text)
		present = append(present, binary(">", length(list.plain()), literal(0)))
		return c.stored(present, list.t.elem.t, func() Expr { return call("slices", name, list.plain()) })
	}
}

func (c *compiler) sort(n node, current val) val {
	args, present, all := c.args(n, current, List)
	if !all {
		return noValue
	}
	list := args[0]
	c.ofElements(n, list, Number, Text)
	return c.inOrder(present, list.t, builtin("append", Expr{Op: Composite, Type: list.t.goType},
		Expr{Op: Spread, Args: []Expr{list.plain()}}))
}

// inOrder is a list that is sorted, made under conditions.
func (c *compiler) inOrder(conditions []Expr, t *typ, list Expr) val {
	return c.under(conditions, func() val {
		name := c.name("v")
		c.emit(&Stmt{Kind: Define, Name: name, X: list})
		c.emit(&Stmt{Kind: Do, X: call("slices", "Sort", variable(name))})
		return val{x: variable(name), t: t, there: true}
	})
}

func (c *compiler) reverse(n node, current val) val {
	args, present, all := c.args(n, current, List, Text)
	if !all {
		return noValue
	}
	if args[0].t.kind == List {
		back := -1
		return c.slice(n, args[0], []*int{nil, nil, &back})
	}
	return c.stored(present, textType, func() Expr {
		text, r := c.name("v"), c.name("r")
		c.emit(&Stmt{Kind: Define, Name: text, X: literal("")})
		s := c.emit(&Stmt{Kind: Range, Name: "_", Second: r, X: c.text(args[0])})
		c.block(&s.Body, func() {
			c.emit(&Stmt{Kind: Assign, Name: text, X: binary("+", convert(textType.goType, variable(r)), variable(text))})
		})
		return variable(text)
	})
}

func (c *compiler) sum(n node, current val) val {
	args, present, all := c.args(n, current, List)
	if !all {
		return noValue
	}
	c.ofElements(n, args[0], Number)
	return c.stored(present, floatType, func() Expr { return c.total(args[0].given()) })
}

// total adds up a list.
func (c *compiler) total(list val) Expr {
	name := c.name("sum")
	c.emit(&Stmt{Kind: Define, Name: name, X: literal(0.0)})
	c.eachElement(list, func(v val) {
		c.emit(&Stmt{Kind: Assign, Name: name, X: binary("+", variable(name), c.float(v))})
	})
	return variable(name)
}

func (c *compiler) average(n node, current val) val {
	args, present, all := c.args(n, current, List)
	if !all {
		return noValue
	}
	list := args[0]
	c.ofElements(n, list, Number)
	present = append(present, binary(">", length(list.plain()), literal(0)))
	return c.stored(present, floatType, func() Expr {
		return binary("/", c.total(list.given()), convert(floatType.goType, length(list.plain())))
	})
}
