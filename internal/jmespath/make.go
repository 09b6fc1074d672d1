package jmespath

import (
	"slices"
	"strconv"
)

// multiList makes a list of several values, nulls among them.
func (c *compiler) multiList(n node, current val) val {
	items := make([]val, len(n.kids))
	for i, kid := range n.kids {
		items[i] = c.value(kid, current)
	}
	return c.list(n, items)
}

// list makes a list of values of one type.
func (c *compiler) list(n node, items []val) val {
	var t *typ
	there := true
	for _, v := range items {
		if v.t.kind == Null {
			there = false
			continue
		}
		if t == nil {
			t = v.t
		}
		if t = c.common(t, v.t); t == nil {
			fail(n, "a list of values of several types has no Go type; flatten it with []")
		}
		there = there && len(v.guards) == 0 && !v.nullable()
	}
	if t == nil {
		if len(items) > 0 {
			fail(n, "a list of nulls has no Go type")
		}
		t = textType
	}
	e := element{t: t, there: there}
	if !there {
		e = declared(t)
	}
	args := make([]Expr, len(items))
	for i, v := range items {
		args[i] = c.elementExpr(v, e)
	}
	lt := listOf(e)
	name := c.name("v")
	c.emit(&Stmt{Kind: Define, Name: name, X: Expr{Op: Composite, Type: lt.goType, Args: args}})
	return val{x: variable(name), t: lt, there: true}
}

// declared is how a variable, or an element that may be null, holds a value.
func declared(t *typ) element {
	return element{t: t, ptr: !t.nilable && !t.enum}
}

// elementExpr is a value as an element.
func (c *compiler) elementExpr(v val, e element) Expr {
	if v.t.kind == Null {
		if e.t.enum {
			return literal("")
		}
		return Expr{Op: Nil}
	}
	v = c.cast(v, e.t)
	if len(v.guards) > 0 || v.ptr != e.ptr {
		if e.there || len(v.guards) == 0 && !v.nullable() {
			return c.as(v, e.ptr)
		}
		v = c.settled(c.placed(v))
	}
	return v.x
}

// placed is a value in a variable, where it is not a pointer yet.
func (c *compiler) placed(v val) val {
	if v.ptr == declared(v.t).ptr {
		return v
	}
	out := c.declare(v)
	c.assign(out, v)
	return out
}

// common is the type that values of two types become; nil for none. Numbers become
// float64, and enums strings, where they differ.
func (c *compiler) common(a, b *typ) *typ {
	switch {
	case same(a, b):
		return a
	case a.kind == Number && b.kind == Number:
		return floatType
	case a.kind == Text && b.kind == Text:
		return textType
	default:
		return nil
	}
}

// cast converts a scalar to a type that [compiler.common] found.
func (c *compiler) cast(v val, t *typ) val {
	if v.t.kind == Null || same(v.t, t) {
		return v
	}
	return val{guards: c.present(v), x: convert(t.goType, v.plain()), t: t, there: true}
}

// multiHash makes an object.
func (c *compiler) multiHash(n node, current val) val {
	keys := make([]string, len(n.kids))
	items := make([]val, len(n.kids))
	for i, pair := range n.kids {
		keys[i], items[i] = pair.text(), c.value(pair.kids[0], current)
		if slices.Contains(keys[:i], keys[i]) {
			fail(pair, "the key %q stands twice", keys[i])
		}
	}
	return c.record(keys, items)
}

// record makes an object of values.
func (c *compiler) record(keys []string, items []val) val {
	t := &typ{kind: Record, goType: &GoType{Form: StructType}}
	var args []Expr
	for i, v := range items {
		f := recordField{key: keys[i], name: "F" + strconv.Itoa(i+1)}
		if v.t.kind == Null {
			f.fixed = &val{t: nullType}
		} else {
			f.elem = element{t: v.t, ptr: v.ptr, there: len(v.guards) == 0 && !v.nullable()}
			if !f.elem.there {
				f.elem = declared(v.t)
			}
			args = append(args, c.elementExpr(v, f.elem))
			t.goType.Fields = append(t.goType.Fields, GoField{f.name, f.elem.goType()})
		}
		t.fields = append(t.fields, f)
	}
	name := c.name("v")
	c.emit(&Stmt{Kind: Define, Name: name, X: Expr{Op: Fielded, Type: t.goType, Args: args}})
	return val{x: variable(name), t: t, there: true}
}
