package goapi

import "go/types"

// constant compares two constants.
func (c *comparison) constant(at place, was, is *types.Const) {
	if !c.identical(was.Type(), is.Type()) {
		c.reportObject(at.String(), breaking(TypeChanged,
			"A caller that uses the constant where its type matters no longer compiles."), was, is)
		return
	}
	if equal(was, is) {
		return
	}
	c.reportObject(at.String(), fine(ConstValueChanged, "Callers compile, and mean the new value once they do."), was, is)
	if twin := c.twin(at, was, is); twin != "" {
		c.reportObject(at.String(), breaking(ConstValuesCollide,
			"It equals "+twin+" now: a switch or a map literal with both no longer compiles."), was, is)
	}
}

func equal(a, b *types.Const) bool { return a.Val().ExactString() == b.Val().ExactString() }

// twin finds another constant of the same type that a constant equals now and did
// not before; empty when there is none.
func (c *comparison) twin(at place, was, is *types.Const) string {
	before, after := c.old.packages[at.folder].Scope(), c.new.packages[at.folder].Scope()
	for _, name := range after.Names() {
		a, ok := before.Lookup(name).(*types.Const)
		b, stillOK := after.Lookup(name).(*types.Const)
		if !ok || !stillOK || !b.Exported() || name == at.name {
			continue
		}
		if types.Identical(a.Type(), was.Type()) && types.Identical(b.Type(), is.Type()) && !equal(a, was) && equal(b, is) {
			return name
		}
	}
	return ""
}
