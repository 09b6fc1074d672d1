package jmespath

import (
	"github.com/jmespath-community/go-jmespath/pkg/parsing"
)

// makesList reports whether a node makes a list of its own, element by element.
func makesList(n node) bool {
	switch n.NodeType {
	case parsing.ASTProjection, parsing.ASTFilterProjection, parsing.ASTValueProjection, parsing.ASTFlatten,
		parsing.ASTMultiSelectList:
		return true
	default:
		return false
	}
}

// asItIs compiles a projection that selects all elements of a list: the list itself, if
// none can be null. If that is not so, it returns the same projection of the value.
func (c *compiler) asItIs(n node, current val) (list val, ok bool, rest node, over val) {
	if n.NodeType != parsing.ASTProjection || n.kids[1].NodeType != parsing.ASTIdentity {
		return val{}, false, n, current
	}
	source := n.kids[0]
	flattens := source.NodeType == parsing.ASTFlatten
	if flattens {
		source = source.kids[0]
	}
	if makesList(source) {
		return val{}, false, n, current
	}
	v := c.value(source, current)
	isPart := source.NodeType == parsing.ASTIndexExpression && source.kids[1].NodeType == parsing.ASTSlice
	switch {
	case v.t.kind == Null, v.t.kind == Text && isPart && !flattens:
		return v, true, n, current
	case v.t.kind == List && v.t.elem.there && (!flattens || v.t.elem.t.kind != List):
		return v, true, n, current
	}
	same := node{ASTNode: parsing.ASTNode{NodeType: parsing.ASTIdentity}, at: n.at}
	inner := same
	if flattens {
		inner = node{ASTNode: parsing.ASTNode{NodeType: parsing.ASTFlatten}, kids: []node{same}, at: n.at}
	}
	return val{}, false, node{
		ASTNode: parsing.ASTNode{NodeType: parsing.ASTProjection}, kids: []node{inner, same}, at: n.at,
	}, v
}

// projection compiles a node to a list: nested loops that append to it. Elements that
// are null are left out.
func (c *compiler) projection(n node, current val) val {
	list, ok, n, current := c.asItIs(n, current)
	if ok {
		return list
	}
	return c.collect(n, false, func(start func(), yield func(val)) { c.each(n, current, start, yield) })
}

// collect makes a list of what loops yield. Nulls are left out, or kept if the list
// may have them.
func (c *compiler) collect(n node, nulls bool, loops func(start func(), yield func(val))) val {
	name := c.name("v")
	declaration := c.emit(&Stmt{Kind: Declare, Name: name})
	list := val{x: variable(name)}
	var begun []*Stmt
	var elem *element
	loops(func() {
		begun = append(begun, c.emit(&Stmt{Kind: Assign, Name: name, X: Expr{Op: Composite}}))
	}, func(v val) {
		if v.t.kind == Null && !nulls {
			return
		}
		own := element{t: v.t, ptr: v.t.kind == Structure, there: true}
		if nulls {
			own = declared(v.t)
		}
		if own.t.goType == nil {
			fail(n, "its elements are nulls")
		}
		switch {
		case elem == nil:
			elem = &own
		case !same(elem.t, own.t):
			fail(n, "its elements are of several types: %s and %s", elem.t.kind, own.t.kind)
		}
		add := func(x Expr) { c.emit(&Stmt{Kind: Assign, Name: name, X: builtin("append", list.x, x)}) }
		if nulls {
			add(c.elementExpr(v, own))
			return
		}
		c.ifPresent(v, func(v val) { add(c.as(v, own.ptr)) })
	})
	if elem == nil {
		elem = &element{t: textType, there: true} // always empty
	}
	list.t = listOf(*elem)
	declaration.Type = list.t.goType
	for _, s := range begun {
		s.X.Type = list.t.goType
	}
	return list
}

// each emits loops over the elements of the list that a node leads to. A projection
// leaves out nulls, a list may have them. start is called where it is known that there is a list; it may be nil.
func (c *compiler) each(n node, current val, start func(), yield func(val)) {
	switch n.NodeType {
	case parsing.ASTProjection:
		c.each(n.kids[0], current, start, func(e val) { c.ifPresent(c.value(n.kids[1], e), yield) })
	case parsing.ASTFilterProjection:
		c.each(n.kids[0], current, start, func(e val) {
			c.when([]Expr{c.condition(n.kids[2], e)}, func() { c.ifPresent(c.value(n.kids[1], e), yield) })
		})
	case parsing.ASTValueProjection:
		c.eachValue(c.value(n.kids[0], current), n, start, func(e val) { c.ifPresent(c.value(n.kids[1], e), yield) })
	case parsing.ASTFlatten:
		c.each(n.kids[0], current, start, func(e val) {
			if e.t.kind != List {
				yield(e)
				return
			}
			c.ifPresent(e, func(list val) { c.eachElement(list, yield) })
		})
	case parsing.ASTMultiSelectList:
		if start != nil {
			start()
		}
		for _, kid := range n.kids {
			yield(c.value(kid, current))
		}
	case parsing.ASTSubexpression:
		if n.kids[1].NodeType == parsing.ASTMultiSelectList {
			left := c.value(n.kids[0], current)
			c.when(c.present(left), func() { c.each(n.kids[1], left.given(), start, yield) })
			return
		}
		c.eachOf(n, c.value(n, current), start, yield)
	case parsing.ASTPipe:
		c.each(n.kids[1], c.value(n.kids[0], current), start, yield)
	default:
		c.eachOf(n, c.value(n, current), start, yield)
	}
}

// ifPresent emits what is done with a value that is not null.
func (c *compiler) ifPresent(v val, do func(val)) {
	if v.t.kind != Null {
		c.when(c.present(v), func() { do(v.given()) })
	}
}

// eachOf emits a loop over a list.
func (c *compiler) eachOf(n node, list val, start func(), yield func(val)) {
	switch list.t.kind {
	case Null:
		return
	case List:
	default:
		fail(n, "a %s has no elements to go through", list.t.kind)
	}
	conditions := c.present(list)
	if start == nil && len(list.guards) == 0 {
		conditions = nil // a loop over nil does nothing
	}
	c.when(conditions, func() {
		if start != nil {
			start()
		}
		c.eachElement(list.given(), yield)
	})
}

// eachElement emits a loop over a list that is there. Structures are visited where
// they are, not copied.
func (c *compiler) eachElement(list val, yield func(val)) {
	e := list.t.elem
	if e.t.kind == Structure && !e.ptr {
		i := c.name("i")
		s := c.emit(&Stmt{Kind: Range, Name: i, X: list.plain()})
		c.block(&s.Body, func() {
			v := c.name("v")
			c.emit(&Stmt{Kind: Define, Name: v, X: address(index(list.plain(), variable(i)))})
			yield(val{x: variable(v), t: e.t, ptr: true, there: true})
		})
		return
	}
	v := c.name("v")
	s := c.emit(&Stmt{Kind: Range, Name: "_", Second: v, X: list.plain()})
	c.block(&s.Body, func() { yield(e.at(variable(v))) })
}

// eachValue emits a loop over the values of a map in the order of its keys.
func (c *compiler) eachValue(of val, n node, start func(), yield func(val)) {
	switch of.t.kind {
	case Null:
		return
	case Map:
	case Structure, Record:
		fail(n, "the members of a %s are no values of one type; name them", of.t.kind)
	default:
		fail(n, "a %s has no values to go through", of.t.kind)
	}
	conditions := c.present(of)
	if start == nil && len(of.guards) == 0 {
		conditions = nil
	}
	c.when(conditions, func() {
		if start != nil {
			start()
		}
		m := of.given().plain()
		key := c.name("key")
		s := c.emit(&Stmt{Kind: Range, Name: "_", Second: key, X: sortedKeys(m)})
		c.block(&s.Body, func() {
			v := c.name("v")
			c.emit(&Stmt{Kind: Define, Name: v, X: index(m, variable(key))})
			yield(of.t.elem.at(variable(v)))
		})
	})
}

func sortedKeys(m Expr) Expr { return call("slices", "Sorted", call("maps", "Keys", m)) }
