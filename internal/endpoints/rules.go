package endpoints

import (
	"strconv"

	"example.com/lathe/internal/doctext"
	"example.com/lathe/spec"
)

// compiler turns rules into statements.
type compiler struct {
	lowering
	// taken holds the Go names of all variables that are visible.
	taken map[string]bool
	// block are the Go names that the current block of statements defines for
	// itself; they stay taken until it ends.
	block []string

	blocks blocks
}

// step is a condition: it defines a variable, or tests, or both.
type step struct {
	bind *Let
	test *Expr
}

// rules compiles a list of rules of which the first that holds counts. The result
// ends on every path.
func (c *compiler) rules(rules []spec.EndpointRule, path string) []Stmt {
	outer := c.block
	c.block = nil
	var out []Stmt
	ends := false
	for i := range rules {
		stmts := c.rule(&rules[i], path+"/"+strconv.Itoa(i))
		out = append(out, stmts...)
		if ends = returns(stmts); ends {
			break // what follows can't be reached
		}
	}
	c.release(c.block)
	c.block = outer
	if !ends {
		out = append(out, Stmt{NoMatch: true})
	}
	return out
}

// returns reports whether statements return on every path.
func returns(stmts []Stmt) bool {
	if len(stmts) == 0 {
		return false
	}
	last := stmts[len(stmts)-1]
	return last.If == nil && last.Let == nil
}

// rule compiles one rule; the result is empty for one that never holds.
func (c *compiler) rule(rule *spec.EndpointRule, path string) []Stmt {
	steps, own, possible := c.steps(rule.Conditions)
	var stmts []Stmt
	if possible {
		frame := If{Doc: doctext.Parse(rule.Documentation).Comment(), label: labelOf(rule.Conditions), path: path}
		stmts = nest(steps, c.outcome(rule, path), frame)
	}
	lets := leadingLets(steps)
	c.block = append(c.block, own[:lets]...)
	c.release(own[lets:])
	for _, cond := range rule.Conditions {
		delete(c.vars, cond.Assign)
	}
	return stmts
}

func (c *compiler) release(names []string) {
	for _, name := range names {
		delete(c.taken, name)
	}
}

func (c *compiler) outcome(rule *spec.EndpointRule, path string) []Stmt {
	switch {
	case rule.Error != nil:
		message := c.value(rule.Error)
		return []Stmt{{Fail: &message}}
	case rule.Endpoint != nil:
		return []Stmt{{Resolve: c.endpoint(rule.Endpoint)}}
	case rule.Block > 0:
		return []Stmt{{Call: c.callBlock(rule.Block)}}
	default:
		return c.rules(rule.Rules, path+"/rules")
	}
}

// steps lowers conditions and defines their values; own are the Go names of
// these, in order. Without possible the conditions never hold together.
func (c *compiler) steps(conditions []spec.EndpointCondition) (steps []step, own []string, possible bool) {
	for _, cond := range conditions {
		call := cond.Call()
		step := c.step(&call, cond.Assign)
		if step.bind != nil && step.bind.Var.Name != "_" {
			own = append(own, step.bind.Var.Name)
		}
		if step.test != nil && step.test.Op == Lit {
			if step.test.Value == false {
				return steps, own, false
			}
			step.test = nil
		}
		if step.bind != nil || step.test != nil {
			steps = append(steps, step)
		}
	}
	return steps, own, true
}

func (c *compiler) step(e *spec.EndpointExpr, assign string) step {
	kind := kindOf(e.Type.Kind)
	if assign == "" {
		return c.check(e, kind)
	}
	bind := &Let{Pair: isOptional(e)}
	if bind.Pair {
		bind.Expr = c.pair(e)
	} else {
		bind.Expr = c.value(e)
	}
	bind.Var = c.define(assign, kind)
	if kind != Bool {
		return step{bind: bind}
	}
	return step{bind, &Expr{Op: VarValue, Name: bind.Var.Name, Kind: kind}}
}

// check lowers a condition that assigns nothing.
func (c *compiler) check(e *spec.EndpointExpr, kind Kind) step {
	var test Expr
	switch {
	case kind == Bool && isOptional(e):
		test = method("Or", c.option(e), lit(false))
	case kind == Bool:
		test = c.value(e)
	case isOptional(e):
		return step{bind: &Let{Var: Var{Name: "_"}, Pair: true, Expr: c.pair(e)}}
	default:
		return step{} // there always is a value
	}
	return step{test: &test}
}

// define makes a Go variable for a value that a condition assigns.
func (c *compiler) define(name string, kind Kind) Var {
	goName, named := c.blocks.values[name]
	if !named {
		goName = free(varName(name), c.taken)
	}
	v := Var{goName, kind}
	c.vars[name] = v
	return v
}

// isLet reports whether the step at i only defines a variable, with no test behind it
// that could stand in one if statement with the definition.
func isLet(steps []step, i int) bool {
	s := steps[i]
	return s.bind != nil && !s.bind.Pair && s.test == nil && (i+1 == len(steps) || steps[i+1].bind != nil)
}

// leadingLets counts the steps that become statements of the block that
// the rule stands in.
func leadingLets(steps []step) int {
	n := 0
	for n < len(steps) && isLet(steps, n) {
		n++
	}
	return n
}

// nest puts a body behind steps: nested if statements, each with one
// definition and the tests that follow it.
func nest(steps []step, body []Stmt, frame If) []Stmt {
	if len(steps) == 0 {
		return body
	}
	out := frame
	out.Init = steps[0].bind
	n := 1
	if steps[0].test != nil {
		out.Tests = append(out.Tests, *steps[0].test)
	}
	for n < len(steps) && steps[n].bind == nil {
		out.Tests = append(out.Tests, *steps[n].test)
		n++
	}
	frame.Doc = nil // it stands before the outermost statement
	out.Body = nest(steps[n:], body, frame)
	out.dropUnused()
	switch {
	case out.Init == nil && len(out.Tests) == 0:
		return out.Body
	case out.Init != nil && !out.Init.Pair && len(out.Tests) == 0:
		return append([]Stmt{{Let: out.Init}}, out.Body...)
	default:
		return []Stmt{{If: &out}}
	}
}

// dropUnused takes away a variable that nothing refers to, which Go would refuse.
func (s *If) dropUnused() {
	if s.Init == nil || s.Init.Var.Name == "_" {
		return
	}
	used := false
	inside := If{Tests: s.Tests, Body: s.Body}
	inside.walk(func(e *Expr) {
		used = used || e.Op == VarValue && e.Name == s.Init.Var.Name
	})
	switch {
	case used:
	case s.Init.Pair:
		unnamed := *s.Init
		unnamed.Var.Name = "_"
		s.Init = &unnamed
	default:
		s.Init = nil
	}
}
