package jmespath

import (
	"math"
	"slices"

	"github.com/jmespath-community/go-jmespath/pkg/parsing"
)

// operator compiles comparisons, logic and arithmetic.
func (c *compiler) operator(n node, current val) val {
	switch n.NodeType {
	case parsing.ASTNotExpression:
		return c.boolean(not(c.condition(n.kids[0], current)))
	case parsing.ASTAndExpression, parsing.ASTOrExpression:
		return c.choice(n, current)
	case parsing.ASTComparator:
		return c.comparison(n, c.value(n.kids[0], current), c.value(n.kids[1], current))
	case parsing.ASTArithmeticExpression:
		return c.arithmetic(n, c.value(n.kids[0], current), c.value(n.kids[1], current))
	case parsing.ASTArithmeticUnaryExpression:
		v := c.number(n, c.value(n.kids[0], current))
		if n.Value == parsing.TOKMinus && v.t.kind == Number {
			v.x = Expr{Op: Negative, Args: []Expr{v.x}}
		}
		return v
	}
	fail(n, "%s has no Go", n.NodeType)
	return val{}
}

// maxCondition is how long a condition may be that stands in others as it is.
const maxCondition = 30

// boolean is the value of a Go condition.
func (c *compiler) boolean(x Expr) val {
	if x.size() > maxCondition {
		name := c.name("v")
		c.emit(&Stmt{Kind: Define, Name: name, X: x})
		x = variable(name)
	}
	return val{x: x, t: boolType, there: true}
}

// condition compiles a node of which only counts whether it is true.
func (c *compiler) condition(n node, current val) Expr {
	switch n.NodeType {
	case parsing.ASTAndExpression:
		return And(c.condition(n.kids[0], current), c.condition(n.kids[1], current))
	case parsing.ASTOrExpression:
		return or(c.condition(n.kids[0], current), c.condition(n.kids[1], current))
	default:
		return c.cond(c.value(n, current))
	}
}

// cond is the Go condition under which a value counts as true: null, false and what
// is empty do not.
func (c *compiler) cond(v val) Expr {
	conditions := c.present(v)
	x := v.plain()
	switch v.t.kind {
	case Boolean:
		return And(append(conditions, x)...)
	case Text:
		if v.t.enum && !v.t.emptyCounts {
			return And(conditions...) // present means not empty
		}
		return And(append(conditions, binary("!=", x, literal("")))...)
	case List, Map:
		return And(append(slices.Clip(v.guards), binary(">", length(x), literal(0)))...)
	case Structure:
		return And(append(conditions, c.anyMember(v.given()))...)
	case Record:
		return And(append(conditions, literal(len(v.t.fields) > 0))...)
	default: // a number, or what is never empty
		return And(conditions...)
	}
}

// anyMember is the condition that an object is not empty.
func (c *compiler) anyMember(of val) Expr {
	var tests []Expr
	for _, m := range of.t.shape.Members {
		field, ptr := c.scope.names.Field(of.t.shape, m)
		t := c.scope.typeOf(m.Target)
		member := val{x: selected(of.x, field), t: t, ptr: ptr, there: !ptr && !t.nilable && !t.enum}
		test := And(c.present(member)...)
		if test.Op == Lit {
			return test
		}
		tests = append(tests, test)
	}
	return or(tests...)
}

// choice compiles && and ||, which give one of their operands.
func (c *compiler) choice(n node, current val) val {
	left := c.value(n.kids[0], current)
	isAnd := n.NodeType == parsing.ASTAndExpression
	var body []*Stmt
	var right val
	c.block(&body, func() { right = c.value(n.kids[1], current) })
	plain := func(v val) bool { return v.t.kind == Boolean && len(v.guards) == 0 && !v.nullable() }
	if len(body) == 0 && plain(left) && plain(right) {
		if isAnd {
			return c.boolean(And(left.plain(), right.plain()))
		}
		return c.boolean(or(left.plain(), right.plain()))
	}
	t := left.t
	switch {
	case left.t.kind == Null:
		t = right.t
	case right.t.kind != Null:
		t = c.common(left.t, right.t)
	}
	if t == nil {
		fail(n, "a %s or a %s: the value has no single Go type", left.t.kind, right.t.kind)
	}
	if t.kind == Null {
		return left
	}
	out := c.declare(val{t: t})
	s := c.emit(&Stmt{Kind: If, X: c.cond(left)})
	takeLeft, takeRight := &s.Body, &s.Else
	if isAnd {
		takeLeft, takeRight = takeRight, takeLeft
	}
	c.block(takeLeft, func() { c.assign(out, c.cast(left, t)) })
	c.block(takeRight, func() {
		*c.out = append(*c.out, body...)
		c.assign(out, c.cast(right, t))
	})
	if len(s.Body) == 0 { // Go has no else alone
		s.X, s.Body, s.Else = not(s.X), s.Else, nil
	}
	return out
}

var comparators = map[any]string{
	parsing.TOKEQ: "==", parsing.TOKNE: "!=", parsing.TOKLT: "<", parsing.TOKLTE: "<=", parsing.TOKGT: ">",
	parsing.TOKGTE: ">=",
}

// comparison compares two values. Only numbers have an order; of others the result is
// null.
func (c *compiler) comparison(n node, a, b val) val {
	op := comparators[n.Value]
	switch op {
	case "==":
		return c.boolean(c.equal(n, a, b))
	case "!=":
		return c.boolean(not(c.equal(n, a, b)))
	}
	if a.t.kind != Number || b.t.kind != Number {
		return val{t: nullType}
	}
	x, y := c.alike(a, b)
	return val{guards: append(c.present(a), c.present(b)...), x: binary(op, x, y), t: boolType, there: true}
}

// alike are two numbers or strings in one Go type.
func (c *compiler) alike(a, b val) (x, y Expr) {
	x, y = a.plain(), b.plain()
	if same(a.t, b.t) || becomes(a, b.t) || becomes(b, a.t) {
		return x, y
	}
	t := c.common(a.t, b.t)
	if !same(a.t, t) {
		x = convert(t.goType, x)
	}
	if !same(b.t, t) {
		y = convert(t.goType, y)
	}
	return x, y
}

// becomes reports whether a value is a constant that Go takes for one of a type.
func becomes(v val, other *typ) bool {
	switch x := v.x.Value.(type) {
	case int:
		most, isSmall := map[string]int{"int8": math.MaxInt8, "int16": math.MaxInt16}[other.goType.Name]
		return !isSmall || x <= most && x >= -most-1
	case float64:
		return !other.integer && (other.goType.Name != "float32" || math.Abs(x) <= math.MaxFloat32)
	default:
		return v.x.Op == Lit
	}
}

// equal is the Go condition that two values are the same. Two nulls are.
func (c *compiler) equal(n node, a, b val) Expr {
	if a.t.kind == Null || b.t.kind == Null {
		return And(c.absent(a), c.absent(b))
	}
	given := append(c.present(a), c.present(b)...)
	if c.comparable(n, a.t, b.t) {
		given = append(given, c.sameValue(n, a, b))
	} else {
		given = append(given, literal(false))
	}
	both := And(given...)
	absent := And(c.absent(a), c.absent(b))
	return or(both, absent)
}

// absent is the condition that a value is null.
func (c *compiler) absent(v val) Expr { return not(And(c.present(v)...)) }

// comparable reports whether values of two types can be the same.
func (c *compiler) comparable(n node, a, b *typ) bool {
	if a.kind != b.kind {
		isObject := func(k Kind) bool { return k == Map || k == Structure || k == Record || k == Union || k == Opaque }
		if isObject(a.kind) && isObject(b.kind) || a.kind == Opaque || b.kind == Opaque {
			fail(n, "a %s can't be compared with a %s", a.kind, b.kind)
		}
		return false
	}
	switch a.kind {
	case Boolean, Number, Text, List:
		return true
	default:
		fail(n, "a %s can't be compared with another", a.kind)
		return false
	}
}

// sameValue compares two values that are there.
func (c *compiler) sameValue(n node, a, b val) Expr {
	if a.t.kind != List {
		x, y := c.alike(a, b)
		return binary("==", x, y)
	}
	ea, eb := a.t.elem, b.t.elem
	switch ea.t.kind {
	case Boolean, Number, Text:
		if same(ea.t, eb.t) && !ea.ptr && !eb.ptr {
			return call("slices", "Equal", a.plain(), b.plain())
		}
	}
	fail(n, "a list of %s can't be compared with a list of %s", ea.t.kind, eb.t.kind)
	return Expr{}
}

// number is a value as a float64, null for what is no number.
func (c *compiler) number(_ node, v val) val {
	if v.t.kind != Number {
		return val{t: nullType}
	}
	return val{guards: c.present(v), x: c.float(v), t: floatType, there: true}
}

func (c *compiler) float(v val) Expr {
	if v.t == floatType {
		return v.plain()
	}
	return convert(floatType.goType, v.plain())
}

// arithmetic calculates with float64, as JSON's numbers are.
func (c *compiler) arithmetic(n node, a, b val) val {
	if a.t.kind != Number || b.t.kind != Number {
		return val{t: nullType}
	}
	out := val{guards: append(c.present(a), c.present(b)...), t: floatType, there: true}
	x, y := c.float(a), c.float(b)
	if x.isConstant() && y.isConstant() { // Go refuses to calculate what it can't hold, such as 1/0
		name := c.name("v")
		c.emit(&Stmt{Kind: Define, Name: name, X: convert(floatType.goType, x)})
		x = variable(name)
	}
	switch n.Value {
	case parsing.TOKPlus:
		out.x = binary("+", x, y)
	case parsing.TOKMinus:
		out.x = binary("-", x, y)
	case parsing.TOKDivide:
		out.x = binary("/", x, y)
	case parsing.TOKModulo:
		out.x = call("math", "Mod", x, y)
	case parsing.TOKDiv:
		out.x = call("math", "Floor", binary("/", x, y))
	default:
		out.x = binary("*", x, y)
	}
	return out
}
