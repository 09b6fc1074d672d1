package goapi

import "go/types"

// interfaces compares two interfaces by the names of was and is.
func (c *comparison) interfaces(at place, was, is *types.TypeName, before, after *types.Interface) {
	if !before.IsMethodSet() || !after.IsMethodSet() {
		if !c.identical(before, after) {
			c.underlying(at, was, is)
		}
		return
	}
	sealed := isSealed(before)
	switch {
	case !sealed && isSealed(after):
		c.reportObject(at.String(), breaking(InterfaceSealed,
			"It has an unexported method now: a caller that implements it no longer compiles."), was, is)
	case sealed && !isSealed(after):
		c.reportObject(at.String(), fine(InterfaceOpened,
			"It has no unexported method any more: callers can implement it."), was, is)
	}
	oldMethods, newMethods := interfaceMethods(before), interfaceMethods(after)
	for _, name := range union(oldMethods, newMethods) {
		a, had := oldMethods[name]
		b, has := newMethods[name]
		switch object := at.member(name); {
		case !has:
			c.reportObject(object, breaking(MethodRemoved, whyRemoved), a, nil)
		case !had:
			c.reportObject(object, breakingIf(!sealed, MethodAddedToInterface,
				"A caller that implements the interface no longer compiles.",
				"Only the client implements the interface, for it has an unexported method."), nil, b)
		case !c.identical(a.Type(), b.Type()):
			c.reportObject(object, breaking(SignatureChanged,
				"A caller that calls it, or implements the interface, no longer compiles."), a, b)
		}
	}
}

// isSealed reports whether only the interface's own package can implement it.
func isSealed(t *types.Interface) bool {
	for m := range t.Methods() {
		if !m.Exported() {
			return true
		}
	}
	return false
}

// interfaceMethods are the exported methods of an interface.
func interfaceMethods(t *types.Interface) map[string]*types.Func {
	all := map[string]*types.Func{}
	for m := range t.Methods() {
		if m.Exported() {
			all[m.Name()] = m
		}
	}
	return all
}
