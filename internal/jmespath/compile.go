package jmespath

import (
	"maps"
	"math"
	"strconv"

	"github.com/jmespath-community/go-jmespath/pkg/parsing"
)

// compiler compiles one expression.
type compiler struct {
	scope *Scope
	// out is the block that statements are added to.
	out *[]*Stmt
	// vars are the values of variables of let expressions.
	vars map[string]val
}

func (c *compiler) emit(s *Stmt) *Stmt {
	*c.out = append(*c.out, s)
	return s
}

// block calls body with what it emits going into a block.
func (c *compiler) block(into *[]*Stmt, body func()) {
	outer := c.out
	c.out = into
	body()
	c.out = outer
}

// when emits statements under conditions.
func (c *compiler) when(conditions []Expr, body func()) {
	condition := And(conditions...)
	if condition.Op == Lit {
		if condition.Value == true {
			body()
		}
		return
	}
	s := &Stmt{Kind: If, X: condition}
	c.block(&s.Body, body)
	if len(s.Body) > 0 {
		c.emit(s)
	}
}

// name makes a name for a variable.
func (c *compiler) name(stem string) string {
	*c.scope.count++
	return stem + strconv.Itoa(*c.scope.count)
}

// under returns a value that is only looked for under conditions.
func (c *compiler) under(conditions []Expr, find func() val) val {
	var body []*Stmt
	var v val
	c.block(&body, func() { v = find() })
	if And(conditions...).Op == Lit && And(conditions...).Value == true {
		*c.out = append(*c.out, body...)
		return v
	}
	if len(body) == 0 || v.t.kind == Null {
		return v.guarded(conditions)
	}
	out := c.declare(v)
	c.when(conditions, func() {
		*c.out = append(*c.out, body...)
		c.assign(out, v)
	})
	return out
}

// value compiles a node; current is what @ stands for.
func (c *compiler) value(n node, current val) val {
	switch n.NodeType {
	case parsing.ASTIdentity, parsing.ASTCurrentNode:
		return current
	case parsing.ASTRootNode:
		return c.scope.root
	case parsing.ASTLiteral:
		return c.literal(n, n.Value)
	case parsing.ASTField:
		return c.field(n, current, n.text())
	case parsing.ASTSubexpression, parsing.ASTIndexExpression:
		left := c.value(n.kids[0], current)
		// of null there is nothing to select
		return c.under(c.present(left), func() val { return c.value(n.kids[1], left.given()) })
	case parsing.ASTPipe:
		return c.value(n.kids[1], c.value(n.kids[0], current))
	case parsing.ASTIndex:
		i, _ := n.Value.(int)
		return c.index(n, current, i)
	case parsing.ASTSlice:
		parts, _ := n.Value.([]*int)
		return c.slice(n, current, parts)
	case parsing.ASTProjection, parsing.ASTFilterProjection, parsing.ASTValueProjection, parsing.ASTFlatten:
		return c.projection(n, current)
	case parsing.ASTMultiSelectList:
		return c.multiList(n, current)
	case parsing.ASTMultiSelectHash:
		return c.multiHash(n, current)
	case parsing.ASTFunctionExpression:
		return c.function(n, current)
	case parsing.ASTLetExpression:
		return c.let(n, current)
	case parsing.ASTVariable:
		return c.variable(n)
	case parsing.ASTExpRef:
		fail(n, "an expression reference is only an argument of a function")
	}
	return c.operator(n, current)
}

// literal compiles a literal of JSON.
func (c *compiler) literal(n node, v any) val {
	switch v := v.(type) {
	case nil:
		return val{t: nullType}
	case bool:
		return val{x: literal(v), t: boolType, there: true}
	case string:
		return val{x: literal(v), t: textType, there: true}
	case float64:
		if math.Abs(v) <= math.MaxInt32 && v == math.Trunc(v) { // so that an int can hold it anywhere
			return val{x: literal(int(v)), t: intType, there: true}
		}
		return val{x: literal(v), t: floatType, there: true}
	case []any:
		items := make([]val, len(v))
		for i := range v {
			items[i] = c.literal(n, v[i])
		}
		return c.list(n, items)
	default:
		object, _ := v.(map[string]any)
		keys := sorted(object)
		items := make([]val, len(keys))
		for i, key := range keys {
			items[i] = c.literal(n, object[key])
		}
		return c.record(keys, items)
	}
}

// field selects from an object.
func (c *compiler) field(n node, of val, name string) val {
	switch of.t.kind {
	case Structure:
		return c.member(n, of, name)
	case Union:
		return c.variant(n, of, name)
	case Record:
		for _, f := range of.t.fields {
			if f.key == name && f.fixed != nil {
				return *f.fixed
			}
			if f.key == name {
				return f.elem.at(selected(of.x, f.name)).guarded(c.present(of))
			}
		}
		fail(n, "the object has no field %q", name)
	case Map:
		return c.entry(of, name)
	case Null:
		return of
	}
	fail(n, "a %s has no member %q", of.t.kind, name)
	return val{}
}

// member selects a member of a structure.
func (c *compiler) member(n node, of val, name string) val {
	m := of.t.shape.Member(name)
	if m == nil {
		fail(n, "structure %s has no member %q", of.t.shape.Name, name)
	}
	field, ptr := c.scope.names.Field(of.t.shape, m)
	t := c.scope.typeOf(m.Target)
	return val{x: selected(of.x, field), t: t, ptr: ptr, there: !ptr && !t.nilable && !t.enum}.guarded(c.present(of))
}

// variant selects a member of a union: what it is, or nothing.
func (c *compiler) variant(n node, of val, name string) val {
	m := of.t.shape.Member(name)
	if m == nil {
		fail(n, "union %s has no member %q", of.t.shape.Name, name)
	}
	t := c.scope.typeOf(m.Target)
	out := c.declare(val{t: t})
	c.when(c.present(of), func() {
		v, ok := c.name("v"), c.name("ok")
		is := Expr{Op: Assert, Type: pointerTo(c.scope.names.Variant(of.t.shape, m)), Args: []Expr{of.x}}
		s := c.emit(&Stmt{Kind: If, Name: v, Second: ok, Init: &is, X: variable(ok)})
		c.block(&s.Body, func() { c.assign(out, val{x: selected(variable(v), "Value"), t: t, there: true}) })
	})
	return out
}

// entry selects the value of a key of a map.
func (c *compiler) entry(of val, key string) val {
	out := c.declare(val{t: of.t.elem.t})
	c.when(c.present(of), func() {
		v, ok := c.name("v"), c.name("ok")
		at := index(of.plain(), literal(key))
		s := c.emit(&Stmt{Kind: If, Name: v, Second: ok, Init: &at, X: variable(ok)})
		c.block(&s.Body, func() { c.assign(out, of.t.elem.at(variable(v))) })
	})
	return out
}

// declare declares a variable for a value that may be null.
func (c *compiler) declare(like val) val {
	name := c.name("v")
	out := val{x: variable(name), t: like.t, ptr: declared(like.t).ptr}
	c.emit(&Stmt{Kind: Declare, Name: name, Type: held(out.t, out.ptr)})
	return out
}

// assign sets a variable that [compiler.declare] made, where the value is there.
func (c *compiler) assign(to, v val) {
	c.when(c.present(v), func() { c.emit(&Stmt{Kind: Assign, Name: to.x.Name, X: c.as(v.given(), to.ptr)}) })
}

// as returns a value that is there as a pointer, or plain.
func (c *compiler) as(v val, ptr bool) Expr {
	switch {
	case v.ptr == ptr:
		return v.x
	case !ptr:
		return v.plain()
	}
	switch v.x.Op {
	case Var, Field, Index: // of a slice
		return address(v.x)
	}
	name := c.name("v")
	c.emit(&Stmt{Kind: Define, Name: name, X: typed(v)})
	return address(variable(name))
}

// typed is a value with its Go type, which a literal has not.
func typed(v val) Expr {
	if x := v.plain(); x.Op != Lit || v.t == textType || v.t == boolType || v.t == intType {
		return x
	}
	return convert(v.t.goType, v.plain())
}

// settled is a value that can be looked at several times without its guards: one in a
// variable, if it has any.
func (c *compiler) settled(v val) val {
	if len(v.guards) == 0 {
		return v
	}
	out := c.declare(v)
	c.assign(out, v)
	return out
}

// index selects an element of a list.
func (c *compiler) index(n node, of val, i int) val {
	if of.t.kind == Null {
		return of
	}
	if of.t.kind != List {
		fail(n, "a %s has no elements", of.t.kind)
	}
	list := of.plain()
	at, least := literal(i), i
	if i < 0 {
		at, least = binary("-", length(list), literal(-i)), -i-1
	}
	out := of.t.elem.at(index(list, at))
	out.guards = append(c.present(of), binary(">", length(list), literal(least)))
	return out
}

// let compiles an expression with variables.
func (c *compiler) let(n node, current val) val {
	outer := c.vars
	c.vars = maps.Clone(outer)
	for _, binding := range n.kids[0].kids {
		c.vars[binding.kids[0].text()] = c.settled(c.value(binding.kids[1], current))
	}
	out := c.value(n.kids[1], current)
	c.vars = outer
	return out
}

func (c *compiler) variable(n node) val {
	v, ok := c.vars[n.text()]
	if !ok {
		fail(n, "no variable %s is defined", n.Value)
	}
	return v
}

// texts compiles a node to a Go slice of strings.
func (c *compiler) texts(n node, current val) val {
	list, ok, n, current := c.asItIs(n, current)
	if !ok && !makesList(n) {
		list, ok = c.value(n, current), true
	}
	if ok {
		switch {
		case list.t.kind != List:
			fail(n, "it leads to a %s, not to a list", list.t.kind)
		case same(list.t.elem.t, textType) && list.t.elem.there && !list.t.elem.ptr:
			return list
		}
		n, current = node{ASTNode: parsing.ASTNode{NodeType: parsing.ASTIdentity}, at: n.at}, list
	}
	out := c.declare(val{t: listOf(element{t: textType, there: true})})
	c.each(n, current, nil, func(e val) {
		switch e.t.kind {
		case Text, Null:
		case List:
			fail(n, "it leads to lists of lists; flatten them with []")
		default:
			fail(n, "it leads to a list of %ss, not of strings", e.t.kind)
		}
		c.when(c.present(e), func() {
			c.emit(&Stmt{Kind: Assign, Name: out.x.Name, X: builtin("append", out.x, c.text(e.given()))})
		})
	})
	return out
}

// text is a value as a Go string.
func (c *compiler) text(v val) Expr {
	if v.t.enum {
		return convert(textType.goType, v.plain())
	}
	return v.plain()
}
