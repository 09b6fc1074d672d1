package plan

import (
	"strconv"

	"example.com/lathe/internal/doctext"
	"example.com/lathe/spec"
)

// endpointCompiler turns rules into statements.
type endpointCompiler struct {
	endpointLowering
	// taken holds the Go names of all variables that are visible.
	taken map[string]bool
	// block are the Go names that the current block of statements defines for
	// itself; they stay taken until it ends.
	block []string
}

// endpointStep is a condition: it defines a variable, or tests, or both.
type endpointStep struct {
	bind *EndpointBind
	test *EndpointExpr
}

// rules compiles a list of rules of which the first that holds counts. The result
// ends on every path.
func (c *endpointCompiler) rules(rules []spec.EndpointRule, path string) []EndpointStmt {
	outer := c.block
	c.block = nil
	var out []EndpointStmt
	ends := false
	for i := range rules {
		stmts := c.rule(&rules[i], path+"/"+strconv.Itoa(i))
		out = append(out, stmts...)
		if ends = endpointEnds(stmts); ends {
			break // what follows can't be reached
		}
	}
	c.release(c.block)
	c.block = outer
	if !ends {
		out = append(out, EndpointStmt{NoMatch: true})
	}
	return out
}

// endpointEnds says whether statements return on every path.
func endpointEnds(stmts []EndpointStmt) bool {
	if len(stmts) == 0 {
		return false
	}
	last := stmts[len(stmts)-1]
	return last.If == nil && last.Let == nil
}

// rule compiles one rule; it gives nothing for one that never holds.
func (c *endpointCompiler) rule(rule *spec.EndpointRule, path string) []EndpointStmt {
	steps, own, possible := c.steps(rule.Conditions)
	var stmts []EndpointStmt
	if possible {
		frame := EndpointIf{Doc: comment(doctext.Parse(rule.Documentation)), label: endpointLabel(rule.Conditions), path: path}
		stmts = endpointNest(steps, c.outcome(rule, path), frame)
	}
	lets := endpointLeadingLets(steps)
	c.block = append(c.block, own[:lets]...)
	c.release(own[lets:])
	for _, cond := range rule.Conditions {
		delete(c.vars, cond.Assign)
	}
	return stmts
}

func (c *endpointCompiler) release(names []string) {
	for _, name := range names {
		delete(c.taken, name)
	}
}

func (c *endpointCompiler) outcome(rule *spec.EndpointRule, path string) []EndpointStmt {
	switch {
	case rule.Error != nil:
		message := c.value(rule.Error)
		return []EndpointStmt{{Fail: &message}}
	case rule.Endpoint != nil:
		return []EndpointStmt{{Resolve: c.endpoint(rule.Endpoint)}}
	default:
		return c.rules(rule.Rules, path+"/rules")
	}
}

// steps lowers conditions and defines their values; own are the Go names of
// these, in order. Without possible the conditions never hold together.
func (c *endpointCompiler) steps(conditions []spec.EndpointCondition) (steps []endpointStep, own []string, possible bool) {
	for _, cond := range conditions {
		call := cond.Call()
		step := c.step(&call, cond.Assign)
		if step.bind != nil && step.bind.Var.Name != "_" {
			own = append(own, step.bind.Var.Name)
		}
		if step.test != nil && step.test.Op == EndpointLit {
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

func (c *endpointCompiler) step(e *spec.EndpointExpr, assign string) endpointStep {
	kind := endpointKind(e.Type.Kind)
	if assign == "" {
		return c.check(e, kind)
	}
	bind := &EndpointBind{Pair: isOptional(e)}
	if bind.Pair {
		bind.Expr = c.pair(e)
	} else {
		bind.Expr = c.value(e)
	}
	bind.Var = c.define(assign, kind)
	if kind != EndpointBool {
		return endpointStep{bind: bind}
	}
	return endpointStep{bind, &EndpointExpr{Op: EndpointVarValue, Name: bind.Var.Name, Kind: kind}}
}

// check lowers a condition that assigns nothing.
func (c *endpointCompiler) check(e *spec.EndpointExpr, kind EndpointKind) endpointStep {
	var test EndpointExpr
	switch {
	case kind == EndpointBool && isOptional(e):
		test = endpointMethod("Or", c.option(e), endpointLit(false))
	case kind == EndpointBool:
		test = c.value(e)
	case isOptional(e):
		return endpointStep{bind: &EndpointBind{Var: EndpointVar{Name: "_"}, Pair: true, Expr: c.pair(e)}}
	default:
		return endpointStep{} // there always is a value
	}
	return endpointStep{test: &test}
}

// define makes a Go variable for a value that a condition assigns.
func (c *endpointCompiler) define(name string, kind EndpointKind) EndpointVar {
	base := endpointVarName(name)
	free := base
	for i := 2; c.taken[free]; i++ {
		free = base + strconv.Itoa(i)
	}
	c.taken[free] = true
	v := EndpointVar{free, kind}
	c.vars[name] = v
	return v
}

// isLet says whether the step at i only defines a variable, with no test behind it
// that could stand in one if statement with the definition.
func isLet(steps []endpointStep, i int) bool {
	s := steps[i]
	return s.bind != nil && !s.bind.Pair && s.test == nil && (i+1 == len(steps) || steps[i+1].bind != nil)
}

// endpointLeadingLets counts the steps that become statements of the block that
// the rule stands in.
func endpointLeadingLets(steps []endpointStep) int {
	n := 0
	for n < len(steps) && isLet(steps, n) {
		n++
	}
	return n
}

// endpointNest puts a body behind steps: nested if statements, each with one
// definition and the tests that follow it.
func endpointNest(steps []endpointStep, body []EndpointStmt, frame EndpointIf) []EndpointStmt {
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
	out.Body = endpointNest(steps[n:], body, frame)
	out.dropUnused()
	switch {
	case out.Init == nil && len(out.Tests) == 0:
		return out.Body
	case out.Init != nil && !out.Init.Pair && len(out.Tests) == 0:
		return append([]EndpointStmt{{Let: out.Init}}, out.Body...)
	default:
		return []EndpointStmt{{If: &out}}
	}
}

// dropUnused takes away a variable that nothing refers to, which Go would refuse.
func (s *EndpointIf) dropUnused() {
	if s.Init == nil || s.Init.Var.Name == "_" {
		return
	}
	used := false
	inside := EndpointIf{Tests: s.Tests, Body: s.Body}
	inside.walk(func(e *EndpointExpr) {
		used = used || e.Op == EndpointVarValue && e.Name == s.Init.Var.Name
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
