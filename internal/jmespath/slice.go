package jmespath

// slice compiles a part of a list or of a string.
func (c *compiler) slice(n node, of val, parts []*int) val {
	step := 1
	if parts[2] != nil {
		step = *parts[2]
	}
	switch {
	case step == 0:
		fail(n, "the step of a slice is not 0")
	case of.t.kind == Null:
		return of
	case of.t.kind == Text:
		return c.textSlice(n, of, parts, step)
	case of.t.kind != List:
		fail(n, "a %s has no elements", of.t.kind)
	}
	if step == 1 {
		return c.stored(c.present(of), of.t, func() Expr { return part(of.plain(), parts) })
	}
	return c.steps(n, of, parts, max(-maxStep, min(step, maxStep)))
}

// maxStep is more than any list is long, and so little that an index of 32 bits can't overflow
// by it.
const maxStep = 1 << 30

// part is a slice of Go with bounds that hold.
func part(x Expr, parts []*int) Expr {
	from, to := literal(0), length(x)
	if parts[0] != nil {
		from = bound(x, *parts[0])
	}
	if parts[1] != nil {
		to = bound(x, *parts[1])
		if from.Op != Lit || from.Value != 0 {
			from = builtin("min", from, to)
		}
	}
	return Expr{Op: Slice, Args: []Expr{x, from, to}}
}

// bound is an index of a slice, counted from the end if it is negative, in its bounds.
func bound(x Expr, i int) Expr {
	switch {
	case i == 0:
		return literal(0)
	case i > 0:
		return builtin("min", literal(i), length(x))
	default:
		return builtin("max", binary("-", length(x), literal(-i)), literal(0))
	}
}

// textSlice compiles a part of a string, which counts in characters.
func (c *compiler) textSlice(n node, of val, parts []*int, step int) val {
	if step != 1 {
		fail(n, "a part of a string has a step of 1")
	}
	return c.stored(c.present(of), textType, func() Expr {
		name := c.name("v")
		c.emit(&Stmt{Kind: Define, Name: name, X: convert(sliceOf(named("rune")), of.plain())})
		return convert(textType.goType, part(variable(name), parts))
	})
}

// steps compiles a part of a list that leaves out elements or goes backwards.
func (c *compiler) steps(n node, of val, parts []*int, step int) val {
	return c.collect(n, !of.t.elem.there, func(start func(), yield func(val)) {
		c.when(c.present(of), func() {
			start()
			x := of.plain()
			from, to, op := literal(0), length(x), "<"
			if step < 0 {
				from, to, op = binary("-", length(x), literal(1)), literal(-1), ">"
			}
			if parts[0] != nil {
				from = stepBound(x, *parts[0], step)
			}
			if parts[1] != nil {
				to = stepBound(x, *parts[1], step)
			}
			i := c.name("i")
			s := c.emit(&Stmt{Kind: For, Name: i, Init: &from, X: binary(op, variable(i), to), Step: step})
			c.block(&s.Body, func() { yield(of.t.elem.at(index(x, variable(i)))) })
		})
	})
}

// stepBound is a bound of a loop over a list.
func stepBound(x Expr, i, step int) Expr {
	switch {
	case step > 0:
		return bound(x, i)
	case i >= 0:
		return builtin("min", literal(i), binary("-", length(x), literal(1)))
	default:
		return builtin("max", binary("-", length(x), literal(-i)), literal(-1))
	}
}

// stored is a value in a variable, made under conditions.
func (c *compiler) stored(conditions []Expr, t *typ, value func() Expr) val {
	return c.under(conditions, func() val {
		x := value()
		name := c.name("v")
		c.emit(&Stmt{Kind: Define, Name: name, X: x})
		return val{x: variable(name), t: t, there: true}
	})
}
