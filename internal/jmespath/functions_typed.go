package jmespath

import "slices"

// keyed emits a loop over a list with the key of each element;
// all becomes false where one has none.
func (c *compiler) keyed(n node, list val, each func(element, key val)) (all Expr) {
	name := c.name("all")
	c.emit(&Stmt{Kind: Define, Name: name, X: literal(true)})
	c.eachElement(list, func(e val) {
		key := c.value(n.kids[1].kids[0], e)
		if key.t.kind != Number && key.t.kind != Text {
			fail(n.kids[1], "%s() takes numbers and strings as keys, not a %s", n.Value, key.t.kind)
		}
		condition := And(c.present(key)...)
		if condition.Op == Lit {
			each(e, key.given())
			return
		}
		s := c.emit(&Stmt{Kind: If, X: condition})
		c.block(&s.Body, func() { each(e, key.given()) })
		c.block(&s.Else, func() { c.emit(&Stmt{Kind: Assign, Name: name, X: literal(false)}) })
	})
	return variable(name)
}

// extremeBy are max_by and min_by: the first element with the greatest or least key.
func extremeBy(op string) func(c *compiler, n node, current val) val {
	return func(c *compiler, n node, current val) val {
		list := c.value(n.kids[0], current)
		if list.t.kind == Null {
			return noValue
		}
		c.ofElements(n, list, Boolean, Number, Text, List, Map, Structure)
		var best val
		return c.under(c.present(list), func() val {
			declaration, bestKey := c.emit(&Stmt{Kind: Declare, Name: c.name("best")}),
				c.emit(&Stmt{Kind: Declare, Name: c.name("key")})
			all := c.keyed(n, list.given(), func(e, key val) {
				own := declared(e.t)
				best = own.at(variable(declaration.Name))
				declaration.Type, bestKey.Type = own.goType(), key.t.goType
				isFirst := binary("==", best.x, Expr{Op: Nil})
				if !own.ptr && e.t.enum {
					isFirst = binary("==", best.x, literal(""))
				}
				c.when([]Expr{or(isFirst, binary(op, key.plain(), variable(bestKey.Name)))}, func() {
					c.emit(&Stmt{Kind: Assign, Name: best.x.Name, X: c.as(e, own.ptr)})
					c.emit(&Stmt{Kind: Assign, Name: bestKey.Name, X: key.plain()})
				})
			})
			return best.guarded([]Expr{all})
		})
	}
}

// sortBy compiles sort_by, which is stable: each element goes behind those whose keys
// are not greater.
func (c *compiler) sortBy(n node, current val) val {
	list := c.value(n.kids[0], current)
	if list.t.kind == Null {
		return noValue
	}
	c.ofElements(n, list, Boolean, Number, Text, List, Map, Structure)
	e := *list.t.elem
	e.ptr = e.ptr || e.t.kind == Structure
	return c.under(c.present(list), func() val {
		out := val{x: variable(c.name("v")), t: listOf(e), there: true}
		c.emit(&Stmt{Kind: Define, Name: out.x.Name, X: Expr{Op: Composite, Type: out.t.goType}})
		keys := c.emit(&Stmt{Kind: Declare, Name: c.name("keys")})
		all := c.keyed(n, list.given(), func(v, key val) {
			keys.Type = sliceOf(key.t.goType)
			at := c.name("at")
			i := c.name("i")
			c.emit(&Stmt{Kind: Define, Name: at, X: call("sort", "Search", length(variable(keys.Name)), Expr{
				Op: Search, Name: i, Args: []Expr{binary(">", index(variable(keys.Name), variable(i)), key.plain())},
			})})
			insert := func(into string, x Expr) {
				c.emit(&Stmt{Kind: Assign, Name: into, X: call("slices", "Insert", variable(into), variable(at), x)})
			}
			insert(keys.Name, key.plain())
			insert(out.x.Name, c.as(v, e.ptr))
		})
		return out.guarded([]Expr{all})
	})
}

// merge compiles merge() of objects that expressions make.
func (c *compiler) merge(n node, current val) val {
	args, present, all := c.args(n, current, Record)
	if !all {
		return noValue
	}
	var keys []string
	var items []val
	for _, of := range args {
		for _, f := range of.t.fields {
			v := val{t: nullType}
			if f.fixed == nil {
				v = f.elem.at(selected(of.x, f.name))
			}
			if at := slices.Index(keys, f.key); at >= 0 {
				items[at] = v
				continue
			}
			keys, items = append(keys, f.key), append(items, v)
		}
	}
	return c.under(present, func() val { return c.record(keys, items) })
}

// notNull compiles not_null(): the first value that there is.
func (c *compiler) notNull(n node, current val) val {
	var t *typ
	bodies := make([][]*Stmt, len(n.kids))
	values := make([]val, len(n.kids))
	for i, kid := range n.kids {
		c.block(&bodies[i], func() { values[i] = c.value(kid, current) })
		switch v := values[i]; {
		case v.t.kind == Null:
		case t == nil:
			t = v.t
		default:
			if t = c.common(t, v.t); t == nil {
				fail(kid, "not_null() of values of several types has no single Go type")
			}
		}
	}
	if t == nil {
		return noValue
	}
	out := c.declare(val{t: t})
	var chain func(i int)
	chain = func(i int) {
		if i == len(values) {
			return
		}
		*c.out = append(*c.out, bodies[i]...)
		v := c.cast(values[i], t)
		condition := And(c.present(v)...)
		if condition.Op == Lit && condition.Value == true {
			c.assign(out, v)
			return
		}
		if condition.Op == Lit {
			chain(i + 1)
			return
		}
		s := c.emit(&Stmt{Kind: If, X: condition})
		c.block(&s.Body, func() { c.assign(out, v.given()) })
		c.block(&s.Else, func() { chain(i + 1) })
	}
	chain(0)
	return out
}

func (c *compiler) toArray(n node, current val) val {
	v := c.value(n.kids[0], current)
	switch v.t.kind {
	case List:
		return v // of null it is null here, which is a list of one null there
	case Null:
		fail(n, "a list of nulls has no Go type")
	}
	return c.list(n, []val{v})
}

func (c *compiler) toNumber(n node, current val) val {
	v := c.value(n.kids[0], current)
	switch v.t.kind {
	case Number:
		return v
	case Text:
	default:
		return noValue
	}
	out := c.declare(val{t: floatType})
	c.when(c.present(v), func() {
		number, err := c.name("v"), c.name("err")
		parsed := call("strconv", "ParseFloat", c.text(v), literal(64))
		s := c.emit(&Stmt{Kind: If, Name: number, Second: err, Init: &parsed, X: isNil(variable(err))})
		c.block(&s.Body, func() { c.assign(out, val{x: variable(number), t: floatType, there: true}) })
	})
	return out
}

func (c *compiler) toText(n node, current val) val {
	args, present, all := c.args(n, current, Text, Number, Boolean)
	if !all {
		return val{x: literal("null"), t: textType, there: true}
	}
	v := args[0]
	x := c.text(v)
	switch {
	case v.t.kind == Boolean:
		x = call("strconv", "FormatBool", v.plain())
	case v.t.kind == Number && v.t.integer:
		x = call("strconv", "FormatInt", convert(named("int64"), v.plain()), literal(10))
	case v.t.kind == Number:
		x = call("strconv", "FormatFloat", c.float(v), literal(byte('f')), literal(-1), literal(64))
	}
	return c.orNull(present, x)
}

// orNull is a string under conditions, and "null" without them.
func (c *compiler) orNull(conditions []Expr, x Expr) val {
	if condition := And(conditions...); condition.Op == Lit && condition.Value == true {
		return val{x: x, t: textType, there: true}
	}
	out := c.name("v")
	c.emit(&Stmt{Kind: Define, Name: out, X: literal("null")})
	c.when(conditions, func() { c.emit(&Stmt{Kind: Assign, Name: out, X: x}) })
	return val{x: variable(out), t: textType, there: true}
}

// typeName compiles type().
func (c *compiler) typeName(n node, current val) val {
	v := c.value(n.kids[0], current)
	name := ""
	switch v.t.kind {
	case Null:
		return val{x: literal("null"), t: textType, there: true}
	case Boolean:
		name = "boolean"
	case Number, Text:
		name = v.t.kind.String()
	case List:
		name = "array"
	case Opaque:
		fail(n, "the type of a %s depends on its format", v.t.kind)
	default:
		name = "object"
	}
	return c.orNull(c.present(v), literal(name))
}
